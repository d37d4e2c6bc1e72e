package serve

import (
	"cmp"
	"io/fs"
	"net/http"
	"path/filepath"
	"slices"
	"sync"

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

// publishPage is the page that shows what would change, or has changed.
type publishPage struct {
	Lang      string
	T         func(zh, en string) string
	Token     string
	Published Published  // of the whole site
	Rest      bool       // without what has errors, the rest can be published
	Shown     *Published // what would change; nil if nothing can be published
	Errors    []message
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
		done.New, done.Changed, done.Gone, done.Pages, done.Files = seen.New, seen.Changed, seen.Gone, seen.Pages, seen.Files
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
		v.Rest = shown.goes() && slices.ContainsFunc(shown.Held, func(h site.Held) bool { return h.Why == content.HoldErrors })
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
		v.Waits = append(v.Waits, cmp.Or(h.Title, h.File)+" · "+heldText(h).In(s.how.Lang))
	}
	s.publishing.seen = shown
	s.pages.show(w, http.StatusOK, "publish.html", v)
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
