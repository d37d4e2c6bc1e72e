package serve

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"
)

// event is what browsers are sent.
type event struct {
	Build int      `json:"build"`
	Go    string   `json:"go,omitempty"`    // a page that they are to open
	Files []string `json:"files,omitempty"` // pictures and the like that are others under their old names
}

// hub is the browsers that have a page open.
type hub struct {
	mu      *sync.Mutex
	readers map[chan event]string // the page of each
}

func newHub() hub { return hub{&sync.Mutex{}, map[chan event]string{}} }

func (h hub) join(page string) chan event {
	c := make(chan event, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.readers[c] = page
	return c
}

func (h hub) leave(c chan event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.readers, c)
}

func (h hub) has(page string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, open := range h.readers {
		if open == page {
			return true
		}
	}
	return false
}

// send sends an event to all. A browser that has not read the last one yet
// gets this one in its place, with the files of both.
func (h hub) send(e event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.readers {
		both := e
		select {
		case missed := <-c:
			both.Files = slices.Concat(missed.Files, e.Files)
		default:
		}
		c <- both
	}
}

// beat is how often a quiet connection is written to, so that one which broke
// is noticed.
const beat = 20 * time.Second

// events names each Preview to one browser, beginning with the latest.
func (s *Server) events(w http.ResponseWriter, r *http.Request, p *Preview) {
	to := http.NewResponseController(w)
	to.SetReadDeadline(time.Time{}) //nolint:errcheck // of a request that goes on; a test's has none
	c := s.hub.join(r.URL.Query().Get("page"))
	defer s.hub.leave(c)
	w.Header().Set("Content-Type", "text/event-stream")
	tick := time.NewTicker(beat)
	defer tick.Stop()
	if latest := s.latest.Load(); latest != nil {
		p = latest // one may have come before we joined
	}
	e := event{Build: p.Build}
	for {
		b, err := json.Marshal(e)
		if err != nil {
			return
		}
		to.SetWriteDeadline(time.Now().Add(beat)) //nolint:errcheck // see above
		if _, err := fmt.Fprintf(w, "data: %s\n\n", b); err != nil || to.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case e = <-c:
		case <-tick.C:
			e.Go, e.Files = "", nil
		}
	}
}
