package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// draftLine is the line that makes an article a draft.
var draftLine = regexp.MustCompile(`(?m)^(草稿|draft).*\n`)

// TestStartInBrowser: from an archive that is unpacked in a new folder to a published article
// of one's own in at most twelve clicks, and what else the start page does.
func TestStartInBrowser(t *testing.T) {
	browser := openBrowser(t)
	w := newWorkshop(t)
	home := filepath.Join(w.dir, "家")
	w.check(os.MkdirAll(filepath.Join(home, "Documents", "别的"), 0o755))
	opened := w.opener()
	w.env = append(w.env, "HOME="+home, "XDG_CONFIG_HOME="+filepath.Join(home, ".config"))
	program := "qinglian"
	if os.Getenv("REQUIRE_ALL") != "" { // linking takes longer than all the rest
		program = w.unpacked()
	}
	began := time.Now()
	p := w.follow([]string{program, "start"})
	tab, watcher := openTab(t, browser, p.base)
	v := &viewer{editing: p, tab: tab, watcher: watcher, opened: opened}
	p.await("the page is opened", func() string { return strings.TrimPrefix(opened(), p.base+"\n") })
	clicks := 0
	press := func(where string) {
		t.Helper()
		clicks++
		do(t, tab, click(where))
	}

	v.goTo(t, "")
	v.is(t, `document.activeElement === document.body && `+has("新建网站")+` && !`+has("我的网站"))
	v.accessible(t)
	v.pictured(t, "start")
	w.site = filepath.Join(home, "Documents", "清廉网站")
	do(t, tab, chromedp.SendKeys(`[name=region]`, "清源县"))
	press(`form[action=make] button`)
	v.arrives(t, `document.querySelector(".doings")`)
	v.is(t, `document.querySelector("h1").textContent === "清源县清廉建设"`)
	v.accessible(t)
	v.pictured(t, "site")
	sitePage := eval[string](t, tab, "location.href")

	press(`.doings a[href$="/new"]`)
	v.arrives(t, `document.querySelector("[name=title]")`)
	do(t, tab, chromedp.SendKeys(`[name=title]`, "头一篇"))
	press(`form[action=new] button`)
	v.sees(t, `document.querySelector(".done code")`)
	file := eval[string](t, tab, `document.querySelector(".done code").textContent`)
	p.await("the article is opened", func() string {
		if !strings.HasSuffix(opened(), w.at(file)+"\n") {
			return opened()
		}
		return ""
	})
	w.change(file, func(s string) string { // what its writer does in an editor
		return draftLine.ReplaceAllString(s, "") + "\n自己写的一段。\n"
	})
	press(`main a[href="../"]`)
	// It is no draft any more, and the page has come to rest.
	v.arrives(t, `document.querySelector("template.marks")?.content.children.length === 0 && `+has("头一篇"))
	press(`[data-qinglian-preview] .publish`)
	v.arrives(t, `document.querySelector("[name=seen]") && `+has("头一篇"))
	press(`[name=seen] ~ button`)
	v.sees(t, `document.querySelector(".done")`)
	v.is(t, "!"+has("还不公开"))
	v.pictured(t, "published")
	press(`[name=published] ~ button`)
	p.await("the site is opened", func() string {
		if !strings.HasSuffix(opened(), w.at("public/index.html")+"\n") {
			return opened()
		}
		return ""
	})
	list := "public/" + strings.Split(file, "/")[1] + "/index.html"
	if clicks > 12 || !strings.Contains(w.read(list), "头一篇") {
		t.Errorf("%d clicks; %s has not the article: %s", clicks, list, w.read(file))
	}
	t.Logf("%d clicks, %.1f seconds", clicks, time.Since(began).Seconds())

	// The start page knows it from now on; the sample, and folders.
	do(t, tab, chromedp.Navigate(sitePage), click(`a[href="./"]`))
	v.arrives(t, ``+has("我的网站")+` && `+has("清源县清廉建设"))
	v.pictured(t, "known")
	v.is(t, `document.querySelector("form[action=make] [name=folder]").value.endsWith("清廉网站2")`)
	eval[bool](t, tab, `document.querySelector("form[action=make] [name=folder]").value = `+inScript(w.site)+`; true`)
	do(t, tab, click(`form[action=make] button`))
	v.sees(t, `document.querySelector(".refused") && `+has("里已有文件，没有动它"))
	v.accessible(t)
	eval[bool](t, tab, `document.querySelector("form[action=make] [name=folder]").value = `+inScript(filepath.Join(home, "示例"))+`; true`)
	do(t, tab, click(`[name=sample]`), click(`form[action=make] button`))
	v.arrives(t, `document.querySelector(".doings")`)
	do(t, tab, chromedp.Navigate(p.base))
	v.is(t, `[...document.querySelectorAll("form[action=open] [name=folder]")].map(i => i.value.split("/").pop()).join() === "示例,清廉网站,"`)
	do(t, tab, click(`a[href="?in="]`))
	v.arrives(t, ``+has("这个文件夹里没有网站"))
	v.is(t, has("示例 （网站）")+` && `+has("Documents")+` && !`+has(".config"))
	v.accessible(t)
	v.pictured(t, "folders")
	for _, link := range []string{"Documents", "别的", "Documents", "清廉网站"} {
		eval[bool](t, tab, `[...document.querySelectorAll(".folders a")].find(a => a.href.endsWith("/"+encodeURIComponent(`+inScript(link)+`)) || decodeURIComponent(a.href).endsWith(`+inScript("/"+link)+`)).click(); true`)
		v.arrives(t, `document.querySelector("main code")?.textContent.endsWith(`+inScript("/"+link)+`)`)
	}
	do(t, tab, click(`form[action=open] button`))
	v.arrives(t, `document.querySelector("h1").textContent === "清源县清廉建设"`)
	if here := eval[string](t, tab, "location.href"); here != sitePage {
		t.Errorf("it is opened twice: %s and %s", here, sitePage)
	}
}

// arrives waits until something holds on the page that the tab is on its way to.
func (v *viewer) arrives(t *testing.T, script string) {
	t.Helper()
	until(t, v.tab, `document.readyState === "complete" && `+script)
}

func inScript(s string) string { return "`" + s + "`" }
