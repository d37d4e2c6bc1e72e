package webpage

import (
	"slices"
	"strconv"
	"strings"

	"qinglian/internal/manuscript"
)

// look is what is known of a text by the elements around it.
type look struct {
	block   manuscript.Block // what it stands in, without its spans
	number  string           // of that block, which the browser writes
	begun   *bool            // of an item: whether its first block is written
	depth   int              // of lists
	bold    bool
	struck  bool
	raised  bool
	lowered bool
	kept    bool // spaces and line ends are as typed
	link    string
}

// within is the look of what stands in an element.
func (l look) within(n *node) look {
	switch n.name {
	case "b", "strong":
		l.bold = l.block.Kind != manuscript.Heading // which is bold as a whole
	case "s", "strike", "del":
		l.struck = true
	case "sup":
		l.raised = true
	case "sub":
		l.lowered = true
	case "pre", "xmp", "listing", "plaintext":
		l.kept = true
	case "center":
		l.block.Align = manuscript.Center
	case "figcaption", "caption":
		l.block = manuscript.Block{Kind: manuscript.Caption, Align: manuscript.Center}
	case "h1", "h2", "h3", "h4", "h5", "h6":
		l.block.Kind, l.block.Level = manuscript.Heading, int(n.name[1]-'0')
		l.bold = false
	}
	if align := n.attr("align"); align != "" && n.name != "img" && n.name != "table" {
		l.block.Align = aligned(align, l.block.Align)
	}
	for name, value := range declarations(n) {
		l = l.styled(name, value)
	}
	return l
}

// styled is a look with a declaration of CSS.
func (l look) styled(name, value string) look {
	switch name {
	case "font-weight":
		weight, err := strconv.Atoi(value)
		heavy := value == "bold" || value == "bolder" || err == nil && weight >= 600
		l.bold = heavy && l.block.Kind != manuscript.Heading
	case "text-decoration", "text-decoration-line":
		l.struck = l.struck || strings.Contains(value, "line-through")
	case "vertical-align":
		l.raised = l.raised || value == "super"
		l.lowered = l.lowered || value == "sub"
	case "white-space":
		l.kept = slices.Contains([]string{"pre", "pre-wrap", "pre-line", "break-spaces"}, value)
	case "text-align":
		l.block.Align = aligned(value, l.block.Align)
	}
	return l
}

func aligned(value string, otherwise manuscript.Align) manuscript.Align {
	switch strings.ToLower(strings.TrimSpace(value)) {
	case "center", "-webkit-center", "middle":
		return manuscript.Center
	case "right", "end", "-webkit-right":
		return manuscript.Right
	case "left", "start", "justify", "-webkit-left", "both":
		return manuscript.Left
	}
	return otherwise
}

// declarations are those in an element's style attribute, in lower case.
func declarations(n *node) func(yield func(name, value string) bool) {
	return func(yield func(name, value string) bool) {
		for declaration := range strings.SplitSeq(n.attr("style"), ";") {
			name, value, ok := strings.Cut(declaration, ":")
			value = strings.TrimSpace(strings.TrimSuffix(strings.ToLower(strings.TrimSpace(value)), "!important"))
			if ok && !yield(strings.ToLower(strings.TrimSpace(name)), value) {
				return
			}
		}
	}
}

// hides are the declarations by which an element is not shown; the last is Word's.
var hides = map[string]string{"display": "none", "visibility": "hidden", "mso-hide": "all"}

// hidden reports an element that browsers do not show.
func hidden(n *node) bool {
	if n.has("hidden") {
		return true
	}
	for name, value := range declarations(n) {
		if hides[name] != "" && hides[name] == value {
			return true
		}
	}
	return false
}
