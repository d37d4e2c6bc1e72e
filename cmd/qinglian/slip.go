package main

import (
	"fmt"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"qinglian/internal/diag"
	"qinglian/internal/signoff"
	"qinglian/internal/source"
)

type slipFlags struct{ source, output, format, now string }

// slipForms are the formats of a slip, the default first, each with its mark.
var slipForms = []struct{ name, mark string }{{"html", signoff.PageMark}, {"docx", signoff.DocumentMark}}

func (p *program) slipCommand() *cobra.Command {
	var f slipFlags
	c := &cobra.Command{
		Use: "slip FILE", Args: exactly(1, "qinglian slip content/….md [--output FILE.html]"),
		Short: p.say(diag.Say("一篇文章的信息发布审核单：一页 A4，打印了签字", "the sheet of A4 on which an article is signed for")),
		RunE: func(c *cobra.Command, args []string) error {
			if !c.Flags().Changed("format") {
				f.format = formatOf(f.output, f.format, []string{slipForms[0].name, slipForms[1].name})
			}
			return p.slip(args[0], f)
		},
	}
	flags := c.Flags()
	flags.StringVar(&f.source, "source", ".", p.say(diag.Say("网站文件夹", "the site's folder")))
	flags.StringVar(&f.format, "format", slipForms[0].name, p.say(diag.Say("格式：html（用浏览器打印）、docx（用 Word、WPS 打开）",
		"html to print from a browser, or docx for Word and WPS")))
	flags.StringVar(&f.output, "output", "", p.say(diag.Say("写到哪个文件；不写就用文章的名字",
		"the file to write; by default it is called after the article")))
	flags.StringVar(&f.now, "now", "", p.say(diag.Say("当作现在的时间，如 2024-05-01 09:30",
		"the time to take for now, such as 2024-05-01 09:30")))
	return c
}

// slip writes the sheet of one article, drafts included.
func (p *program) slip(name string, f slipFlags) error {
	form := slices.IndexFunc(slipForms, func(form struct{ name, mark string }) bool { return form.name == f.format })
	if form < 0 {
		return usage(diag.Say("没有格式“%s”，有：html、docx", "there is no format %q; there are: html, docx", f.format))
	}
	s, err := openSite(f.source)
	if err != nil {
		return err
	}
	defer s.Close()
	article, err := p.signed(s, name, f)
	if err != nil {
		return err
	}
	if f.output == "" {
		f.output = strings.TrimSuffix(path.Base(article.Page.Path), ".html") + "-slip." + f.format
	}
	if err := outOfSite(f.source, f.output); err != nil {
		return err
	}
	sheet := signoff.Of(article, p.lang)
	made, err := sheet.Page()
	if f.format == "docx" {
		made, err = sheet.Document()
	}
	if err != nil {
		return err
	}
	if err := p.writeOwn(f.output, slipForms[form].mark, made); err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.stdout, p.say(diag.Say("审核单已写到 %s；审完在文章开头写：%s",
		"the slip is in %s; after the review write into the front matter: %s", filepath.ToSlash(f.output), sheet.Line)))
	return err
}

// signed is an article with all that its sheet says of it.
func (p *program) signed(s *source.Site, name string, f slipFlags) (a signoff.Article, err error) {
	opt, err := p.options(buildFlags{now: f.now, drafts: true, future: true, jobs: runtime.GOMAXPROCS(0)}, s)
	if err != nil {
		return a, err
	}
	snap, err := p.inspect(s, opt)
	if err != nil {
		return a, err
	}
	if snap.Site == nil {
		wrong, _ := foremost(snap.Diagnostics)
		return a, p.refuse(wrong)
	}
	page, err := pageOf(s, snap.Site, name)
	if err != nil {
		return a, err
	}
	raw, err := s.Read(page.Doc.Path)
	if err != nil {
		return a, err
	}
	text, _ := source.Text(page.Doc.Path, raw)
	_, facts := snap.Facts(page.Doc.Path, text)
	return signoff.Article{Site: snap.Site, Page: page, Facts: facts, Found: snap.Check,
		Problems: snap.Diagnostics}, nil
}
