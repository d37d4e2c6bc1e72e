package main

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// showcase is what the showcase shows.
type showcase struct {
	Query  string
	Shown  []string // model sites, by the first words of their titles
	Counts map[string]string
	Status string
	Table  int // its rows
	Beside int // sites that are compared
}

const lookAtShowcase = `(() => {
	const seen = e => e.getClientRects().length > 0;
	const all = selector => [...document.querySelectorAll(selector)].filter(seen);
	return {
		query: decodeURIComponent(location.search),
		shown: all(".site .card-title").map(e => e.textContent.split("：")[0]),
		counts: Object.fromEntries([...document.querySelectorAll(".facet .choice")].map(e =>
			[e.closest(".facet").dataset.key + "=" + e.closest("li").dataset.value, e.querySelector(".count").textContent])),
		status: document.querySelector(".finder-said p").textContent,
		table: all(".finder-table tbody tr").length,
		beside: all(".comparison thead a").length,
	};
})()`

// choose clicks on the choice of a facet.
func choose(key, value string) chromedp.Action[chromedp.Void] {
	return click(chromedp.Search(`//section[@data-key="` + key + `"]//li[@data-value="` + value + `"]//label`))
}

// TestShowcase filters and compares the sample's model sites as readers do.
func TestShowcase(t *testing.T) {
	browser := openBrowser(t)
	output := sampleOutput(t)
	base := serveFolder(t, output, "/")
	tab, w := openTab(t, browser, base)
	look := func() showcase { t.Helper(); return eval[showcase](t, tab, lookAtShowcase) }
	expect := func(when string, ok bool, got showcase) {
		t.Helper()
		if !ok {
			t.Errorf("%s: %+v", when, got)
		}
	}
	do(t, tab, chromedp.EmulateViewport(desktop, 900), chromedp.Navigate(base+"showcase.html"))
	s := look()
	expect("at first", len(s.Shown) == 10 && s.Query == "" && s.Counts["category=村居"] == "2" && s.Counts["level=县级"] == "5", s)

	do(t, tab, choose("category", "机关"))
	s = look()
	expect("机关", len(s.Shown) == 2 && s.Query == "?category=机关" && s.Counts["category=村居"] == "2" && s.Counts["level=县级"] == "1" && s.Counts["level=省级"] == "0", s)
	do(t, tab, choose("category", "村居"), choose("level", "县级"))
	s = look()
	expect("机关 or 村居, 县级", len(s.Shown) == 2 && s.Query == "?category=机关,村居&level=县级" && s.Status == "符合条件的 2 个，共 10 个", s)
	do(t, tab, chromedp.SendKeys("#finder-words", "牌子"))
	s = look()
	expect("words", len(s.Shown) == 1 && s.Shown[0] == "不动产登记中心" && s.Query == "?category=机关,村居&level=县级&q=牌子", s)

	// Off to a site and back: what was chosen stays.
	do(t, tab, click(chromedp.Search(`//h3/a[contains(., "不动产登记中心")]`)))
	until(t, tab, `document.body.className === "page-article"`)
	back(t, tab)
	until(t, tab, `document.querySelectorAll(".site:not([hidden])").length === 1`)
	back(t, tab)
	until(t, tab, `document.querySelectorAll(".site:not([hidden])").length === 4`)
	s = look()
	expect("back by one choice", s.Query == "?category=机关,村居" && len(s.Shown) == 4, s)

	// An address that somebody sent, with what it says of another thing.
	do(t, tab, chromedp.Navigate(base+"showcase.html?"+url.PathEscape("mode=plain&region=清平镇&sort=stars&view=table")))
	s = look()
	expect("table", s.Table == 6 && len(s.Shown) == 0, s)
	do(t, tab, choose("status", "摘牌"))
	s = look()
	expect("摘牌", s.Table == 1 && s.Query == "?mode=plain&region=清平镇&sort=stars&view=table&status=摘牌", s)

	do(t, tab, chromedp.Navigate(base+"showcase.html"))
	pick := `//li[h3[contains(., "$")]]//p[@class="pick"]/label`
	for _, title := range []string{"柳河村", "北街社区"} {
		do(t, tab, click(chromedp.Search(strings.Replace(pick, "$", title, 1))))
	}
	do(t, tab, click(chromedp.Search(`//button[text()="对比"]`)))
	s = look()
	expect("compared", s.Beside == 2 && s.Query == "?compare=model-sites/liuhe-village,model-sites/beijie-community", s)
	checkWidth(t, tab, desktop)
	do(t, tab, chromedp.EmulateViewport(320, 800))
	checkWidth(t, tab, 320)
	if n := eval[int](t, tab, `Math.round(document.querySelector(".comparison thead th:last-child").getBoundingClientRect().right)`); n > 320 {
		t.Errorf("of two sites the second ends at %d px of 320", n)
	}
	back(t, tab)
	until(t, tab, `document.querySelector(".comparison").hidden`)

	for _, fault := range w.faults() {
		t.Error(fault)
	}

	// From a memory stick.
	do(t, tab, chromedp.EmulateViewport(desktop, 900), chromedp.Navigate(fileURL(output)+"showcase.html?stars=5"))
	s = look()
	expect("from a file", len(s.Shown) == 2, s)
	do(t, tab, choose("category", "机关"))
	s = look()
	expect("from a file, 机关", len(s.Shown) == 1, s)

	withoutScript(t, tab)
	do(t, tab, chromedp.Navigate(base+"showcase.html"))
	links := eval[int](t, tab, `document.querySelectorAll(".facet a.choice").length`)
	s = look()
	expect("without JavaScript", len(s.Shown) == 10 && links > 10, s)
}

func back(t *testing.T, tab context.Context) {
	t.Helper()
	eval[bool](t, tab, `(history.back(), true)`)
}

// withoutScript lets no page of the tab run its scripts from now on.
func withoutScript(t *testing.T, tab context.Context) {
	t.Helper()
	_, err := chromedp.Call(tab, emulation.SetScriptExecutionDisabled,
		emulation.SetScriptExecutionDisabledParams{Value: true})
	if err != nil {
		t.Fatal(err)
	}
}
