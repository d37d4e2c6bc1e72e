package main

import (
	"crypto/rand"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/unicode/norm"

	"qinglian/internal/check"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/desk"
	"qinglian/internal/diag"
	"qinglian/internal/markdown"
	"qinglian/internal/mend"
	"qinglian/internal/site"
	"qinglian/internal/source"
)

func (p *program) fixCommand() *cobra.Command {
	var dir string
	var dry, mask bool
	c := &cobra.Command{
		Use: "fix [FILE…]",
		Short: p.say(diag.Say("改好文章里能确定的写法错误，定下网址名，给网站一个记号",
			"correct what is certain in articles, freeze their slugs, give the site an id")),
		RunE: func(_ *cobra.Command, args []string) error { return p.fix(dir, args, dry, mask) },
	}
	c.Flags().StringVar(&dir, "source", ".", p.say(diag.Say("网站文件夹", "the site's folder")))
	c.Flags().BoolVar(&dry, "dry-run", false, p.say(diag.Say("只显示要改什么，不写文件",
		"show what would change and write nothing")))
	c.Flags().BoolVar(&mask, "mask", false, p.say(diag.Say("只隐去身份证号、手机号、银行卡号、护照号、车牌的中间几位",
		"hide the middle of identity, mobile, card and passport numbers and of plates, and do nothing else")))
	return c
}

// fixer is one run of fix, and what it counts.
type fixer struct {
	*program
	site     *source.Site
	compiler content.Compiler
	others   mend.Others
	masks    bool // numbers are masked, and nothing else is done
	checker  *check.Checker
	byHand   diag.List // numbers that could not be masked
	dry      bool
	changed  map[string]bool
	left     map[string]bool // files
	failed   bool            // a file can't be read
}

// fix corrects the files named, or all articles and config.toml.
func (p *program) fix(dir string, args []string, dry, mask bool) error {
	s, err := openSite(dir)
	if err != nil {
		return err
	}
	defer s.Close()
	if !dry {
		_, unlock, err := p.lock(s)
		if err != nil {
			return err
		}
		defer unlock()
	}
	c, err := p.siteConfig(s)
	if err != nil {
		return err
	}
	files, err := p.toFix(s, dir, args)
	if err != nil {
		return err
	}
	f := fixer{program: p, site: s, compiler: content.Compiler{Config: c, Dialect: markdown.New()}, dry: dry,
		masks: mask, checker: check.New(c, nil), changed: map[string]bool{}, left: map[string]bool{}}
	if !mask {
		if err := f.moved(files); err != nil {
			return err
		}
		if err := f.look(files); err != nil {
			return err
		}
	}
	for _, name := range files {
		if err := f.file(name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return f.sum()
}

// look finds out what all articles say that concerns the ones to fix, and prints which
// terms are merged in these.
func (f *fixer) look(fixed []string) error {
	docs, err := f.docs()
	if err != nil {
		return err
	}
	f.others = mend.Others{Shared: map[string]bool{}, Terms: map[string]map[string]string{}}
	taken := map[string]bool{}
	for _, d := range docs {
		if !d.Index && d.Section != config.TermsFolder {
			f.others.Shared[d.Address()] = taken[d.Address()]
			taken[d.Address()] = true
		}
	}
	for _, s := range site.Spellings(f.compiler.Config, docs) {
		if f.others.Terms[s.In.Field] == nil {
			f.others.Terms[s.In.Field] = map[string]string{}
		}
		f.others.Terms[s.In.Field][s.Typed] = s.Meant
		if !slices.ContainsFunc(s.Docs, func(d *content.Doc) bool { return slices.Contains(fixed, d.Path) }) {
			continue
		}
		if err := f.say(diag.Say("%s“%s”都写成“%s”", "in %s, %q becomes %q", s.In.Title, s.Typed, s.Meant)); err != nil {
			return err
		}
	}
	return nil
}

// docs are all articles, as far as their front matter says. What can't be read says
// nothing; who is to fix it learns of it when it comes to that.
func (f *fixer) docs() (docs []*content.Doc, err error) {
	files, _, err := f.site.Walk(content.Folder)
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		if !content.IsArticle(file.Path) {
			continue
		}
		raw, err := f.site.ReadUpTo(file.Path, source.MaxText)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file.Path, err)
		}
		text, problems := source.Text(file.Path, raw)
		if problems.Count(diag.Error) == 0 {
			d := f.compiler.Front(file.Path, text)
			docs = append(docs, &d)
		}
	}
	return docs, nil
}

// toFix is the files to look at, as paths inside the site.
func (p *program) toFix(s *source.Site, dir string, args []string) ([]string, error) {
	var names []string
	for _, arg := range args {
		name, err := inSite(s, dir, arg)
		if err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	if len(args) > 0 {
		slices.Sort(names)
		return slices.Compact(names), nil
	}
	files, problems, err := s.Walk(content.Folder)
	if err != nil {
		return nil, err
	}
	if err := p.printProblems(problems); err != nil {
		return nil, err
	}
	names = []string{config.File}
	for _, f := range files {
		if content.IsArticle(f.Path) {
			names = append(names, f.Path)
		}
	}
	return names, nil
}

// insideOf is the way from the site's folder to a file that was named from where the user is;
// "" if there is none, as between two drives.
func insideOf(dir, arg string) (string, error) {
	from, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	to, err := filepath.Abs(arg)
	if err != nil {
		return "", err
	}
	inside, err := filepath.Rel(from, to)
	if err != nil {
		return "", nil
	}
	return inside, nil
}

// mostNamed is how many of several files are listed that somebody may mean.
const mostNamed = 5

// fileNamed is the path inside the site of a file that was named on the command line: as `new`
// prints it, from where the user is, or by the end of its path, where one file has that.
func fileNamed(s *source.Site, dir, arg string) (string, error) {
	name := path.Clean(filepath.ToSlash(arg))
	inside, err := insideOf(dir, arg)
	if err != nil {
		return "", err
	}
	for _, known := range []string{name, filepath.ToSlash(inside)} {
		if info, err := s.Root.Stat(known); err == nil && info.Mode().IsRegular() {
			return known, nil
		}
	}
	files, err := filesNamed(s, norm.NFC.String(name))
	switch {
	case err != nil:
		return "", err
	case len(files) == 1:
		return files[0], nil
	case len(files) > 1:
		more := ""
		if len(files) > mostNamed {
			files, more = files[:mostNamed], " …"
		}
		return "", usage(diag.Say("叫 %s 的不止一个，写上文件夹：%s%s",
			"%s names more than one file, give the folder, too: %s%s", arg, diag.Listed(files), more))
	}
	return "", usage(diag.Say("网站里没有文件 %s", "there is no file %s in the site", arg))
}

// inSite is fileNamed for a file that is an article, or config.toml.
func inSite(s *source.Site, dir, arg string) (string, error) {
	name, err := fileNamed(s, dir, arg)
	if err == nil && !content.IsArticle(name) && name != config.File {
		return "", usage(diag.Say("%s 不是文章（content 里的 .md 文件）", "%s is not an article (a .md file in content)", arg))
	}
	return name, err
}

// newID is an id that no other site has.
func newID() string {
	var random [16]byte
	rand.Read(random[:]) //nolint:errcheck // it never fails: the program ends first
	return config.NewID(random)
}

// file corrects one file and says what it changed.
func (f *fixer) file(name string) error {
	raw, err := f.site.Read(name)
	if err != nil {
		return err
	}
	text, problems := source.Text(name, raw)
	if problems.Count(diag.Error) > 0 {
		f.failed = true
		return f.printProblems(problems)
	}
	changes := f.changes(name, text)
	if len(changes) == 0 && (source.Decode(raw).Encoding == source.UTF8 || f.masks) {
		return nil
	}
	return f.put(name, raw, changes)
}

// put writes a file with its changes and shows them.
func (f *fixer) put(name string, raw []byte, changes []mend.Change) error {
	write := desk.Write
	if f.dry {
		write = desk.Check
	}
	refused, err := write(f.site, desk.Edited(name, raw, corrected(raw, changes)))
	if err != nil {
		return err
	}
	if refused != (diag.Text{}) {
		return f.say(refused)
	}
	f.changed[name] = true
	return f.show(name, source.Decode(raw).Encoding, changes)
}

// changes are what is to be changed in a file's text.
func (f *fixer) changes(name string, text []byte) []mend.Change {
	article := content.IsArticle(name)
	switch {
	case f.masks && article:
		masked, left := f.checker.Mask(f.compiler, name, text)
		for _, l := range left {
			f.byHand = append(f.byHand, l.Diagnostic)
		}
		return mend.Changed(text, masked)
	case f.masks:
		return nil
	case !article:
		return mend.Config(text, newID())
	}
	changes, left := mend.Article(f.compiler, f.others, name, text)
	if left > 0 {
		f.left[name] = true
	}
	return changes
}

func (p *program) printProblems(problems diag.List) error {
	for _, d := range problems {
		if err := d.Write(p.stderr, p.lang); err != nil {
			return err
		}
	}
	return nil
}

func (f *fixer) say(t diag.Text) error {
	_, err := fmt.Fprintln(f.stdout, f.program.say(t))
	return err
}

// corrected is a file with its text changed, in UTF-8; a byte order mark stays.
func corrected(raw []byte, changes []mend.Change) []byte {
	was := source.Decode(raw)
	text := mend.Apply(was.Text, changes)
	if source.Marked(raw) {
		return slices.Concat(raw[:len(raw)-len(was.Text)], text)
	}
	return text
}

// show prints what changes in a file as a small diff.
func (f *fixer) show(name, encoding string, changes []mend.Change) error {
	var b strings.Builder
	showChanges(&b, name, encoding, changes)
	_, err := f.stdout.Write([]byte(b.String()))
	return err
}

func showChanges(b *strings.Builder, name, encoding string, changes []mend.Change) {
	if encoding != source.UTF8 {
		fmt.Fprintf(b, "%s %s → %s\n", name, encoding, source.UTF8)
	}
	for _, c := range changes {
		fmt.Fprintf(b, "%s:%d\n", name, c.Line)
		if !c.Added {
			fmt.Fprintf(b, "  - %s\n", c.Before)
		}
		fmt.Fprintf(b, "  + %s\n", c.After)
	}
}

// sum says what was done and what is left to do.
func (f *fixer) sum() error {
	text := diag.Say("改了 %d 个文件", "%d files corrected", len(f.changed))
	switch {
	case len(f.changed) == 0:
		text = diag.Say("没有要自动改的", "nothing to correct")
	case f.dry:
		text = diag.Say("有 %d 个文件要改，没有写", "%d files to correct; nothing was written", len(f.changed))
	}
	if err := f.say(text); err != nil {
		return err
	}
	if len(f.left) > 0 {
		if err := f.say(diag.Say("还有 %d 篇文章的开头要自己改，用 qinglian build 查看",
			"the front matter of %d articles has more to correct by hand, see qinglian build",
			len(f.left))); err != nil {
			return err
		}
	}
	if len(f.byHand) > 0 {
		if err := f.say(diag.Say("还有 %d 处要自己改：", "%d more are to be changed by hand:", len(f.byHand))); err != nil {
			return err
		}
		if err := f.printProblems(f.byHand); err != nil {
			return err
		}
	}
	if f.failed {
		return failure{status: exitSite}
	}
	return nil
}
