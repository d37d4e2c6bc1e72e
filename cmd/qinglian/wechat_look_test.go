package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestWeChatLook: on the preview's page of WeChat each style of the theme is shown, with
// the colour that is chosen. The choice is seen in all views and in what is copied; it is
// still there for the next article, and after config.toml says something else it is not.
func TestWeChatLook(t *testing.T) {
	chrome := openBrowser(t)
	w := newWorkshop(t)
	w.change("config.toml", func(s string) string { return strings.Replace(s, `"plain"`, `"lotus"`, 1) })
	w.write("content/examples/look.md", "---\n标题: 样子\n日期: 2026-10-01\n来源: 本站\n摘要: 样子。\n---\n## 起\n\n话。\n\n## 承\n\n> 引\n\n[去](https://mp.weixin.qq.com/s/x)\n")
	p := w.serve()
	tab, watcher := openTab(t, chrome, p.base)
	at := p.base + ".preview/wechat?page=examples/look.html"
	do(t, tab, chromedp.EmulateViewport(desktop, 900), chromedp.Navigate(at))
	v := &viewer{editing: p, tab: tab, watcher: watcher}
	v.is(t, `[...document.querySelectorAll(".styles label")].map(l => l.textContent.trim()).join() === "序号,朴素,红旗,青莲,静读"`)
	v.is(t, `document.querySelector(".styles :checked").value === "青莲" && document.querySelector(".lines").textContent === ""`)
	v.accessible(t)
	do(t, tab, chromedp.EmulateViewport(desktop, 900))

	const heading = `[...document.querySelectorAll(".phone iframe, .column iframe")].map(f => [...f.contentDocument.querySelectorAll("p")].filter(p => p.textContent.endsWith("起")).map(p => p.textContent + getComputedStyle(p).color).join()).join(" ")`
	eval[bool](t, tab, `(document.querySelector("[value='序号']").click(), true)`)
	v.sees(t, `document.querySelector(".lines pre") && document.querySelector(".lines pre").textContent === '[wechat]\nstyle = "序号"'`)
	v.sees(t, heading+`.split("01起").length === 5`)
	eval[bool](t, tab, `(document.querySelector("[value='#aa1111']").click(), true)`)
	v.sees(t, heading+`.split("01起rgb(119, 12, 12)").length === 3`)
	v.sees(t, `[...document.querySelectorAll(".style iframe")].every(f => f.contentDocument.body.innerHTML.includes("rgb(") || f.contentDocument.body.innerHTML.includes("#a11") || f.contentDocument.body.innerHTML.includes("#770c0c"))`)
	v.is(t, `document.querySelector("[download]").href.includes(encodeURIComponent("序号"))`)
	v.is(t, `[...document.querySelectorAll(".style iframe")].every(f => !f.contentDocument.querySelector("a[href]"))`)
	v.sees(t, `document.querySelector(".lines pre").textContent === '[wechat]\nstyle = "序号"\ncolor = "#aa1111"'`)
	v.accessible(t)

	do(t, tab, chromedp.Navigate(strings.Replace(at, "look", "bridge", 1)))
	v.is(t, `document.querySelector(".styles :checked").value === "序号" && document.querySelector(".tones :checked").value === "#aa1111"`)
	w.change("config.toml", func(s string) string { return s + "\n[wechat]\nstyle = \"静读\"\n" })
	v.sees(t, `(document.querySelector(".styles :checked") || {}).value === "静读"`)
	for _, fault := range watcher.faults() {
		t.Error(fault)
	}
}
