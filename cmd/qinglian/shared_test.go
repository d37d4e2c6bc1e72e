package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"qinglian/internal/rooted"
)

// shared is what the tests of one run use together, made when the first one asks
// for it: the sample site, built, and a browser. Both are only looked at: who
// changes the site takes a copy, and each tab of the browser forgets all.
var shared common

type common struct {
	mu      sync.Mutex
	site    string          // the sample site's folder; "" as long as nobody asked
	browser context.Context // nil as long as nobody asked
	ends    []func()
}

// house runs the tests and, when all have ended, clears away what they shared.
type house struct{ *testing.M }

// Run is asked for by testscript.
func (h house) Run() int {
	defer shared.end()
	status := h.M.Run()
	if at, err := exec.LookPath("qinglian"); err == nil && runtime.GOOS == "windows" {
		rooted.RemoveFolder(filepath.Dir(at)) //nolint:errcheck // testscript, which made it, says what is left
	}
	return status
}

func (c *common) end() {
	for _, end := range c.ends {
		end()
	}
}

// folder is one for all tests of the run.
func (c *common) folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "qinglian-shared-")
	if err != nil {
		t.Fatal(err)
	}
	c.ends = append(c.ends, func() { rooted.RemoveFolder(dir) })
	return dir
}

// sampleSite is the folder of the sample site, which was built into public/ in it.
func sampleSite(t *testing.T) string {
	t.Helper()
	c := &shared
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.site == "" {
		site := filepath.Join(c.folder(t), "site")
		mustRun(t, "init", site)
		mustRun(t, "build", "--source", site, "--now", "2026-11-24")
		c.site = site
	}
	return c.site
}

// sampleOutput is the output folder of the sample site.
func sampleOutput(t *testing.T) string {
	t.Helper()
	return filepath.Join(sampleSite(t), "public")
}

// copyOf is a copy of a folder, for a test that changes what is in it.
func copyOf(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), filepath.Base(dir))
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

// openBrowser is a browser that asks for nothing on its own. One that has crashed
// is started anew.
func openBrowser(t *testing.T) context.Context {
	t.Helper()
	c := &shared
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.browser == nil || c.browser.Err() != nil {
		c.browser = c.start(t, chromium(t))
	}
	return c.browser
}

func (c *common) start(t *testing.T, program string) context.Context {
	t.Helper()
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(program),
		chromedp.UserDataDir(c.folder(t)),
		chromedp.Headless,
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("lang", "zh-CN"),
	}
	// Not of this test: others go on with it.
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ = chromedp.NewContext(ctx)
	c.ends = append([]func(){func() { chromedp.Cancel(ctx); cancel() }}, c.ends...) // before its folder goes
	do(t, ctx)
	return ctx
}
