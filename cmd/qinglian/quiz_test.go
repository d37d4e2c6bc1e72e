package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestQuiz does the self-test of the writing guide with the keyboard alone,
// prints it, and reads it without a script.
func TestQuiz(t *testing.T) {
	browser := openBrowser(t)
	output := copyOf(t, sampleOutput(t)) // a page is added
	base := serveFolder(t, output, "/")
	tab, w := openTab(t, browser, base)
	text := func(selector string) string {
		t.Helper()
		return eval[string](t, tab, `document.querySelector("`+selector+`").innerText`)
	}
	said := func(when, want string) {
		t.Helper()
		if got := text(".quiz-said"); got != want {
			t.Errorf("%s: %q", when, got)
		}
	}
	press := func(keys string) { t.Helper(); do(t, tab, chromedp.KeyEvent(keys)) }
	shown := func(selector string) bool {
		t.Helper()
		return eval[bool](t, tab, `document.querySelector("`+selector+`").getClientRects().length > 0`)
	}

	do(t, tab, chromedp.EmulateViewport(phone, 800), chromedp.Navigate(base+"writing.html"))
	eval[bool](t, tab, `(document.querySelector(".quiz-actions button").focus(), true)`)
	press(kb.Enter)
	said("nothing answered", "还有 3 题没有答。")
	if reason := text(".verdict"); reason != "这一题还没有答。" {
		t.Errorf("the first question says %q", reason)
	}
	until(t, tab, inView+`(".verdict")`)
	press(kb.ArrowDown) // from A to B; the first question has the focus
	press(kb.Tab)
	press(" ") // A and C of the second: wrong
	press(kb.Tab)
	press(kb.Tab)
	press(" ")
	press(kb.Tab)
	press(kb.ArrowDown)
	press(kb.Tab)
	press(kb.Enter)
	said("one wrong", "答对 2 题，共 3 题，合格。")
	if v := text(".bad .verdict"); !strings.HasPrefix(v, "✗ 答错了，正确的是 A、B") || !strings.Contains(v, "全选对才算对") {
		t.Errorf("verdict %q", v)
	}
	if shown(".answers") {
		t.Error("the answers are seen beside the verdicts")
	}
	checkWidth(t, tab, phone)

	do(t, tab, chromedp.Reload())
	if best := text(".quiz-best"); !strings.HasPrefix(best, "这台设备上的最好成绩：2 / 3，") {
		t.Errorf("after a reload: %q", best)
	}
	for _, right := range []string{"0-q0:1", "0-q1:0", "0-q1:1", "0-q2:1"} {
		name, place, _ := strings.Cut(right, ":")
		eval[bool](t, tab, `(document.querySelectorAll(".quiz input[name$='`+name[1:]+`']")[`+place+`].click(), true)`)
	}
	do(t, tab, click(chromedp.Search(`//button[text()="交卷"]`)))
	said("all right", "答对 3 题，共 3 题，合格。")
	do(t, tab, click(chromedp.Search(`//button[text()="做一张证书"]`)))
	press("林简")
	if c := text(".certificate"); !strings.Contains(c, "合格证书") || !strings.Contains(c, "林简") || !strings.Contains(c, "完成了“写法小测”，答对 3 题，共 3 题。") {
		t.Errorf("certificate %q", c)
	}
	checkWidth(t, tab, phone)

	media := func(name string) {
		t.Helper()
		if _, err := chromedp.Call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: name}); err != nil {
			t.Fatal(err)
		}
	}
	media("print")
	if !shown(".answers ol") || shown(".verdict") || shown(".quiz-actions") {
		t.Error("paper does not have the questions with the answers behind")
	}
	media("")
	for _, fault := range w.faults() {
		t.Error(fault)
	}

	// A question without choices, and what only looks like a quiz, are left as they
	// are; the other questions work.
	whole, err := os.ReadFile(filepath.Join(output, "writing.html"))
	if err != nil {
		t.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(whole), `<ol class="choices" type="A">`)
	_, rest, _ = strings.Cut(rest, "</ol>")
	broken := strings.Replace(before+rest, `<section class="quiz"`,
		`<div class="quiz"><p class="question ask">甲</p><p class="answers choices" id="quiz0-3-1">乙</p></div><section class="quiz"`, 1)
	if err := os.WriteFile(filepath.Join(output, "broken.html"), []byte(broken), 0o644); err != nil {
		t.Fatal(err)
	}
	do(t, tab, chromedp.Navigate(base+"broken.html"))
	eval[bool](t, tab, `(document.querySelector(".quiz-actions button").click(), true)`)
	said("without the choices of one", "还有 2 题没有答。")
	for _, fault := range w.faults() {
		t.Error(fault)
	}

	withoutScript(t, tab)
	do(t, tab, chromedp.Navigate(base+"writing.html"))
	if !shown(".answers summary") || eval[int](t, tab, `document.querySelectorAll(".choices > li").length`) != 8 {
		t.Error("without JavaScript there are no questions with answers behind")
	}
}
