package main

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestPreviewInBrowser: what editors see while they write.
func TestPreviewInBrowser(t *testing.T) {
	browser := openBrowser(t)
	for _, c := range []struct {
		name  string
		flags []string
		do    func(t *testing.T, b *viewer)
	}{
		{"in place", nil, testInPlace},
		{"style sheet and picture", nil, testRestyled},
		{"overlay", nil, testOverlay},
		{"follow", []string{"--follow"}, testFollow},
		{"marks", nil, testMarks},
		{"new article", nil, testForm},
		{"dropped document", nil, testDrop},
		{"chosen document", nil, testChoose},
		{"publish", nil, testPublish},
		{"publish the rest", nil, testPublishRest},
		{"publish what was inspected", nil, testPublishFound},
		{"deliver", nil, testDeliver},
		{"ids of an article's own", nil, testIDs},
		{"what runs", nil, testContained},
		{"phone", []string{"--lan"}, testPhone},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorkshop(t)
			w.append("themes/plain/partials/footer.html", `<details id="fold"><summary>更多</summary>内容</details><input id="typed"><input id="given" value="原来的">`)
			w.change("themes/plain/layouts/base.html", func(s string) string { return strings.Replace(s, "<head>", `<head><link rel="icon" href="data:,">`, 1) })
			w.append(bridge, strings.Repeat("\n一段不短的话，用来把这一页撑得足够长。\n", 80))
			opened := w.opener()
			p := w.serve(c.flags...)
			tab, watcher := openTab(t, browser, p.base)
			c.do(t, &viewer{editing: p, tab: tab, watcher: watcher, opened: opened})
			for _, fault := range watcher.faults() {
				t.Error(fault)
			}
		})
	}
}

// viewer is a tab in which a preview is looked at.
type viewer struct {
	*editing
	tab     context.Context
	watcher *watcher
	opened  func() string
}

// goTo opens a page and marks its window: a reload would take the mark away.
func (v *viewer) goTo(t *testing.T, address string) {
	t.Helper()
	do(t, v.tab, chromedp.EmulateViewport(desktop, 800), chromedp.Navigate(v.base+address))
	v.sees(t, `document.readyState === "complete"`)
	eval[bool](t, v.tab, `window.unmoved = true`)
}

// sees waits until something holds in the tab.
func (v *viewer) sees(t *testing.T, script string) {
	t.Helper()
	until(t, v.tab, script)
}

// is checks that something holds in the tab.
func (v *viewer) is(t *testing.T, script string) {
	t.Helper()
	if !eval[bool](t, v.tab, `Boolean(`+script+`)`) {
		t.Errorf("not: %s", script)
	}
}

func has(text string) string { return fmt.Sprintf(`document.body?.innerText.includes(%q)`, text) }

// testInPlace: what is edited changes; the place, what is unfolded and what was
// typed stay.
func testInPlace(t *testing.T, v *viewer) {
	v.goTo(t, bridgePage)
	eval[bool](t, v.tab, `(() => {
		fold.open = true;
		document.querySelector("[data-qinglian-preview] details").open = true;
		typed.value = "打了一半"; typed.focus();
		given.value = "改过的";
		scrollTo(0, 900);
		window.paragraph = document.querySelectorAll("main p")[20];
		return true;
	})()`)
	stays := func(when string) {
		t.Helper()
		for _, script := range []string{"window.unmoved", "fold.open", `document.querySelector("[data-qinglian-preview] details").open`, `typed.value === "打了一半"`,
			`given.value === "改过的"`, "document.activeElement === typed", "window.paragraph.isConnected"} {
			if !eval[bool](t, v.tab, script) {
				t.Errorf("%s: not %s", when, script)
			}
		}
	}
	v.append(bridge, "\n最后一段。\n")
	v.sees(t, has("最后一段。"))
	v.is(t, "scrollY === 900")
	stays("after an edit at the end")
	v.change(bridge, func(s string) string { return strings.Replace(s, "## 背景\n", "## 背景\n\n最前一段。\n", 1) })
	v.sees(t, has("最前一段。"))
	stays("after an edit at the beginning")
	v.change(bridge, func(s string) string { return strings.Replace(s, "一座桥", "一座新桥", 1) })
	v.sees(t, `document.title.includes("一座新桥")`)
	stays("after a new title")
	before := eval[int](t, v.tab, `Number(document.querySelector("[data-qinglian-preview]").dataset.build)`)
	v.append("content/fancy.md", "\n别处的话。\n")
	v.sees(t, fmt.Sprintf(`Number(document.querySelector("[data-qinglian-preview]").dataset.build) > %d`, before))
	stays("after an edit elsewhere")
	v.append("themes/plain/partials/footer.html", "<b>新的页脚</b>")
	v.sees(t, has("新的页脚"))
	stays("after an edit of the theme")
}

// testRestyled: a style sheet is swapped, and a picture that is another under
// its old name is shown.
func testRestyled(t *testing.T, v *viewer) {
	v.append(bridge, "\n![图](/sites/tree.svg)\n")
	v.write("layouts/fancy.html", `{{define "main"}}<h1>{{.Title}}</h1>{{with .Article}}{{.Prose}}{{end}}{{end}}`)
	v.shows(bridgePage, "sites/tree.svg")
	v.goTo(t, bridgePage)
	eval[bool](t, v.tab, `window.paragraph = document.querySelector("main p"); true`)
	v.sees(t, `document.querySelector("main img[src*=tree]").naturalWidth === 20`)
	v.write("themes/plain/assets/plain.css", "body { border-top: 7px solid red; }\n")
	v.sees(t, `getComputedStyle(document.body).borderTopWidth === "7px"`)
	v.sees(t, `document.head.querySelectorAll("link[rel=stylesheet]").length === 1`)
	// One that is for some media only stays so, and the element that scripts know.
	night := `[...document.head.querySelectorAll("link[rel=stylesheet]")].filter(l => l.id === "night" && l.media === `
	v.write("themes/plain/assets/night.css", "body { border-left: 3px solid red; }\n")
	v.change("themes/plain/layouts/base.html", func(s string) string {
		return strings.Replace(s, "</head>", `<link rel="stylesheet" id="night" media="print" href="{{.Root}}{{asset "night.css"}}"></head>`, 1)
	})
	v.sees(t, night+`"print").length === 1`)
	eval[bool](t, v.tab, `window.night = document.getElementById("night"); night.media = "(min-width: 9000px)"; window.was = night.href; true`)
	v.write("themes/plain/assets/night.css", "body { border-left: 4px solid red; }\n")
	v.sees(t, night+`"(min-width: 9000px)").length === 1 && window.night.isConnected && window.night.href !== window.was`)
	v.is(t, `getComputedStyle(document.body).borderLeftWidth === "0px"`)
	v.change("content/sites/tree.svg", func(s string) string { return strings.Replace(s, `width="20"`, `width="33"`, 1) })
	v.sees(t, `document.querySelector("main img[src*=tree]").naturalWidth === 33`)
	v.append(bridge, "\n又一段。\n")
	v.sees(t, has("又一段。"))
	v.sees(t, `document.querySelector("main img[src*=tree]").naturalWidth === 33`)
	v.is(t, "window.unmoved && window.paragraph.isConnected")
}

func testOverlay(t *testing.T, v *viewer) {
	v.goTo(t, bridgePage)
	eval[bool](t, v.tab, `scrollTo(0, 900); true`)
	v.append(bridge, "\n:::callot\n")
	v.sees(t, `document.querySelector("[data-qinglian-preview] .over")?.checkVisibility() && `+has("[unknown-directive]"))
	v.is(t, `getComputedStyle(document.querySelector("[data-qinglian-preview] .over")).position === "fixed"`)
	v.is(t, "window.unmoved && scrollY === 900 && "+has("一条河"))
	eval[bool](t, v.tab, `document.querySelector("[data-qinglian-preview] .over form button").click(); true`)
	v.await("the file is opened", func() string { return strings.TrimPrefix(v.opened(), v.at(bridge)+"\n") })
	eval[bool](t, v.tab, `document.querySelector("[data-qinglian-preview] .over-hide").click(); true`)
	v.sees(t, `!document.querySelector("[data-qinglian-preview] .over").checkVisibility()`)
	v.write(bridge, v.first[bridge]+"\n好了。\n")
	v.sees(t, `!document.querySelector("[data-qinglian-preview] .over") && `+has("好了。"))
	v.is(t, "window.unmoved")
}

// testFollow: an article that is saved is shown, but not to who looks at it.
func testFollow(t *testing.T, v *viewer) {
	v.goTo(t, "index.html")
	v.append("content/notices/open.md", "\n改过。\n")
	v.sees(t, `location.pathname.endsWith("/notices/open.html") && `+has("改过。"))
	eval[bool](t, v.tab, `window.unmoved = true`)
	v.append("content/notices/open.md", "\n又改过。\n")
	v.sees(t, has("又改过。"))
	v.is(t, "window.unmoved")
}

func testMarks(t *testing.T, v *viewer) {
	v.goTo(t, "examples/index.html")
	v.sees(t, `[...document.querySelectorAll("main a[href*=draft]")].some(a => a.textContent.includes("草稿"))`)
	v.is(t, `[...document.querySelectorAll("main a[href*=later]")].some(a => a.textContent.includes("起公开"))`)
	v.is(t, `![...document.querySelectorAll("main a[href*=bridge]")].some(a => a.querySelector(".qinglian-unseen"))`)
	v.goTo(t, "examples/draft.html")
	v.sees(t, `document.querySelector("[data-qinglian-preview] .unseen").textContent === "草稿"`)
	v.append("content/examples/draft.md", "\n一句话[^1]。\n\n[^1]: 注。\n")
	v.sees(t, has("注。")+` && document.querySelector("main a[href*='#']")`)
	v.is(t, `!document.querySelector("main a[href*='#'] .qinglian-unseen")`)
	v.change("content/examples/draft.md", func(s string) string { return strings.Replace(s, "草稿: true\n", "", 1) })
	v.sees(t, `!document.querySelector("[data-qinglian-preview] .unseen")`)
	v.goTo(t, "examples/index.html")
	v.is(t, `![...document.querySelectorAll("main a[href*=draft]")].some(a => a.querySelector(".qinglian-unseen"))`)
}

func testForm(t *testing.T, v *viewer) {
	v.goTo(t, bridgePage)
	eval[bool](t, v.tab, `document.querySelector("[data-qinglian-preview] .new").click(); true`)
	v.sees(t, `document.querySelector("[name=title]") && document.querySelector("[name=section]").value === "examples"`)
	eval[bool](t, v.tab, `document.querySelector("[name=title]").value = "表单里写的"; document.querySelector("form button").click(); true`)
	v.sees(t, `document.querySelector(".done code")`)
	name := eval[string](t, v.tab, `document.querySelector(".done code").textContent`)
	if text := v.read(name); !strings.Contains(text, "表单里写的") || !strings.HasPrefix(name, "content/examples/") {
		t.Errorf("%s has %q", name, text)
	}
	v.await("the file is opened", func() string { return strings.TrimPrefix(v.opened(), v.at(name)+"\n") })
	v.await("it is in the list", func() string {
		if s := v.get("examples/index.html"); !strings.Contains(s.body, "表单里写的") {
			return s.body
		}
		return ""
	})
}

// testIDs: an article whose text has the ids and classes of the preview's is shown
// as any other, follows each save, and keeps them.
func testIDs(t *testing.T, v *viewer) {
	v.append(bridge, "\n<b id=\"qinglian-preview\" class=\"qinglian-unseen\">加粗的</b> <span id=\"found\" class=\"marks bar over\">甲</span>\n\n"+
		"<div id=\"not\"><div class=\"over\">乙<b class=\"over-hide\">丙</b></div></div>\n")
	v.shows(bridgePage, "加粗的")
	v.goTo(t, bridgePage)
	v.is(t, has("加粗的")+` && document.querySelector("main b#qinglian-preview")`)
	v.is(t, `getComputedStyle(document.querySelector("main .over")).position === "static"`)
	eval[bool](t, v.tab, `document.querySelector("main .over-hide").click(); true`)
	v.append(bridge, "\n见[草稿](draft.md)。\n\n又一段。\n")
	v.sees(t, has("又一段。"))
	v.sees(t, `document.querySelector("main a[href*=draft] .qinglian-unseen")`)
	v.is(t, "window.unmoved && "+has("加粗的")+` && document.querySelectorAll("main b.qinglian-unseen").length === 1`)
	v.is(t, `!document.querySelector("main .over.hidden")`)
	v.is(t, `getComputedStyle(document.querySelector("[data-qinglian-preview] .bar")).position === "fixed"`)
}

// testContained: a page of static/ runs nothing in the preview and can read nothing
// of it, a drawing neither; a PDF is shown; a page of the theme does not keep the
// secret where it could be read.
func testContained(t *testing.T, v *viewer) {
	const evil = `fetch("/.preview/new").then(r => r.text()).then(x => document.title = x); document.title = "ran";`
	v.write("static/evil.html", `<!DOCTYPE html><link rel="icon" href="data:,"><title>still</title><p>旧网页</p><script>`+evil+`</script><img src=x onerror="document.title='ran'">`)
	v.write("static/evil.svg", `<svg xmlns="http://www.w3.org/2000/svg"><title>still</title><script>document.documentElement.setAttribute("data-ran", "")</script></svg>`)
	v.write("static/a.pdf", "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "+
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
	v.await("static/ is shown", func() string {
		if s := v.get("a.pdf"); s.status != 200 || v.get("evil.html").status != 200 {
			return fmt.Sprint(s.status)
		}
		return ""
	})
	do(t, v.tab, chromedp.Navigate(v.base+"evil.html"))
	v.sees(t, has("旧网页"))
	time.Sleep(200 * time.Millisecond) // for what must not happen
	v.is(t, `document.title === "still" && window.origin === "null" && !document.querySelector("[data-qinglian-preview]")`)
	do(t, v.tab, chromedp.Navigate(v.base+"evil.svg"))
	v.is(t, `window.origin === "null" && !document.documentElement.hasAttribute("data-ran")`)
	do(t, v.tab, chromedp.Navigate(v.base+"a.pdf"))
	v.await("the browser's own viewer is loaded", func() string {
		if found := strings.Join(v.watcher.faults(), "\n"); !strings.Contains(found, "chrome-extension://") {
			return found
		}
		return ""
	})
	v.goTo(t, bridgePage)
	v.is(t, `!document.documentElement.outerHTML.includes("`+v.secret()+`")`)
	v.watcher.faults() // what was not let run is told in the console, and files have no icon
}

// testPhone: a phone sees the site and follows it.
func testPhone(t *testing.T, v *viewer) {
	ips := lanAddresses()
	if len(ips) == 0 {
		missing(t, "this machine is in no network, so no phone could be played")
	}
	here, err := url.Parse(v.base)
	v.check(err)
	host := "http://" + net.JoinHostPort(ips[0], here.Port())
	v.base = host + here.Path
	v.watcher.mu.Lock()
	v.watcher.base = v.base
	v.watcher.mu.Unlock()
	v.goTo(t, bridgePage)
	do(t, v.tab, chromedp.EmulateViewport(phone, 700))
	checkWidth(t, v.tab, phone)
	v.append(bridge, "\n手机也看到。\n")
	v.sees(t, has("手机也看到。"))
	v.is(t, "window.unmoved")
	eval[bool](t, v.tab, `document.querySelector("[data-qinglian-preview] details").open = true`)
	v.sees(t, `document.querySelector("[data-qinglian-preview] img")?.naturalWidth > 100`)
	checkWidth(t, v.tab, phone)
	for _, fault := range v.watcher.faults() {
		t.Error(fault)
	}
	do(t, v.tab, chromedp.Navigate(host+"/"+bridgePage))
	v.is(t, `document.body.innerText.includes("只回答") && !`+has("桥"))
	v.watcher.faults() // the status 403
}
