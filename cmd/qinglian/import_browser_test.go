package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/rogpeppe/go-internal/txtar"
)

// notice writes the document that the script of the import has, with three pictures, a
// table of merged cells, a note, a tracked deletion and a signature, and photos beside it.
func (w *workshop) notice(photos ...string) (names []string) {
	w.Helper()
	archive, err := txtar.ParseFile("testdata/script/import.txtar")
	w.check(err)
	parts := map[string][]byte{}
	for _, f := range archive.Files {
		if name, ok := strings.CutPrefix(f.Name, "notice/"); ok {
			parts[name] = f.Data
		}
	}
	names = []string{filepath.Join(w.dir, "培训通知.docx")}
	var out bytes.Buffer
	w.check(packed(&out, parts))
	w.check(os.WriteFile(names[0], out.Bytes(), 0o644))
	for i, photo := range photos {
		name := filepath.Join(w.dir, photo)
		w.check(os.WriteFile(name, painted(filepath.Ext(photo), i+3), 0o644))
		names = append(names, name)
	}
	return names
}

// drops drops files onto the middle of the page, as they come from a folder.
func (v *viewer) drops(t *testing.T, files []string) {
	t.Helper()
	for _, step := range []input.DispatchDragEventType{"dragEnter", "dragOver", "dragOver", "drop"} {
		if step == "drop" {
			v.sees(t, has("松开，就导入到")+" && !"+has("正在导入")+" && !"+has("知道了"))
		}
		_, err := chromedp.Call(v.tab, input.DispatchDragEvent, input.DispatchDragEventParams{Type: step, X: 400, Y: 300,
			Data: &input.DragData{Items: []*input.DragDataItem{}, Files: files, DragOperationsMask: 1}})
		v.check(err)
	}
}

// testDrop: a document that is dropped onto an article, with a photo beside it, is
// imported into its section; the list leads to the article and to its file.
func testDrop(t *testing.T, v *viewer) {
	v.goTo(t, "notices/open.html")
	v.is(t, "!"+has("松开"))
	v.drops(t, v.notice("集体合影.jpeg"))
	v.sees(t, `location.search.startsWith("?done=") && document.querySelector(".done")`)
	for _, said := range []string{"培训通知.docx", "单位：清源县廉政教育中心", "请核对：文件里没有“标题”样式", "修订中已删除（张三）：“，并收取资料费”", "页眉、页脚：“内部征求意见”",
		"集体合影.jpeg：放在文章最后，说明是“集体合影”", "没有带进来的（2 处）"} {
		v.is(t, has(said))
	}
	folder := eval[string](t, v.tab, `document.querySelector("[name=folder]").value`)
	if !strings.HasPrefix(folder, "content/notices/20260928-") || !v.has(folder+"/4-ji-ti-he-ying.jpg") {
		t.Errorf("the article is in %s", folder)
	}
	v.accessible(t)
	eval[bool](t, v.tab, `document.querySelector("form[action=open] button").click(); true`)
	v.await("the file is opened", func() string { return strings.TrimPrefix(v.opened(), v.at(folder+"/index.md")+"\n") })
	do(t, v.tab, click(`.actions a`))
	v.sees(t, `document.readyState === "complete" && location.pathname.includes("/notices/20260928-")`)
	for _, shown := range []string{"2026年10月8日开展培训", "年度培训计划第三项。", "图3 座谈交流", "集体合影", "2026年9月28日", "草稿"} {
		v.is(t, has(shown))
	}
	v.is(t, `!`+has("资料费")+` && !`+has("内部征求意见"))
	v.is(t, `[...document.querySelectorAll("main td")].some(c => c.rowSpan === 2 && c.textContent.trim() === "乡镇")`)
	v.sees(t, `document.querySelectorAll("main .prose img, main figure img").length >= 4 || document.querySelectorAll("main img").length >= 4`)
	before := v.read(folder + "/index.md")
	v.drops(t, v.notice())
	v.sees(t, has("已经导入过了，在 "+folder+"/index.md"))
	if v.read(folder+"/index.md") != before {
		t.Error("it was written over")
	}
	v.redirected()
}

// testChoose: with a keyboard the same is done by a form; what can't be imported is
// answered with what to do, and so is a document that lies in content/.
func testChoose(t *testing.T, v *viewer) {
	names := v.notice()
	v.goTo(t, "index.html")
	eval[bool](t, v.tab, `document.querySelector("[data-qinglian-preview] .import").focus(); true`)
	do(t, v.tab, chromedp.KeyEvent("\r"))
	v.sees(t, `document.readyState === "complete" && document.querySelector("[name=files]")`)
	v.accessible(t)
	old := filepath.Join(v.dir, "旧.doc")
	v.check(os.WriteFile(old, []byte("旧"), 0o644))
	v.choose(t, old)
	v.sees(t, `document.querySelector(".refused") && `+has("先用 Word 或 WPS 打开"))
	v.goTo(t, ".preview/import?section=examples")
	v.choose(t, names[0])
	v.sees(t, `document.querySelector("code")?.textContent.startsWith("content/examples/")`)

	text, err := os.ReadFile(names[0])
	v.check(err)
	v.write("content/notices/培训通知.docx", string(text))
	v.write("content/notices/坏.docx", "坏")
	v.await("the documents are offered", func() string {
		if s := v.get("index.html"); !strings.Contains(s.body, "(content 里有 2 份)") {
			return "not yet"
		}
		return ""
	})
	v.goTo(t, ".preview/import")
	v.is(t, has("已经导入，可以移出 content 文件夹"))
	v.accessible(t)
	eval[bool](t, v.tab, `document.querySelector(".lying form button").click(); true`)
	v.sees(t, `document.querySelector(".refused") && document.querySelector("h2").textContent === "content/notices/坏.docx"`)
	v.redirected()
}

// choose chooses a file in the form and sends it.
func (v *viewer) choose(t *testing.T, file string) {
	t.Helper()
	do(t, v.tab, chromedp.SetUploadFiles(`[name=files]`, []string{file}))
	eval[bool](t, v.tab, `document.querySelector(".upload button").click(); true`)
	v.sees(t, `location.search.startsWith("?done=") && document.readyState === "complete"`)
}

// accessible asks axe-core about the page, on a desk and on a telephone.
func (v *viewer) accessible(t *testing.T) {
	t.Helper()
	script, err := os.ReadFile(filepath.Join(npm(t, "axe-core", "4.14.1"), "axe.min.js"))
	v.check(err)
	eval[bool](t, v.tab, string(script)+";true")
	for _, width := range []int64{320, desktop} {
		do(t, v.tab, chromedp.EmulateViewport(width, 800))
		checkWidth(t, v.tab, int(width))
		checkAccess(t, v.tab, "", width)
	}
}

// redirected forgets the one redirection, to an article that was just written.
func (v *viewer) redirected() {
	v.watcher.mu.Lock()
	defer v.watcher.mu.Unlock()
	var others []string
	for _, f := range v.watcher.found {
		if !strings.HasPrefix(f, "status 302: ") || !strings.Contains(f, "/.preview/page?file=") {
			others = append(others, f)
		}
	}
	v.watcher.found = others
}
