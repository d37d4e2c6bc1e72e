package desk

import (
	"strings"

	"qinglian/internal/config"
	"qinglian/internal/content"
)

// Rewritten is the text of an article as it would be if its document were imported in its
// place now: the text and the fields that the document answers are the document's, all
// other fields stay what an editor made of them.
func Rewritten(kind config.Kind, text string, given content.Given, d Document) string {
	front := frontOf(text)
	written := map[string]string{} // the lines of a new article, by field
	for line := range strings.Lines(content.New(kind, given)) {
		if f, _, ok := fieldOn(kind, line); ok && given.Values[f.Key] != "" {
			written[f.Key] = line
		}
	}
	var b strings.Builder
	for line := range strings.Lines(front) {
		f, value, ok := fieldOn(kind, line)
		switch {
		case origins().MatchString(line):
			line = origin(d) + "\n"
		case ok && written[f.Key] != "":
			if !says(f, value, given.Values[f.Key]) {
				line = written[f.Key]
			}
			delete(written, f.Key)
		}
		b.WriteString(line)
	}
	for _, f := range kind.Fields {
		b.WriteString(written[f.Key])
	}
	return "---\n" + b.String() + "---\n\n" + d.Text
}

// fence begins front matter, and ends it.
const fence = "---\n"

// frontOf is the front matter of a text, without its fences.
func frontOf(text string) string {
	rest, fenced := strings.CutPrefix(text, fence)
	front, _, ended := strings.Cut(rest, "\n"+fence)
	if !fenced || !ended {
		return ""
	}
	return front + "\n"
}

// fieldOn is the field that a line of front matter begins with, and what stands behind it.
func fieldOn(kind config.Kind, line string) (f config.Field, value string, ok bool) {
	at := strings.IndexAny(line, ":：")
	if at < 0 {
		return f, "", false
	}
	f, ok = kind.Field(strings.TrimSpace(line[:at]))
	return f, strings.TrimLeft(line[at:], ":："), ok
}

// says reports whether what stands in front matter is a value; a date may go on with a
// time of day.
func says(f config.Field, written, value string) bool {
	written, _, _ = strings.Cut(written, " #")
	written = strings.Trim(strings.TrimSpace(written), `"'`)
	return written == value || f.Type == config.TypeDate && strings.HasPrefix(written, value+" ")
}
