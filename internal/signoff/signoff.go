// Package signoff makes the sheet on which an article is signed for before it is
// published (信息发布审核单): one side of A4, as a page to print ([Sheet.Page]) or a
// document to fill in ([Sheet.Document]).
//
// It says what is signed: the article's head, its pictures and attachments, what an
// inspection found, what it excuses itself from, and a short digest of what readers read
// of it. At its foot stands the line that records the review in the article; when the
// text is changed after that, the inspection says so. What does not fit on the sheet is
// counted: the sheet is a face for signatures, and the report has it all.
//
// It is pure: the same article has the same bytes.
package signoff

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"qinglian/internal/check"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/site"
)

// Sheet is what stands on the paper.
type Sheet struct {
	Site string
	Rows []Row
	Line string // what records the review in the article
	lang diag.Lang
}

// Row is a line of the sheet's table: one cell over its whole width, or two.
type Row struct {
	Cells []Cell
	Sign  bool // it is left free for a hand to write in
}

// Cell is a label and what stands beside it.
type Cell struct {
	Label string
	Lines []string
}

const (
	longestText = 90 // characters of a title, a summary, an address
	longestLine = 24 // of a name, a source
	longestItem = 40 // of a message, a reason
)

// Article is what is signed for.
type Article struct {
	Site     *site.Site
	Page     *site.Page
	Facts    content.Facts
	Found    check.Report // by the inspection of the site
	Problems diag.List    // of building it
}

// Of is the sheet of an article.
func Of(a Article, lang diag.Lang) Sheet {
	s := Sheet{Site: a.Site.Config.Title, lang: lang}
	c := a.Page.Card
	reading := check.Reading(a.Page.Doc, a.Facts)
	s.line(diag.Say("标题", "title"), cut(c.Title, longestText))
	s.pair(diag.Say("栏目", "column"), a.column(), diag.Say("发布时间", "date"), a.when(c.Date))
	s.pair(diag.Say("来源", "source"), cut(c.Source, longestLine), diag.Say("作者", "author"), cut(c.Author, longestLine))
	s.pair(diag.Say("责任编辑", "editor"), cut(c.Editor, longestLine), diag.Say("稿件码", "digest"),
		diag.Say("%s（%d 字）", "%s (%d characters)", reading, a.characters()).In(lang))
	s.line(diag.Say("网址", "address"), cut(a.address(), longestText))
	if !c.Excerpt {
		s.line(diag.Say("摘要", "summary"), cut(c.Summary, longestText))
	}
	pictures, attachments := a.files(lang)
	lists := []list{{diag.Say("图片", "pictures"), pictures}, {diag.Say("附件", "attachments"), attachments},
		{diag.Say("检查结果", "inspection"), a.found(lang)}, {diag.Say("例外", "excuses"), a.excuses()}}
	s.lists(lists, len(a.Site.Config.Slip.Stages))
	for _, stage := range a.Site.Config.Slip.Signed() {
		label := strings.TrimSpace(stage.Name + " " + stage.Person)
		s.Rows = append(s.Rows, Row{Sign: true, Cells: []Cell{
			{label, []string{diag.Say("意见：", "opinion:").In(lang)}},
			{diag.Say("签名、日期", "signature, date").In(lang), []string{"", diag.Say("年　　月　　日", "date:").In(lang)}}}})
	}
	s.Line = diag.Say("审核: 姓名 年-月-日 %s", "reviewed: NAME YYYY-MM-DD %s", reading).In(lang)
	return s
}

func (s *Sheet) line(label diag.Text, lines ...string) {
	s.Rows = append(s.Rows, Row{Cells: []Cell{{label.In(s.lang), lines}}})
}

func (s *Sheet) pair(label diag.Text, text string, other diag.Text, beside string) {
	s.Rows = append(s.Rows, Row{Cells: []Cell{{label.In(s.lang), []string{text}},
		{other.In(s.lang), []string{beside}}}})
}

func (a Article) column() string {
	kind := a.Site.Config.Kinds[a.Page.Card.Kind].Label
	if a.Page.In == nil || a.Page.In.Title == kind {
		return kind
	}
	return cut(a.Page.In.Title, longestLine) + " / " + kind
}

func (a Article) when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(a.Site.Config.Zone).Format("2006-01-02 15:04")
}

// address is where the article will be read: whole if it is known where the site stands.
func (a Article) address() string {
	if a.Site.Config.BaseURL == "" {
		return a.Page.Path
	}
	return a.Site.URL(a.Page.Path)
}

// characters are those of the text that are not white space.
func (a Article) characters() (n int) {
	for _, r := range a.Facts.Runs {
		for _, c := range r.Text {
			if !unicode.IsSpace(c) {
				n++
			}
		}
	}
	return n
}

// files are the pictures and other files that are published with the article, each
// once, in the order in which they are named.
func (a Article) files(lang diag.Lang) (pictures, attachments []string) {
	alts := map[int]string{}
	for _, p := range a.Facts.Pictures {
		alts[p.Ref] = p.Alt
	}
	seen := map[string]bool{}
	for i, t := range a.Page.Targets {
		if t.State != site.Found || t.File == nil || seen[t.File.Source] {
			continue
		}
		seen[t.File.Source] = true
		name := cut(path.Base(t.File.Source), longestLine)
		if t.File.Picture == nil {
			attachments = append(attachments, fmt.Sprintf("%s  %s", name, size(t.File.Size)))
			continue
		}
		what := alts[i]
		if i == a.Page.Card.Cover {
			what = diag.Say("封面", "cover").In(lang)
		}
		what = cmp.Or(cut(what, longestLine), diag.Say("没有说明", "no text").In(lang))
		pictures = append(pictures, fmt.Sprintf("%s  %d×%d  %s  %s", name, t.File.Picture.Width, t.File.Picture.Height,
			size(t.File.Size), what))
	}
	return pictures, attachments
}

// found is what is to be mended; without anything, that nothing is.
func (a Article) found(lang diag.Lang) (lines []string) {
	var found diag.List
	hints := 0
	for _, d := range append(a.Found.Diagnostics(), a.Problems...) {
		switch {
		case d.File != a.Page.Doc.Path:
		case d.Severity == diag.Note:
			hints++
		default:
			found = append(found, d)
		}
	}
	slices.SortStableFunc(found, func(a, b diag.Diagnostic) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.Line, b.Line))
	})
	for _, d := range found {
		line := diag.Say("%s，第 %d 行：%s", "%s, line %d: %s", d.Severity.Text(), d.Line, short(d.Message))
		if d.Line == 0 {
			line = diag.Say("%s，整个文件：%s", "%s, the file: %s", d.Severity.Text(), short(d.Message))
		}
		lines = append(lines, line.In(lang))
	}
	if len(lines) == 0 {
		lines = append(lines, diag.Say("没有错误和警告", "no errors, no warnings").In(lang))
	}
	if hints > 0 {
		lines = append(lines, diag.Say("提示 %d 条", "hints: %d", hints).In(lang))
	}
	return lines
}

func short(t diag.Text) diag.Text {
	return diag.Text{ZH: cut(t.ZH, longestItem), EN: cut(t.EN, 2*longestItem)}
}

func (a Article) excuses() (lines []string) {
	seen := map[string]bool{}
	for _, e := range a.Found.Excused {
		if e.File == a.Page.Doc.Path && !seen[e.Rule] {
			seen[e.Rule] = true
			lines = append(lines, cut(e.Rule+"："+e.Reason, longestItem))
		}
	}
	return lines
}

// size is a number of bytes as people read it.
func size(bytes int64) string {
	if bytes < 1<<20 {
		return fmt.Sprintf("%d KB", (bytes+1<<10-1)>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/(1<<20))
}

// cut is a text in one line of at most so many characters.
func cut(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}
