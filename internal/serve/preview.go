package serve

import (
	"bytes"
	"cmp"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"qinglian/internal/build"
	"qinglian/internal/channel/wechat"
	"qinglian/internal/check"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/pattern"
	"qinglian/internal/site"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
)

// Preview is one state of the site as editors see it. It is not changed.
type Preview struct {
	Build int // grows with each
	snap  snapshot.Snapshot
	now   time.Time // of which drafts and future articles are future
	read  func(file string) ([]byte, error)

	inspect func(file string) (check.Report, error) // what checking one article finds in it

	at *places
}

// places are where articles stand in a Snapshot. They are the same in one that
// was amended.
type places struct {
	pages  map[string]int // in the Site's Pages and, after them, its Texts, by file
	unseen []int          // there, that the public does not see
}

// preview is the Preview of a Snapshot.
func preview(number int, snap snapshot.Snapshot, now time.Time, s *source.Site, d snapshot.Design) *Preview {
	at := &places{pages: map[string]int{}}
	inspect := func(file string) (check.Report, error) { return d.Inspect(s, file) }
	p := &Preview{Build: number, snap: snap, now: now, read: s.Read, inspect: inspect, at: at}
	if snap.Site == nil {
		return p
	}
	for i := range len(snap.Site.Pages) + len(snap.Site.Texts) {
		page := p.page(i)
		at.pages[page.Doc.Path] = i
		if p.unseen(page) != (diag.Text{}) {
			at.unseen = append(at.unseen, i)
		}
	}
	return p
}

// amended is the next Preview, in which words of articles have changed.
func (p *Preview) amended(number int, snap snapshot.Snapshot, now time.Time) *Preview {
	next := *p
	next.Build, next.snap, next.now = number, snap, now
	return &next
}

// source is the file that an output shows; "" if there is none.
func (p *Preview) source(path string) string {
	o, _ := p.snap.Find(path)
	return o.Source
}

// article is what a file is to the site: an article, an introduction, or the
// text of a term. It is nil if the file is none of them.
func (p *Preview) article(file string) *site.Page {
	i, ok := p.at.pages[file]
	if !ok {
		return nil
	}
	return p.page(i)
}

// page is the one in a place.
func (p *Preview) page(i int) *site.Page {
	if i < len(p.snap.Site.Pages) {
		return p.snap.Site.Pages[i]
	}
	return p.snap.Site.Texts[i-len(p.snap.Site.Pages)]
}

// same reports whether two Previews show the same.
func (p *Preview) same(other *Preview) bool {
	if other == nil || len(p.snap.Outputs) != len(other.snap.Outputs) ||
		!slices.Equal(p.snap.Diagnostics, other.snap.Diagnostics) ||
		!slices.Equal(p.held(diag.ZH), other.held(diag.ZH)) || !p.sameForWeChat(other) {
		return false
	}
	for i, o := range p.snap.Outputs {
		if was := other.snap.Outputs[i]; was.Path != o.Path || was.Key != o.Key {
			return false
		}
	}
	return true
}

// sameForWeChat reports whether articles for WeChat look the same: no output depends on
// what that is made of.
func (p *Preview) sameForWeChat(other *Preview) bool {
	if p.snap.Site == nil || p.snap.Theme == nil || other.snap.Site == nil || other.snap.Theme == nil {
		return p.snap.Site == other.snap.Site && p.snap.Theme == other.snap.Theme
	}
	_, styles, _ := p.snap.Theme.File(wechat.StylesFile)
	_, others, _ := other.snap.Theme.File(wechat.StylesFile)
	return styles == others && reflect.DeepEqual(p.snap.Site.Config.WeChat, other.snap.Site.Config.WeChat)
}

// replaced are the files that are no pages and whose bytes differ from those in
// another Preview. Pages that show them stay the same, since the address does, so
// browsers must be sent their names.
func (p *Preview) replaced(was *Preview) (paths []string) {
	if was == nil || was.at == p.at { // nothing but words changed
		return nil
	}
	for _, o := range p.snap.Outputs {
		if o.Rank != build.Asset {
			continue
		}
		if old, ok := was.snap.Find(o.Path); ok && old.Key != o.Key {
			paths = append(paths, o.Path)
		}
	}
	return paths
}

// with is the Preview with one more message.
func (p *Preview) with(d diag.Diagnostic) *Preview {
	more := *p
	more.snap.Diagnostics = append(slices.Clip(p.snap.Diagnostics), d)
	return &more
}

// problems are the messages about the file that an output shows.
func (p *Preview) problems(path string) (problems diag.List) {
	source := p.source(path)
	for _, d := range p.snap.Diagnostics {
		if d.File != "" && d.File == source {
			problems = append(problems, d)
		}
	}
	return problems
}

// findings are what an inspection finds in an article, the most serious first. They keep
// nothing from being shown, and are worked out when the article is looked at. One whose
// file can't be read now has none: that is reported.
func (p *Preview) findings(page *site.Page) diag.List {
	report, err := p.inspect(page.Doc.Path)
	if err != nil {
		return nil
	}
	found := slices.DeleteFunc(report.Diagnostics(), func(d diag.Diagnostic) bool { // with a gate the site says so
		return slices.Contains(p.snap.Diagnostics, d)
	})
	slices.SortStableFunc(found, func(a, b diag.Diagnostic) int { return cmp.Compare(b.Severity, a.Severity) })
	return found
}

// concerned are the articles that a message about a file is for: the file's own,
// or those that refer to it, such as to a picture.
func (p *Preview) concerned(file string) (found []*site.Page) {
	if own := p.article(file); own != nil {
		return []*site.Page{own}
	}
	if p.snap.Site == nil {
		return nil
	}
	leads := func(t site.Target) bool { return t.File != nil && t.File.Source == file }
	for _, pages := range [][]*site.Page{p.snap.Site.Pages, p.snap.Site.Texts} {
		for _, page := range pages {
			if slices.ContainsFunc(page.Targets, leads) {
				found = append(found, page)
			}
		}
	}
	return found
}

// over are the errors that are shown over a page: those that concern it, and
// those that concern no page, so that there is none to be shown on.
func (p *Preview) over(path string) (problems diag.List) {
	source := p.source(path)
	shown := func(page *site.Page) bool { return page.Doc.Path == source }
	for _, d := range p.snap.Diagnostics {
		if d.Severity != diag.Error {
			continue
		}
		pages := p.concerned(d.File)
		if len(pages) == 0 || slices.ContainsFunc(pages, shown) {
			problems = append(problems, d)
		}
	}
	return problems
}

// elsewhere are the pages with errors besides one, by address.
func (p *Preview) elsewhere(path string) (found []Mark) {
	seen := map[string]bool{p.source(path): true}
	for _, d := range p.snap.Diagnostics {
		if d.Severity != diag.Error {
			continue
		}
		for _, page := range p.concerned(d.File) {
			if file := page.Doc.Path; page.Path != "" && !seen[file] {
				seen[file] = true
				found = append(found, Mark{page.Path, cmp.Or(page.Card.Title, file)})
			}
		}
	}
	return found
}

// Mark says something about a page: that it is a draft.
type Mark struct{ Path, Text string }

// marks are what the public does not see yet, and why.
func (p *Preview) marks(lang diag.Lang) (out []Mark) {
	for _, i := range p.at.unseen {
		if page := p.page(i); page.Path != "" && i < len(p.snap.Site.Pages) {
			out = append(out, Mark{page.Path, p.unseen(page).In(lang)})
		}
	}
	return out
}

// held are all articles that the public does not see, with the reason of each: those
// that are shown here by their address, the others without one.
func (p *Preview) held(lang diag.Lang) (out []Mark) {
	if p.snap.Site == nil {
		return nil
	}
	for _, i := range p.at.unseen {
		page := p.page(i)
		out = append(out, Mark{page.Path, cmp.Or(page.Card.Title, page.Doc.Path) + " · " + p.unseen(page).In(lang)})
	}
	for _, h := range p.snap.Site.Held {
		out = append(out, Mark{h.Path, cmp.Or(h.Title, h.File) + " · " + heldText(h).In(lang)})
	}
	return out
}

// unseen says why the public does not see a page, if it does not.
func (p *Preview) unseen(page *site.Page) diag.Text {
	switch card := page.Card; card.Hold(p.now, false, false) {
	case "":
		return diag.Text{}
	case content.HoldDraft:
		return diag.Say("草稿", "draft")
	case content.HoldFuture:
		return diag.Say("%s 起公开", "public from %s", card.Date.Format("2006-01-02 15:04"))
	}
	return diag.Say("下线时间比日期早", "it expires before its date")
}

// words counts as word processors do in Chinese: a character of Han or
// punctuation each, a run of letters and digits once.
func words(b content.Body) (n int) {
	markup, word := false, false
	for _, r := range b.Prose {
		switch {
		case r == '<':
			markup, word = true, false
		case r == '>' && markup:
			markup = false
		case markup:
		case unicode.IsSpace(r):
			word = false
		case r < 0x2E80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || word && unicode.IsPunct(r)):
			if !word {
				n++
			}
			word = true
		default:
			n++
			word = false
		}
	}
	return n
}

// line finds in a page's file the line that says a text: the first in which
// the text stands once the marks of Markdown are taken out. It is 1 if none does.
func (p *Preview) line(path, text string) int {
	raw, err := p.read(p.source(path))
	want := bare(text)
	if err != nil || want == "" {
		return 1
	}
	utf8, _ := source.Text(p.source(path), raw)
	for i, line := range bytes.Split(utf8, []byte("\n")) {
		if strings.Contains(bare(target().ReplaceAllString(string(line), "]")), want) {
			return i + 1
		}
	}
	return 1
}

// target is where a link in Markdown leads, which no reader sees.
var target = pattern.Of(`\]\([^)]*\)`)

// bare is a text without its spaces and what may be marks.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("#*_`>|[]()!~=+-\\\"'", r) {
			return -1
		}
		return r
	}, text)
}

// Errors are the messages for which nothing would be published.
func (p *Preview) Errors() (problems diag.List) {
	for _, d := range p.snap.Diagnostics {
		if d.Severity == diag.Error {
			problems = append(problems, d)
		}
	}
	return problems
}
