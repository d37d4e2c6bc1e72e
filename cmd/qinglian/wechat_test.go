package main

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"qinglian/internal/channel/wechat"
	"qinglian/internal/diag"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
)

// sampleSnapshot is the sample site with a theme, by default its own.
func sampleSnapshot(t *testing.T, theme string) (*source.Site, snapshot.Snapshot) {
	t.Helper()
	s, err := openSite(sampleSite(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	opt, err := (&program{lang: diag.ZH}).options(buildFlags{theme: theme, jobs: 2}, s)
	if err != nil {
		t.Fatal(err)
	}
	snap, _, err := snapshot.Of(s, 0, snapshot.State{}, opt)
	if err != nil {
		t.Fatal(err)
	}
	return s, snap
}

// stylesOf are the names of the styles of a site's theme.
func stylesOf(t *testing.T, snap snapshot.Snapshot) []string {
	t.Helper()
	shown, text, _ := snap.Theme.File(wechat.StylesFile)
	all, problems := wechat.Styles(shown, text)
	if len(problems) > 0 || len(all) < 5 {
		t.Fatal(len(all), problems)
	}
	return slices.Sorted(maps.Keys(all))
}

// TestWeChatOfSample: every article of the sample site passes the contract in
// each of the styles, and its kit is the same each time.
func TestWeChatOfSample(t *testing.T) {
	s, snap := sampleSnapshot(t, "")
	if len(snap.Site.Pages) < 40 {
		t.Fatalf("%d pages", len(snap.Site.Pages))
	}
	for _, style := range stylesOf(t, snap) {
		snap.Site.Config.WeChat.Style = style
		for _, page := range snap.Site.Pages {
			a, err := wechat.Of(snap.Site, page, snap.Theme.File)
			if err != nil {
				t.Fatal(page.Path, err)
			}
			for _, d := range a.Findings {
				if d.Severity == diag.Error || d.Rule == "wechat-limit" && d.Severity == diag.Warning {
					t.Errorf("%s, %s: %v", style, page.Path, d)
				}
			}
			if style != "青莲" {
				continue
			}
			if err := a.Load(s.Read); err != nil {
				t.Fatal(page.Path, err)
			}
			first, err := a.Kit()
			if err != nil {
				t.Fatal(err)
			}
			if again, _ := a.Kit(); !bytes.Equal(first, again) {
				t.Errorf("%s: two kits differ", page.Path)
			}
		}
	}
}

// How many characters of tags an article has for one of its text: most have no more
// than a few, and none has many, whatever it consists of.
const (
	fewTags  = 2.5
	mostTags = 2.8
)

// TestWeChatLength: tags count as text in WeChat, so in each style there are few of them
// for the text of an article of some length, its cards with codes included. Tables are
// counted apart, since a cell may be a digit; and what stands in no section is no article.
func TestWeChatLength(t *testing.T) {
	_, snap := sampleSnapshot(t, "")
	for _, style := range stylesOf(t, snap) {
		snap.Site.Config.WeChat.Style = style
		allTags, allText, articles, above := 0, 0, 0, 0
		for _, page := range snap.Site.Pages {
			a, err := wechat.Of(snap.Site, page, snap.Theme.File)
			if err != nil {
				t.Fatal(page.Path, err)
			}
			tags, text := counted(tables.ReplaceAllString(a.Fragment, ""))
			allTags, allText = allTags+tags, allText+text
			if text < 1000 || page.In == nil {
				continue
			}
			articles++
			ratio := float64(tags) / float64(text)
			if ratio > fewTags {
				above++
			}
			if ratio > mostTags {
				t.Errorf("%s in %s: %d characters of tags for %d of text, %.2f", page.Path, style, tags, text, ratio)
			}
		}
		ratio := float64(allTags) / float64(allText)
		if t.Logf("%s: %.2f in all", style, ratio); ratio > fewTags || above > articles/5 || articles < 20 {
			t.Errorf("%s: %d articles, %d above %.1f, %.2f in all", style, articles, above, fewTags, ratio)
		}
	}
}

var (
	tables = regexp.MustCompile(`<table.*?</table>`)
	tag    = regexp.MustCompile(`<[^>]*>`)
)

// counted are the characters of a fragment's tags and references, and of its text
// without its spaces.
func counted(fragment string) (tags, text int) {
	said := html.UnescapeString(tag.ReplaceAllString(fragment, ""))
	return utf8.RuneCountInString(fragment) - utf8.RuneCountInString(said),
		utf8.RuneCountInString(strings.Join(strings.Fields(said), ""))
}

// TestWeChatKit: a photograph becomes what WeChat takes, with covers around the
// point that must stay in view.
func TestWeChatKit(t *testing.T) {
	w := newWorkshop(t)
	w.write("content/examples/photos/hall.jpg", photograph(t, 4000, 3000))
	w.write("content/examples/photos/index.md", "---\n标题: 照片\n日期: 2026-10-01\n来源: 本站\n摘要: 照片。\n封面: {src: hall.jpg, focus: [0.7, 0.3]}\n---\n![大厅](hall.jpg)\n")
	name := filepath.Join(w.dir, "kit.zip")
	mustRun(t, "wechat", "kit", "--source", w.site, "content/examples/photos/index.md", "--output", name)
	z, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	sizes := map[string]image.Point{}
	sheet, article := "", ""
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		switch filepath.Ext(f.Name) {
		case ".jpg":
			c, err := jpeg.DecodeConfig(bytes.NewReader(b))
			if err != nil || len(b) > 1<<20 {
				t.Errorf("%s: %d bytes, %v", f.Name, len(b), err)
			}
			sizes[f.Name] = image.Pt(c.Width, c.Height)
		case ".txt":
			sheet = string(b)
		case ".html":
			article = string(b)
		}
	}
	if sizes["cover-wide.jpg"] != image.Pt(900, 383) || sizes["cover-square.jpg"] != image.Pt(500, 500) || sizes["pictures/1.jpg"].X != 1354 {
		t.Errorf("pictures %v", sizes)
	}
	if !strings.Contains(article, `<img src="data:image/jpeg;base64,`) || strings.Contains(article, `src="pictures/`) {
		t.Error("article.html has no pictures in it to copy")
	}
	if !strings.Contains(sheet, "【标题】\r\n照片\r\n") || !strings.Contains(sheet, "pic_crop：0.") {
		t.Error(sheet)
	}
}

// TestWeChatView: the preview's page of WeChat. What it copies is HTML with the
// pictures in it; nothing is wider than a phone; codes can be read off the screen.
func TestWeChatView(t *testing.T) {
	chrome := openBrowser(t)
	w := newWorkshop(t)
	w.write("content/examples/photos/hall.jpg", photograph(t, 1200, 2000))
	w.write("content/examples/photos/plan.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30" viewBox="0 0 40 30"><path d="M0 0h40v30z"/></svg>`)
	w.write("content/examples/photos/dense.svg", dense())
	w.write("content/examples/photos/index.md", "---\n标题: 照片\n日期: 2026-10-01\n来源: 本站\n摘要: 照片。\n封面: hall.jpg\n---\n## 大厅\n\n![大厅](hall.jpg)\n\n![平面图](plan.svg)\n\n![密](dense.svg)\n\n- 一项\n\n见[桥](../bridge.md)。\n\n| 很长的一列表头文字 | 很长的一列表头文字 | 很长的一列表头文字 | 很长的一列表头文字 |\n|---|---|---|---|\n| 甲 | 乙 | 丙 | 丁 |\n")
	w.write("content/examples/drawn.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30" viewBox="0 0 40 30"><path d="M0 0h40v30z"/></svg>`)
	w.write("content/examples/drawn.md", "---\n标题: 画\n日期: 2026-10-01\n来源: 本站\n摘要: 画。\n封面: drawn.svg\n---\n画。\n")
	w.change("themes/plain/layouts/base.html", func(s string) string { return strings.Replace(s, "<head>", `<head><link rel="icon" href="data:,">`, 1) })
	p := w.serve()
	tab, watcher := openTab(t, chrome, p.base)
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		if _, err := chromedp.CallBrowser(tab, browser.SetPermission, browser.SetPermissionParams{Permission: &browser.PermissionDescriptor{Name: name},
			Setting: browser.PermissionSettingGranted, BrowserContextID: chromedp.FromContext(tab).BrowserContextID}); err != nil {
			t.Fatal(err)
		}
	}
	do(t, tab, chromedp.EmulateViewport(desktop, 900), chromedp.Navigate(p.base+"examples/photos.html"))
	do(t, tab, chromedp.Navigate(p.base+eval[string](t, tab, `document.querySelector("[data-qinglian-preview] a[href*=wechat]").getAttribute("href").replace("../", "")`)))
	v := &viewer{editing: p, tab: tab, watcher: watcher}
	v.is(t, has("标题"))
	v.is(t, has("2 / 64"))
	v.is(t, `document.querySelectorAll(".covers img").length === 2`)
	v.is(t, has("公众号只收 JPEG 和 PNG 图片"))
	eval[bool](t, tab, `(document.querySelector(".copy").click(), true)`)
	v.sees(t, `document.querySelector(".said").textContent.startsWith("已复制")`)
	copied, err := chromedp.Run(tab, chromedp.Evaluate[string](`(window.focus(), navigator.clipboard.read().then(items => items[0].getType("text/html")).then(b => b.text()))`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{">大厅</p>", "data:image/jpeg;base64,", "data:image/png;base64,", "・一项", "[1] 一座桥"} {
		if !strings.Contains(copied, part) {
			t.Errorf("the clipboard has no %s in %d bytes", part, len(copied))
		}
	}
	if strings.Contains(copied, "image/svg") || strings.Contains(copied, ".svg") || strings.Contains(copied, "<li") {
		t.Error("the clipboard has what WeChat drops")
	}

	widths := regexp.MustCompile(`<img src="data:image/(\w+);base64,([^"]+)" alt="(平面图|密)"`).FindAllStringSubmatch(copied, -1)
	for i, want := range []struct {
		kind         string
		least, width int
	}{{"png", 2 * 40, 2 * 40}, {"jpeg", 677, 2 * 677}} {
		b, err := base64.StdEncoding.DecodeString(widths[i][2])
		if err != nil {
			t.Fatal(err)
		}
		if c, kind, err := image.DecodeConfig(bytes.NewReader(b)); kind != want.kind || c.Width < want.least || c.Width > want.width || len(b) >= 1<<20 || err != nil {
			t.Errorf("%s is copied as a %s of %d pixels and %d bytes, %v", widths[i][3], kind, c.Width, len(b), err)
		}
	}
	for i, want := range []string{"照片。", "/examples/photos.html"} {
		eval[bool](t, tab, fmt.Sprintf(`([...document.querySelectorAll(".copy-text")].slice(-2)[%d].click(), true)`, i))
		text, err := chromedp.Run(tab, chromedp.Evaluate[string](`(window.focus(), navigator.clipboard.readText())`,
			chromedp.EvalAwaitPromise))
		if err != nil || !strings.HasSuffix(text, want) {
			t.Errorf("the button copies %q, want %s: %v", text, want, err)
		}
	}

	for _, dark := range []string{"", "&dark=1"} {
		do(t, tab, chromedp.EmulateViewport(phone, 3000), chromedp.Navigate(p.base+".preview/wechat/frame?page=examples/photos.html"+dark))
		checkWidth(t, tab, phone)
		shot, err := chromedp.Run(tab, chromedp.Screenshot(chromedp.CSS(`img[src*="codes/1.png"]`)))
		if err != nil {
			t.Fatal(err)
		}
		readCode(t, shot)
	}
	do(t, tab, chromedp.EmulateViewport(desktop, 900), chromedp.Navigate(p.base+".preview/wechat?page=examples/drawn.html"))
	v.is(t, has("封面是 SVG 图"))
	v.sees(t, `[...document.querySelectorAll(".covers a")].map(a => a.download + " " + a.href.slice(0, 22) + " " + a.firstChild.naturalWidth).join() ===
		"cover-900x383.jpg data:image/jpeg;base64 900,cover-500x500.jpg data:image/jpeg;base64 500"`)
	for _, fault := range watcher.faults() {
		t.Error(fault)
	}
	if files := w.build().files; len(files) == 0 {
		t.Error("nothing is published")
	} else {
		for name := range files {
			if strings.Contains(name, "wechat") || strings.Contains(name, "codes/") {
				t.Errorf("%s is published", name)
			}
		}
	}
}

// dense is a drawing that is too large for WeChat as a PNG.
func dense() string {
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900" viewBox="0 0 900 900">`)
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		fmt.Fprintf(&b, `<path stroke="#%06x" d="M%d %dL%d %d"/>`, r.IntN(1<<24), r.IntN(900), r.IntN(900), r.IntN(900), r.IntN(900))
	}
	b.WriteString("</svg>")
	return b.String()
}

// TestWeChatStands: on a phone no cell is narrower than four characters, whatever the
// number of columns, so that a wide table scrolls in itself and a narrow one does not;
// rows of lists hang from their markers, and code is broken between words.
func TestWeChatStands(t *testing.T) {
	chrome := openBrowser(t)
	w := newWorkshop(t)
	row := func(cell string, columns int) string { return strings.Repeat("| "+cell+" ", columns) + "|\n" }
	table := func(columns int, head, cell string) string {
		return "\n" + row(head, columns) + row("--", columns) + row(cell, columns) + row("甲", columns) + "\n"
	}
	long := strings.Repeat("很长的一段话", 12)
	w.write("content/examples/stands.md", "---\n标题: 站位\n日期: 2026-10-01\n来源: 本站\n摘要: 站位。\n---\n"+
		table(8, "项目", "乙")+"隔\n"+table(8, "很长的一列表头文字", long)+"隔\n"+table(2, "项目", "乙")+"隔\n"+table(3, "项目名称", "某某")+
		"隔\n\n| 项目 | 说明 |\n|---|---|\n| 甲 | "+long+" |\n\n"+
		"- "+long+"\n- 短\n\n"+strings.Repeat("1. "+long+"\n", 10)+"\n- [x] "+long+"\n\n```\n"+strings.Repeat("qinglian build ", 12)+"\n```\n")
	p := w.serve()
	tab, watcher := openTab(t, chrome, p.base)
	do(t, tab, chromedp.EmulateViewport(phone, 3000), chromedp.Navigate(p.base+".preview/wechat/frame?page=examples/stands.html"))
	checkWidth(t, tab, phone)
	const narrowest = `[...document.querySelectorAll("table")].map(table => Math.min(...[...table.querySelectorAll("td,th")].map(cell => {
		const style = getComputedStyle(cell);
		return Math.floor((cell.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)) / parseFloat(style.fontSize));
	}))).filter(characters => characters < 4).length`
	if n := eval[int](t, tab, narrowest); n != 0 {
		t.Errorf("%d tables have cells narrower than four characters", n)
	}
	const scrolls = `[...document.querySelectorAll("table")].map(table => table.parentNode.scrollWidth > table.parentNode.clientWidth).join()`
	if got := eval[string](t, tab, scrolls); got != "true,true,false,false,false" {
		t.Errorf("of the tables scroll: %s", got)
	}
	// The second line of a row begins where the text of the first does.
	const hangs = `[...document.querySelectorAll("p")].filter(row => row.children.length === 0 && /^(・|\u2007?[0-9]+\.|☑) *很/.test(row.textContent)).map(row => {
		const range = document.createRange(), at = row.textContent.indexOf("很");
		range.setStart(row.firstChild, at);
		range.setEnd(row.firstChild, at + 1);
		const first = range.getBoundingClientRect();
		range.setStart(row.firstChild, at + 30);
		range.setEnd(row.firstChild, row.textContent.length);
		return Math.min(...[...range.getClientRects()].map(line => line.left)) - first.left;
	})`
	rows := eval[[]float64](t, tab, hangs)
	if len(rows) != 12 {
		t.Errorf("%d rows", len(rows))
	}
	for i, off := range rows {
		if off < -5 || off > 5 {
			t.Errorf("row %d: the second line is %.1f px off the text of the first", i, off)
		}
	}
	const broken = `(() => {
		const text = [...document.querySelectorAll("p")].find(p => p.textContent.startsWith("qinglian build")).firstChild, range = document.createRange();
		return [...text.data.matchAll(/[a-z]+/g)].filter(word => {
			range.setStart(text, word.index);
			range.setEnd(text, word.index + word[0].length);
			return range.getClientRects().length > 1;
		}).length;
	})()`
	if n := eval[int](t, tab, broken); n != 0 {
		t.Errorf("%d words of the code are broken", n)
	}
	for _, fault := range watcher.faults() {
		t.Error(fault)
	}
}

// readCode reads a QR code off a picture of it.
func readCode(t *testing.T, shot []byte) {
	t.Helper()
	im, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		t.Fatal(err)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(im)
	if err != nil {
		t.Fatal(err)
	}
	got, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil || !strings.HasSuffix(got.GetText(), "/examples/bridge.html") {
		t.Errorf("the code says %v, %v", got, err)
	}
}
