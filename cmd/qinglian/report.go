package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/publish"
	"qinglian/internal/site"
)

// report is what build --json prints.
type report struct {
	Pages     int      `json:"pages"`
	Outputs   int      `json:"outputs"`
	Rendered  int      `json:"rendered"`
	Written   int      `json:"written"`
	Unchanged int      `json:"unchanged"`
	Deleted   int      `json:"deleted"`
	Withdrawn int      `json:"withdrawn,omitempty"` // articles whose page was deleted
	Adopted   []string `json:"adopted,omitempty"`   // files that were taken over with --adopt
	Removed   []string `json:"removed,omitempty"`   // pages that were taken over with it and deleted
	// public articles with errors, for which --hold-back could not go on
	Broken      []string   `json:"broken,omitempty"`
	Seconds     float64    `json:"seconds"`
	Diagnostics []finding  `json:"diagnostics"`
	Linked      int        `json:"linked"` // articles that the build linked: all, a few around an edit, or none
	Held        []held     `json:"held"`   // articles that are not public
	Next        *time.Time `json:"next"`   // when the first of them will be

	problems diag.List
	held     []site.Held
	now      time.Time
	strays   []publish.Page // Removed, with their titles
	output   string
	outside  bool // the output is outside of the site's folder
	quiet    bool // all was said
	placing  bool // what is published has begun to change

	difference difference // of a dry run
	seen       string     // stands for what is published
	moved      bool       // it is another than was agreed to
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

// screen is how many entries are listed without -v.
const screen = 30

// print says what a build did, on one screen.
func (p *program) print(f buildFlags, r report, failed bool) error {
	r.problems = r.problems.Sort()
	if f.json {
		return p.printJSON(r)
	}
	listed, err := p.list(f, r.problems)
	if err != nil {
		return err
	}
	wrong, warnings, notes := listed.Count(diag.Error), listed.Count(diag.Warning), r.problems.Count(diag.Note)
	if failed {
		if wrong+warnings > 0 && !r.quiet {
			fmt.Fprintln(p.stderr, p.say(r.stopped(wrong, warnings)))
		}
		if len(r.Broken) > 0 {
			fmt.Fprintln(p.stderr, p.say(broken(r.Broken)))
		}
		return nil
	}
	if r.quiet {
		return nil
	}
	fmt.Fprintln(p.stdout, p.say(diag.Say("完成：%d 篇文章，%d 个文件（新写 %d，不变 %d，删除 %d），用时 %.2f 秒",
		"done: %d articles, %d files (%d written, %d unchanged, %d deleted) in %.2f s",
		r.Pages, r.Outputs, r.Written, r.Unchanged, r.Deleted, r.Seconds)))
	p.printGone(r)
	if len(r.held) > 0 {
		fmt.Fprintln(p.stdout, p.say(heldBack(r.held, r.now)))
	}
	if notes > 0 && !f.loud {
		fmt.Fprintln(p.stdout, p.say(diag.Say("另有 %d 条提示，加 -v 查看", "%d notes, shown with -v", notes)))
	}
	_, err = fmt.Fprintln(p.stdout, p.say(diag.Say("打开 %s", "open %s", filepath.Join(r.output, "index.html"))))
	return err
}

// stopped says what became of the site in a build that failed.
func (r *report) stopped(wrong, warnings int) diag.Text {
	if r.placing {
		return diag.Say("共 %d 处错误、%d 处警告，没有做完：网站可能已经换新，也可能只换了一部分，解决后再生成一次",
			"%d errors and %d warnings; not finished: the site may be new, in whole or in part; mend this and build again",
			wrong, warnings)
	}
	return diag.Say("共 %d 处错误、%d 处警告，什么都没有发布", "%d errors and %d warnings; nothing was published", wrong, warnings)
}

// printGone says what was taken over and what is not public any more.
func (p *program) printGone(r report) {
	if len(r.Adopted) > 0 {
		fmt.Fprintln(p.stdout, p.say(diag.Say("收回了 %d 个本站的文件：", "took over %d files of this site:", len(r.Adopted))))
		for _, name := range r.Adopted {
			fmt.Fprintln(p.stdout, "  "+name)
		}
	}
	if len(r.strays) > 0 {
		fmt.Fprintln(p.stdout, p.say(diag.Say("删去了 %d 个不再公开的网页：",
			"deleted %d pages, not public any more:", len(r.strays))))
		for _, s := range r.strays {
			fmt.Fprintln(p.stdout, "  "+s.Path+" "+s.Title)
		}
	}
	if r.Withdrawn > 0 {
		fmt.Fprintln(p.stdout, p.say(diag.Say("有 %d 篇文章的网页不再公开",
			"%d articles have no public page any more", r.Withdrawn)))
	}
}

func (p *program) printJSON(r report) error {
	r.Diagnostics, r.Held, r.Next = p.findings(r.problems), heldAsData(r.held), moment(site.Next(r.held))
	return p.encode(r)
}

func (p *program) findings(problems diag.List) []finding {
	found := []finding{}
	for _, d := range problems {
		found = append(found, finding{d.Rule, d.Severity.String(),
			d.File, d.Line, d.Column, d.EndLine, d.EndColumn, p.say(d.Message), p.say(d.Hint)})
	}
	return found
}

func (p *program) encode(v any) error {
	e := json.NewEncoder(p.stdout)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// list prints what was found, and returns that of it which is not left for later.
func (p *program) list(f buildFlags, problems diag.List) (listed diag.List, err error) {
	if f.loud {
		if err := p.printProblems(problems); err != nil || len(problems) == 0 {
			return problems, err
		}
		return problems, p.tellExplain()
	}
	problems = slices.DeleteFunc(slices.Clone(problems), func(d diag.Diagnostic) bool {
		return d.Severity == diag.Note
	})
	if len(problems) == 0 {
		return nil, nil
	}
	listed, later := foremost(problems)
	left, err := p.brief(listed)
	if err := errors.Join(err, p.tellExplain()); err != nil {
		return listed, err
	}
	if left != (diag.Text{}) {
		fmt.Fprintln(p.stderr, p.say(diag.Say("%s；加 -v 查看", "%s; shown with -v", left)))
	}
	if len(later) > 0 {
		fmt.Fprintln(p.stderr, p.say(diag.Say("先改 config.toml：别的 %d 处没有列出，有的是由它引起的；加 -v 查看",
			"mend config.toml first: what may come from it, %d others, is not listed; shown with -v", len(later))))
	}
	return listed, nil
}

func (p *program) tellExplain() error {
	_, err := fmt.Fprintln(p.stderr, p.say(diag.Say("详细说明：qinglian explain 规则名（方括号里的）",
		"more: qinglian explain RULE (the name in brackets)")))
	return err
}

// leads are the rules about where config.toml leads, which nothing else depends on.
var leads = []string{"dead-link", "dead-anchor", "missing-picture", "same-address"}

// foremost are the errors of config.toml, if it has any: all else is read by what it
// says, so what they cause looks like so many mistakes more.
func foremost(problems diag.List) (listed, later diag.List) {
	for _, d := range problems {
		if d.Severity == diag.Error && d.File == config.File && !slices.Contains(leads, d.Rule) {
			listed = append(listed, d)
		} else {
			later = append(later, d)
		}
	}
	if len(listed) == 0 {
		return problems, nil
	}
	return listed, later
}

// brief prints a list as it fits on a screen and says what is left out, if anything is.
func (p *program) brief(problems diag.List) (left diag.Text, err error) {
	b := problems.Brief(screen)
	for _, e := range b.Entries {
		if err := e.Write(p.stderr, p.lang); err != nil {
			return left, err
		}
	}
	count := 0
	var rules []string
	for _, l := range b.Left {
		count += l.Count
		rules = append(rules, fmt.Sprintf("%s %d", l.Rule, l.Count))
	}
	if count == 0 {
		return left, nil
	}
	return diag.Say("另有 %d 处没有列出（%s）", "%d more are not listed (%s)", count, strings.Join(rules, ", ")), nil
}
