package serve

import (
	"cmp"
	"fmt"
	"io/fs"
	"net/http"
	"path/filepath"
	"slices"
	"sync"

	"qinglian/internal/check"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/site"
)

// Order is what is to be done about publishing the site.
type Order struct {
	Back bool   // hold back articles with errors
	Seen string // Published.Seen of what was agreed to; "" only compares
}

// Published is what publishing would change, or has changed.
type Published struct {
	Output string // the folder
	Seen   string // stands for it; "" if there is nothing to be agreed to
	Done   bool
	Moved  bool // the site is another by now than what was agreed to: nothing was published

	New, Changed, Gone []Mark // articles
	Pages, Files       int    // what follows: other pages, other files
	Held               []site.Held
	Errors             diag.List // for which nothing is published
	Refused            diag.Text // or this is why
	Broken             []string  // articles that are public, with errors: the rest can't go without them
}

// None reports whether nothing would change.
func (p Published) None() bool {
	return len(p.New)+len(p.Changed)+len(p.Gone)+p.Pages+p.Files == 0
}

// goes reports whether nothing is in the way.
func (p Published) goes() bool { return len(p.Errors) == 0 && p.Refused == (diag.Text{}) }

// publishing is the publishing of this run. One follows the other.
type publishing struct {
	mu   sync.Mutex
	seen Published // what was shown last
}

// Inspected is what an inspection of the whole site finds.
type Inspected struct {
	Found diag.List
	Gate  bool // its errors keep the site from being published
}

// mostFound is how many findings the page shows; the command lists all.
const mostFound = 6

// found is what is to be known of an inspection before publishing.
type found struct {
	Errors, Warnings, Notes int
	Gated                   int // of the errors, those that only the gate makes so
	Foremost                []finding
	Left                    int
	Failed                  string // why there was none
}

// finding is what the inspection found, as it is read on a screen of any width: without
// the writer's line, whose marks a phone can't keep below it.
type finding struct {
	link                           // to the page that it is about; empty if there is none
	Kind, Severity                 string
	Place, RuleName, Message, Hint string
	Also                           string // where else
}

// publishPage is the page that shows what would change, or has changed.
type publishPage struct {
	Lang      string
	T         func(zh, en string) string
	Token     string
	Published Published  // of the whole site
	Rest      bool       // without what has errors, the rest can be published
	Shown     *Published // what would change; nil if nothing can be published
	Errors    []message
	Check     *found // nil once it is published
	Refused   string
	Waits     []string
	Seen      string   // to be agreed to
	Places    []string // where it can be carried to then
}

// None reports whether the page is about nothing that would change.
func (p publishPage) None() bool { return p.Shown != nil && p.Shown.None() }

// compare shows what publishing would change.
func (s *Server) compare(w http.ResponseWriter, r *http.Request) {
	s.publishing.mu.Lock()
	defer s.publishing.mu.Unlock()
	s.showPublished(w, r, s.how.Publish(Order{}))
}

// publish publishes what was agreed to.
func (s *Server) publish(w http.ResponseWriter, r *http.Request) {
	s.publishing.mu.Lock()
	defer s.publishing.mu.Unlock()
	order := Order{Back: r.Form.Get("back") != "", Seen: r.Form.Get("seen")}
	seen := s.publishing.seen
	done := Published{Moved: true}
	if order.Seen != "" && order.Seen == seen.Seen {
		done = s.how.Publish(order)
	}
	switch {
	case done.Done && s.begin(r.Form.Get("place")):
		s.showDelivery(w, r)
		return
	case done.Done:
		done.New, done.Changed, done.Gone = seen.New, seen.Changed, seen.Gone
		done.Pages, done.Files = seen.Pages, seen.Files
	case done.Moved:
		done = s.how.Publish(Order{})
		done.Moved = done.goes()
	}
	s.showPublished(w, r, done)
}

func (s *Server) showPublished(w http.ResponseWriter, r *http.Request, p Published) {
	v := publishPage{Lang: language(s.how.Lang), T: s.say, Token: s.given(r), Published: p}
	shown := p
	if len(p.Errors) > 0 {
		shown = s.how.Publish(Order{Back: true})
		v.Published.Broken = shown.Broken
		v.Rest = shown.goes() &&
			slices.ContainsFunc(shown.Held, func(h site.Held) bool { return h.Why == content.HoldErrors })
	}
	v.Places = s.places()
	v.Refused = shown.Refused.In(s.how.Lang)
	if len(p.Errors) == 0 && shown.goes() || v.Rest {
		v.Shown = &shown
	}
	if v.Shown != nil && !shown.Done && !shown.None() {
		v.Seen = shown.Seen
	}
	for i, d := range p.Errors {
		if i > 0 && p.Errors[i-1].File == d.File {
			v.Errors[i-1].File = "" // one button opens it
		}
		v.Errors = append(v.Errors, s.message(d))
	}
	for _, h := range shown.Held {
		if h.Why != content.HoldWithdrawn && h.Why != content.HoldExpired { // those don't wait
			v.Waits = append(v.Waits, cmp.Or(h.Title, h.File)+" · "+heldText(h).In(s.how.Lang))
		}
	}
	if !p.Done {
		v.Check = s.inspect(p.Errors)
	}
	s.publishing.seen = shown
	s.pages.show(w, http.StatusOK, "publish.html", v)
}

// inspect has the site inspected, as the command does. What is on the page already is
// counted only.
func (s *Server) inspect(listed diag.List) *found {
	in, err := s.how.Check()
	if err != nil {
		return &found{Failed: machine(err).Message.In(s.how.Lang)}
	}
	out := &found{Errors: in.Found.Count(diag.Error), Warnings: in.Found.Count(diag.Warning),
		Notes: in.Found.Count(diag.Note)}
	rest := slices.Clone(in.Found)
	rest = slices.DeleteFunc(rest, func(d diag.Diagnostic) bool { return slices.Contains(listed, d) })
	slices.SortStableFunc(rest, func(a, b diag.Diagnostic) int { return cmp.Compare(b.Severity, a.Severity) })
	brief := rest.Brief(mostFound)
	for _, e := range brief.Entries {
		out.Foremost = append(out.Foremost, s.finding(e))
	}
	for _, l := range brief.Left {
		out.Left += l.Count
	}
	for _, d := range in.Found {
		if _, checks := check.Find(d.Rule); in.Gate && checks && d.Severity == diag.Error {
			out.Gated++
		}
	}
	return out
}

// finding is an entry with the page of its article, or of one that shows its file.
func (s *Server) finding(e diag.Entry) finding {
	in := s.how.Lang
	f := finding{Kind: e.Severity.String(), Severity: e.Severity.Text().In(in), Place: e.File, RuleName: e.Rule,
		Message: e.Message.In(in), Hint: e.Hint.In(in)}
	if e.Line > 0 {
		f.Place = fmt.Sprintf("%s:%d", e.File, e.Line)
	}
	if len(e.Also) > 0 {
		f.Also = diag.Say("同样的还有 %d 处", "the same in more places: %d", len(e.Also)).In(in)
	}
	for _, page := range s.latest.Load().concerned(e.File) {
		if page.Path != "" {
			f.link = link{cmp.Or(page.Card.Title, page.Doc.Path), "../" + page.Path}
			break
		}
	}
	return f
}

// heldText says why readers don't see an article.
func heldText(h site.Held) diag.Text {
	switch h.Why {
	case content.HoldDraft:
		return diag.Say("草稿", "draft")
	case content.HoldFuture:
		return diag.Say("%s 起公开", "public from %s", h.Until.Format("2006-01-02 15:04"))
	case content.HoldErrors:
		return diag.Say("有错误，改好再发布", "it has errors, to be mended first")
	case content.HoldWithdrawn:
		return diag.Say("已撤下", "withdrawn")
	}
	return diag.Say("已过期", "expired")
}

// openPublished opens the site as it was published last.
func (s *Server) openPublished() error {
	s.publishing.mu.Lock()
	defer s.publishing.mu.Unlock()
	if s.publishing.seen.Output == "" {
		return fs.ErrNotExist
	}
	return s.how.Opener.Run(filepath.Join(s.publishing.seen.Output, index))
}
