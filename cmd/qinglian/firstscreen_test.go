package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	chrome "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// The phone at which the first screen is measured, in CSS pixels.
const screenWidth, screenHeight = 360, 780

// What the first screen may spend before the reader is where they wanted to be.
const (
	furnitureBudget = 150  // header, menu and path
	titleBudget     = 230  // the title begins
	homeHeight      = 6500 // the home page, all of it
)

// firstScreen is what of a page stands how far down, in pixels; 0 if it is not there.
type firstScreen struct {
	Class     string
	Furniture int     // where header, menu and path end
	Title     int     // where the title begins
	Text      int     // where the first line of the text ends, or what the article is: a recording, a long picture
	News      int     // where the title of the newest news ends
	Lead      int     // where that of the first story ends
	Height    int     // all of the page
	Wide      int     // what is wider than the screen, in pixels
	Menu      float64 // how much of the word is seen that the screen cuts, in parts of it; 0 if none is
	Here      bool    // the menu shows where the reader is, or nothing of it is
}

const lookAtFirstScreen = `(() => {
	const box = e => e.getBoundingClientRect();
	const bottom = selector => { const e = document.querySelector(selector); return e ? Math.round(box(e).bottom) : 0; };
	const top = selector => { const e = document.querySelector(selector); return e ? Math.round(box(e).top) : 0; };
	const words = e => { const r = document.createRange(); r.selectNodeContents(e); return r; };
	const text = () => {
		const ends = [];
		const prose = document.querySelector(".prose");
		const walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT);
		for (let n; n = walker.nextNode();) {
			if (!n.data.trim() || n.parentElement.closest("h1, h2, h3, h4, h5, h6, summary, figcaption") || !n.parentElement.checkVisibility()) continue;
			ends.push(words(n).getClientRects()[0].bottom);
			break;
		}
		for (const e of document.querySelectorAll(".media, .route li, .prose .longpic img, .prose .media")) ends.push(box(e).top + 40);
		return Math.round(Math.min(...ends));
	};
	const row = document.querySelector(".site-nav ul");
	const shown = box(row);
	const cuts = [...row.querySelectorAll("a")].map(a => {
		const w = box2(words(a));
		const left = (w.right - shown.left) / w.width, right = (shown.right - w.left) / w.width;
		return left > 0 && left < 1 ? left : right > 0 && right < 1 ? right : 0;
	});
	function box2(range) { return range.getBoundingClientRect(); }
	const here = row.querySelector("[aria-current]");
	const article = document.body.className === "page-article";
	return {
		class: document.body.className,
		furniture: Math.max(bottom(".site-header"), bottom(".trail")),
		title: top("main h1"),
		text: article ? text() : 0,
		news: bottom(".news li a"),
		lead: bottom(".lead-title a"),
		height: document.documentElement.scrollHeight,
		wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
		menu: Math.max(...cuts),
		here: !here || box(here).left >= shown.left - 1 && box(here).right <= shown.right + 1,
	};
})()`

// TestFirstScreen: on a phone the reader meets what they came for, not furniture, on
// every page, with no script.
func TestFirstScreen(t *testing.T) {
	browser := openBrowser(t)
	output := sampleOutput(t)
	base := serveFolder(t, output, "/")
	tab, _ := openTab(t, browser, base)
	withoutScript(t, tab)
	for _, name := range files(t, output, ".html") {
		t.Run(name, func(t *testing.T) { checkFirstScreen(t, tab, base+name) })
	}
}

// TestPhotographs: so it is with what offices put in place of drawings: portraits, 4:3,
// squares, as WeChat sends them, and with a photograph above the news. If $QINGLIAN_PHOTOS names a folder with photographs
// those are taken.
func TestPhotographs(t *testing.T) {
	photos := photographs(t)
	site := copyOf(t, sampleSite(t))
	cover := regexp.MustCompile(`(?m)^封面: .+$`)
	count := 0
	for _, name := range files(t, filepath.Join(site, "content"), ".md") {
		name = filepath.Join(site, "content", name)
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		line := cover.Find(text)
		if line == nil {
			continue
		}
		file := fmt.Sprintf("photo-%d.jpg", count)
		text = bytes.Replace(text, line, []byte("封面: "+file), 1)
		if err := errors.Join(os.WriteFile(name, text, 0o644),
			os.WriteFile(filepath.Join(filepath.Dir(name), file), photos[count%len(photos)], 0o644)); err != nil {
			t.Fatal(err)
		}
		count++
	}
	brand(t, site, photos[0])
	output := t.TempDir()
	mustRun(t, "build", "--source", site, "--now", "2026-11-24", "--output", output)
	base := serveFolder(t, output, "/")
	tab, _ := openTab(t, openBrowser(t), base)
	for _, name := range []string{"index.html", "model-sites/tax-bureau.html", "model-sites/liuhe-village.html", "model-sites/yunling-clinic.html",
		"examples/banquets.html", "tasks/school-bus.html", "activities/tree-party-day.html", "education/ai-lian-shuo.html", "topics/index.html"} {
		t.Run(name, func(t *testing.T) { checkFirstScreen(t, tab, base+name) })
	}
}

// brand gives a site a photograph and a sentence of its own.
func brand(t *testing.T, site string, photo []byte) {
	t.Helper()
	config, err := os.ReadFile(filepath.Join(site, "config.toml"))
	if err != nil {
		t.Fatal(err)
	}
	config = append(config, "\n[brand]\nhero = \"hall.jpg\"\nmotto = \"把账晒在老槐树下\"\n"...)
	static := filepath.Join(site, "static")
	if err := errors.Join(os.MkdirAll(static, 0o755), os.WriteFile(filepath.Join(site, "config.toml"), config, 0o644),
		os.WriteFile(filepath.Join(static, "hall.jpg"), photo, 0o644)); err != nil {
		t.Fatal(err)
	}
}

// photographs are JPEGs: those of the folder, else some made by hand.
func photographs(t *testing.T) (out [][]byte) {
	t.Helper()
	if folder := os.Getenv("QINGLIAN_PHOTOS"); folder != "" {
		for _, name := range files(t, folder, ".jpg") {
			b, err := os.ReadFile(filepath.Join(folder, name))
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, b)
		}
		return out
	}
	for _, size := range []image.Point{{1080, 1440}, {1440, 1080}, {1080, 1080}, {720, 1560}} {
		photo := image.NewRGBA(image.Rectangle{Max: size})
		for y := range size.Y {
			for x := range size.X {
				photo.Set(x, y, color.RGBA{uint8(x * 255 / size.X), uint8(y * 255 / size.Y), 120, 255})
			}
		}
		var b bytes.Buffer
		if err := jpeg.Encode(&b, photo, &jpeg.Options{Quality: 60}); err != nil {
			t.Fatal(err)
		}
		out = append(out, b.Bytes())
	}
	return out
}

func checkFirstScreen(t *testing.T, tab context.Context, address string) {
	t.Helper()
	do(t, tab, chromedp.EmulateViewport(screenWidth, screenHeight), chromedp.Navigate(address))
	if eval[bool](t, tab, `document.querySelector(".site-nav") === null`) {
		return // it leads on from an old address
	}
	s := eval[firstScreen](t, tab, lookAtFirstScreen)
	if s.Furniture > furnitureBudget {
		t.Errorf("furniture of %d px", s.Furniture)
	}
	if s.Title > titleBudget {
		t.Errorf("the title begins at %d px", s.Title)
	}
	if s.Text > screenHeight {
		t.Errorf("the first line of text ends at %d px", s.Text)
	}
	if s.Wide > 0 {
		t.Errorf("%d px too wide", s.Wide)
	}
	if s.Menu < .2 || s.Menu > .8 {
		t.Errorf("the edge cuts off %.2f of a word of the menu", s.Menu)
	}
	if !s.Here {
		t.Error("the menu does not show where the reader is")
	}
	if strings.HasSuffix(address, "/index.html") && s.Class == "page-home" {
		if s.Height > homeHeight {
			t.Errorf("it is %d px high", s.Height)
		}
		if s.News == 0 || s.News > screenHeight || s.Lead == 0 || s.Lead > screenHeight {
			t.Errorf("the newest news ends at %d px, the lead at %d px", s.News, s.Lead)
		}
	}
}

// TestNarrow: a word that can't be broken anywhere makes nothing wider than the screen,
// wherever it stands, nor does twice the size of letters.
func TestNarrow(t *testing.T) {
	word := strings.Repeat("Donaudampfschiff", 4)
	site := copyOf(t, sampleSite(t))
	article := "---\n标题: " + word + "\n日期: 2026-11-23 10:00\n摘要: 摘要 " + word + "\n来源: " + word + "\n作者: " + word +
		"\n责任编辑: " + word + "\n标签: [" + word + "]\n单位: " + word + "\n网址名: long\n---\n\n" + word + "\n\n## " + word +
		"\n\n- " + word + "\n\n> " + word + "\n\n## 二\n\n[" + word + "](https://" + word + ".example/" + word + ")\n\n## 三\n\n| 甲 | 乙 |\n| --- | --- |\n| " +
		word + " | " + word + " |\n\n`" + word + "`\n\n:::callout{title=" + word + "}\n" + word + "\n:::\n"
	if err := os.WriteFile(filepath.Join(site, "content", "notices", "long.md"), []byte(article), 0o644); err != nil {
		t.Fatal(err)
	}
	output := t.TempDir()
	mustRun(t, "build", "--source", site, "--now", "2026-11-24", "--output", output)
	tab, _ := openTab(t, openBrowser(t), fileURL(output))
	var pages []string
	for _, name := range files(t, output, ".html") {
		html, err := os.ReadFile(filepath.Join(output, name))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(html), word) {
			pages = append(pages, name)
		}
	}
	if len(pages) < 6 {
		t.Errorf("it stands on few pages: %q", pages)
	}
	for _, name := range pages {
		for _, at := range []struct {
			width, letter int64
			mode          string
		}{{320, 16, "plain"}, {360, 16, "plain"}, {320, 16, "large"}, {640, 32, "plain"}, {1280, 32, "plain"}} {
			if _, err := chromedp.Call(tab, chrome.SetFontSizes, chrome.SetFontSizesParams{
				FontSizes: &chrome.FontSizes{Standard: at.letter}}); err != nil {
				t.Fatal(err)
			}
			do(t, tab, chromedp.EmulateViewport(at.width, 800), chromedp.Navigate(fileURL(output)+name+"?mode="+at.mode))
			if n := eval[int](t, tab, overflow); n > 0 {
				t.Errorf("%s: %d px too wide at %d px with letters of %d px, %s: %s", name, n, at.width, at.letter, at.mode,
					eval[string](t, tab, widest))
			}
		}
	}
}

// widest is what sticks out.
const widest = `(() => {
	const width = document.documentElement.clientWidth;
	return [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > width + 1 && !e.closest(".site-nav, .table, pre, .figures"))
		.slice(0, 4).map(e => e.localName + "." + e.className).join(" ");
})()`
