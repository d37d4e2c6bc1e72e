// Package online opens links to other sites, to see whether they lead anywhere.
//
// It does so politely: with the program's name, one request at a time to a host and a
// pause after each, a few hosts at once, HEAD first and GET only where that is refused or
// found wanting, and never the body. A host that twice in a row was not reached is not
// asked for the rest. What came is kept for a day, what failed for an hour ([Keep]). No
// request takes longer than [Asker.Patience], and whoever asks bounds the whole by its
// context: what was not opened by then has no Answer.
//
// A link in an article must not make this computer knock at doors inside its own network:
// no connection is made to an address that is not the public internet's, whatever name or
// redirect leads there, as the address that is dialled tells. A proxy of the environment
// is respected: it dials for us, so there only the names are looked at. [Asker.Inside]
// lifts this for a site that is inside such a network itself.
package online

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"qinglian/internal/check"
)

// Asker opens links.
type Asker struct {
	Agent    string        // the program's name
	Pause    time.Duration // after each request to a host
	Patience time.Duration // for one request
	Inside   bool          // private networks are asked, too
	Proxy    func(*http.Request) (*url.URL, error)
	Step     func(total int) // after each link; may be nil
}

const (
	hostsAtOnce   = 8
	mostRedirects = 10
	enough        = 2 // so often the same failure in a row is that of the host
)

// Ask opens links that have no answer in known that holds, and returns the answers to all
// that were opened in time. It returns early when the context ends.
func (k Asker) Ask(ctx context.Context, links []string, known map[string]check.Answer) map[string]check.Answer {
	a := &asking{Asker: k, turns: map[string]*turn{}, answers: map[string]check.Answer{}}
	a.client = a.opener()
	var hosts [][]string
	at := map[string]int{}
	for _, link := range slices.Compact(slices.Sorted(slices.Values(links))) {
		if old, ok := known[link]; ok && old.Holds(time.Now()) {
			a.answers[link] = old
			continue
		}
		host := hostOf(link)
		if _, ok := at[host]; !ok {
			at[host] = len(hosts)
			hosts = append(hosts, nil)
		}
		hosts[at[host]] = append(hosts[at[host]], link)
		a.total++
	}
	var group errgroup.Group
	group.SetLimit(hostsAtOnce)
	for _, of := range hosts {
		group.Go(func() error {
			a.host(ctx, of)
			return nil
		})
	}
	group.Wait() //nolint:errcheck // none is an error
	a.witness(ctx)
	a.offline()
	return a.answers
}

// asking is one round of questions.
type asking struct {
	Asker
	client *http.Client
	total  int

	mu      sync.Mutex
	turns   map[string]*turn // of hosts
	answers map[string]check.Answer
	new     []string // those of this round
	online  bool     // something came
}

// host opens links to one host, one after the other.
func (a *asking) host(ctx context.Context, links []string) {
	var last check.Failure
	times := 0
	for _, link := range links {
		answer := check.Answer{At: time.Now(), Failed: last}
		if times < enough {
			var direct bool
			answer, direct = a.open(ctx, link)
			if ctx.Err() != nil { // whatever came of it was our doing
				return
			}
			if answer.Failed == "" || answer.Failed != last || !direct {
				times = 0
			}
			if last = answer.Failed; last != "" && direct {
				times++
			}
		}
		a.note(link, answer)
	}
}

func (a *asking) note(link string, answer check.Answer) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.answers[link] = answer
	a.new = append(a.new, link)
	a.online = a.online || answer.Status > 0
	if a.Step != nil {
		a.Step(a.total)
	}
}

// witness asks once more for a link that was opened before, where all that was asked in
// this round does not exist: this computer may know no host at all.
func (a *asking) witness(ctx context.Context) {
	if a.online || !slices.ContainsFunc(a.new,
		func(link string) bool { return a.answers[link].Failed == check.NoHost }) {
		return
	}
	for link, answer := range a.answers {
		if answer.Status > 0 {
			again, _ := a.open(ctx, link)
			a.online = again.Status > 0
			return
		}
	}
}

// offline takes back that hosts do not exist where no host at all does: then it is this
// computer that knows none.
func (a *asking) offline() {
	if a.online {
		return
	}
	for _, link := range a.new {
		if answer := a.answers[link]; answer.Failed == check.NoHost {
			answer.Failed = check.Offline
			a.answers[link] = answer
		}
	}
}

// open opens a link; direct is false if what came of it came of redirects.
func (a *asking) open(ctx context.Context, link string) (answer check.Answer, direct bool) {
	answer, direct = a.request(ctx, http.MethodHead, link)
	switch answer.Status {
	case http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed,
		http.StatusGone, http.StatusNotImplemented:
		return a.request(ctx, http.MethodGet, link)
	}
	if answer.Failed == check.Closed { // some servers hang up on HEAD
		return a.request(ctx, http.MethodGet, link)
	}
	return answer, direct
}

func (a *asking) request(ctx context.Context, method, link string) (answer check.Answer, direct bool) {
	direct = true
	moving := true // all redirects until here are permanent
	client := *a.client
	client.CheckRedirect = func(r *http.Request, via []*http.Request) error {
		direct = false
		status := r.Response.StatusCode
		moving = moving && (status == http.StatusMovedPermanently || status == http.StatusPermanentRedirect)
		if moving {
			answer.Moved = r.URL.String()
		}
		if len(via) >= mostRedirects {
			return errEndless
		}
		return nil
	}
	r, err := http.NewRequestWithContext(ctx, method, link, nil)
	if err == nil {
		r.Header.Set("User-Agent", a.Agent)
		var response *http.Response
		if response, err = client.Do(r); err == nil {
			response.Body.Close()
			answer.Status = response.StatusCode
		}
	}
	answer.At, answer.Failed = time.Now(), failure(err)
	return answer, direct
}

var (
	errEndless = errors.New("redirects without an end")
	errPrivate = errors.New("an address of a private network")
)

// failure sorts what kept an answer from coming.
func failure(err error) check.Failure {
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var slow net.Error
	switch {
	case err == nil:
		return ""
	case errors.Is(err, errPrivate):
		return check.Private
	case errors.Is(err, errEndless):
		return check.Endless
	case errors.As(err, &name) && name.IsNotFound:
		return check.NoHost
	case errors.As(err, &certificate), strings.Contains(err.Error(), "tls: "):
		return check.Untrusted
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		return check.Slow
	}
	return check.Closed
}

func hostOf(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}
