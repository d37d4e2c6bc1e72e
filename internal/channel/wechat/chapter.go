package wechat

import (
	"fmt"
	"slices"
	"strings"

	"qinglian/internal/pattern"

	nethtml "golang.org/x/net/html"
)

// A style that has a number for chapters counts them, unless the text does so itself.

// counted is how the headings begin of a text that numbers them.
var counted = pattern.Of(`^(?:第\s*)?[（(【]?(?:[0-9０-９]{1,3}|[〇零一二三四五六七八九十百]{1,4}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+|[①-⑳])` +
	`(?:[、.．：:）)】章节条部讲步篇课]|\s|$)`)

// unnumbered says that the chapters of an article have no numbers.
const unnumbered = -1

// countChapters decides whether the chapters have numbers: one alone has none.
func (w *writer) countChapters(nodes []*nethtml.Node) {
	var titles []string
	for _, n := range nodes {
		if n.Data == "h1" || n.Data == "h2" {
			titles = append(titles, strings.TrimSpace(words(n)))
		}
	}
	if w.style["h2-number"] == "" || len(titles) < 2 || slices.ContainsFunc(titles, counted().MatchString) {
		w.chapters = unnumbered
	}
}

// chapter writes the heading of one.
func (w *writer) chapter(inner []*nethtml.Node) {
	w.styled("p", w.style["h2"]+w.placed)
	if w.chapters != unnumbered {
		w.chapters++
		w.text("span", "h2-number", fmt.Sprintf("%02d", w.chapters))
		w.write("<br>")
	}
	w.inlines(inner)
	w.close("p")
}
