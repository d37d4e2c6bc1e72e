package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"qinglian/internal/headline"
)

// headlineWidths are those at which headlines are looked at: telephones and a desk.
var headlineWidths = []int64{320, 360, 390, 1280}

// linesOf is the lines of each element that a selector finds, as the browser set them.
const linesOf = `(selector => [...document.querySelectorAll(selector)].filter(e => e.getClientRects().length).map(e => {
	const lines = [], range = document.createRange(), texts = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
	let bottom = 0;
	for (let text = texts.nextNode(); text; text = texts.nextNode()) {
		for (let i = 0; i < text.length; i++) {
			range.setStart(text, i);
			range.setEnd(text, i + 1);
			const box = [...range.getClientRects()].pop();
			if (!box) continue;
			if (!lines.length || box.bottom - bottom > box.height / 2) lines.push("");
			bottom = box.bottom;
			lines[lines.length - 1] += text.data[i];
		}
	}
	return lines;
}))`

// marked are the titles of a case file of package headline, with the places where a
// reader would let a line end, in characters: those that are marked, behind punctuation
// and around quotes.
func marked(t *testing.T, file string) map[string]map[int]bool {
	t.Helper()
	text, err := os.ReadFile("../../internal/headline/testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]map[int]bool{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		title, places := headline.Unmarked(line), map[int]bool{}
		cuts, _ := headline.Given(title, line)
		for _, at := range cuts {
			places[utf8.RuneCountInString(title[:at])] = true
		}
		for i, r := range []rune(title) {
			if strings.ContainsRune("，：；、。！？》”）", r) {
				places[i+1] = true
			}
			if strings.ContainsRune("《“（", r) {
				places[i] = true
			}
		}
		all[title] = places
	}
	return all
}

// checkHeadlines checks how the browser has broken titles, and counts them.
func checkHeadlines(t *testing.T, tab context.Context, where, selector string, allowed map[string]map[int]bool) (seen int) {
	t.Helper()
	for _, width := range headlineWidths {
		do(t, tab, chromedp.EmulateViewport(width, 800))
		for _, lines := range eval[[][]string](t, tab, linesOf+"(`"+selector+"`)") {
			places, ok := allowed[strings.Join(lines, "")]
			if !ok {
				continue // not of an article
			}
			seen++
			at := 0
			for _, line := range lines[:len(lines)-1] {
				at += utf8.RuneCountInString(line)
				ok = ok && places[at] && utf8.RuneCountInString(line) > 1
			}
			if !ok || utf8.RuneCountInString(lines[len(lines)-1]) == 1 {
				t.Errorf("%s at %d px: %s", where, width, strings.Join(lines, "|"))
			}
		}
	}
	return seen
}

// TestBrowserHeadlines: no headline of the sample site is broken where a reader would
// not break it, and none has a line of one character.
func TestBrowserHeadlines(t *testing.T) {
	output := sampleOutput(t)
	base := serveFolder(t, output, "/")
	tab, _ := openTab(t, openBrowser(t), base)
	allowed := marked(t, "sample.txt")
	var articles []string
	for _, name := range files(t, output, ".html") {
		if !strings.Contains(name, "/") || path.Base(name) == "index.html" && strings.Count(name, "/") == 1 {
			do(t, tab, chromedp.Navigate(base+name))
			checkHeadlines(t, tab, name, ".card-title, .lead-title", allowed)
			continue
		}
		articles = append(articles, "/"+name)
	}
	// All in the place of one.
	do(t, tab, chromedp.Navigate(base+"education/gift-questions.html"))
	eval[bool](t, tab, fmt.Sprintf(`(async names => {
		for (const name of names) {
			const page = new DOMParser().parseFromString(await (await fetch(name)).text(), "text/html");
			document.querySelector(".article-head").append(...page.querySelectorAll(".article-head h1"));
		}
		return true;
	})(["%s"])`, strings.Join(articles, `","`)))
	seen := checkHeadlines(t, tab, "articles", ".article-head h1", allowed)
	if all := eval[int](t, tab, `document.querySelectorAll(".article-head h1").length`); all < 40 || seen < all*len(headlineWidths) {
		t.Errorf("of %d headlines at %d widths %d were seen: a title is not in sample.txt", all, len(headlineWidths), seen)
	}
}

// TestBrowserTitles: no more are more than two hundred others, of whose texts nothing is
// known, in the head of an article, in a list and beside a picture.
func TestBrowserTitles(t *testing.T) {
	base := serveFolder(t, sampleOutput(t), "/")
	tab, _ := openTab(t, openBrowser(t), base)
	allowed := marked(t, "titles.txt")
	var all strings.Builder
	for title := range allowed {
		fmt.Fprintf(&all, "%s\n", headline.HTML(title, headline.Cuts(title, nil, nil)))
	}
	for _, place := range []struct{ page, selector string }{
		{"education/gift-questions.html", ".article-head h1"},
		{"notices/index.html", ".item .card-title a"},
		{"index.html", ".row.pictured .card-title a"},
	} {
		do(t, tab, chromedp.Navigate(base+place.page))
		eval[bool](t, tab, fmt.Sprintf("((titles, selector) => {"+`
			const e = document.querySelector(selector), card = e.closest("article.item, article.row, h1");
			document.querySelectorAll(".page-home").forEach(e => e.classList.remove("page-home")); // which hides all but a few
			for (const title of titles.trim().split("\n")) {
				e.innerHTML = title;
				card.before(card.cloneNode(true));
			}
			return true;
		})(`+"`%s`, `%s`)", all.String(), place.selector))
		if seen := checkHeadlines(t, tab, place.page, place.selector, allowed); seen < len(headlineWidths)*200 {
			t.Errorf("%s: %d headlines were seen", place.page, seen)
		}
	}
}

// TestBrowserLastLines: of paragraphs on a telephone fewer than one in fifty ends with a
// line of one character, and its punctuation.
func TestBrowserLastLines(t *testing.T) {
	output := sampleOutput(t)
	base := serveFolder(t, output, "/")
	tab, _ := openTab(t, openBrowser(t), base)
	do(t, tab, chromedp.EmulateViewport(360, 800))
	all, short := 0, 0
	for _, folder := range []string{"model-sites", "examples", "education"} {
		names, err := fs.Glob(os.DirFS(output), folder+"/*.html")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			do(t, tab, chromedp.Navigate(base+name))
			for _, lines := range eval[[][]string](t, tab, linesOf+`(".prose > p:not(.lines)")`) {
				if len(lines) < 2 {
					continue
				}
				all++
				if last := strings.TrimRight(lines[len(lines)-1], "，。；：！？”’）"); utf8.RuneCountInString(last) < 2 {
					short++
				}
			}
		}
	}
	if all < 200 || short*50 >= all {
		t.Errorf("%d of %d", short, all)
	}
}

// TestBrowserCopied: a headline that is copied is the title, without a trace of where its
// lines may end.
func TestBrowserCopied(t *testing.T) {
	base := serveFolder(t, sampleOutput(t), "/")
	tab, _ := openTab(t, openBrowser(t), base)
	const title = "柳河村：三本账晒在老槐树下"
	do(t, tab, chromedp.EmulateViewport(320, 800), chromedp.Navigate(base+"model-sites/liuhe-village.html"))
	if shown := eval[string](t, tab, `(() => {
		const h1 = document.querySelector("h1");
		getSelection().selectAllChildren(h1);
		return h1.innerHTML;
	})()`); !strings.Contains(shown, "<wbr>") {
		t.Errorf("%s has no place for a line to end", shown)
	}
	press := func(command string) {
		if _, err := chromedp.Call(tab, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: "keyDown", Commands: []string{command}}); err != nil {
			t.Fatal(err)
		}
	}
	press("copy")
	eval[bool](t, tab, `(() => { const field = document.body.appendChild(document.createElement("textarea")); field.focus(); return true; })()`)
	press("paste")
	if copied := eval[string](t, tab, `document.querySelector("textarea").value`); copied != title {
		t.Errorf("copied: %q", copied)
	}
}
