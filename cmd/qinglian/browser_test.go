package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// The widths at which pages are looked at: a phone and a desk.
const phone, desktop = 375, 1280

// TestBrowser opens every page of the sample site as readers do: on a site of
// its own, in a folder of another site, and from a memory stick.
func TestBrowser(t *testing.T) {
	browser := openBrowser(t)
	output := sampleOutput(t)
	root := serveFolder(t, output, "/")

	t.Run("root", func(t *testing.T) {
		checkLinks(t, root, visit(t, browser, files(t, output, ".html"), root))
	})
	t.Run("sub-path", func(t *testing.T) {
		output := t.TempDir()
		base := serveFolder(t, output, "/sub/path/")
		mustRun(t, "build", "--source", sampleSite(t), "--now", "2026-11-24", "--output", output, "--base-url", base)
		checkLinks(t, base, visit(t, browser, quick(files(t, output, ".html")), base))
	})
	t.Run("file", func(t *testing.T) {
		visit(t, browser, quick(files(t, output, ".html")), fileURL(output))
	})
	t.Run("without JavaScript", func(t *testing.T) { testNoScript(t, browser, root) })
}

// testNoScript: the menu needs no script, not even on a telephone.
func testNoScript(t *testing.T, browser context.Context, base string) {
	tab, _ := openTab(t, browser, base)
	_, err := chromedp.Call(tab, emulation.SetScriptExecutionDisabled,
		emulation.SetScriptExecutionDisabledParams{Value: true})
	if err != nil {
		t.Fatal(err)
	}
	do(t, tab, chromedp.EmulateViewport(phone, 800), chromedp.Navigate(base+"index.html"))
	if eval[bool](t, tab, `document.documentElement.classList.contains("script")`) {
		t.Fatal("the theme's script ran")
	}
	if eval[bool](t, tab, `[...document.querySelectorAll("button")].some(b => b.checkVisibility())`) {
		t.Error("a button that does nothing is shown")
	}
	// What is at the middle of a visible link is the link, once a reader has drawn it there.
	do(t, tab, chromedp.Sleep(400*time.Millisecond)) // the menu has let go of the present one
	shown := eval[map[string]bool](t, tab, `Object.fromEntries([...document.querySelectorAll(".site-nav a")].map(a => {
		a.scrollIntoView({behavior: "instant", inline: "center"});
		const box = a.getBoundingClientRect();
		const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
		return [a.textContent, a.contains(top) && a.checkVisibility({opacityProperty: true, visibilityProperty: true})];
	}))`)
	if len(shown) == 0 {
		t.Error("there is no menu")
	}
	for link, ok := range shown {
		if !ok {
			t.Errorf("the menu's link %s is not visible", link)
		}
	}
}

// page is what the browser says of a page.
type page struct {
	Class    string
	Headings int      // how many <h1>
	Prose    int      // how many .prose
	IDs      []string // what a #fragment can lead to
	Links    []string // absolute, as the browser reads them
	Broken   []string // pictures that can't be shown
}

// look waits for all pictures, also for those that load only when they are
// scrolled to.
const look = `(async () => {
	const all = selector => [...document.querySelectorAll(selector)];
	const broken = [];
	for (const p of all("img")) p.loading = "eager";
	for (const p of all("img")) await p.decode().catch(() => broken.push(p.src));
	return {
		class: document.body.className,
		headings: all("h1").length,
		prose: all(".prose").length,
		ids: all("[id]").map(e => e.id),
		broken: broken,
		links: all("[href], [src]").map(e => e.href || e.src).filter(u => typeof u === "string"),
	};
})()`

const overflow = `(() => { const r = document.documentElement; return r.scrollWidth - r.clientWidth })()`

// quick is some pages of each folder: enough to see that a site works in
// another place. Where everything has to be checked it is all of them.
func quick(names []string) []string {
	if os.Getenv("REQUIRE_ALL") == "1" {
		return names
	}
	count := map[string]int{}
	return slices.DeleteFunc(names, func(name string) bool {
		folder, _, _ := strings.Cut(name, "/")
		count[folder]++
		return count[folder] > 2
	})
}

// visit opens pages of the output at base and reports what is wrong with them.
// It returns the pages by their addresses.
func visit(t *testing.T, browser context.Context, names []string, base string) map[string]page {
	var mu sync.Mutex
	pages := map[string]page{}
	open := func(t *testing.T, tab context.Context, w *watcher, name string) {
		address := base + (&url.URL{Path: name}).EscapedPath()
		do(t, tab, chromedp.EmulateViewport(phone, 800), chromedp.Navigate(address))
		p := eval[page](t, tab, look)
		checkWidth(t, tab, phone)
		for _, width := range []int64{320, desktop / 2, desktop} { // the smallest phone, a desk at 200 %
			do(t, tab, chromedp.EmulateViewport(width, 800))
			checkWidth(t, tab, int(width))
		}
		checkPage(t, p)
		for _, fault := range w.faults() {
			t.Error(fault)
		}
		mu.Lock()
		defer mu.Unlock()
		pages[address] = p
	}
	const tabs = 2 // a tab waits as long as it works
	t.Run("tabs", func(t *testing.T) {
		for first := range tabs {
			t.Run(fmt.Sprint(first+1), func(t *testing.T) {
				t.Parallel()
				tab, w := openTab(t, browser, base)
				for i := first; i < len(names); i += tabs {
					if names[i] == "404.html" && strings.HasPrefix(base, "file:") {
						continue // its links start at the site's base_url
					}
					t.Run(names[i], func(t *testing.T) { open(t, tab, w, names[i]) })
				}
			})
		}
	})
	return pages
}

func checkPage(t *testing.T, p page) {
	if p.Headings != 1 {
		t.Errorf("%d h1", p.Headings)
	}
	prose := 0
	if p.Class == "page-article" {
		prose = 1
	}
	if p.Prose != prose {
		t.Errorf("%d .prose on a %s", p.Prose, p.Class)
	}
	for _, picture := range p.Broken {
		t.Errorf("no picture: %s", picture)
	}
}

func checkWidth(t *testing.T, tab context.Context, width int) {
	if n := eval[int](t, tab, overflow); n > 0 {
		t.Errorf("%d px too wide at %d px", n, width)
	}
}

// checkLinks follows the links that stay on the pages' host, also those that
// leave base: these lead nowhere.
func checkLinks(t *testing.T, base string, pages map[string]page) {
	host, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	status := map[string]int{}
	for from, p := range pages {
		for _, link := range p.Links {
			to, err := url.Parse(link)
			if err != nil {
				t.Errorf("%s: %v", from, err)
				continue
			}
			if to.Host != host.Host {
				continue
			}
			target, _, _ := strings.Cut(link, "#")
			if status[target] == 0 {
				status[target] = get(t, target)
			}
			if status[target] != http.StatusOK {
				t.Errorf("%s: link to %s: %d", from, link, status[target])
			} else if p, seen := pages[target]; seen && to.Fragment != "" && !slices.Contains(p.IDs, to.Fragment) {
				t.Errorf("%s: link to %s: no such id", from, link)
			}
		}
	}
}

func get(t *testing.T, address string) int {
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	return r.StatusCode
}

// watcher collects what goes wrong in a tab while its pages load.
type watcher struct {
	base string // everything a page asks for is below this

	mu        sync.Mutex
	addresses map[network.RequestID]string
	found     []string
}

func (w *watcher) faults() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	found := w.found
	w.found = nil
	return found
}

func (w *watcher) see(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		w.addresses[e.RequestID] = e.Request.URL
		if !strings.HasPrefix(e.Request.URL, w.base) && !strings.HasPrefix(e.Request.URL, "data:") {
			w.fault("request outside %s: %s", w.base, e.Request.URL)
		}
		if e.RedirectResponse != nil {
			w.fault("status %d: %s", e.RedirectResponse.Status, e.RedirectResponse.URL)
		}
	case *network.EventResponseReceived:
		if e.Response.Status < 200 || e.Response.Status > 299 {
			w.fault("status %d: %s", e.Response.Status, e.Response.URL)
		}
	case *network.EventLoadingFailed:
		if e.Canceled && e.Type == network.ResourceTypeMedia {
			return // the browser has read as much of a recording as it wanted
		}
		if e.Canceled && e.Type == network.ResourceTypeEventSource {
			return // the page that listened was left
		}
		w.fault("failed: %s: %s %s", w.addresses[e.RequestID], e.ErrorText, e.BlockedReason)
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelWarning || e.Entry.Level == log.EntryLevelError {
			w.fault("console: %s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL)
		}
	case *runtime.EventConsoleAPICalled:
		switch e.Type {
		case runtime.ConsoleAPICalledTypeWarning, runtime.ConsoleAPICalledTypeError, runtime.ConsoleAPICalledTypeAssert:
			w.fault("console: %s by a script", e.Type)
		}
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
		w.fault("exception: %s", text)
	}
}

func (w *watcher) fault(format string, args ...any) {
	w.found = append(w.found, fmt.Sprintf(format, args...))
}

// chromium is the browser on this machine. Without one the test has nothing to
// say, which is a failure only where everything has to be checked.
func chromium(t *testing.T) string {
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}
	missing(t, "no Chromium here, so nothing was opened in a browser: install it or set CHROMIUM to its path")
	return ""
}

// openTab opens an empty tab that remembers nothing of the other tabs.
func openTab(t *testing.T, browser context.Context, base string) (context.Context, *watcher) {
	w := &watcher{base: base, addresses: map[network.RequestID]string{}}
	ctx, cancel := context.WithTimeout(browser, 4*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(w.see))
	t.Cleanup(cancel)
	do(t, ctx)
	return ctx, w
}

func do(t *testing.T, tab context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(tab, steps...); err != nil {
		t.Fatal(err)
	}
}

// click clicks on what stands still: a list that was just filtered scrolls with
// the next frame, and a click aimed at where its item stood before hits nothing.
func click[S chromedp.Selectable](sel S) chromedp.Action[chromedp.Void] {
	const twoFrames = `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		if _, err := chromedp.Evaluate[bool](twoFrames, chromedp.EvalAwaitPromise)(ctx, t); err != nil {
			return err
		}
		_, err := chromedp.Click(sel)(ctx, t)
		return err
	})
}

// until waits for what a script says of the page, whichever it is by then: what a finger or
// an address sets off may come a frame later, a page that is just left answers nothing, and
// what chromedp knows of a page's nodes does not outlive going back.
func until(t *testing.T, tab context.Context, script string) {
	t.Helper()
	var failed error
	for end := time.Now().Add(deadline); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		holds, err := chromedp.Run(tab, chromedp.Evaluate[bool](`Boolean(`+script+`)`))
		if err == nil && holds {
			return
		}
		failed = err
	}
	t.Fatalf("never: %s (%v)\n%s", script, failed, eval[string](t, tab, `document.body.innerText`))
}

func eval[T any](t *testing.T, tab context.Context, script string) T {
	t.Helper()
	v, err := chromedp.Run(tab, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// mustRun runs the program, which has to succeed.
func mustRun(t *testing.T, args ...string) {
	t.Helper()
	var said bytes.Buffer
	if status := run(args, &said, &said); status != exitDone {
		t.Fatalf("qinglian %s: status %d\n%s", strings.Join(args, " "), status, said.String())
	}
}

// serveFolder publishes a folder below a prefix and returns its address. Unlike
// http.FileServer it does not redirect index.html, as few servers do.
func serveFolder(t *testing.T, dir, prefix string) string {
	files := os.DirFS(dir)
	handler := func(w http.ResponseWriter, r *http.Request) {
		name := r.URL.Path
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		b, err := fs.ReadFile(files, name)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(b))
	}
	return serveHandler(t, http.StripPrefix(prefix, http.HandlerFunc(handler))) + prefix
}

// serveHandler returns the address, without a slash behind it, of a server that ends with the test.
func serveHandler(t *testing.T, handler http.Handler) string {
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

// fileURL is the address of a folder on this machine.
func fileURL(dir string) string {
	slashed := "/" + strings.Trim(filepath.ToSlash(dir), "/") + "/"
	return (&url.URL{Scheme: "file", Path: slashed}).String()
}
