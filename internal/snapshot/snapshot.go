// Package snapshot takes a site's files through the whole line: config,
// source, content, site, theme and channels. A Snapshot is the result, one
// immutable value: what the site consists of and what is wrong with it.
//
// It reads a site through package source alone and never writes what is published:
// package publish renders the Outputs. What it does write lies in the site's folder
// of memory, which may be deleted at any time, and through package cache: the
// pictures that were made, each kept by what it was made from, so that no other build
// makes it again; and the State: the bodies of articles as they are compiled, the
// rest when it is saved. A State that is held (as a preview holds its own) keeps in
// memory what is compiled from then on.
package snapshot

import (
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"qinglian/internal/address"
	"qinglian/internal/build"
	"qinglian/internal/channel/feed"
	"qinglian/internal/channel/host"
	"qinglian/internal/channel/web"
	"qinglian/internal/check"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/data"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/image"
	"qinglian/internal/site"
	"qinglian/internal/source"
	"qinglian/internal/theme"
)

// Options is what the command line adds to config.toml.
type Options struct {
	Selection site.Selection
	Theme     string // "" for the configured one
	BaseURL   string // "" for the configured one
	Themes    fs.FS  // the built-in themes
	Engine    digest.Digest
	Jobs      int
	Verify    bool                    // compile what is known too, and compare
	Pictures  string                  // the folder for pictures that were made, in the site's
	Checked   string                  // the file of what checking the theme came to; "" to keep nothing
	Lazy      bool                    // the search index is one file, made when it is asked for
	Standing  bool                    // what has errors is taken as it was when it last had none
	Check     bool                    // articles are inspected, whether or not that keeps any from being published
	Answers   map[string]check.Answer // what came of opening links to other sites; nil: nobody did
	HoldBack  bool                    // Selection.Back may be filled once errors are known; it follows from the Sources
}

// Snapshot is a site as it stands.
//
// In one that was amended the Site's Pages are as they are now; what sections and terms list
// may be as it was.
type Snapshot struct {
	Site        *site.Site // nil if there is no configuration
	Theme       *theme.Theme
	Pages       int // public articles
	Outputs     []build.Output
	Diagnostics diag.List
	Valid       Span // the moments at which it is this one
	Check       check.Report
	Unread      []string // with Options.Standing: articles' files that could not be read

	gallery  *gallery
	plan     *web.Plan // nil without a site and a theme
	compiler content.Compiler
	byPath   func() map[string]int // where Outputs stand

	// With Options.Lazy, so that it can be amended:
	near     func() string   // what is near each article, as [nearOf] records it
	found    []digest.Digest // what of each of the Site's Pages can be found
	reworded *reworded       // nil if all pages were linked together
}

// Find finds an output by its path.
func (s Snapshot) Find(path string) (o build.Output, known bool) {
	if s.byPath == nil {
		return o, false
	}
	i, known := s.byPath()[path]
	if known {
		o = s.Outputs[i]
	}
	return o, known
}

// byPathOf is where outputs stand, once somebody asks.
func byPathOf(outputs []build.Output) func() map[string]int {
	return sync.OnceValue(func() map[string]int {
		at := make(map[string]int, len(outputs))
		for i, o := range slices.Backward(outputs) { // where two are of one path, the first is shown
			at[o.Path] = i
		}
		return at
	})
}

// Pictures are the names in Options.Pictures of all that is wanted.
func (s Snapshot) Pictures() []string {
	if s.gallery == nil {
		return nil
	}
	return s.gallery.wanted()
}

// Facts are what an article says whose text is given: the Doc is that of the site's
// article if the text is.
func (s Snapshot) Facts(name string, text []byte) (content.Doc, content.Facts) {
	return s.compiler.CompileWithFacts(name, text)
}

// Take takes a Snapshot of what was looked at, with the Design of the same site
// and Options. An error is the machine's, never the writer's.
func Take(s *source.Site, from Sources, design Design, old State, opt Options) (Snapshot, State, error) {
	t := taker{gallery: newGallery(s, opt), site: s, from: from, design: design, old: old, opt: opt}
	t.next.store, t.next.index = old.store, old.index
	err := t.take()
	for i, o := range t.snap.Outputs {
		t.snap.Outputs[i].Render = t.next.store.sound(o.Render)
	}
	t.snap.Diagnostics = t.snap.Diagnostics.Sort()
	return t.snap, t.next, err
}

// Of takes the Snapshot of a site with all that goes before it, one after the
// other: it looks at the files, by the clock of Look, and draws the Design.
func Of(s *source.Site, clock int64, old State, opt Options) (Snapshot, State, error) {
	from, err := Look(s, clock, opt)
	if err != nil {
		return Snapshot{}, State{}, err
	}
	design, err := Draw(s, opt)
	if err != nil {
		return Snapshot{}, State{}, err
	}
	return Take(s, from, design, old, opt)
}

// ofDirectives are the rules about what a theme declares.
var ofDirectives = []string{"unknown-directive", "directive-body", "unknown-argument", "missing-argument",
	"bad-argument"}

type taker struct {
	gallery *gallery
	site    *source.Site
	from    Sources
	design  Design
	old     State
	next    State
	opt     Options
	snap    Snapshot

	mu    sync.Mutex
	stale diag.List // files that were taken over and are others now, found by verifying

	inspector *inspector // nil in a build that nothing keeps from publishing
}

func (t *taker) say(l diag.List) { t.snap.Diagnostics = append(t.snap.Diagnostics, l...) }

func (t *taker) take() error {
	t.say(t.design.problems)
	if !t.design.valid {
		return nil
	}
	if err := t.inspects(); err != nil {
		return err
	}
	c, th := t.design.config, t.design.theme
	articles, others := t.sort()
	t.snap.compiler = t.design.compiler()
	docs, err := t.compile(t.snap.compiler, articles)
	if err != nil {
		return err
	}
	t.standingDocs(docs)
	t.snap.Valid = valid(docs, t.opt.Selection.Now)
	t.next.Files = map[string]Hashed{}
	files, err := t.look(others)
	if err != nil {
		return err
	}
	linked, problems := site.Link(c, docs, files, t.opt.Selection)
	if t.design.unstyled { // which directives there are is not certain
		problems = slices.DeleteFunc(problems, func(d diag.Diagnostic) bool {
			return slices.Contains(ofDirectives, d.Rule)
		})
	}
	t.say(problems)
	t.snap.Site, t.snap.Theme = linked, th
	if err := t.attachments(linked, others); err != nil {
		return err
	}
	if th == nil {
		return t.judge(linked)
	}
	tables, err := t.tables()
	if err != nil {
		return err
	}
	t.snap.plan = web.New(linked, th, tables, t.opt.Engine)
	plan, known := t.snap.plan, len(t.next.Docs)
	near := func() []byte { return nearOf(linked, plan, known) }
	if t.opt.Lazy {
		t.snap.near = sync.OnceValue(func() string { return string(near()) })
	} else { // it is kept for builds: a preview may show other articles
		t.next.near = near
	}
	planned, err := t.plan(c, linked)
	if err != nil {
		return err
	}
	copies, err := t.copies(linked, others)
	if err != nil {
		return err
	}
	outputs := slices.Concat(append(planned, copies)...)
	t.say(build.Check(outputs, addressed(docs)))
	t.say(t.stale)
	t.unused(linked, others)
	if c.BaseURL == "" {
		t.say(diag.List{{Rule: "no-base-url", Severity: diag.Note, File: config.File,
			Message: diag.Say("没有 base_url，所以不做 RSS、站点地图和规范网址，其余照常",
				"there is no base_url: feed, sitemap and canonical links are left out, all else works"),
			Hint: diag.Say("网站地址定了以后，在 config.toml 里写 base_url = \"https://…/\"",
				"when the site has an address, set base_url = \"https://…/\" in config.toml")}})
	}
	t.snap.Pages = len(linked.Pages)
	t.snap.Outputs, t.snap.gallery, t.snap.byPath = outputs, t.gallery, byPathOf(outputs)
	return t.judge(linked)
}

// plan plans the pages and, at the same time, the index of their texts and what other
// programs read.
func (t *taker) plan(c config.Config, linked *site.Site) ([][]build.Output, error) {
	var pages, index, feeds []build.Output
	var problems diag.List
	var group errgroup.Group
	group.Go(func() error {
		pages, problems = t.snap.plan.Outputs(t.picture(t.gallery))
		return nil
	})
	group.Go(func() (err error) {
		index, err = t.index(c)
		return err
	})
	group.Go(func() error {
		feeds = append(feed.Outputs(linked, t.opt.Engine), host.Outputs(linked, t.opt.Engine)...)
		return nil
	})
	err := group.Wait()
	t.say(problems)
	return [][]build.Output{pages, index, feeds}, err
}

// addressed finds where the address of an output was typed. The Docs are only gone
// through when somebody asks: nearly no site has two on one address.
func addressed(docs []*content.Doc) func(build.Output) diag.Diagnostic {
	byFile := sync.OnceValue(func() map[string]*content.Doc {
		byFile := make(map[string]*content.Doc, len(docs))
		for _, d := range docs {
			byFile[d.Path] = d
		}
		return byFile
	})
	return func(o build.Output) diag.Diagnostic {
		if d := byFile()[o.Source]; d != nil {
			return d.WhereAddress(o.Path)
		}
		return diag.Diagnostic{File: o.Source}
	}
}

// sort separates the articles from the other files of content/ and static/.
func (t *taker) sort() (articles, others []source.File) {
	t.say(t.from.content.problems)
	t.say(t.from.static.problems)
	articles = make([]source.File, 0, len(t.from.content.files))
	for _, f := range t.from.content.files {
		if content.IsArticle(f.Path) {
			articles = append(articles, f)
		}
	}
	t.unportable()
	if len(articles) == 0 {
		t.say(diag.List{noContent(t.from.content.absent)})
	}
	return articles, t.from.others()
}

// noContent is about a site without an article. One that was emptied is made, empty
// pages and all; where the folder itself is missing, which takes a slip or a drive that
// is not there, all that was published would go.
func noContent(absent bool) diag.Diagnostic {
	d := diag.Diagnostic{Rule: "no-content", Severity: diag.Warning, File: content.Folder,
		Message: diag.Say("content 文件夹里没有文章，网站是空的", "there is no article in content: the site is empty"),
		Hint:    diag.Say("写第一篇：qinglian new notice \"标题\"", "write the first one: qinglian new notice \"TITLE\"")}
	if absent {
		d.Severity = diag.Error
		d.Message = diag.Say("没有 content 文件夹，文章都应在里面", "there is no folder content, in which all articles stand")
	}
	return d
}

// unportable warns of names in static/ that not every system can have; those of
// all other files are made by the program.
func (t *taker) unportable() {
	for _, f := range t.from.static.files {
		for name := range strings.SplitSeq(f.Path, "/") {
			if address.Portable(name) {
				continue
			}
			t.say(diag.List{{Rule: "unportable-name", Severity: diag.Warning, File: f.Path,
				Message: diag.Say("“%s”这个名字在 Windows 上不能用，网站复制过去会少这个文件",
					"Windows can't have the name %q: a copy of the site there would lack the file", name),
				Hint: diag.Say("改名：不用 < > : \" \\ | ? *，不以点或空格结尾，不叫 con、aux、nul 之类，编码用 UTF-8",
					"rename it: without < > : \" \\ | ? *, with no dot or blank at its end, not con, aux, nul or "+
						"the like, in UTF-8")}})
			break
		}
	}
}

// tables decodes the files of data/.
func (t *taker) tables() (map[string]data.Table, error) {
	t.say(t.from.data.problems)
	tables := map[string]data.Table{}
	var wrong []string
	for _, f := range t.from.data.files {
		name, ok := data.Name(f.Path)
		if !ok {
			t.say(diag.List{{Rule: "unused-file", Severity: diag.Note, File: f.Path,
				Message: diag.Say("data 文件夹里只用 .toml、.yaml、.json 和 .csv 文件，这个没有用到",
					"only .toml, .yaml, .json and .csv files in data are used; this one is not"),
				Hint: diag.Say("直接放在 data 里，用这些格式之一", "put it into data itself, in one of these formats")}})
			continue
		}
		if _, twice := tables[name]; twice {
			t.say(diag.List{{Rule: "data", Severity: diag.Error, File: f.Path,
				Message: diag.Say("有两个数据文件都叫“%s”", "two data files are called %q", name),
				Hint:    diag.Say("给其中一个改名", "rename one of them")}})
			continue
		}
		raw, err := t.site.ReadUpTo(f.Path, source.MaxText)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Path, err)
		}
		text, problems := source.Text(f.Path, raw)
		if problems.Count(diag.Error) == 0 {
			var more diag.List
			tables[name], more = data.Decode(f.Path, text)
			problems = append(problems, more...)
		}
		t.say(problems)
		if problems.Count(diag.Error) > 0 {
			wrong = append(wrong, name)
		}
	}
	t.standingTables(tables, wrong)
	return tables, nil
}

// picture has pictures made in the gallery.
func (t *taker) picture(g *gallery) web.Make {
	return func(file string, op image.Operation) (digest.Digest, func(io.Writer) error) {
		from := t.next.Files[file].Digest
		return from, g.plan(file, from, op)
	}
}
