package main

import (
	"bufio"
	"bytes"
	"fmt"
	"html"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"qinglian/internal/search"
)

// editing is a site that a test edits while the real program serves it.
type editing struct {
	*workshop
	process *exec.Cmd
	base    string // the address of the site
	out     *said
	errs    *said
	client  *http.Client
	ended   chan error
}

// said is what a process prints, while it does.
type said struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *said) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(b)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// deadline is for what is to happen on a machine that is busy with other tests;
// nothing waits for so long unless it fails.
const deadline = 20 * time.Second

// serve serves the site until the test ends.
func (w *workshop) serve(flags ...string) *editing {
	w.Helper()
	return w.serveUnder(nil, flags...)
}

// serveUnder is serve under another program, which is given what to run as its
// last arguments and leaves its process to it.
func (w *workshop) serveUnder(other []string, flags ...string) *editing {
	w.Helper()
	return w.follow(slices.Concat(other, []string{"qinglian", "serve", "--source", w.site, "--port", "0"}, flags))
}

// follow runs a program that prints the address at which it serves, until the test ends.
func (w *workshop) follow(args []string) *editing {
	w.Helper()
	p := &editing{workshop: w, process: exec.Command(args[0], args[1:]...), out: new(said), errs: new(said), ended: make(chan error, 1)}
	p.client = &http.Client{Timeout: deadline, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	p.process.Env = append(append(os.Environ(), "LANG="), w.env...)
	p.process.Stderr = p.errs
	out, err := p.process.StdoutPipe()
	w.check(err)
	w.check(p.process.Start())
	first := make(chan string, 1)
	go func() {
		r := bufio.NewReader(out)
		line, _ := r.ReadString('\n')
		first <- strings.TrimSpace(line)
		io.Copy(p.out, r) //nolint:errcheck // the process ended
		p.ended <- p.process.Wait()
	}()
	w.Cleanup(func() { p.end() })
	select {
	case p.base = <-first:
	case <-time.After(deadline):
	}
	if !strings.HasPrefix(p.base, "http://127.0.0.1:") {
		w.Fatalf("the first line is %q\n%s", p.base, p.errs.String())
	}
	return p
}

// interrupt is Ctrl-C. It returns how the program ended.
func (p *editing) interrupt() (status int) {
	p.Helper()
	p.check(p.process.Process.Signal(syscall.SIGINT))
	select {
	case <-p.ended:
		p.ended <- nil
		return p.process.ProcessState.ExitCode()
	case <-time.After(deadline):
		p.Fatal("Ctrl-C does not end it")
		return 0
	}
}

// end ends the program, which must not have ended before unless it was asked to.
func (p *editing) end() {
	p.client.CloseIdleConnections()
	p.process.Process.Signal(syscall.SIGINT) //nolint:errcheck // it has ended
	select {
	case <-p.ended:
	case <-time.After(deadline):
		p.process.Process.Kill() //nolint:errcheck // see above
		p.Error("it did not end")
	}
	if status := p.process.ProcessState.ExitCode(); status != exitDone {
		p.Errorf("it ended with status %d", status)
	}
	if strings.Contains(p.errs.String(), "goroutine ") || p.Failed() {
		p.Errorf("it said:\n%s%s", p.out.String(), p.errs.String())
	}
}

// shown is one response.
type shown struct {
	status int
	build  int
	header http.Header
	body   string
}

// get asks for an address below the site's.
func (p *editing) get(address string) shown {
	p.Helper()
	s, err := p.fetch(address)
	p.check(err)
	return s
}

func (p *editing) fetch(address string) (s shown, err error) {
	r, err := p.client.Get(p.base + address)
	if err != nil {
		return s, err
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	s = shown{status: r.StatusCode, header: r.Header, body: string(body)}
	if err == nil {
		s.build, err = strconv.Atoi(r.Header.Get("X-Qinglian-Build"))
	}
	return s, err
}

var aside = regexp.MustCompile(`(?s)<aside data-qinglian-preview.*</aside>\n`)

// page is what the site has of a response: without the preview's bar.
func (s shown) page() string { return aside.ReplaceAllString(s.body, "") }

// secret is that of the run, as a page has it.
func (p *editing) secret() string {
	p.Helper()
	m := regexp.MustCompile(` data-token="([^"]+)"`).FindStringSubmatch(p.get("").body)
	if m == nil {
		p.Fatal("the page has no secret")
	}
	return m[1]
}

// overlay is the messages that are shown over the page, as text.
func (s shown) overlay() (messages []string) {
	_, over, _ := strings.Cut(aside.FindString(s.body), `<div class="over"`)
	over, _, _ = strings.Cut(over, "</div>")
	for _, m := range regexp.MustCompile(`(?s)<pre>(.*?)</pre>`).FindAllStringSubmatch(over, -1) {
		messages = append(messages, html.UnescapeString(m[1]))
	}
	return messages
}

func (p *editing) build() int { p.Helper(); return p.get("").build }

// await waits for something; missing says what of it is not there yet.
func (p *editing) await(what string, missing func() string) {
	p.Helper()
	until := time.Now().Add(deadline)
	for {
		m := missing()
		if m == "" {
			return
		}
		if time.Now().After(until) {
			p.Fatalf("%s: %s\n%s%s", what, m, p.out.String(), p.errs.String())
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// shows waits until a page has a text, and no errors over it.
func (p *editing) shows(address, text string) {
	p.Helper()
	p.await(address+" has "+text, func() string {
		s := p.get(address)
		switch {
		case s.status != http.StatusOK:
			return fmt.Sprint("status ", s.status)
		case !strings.Contains(s.page(), text):
			return "it has not"
		case len(s.overlay()) > 0:
			return strings.Join(s.overlay(), "\n")
		}
		return ""
	})
}

// complains waits until a page shows an error, and checks that it is word for
// word what the command line says.
func (p *editing) complains(address, rule string) {
	p.Helper()
	p.await(address+" shows an error", func() string {
		if o := p.get(address).overlay(); len(o) == 0 || !strings.Contains(strings.Join(o, ""), "["+rule+"]") {
			return "overlay: " + strings.Join(o, "\n")
		}
		return ""
	})
	_, text := p.cleanBuild()
	for _, m := range p.get(address).overlay() {
		if !strings.Contains(text, m) {
			p.Errorf("%s shows what the command line does not say:\n%s\n--\n%s", address, m, text)
		}
		if !strings.Contains(p.errs.String(), m) {
			p.Errorf("the terminal was not told: %s", m)
		}
	}
}

// stands waits until a page has a text, whatever is over it.
func (p *editing) stands(address, text string) {
	p.Helper()
	p.await(address+" stands", func() string {
		if s := p.get(address); s.status != http.StatusOK || !strings.Contains(s.page(), text) {
			return fmt.Sprint("status ", s.status, " without ", text)
		}
		return ""
	})
}

// cleanBuild builds a copy of the site from nothing, with drafts and future
// articles. It returns the files and what was said.
func (p *editing) cleanBuild() (files map[string]string, text string) {
	p.Helper()
	copied, err := os.MkdirTemp(p.dir, "copy-")
	p.check(err)
	defer os.RemoveAll(copied)
	output := filepath.Join(copied, "public")
	for _, name := range p.sources() {
		if !p.has(name) {
			continue
		}
		to := filepath.Join(copied, filepath.FromSlash(name))
		p.check(os.MkdirAll(filepath.Dir(to), 0o755))
		p.check(os.WriteFile(to, []byte(p.read(name)), 0o644))
	}
	c := exec.Command("qinglian", "build", "-v", "--drafts", "--future", "--source", copied)
	c.Env = append(os.Environ(), "LANG=")
	said, _ := c.CombinedOutput()
	return tree(p, output), string(said)
}

// equal waits until every page is that of a clean build.
func (p *editing) equal() {
	p.Helper()
	want, text := p.cleanBuild()
	if len(want) == 0 {
		p.Fatalf("the clean build was refused:\n%s", text)
	}
	delete(want, ".qinglian")
	delete(want, ".qinglian-lock")
	oneIndex(want)
	p.await("the site is that of a clean build", func() string {
		got := map[string]string{}
		for _, name := range slices.Sorted(maps.Keys(want)) {
			s := p.get((&url.URL{Path: name}).EscapedPath())
			got[name] = s.page()
			if s.status != http.StatusOK {
				got[name] = fmt.Sprint("status ", s.status)
			}
			if name == "404.html" { // its links begin at the root
				got[name] = want[name]
			}
		}
		oneIndex(got)
		return differ(got, want)
	})
	for _, name := range []string{"no-such-page.html", "no/such/"} {
		if s := p.get(name); s.status != http.StatusNotFound {
			p.Errorf("%s: status %d", name, s.status)
		}
	}
}

// oneIndex puts the files by which a site is searched into one, but for the texts, as the
// preview has them, line by line.
func oneIndex(site map[string]string) {
	lines := []string{search.Textless}
	for name, text := range site {
		if !strings.HasPrefix(name, search.Folder) {
			continue
		}
		if !(search.File{Path: name}).Texts() {
			lines = append(lines, strings.Split(strings.TrimSuffix(text, "\n"), "\n")...)
		}
		delete(site, name)
	}
	lines = slices.Compact(slices.Sorted(slices.Values(lines)))
	if len(lines) == 1 {
		return // nothing is searched
	}
	site[search.Folder+"index.js"] = strings.Join(lines, "\n")
}

// finished is how a page with the bar ends.
var finished = regexp.MustCompile(`</aside>\s*</body>\s*</html>\s*$`)

// reader asks for pages until the test ends: each answer must be whole and of
// one build, builds must grow, and the pages must be there.
func (p *editing) reader(addresses ...string) {
	stop, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		last := 0
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			case <-time.After(10 * time.Millisecond):
			}
			address := addresses[n%len(addresses)]
			s, err := p.fetch(address)
			switch {
			case err != nil:
				p.Errorf("%s: %v", address, err)
				return
			case s.status != http.StatusOK:
				p.Errorf("%s: status %d\n%s", address, s.status, s.body)
				return
			case s.build < last:
				p.Errorf("%s: build %d after %d", address, s.build, last)
			case strings.Count(s.body, fmt.Sprintf(`data-build="%d"`, s.build)) != 1 || !finished.MatchString(s.body):
				p.Errorf("%s, build %d, is not whole:\n%s", address, s.build, aside.FindString(s.body))
				return
			}
			last = s.build
		}
	}()
	p.Cleanup(func() { close(stop); <-stopped })
}
