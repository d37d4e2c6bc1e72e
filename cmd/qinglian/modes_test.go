package main

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	chrome "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestBrowserModes: how a reader sees the pages is theirs to say, by a button or
// by an address, and it stays so.
func TestBrowserModes(t *testing.T) {
	browser := openBrowser(t)
	output := sampleOutput(t)
	root := serveFolder(t, output, "/")
	t.Run("button", func(t *testing.T) { testModeButton(t, browser, root) })
	t.Run("address", func(t *testing.T) { testModeAddress(t, browser, root) })
	t.Run("file", func(t *testing.T) { testModeAddress(t, browser, fileURL(output)) })
	t.Run("dark system", func(t *testing.T) { testDarkSystem(t, browser, root) })
	t.Run("without storage", func(t *testing.T) { testNoStorage(t, browser, root) })
	t.Run("large print", func(t *testing.T) { testLargePrint(t, browser, root) })
	t.Run("aloud", func(t *testing.T) { testAloud(t, browser, root) })
	t.Run("leaving", func(t *testing.T) { testLeaving(t, browser, root) })
}

const classes = `document.documentElement.className.split(" ").filter(c => c !== "script" && c !== "aloud").sort().join(" ")`

func wantMode(t *testing.T, tab context.Context, when, want string) {
	t.Helper()
	if got := eval[string](t, tab, classes); got != want {
		t.Errorf("%s: the mode is %q, want %q", when, got, want)
	}
}

// follow clicks a link and waits for the page that has what is named.
func follow(t *testing.T, tab context.Context, link, shows string) {
	t.Helper()
	do(t, tab, click(link))
	until(t, tab, fmt.Sprintf(`document.readyState === "complete" && document.querySelector(%q) !== null`, shows))
}

// press presses a button, for some of the modes behind 更多.
func press(t *testing.T, tab context.Context, button string) {
	t.Helper()
	if behind := button == "高对比" || button == "深色"; behind && !eval[bool](t, tab, `document.querySelector(".more-modes").open`) {
		do(t, tab, click(".more-modes summary"))
	}
	do(t, tab, click(chromedp.Search(`//button[text()="`+button+`"]`)))
}

func testModeButton(t *testing.T, browser context.Context, base string) {
	tab, _ := openTab(t, browser, base)
	do(t, tab, chromedp.EmulateViewport(phone, 800), chromedp.Navigate(base+"index.html"))
	wantMode(t, tab, "at first", "")
	press(t, tab, "大字")
	wantMode(t, tab, "大字", "large")
	do(t, tab, chromedp.Navigate(eval[string](t, tab, `location.href`)))
	wantMode(t, tab, "a reload", "large")
	press(t, tab, "高对比")
	wantMode(t, tab, "高对比", "contrast large")
	press(t, tab, "深色")
	wantMode(t, tab, "深色 takes its place", "dark large")
	do(t, tab, chromedp.Navigate(base+"about.html"))
	wantMode(t, tab, "another page", "dark large")
	if got := eval[string](t, tab, `[...document.querySelectorAll("[aria-pressed=true]")].map(b => b.textContent).join(" ")`); got != "大字 深色" {
		t.Errorf("pressed are %q", got)
	}
	press(t, tab, "大字")
	press(t, tab, "深色")
	wantMode(t, tab, "all taken back", "")
}

func testModeAddress(t *testing.T, browser context.Context, base string) {
	tab, _ := openTab(t, browser, base)
	do(t, tab, chromedp.EmulateViewport(phone, 800), chromedp.Navigate(base+"examples/index.html?mode=large+contrast"))
	wantMode(t, tab, "the address", "contrast large")
	follow(t, tab, ".item a", ".article-head")
	wantMode(t, tab, "a link", "contrast large")
	if got := eval[string](t, tab, `location.search`); got != "?mode=large+contrast" {
		t.Errorf("the link led to %q: who shares it shares another mode", got)
	}
	press(t, tab, "高对比")
	do(t, tab, chromedp.Navigate(eval[string](t, tab, `location.href`)))
	wantMode(t, tab, "a button over the address", "large")
	do(t, tab, chromedp.Navigate(base+"index.html?mode=plain"))
	wantMode(t, tab, "?mode=plain", "")
	do(t, tab, chromedp.Navigate(base+"index.html?mode=nonsense"))
	wantMode(t, tab, "what is no mode", "")
}

// testDarkSystem: 深色 says no to a dark system too, and print is never dark.
func testDarkSystem(t *testing.T, browser context.Context, base string) {
	tab, _ := openTab(t, browser, base)
	media := func(kind string) {
		t.Helper()
		_, err := chromedp.Call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: kind,
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	bright := func(when string, want bool) {
		t.Helper()
		if got := eval[bool](t, tab, `+getComputedStyle(document.body).backgroundColor.match(/\d+/) > 127`); got != want {
			t.Errorf("%s: bright is %v", when, got)
		}
	}
	media("")
	do(t, tab, chromedp.Navigate(base+"index.html"))
	bright("at first", false)
	press(t, tab, "深色")
	bright("深色 is off", true)
	do(t, tab, chromedp.Navigate(base+"about.html"))
	bright("another page", true)
	press(t, tab, "深色")
	bright("深色 is on", false)
	for _, mode := range []string{"dark", "contrast"} {
		do(t, tab, chromedp.Navigate(base+"about.html?mode="+mode))
		media("print")
		bright("print in "+mode, true)
		media("")
	}
}

// before runs a script in a tab before those of each page.
func before(t *testing.T, tab context.Context, script string) {
	t.Helper()
	_, err := chromedp.Call(tab, chrome.AddScriptToEvaluateOnNewDocument, chrome.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	if err != nil {
		t.Fatal(err)
	}
}

// testNoStorage: where nothing can be remembered, addresses remember.
func testNoStorage(t *testing.T, browser context.Context, base string) {
	tab, _ := openTab(t, browser, base)
	before(t, tab, `Object.defineProperty(window, "localStorage", {get() { throw new DOMException("no", "SecurityError") }})`)
	do(t, tab, chromedp.EmulateViewport(phone, 800), chromedp.Navigate(base+"examples/index.html"))
	press(t, tab, "大字")
	follow(t, tab, ".item a", ".article-head")
	wantMode(t, tab, "a link", "large")
}

// testLargePrint: in large print all text has 18 pt and what is pressed 60 px.
func testLargePrint(t *testing.T, browser context.Context, base string) {
	tab, _ := openTab(t, browser, base)
	for _, name := range []string{"index.html", "model-sites/index.html", "model-sites/tax-bureau.html", "notices/power-list.html", "writing.html", "ledger.html", "topics/index.html"} {
		do(t, tab, chromedp.EmulateViewport(phone, 800), chromedp.Navigate(base+name+"?mode=large"))
		small := eval[[]string](t, tab, `(() => {
			const found = new Set();
			const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
			for (let n; n = walker.nextNode();) {
				const e = n.parentElement;
				if (n.data.trim() && e.checkVisibility() && !e.closest("sup") && parseFloat(getComputedStyle(e).fontSize) < 24)
					found.add(e.localName + "." + e.className + " " + getComputedStyle(e).fontSize + " " + n.data.trim().slice(0, 20));
			}
			return [...found];
		})()`)
		low := eval[[]string](t, tab, `[...document.querySelectorAll("button, .site-nav a, .terms a, .tags a, .more a, .contents a, .pager a, .neighbours a, .files a, .ground a, summary")]
			.filter(e => e.checkVisibility({visibilityProperty: true}) && (e.offsetHeight < 60 || e.offsetWidth < 60))
			.map(e => e.textContent + " " + e.offsetWidth + "x" + e.offsetHeight)`)
		if len(small)+len(low) > 0 {
			t.Errorf("%s: small text: %s\nsmall targets: %s", name, strings.Join(small, "; "), strings.Join(low, "; "))
		}
	}
}

// testAloud: the button is there when there is something to hear.
func testAloud(t *testing.T, browser context.Context, base string) {
	const shown = `document.querySelector(".read-aloud").checkVisibility({visibilityProperty: true})`
	const pressed = `document.querySelector(".read-aloud").getAttribute("aria-pressed") === "true"`
	const silent = `Object.defineProperty(window, "speechSynthesis", {value: undefined})`
	const speaking = `
		window.said = [];
		window.SpeechSynthesisUtterance = function (text) { this.text = text };
		Object.defineProperty(window, "speechSynthesis", {value: {
			speak(u) { said.push(u.text + " " + u.lang); if (said.length < 3) u.onend() },
			cancel() { said.push("cancelled") },
		}})`
	for _, c := range []struct {
		name, before, page string
		want               bool
	}{
		{"a recording, no voice", silent, "education/ai-lian-shuo.html", true},
		{"neither", silent, "examples/banquets.html", false},
		{"a voice", speaking, "examples/banquets.html", true},
		{"nothing to read", speaking, "index.html", false},
	} {
		tab, _ := openTab(t, browser, base)
		before(t, tab, c.before)
		do(t, tab, chromedp.EmulateViewport(phone, 800), chromedp.Navigate(base+c.page))
		if got := eval[bool](t, tab, shown); got != c.want {
			t.Errorf("%s: the button is shown: %v", c.name, got)
		}
		switch c.name {
		case "a recording, no voice":
			press(t, tab, "朗读")
			if !eval[bool](t, tab, `new Promise(done => setTimeout(() => done(!document.querySelector("audio.recording").paused), 500))`) {
				t.Error("the recording does not play")
			}
		case "a voice":
			press(t, tab, "朗读")
			if said := eval[[]string](t, tab, `said`); len(said) != 3 || !strings.HasSuffix(said[0], " zh-CN") {
				t.Errorf("said is %q", said)
			}
			if !eval[bool](t, tab, pressed) {
				t.Error("the button does not say that it is on")
			}
			press(t, tab, "停止")
			if said := eval[[]string](t, tab, `said`); said[len(said)-1] != "cancelled" || eval[bool](t, tab, pressed) {
				t.Errorf("it does not stop: %q", said)
			}
		}
	}
}

// testLeaving: a link to another site asks first, and the keyboard stays in the question.
func testLeaving(t *testing.T, browser context.Context, base string) {
	tab, _ := openTab(t, browser, base)
	do(t, tab, chromedp.EmulateViewport(phone, 800), chromedp.Navigate(base+"about.html"))
	const add = `(() => { const a = document.createElement("a"); a.href = "https://elsewhere.example/a"; a.id = "away"; a.textContent = "别处"; document.querySelector(".prose").prepend(a) })()`
	const focus = `document.activeElement.textContent`
	eval[any](t, tab, add)
	do(t, tab, click("#away"), chromedp.WaitVisible(".leaving"))
	if text := eval[string](t, tab, `document.querySelector(".leaving").innerText`); !strings.Contains(text, "elsewhere.example") {
		t.Errorf("it does not say where to: %s", text)
	}
	if got := eval[string](t, tab, focus); got != "留在本站" {
		t.Errorf("the focus is on %q", got)
	}
	do(t, tab, chromedp.KeyEvent("\t"))
	if got := eval[string](t, tab, focus); got != "继续前往" {
		t.Errorf("then it is on %q", got)
	}
	do(t, tab, chromedp.KeyEvent("\x1b"))
	if got := eval[string](t, tab, focus); got != "别处" || eval[bool](t, tab, `document.querySelector(".leaving") !== null`) {
		t.Errorf("Escape leads to %q", got)
	}
	if got := eval[string](t, tab, `location.href`); got != base+"about.html" {
		t.Errorf("it left for %s", got)
	}
}
