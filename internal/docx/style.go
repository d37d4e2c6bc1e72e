package docx

import (
	"strconv"
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/manuscript"
	"qinglian/internal/pattern"
)

// toggle is a property that is on, off, or as it is elsewhere.
type toggle int8

const (
	on  toggle = 1
	off toggle = -1
)

// look is how a paragraph or its text is formatted, as far as that has a meaning.
type look struct {
	title, caption bool
	level          int // of a heading from 1; 0: not said; body: no heading
	align          manuscript.Align
	aligned        bool
	indented       bool
	number         string // the id of its numbering; "0": none; "": not said
	depth          int    // the level in that
	deep           bool   // it is said
	bold, struck   toggle
	hidden         toggle
	position       string // superscript, subscript
	style          string // of a paragraph
}

// body is the level of text that is no heading.
const body = 10

// over is a look as it adds to another, that of the style that it rests on.
func (l look) over(base look) look {
	out := base
	out.title, out.caption = l.title || base.title, l.caption || base.caption
	out.indented = l.indented || base.indented
	if l.level != 0 {
		out.level = l.level
	}
	if l.aligned {
		out.align, out.aligned = l.align, true
	}
	if l.number != "" {
		out.number = l.number
	}
	if l.deep {
		out.depth, out.deep = l.depth, true
	}
	for to, from := range map[*toggle]toggle{&out.bold: l.bold, &out.struck: l.struck, &out.hidden: l.hidden} {
		if from != 0 {
			*to = from
		}
	}
	if l.position != "" {
		out.position = l.position
	}
	return out
}

// styles are the looks that a document gives names to, with what they rest on.
type styles struct {
	looks    map[string]look
	standard string // the paragraph style of what names none
}

// longestChain is how many styles rest on each other.
const longestChain = 30

func (r *reader) readStyles() (s styles, refused diag.Text) {
	s.looks = map[string]look{}
	root, refused := r.Tree(r.related("styles"))
	if root == nil {
		return s, refused
	}
	r.omit(manuscript.Unused, "", root)
	defined := map[string]*node{}
	for _, n := range root.Children {
		if n.Name != "w:style" {
			continue
		}
		defined[n.Attr("styleId")] = n
		if n.Attr("type") == "paragraph" && isOn(n.Attr("default")) && n.Attr("default") != "" {
			s.standard = n.Attr("styleId")
		}
	}
	for id := range defined {
		var l look
		for at, steps := id, 0; defined[at] != nil && steps < longestChain; steps++ {
			l = l.over(styleLook(defined[at]))
			at = defined[at].Value("w:basedOn")
		}
		s.looks[id] = l
	}
	return s, refused
}

var headingName = pattern.Of(`^(?:heading|标题) *([1-9])$`)

// styleLook is what one style says itself. Its name says what it is for.
func styleLook(n *node) look {
	l := paragraphLook(n.Child("w:pPr")).over(runLook(n.Child("w:rPr")))
	name := strings.ToLower(strings.TrimSpace(n.Value("w:name")))
	switch m := headingName().FindStringSubmatch(name); {
	case m != nil && l.level == 0:
		l.level, _ = strconv.Atoi(m[1])
	case name == "title" || name == "标题":
		l.title = true
	case name == "caption" || name == "题注":
		l.caption = true
	}
	return l
}

// farIn is how far in a line begins that is pushed to the right: ten characters, in
// twentieths of a point or in hundredths of a character.
var farIn = map[string]int{"left": 3200, "start": 3200, "leftChars": 1000, "startChars": 1000}

func paragraphLook(n *node) (l look) {
	if n == nil {
		return l
	}
	if level := n.Child("w:outlineLvl"); level != nil {
		at, err := strconv.Atoi(level.Attr("val"))
		if l.level = at + 1; err != nil || at < 0 || at > 8 {
			l.level = body
		}
	}
	if jc := n.Child("w:jc"); jc != nil {
		l.aligned = true
		switch jc.Attr("val") {
		case "center":
			l.align = manuscript.Center
		case "right", "end":
			l.align = manuscript.Right
		}
	}
	if ind := n.Child("w:ind"); ind != nil {
		for name, far := range farIn {
			begins, err := strconv.Atoi(ind.Attr(name))
			l.indented = l.indented || err == nil && begins >= far
		}
	}
	if num := n.Child("w:numPr"); num != nil {
		l.number = num.Value("w:numId")
		if depth := num.Child("w:ilvl"); depth != nil {
			at, _ := strconv.Atoi(depth.Attr("val"))
			l.depth, l.deep = max(0, min(at, 8)), true
		}
	}
	return l
}

func runLook(n *node) (l look) {
	if n == nil {
		return l
	}
	l.bold, l.struck = switched(n, "w:b"), switched(n, "w:strike")
	if l.struck == 0 {
		l.struck = switched(n, "w:dstrike")
	}
	l.hidden, l.position = switched(n, "w:vanish"), n.Value("w:vertAlign")
	return l
}

func switched(n *node, name string) toggle {
	c := n.Child(name)
	switch {
	case c == nil:
		return 0
	case isOn(c.Attr("val")):
		return on
	}
	return off
}

// isOn reads a switch, which is on if nothing is said.
func isOn(value string) bool { return value != "0" && value != "false" && value != "off" }

// paragraph is how a paragraph looks by its own word and its style.
func (s styles) paragraph(properties *node) look {
	id := properties.Value("w:pStyle")
	if id == "" {
		id = s.standard
	}
	l := paragraphLook(properties).over(s.looks[id])
	l.style = id
	return l
}

// run is how a run looks in a paragraph.
func (s styles) run(properties *node, in look) look {
	return runLook(properties).over(s.looks[properties.Value("w:rStyle")]).over(in)
}
