package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"

	"qinglian/internal/diag"
	"qinglian/internal/publish"
)

// report is what build --json prints.
type report struct {
	Pages       int       `json:"pages"`
	Outputs     int       `json:"outputs"`
	Rendered    int       `json:"rendered"`
	Written     int       `json:"written"`
	Unchanged   int       `json:"unchanged"`
	Deleted     int       `json:"deleted"`
	Withdrawn   int       `json:"withdrawn,omitempty"` // articles whose page was deleted
	Adopted     []string  `json:"adopted,omitempty"`   // files that were taken over with --adopt
	Removed     []string  `json:"removed,omitempty"`   // pages that were taken over with it and deleted
	Seconds     float64   `json:"seconds"`
	Diagnostics []finding `json:"diagnostics"`

	found   diag.List
	strays  []publish.Page // Removed, with their titles
	output  string
	outside bool // the output is outside of the site's folder
	quiet   bool // all was said
}

type finding struct {
	Rule      string `json:"rule"`
	Severity  string `json:"severity"`
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
	Message   string `json:"message"`
	Hint      string `json:"hint"`
}

// fewWarnings is how many warnings are listed without -v. Errors all are: what
// has to be mended is told in one run.
const fewWarnings = 30

// print tells what a build did, on one screen.
func (p *program) print(f buildFlags, r report, failed bool) error {
	r.found = r.found.Sort()
	if f.json {
		return p.printJSON(r)
	}
	left, err := p.list(f, r.found)
	if err != nil {
		return err
	}
	errors, warnings, notes := r.found.Count(diag.Error), r.found.Count(diag.Warning), r.found.Count(diag.Note)
	if left > 0 {
		fmt.Fprintln(p.stderr, p.say(diag.Say("另有 %d 处警告没有列出，加 -v 查看", "%d more warnings, shown with -v", left)))
	}
	if failed {
		if errors+warnings > 0 {
			fmt.Fprintln(p.stderr, p.say(diag.Say("共 %d 处错误、%d 处警告，什么都没有发布", "%d errors and %d warnings; nothing was published", errors, warnings)))
		}
		return nil
	}
	if r.quiet {
		return nil
	}
	fmt.Fprintln(p.stdout, p.say(diag.Say("完成：%d 篇文章，%d 个文件（新写 %d，不变 %d，删除 %d），用时 %.2f 秒",
		"done: %d articles, %d files (%d written, %d unchanged, %d deleted) in %.2f s",
		r.Pages, r.Outputs, r.Written, r.Unchanged, r.Deleted, r.Seconds)))
	p.tellGone(r)
	if notes > 0 && !f.loud {
		fmt.Fprintln(p.stdout, p.say(diag.Say("另有 %d 条提示，加 -v 查看", "%d notes, shown with -v", notes)))
	}
	_, err = fmt.Fprintln(p.stdout, p.say(diag.Say("打开 %s", "open %s", filepath.Join(r.output, "index.html"))))
	return err
}

// tellGone tells what was taken over and what is not public any more.
func (p *program) tellGone(r report) {
	if len(r.Adopted) > 0 {
		fmt.Fprintln(p.stdout, p.say(diag.Say("收回了 %d 个本站的文件：", "took over %d files of this site:", len(r.Adopted))))
		for _, name := range r.Adopted {
			fmt.Fprintln(p.stdout, "  "+name)
		}
	}
	if len(r.strays) > 0 {
		fmt.Fprintln(p.stdout, p.say(diag.Say("删去了 %d 个不再公开的网页：", "deleted %d pages that are not public any more:", len(r.strays))))
		for _, s := range r.strays {
			fmt.Fprintln(p.stdout, "  "+s.Path+" "+s.Title)
		}
	}
	if r.Withdrawn > 0 {
		fmt.Fprintln(p.stdout, p.say(diag.Say("有 %d 篇文章的网页不再公开", "the pages of %d articles are not public any more", r.Withdrawn)))
	}
}

func (p *program) printJSON(r report) error {
	r.Diagnostics = []finding{}
	for _, d := range r.found {
		r.Diagnostics = append(r.Diagnostics, finding{d.Rule, d.Severity.String(),
			d.File, d.Line, d.Column, d.EndLine, d.EndColumn, p.say(d.Message), p.say(d.Hint)})
	}
	e := json.NewEncoder(p.stdout)
	e.SetEscapeHTML(false)
	return e.Encode(r)
}

// list prints what was found and returns how many warnings it left out.
func (p *program) list(f buildFlags, found diag.List) (left int, err error) {
	shown, warnings := false, 0
	for _, d := range found {
		if d.Severity == diag.Note && !f.loud {
			continue
		}
		if d.Severity == diag.Warning && !f.strict {
			if warnings++; warnings > fewWarnings && !f.loud {
				left++
				continue
			}
		}
		shown = true
		if err := d.Write(p.stderr, p.lang); err != nil {
			return left, err
		}
	}
	if shown {
		_, err = fmt.Fprintln(p.stderr, p.say(diag.Say("详细说明：qinglian explain 规则名（方括号里的）", "more: qinglian explain RULE (the name in brackets)")))
	}
	return left, err
}
