package webpage

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"qinglian/internal/manuscript"
)

// line is the paragraph that is read.
type line struct {
	spans []manuscript.Span
	last  string // the end of the text so far, of this paragraph or those in front of it
}

// lastCharacters is how much of the text in front of an omission says where that was.
const lastCharacters = 12

// end is the end of the text so far.
func (l *line) end() string { return strings.TrimSpace(l.last) }

// add takes a text in.
func (l *line) add(s manuscript.Span) {
	l.spans = append(l.spans, s)
	if s.Text = strings.TrimSpace(s.Text); s.Text == "" {
		return
	}
	tail := s.Text[max(0, len(s.Text)-lastCharacters*utf8.UTFMax):]
	runes := []rune(l.last + strings.Join(strings.Fields(strings.ToValidUTF8(tail, "")), " "))
	l.last = string(runes[max(0, len(runes)-lastCharacters):])
}

// text reads a text with its spaces as a browser shows them.
func (r *reader) text(text string, l look) {
	if l.kept {
		text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ").Replace(text)
	} else if text = collapsed(text); r.begins() {
		text = strings.TrimLeft(text, " ")
	}
	if text == "" {
		return
	}
	r.line.add(manuscript.Span{Text: text, Bold: l.bold, Struck: l.struck, Raised: l.raised, Lowered: l.lowered,
		Link: l.link})
}

// begins reports that what comes stands behind a space, or at the beginning of a line.
func (r *reader) begins() bool {
	n := len(r.line.spans)
	if n == 0 {
		return true
	}
	before := r.line.spans[n-1]
	return before.Picture == 0 && (strings.HasSuffix(before.Text, " ") || strings.HasSuffix(before.Text, "\n"))
}

// collapsed is a text with one space for several. Where a line of the file ends between
// two Chinese characters there is none: nobody typed it.
func collapsed(text string) string {
	var out strings.Builder
	before, space, lineEnd := rune(0), false, false
	for _, c := range text {
		if strings.ContainsRune(" \t\n\r\f", c) {
			space, lineEnd = true, lineEnd || c == '\n' || c == '\r'
			continue
		}
		if space && !(lineEnd && wide(before) && wide(c)) {
			out.WriteByte(' ')
		}
		out.WriteRune(c)
		before, space, lineEnd = c, false, false
	}
	if space {
		out.WriteByte(' ')
	}
	return out.String()
}

// wide reports a character of Chinese, or a sign of its prose.
func wide(c rune) bool {
	return unicode.Is(unicode.Han, c) || strings.ContainsRune("，。；：、？！“”‘’（）《》〔〕—…", c)
}

// flush makes a block of the line, or several: two line ends are a new paragraph.
func (r *reader) flush(l look) {
	spans := r.line.spans
	r.line.spans = nil
	for _, paragraph := range paragraphs(spans) {
		r.block(paragraph, l)
	}
}

func (r *reader) block(spans []manuscript.Span, l look) {
	b := l.block
	b.Spans = spans
	if said := strings.TrimSpace(b.Said()); said == "" && !shows(spans) {
		return
	}
	if l.begun != nil {
		if *l.begun && b.Kind == manuscript.Item {
			b.Kind = manuscript.Paragraph
		}
		if !*l.begun && l.number != "" {
			b.Spans = append([]manuscript.Span{{Text: l.number, Made: true, Bold: spans[0].Bold}}, spans...)
			if b.Kind == manuscript.Item {
				b.Kind = manuscript.Paragraph
			}
		}
		*l.begun = true
	}
	if b.Kind == manuscript.Item {
		b.Align = manuscript.Left
	}
	r.blocks = append(r.blocks, b)
}

// shows reports whether there is a picture among spans.
func shows(spans []manuscript.Span) bool {
	for _, s := range spans {
		if s.Picture > 0 {
			return true
		}
	}
	return false
}

// paragraphs divides spans where a line is empty.
func paragraphs(spans []manuscript.Span) (all [][]manuscript.Span) {
	var one []manuscript.Span
	ended := false
	for _, s := range spans {
		switch blank := strings.Trim(s.Text, " \t") == "" && s.Picture == 0; {
		case s.Text == "\n" && ended:
			all = append(all, one)
			one, ended = nil, false
			continue
		case s.Text == "\n":
			ended = true
		case !blank:
			ended = false
		}
		one = append(one, s)
	}
	return append(all, one)
}
