package main

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// forced is what can't be told apart when the system forces its colours.
const forced = `(() => {
	const style = e => getComputedStyle(e);
	const paper = style(document.body).backgroundColor, ink = style(document.body).color;
	const shown = selector => [...document.querySelectorAll(selector)].filter(e => e.checkVisibility({visibilityProperty: true}));
	const same = (what, list) => list.map(e => what + ": " + e.outerHTML.slice(0, 120));
	const color = e => style(e).color;
	return [
		...same("no frame", shown("button:not(.open-picture), .button, .modes summary").filter(e =>
			!parseFloat(style(e).borderTopWidth) || style(e).borderTopColor === paper)),
		...same("like text", shown("main a, .site-nav a").filter(e => e.textContent.trim() && color(e) === ink)),
		...same("like what is not pressed", shown("[aria-pressed=true]").filter(e =>
			style(e).backgroundColor === style(document.querySelector("[aria-pressed=false]")).backgroundColor)),
		...same("like what is not chosen", shown(".choice.on").filter(e =>
			style(e).backgroundColor === style(document.querySelector(".choice:not(.on)")).backgroundColor)),
		...same("underlined as if it were the present one", shown(".site-nav a:not([aria-current])").filter(e => style(e).borderBottomColor !== paper)),
		...same("not underlined", shown(".site-nav a[aria-current]").filter(e => style(e).borderBottomColor === paper)),
	];
})()`

// unfocused is what has the focus without showing it, itself or with what stands for it.
const unfocused = `(() => {
	const e = document.activeElement;
	if (e === document.body || e.matches("video, audio")) return ""; // the end of the page; the browser's own players
	const framed = [getComputedStyle(e), getComputedStyle(e, "::after"), ...[e.parentElement, e.nextElementSibling].filter(x => x).map(x => getComputedStyle(x))];
	const seen = framed.some(s => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 && s.outlineColor !== getComputedStyle(document.body).backgroundColor);
	return seen ? "" : e.outerHTML.slice(0, 160);
})()`

// TestForcedColours: who reads in colours of their own system sees what is a link, what can
// be pressed, what is chosen and where the keyboard is.
func TestForcedColours(t *testing.T) {
	base := serveFolder(t, sampleOutput(t), "/")
	tab, _ := openTab(t, openBrowser(t), base)
	for _, scheme := range []string{"light", "dark"} {
		features := []*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}, {Name: "prefers-color-scheme", Value: scheme}}
		if _, err := chromedp.Call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
			t.Fatal(err)
		}
		for _, page := range []string{"index.html?mode=large", "model-sites/tax-bureau.html?mode=large", "showcase.html?level=省级", "figures.html",
			"search.html", "writing.html", "education/gift-questions.html", "404.html"} {
			do(t, tab, chromedp.EmulateViewport(desktop, 800), chromedp.Navigate(base+page))
			if !eval[bool](t, tab, `matchMedia("(forced-colors: active)").matches`) {
				t.Fatal("no colours are forced")
			}
			for _, fault := range eval[[]string](t, tab, forced) {
				t.Errorf("%s, %s: %s", page, scheme, fault)
			}
			for range 25 {
				do(t, tab, chromedp.KeyEvent("\t"))
				if fault := eval[string](t, tab, unfocused); fault != "" {
					t.Errorf("%s, %s: the focus is not seen on %s", page, scheme, fault)
				}
			}
		}
	}
}
