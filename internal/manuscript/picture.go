package manuscript

import (
	"bytes"
	"html"
	"path"
	"strconv"
	"strings"
	"unicode"

	"qinglian/internal/address"
)

// nameSyllables is how much of a caption goes into the name of its picture.
const nameSyllables = 8

// Names are the pictures' files: by their order and what they show, in ASCII.
func (m *Manuscript) Names() (names []string) {
	for i, p := range m.Pictures {
		name := strconv.Itoa(i + 1)
		if shown := address.Slug(figure().ReplaceAllString(p.Alt, ""), nameSyllables); shown != "" {
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

// endings are what files of pictures begin with that browsers show.
var endings = []struct{ begins, ending string }{
	{"\xff\xd8\xff", ".jpg"}, {"\x89PNG\r\n", ".png"}, {"GIF8", ".gif"},
}

// PictureEnding is what the name of a picture's file ends in, by its bytes; "" if
// browsers do not show it.
func PictureEnding(content []byte) string {
	for _, e := range endings {
		if bytes.HasPrefix(content, []byte(e.begins)) {
			return e.ending
		}
	}
	if len(content) > 12 && string(content[:4]) == "RIFF" && string(content[8:12]) == "WEBP" {
		return ".webp"
	}
	return ""
}

// MeantAlt is what somebody wrote that a picture shows; "" for what programs fill in.
func MeantAlt(alt string) string {
	alt = strings.Join(strings.Fields(alt), " ")
	made := strings.Contains(alt, "自动生成") || strings.HasPrefix(alt, "图片") || strings.ContainsAny(alt, `\/`)
	if made || !strings.ContainsFunc(alt, func(c rune) bool { return unicode.Is(unicode.Han, c) }) ||
		path.Ext(alt) != "" && len(path.Ext(alt)) <= 5 {
		return ""
	}
	return alt
}
