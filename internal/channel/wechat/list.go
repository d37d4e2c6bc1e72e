package wechat

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	nethtml "golang.org/x/net/html"
)

// A list becomes rows, those of a list in it, too. What is neither text nor list
// stands between them.
type row struct {
	run    []*nethtml.Node
	marker string // empty where the run begins with a box to tick
	under  bool   // further text of an item stands under its first row
	depth  int
	hang   float64       // how far the row hangs from its marker, in em
	block  *nethtml.Node // in place of a run
}

// step is how far a list in a list is indented.
const step = 20 // px

// list writes the rows of a list. They hang from their markers by declarations of a
// section around them; lines that are placed otherwise have their markers in them.
func (w *writer) list(n *nethtml.Node) {
	rows := rowsOf(n, 0)
	for len(rows) > 0 {
		first := rows[0]
		if first.block != nil {
			w.block(first.block, "paragraph")
			rows = rows[1:]
			continue
		}
		end := slices.IndexFunc(rows, func(r row) bool {
			return r.block != nil || r.depth != first.depth || r.hang != first.hang
		})
		if end < 0 {
			end = len(rows)
		}
		style := ""
		if end == len(rows) {
			style = w.style["list"]
		}
		if w.placed == "" {
			style += ";" + first.hanging()
		}
		w.styled("section", style)
		for _, r := range rows[:end] {
			w.hung(r)
		}
		w.close("section")
		rows = rows[end:]
	}
}

// hanging is how rows stand that hang alike.
func (r row) hanging() string {
	left := strings.TrimPrefix(strconv.FormatFloat(r.hang, 'f', -1, 64), "0") + "em"
	if r.depth == 0 {
		return "padding-left:" + left + ";text-indent:-" + left
	}
	return fmt.Sprintf("margin:0 0 8px %dpx;padding-left:%s;text-indent:-%[2]s", r.depth*step, left)
}

func (w *writer) hung(r row) {
	style := w.style["item"] + w.placed
	if r.under {
		style += unindented
	}
	w.styled("p", style)
	switch {
	case r.under, r.marker == "":
	case r.marker == bullet:
		w.text("span", "marker", bullet)
	default:
		w.text("span", "marker", r.marker+" ")
	}
	w.inlines(r.run)
	w.close("p")
}

// rowsOf are the rows of a list and of those in it.
func rowsOf(n *nethtml.Node, depth int) (rows []row) {
	markers := markersOf(n)
	widest := 0. // of the numbers
	for _, m := range markers {
		if m != bullet && m != "" {
			widest = max(widest, hangOf(m))
		}
	}
	i := 0
	for item := range n.ChildNodes() {
		if item.Type != nethtml.ElementNode {
			continue
		}
		like := row{marker: markers[i], depth: depth, hang: hangOf(markers[i])}
		if like.marker != bullet && like.marker != "" {
			like.marker, like.hang = padded(like.marker, widest), widest
		}
		rows = append(rows, rowsOfItem(item, like)...)
		i++
	}
	return rows
}

// bullet is the marker of a list that has no numbers. It is as wide as a character in
// all fonts, as • is not.
const bullet = "・"

// markersOf are the markers of a list's items; those of tasks are their boxes.
func markersOf(n *nethtml.Node) (markers []string) {
	number := 1
	if s, err := strconv.Atoi(attribute(n, "start")); err == nil {
		number = s
	}
	for item := range n.ChildNodes() {
		if item.Type != nethtml.ElementNode {
			continue
		}
		if typed, err := strconv.Atoi(attribute(item, "value")); err == nil {
			number = typed
		}
		marker := bullet
		switch {
		case n.Data == "ol" && attribute(n, "type") == "A":
			marker = letter(number) + "."
		case n.Data == "ol":
			marker = strconv.Itoa(number) + "."
		case strings.Contains(attribute(item, "class"), "task"):
			marker = ""
		}
		number++
		markers = append(markers, marker)
	}
	return markers
}

func letter(number int) string { return string(rune('A' + (number-1)%26)) }

// hangOf is how wide a marker is with the space behind it, in em. Fonts differ by a tenth
// in numbers. A box of its own for each marker would be exact, and longer than most rows.
func hangOf(marker string) float64 {
	switch marker {
	case bullet:
		return 1
	case "": // a box to tick
		return 1.35
	}
	return .6 + .6*float64(utf8.RuneCountInString(marker)-1)
}

// padded is a marker with the space of the digits that the longest has more.
func padded(marker string, hang float64) string {
	for hangOf(marker) < hang-.1 {
		marker = "\u2007" + marker
	}
	return marker
}

// rowsOfItem are the rows of an item, of which the first has the marker.
func rowsOfItem(item *nethtml.Node, like row) (rows []row) {
	var run []*nethtml.Node
	flush := func() {
		if slices.ContainsFunc(run, says) {
			r := like
			r.run = run
			rows = append(rows, r)
			like.under = true
		}
		run = nil
	}
	var each func(nodes []*nethtml.Node)
	each = func(nodes []*nethtml.Node) {
		for _, n := range nodes {
			switch {
			case !block(n):
				run = append(run, n)
			case n.Data == "ul" || n.Data == "ol":
				flush()
				rows = append(rows, rowsOf(n, like.depth+1)...)
			case attribute(n, "class") == "ask": // the sort of a question stands before it
				for _, part := range children(n) {
					if part.Data == "p" {
						run = append(run, children(part)...)
					} else {
						run = append(run, part)
					}
				}
				flush()
			case n.Data == "p" || n.Data == "div" && !places(n):
				flush()
				each(children(n))
				flush()
			default:
				flush()
				rows = append(rows, row{block: n})
			}
		}
	}
	each(children(item))
	flush()
	return rows
}
