package docx

import (
	"strings"

	"qinglian/internal/ooxml"
)

// node is an element of a part.
type node = ooxml.Node

// said is all text in an element, also of what is deleted; of several ways to show
// something one, unless they say different things.
func said(n *node) string {
	var text strings.Builder
	if n != nil {
		say(n, &text)
	}
	return text.String()
}

func say(n *node, to *strings.Builder) {
	switch {
	case ooxml.HoldsText(n.Name):
		to.Write(n.Text)
	case n.Name == "v:textpath":
		to.WriteString(n.Attr("string"))
	}
	first := ""
	for i, c := range n.Children {
		switch {
		case n.Name == "mc:AlternateContent":
			words := said(c)
			if i == 0 || words != first {
				to.WriteString(words)
			}
			if i == 0 {
				first = words
			}
		case c.Name == "w:p" && to.Len() > 0:
			to.WriteByte(' ')
			say(c, to)
		default:
			say(c, to)
		}
	}
}
