package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// testPublish: the page shows what would change, publishes it after one confirmation, and
// says what waits.
func testPublish(t *testing.T, v *viewer) {
	v.goTo(t, "index.html")
	do(t, v.tab, click(`[data-qinglian-preview] .publish`))
	v.sees(t, `document.readyState === "complete" && document.querySelector("[name=seen]")`)
	v.is(t, has("新发布")+" && "+has("还不公开")+" && "+has(" · 草稿"))
	v.accessible(t)
	v.pictured(t, "first")
	if v.has("public/index.html") {
		t.Error("it was published before anybody agreed")
	}
	do(t, v.tab, click(`[name=seen] ~ button`))
	v.sees(t, `document.querySelector(".done")`)
	v.is(t, has("已发布")+" && "+has("还不公开"))
	v.accessible(t)
	v.pictured(t, "done")
	if !v.has("public/index.html") {
		t.Error("nothing was published")
	}
	do(t, v.tab, click(`[name=published] ~ button`))
	v.await("the site is opened", func() string { return strings.TrimPrefix(v.opened(), v.at("public/index.html")+"\n") })

	// What was saved meanwhile is not published unseen.
	v.goTo(t, ".preview/publish")
	v.is(t, has("没有要变的")+` && !document.querySelector("[name=seen]")`)
	v.write("content/news/one.md", "---\n标题: 头一篇\n日期: 2026-02-01\n来源: 本站\n---\n")
	v.goTo(t, ".preview/publish")
	v.is(t, has("新发布 1 篇")+" && "+has("头一篇"))
	v.write("content/news/two.md", "---\n标题: 第二篇\n日期: 2026-02-02\n来源: 本站\n---\n")
	do(t, v.tab, click(`[name=seen] ~ button`))
	v.sees(t, has("刚才又有文件保存了")+" && "+has("新发布 2 篇"))
	if v.has("public/news/one.html") {
		t.Error("it was published unseen")
	}
	do(t, v.tab, click(`[name=seen] ~ button`))
	v.sees(t, `document.querySelector(".done")`)
}

// testPublishRest: where only articles that were never public have errors, the rest can be
// published; one that is public must be mended.
func testPublishRest(t *testing.T, v *viewer) {
	v.write("content/news/one.md", "---\n标题: 头一篇\n日期: 昨天\n来源: 本站\n---\n")
	v.goTo(t, ".preview/publish")
	v.is(t, has("可以先发布其余的")+" && "+has("日期读不懂")+" && "+has("头一篇 · 有错误，改好再发布"))
	v.accessible(t)
	v.pictured(t, "rest")
	do(t, v.tab, click(`[name=file] ~ button`))
	v.await("the file is opened", func() string { return strings.TrimPrefix(v.opened(), v.at("content/news/one.md")+"\n") })
	do(t, v.tab, click(`[name=seen] ~ button`))
	v.sees(t, `document.querySelector(".done")`)
	v.is(t, has("头一篇 · 有错误，改好再发布"))
	if !v.has("public/index.html") || v.has("public/news/one.html") {
		t.Error("not the rest was published")
	}
	v.spoil("content/news/n01.md", "\n[无](无.md)\n")
	v.goTo(t, ".preview/publish")
	v.is(t, has("已经公开的文章有错误")+` && !document.querySelector("[name=seen]") && document.querySelector("[value='content/news/n01.md']")`)
	v.accessible(t)
	v.pictured(t, "broken")
}

// testPublishFound: before anything is published, the page shows what check finds, with a way
// to each page; and with the gate, that this is what stops it. What was taken down waits for
// nothing.
func testPublishFound(t *testing.T, v *viewer) {
	v.write("content/news/list.md", "---\n标题: 名单\n日期: 2026-02-01\n来源: 本站\n---\n张三 11010119900307002X。\n")
	v.write("content/news/down.md", "---\n标题: 停水通知\n日期: 2026-02-01\n来源: 本站\n已撤下: 写错了\n---\n")
	v.goTo(t, ".preview/publish")
	v.is(t, has("查出错误 1 处")+" && "+has("不改也能发布")+" && "+has("这是一个身份证号码")+" && "+has("改法：删去")+" && "+
		has("content/news/list.md:6 id-number"))
	v.is(t, `!`+has("停水通知 · "))
	v.accessible(t)
	v.pictured(t, "found")
	v.is(t, `document.querySelector("[name=seen]")`)
	do(t, v.tab, click(`.found .error a`))
	v.sees(t, `location.pathname.endsWith("/news/list.html")`)
	v.append("config.toml", "\n[check]\ngate = \"error\"\n")
	v.goTo(t, ".preview/publish")
	v.is(t, has(`gate = "error"：检查出的错误不改好就不能发布`)+` && !document.querySelector(".found .error")`)
	v.is(t, has("可以先发布其余的")+" && "+has("名单 · 有错误，改好再发布"))
	v.accessible(t)
	v.pictured(t, "gated")
}

// pictured keeps a picture of the screen in $QINGLIAN_SCREENS, if that is set, to be looked at.
func (v *viewer) pictured(t *testing.T, name string) {
	t.Helper()
	folder := os.Getenv("QINGLIAN_SCREENS")
	if folder == "" {
		return
	}
	png, err := chromedp.Run(v.tab, chromedp.CaptureScreenshot())
	v.check(err)
	v.check(os.WriteFile(folder+"/"+strings.ReplaceAll(t.Name(), "/", "-")+"-"+name+".png", png, 0o644))
}

// testDeliver: where config.toml names a place, what was published is carried there by the
// same button; what went wrong is told, and it can be done again.
func testDeliver(t *testing.T, v *viewer) {
	out := filepath.Join(t.TempDir(), "www")
	v.change("config.toml", func(s string) string { return "id = \"aaaaaaaa\"\n" + s })
	v.append("config.toml", "\n[deploy.web]\nto = '"+out+"'\nsite = \"https://www.example.org\"\n[deploy.stick]\nto = '"+out+"/none/none'\n")
	v.goTo(t, ".preview/publish")
	v.is(t, `[...document.querySelectorAll("#place option")].map(o => o.textContent).join() === "web,stick,先不送"`)
	v.accessible(t)
	v.pictured(t, "places")
	do(t, v.tab, click(`[name=seen] ~ button`))
	v.sees(t, `document.querySelector(".done")`)
	v.is(t, has("已送到 web")+` && document.querySelector("main a[href='https://www.example.org/']")`)
	v.accessible(t)
	v.pictured(t, "delivered")
	if _, err := os.Stat(filepath.Join(out, "index.html")); err != nil {
		t.Error(err)
	}
	v.goTo(t, ".preview/publish")
	v.is(t, has("没有要变的"))
	do(t, v.tab, chromedp.SetValue(`#place`, "stick"), click(`[action=delivery] button`))
	v.sees(t, `document.querySelector(".refused")`)
	v.is(t, has("U 盘插好了吗"))
	v.accessible(t)
	v.pictured(t, "refused")
	v.check(os.MkdirAll(filepath.Join(out, "none"), 0o755))
	do(t, v.tab, click(`[name=place] ~ button`))
	v.sees(t, `document.querySelector(".done")`)
	v.is(t, has("已送到 stick"))
}
