package main

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// inView says of a part of the page whether a reader sees it all.
const inView = `(selector => {
	const box = document.querySelector(selector).getBoundingClientRect();
	return box.height > 0 && box.top >= -1 && box.bottom <= innerHeight + 1;
})`

// TestBeside: on a desk the contents stay beside the text and say where the reader is; on
// a phone they are folded; and far down there is a way back, with no script.
func TestBeside(t *testing.T) {
	browser := openBrowser(t)
	base := serveFolder(t, sampleOutput(t), "/")
	tab, w := openTab(t, browser, base)
	shown := func(what string, want bool) {
		t.Helper()
		if got := eval[bool](t, tab, inView+`("`+what+`")`); got != want {
			t.Errorf("%s is in view: %v", what, got)
		}
	}
	down := func() {
		t.Helper()
		eval[bool](t, tab, `([...document.querySelectorAll(".prose h2")].pop().scrollIntoView({behavior: "instant"}), true)`)
	}
	do(t, tab, chromedp.EmulateViewport(desktop, 800), chromedp.Navigate(base+"regulations/small-powers.html"))
	shown(".contents summary", true)
	shown(".to-top a", false)
	down()
	until(t, tab, `document.querySelector(".contents [aria-current]") !== null`)
	shown(".contents summary", true)
	shown(".contents [aria-current]", true)
	shown(".to-top a", true)
	if last := eval[bool](t, tab, `document.querySelector(".contents [aria-current]").textContent === [...document.querySelectorAll(".prose h2")].pop().textContent`); !last {
		t.Error("it is not the last chapter that is marked")
	}
	do(t, tab, chromedp.EmulateViewport(phone, 800), chromedp.Navigate(base+"regulations/small-powers.html"))
	shown(".contents summary", true)
	shown(".contents ol", false)
	do(t, tab, chromedp.Navigate(base+"topics/index.html"))
	if n := eval[int](t, tab, `document.querySelector(".to-top a").offsetHeight`); n > 0 {
		t.Errorf("a short page has a way back of %d px", n)
	}
	for _, fault := range w.faults() {
		t.Error(fault)
	}

	withoutScript(t, tab)
	do(t, tab, chromedp.EmulateViewport(desktop, 800), chromedp.Navigate(base+"regulations/small-powers.html"))
	down()
	shown(".contents li", true)
	shown(".to-top a", true)
	do(t, tab, chromedp.EmulateViewport(phone, 800), chromedp.Navigate(base+"model-sites/tax-bureau.html"))
	do(t, tab, chromedp.Navigate(eval[string](t, tab, `document.querySelector(".jump a").href`)))
	until(t, tab, inView+`("#visit-title")`)
}
