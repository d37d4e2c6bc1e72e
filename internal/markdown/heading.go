package markdown

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

func (r *renderer) heading(n *ast.Heading) {
	tag := "h" + strconv.Itoa(n.Level)
	if r.plain {
		r.within(n, "<"+tag+">", "</"+tag+">")
		return
	}
	title := strings.TrimSpace(words(n, r.source))
	id := ""
	if v, ok := n.AttributeString("id"); ok {
		if b, ok := v.([]byte); ok {
			id = strings.Join(strings.Fields(string(b)), "-")
		}
	}
	if id == "" {
		id = headingID(title)
	}
	id = r.unique(id)
	r.out.Anchors = append(r.out.Anchors, Anchor{ID: id, Title: title, Level: n.Level})
	excerpt := len(r.excerpt)
	r.within(n, "<"+tag+` id="`+string(util.EscapeHTML([]byte(id)))+`">`, "</"+tag+">")
	r.excerpt = r.excerpt[:excerpt] // headings are no part of a summary
	r.last = 0
}

// headingID is the id of a heading: its letters and digits in lower case,
// Chinese kept, a hyphen for each gap.
func headingID(title string) string {
	var b strings.Builder
	gap := false
	for _, c := range strings.ToLower(title) {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '_' {
			gap = gap || unicode.IsSpace(c) || c == '-'
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteRune(c)
	}
	if b.Len() == 0 {
		return "section"
	}
	return b.String()
}

// unique numbers an id that the text has already.
func (r *renderer) unique(id string) string {
	r.ids[id]++
	if r.ids[id] == 1 {
		return id
	}
	return r.unique(id + "-" + strconv.Itoa(r.ids[id]))
}
