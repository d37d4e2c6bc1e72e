package webpage

import (
	"slices"
	"strconv"
	"strings"

	"qinglian/internal/manuscript"
)

// blocks are the elements that stand on lines of their own.
var blocks = setOf("address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption " +
	"figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol p plaintext pre search " +
	"section summary table tbody td tfoot th thead tr ul xmp")

func setOf(names string) map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(names) {
		set[name] = true
	}
	return set
}

// reasons are those for which elements are left out, with all that is in them.
var reasons = map[string]manuscript.Why{
	"svg": manuscript.Drawing, "canvas": manuscript.Drawing, "math": manuscript.Equation,
	"rt": manuscript.Reading, "rp": manuscript.Reading, "template": manuscript.Hidden, "dialog": manuscript.Hidden,
	"nav": manuscript.Outside, "aside": manuscript.Outside, "footer": manuscript.Outside,
	"button": manuscript.Control, "select": manuscript.Control, "textarea": manuscript.Control,
	"datalist": manuscript.Control, "input": manuscript.Control,
	"iframe": manuscript.Player, "frame": manuscript.Player, "video": manuscript.Player, "audio": manuscript.Player,
	"object": manuscript.Player, "embed": manuscript.Player, "applet": manuscript.Player, "qqmusic": manuscript.Player,
}

// marks are elements that WeChat's editor leaves behind: there is nothing to be seen.
var marks = []string{"mpchecktext", "mp-style-type"}

// flow reads what stands in an element.
func (r *reader) flow(n *node, l look) {
	for _, c := range n.children {
		if c.name == "" {
			r.text(c.text, l)
			continue
		}
		r.element(c, l)
	}
}

func (r *reader) element(n *node, l look) {
	why, out := reasons[n.name]
	switch {
	case slices.Contains(code, n.name): // counted with those of the whole page
	case r.used[n]:
	case out, strings.HasPrefix(n.name, "mp") && !slices.Contains(marks, n.name): // mpvoice, mpvideo, mp-common-profile
		if !out {
			why = manuscript.Player
		}
		r.leaveOut(why, n)
	case hidden(n):
		r.omit(manuscript.Hidden, n)
	case n.name == "br":
		r.line.add(manuscript.Span{Text: "\n", Made: true})
	case n.name == "img" || n.name == "image":
		r.picture(n, l)
	case n.name == "a":
		r.link(n, l)
	case n.name == "table":
		r.flush(l)
		r.table(n, l.within(n))
	case n.name == "ul" || n.name == "ol" || n.name == "menu" || n.name == "dir":
		r.flush(l)
		r.list(n, l.within(n))
	case blocks[n.name]:
		r.flush(l)
		inside := l.within(n)
		r.background(n)
		r.flow(n, inside)
		r.flush(inside)
	default:
		r.background(n)
		r.flow(n, l.within(n))
	}
}

// leaveOut lists an element that can't come in, and where it comes from.
func (r *reader) leaveOut(why manuscript.Why, n *node) {
	switch why {
	case manuscript.Player:
		r.leave(manuscript.Omission{Why: why, Text: said(n), What: player(n)})
	case manuscript.Control:
		if n.name != "input" || n.attr("type") != "hidden" {
			r.leave(manuscript.Omission{Why: why, Text: said(n), What: "<" + n.name + ">"})
		}
	default:
		r.omit(why, n)
	}
}

// player names what plays something, or shows another page.
func player(n *node) string {
	what := "<" + n.name + ">"
	for _, name := range []string{"data-src", "src", "data", "href", "data-url"} {
		if address := n.attr(name); address != "" && !strings.HasPrefix(address, "about:") {
			return what + " " + short(address)
		}
	}
	for _, name := range []string{"name", "data-nickname", "data-title", "title"} {
		if given := n.attr(name); given != "" {
			return what + " " + short(given)
		}
	}
	if inside := n.first(func(c *node) bool { return c != n && c.has("src") }); inside != nil {
		return what + " " + short(inside.attr("src"))
	}
	return what
}

func (r *reader) link(n *node, l look) {
	inside := l.within(n)
	if to := r.address(n.attr("href")); to != "" {
		inside.link = to
	}
	r.flow(n, inside)
}

// list reads the items of a list. Numbers are written out, as a browser shows them.
func (r *reader) list(n *node, l look) {
	next, err := strconv.Atoi(n.attr("start"))
	if err != nil {
		next = 1
	}
	bare := unmarked(n)
	for _, c := range n.children {
		if c.name != "li" || hidden(c) {
			r.flow(&node{children: []*node{c}}, l)
			r.flush(l)
			continue
		}
		if value, err := strconv.Atoi(c.attr("value")); err == nil {
			next = value
		}
		item := l.within(c)
		item.begun, item.number, item.depth = new(bool), "", l.depth+1
		item.block.Kind, item.block.Level = manuscript.Item, l.depth
		switch {
		case bare || unmarked(c):
			item.block.Kind = manuscript.Paragraph
		case n.name == "ol":
			item.number = numeral(next, n.attr("type")) + ". "
		}
		next++
		r.background(c)
		r.flow(c, item)
		r.flush(item)
	}
}

// unmarked reports a list, or an item, in front of which nothing stands.
func unmarked(n *node) bool {
	for name, value := range declarations(n) {
		if (name == "list-style" || name == "list-style-type") && strings.HasPrefix(value, "none") {
			return true
		}
	}
	return false
}

// numeral is a number as a list shows it: 3, c, C.
func numeral(n int, kind string) string {
	if (kind == "a" || kind == "A") && n >= 1 && n <= 26 {
		return string(rune(int(kind[0]) + n - 1))
	}
	return strconv.Itoa(n)
}
