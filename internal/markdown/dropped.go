package markdown

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"qinglian/internal/diag"
)

// A table that was pasted has the same styles in every cell: what is left out of one
// block of HTML is one message, which names each thing once.

// drops are what was left out of a block so far.
type drops struct {
	where span     // of the first that shows, or else of the first
	count int      // how many there are
	shown []string // what a reader could miss, each once
	other []string // what nobody sees
	said  []string // sentences about what stands in a wrong place
}

// dropped leaves something out; seen says whether a reader could miss it.
func (r *renderer) dropped(s span, what string, seen bool) {
	d := &r.drops
	if d.count == 0 || seen && len(d.shown) == 0 {
		d.where = s
	}
	d.count++
	list := &d.other
	if seen {
		list = &d.shown
	}
	if !slices.Contains(*list, what) && len(*list) < maxOfTag {
		*list = append(*list, what)
	}
}

// mostDropped is how many different things a message names.
const mostDropped = 5

// tellDropped reports what was left out of the block that ends here.
func (r *renderer) tellDropped() {
	d := r.drops
	r.drops = drops{}
	if d.count == 0 {
		return
	}
	names := slices.Concat(d.shown, d.other)
	message := diag.Say("HTML “%s”不能发布，已去掉", "the HTML %s can't be published and was left out", names[0])
	if d.count > 1 {
		list := diag.Text{ZH: strings.Join(names, "、"), EN: strings.Join(names, ", ")}
		if len(names) > mostDropped {
			names = names[:mostDropped]
			list = diag.Text{ZH: strings.Join(names, "、") + "等", EN: strings.Join(names, ", ") + ", …"}
		}
		message = diag.Say("这块 HTML 里有 %d 处不能发布，已去掉：%s",
			"%d things in this HTML can't be published and were left out: %s", d.count, list)
	}
	severity := diag.Warning
	if len(d.shown) == 0 {
		severity = diag.Note
	}
	r.problemOver(d.where, diag.Diagnostic{Rule: "dropped-html", Severity: severity, Message: message,
		Hint: diag.Say("用 Markdown 写，或只用 <br>、<sub>、<table> 等普通标签，不带 style 和脚本",
			"use Markdown, or plain elements such as <br>, <sub> and <table> without style or script")})
}

// misplacedHTML reports what stands in a wrong place, in each block once: what a
// program wrote wrong it wrote wrong in every row.
func (r *renderer) misplacedHTML(s span, message, hint diag.Text) {
	if slices.Contains(r.drops.said, message.EN) {
		return
	}
	r.drops.said = append(r.drops.said, message.EN)
	r.problemOver(s, diag.Diagnostic{Rule: "misplaced-html", Severity: diag.Warning, Message: message, Hint: hint})
}

// looks are the attributes by which HTML itself says how something looks or where it
// stands. Browsers ignore all that they don't know; the rest is for programs.
var looks = strings.Fields("align background bgcolor border cellpadding cellspacing clear color compact controls face frame " +
	"height hidden hspace noshade nowrap poster rules size start type valign vspace width")

// attributeShows reports whether a reader could miss an attribute: its looks, or what
// happens on a click.
func attributeShows(a html.Attribute) bool {
	if a.Key != "style" {
		return strings.HasPrefix(a.Key, "on") || slices.Contains(looks, a.Key)
	}
	for declaration := range strings.SplitSeq(a.Val, ";") {
		name := strings.TrimSpace(declaration)
		if name != "" && !strings.HasPrefix(name, "mso-") && !strings.HasPrefix(name, "-") { // those of one program
			return true
		}
	}
	return false
}

// elementShows reports whether a reader could miss an element: not the names of
// Word's own, nor what only stands in the head of a page.
func elementShows(name string) bool {
	return !strings.Contains(name, ":") && !slices.Contains([]string{"meta", "link", "base"}, name)
}
