package serve

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"qinglian/internal/diag"
)

// Carriage is how what was published goes to where readers find it: the code of the
// commands.
type Carriage struct {
	Places func() []string // of config.toml as it is now, the one that is meant by default first
	Carry  func(ctx context.Context, place string, step func(Carried)) Carried
}

// Carried is how far a delivery is, or what became of it.
type Carried struct {
	Place          string
	Files, OfFiles int
	Bytes, OfBytes string // as people read them
	Left           time.Duration

	Ended   bool
	Said    diag.Text   // what it did
	Refused []diag.Text // or why it did not
	Site    string      // where to look at it
}

// Web reports whether the place is looked at with a browser.
func (c Carried) Web() bool { return strings.HasPrefix(c.Site, "http") }

// delivering is the delivery of this run: one at a time.
type delivering struct {
	mu    sync.Mutex
	stop  context.CancelFunc // nil if none runs
	state Carried
}

// deliveryPage is the page that shows a delivery.
type deliveryPage struct {
	Lang    string
	T       func(zh, en string) string
	Token   string
	State   Carried
	Runs    bool
	Said    string
	Refused []string
	Left    string
}

// begin begins to deliver to a place, unless something is delivered already. It reports
// whether there is such a place.
func (s *Server) begin(place string) bool {
	if !slices.Contains(s.places(), place) {
		return false
	}
	d := &s.delivering
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.stop != nil {
		return true
	}
	ctx, stop := context.WithCancel(context.Background())
	d.stop, d.state = stop, Carried{Place: place}
	go func() {
		defer stop()
		last := s.how.Carriage.Carry(ctx, place, func(c Carried) {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.state = c
		})
		d.mu.Lock()
		defer d.mu.Unlock()
		d.stop, d.state = nil, last
	}()
	return true
}

// places are those that can be delivered to.
func (s *Server) places() []string {
	if s.how.Carriage.Places == nil {
		return nil
	}
	return s.how.Carriage.Places()
}

// deliver begins a delivery of what was published, or stops the one that runs.
func (s *Server) deliver(w http.ResponseWriter, r *http.Request) {
	if r.Form.Get("stop") == "" {
		if !s.begin(r.Form.Get("place")) {
			http.NotFound(w, r)
			return
		}
		s.showDelivery(w, r)
		return
	}
	s.delivering.mu.Lock()
	if s.delivering.stop != nil {
		s.delivering.stop()
	}
	s.delivering.mu.Unlock()
	s.showDelivery(w, r)
}

// showDelivery shows how far the delivery is that runs, or what became of the last one.
func (s *Server) showDelivery(w http.ResponseWriter, r *http.Request) {
	s.delivering.mu.Lock()
	v := deliveryPage{Lang: language(s.how.Lang), T: s.say, Token: s.given(r), State: s.delivering.state,
		Runs: s.delivering.stop != nil}
	s.delivering.mu.Unlock()
	v.Said = v.State.Said.In(s.how.Lang)
	for _, why := range v.State.Refused {
		v.Refused = append(v.Refused, why.In(s.how.Lang))
	}
	if v.State.Left > 0 {
		v.Left = remaining(v.State.Left).In(s.how.Lang)
	}
	s.pages.show(w, http.StatusOK, "delivery.html", v)
}

// remaining is how long something still takes.
func remaining(d time.Duration) diag.Text {
	if d < time.Minute {
		return diag.Say("还要大约 %d 秒", "about %d s left", int(d.Seconds())+1)
	}
	return diag.Say("还要大约 %d 分钟", "about %d min left", int(d.Minutes())+1)
}
