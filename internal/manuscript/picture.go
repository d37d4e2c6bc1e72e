package manuscript

import (
	"html"
	"strconv"
	"strings"

	"qinglian/internal/address"
)

// nameSyllables is how much of a caption goes into the name of its picture.
const nameSyllables = 8

// Names are the pictures' files: by their order and what they show, in ASCII.
func (m *Manuscript) Names() (names []string) {
	for i, p := range m.Pictures {
		name := strconv.Itoa(i + 1)
		if shown := address.Slug(figure.ReplaceAllString(p.Alt, ""), nameSyllables); shown != "" {
			name += "-" + shown
		}
		names = append(names, name+p.Ending)
	}
	return names
}

func (w *writer) picture(number int, how spelling) string {
	if w.plain {
		return ""
	}
	alt, name := w.Pictures[number-1].Alt, w.names[number-1]
	if how != asMarkdown {
		return `<img src="` + name + `" alt="` + html.EscapeString(alt) + `">`
	}
	return "![" + signs(strings.ReplaceAll(alt, "\n", " "), asMarkdown, false) + "](" + name + ")"
}
