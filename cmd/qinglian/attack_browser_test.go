package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	documents "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// sentinel makes what must not happen an exception, which the watcher of a tab sees:
// a call of ran, in whatever frame, and what the page's policy had to stop.
const sentinel = `
	window.ran = () => { setTimeout(() => { throw new Error("ran at " + location.href) }) };
	document.addEventListener("securitypolicyviolation", e => {
		setTimeout(() => { throw new Error("violation of " + e.effectiveDirective + " by " + (e.blockedURI || e.sample)) });
	});
	window.print = () => {};`

// provoke looks through a page for what could run or ask another host, and does to each
// part what readers do. Links lead nowhere meanwhile.
const provoke = `(async () => {
	const found = [];
	const addresses = ["href", "src", "action", "formaction", "data", "poster", "cite", "background", "ping", "xlink:href", "manifest"];
	const scheme = value => { try { return new URL(value, location.href).protocol } catch { return "" } };
	const fine = value => ["", "http:", "https:", "mailto:", "tel:"].includes(scheme(value)) || value.startsWith("data:image/") || value === "data:,";
	const foreign = document.contentType === "text/html" ? /^(iframe|frame|frameset|object|embed|applet|base|portal|template|noembed|xmp|plaintext|style|math)$/ : /^(foreignobject|iframe)$/i;
	for (const e of document.querySelectorAll("*")) {
		const name = e.localName;
		if (foreign.test(name)) found.push("<" + name + ">");
		if (name === "script" && !e.src && !/json/.test(e.type)) found.push("<script> without src");
		if (name === "script" && e.src && new URL(e.src).host !== location.host) found.push("<script> of " + e.src);
		for (const a of e.attributes) {
			if (/^on/i.test(a.name)) found.push(name + " " + a.name);
			if (/^(srcdoc|srcset|style)$/i.test(a.name) && e.closest(".prose")) found.push(name + " " + a.name);
			if (addresses.includes(a.name.toLowerCase()) && !fine(a.value)) found.push(name + " " + a.name + "=" + a.value);
		}
	}
	const stay = e => {
		const a = e.target.closest?.("a");
		if (e.type === "submit" || a && scheme(a.getAttribute("href") || a.getAttribute("xlink:href")) !== "javascript:") e.preventDefault();
	};
	for (const type of ["click", "submit"]) addEventListener(type, stay, true);
	for (const e of document.querySelectorAll("main *, svg *")) {
		for (const type of ["mouseover", "pointerenter", "focus", "focusin", "beforeinput", "toggle", "animationstart", "load", "error"]) e.dispatchEvent(new Event(type));
		e.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
	}
	await new Promise(done => setTimeout(done, 5));
	return found;
})()`

// wary is a tab whose pages tell what runs in them.
func wary(t *testing.T, browser context.Context, base string) (context.Context, *watcher) {
	t.Helper()
	tab, w := openTab(t, browser, base)
	if _, err := chromedp.Call(tab, documents.AddScriptToEvaluateOnNewDocument, documents.AddScriptToEvaluateOnNewDocumentParams{Source: sentinel}); err != nil {
		t.Fatal(err)
	}
	return tab, w
}

// tried is what happens at an address that must not.
func tried(t *testing.T, tab context.Context, w *watcher, address string) []string {
	t.Helper()
	do(t, tab, chromedp.Navigate(address))
	found, err := chromedp.Run(tab, chromedp.Evaluate[[]string](provoke, chromedp.EvalAwaitPromise))
	if err != nil {
		found = append(found, "it led elsewhere: "+err.Error())
	}
	if at := eval[string](t, tab, "location.href.replace(/[?#].*/, '')"); !strings.HasPrefix(address, at) {
		found = append(found, "it led elsewhere: "+at)
	}
	return append(found, w.faults()...)
}

// policy is a page's policy as all themes write it.
var policy = regexp.MustCompile(`<meta http-equiv="?Content-Security-Policy"? content="[^"]*">`)

// unguarded has the pages of an output without their policies.
func unguarded(t *testing.T, output string) {
	t.Helper()
	for _, name := range files(t, output, ".html") {
		name = filepath.Join(output, name)
		html, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(policy.FindAll(html, -1)); n != 1 && !moved(string(html)) {
			t.Fatalf("%s has %d policies", name, n)
		}
		if err := os.WriteFile(name, policy.ReplaceAll(html, nil), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// moved reports whether a page only leads to where its article is now.
func moved(html string) bool {
	return strings.Contains(html, `http-equiv="refresh"`) || strings.Contains(html, "http-equiv=refresh")
}

// try goes to addresses below base, a hundred in a tab, and tells what happens there that
// must not. What else is asked of a page is asked by also. Where not everything has to
// be checked it goes to each eleventh.
func try(t *testing.T, browser context.Context, base string, addresses []string, also func(tab context.Context)) (found []string) {
	t.Helper()
	if os.Getenv("REQUIRE_ALL") != "1" {
		at := -1
		addresses = slices.DeleteFunc(slices.Clone(addresses), func(string) bool { at++; return at%11 > 0 })
	}
	for some := range slices.Chunk(addresses, 100) {
		tab, w := wary(t, browser, base)
		for _, address := range some {
			for _, fault := range tried(t, tab, w, base+address) {
				found = append(found, address+": "+fault)
			}
			also(tab)
		}
		chromedp.Cancel(tab) //nolint:errcheck // it has done what it is for
	}
	return found
}

func nothing(context.Context) {}

// crawl tries all files of an output with these endings. What is no page, drawings and
// feeds, is opened alone.
func crawl(t *testing.T, browser context.Context, output string, endings ...string) (visited int) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(output, "favicon.ico"), nil, 0o644); err != nil { // what is no page has none
		t.Fatal(err)
	}
	var addresses []string
	for _, ending := range endings {
		for _, name := range files(t, output, ending) {
			if html, err := os.ReadFile(filepath.Join(output, name)); err == nil && !moved(string(html)) {
				addresses = append(addresses, (&url.URL{Path: filepath.ToSlash(name)}).EscapedPath())
			}
		}
	}
	for _, fault := range try(t, browser, serveFolder(t, output, "/"), addresses, nothing) {
		t.Error(fault)
	}
	return len(addresses)
}

// TestAttacksUnguarded: with the policy taken out of all pages nothing runs, no other
// host is asked, and no page is left: the sanitiser and the escaping do that alone.
func TestAttacksUnguarded(t *testing.T) {
	browser := openBrowser(t)
	a := newAttacked(t)
	output := a.build()
	a.published()
	unguarded(t, output)
	if n := crawl(t, browser, output, ".html", ".svg", ".xml"); n < 900 {
		t.Errorf("only %d files", n)
	}
	var addresses []string
	for _, page := range []string{"index.html", "search.html", "model-sites/index.html", "notices/kept.html"} {
		for _, behind := range attacks(t, "addresses.txt") {
			addresses = append(addresses, page+behind)
		}
	}
	for _, fault := range try(t, browser, serveFolder(t, output, "/"), addresses, nothing) {
		t.Error(fault)
	}
	output = a.plain()
	unguarded(t, output)
	if n := crawl(t, browser, output, ".html"); n < 300 {
		t.Errorf("only %d pages of the other theme", n)
	}
}

// TestAttacksGuarded: the policy has nothing to stop, in either theme.
func TestAttacksGuarded(t *testing.T) {
	browser := openBrowser(t)
	a := newAttacked(t)
	if n := crawl(t, browser, a.build(), ".html"); n < 700 {
		t.Errorf("only %d pages", n)
	}
	if n := crawl(t, browser, a.plain(), ".html"); n < 300 {
		t.Errorf("only %d pages of the other theme", n)
	}
}

// dangerous is what must not happen in the preview, where pages that can't be shown have
// other statuses, and WeChat's has a frame of its own.
var dangerous = regexp.MustCompile(`: [a-z0-9]+ on|javascript:|ran at|violation|request outside|it led elsewhere`)

// TestAttacksPreviewed: nothing runs in the preview either, which shows more: what is
// refused and why, with its names and lines, and articles as they are made for WeChat.
func TestAttacksPreviewed(t *testing.T) {
	browser := openBrowser(t)
	a := newAttacked(t)
	w := newWorkshop(t)
	w.site = a.source
	p := w.serve()
	addresses := []string{"", "index.html", "notices/index.html", "model-sites/index.html", "tags/index.html", "search.html", ".preview/new"}
	article := func(section, list string, i int) {
		page := fmt.Sprintf("%s/%s-%03d.html", section, list, i)
		addresses = append(addresses, page, ".preview/wechat?page="+page)
	}
	for i := 0; i < a.parts["bodies"]; i += 7 {
		article("notices", "bodies", i)
	}
	for i := range a.parts["values"] {
		article(texts[i%len(texts)].section, "values", i)
	}
	refused := 0
	for _, fault := range try(t, browser, p.base, addresses, func(tab context.Context) {
		if eval[bool](t, tab, `Boolean(document.querySelector("[data-qinglian-preview] .over"))`) {
			refused++
		}
	}) {
		if dangerous.MatchString(fault) {
			t.Error(fault)
		}
	}
	if refused == 0 {
		t.Errorf("none of %d pages says what is refused", len(addresses))
	}
}

// TestAttacksSeen: what the two look out for is seen where it does happen.
func TestAttacksSeen(t *testing.T) {
	browser := openBrowser(t)
	output := t.TempDir()
	base := serveFolder(t, output, "/")
	tab, w := wary(t, browser, base)
	for i, c := range []struct{ html, want string }{
		{`<main><script>ran()</script></main>`, "ran at"},
		{`<main><img src=x onerror=ran()></main>`, "ran at"},
		{`<main><a href=" java&#10;script:ran()">甲</a></main>`, "ran at"},
		{`<main><b onclick=ran()>甲</b></main>`, "ran at"},
		{`<main><details open ontoggle=ran()>甲</details></main>`, "ran at"},
		{`<main><iframe srcdoc="<script>parent.ran()</script>"></iframe></main>`, "ran at"},
		{`<main><svg><a xlink:href=javascript:ran()><text y=20>甲</text></a></svg></main>`, "ran at"},
		{`<main><img src=//evil.example/a.png></main>`, "request outside"},
		{`<main><p style="background:url(//evil.example/a)">甲</p></main>`, "request outside"},
		{`<meta http-equiv=refresh content=0;url=0.html>`, "it led elsewhere"},
		{`<main><q cite=javascript:ran()>甲</q></main>`, "q cite="},
		{`<meta http-equiv=Content-Security-Policy content="default-src 'self'"><main><script>ran()</script></main>`, "violation of script-src"},
		{`<meta http-equiv=Content-Security-Policy content="default-src 'self'"><main><p style="color:red">甲</p></main>`, "violation of style-src"},
	} {
		name := fmt.Sprintf("%d.html", i)
		if err := tryWrite(filepath.Join(output, name), "<!DOCTYPE html><link rel=icon href=data:,>"+c.html); err != nil {
			t.Fatal(err)
		}
		if found := strings.Join(tried(t, tab, w, base+name), "\n"); !strings.Contains(found, c.want) {
			t.Errorf("%s: not seen: %q", c.html, found)
		}
	}
}
