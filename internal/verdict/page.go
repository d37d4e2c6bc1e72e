package verdict

import (
	"bytes"
	_ "embed"
	"html/template"
	"slices"
	"strconv"
	"time"

	"qinglian/internal/check"
	"qinglian/internal/diag"
)

//go:embed page.html
var pageText string

// PageMark stands near the beginning of each page.
const PageMark = `<meta name="generator" content="qinglian check">`

// soon is how far ahead the page looks for what falls due. The calendar has it all.
const soon = 92 * 24 * time.Hour

// Page is the report as one page, which needs nothing but itself, to be printed on A4
// or read on a phone. Hints are counted unless all is asked for.
func (r Report) Page(lang diag.Lang, all bool) ([]byte, error) {
	t, err := template.New("page").Funcs(template.FuncMap{
		"say": func(zh, en string) string { return diag.Text{ZH: zh, EN: en}.In(lang) },
		"in":  func(t diag.Text) string { return t.In(lang) },
	}).Parse(pageText)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, r.shown(lang, all))
	return b.Bytes(), err
}

// shown is what the page shows.
type shown struct {
	Lang      string
	Title     string
	Day       string
	Program   string
	Organizer string
	Files     int
	Partly    bool // only some files were looked into
	Verdict   diag.Text
	Outcome   Outcome
	Basis     diag.Text
	Items     []shownItem
	Groups    []group
	Hints     int // that are not shown
	Deadlines []shownDeadline
	Later     int // deadlines that are further off than is shown
	Excused   []shownExcuse
	Unread    []check.Unread
}

type shownItem struct {
	judged
	By     string
	Remark diag.Text
}

// group is what was found in one file.
type group struct {
	File, Title, Owner string
	Found              []shownFinding
}

type shownFinding struct {
	Severity      diag.Severity
	Line          int
	Message, Hint diag.Text
	Of            string // the rule
	Due           string // a day; "" if the meeting is to say it
}

type shownDeadline struct {
	Deadline
	Date string
}

type shownExcuse struct {
	File, Rule, Reason string
	Line, Count        int
}

func (r Report) shown(lang diag.Lang, all bool) shown {
	c := r.config()
	s := shown{Lang: "zh-CN", Title: c.Title, Day: day(r.today(), lang), Program: r.Program,
		Organizer: c.Footer.Organizer, Files: r.Files, Partly: len(r.Named) > 0, Basis: r.basis(), Unread: r.Unread,
		Excused: r.excuses()}
	if lang == diag.EN {
		s.Lang = "en"
	}
	judged := r.judge()
	s.Verdict, s.Outcome = r.verdict(judged)
	for _, j := range judged {
		s.Items = append(s.Items, shownItem{j, j.decided(lang), j.remark()})
	}
	s.Groups, s.Hints = r.groups(lang, all)
	for _, d := range r.Deadlines() {
		if d.Day.After(r.Now.Add(soon)) {
			s.Later++
			continue
		}
		s.Deadlines = append(s.Deadlines, shownDeadline{d, day(d.Day, lang)})
	}
	return s
}

// day is a day as people write it.
func day(t time.Time, lang diag.Lang) string {
	if lang == diag.EN {
		return t.Format("2 January 2006")
	}
	return diag.Say("%s 年 %s 月 %s 日",
		"%s-%s-%s", strconv.Itoa(t.Year()), strconv.Itoa(int(t.Month())), strconv.Itoa(t.Day())).ZH
}

// basis says how far the items bind who publishes the site.
func (r Report) basis() diag.Text {
	if r.config().Profile == "gov" {
		return diag.Say("指标依据国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》。",
			"The items are those of 国办秘函〔2019〕19号, which binds government sites.")
	}
	return diag.Say("指标参照国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》；它约束的是政府网站，对本站只作参照。",
		"The items are modelled on 国办秘函〔2019〕19号, which binds government sites; to this site it is a model.")
}

// verdict is one sentence.
func (r Report) verdict(items []judged) (diag.Text, Outcome) {
	var vetoed []diag.Text
	open := 0
	for _, j := range items {
		switch {
		case j.Outcome == Failed && j.Veto:
			vetoed = append(vetoed, j.Name)
		case j.Outcome == Open:
			open++
		}
	}
	errors, warnings := r.Problems.Count(diag.Error), r.Problems.Count(diag.Warning)
	rest := diag.Say("错误 %d 处，警告 %d 处", "%d errors, %d warnings", errors, warnings)
	switch {
	case len(vetoed) > 0:
		return diag.Say("不通过：单项否决 %d 项（%s）；%s。", "Not passed: %d items fail the site alone (%s); %s.",
			len(vetoed), listed(vetoed), rest), Failed
	case errors > 0:
		return diag.Say("不通过：%s，改好错误再发布。", "Not passed: %s; mend the errors before publication.", rest), Failed
	case len(r.Named) > 0:
		return diag.Say("查了的文件里没有错误，警告 %d 处；没有查全站。",
			"No errors in the files that were inspected, %d warnings; the site as a whole was not.", warnings), Open
	}
	return diag.Say("机器能查的没有错误，警告 %d 处；另有 %d 项要人核对，核对完才算通过。",
		"What a machine can inspect has no errors, and %d warnings; %d items are for people to see to before the site passes.",
		warnings, open), Open
}

func listed(names []diag.Text) (t diag.Text) {
	for i, n := range names {
		if i > 0 {
			t.ZH, t.EN = t.ZH+"、", t.EN+", "
		}
		t.ZH, t.EN = t.ZH+n.ZH, t.EN+n.EN
	}
	return t
}

// groups are what is to be mended, by file, and how many hints are left out.
func (r Report) groups(lang diag.Lang, all bool) (groups []group, hints int) {
	duties := r.duties()
	for _, d := range r.Problems {
		if d.Severity == diag.Note && !all {
			hints++
			continue
		}
		of := duties.of(d.File, d.Severity)
		if n := len(groups); n == 0 || groups[n-1].File != d.File {
			groups = append(groups, group{File: d.File, Title: of.Title, Owner: of.Owner})
		}
		found := shownFinding{Severity: d.Severity, Line: d.Line, Message: d.Message, Hint: d.Hint, Of: d.Rule}
		if !of.Due.IsZero() {
			found.Due = of.Due.Format(time.DateOnly)
		}
		g := &groups[len(groups)-1]
		g.Found = append(g.Found, found)
	}
	return groups, hints
}

// excuses are the reasons that were given, with how much each excuses.
func (r Report) excuses() (list []shownExcuse) {
	for _, e := range r.Excused {
		of := shownExcuse{e.Where.File, e.Rule, e.Reason, e.Where.Line, 1}
		i := slices.IndexFunc(list, func(known shownExcuse) bool {
			return known.File == of.File && known.Line == of.Line && known.Rule == of.Rule
		})
		if i < 0 {
			list = append(list, of)
			continue
		}
		list[i].Count++
	}
	return list
}
