package online

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"qinglian/internal/check"
)

// other is another site, which remembers what it was asked.
type other struct {
	*httptest.Server
	mu        sync.Mutex
	asked     []string
	now, most atomic.Int32 // requests at once
}

// newOther starts a site: /404 answers so, /to/302/there leads to /there, and so on.
func newOther(t *testing.T) *other {
	o := &other{}
	release := make(chan struct{})
	o.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o.most.Store(max(o.most.Load(), o.now.Add(1)))
		defer o.now.Add(-1)
		o.mu.Lock()
		o.asked = append(o.asked, r.Method+" "+r.URL.Path)
		o.mu.Unlock()
		if r.UserAgent() != "qinglian test" {
			t.Errorf("asked as %q", r.UserAgent())
		}
		var status int
		switch {
		case r.URL.Path == "/slow":
			<-release
		case r.URL.Path == "/head405" && r.Method == http.MethodHead:
			status = 405
		case r.URL.Path == "/head404" && r.Method == http.MethodHead:
			status = 404
		case r.URL.Path == "/round":
			status = 302
			w.Header().Set("Location", "/round")
		case r.URL.Path == "/hangs-up":
			panic(http.ErrAbortHandler)
		case strings.HasPrefix(r.URL.Path, "/to/"):
			fmt.Sscanf(r.URL.Path, "/to/%d", &status)
			to := r.URL.Path[len("/to/301"):]
			if r.URL.RawQuery != "" {
				to = r.URL.RawQuery
			}
			w.Header().Set("Location", to)
		default:
			fmt.Sscanf(r.URL.Path, "/%d", &status)
		}
		if status > 0 {
			w.WriteHeader(status)
		}
	}))
	t.Cleanup(o.Close)
	t.Cleanup(func() { close(release) })
	return o
}

func (o *other) times(what string) (n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, a := range o.asked {
		if a == what {
			n++
		}
	}
	return n
}

func none(*http.Request) (*url.URL, error) { return nil, nil }

var inside = Asker{Agent: "qinglian test", Patience: time.Second, Inside: true, Proxy: none}

// TestAnswers: what other sites answer, and how they are asked for it.
func TestAnswers(t *testing.T) {
	t.Parallel()
	o := newOther(t)
	for _, c := range []struct {
		path   string
		status int
		moved  string
		failed check.Failure
		asked  string // a request that must have been made
	}{
		{"/ok", 200, "", "", "HEAD /ok"},
		{"/404", 404, "", "", "GET /404"},
		{"/410", 410, "", "", "GET /410"},
		{"/head404", 200, "", "", "GET /head404"},
		{"/head405", 200, "", "", "GET /head405"},
		{"/500", 500, "", "", "HEAD /500"},
		{"/429", 429, "", "", "HEAD /429"},
		{"/403", 403, "", "", "GET /403"},
		{"/to/301/here", 200, "/here", "", "HEAD /here"},
		{"/to/302/there", 200, "", "", "HEAD /there"},
		{"/to/308/to/301/to/302/login", 200, "/to/302/login", "", "HEAD /login"},
		{"/to/301/404", 404, "/404", "", "GET /404"},
		{"/round", 0, "", check.Endless, "HEAD /round"},
		{"/slow", 0, "", check.Slow, "HEAD /slow"},
		{"/hangs-up", 0, "", check.Closed, "GET /hangs-up"},
	} {
		got := inside.Ask(t.Context(), []string{o.URL + c.path}, nil)[o.URL+c.path]
		if c.moved != "" {
			c.moved = o.URL + c.moved
		}
		if got.Status != c.status || got.Moved != c.moved || got.Failed != c.failed || o.times(c.asked) == 0 {
			t.Errorf("%s: got %+v, asked %q", c.path, got, o.asked)
		}
	}
	if o.times("GET /ok")+o.times("GET /500")+o.times("GET /429") > 0 {
		t.Error("GET was asked where HEAD was answered")
	}
}

// TestTurns: a host gets one request at a time, with a pause between, and is asked once
// for a link, and not for what is known; one that does not answer is left alone.
func TestTurns(t *testing.T) {
	t.Parallel()
	o, slow := newOther(t), newOther(t)
	var links []string
	for i := range 6 {
		links = append(links, fmt.Sprint(o.URL, "/page", i), fmt.Sprint(o.URL, "/page", i), fmt.Sprint(slow.URL, "/slow?", i))
	}
	links = append(links, slow.URL+"/to/302/x?"+o.URL+"/elsewhere")
	asker := inside
	asker.Pause = 30 * time.Millisecond
	began := time.Now()
	answers := asker.Ask(t.Context(), links, nil)
	if took := time.Since(began); took < 5*asker.Pause {
		t.Errorf("6 requests took %v", took)
	}
	if o.most.Load() != 1 || len(o.asked) < 6 || len(o.asked) > 7 {
		t.Errorf("%d at once, asked %q", o.most.Load(), o.asked)
	}
	if n := slow.times("HEAD /slow"); n != enough || answers[slow.URL+"/slow?5"].Failed != check.Slow {
		t.Errorf("a host that does not answer was asked %d times: %+v", n, answers)
	}
	before := len(o.asked)
	if again := asker.Ask(t.Context(), links[:1], answers); len(o.asked) != before || again[links[0]] != answers[links[0]] {
		t.Errorf("what is known was asked again: %q", o.asked[before:])
	}
	old := answers[links[0]]
	old.At = old.At.Add(-25 * time.Hour)
	if asker.Ask(t.Context(), links[:1], map[string]check.Answer{links[0]: old}); len(o.asked) != before+1 {
		t.Error("what is older than a day was not asked again")
	}
}

// TestPrivate: no door inside is knocked at, be it by name, number or redirect.
func TestPrivate(t *testing.T) {
	t.Parallel()
	o := newOther(t)
	outside := inside
	outside.Inside = false
	port := o.URL[strings.LastIndex(o.URL, ":"):]
	for _, link := range []string{o.URL + "/a", "http://localhost" + port + "/a",
		"http://10.255.255.1/", "http://[::1]" + port, "http://169.254.169.254/latest"} {
		if got := outside.Ask(t.Context(), []string{link}, nil)[link]; got.Failed != check.Private {
			t.Errorf("%s: %+v", link, got)
		}
	}
	if len(o.asked) > 0 {
		t.Errorf("asked %q", o.asked)
	}
	// What is beyond the proxy dials for us; the proxy itself may be here. It also leads us back inside.
	outside.Proxy = func(r *http.Request) (*url.URL, error) {
		if r.URL.Hostname() == "127.0.0.1" {
			return nil, nil
		}
		return url.Parse(o.URL)
	}
	for link, want := range map[string]check.Answer{
		"http://www.example.org/ok":                              {Status: 200},
		"http://www.example.org/to/302/x?" + o.URL + "/inside":   {Failed: check.Private},
		"http://intranet/":                                       {Failed: check.Private},
		"http://192.168.1.1/":                                    {Failed: check.Private},
		"http://printer.local/":                                  {Failed: check.Private},
		"http://www.example.org/to/301/x?http://intranet/inside": {Failed: check.Private},
	} {
		got := outside.Ask(t.Context(), []string{link}, nil)[link]
		if got.Status != want.Status || got.Failed != want.Failed {
			t.Errorf("%s by a proxy: %+v", link, got)
		}
	}
	if o.times("HEAD /inside") > 0 {
		t.Error("a redirect led inside")
	}
	for at, want := range map[string]bool{"8.8.8.8": true, "::ffff:10.0.0.1": false, "100.64.0.1": false,
		"0.0.0.0": false, "fe80::1": false,
		"fd00::1": false, "2400:3200::1": true, "224.0.0.1": false, "172.31.0.1": false, "172.32.0.1": true} {
		if public(netip.MustParseAddr(at)) != want {
			t.Errorf("%s is public: %v", at, !want)
		}
	}
}

// TestOffline: that no host is known says nothing of the hosts.
func TestOffline(t *testing.T) {
	t.Parallel()
	unknown := fmt.Errorf("dial: %w", &net.DNSError{Err: "no such host", IsNotFound: true})
	if failure(unknown) != check.NoHost || failure(errors.New("remote error: tls: handshake failure")) != check.Untrusted {
		t.Error("a failure is taken for another")
	}
	a := &asking{Asker: inside, turns: map[string]*turn{}, answers: map[string]check.Answer{}}
	a.client = a.opener()
	a.note("http://a.example/", check.Answer{Failed: check.NoHost})
	if a.offline(); a.answers["http://a.example/"].Failed != check.Offline {
		t.Error("a host is gone where none is known")
	}
	o := newOther(t)
	a.note("http://a.example/", check.Answer{Failed: check.NoHost})
	a.answers[o.URL+"/ok"] = check.Answer{Status: 200}
	a.witness(t.Context())
	if a.offline(); a.answers["http://a.example/"].Failed != check.NoHost || o.times("HEAD /ok") != 1 {
		t.Error("a site that was there before was not asked whether it still is")
	}
}

// TestStopped: what is known when it is stopped is what is said, at once.
func TestStopped(t *testing.T) {
	t.Parallel()
	o := newOther(t)
	ctx, stop := context.WithCancel(t.Context())
	asker := inside
	asker.Patience = time.Minute
	asker.Step = func(int) { time.AfterFunc(50*time.Millisecond, stop) }
	began := time.Now()
	answers := asker.Ask(ctx, []string{o.URL + "/a", o.URL + "/slow", o.URL + "/z"}, nil)
	if len(answers) != 1 || answers[o.URL+"/a"].Status != 200 || time.Since(began) > 5*time.Second {
		t.Errorf("after %v: %+v", time.Since(began), answers)
	}
}

// TestKeep: answers are kept as long as they hold, and a damaged file keeps none.
func TestKeep(t *testing.T) {
	t.Parallel()
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	now := time.Now().Truncate(time.Second)
	ago := func(d time.Duration, a check.Answer) check.Answer {
		a.At = now.Add(-d)
		return a
	}
	moved := ago(23*time.Hour, check.Answer{Status: 200, Moved: "https://b.example/"})
	dead := ago(59*time.Minute, check.Answer{Status: 404})
	old := map[string]check.Answer{"moved": moved, "stale": ago(25*time.Hour, check.Answer{Status: 200})}
	err = Keep(root, ".q/online", old, map[string]check.Answer{
		"dead":    dead,
		"old":     ago(61*time.Minute, check.Answer{Status: 404}),
		"later":   ago(-time.Hour, check.Answer{Status: 200}),
		"offline": ago(0, check.Answer{Failed: check.Offline})})
	if err != nil {
		t.Fatal(err)
	}
	known := Kept(root, ".q/online")
	if len(known) != 2 || !known["moved"].At.Equal(moved.At) || known["moved"].Moved != moved.Moved || known["dead"].Status != 404 {
		t.Errorf("got %+v", known)
	}
	if err := root.WriteFile(".q/online", []byte("damaged"), 0o644); err != nil {
		t.Fatal(err)
	}
	if known := Kept(root, ".q/online"); len(known) > 0 {
		t.Errorf("got %+v of a damaged file", known)
	}
}
