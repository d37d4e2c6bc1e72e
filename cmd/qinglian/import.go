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

	"github.com/spf13/cobra"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/desk"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/docx"
	"qinglian/internal/manuscript"
	"qinglian/internal/markdown"
	"qinglian/internal/source"
)

func (p *program) importCommand() *cobra.Command {
	i := importer{program: p}
	dir := ""
	c := &cobra.Command{
		Use:   "import FILE.docx …",
		Short: p.say(diag.Say("把 Word、WPS 的文档变成文章", "make articles of documents of Word and WPS")),
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
	return c
}

// importer makes articles of documents.
type importer struct {
	*program
	site    *source.Site
	config  config.Config
	article desk.Article
	dryRun  bool
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
	if i.article.Section == "" && i.article.Kind == "" {
		i.article.Kind = "notice"
	}
	to, refused := i.article.Goes(i.config)
	if refused != (diag.Text{}) {
		return usage(refused)
	}
	failed := false
	for _, name := range names {
		refused, err := i.document(name, to.Kind)
		if err != nil {
			return err
		}
		if refused != (diag.Text{}) {
			failed = true
			fmt.Fprintf(i.stderr, "qinglian: %s%s%s\n", name, i.say(colon), i.say(refused))
		}
	}
	if failed {
		return failure{status: exitUsage}
	}
	return nil
}

var colon = diag.Text{ZH: "：", EN: ": "}

// document imports one document and prints what became of it.
func (i *importer) document(name string, kind config.Kind) (refused diag.Text, err error) {
	raw, refused, err := readDocument(name)
	if err != nil || refused != (diag.Text{}) {
		return refused, err
	}
	m, refused := docx.Read(raw)
	if refused != (diag.Text{}) {
		return refused, nil
	}
	filled := m.Fill(kind, filepath.ToSlash(name))
	article := i.article
	article.Given = content.Given{Values: map[string]string{}}
	for _, f := range filled {
		article.Values[f.Field.Key] = f.Text
	}
	d := desk.Document{Name: filepath.Base(name), Digest: digest.Of(raw), Text: m.Markdown(markdown.New())}
	for n, file := range m.Names() {
		d.Pictures = append(d.Pictures, desk.Picture{Name: file, Content: m.Pictures[n].Content})
	}
	files, refused, err := desk.Bundle(i.site, i.config, article, d, time.Now())
	if err == nil && refused == (diag.Text{}) {
		refused, err = i.write(files)
	}
	if err != nil || refused != (diag.Text{}) {
		return refused, err
	}
	return refused, i.list(files, filled, m.Left)
}

func (i *importer) write(files []desk.File) (refused diag.Text, err error) {
	if i.dryRun {
		return desk.Check(i.site, files...)
	}
	return desk.Write(i.site, files...)
}

// list prints the files of an article, what was found for its fields, and what of the
// document is not in it.
func (i *importer) list(files []desk.File, filled []manuscript.Filled, left []manuscript.Omission) error {
	var lines []string
	line := func(t diag.Text) { lines = append(lines, i.say(t)) }
	if i.dryRun {
		line(diag.Say("会写：", "this would be written:"))
	}
	for _, f := range files {
		lines = append(lines, f.Path())
	}
	line(diag.Say("填好的项目：", "the fields that were filled in:"))
	for _, f := range filled {
		lines = append(lines, "  "+i.say(saidOf(f)))
	}
	if len(left) == 0 {
		line(diag.Say("文档里的文字都带进来了", "all of the document's text has come in"))
	} else {
		line(diag.Say("没有带进来的（%d 处）：", "what was left out (%d):", len(left)))
	}
	for _, o := range left {
		lines = append(lines, "  "+i.say(o.Said()))
	}
	if i.dryRun {
		lines = append(lines, "", strings.TrimSpace(string(files[len(files)-1].Content())))
	} else {
		line(diag.Say("文章还是草稿：核对好以后，删去“草稿”那一行",
			"the article is a draft: take its line 草稿 out when it has been checked"))
	}
	_, err := io.WriteString(i.stdout, strings.Join(lines, "\n")+"\n")
	return err
}

// saidOf is a field that was filled in as a line of a list.
func saidOf(f manuscript.Filled) diag.Text {
	said := diag.Text{ZH: f.Field.Label + "：" + f.Text, EN: f.Field.Key + ": " + f.Text}
	if f.Doubt == (diag.Text{}) {
		return said
	}
	return diag.Say("%s（请核对：%s）", "%s (please check: %s)", said, f.Doubt)
}

// foreignFormat says how a file of another format becomes a document that can be read.
func foreignFormat(name string) diag.Text {
	ending := strings.ToLower(filepath.Ext(name))
	switch ending {
	case ".docx":
		return diag.Text{}
	case ".doc", ".wps", ".wpt", ".dot", ".docm", ".dotx", ".rtf", ".odt":
		return diag.Say("%s 先用 Word 或 WPS 打开，“文件”→“另存为”，类型选“Word 文档（*.docx）”，再导入另存的那个文件",
			"open the %s with Word or WPS, choose File, Save as, Word document (*.docx), and import what was saved",
			ending)
	case ".xls", ".xlsx", ".et", ".ods", ".csv":
		return diag.Say("%s 是表格：在 Word 或 WPS 文字里新建文档，把要的部分粘贴进去，另存为 .docx，再导入",
			"%s is a sheet: paste what is needed of it into a new document of Word or WPS, save it as .docx, import that",
			ending)
	case ".html", ".htm", ".mht", ".mhtml":
		return diag.Say("%s 是网页：用 Word 或 WPS 打开，另存为 .docx，再导入",
			"%s is a web page: open it with Word or WPS, save it as .docx and import that", ending)
	case ".md", ".markdown", ".txt":
		return diag.Say("%s 不用导入：存成 .md，直接放进 content/ 的栏目里",
			"%s needs no import: save it as .md in a section of content/", ending)
	}
	return diag.Say("只能导入 .docx：先用 Word 或 WPS 打开，另存为 .docx",
		"only .docx can be imported: open the file with Word or WPS and save it as .docx")
}

// readDocument reads a file of the person who types, wherever it is.
func readDocument(name string) (raw []byte, refused diag.Text, err error) {
	if refused = foreignFormat(name); refused != (diag.Text{}) {
		return nil, refused, nil
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, diag.Say("没有这个文件", "there is no such file"), nil
	case err != nil:
		return nil, refused, err
	case !info.Mode().IsRegular():
		return nil, diag.Say("这不是文件", "this is no file"), nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, refused, err
	}
	defer f.Close()
	raw, err = io.ReadAll(io.LimitReader(f, docx.MaxBytes+1))
	return raw, refused, err
}
