package main

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"qinglian/internal/check"
	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/rules"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
)

// checkFlags are the flags of check.
type checkFlags struct {
	buildFlags
	format, failOn string
	report         string // the file that it is written to; "" for standard output
	rules          bool
	online         bool
}

// formats are the forms of an inspection's report, the default first.
var formats = map[string]func(*program, checkFlags, inspection) error{
	"text":  (*program).checkedText,
	"json":  (*program).checkedJSON,
	"html":  (*program).checkedPage,
	"sarif": (*program).checkedSARIF,
	"ics":   (*program).checkedCalendar,
}

const textFormat = "text"

func (p *program) checkCommand() *cobra.Command {
	var f checkFlags
	c := &cobra.Command{
		Use: p.say(diag.Say("check [文件…]", "check [FILE…]")),
		Short: p.say(diag.Say("发布前的检查：个人信息、来源、图片说明等",
			"inspect the site before it is published: personal data, sources, pictures and more")),
		Args: func(_ *cobra.Command, args []string) error {
			if f.rules && len(args) > 0 {
				return usage(diag.Say("用法：qinglian check --rules", "usage: qinglian check --rules"))
			}
			return f.known()
		},
		RunE: func(c *cobra.Command, args []string) error {
			if f.rules {
				return p.listRules()
			}
			if !c.Flags().Changed("format") {
				f.format = formatOf(f.report, f.format, sortedFormats())
			}
			return p.check(f, args)
		},
	}
	flags := c.Flags()
	flags.StringVar(&f.source, "source", ".", p.say(diag.Say("网站文件夹", "the site's folder")))
	flags.StringVar(&f.format, "format", textFormat,
		p.say(diag.Say("报告的格式：%s", "the form of the report: %s", diag.Listed(sortedFormats()))))
	flags.StringVar(&f.report, "output", "",
		p.say(diag.Say("报告写到哪个文件；不写就显示出来", "the file to write the report to, instead of showing it")))
	flags.StringVar(&f.failOn, "fail-on", string(check.Error),
		p.say(diag.Say("有这样严重的就算没通过（退出状态 1）：error、warning、hint、off",
			"what fails the inspection with exit status 1: error, warning, hint or off")))
	flags.StringVar(&f.now, "now", "", p.say(diag.Say("当作现在的时间，如 2024-05-01 09:30",
		"the time to take for now, such as 2024-05-01 09:30")))
	flags.StringVar(&f.theme, "theme", "",
		p.say(diag.Say("用这个主题代替 config.toml 里的", "use this theme instead of config.toml's")))
	flags.StringVar(&f.baseURL, "base-url", "",
		p.say(diag.Say("用这个网站地址代替 config.toml 里的", "use this address instead of config.toml's")))
	flags.BoolVar(&f.drafts, "drafts", false,
		p.say(diag.Say("也查草稿；写了文件名的总是查", "inspect drafts, too; a named file always is")))
	flags.IntVar(&f.jobs, "jobs", runtime.GOMAXPROCS(0), p.say(diag.Say("同时做几件事", "how many things to do at once")))
	flags.BoolVar(&f.online, "online", false, p.say(diag.Say("也打开外站的链接看看；结果记一天",
		"open links to other sites, too; what comes of it is kept for a day")))
	flags.BoolVar(&f.rules, "rules", false, p.say(diag.Say("列出检查的规则；每一条的说明：qinglian explain 规则名",
		"list the rules; qinglian explain RULE explains one")))
	flags.BoolVarP(&f.loud, "verbose", "v", false, p.say(diag.Say("每一处都列出，也显示提示", "list every place, and notes too")))
	return c
}

func sortedFormats() (names []string) {
	for name := range formats {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(fromFirst(a), fromFirst(b)), strings.Compare(a, b))
	})
	return names
}

// fromFirst is 0 for the default format and 1 for the others.
func fromFirst(format string) int {
	if format == textFormat {
		return 0
	}
	return 1
}

// known refuses flags that mean nothing.
func (f checkFlags) known() error {
	if formats[f.format] == nil {
		return usage(diag.Say("没有报告格式“%s”，有：%s",
			"there is no format %q; there are: %s", f.format, diag.Listed(sortedFormats())))
	}
	if !slices.Contains(config.Levels, f.failOn) {
		return usage(diag.Say("--fail-on 不能是“%s”，有：%s",
			"--fail-on can't be %q; there are: %s", f.failOn, diag.Listed(config.Levels)))
	}
	return nil
}

// inspection is what check reports: what building the site says, and what its own rules
// found, put in the order in which it is to be mended.
type inspection struct {
	check.Report
	Problems diag.List // of building and of checking, without what is about other files than were named
	Pages    int
	Seconds  float64
	Named    []string // the files that were asked for; none for all
	Online   bool     // links to other sites were opened

	snap snapshot.Snapshot
	now  time.Time
	read func(file string) ([]byte, error) // a file of the site
}

// check inspects a site, or some of its files.
func (p *program) check(f checkFlags, args []string) error {
	began := time.Now()
	s, err := openSite(f.source)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := f.reportable(); err != nil {
		return err
	}
	found := inspection{read: s.Read}
	for _, arg := range args {
		name, err := toCheck(s, f.source, arg)
		if err != nil {
			return err
		}
		found.Named = append(found.Named, name)
	}
	f.drafts = f.drafts || len(args) > 0
	opt, err := p.options(f.buildFlags, s)
	if err != nil {
		return err
	}
	snap, err := p.inspect(s, opt)
	if err != nil {
		return err
	}
	found.snap, found.now = snap, opt.Selection.Now
	if f.online {
		if err := p.openOutside(s, &found, opt); err != nil {
			return err
		}
	}
	found.Online = f.online
	found.Report, found.Pages = found.snap.Check, found.snap.Pages
	found.Problems = found.of(append(found.snap.Check.Diagnostics(), found.snap.Diagnostics...))
	found.Seconds = time.Since(began).Seconds()
	if err := p.reported(f, found); err != nil {
		return err
	}
	return found.failure(check.Level(f.failOn))
}

// toCheck is the path inside the site of a file that was named: an article, or one that
// is published as it is.
func toCheck(s *source.Site, dir, arg string) (string, error) {
	if check.Inspects(path.Clean(filepath.ToSlash(arg))) {
		return fileNamed(s, dir, arg)
	}
	return inSite(s, dir, arg)
}

// inspect has the site inspected, and keeps what was found.
func (p *program) inspect(s *source.Site, opt snapshot.Options) (snapshot.Snapshot, error) {
	opt.Check = true
	return p.linked(s, opt)
}

// linked takes the site through the line, on top of what is known of the last build, for
// who asks what it is and not for its outputs.
func (p *program) linked(s *source.Site, opt snapshot.Options) (snap snapshot.Snapshot, err error) {
	clock, unlock, err := p.lock(s)
	if err != nil {
		return snap, err
	}
	defer unlock()
	defer collectLess()()
	if opt.Engine, err = engine(); err != nil {
		return snap, err
	}
	opt.Lazy = true
	old, err := snapshot.Load(s.Root, own, opt.Engine)
	if err != nil {
		return snap, err
	}
	snap, next, err := snapshot.Of(s, clock, old, opt)
	if err == nil {
		err = next.Save(s.Root, own, opt.Engine)
	}
	return snap, errors.Join(err, next.Close())
}

// of is what is said of the files that were named, or of all; the most serious file
// first, and in it what is most serious.
func (n inspection) of(problems diag.List) diag.List {
	problems = problems.Sort()
	worst := map[string]diag.Severity{}
	var kept diag.List
	for _, d := range problems {
		if len(n.Named) > 0 && !slices.Contains(n.Named, d.File) {
			continue
		}
		kept = append(kept, d)
		worst[d.File] = max(worst[d.File], d.Severity)
	}
	slices.SortStableFunc(kept, func(a, b diag.Diagnostic) int {
		return cmp.Or(cmp.Compare(worst[b.File], worst[a.File]), cmp.Compare(a.File, b.File),
			cmp.Compare(b.Severity, a.Severity))
	})
	return kept
}

// failure is the error of an inspection that found what is as serious as a level.
func (n inspection) failure(on check.Level) error {
	least, fails := on.Severity()
	if worst, found := n.Problems.Worst(); found && fails && worst >= least {
		return failure{status: exitSite}
	}
	return nil
}

// checkedText is the report as people read it.
func (p *program) checkedText(f checkFlags, n inspection) error {
	out := *p
	out.stderr = p.stdout // what was found is what was asked for
	if _, err := out.list(f.buildFlags, n.Problems); err != nil {
		return err
	}
	for _, e := range n.excused() {
		fmt.Fprintln(p.stdout, p.say(diag.Say("例外：%s:%d %s，共 %d 处，理由：%s", "excused: %s:%d %s, %d in all: %s",
			e.Where.File, e.Where.Line, e.Rule, e.count, e.Reason)))
	}
	for _, u := range n.Unread {
		if len(n.Named) == 0 || slices.Contains(n.Named, u.File) {
			fmt.Fprintln(p.stdout, p.say(diag.Say("未检查：%s（%s）", "not examined: %s (%s)", u.File, u.Why)))
		}
	}
	notes, unlisted := n.Problems.Count(diag.Note), diag.Text{}
	if notes > 0 && !f.loud {
		unlisted = diag.Say("（加 -v 列出）", " (listed with -v)")
	}
	_, err := fmt.Fprintln(p.stdout, p.say(diag.Say("查了 %d 个文件，用时 %.2f 秒：%d 处错误，%d 处警告，%d 条提示%s",
		"%d files inspected in %.2f s: %d errors, %d warnings, %d hints%s", n.Files, n.Seconds,
		n.Problems.Count(diag.Error), n.Problems.Count(diag.Warning), notes, unlisted)))
	return err
}

// excusedOnce is what an article excuses itself from with one reason, and how often.
type excusedOnce struct {
	check.Excused
	count int
}

// excused are the findings that were excused, those with one reason as one.
func (n inspection) excused() (list []excusedOnce) {
	at := map[diag.Diagnostic]int{}
	for _, e := range n.Report.Excused {
		if len(n.Named) > 0 && !slices.Contains(n.Named, e.File) {
			continue
		}
		if i, ok := at[e.Where]; ok {
			list[i].count++
			continue
		}
		at[e.Where] = len(list)
		list = append(list, excusedOnce{e, 1})
	}
	return list
}

// checkedJSON is the report for programs, in the shape of build's.
func (p *program) checkedJSON(_ checkFlags, n inspection) error {
	type reasoned struct {
		finding
		Reason string `json:"reason"`
	}
	type unread struct {
		File string `json:"file"`
		Why  string `json:"why"`
	}
	out := struct {
		Pages       int        `json:"pages"`
		Files       int        `json:"files"`
		Seconds     float64    `json:"seconds"`
		Diagnostics []finding  `json:"diagnostics"`
		Excused     []reasoned `json:"excused"`
		Unexamined  []unread   `json:"unexamined"`
	}{n.Pages, n.Files, n.Seconds, p.findings(n.Problems), []reasoned{}, []unread{}}
	for _, e := range n.Report.Excused {
		if len(n.Named) == 0 || slices.Contains(n.Named, e.File) {
			out.Excused = append(out.Excused, reasoned{p.findings(diag.List{e.Diagnostic})[0], e.Reason})
		}
	}
	for _, u := range n.Unread {
		out.Unexamined = append(out.Unexamined, unread{u.File, p.say(u.Why)})
	}
	return p.encode(out)
}

// listRules prints a line about each rule of the inspection.
func (p *program) listRules() error {
	for _, r := range check.Rules() {
		page, _ := rules.Find(r.Name)
		if _, err := fmt.Fprintf(p.stdout, "%-20s %s\n", r.Name, p.say(page.Title)); err != nil {
			return err
		}
	}
	return nil
}
