package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/desk"
	"qinglian/internal/diag"
	"qinglian/internal/imports"
	"qinglian/internal/source"
)

func (p *program) importCommand() *cobra.Command {
	i := importer{program: p}
	dir := ""
	c := &cobra.Command{
		Use: "import FILE.docx …",
		Short: p.say(diag.Say("把 Word、Excel、WPS 的文档和存下来的网页变成文章",
			"make articles of documents of Word, Excel and WPS, and of saved web pages")),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage(diag.Say("用法：%s", "usage: %s", filledIn("qinglian import FILE.docx …")))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return i.run(dir, args) },
	}
	c.Flags().StringVar(&dir, "source", ".", p.say(diag.Say("网站文件夹", "the site's folder")))
	c.Flags().StringVar(&i.article.Section, "section", "", p.say(diag.Say("放在哪个栏目（content/ 里的文件夹）",
		"the section to put it into (a folder of content/)")))
	c.Flags().StringVar(&i.article.Kind, "kind", "", p.say(diag.Say("是哪种文章，不写就按栏目，都不写就是动态",
		"the kind of article, by default the section's, or else notice")))
	c.Flags().BoolVar(&i.dryRun, "dry-run", false, p.say(diag.Say("只列出会写什么，不写",
		"list what would be written and write nothing")))
	c.Flags().BoolVar(&i.update, "update", false, p.say(diag.Say("文档改过了：和已经导入的文章对照，列出差别，不写",
		"the document was edited: list how it differs from its article and write nothing")))
	c.Flags().StringArrayVar(&i.attached, "attach", nil, p.say(diag.Say("随文章公开的附件，可以写几次；一次导入一份文档",
		"a file to attach to the article, any number of times; with one document")))
	c.Flags().StringVar(&i.data, "data", "", p.say(diag.Say("把 .xlsx 变成数据 data/名字.csv，不做文章",
		"make a table of data of an .xlsx, data/NAME.csv, and no article")))
	c.Flags().BoolVar(&i.convert, "convert", false, p.say(diag.Say("旧格式（.doc、.wps、.rtf、.odt）用 LibreOffice 转成 .docx 再导入",
		"have LibreOffice convert old formats (.doc, .wps, .rtf, .odt) to .docx")))
	return c
}

// importer makes articles of documents.
type importer struct {
	*program
	site     *source.Site
	config   config.Config
	article  desk.Article
	attached []string // the names of files
	data     string   // the name of a table; "": an article is made
	dryRun   bool
	update   bool
	folder   string // in which articles are updated
	convert  bool
}

// run imports each document on its own: what is wrong with one is said, and the others
// are imported.
func (i *importer) run(dir string, names []string) error {
	site, err := openSite(dir)
	if err != nil {
		return err
	}
	defer site.Close()
	i.site = site
	if i.config, err = i.siteConfig(site); err != nil {
		return err
	}
	i.folder = content.Folder
	named := i.article.Section != ""
	if !named && i.article.Kind == "" {
		i.article.Kind = "notice"
	}
	if refused := i.asked(len(names)); refused != (diag.Text{}) {
		return usage(refused)
	}
	if named && i.data == "" {
		to, _ := i.article.Goes(i.config)
		i.folder = to.Folder
	}
	failed := false
	for _, name := range names {
		refused, err := i.document(name)
		if err != nil {
			return err
		}
		if refused != (diag.Text{}) {
			failed = true
			fmt.Fprintf(i.stderr, "qinglian: %s%s%s\n", graphic(name), i.say(colon), i.say(refused))
		}
	}
	if failed {
		return failure{status: exitUsage}
	}
	return nil
}

// asked says what does not go together in what was typed.
func (i *importer) asked(documents int) (refused diag.Text) {
	switch {
	case documents > 1 && (len(i.attached) > 0 || i.data != ""):
		return diag.Say("--attach、--data 一次只用于一份文档", "--attach and --data are for one document at a time")
	case i.data != "" && (len(i.attached) > 0 || i.update):
		return diag.Say("--data 不能和 --attach、--update 一起用", "--data goes neither with --attach nor with --update")
	case i.data != "":
		return refused
	}
	_, refused = i.article.Goes(i.config)
	return refused
}

// graphic is the name of a file that came from elsewhere, without what a terminal would
// take for orders.
func graphic(name string) string {
	return strings.Map(func(c rune) rune {
		if !unicode.IsGraphic(c) {
			return '?'
		}
		return c
	}, name)
}

var colon = diag.Text{ZH: "：", EN: ": "}

// document imports one document and prints what became of it.
func (i *importer) document(name string) (refused diag.Text, err error) {
	if refused = imports.Foreign(name); refused != (diag.Text{}) && !(i.convert && imports.Convertible(name)) {
		return refused, nil
	}
	raw, refused, err := readDocument(name)
	if err != nil || refused != (diag.Text{}) {
		return refused, err
	}
	d := imports.Document{Name: filepath.ToSlash(name), Content: raw}
	if refused, err = i.attach(&d); err != nil || refused != (diag.Text{}) {
		return refused, err
	}
	if i.convert && imports.Convertible(name) {
		d.Converted, refused, err = converted(d)
		if err != nil || refused != (diag.Text{}) {
			return refused, err
		}
	}
	if folder := besideOf(name); folder != nil {
		defer folder.Close()
		d.Beside = folder.FS()
	}
	if i.update {
		return i.compare(d)
	}
	made, refused, err := i.make(d)
	if err == nil && refused == (diag.Text{}) {
		refused, err = i.write(made.Files)
	}
	if err != nil || refused != (diag.Text{}) {
		return refused, err
	}
	return refused, i.list(made)
}

// attach reads the files that are attached to a document.
func (i *importer) attach(d *imports.Document) (refused diag.Text, err error) {
	for _, name := range i.attached {
		raw, refused, err := readDocument(name)
		if err == nil && refused == (diag.Text{}) {
			refused = imports.Attach(d, filepath.ToSlash(name), raw)
		}
		if refused != (diag.Text{}) {
			refused = diag.Say("附件 %s：%s", "attachment %s: %s", graphic(name), refused)
		}
		if err != nil || refused != (diag.Text{}) {
			return refused, err
		}
	}
	return refused, nil
}

// make makes an article of a document, or a table of data.
func (i *importer) make(d imports.Document) (made imports.Made, refused diag.Text, err error) {
	if i.data != "" {
		return imports.Table(i.site, i.data, d)
	}
	return imports.Make(i.site, i.config, i.article, d, time.Now())
}

func (i *importer) write(files []desk.File) (refused diag.Text, err error) {
	if i.dryRun {
		return desk.Check(i.site, files...)
	}
	return desk.Write(i.site, files...)
}

// list prints the files of an article, and what became of the document.
func (i *importer) list(made imports.Made) error {
	var lines []string
	if i.dryRun {
		lines = append(lines, i.say(diag.Say("会写：", "this would be written:")))
	}
	for _, f := range made.Files {
		lines = append(lines, f.Path())
	}
	lines = append(lines, i.said(made.Said())...)
	if i.dryRun {
		lines = append(lines, "", strings.TrimSpace(string(made.Files[len(made.Files)-1].Content())))
	} else if i.data == "" {
		lines = append(lines, i.say(diag.Say("文章还是草稿：核对好以后，删去“草稿”那一行",
			"the article is a draft: take its line 草稿 out when it has been checked")))
	}
	_, err := io.WriteString(i.stdout, strings.Join(lines, "\n")+"\n")
	return err
}

// said is what became of the document, as lines.
func (i *importer) said(parts []imports.Part) (lines []string) {
	for _, part := range parts {
		lines = append(lines, i.say(part.Head))
		for _, item := range part.Items {
			lines = append(lines, "  "+i.say(item))
		}
	}
	return lines
}

// compare prints how an edited document differs from the article that it has become.
func (i *importer) compare(d imports.Document) (refused diag.Text, err error) {
	u, refused, err := imports.Compare(i.site, i.config, i.folder, d)
	if err != nil || refused != (diag.Text{}) {
		return refused, err
	}
	lines := []string{u.Article}
	if u.Changes == "" && len(u.Pictures) == 0 {
		lines = append(lines, i.say(diag.Say("和文档一样，没有要改的", "it is as the document is: there is nothing to change")))
	} else {
		lines = append(lines, i.say(diag.Say("和文档不一样的（- 文章里的，+ 文档里的，@@ 后面是文章的第几行）。什么都没有写：要哪些，请自己改到文章里",
			"how it differs from the document (- the article, + the document, @@ the line of the article). "+
				"Nothing was written: take over what is wanted by hand")))
	}
	if u.Changes != "" {
		lines = append(lines, "", strings.TrimRight(u.Changes, "\n"), "")
	}
	if len(u.Pictures) > 0 {
		lines = append(lines, i.say(diag.Say("图片：", "pictures:")))
	}
	for _, p := range u.Pictures {
		lines = append(lines, "  "+i.say(p))
	}
	_, err = io.WriteString(i.stdout, strings.Join(append(lines, i.said(u.Said())...), "\n")+"\n")
	return refused, err
}

// readDocument reads a file of the person who types, wherever it is.
func readDocument(name string) (raw []byte, refused diag.Text, err error) {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, diag.Say("没有这个文件", "there is no such file"), nil
	case err != nil:
		return nil, refused, err
	case !info.Mode().IsRegular():
		return nil, diag.Say("这不是文件", "this is no file"), nil
	}
	raw, err = readUpTo(name, imports.MaxBytes+1)
	return raw, refused, err
}

// besideOf is the folder in which a browser has put the files of a page that it saved as
// name, or Word; nil if there is none.
func besideOf(name string) *os.Root {
	stem := strings.TrimSuffix(name, filepath.Ext(name))
	for _, ending := range []string{"_files", ".files"} {
		if folder, err := os.OpenRoot(stem + ending); err == nil {
			return folder
		}
	}
	return nil
}
