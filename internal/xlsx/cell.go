package xlsx

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"qinglian/internal/diag"
	"qinglian/internal/manuscript"
	"qinglian/internal/ooxml"
	"qinglian/internal/pattern"
)

// shared is a text that cells refer to by its number.
type shared struct {
	spans   []manuscript.Span
	reading string // above its characters
	used    bool
}

func (r *reader) readShared() (refused diag.Text) {
	root, refused := r.Tree(r.related("sharedStrings"))
	r.each(root, "s:si", func(n *ooxml.Node) {
		spans, reading := rich(n)
		r.shared = append(r.shared, shared{spans: spans, reading: reading})
	})
	return refused
}

// spareTexts lists the texts that no cell refers to, and the readings of those that one
// does.
func (r *reader) spareTexts() {
	for _, s := range r.shared {
		if !s.used {
			r.omit(manuscript.Unused, "", lineOf(s.spans), "")
		}
		r.omit(manuscript.Reading, "", s.reading, "")
	}
}

// rich reads a text with parts that look different.
func rich(n *ooxml.Node) (spans []manuscript.Span, reading string) {
	for _, c := range n.Children {
		look := c.Child("s:rPr")
		switch c.Name {
		case "s:t":
			spans = append(spans, manuscript.Span{Text: unescaped(string(c.Text))})
		case "s:r":
			spans = append(spans, manuscript.Span{Text: unescaped(said(c)), Bold: flagged(look.Child("s:b")),
				Struck: flagged(look.Child("s:strike")), Raised: look.Value("s:vertAlign") == "superscript",
				Lowered: look.Value("s:vertAlign") == "subscript"})
		default:
			reading += said(c)
		}
	}
	return spans, reading
}

// flagged reads a switch that is on if it is there and says nothing.
func flagged(n *ooxml.Node) bool { return n != nil && (n.Attr("val") == "" || isOn(n.Attr("val"))) }

var escaped = pattern.Of(`_x[0-9A-Fa-f]{4}_`)

// unescaped is a text whose controls were written as _x000D_; line ends are \n.
func unescaped(s string) string {
	if strings.Contains(s, "_x") {
		s = escaped().ReplaceAllStringFunc(s, func(e string) string {
			n, _ := strconv.ParseUint(e[2:6], 16, 32)
			return string(rune(n))
		})
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
}

func lineOf(spans []manuscript.Span) string { return manuscript.Block{Spans: spans}.Said() }

// cell is a cell in which something stands.
type cell struct {
	at     place
	style  *style
	spans  []manuscript.Span
	unseen string // what its format does not show
}

// cell reads a cell.
func (s *sheet) cell(n *ooxml.Node, at place) cell {
	c := cell{at: at, style: s.styleOf(n.Attr("s"))}
	value := ""
	switch v := n.Child("s:v"); {
	case v != nil:
		value = string(v.Text)
	case n.Child("s:f") != nil:
		s.leave(manuscript.Omission{Why: manuscript.Uncomputed, What: s.reference(at.name())})
	}
	inside := s.inside(n, "s:is")
	switch kind := n.Attr("t"); {
	case inside != nil:
		spans, reading := rich(inside)
		s.omit(manuscript.Reading, "", reading, "")
		c.text(spans)
	default:
		s.value(&c, kind, value)
	}
	return c
}

// value makes a cell show its value, by what kind it is.
func (s *sheet) value(c *cell, kind, value string) {
	switch kind {
	case "s":
		c.text(s.sharedText(value))
	case "str":
		c.text([]manuscript.Span{{Text: unescaped(value)}})
	case "b":
		c.shows(map[bool]string{false: "FALSE", true: "TRUE"}[isOn(value)])
	case "e":
		c.shows(value)
	default:
		s.number(c, value)
	}
}

func (r *reader) sharedText(number string) []manuscript.Span {
	i, err := strconv.Atoi(strings.TrimSpace(number))
	if err != nil || i < 0 || i >= len(r.shared) {
		return nil
	}
	r.shared[i].used = true
	return slices.Clone(r.shared[i].spans)
}

// shows makes a cell show what follows from its value.
func (c *cell) shows(text string) {
	if text != "" {
		c.spans = []manuscript.Span{{Text: text, Made: true}}
	}
}

// text makes a cell show a text, in the way of its format.
func (c *cell) text(spans []manuscript.Span) {
	before, after, shown := c.style.format.forText()
	if !shown {
		c.unseen = lineOf(spans)
		return
	}
	c.spans = spans
	if before != "" {
		c.spans = append([]manuscript.Span{{Text: before, Made: true}}, c.spans...)
	}
	if after != "" {
		c.spans = append(c.spans, manuscript.Span{Text: after, Made: true})
	}
}

// number makes a cell show a number, or a date as the strict dialect has it.
func (s *sheet) number(c *cell, value string) {
	value = strings.TrimSpace(value)
	v, err := strconv.ParseFloat(value, 64)
	if day, ok := serial(value, s.epoch1904); err != nil && ok {
		v, err = day, nil
	}
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		c.shows(value)
		return
	}
	shown := c.style.format.number(v, s.epoch1904)
	c.shows(shown)
	switch {
	case shown == "":
		c.unseen = plain(v)
	case c.style.bare && strings.Contains(shown, "E+"):
		s.leave(manuscript.Omission{Why: manuscript.Shortened,
			What: s.reference(c.at.name()) + " = " + strconv.FormatFloat(v, 'f', 0, 64)})
	}
}

// serial is the number of a moment: days since the first.
func serial(iso string, epoch1904 bool) (days float64, ok bool) {
	first := day0
	if epoch1904 {
		first = day01904
	}
	for _, layout := range []string{"2006-01-02T15:04:05.999999999", "2006-01-02", "2006-01-02T15:04:05Z07:00"} {
		if at, err := time.Parse(layout, iso); err == nil {
			return at.Sub(first).Hours() / 24, true
		}
	}
	return 0, false
}
