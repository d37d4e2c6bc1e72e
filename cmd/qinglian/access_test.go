package main

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// pageClasses is a few pages of an output that show all there is: of each folder
// its list and an article, and what stands in no folder. Taxonomies look alike.
func pageClasses(t *testing.T, output string) []string {
	t.Helper()
	var names []string
	articles := map[string]bool{}
	for _, name := range files(t, output, ".html") {
		name = filepath.ToSlash(name)
		folder, rest, inside := strings.Cut(name, "/")
		switch {
		case !inside || rest == "index.html" && folder != "tags" && folder != "levels" && folder != "regions" && folder != "units":
			names = append(names, name)
		case rest != "index.html" && !articles[folder] && folder != "tags" && folder != "levels" && folder != "regions" && folder != "archive":
			articles[folder] = true
			names = append(names, name)
		}
	}
	return append(names, "education/pump-repair.html", "education/pond-gates.html", "regulations/village-affairs.html")
}

// axe is what axe-core finds wrong with a page. In modes that change nothing but
// colours only the rules about colours are asked.
const axe = `(async colours => {
	await new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen))); // the page knows its new size
	const options = {resultTypes: ["violations"]};
	if (colours) options.runOnly = ["color-contrast", "link-in-text-block"];
	const {violations} = await axe.run(options);
	return violations.flatMap(v => v.nodes.map(n => v.id + " " + n.target.join(" ") + " " + n.html.slice(0, 160)));
})`

// TestBrowserAccess: axe-core finds nothing on any class of page, in any mode,
// on a phone and on a desk; at 320 px, which is also a desk at 400 %, nothing
// sticks out. In a short run most pages are asked once, as a phone opens them.
func TestBrowserAccess(t *testing.T) {
	script, err := os.ReadFile(filepath.Join(npm(t, "axe-core", "4.14.1"), "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	browser := openBrowser(t)
	output := sampleOutput(t)
	base := serveFolder(t, output, "/")
	names := pageClasses(t, output)
	if len(names) < 25 {
		t.Errorf("only %d pages", len(names))
	}
	often := names
	if os.Getenv("REQUIRE_ALL") != "1" {
		often = []string{"index.html", "model-sites/index.html", "model-sites/tax-bureau.html", "writing.html"}
	}
	tab, _ := openTab(t, browser, base)
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			do(t, tab, chromedp.EmulateViewport(phone, 800), chromedp.Navigate(base+name+"?mode=plain"))
			eval[bool](t, tab, string(script)+";true")
			if !slices.Contains(often, name) {
				checkAccess(t, tab, "", phone)
				return
			}
			for _, mode := range []string{"", "large", "contrast", "dark"} {
				eval[bool](t, tab, fmt.Sprintf("lotus.set(%q), true", mode))
				for _, width := range []int64{320, phone, 640, desktop} {
					do(t, tab, chromedp.EmulateViewport(width, 800))
					checkWidth(t, tab, int(width))
					if width == phone || width == desktop && !recoloured(mode) {
						checkAccess(t, tab, mode, width)
					}
				}
			}
		})
	}
	do(t, tab, chromedp.Navigate(base+"index.html"))
	eval[bool](t, tab, string(script)+`;document.querySelector("main").innerHTML += "<select><option>无名</option></select>", true`)
	if found := eval[[]string](t, tab, axe+"(false)"); len(found) == 0 {
		t.Error("axe finds nothing in a choice without a name")
	}
}

// recoloured reports a mode that changes nothing but colours.
func recoloured(mode string) bool { return mode == "contrast" || mode == "dark" }

func checkAccess(t *testing.T, tab context.Context, mode string, width int64) {
	t.Helper()
	for _, found := range eval[[]string](t, tab, fmt.Sprintf("%s(%v)", axe, recoloured(mode))) {
		t.Errorf("%s at %d px: %s", mode, width, found)
	}
}

// The budgets: what a page may weigh, in bytes as they are sent.
const (
	textBudget   = 30 << 10 // HTML and its style sheets
	scriptBudget = 11 << 10 // that of the page of search, which saves ten pages of each query; others have half
	homeBudget   = 400 << 10
	homeRequests = 30
	shiftBudget  = 0.01 // a tenth of what is called good: a line may break anew while the page comes in
)

var asset = regexp.MustCompile(`<(?:script|link)\b[^>]*?(?:src|href)="([^"]*/)?(assets/[^"]+\.(?:css|js))"`)

// TestBudget: each page is light. But for those at old addresses each has a style
// sheet and a script to be weighed.
func TestBudget(t *testing.T) {
	output := sampleOutput(t)
	sizes := map[string]int{}
	size := func(name string) int {
		if sizes[name] == 0 {
			sizes[name] = compressed(t, filepath.Join(output, name))
		}
		return sizes[name]
	}
	for _, name := range files(t, output, ".html") {
		html, err := os.ReadFile(filepath.Join(output, name))
		if err != nil {
			t.Fatal(err)
		}
		text, script := size(name), 0
		sheets := 0
		for _, m := range asset.FindAllStringSubmatch(string(html), -1) {
			if path.Ext(m[2]) == ".js" {
				script += size(m[2])
			} else {
				text += size(m[2])
				sheets++
			}
		}
		if moved := strings.Contains(string(html), `http-equiv="refresh"`); moved != (sheets == 0) || moved != (script == 0) {
			t.Errorf("%s: %d style sheets, %d bytes of scripts were weighed", name, sheets, script)
		}
		if text > textBudget || script > scriptBudget {
			t.Errorf("%s: HTML and CSS %d bytes, script %d", name, text, script)
		}
	}
}

// compressed is how much is sent of a file.
func compressed(t *testing.T, name string) int {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var n counter
	z := gzip.NewWriter(&n)
	if _, err := io.Copy(z, f); err != nil {
		t.Fatal(err)
	}
	z.Close()
	return int(n)
}

type counter int

func (c *counter) Write(b []byte) (int, error) { *c += counter(len(b)); return len(b), nil }

// loaded is what a page took, and how far its parts have moved since they were
// first seen.
type loaded struct {
	Requests []string
	Bytes    int
	Shift    float64
	Moved    []string
}

const load = `new Promise(done => {
	const moved = [];
	let shift = 0;
	new PerformanceObserver(list => {
		for (const e of list.getEntries()) {
			const parts = e.sources.filter(s => s.node); // not those inside the browser's own players
			if (parts.length) shift += e.value;
			for (const s of parts) moved.push(s.node.nodeName + "." + s.node.className);
		}
	}).observe({type: "layout-shift", buffered: true});
	setTimeout(() => {
		const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
		done({requests: all.map(e => e.name), bytes: all.reduce((sum, e) => sum + e.transferSize, 0), shift, moved});
	}, 500);
})`

// TestBrowserLight: the home page is small on a phone, and nothing moves a page
// while it loads.
func TestBrowserLight(t *testing.T) {
	browser := openBrowser(t)
	output := sampleOutput(t)
	base := serveFolder(t, output, "/")
	names := pageClasses(t, output)
	if os.Getenv("REQUIRE_ALL") != "1" {
		names = []string{"index.html", "ledger.html", "model-sites/tax-bureau.html", "education/ai-lian-shuo.html"}
	}
	for _, name := range slices.Compact(names) {
		tab, _ := openTab(t, browser, base)
		var l loaded
		for try := 0; try == 0 || try < 3 && l.Shift > shiftBudget; try++ { // on a busy machine a page may be painted half
			do(t, tab, chromedp.EmulateViewport(phone, 800, chromedp.EmulateMobile), chromedp.Navigate(base+name))
			l = eval[loaded](t, tab, load)
		}
		if l.Shift > shiftBudget {
			t.Errorf("%s: moved by %.3f: %s", name, l.Shift, strings.Join(l.Moved, ", "))
		}
		if name == "index.html" && (l.Bytes > homeBudget || len(l.Requests) > homeRequests) {
			t.Errorf("the home page takes %d bytes in %d requests: %s", l.Bytes, len(l.Requests), strings.Join(l.Requests, " "))
		}
	}
}
