package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// browser asks searches for what a reader would.
type browser struct {
	ctx context.Context
	end func()
}

func openBrowser() (*browser, error) {
	chromium := os.Getenv("CHROMIUM")
	if chromium == "" {
		var err error
		if chromium, err = exec.LookPath("chromium"); err != nil {
			return nil, err
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	ctx, _ = chromedp.NewExecAllocator(ctx, chromedp.ExecPath(chromium), chromedp.Headless, chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.Flag("disable-background-networking", true))
	ctx, _ = chromedp.NewContext(ctx)
	b := &browser{ctx, func() { chromedp.Cancel(ctx); cancel() }}
	if err := chromedp.Do(ctx); err != nil {
		b.end()
		return nil, err
	}
	return b, nil
}

// A page of these has ask(text), which promises ten titles and the texts around what
// was found in them, and find(text, path), which promises whether an article is
// among all that is found.
const (
	oursPage = `<!DOCTYPE html><meta charset="utf-8"><script src="FINDER"></script><script>
const finder = qinglianFinder.open("search/");
async function ask(text) {
	const found = await finder.find('"' + text + '"');
	const hits = await finder.verified(found.hits.slice(0, 10), found.query);
	return (await Promise.all(hits.map(h => finder.doc(h.id)))).length;
}
async function find(text, path) {
	const found = await finder.find('"' + text + '"');
	const docs = await Promise.all(found.hits.map(h => finder.doc(h.id)));
	return docs.some(d => d.path === path);
}
</script>`
	theirsPage = `<!DOCTYPE html><meta charset="utf-8"><script>
const engine = import("/pagefind/pagefind.js");
async function ask(text) {
	const found = await (await engine).search(text);
	return (await Promise.all(found.results.slice(0, 10).map(r => r.data()))).length;
}
async function find(text, path) {
	const found = await (await engine).search(text);
	for (const r of found.results) if ((await r.data()).url.endsWith(path)) return true;
	return false;
}
</script>`
)

// ask puts queries to a page of a site.
func (b *browser) ask(public, page string, queries []query) (answers, error) {
	scripts, err := filepath.Glob(filepath.Join(public, "assets", "finder.*.js"))
	if err != nil || len(scripts) != 1 {
		return answers{}, fmt.Errorf("%d scripts that find in %s: %w", len(scripts), public, err)
	}
	page = strings.ReplaceAll(page, "FINDER", "assets/"+filepath.Base(scripts[0]))
	var index, texts atomic.Int64 // bytes sent
	files := http.FileServer(http.Dir(public))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/ask.html" {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, page)
			return
		}
		sent := &index
		if strings.HasSuffix(r.URL.Path, ".html") || strings.HasPrefix(r.URL.Path, "/search/t-") ||
			strings.Contains(r.URL.Path, "/fragment/") {
			sent = &texts
		}
		files.ServeHTTP(counting{w, sent}, r)
	}))
	defer server.Close()
	var ofIndex, ofTexts []int64
	var again []time.Duration
	var out answers
	for _, q := range queries {
		index.Store(0)
		texts.Store(0)
		tab, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
		err := b.one(tab, server.URL+"/ask.html", q, func(took time.Duration, found bool) {
			again = append(again, took)
			if found {
				out.found++
			}
		}, func() { ofIndex, ofTexts = append(ofIndex, index.Load()), append(ofTexts, texts.Load()) })
		cancel()
		if err != nil {
			return answers{}, fmt.Errorf("%s: %w", q.text, err)
		}
	}
	out.index, out.texts, out.again = medianOf(ofIndex), medianOf(ofTexts), medianOf(again)
	return out, nil
}

// one asks for one query: for its bytes, again on a slow processor for its time, and
// for all that it finds.
func (b *browser) one(tab context.Context, address string, q query,
	done func(took time.Duration, found bool), read func()) error {
	run := func(script string) (float64, error) {
		return chromedp.Run(tab, chromedp.Evaluate[float64](script, chromedp.EvalAwaitPromise))
	}
	if err := chromedp.Do(tab, chromedp.Navigate(address)); err != nil {
		return err
	}
	if _, err := run(fmt.Sprintf(`ask(%q)`, q.text)); err != nil {
		return err
	}
	read()
	if err := throttle(tab, 6); err != nil {
		return err
	}
	took, err := run(fmt.Sprintf(
		`(async () => { const t = performance.now(); await ask(%q); return performance.now() - t; })()`, q.text))
	if err == nil {
		err = throttle(tab, 1)
	}
	if err != nil {
		return err
	}
	found := 0.0
	if len([]rune(q.text)) >= recalled {
		found, err = run(fmt.Sprintf(`find(%q, %q).then(Number)`, q.text, q.path))
	}
	done(time.Duration(took*float64(time.Millisecond)), found == 1)
	return err
}

func throttle(tab context.Context, rate float64) error {
	_, err := chromedp.Call(tab, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: rate})
	return err
}

// counting counts the bytes of bodies.
type counting struct {
	http.ResponseWriter
	sent *atomic.Int64
}

func (c counting) Write(b []byte) (int, error) {
	n, err := c.ResponseWriter.Write(b)
	c.sent.Add(int64(n))
	return n, err
}
