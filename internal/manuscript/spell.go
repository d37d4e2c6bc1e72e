package manuscript

import (
	"fmt"
	"html"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// spelling is how marks and signs are written.
type spelling uint8

const (
	asMarkdown spelling = iota // **bold**, \*
	asEntities                 // <strong>, &#42;: what no rule of the dialect touches
	asHTML                     // as in a block of HTML, where Markdown has no meaning
)

// unmarked reports a mark that is a text's own: signs of lists and tables as they are
// typed in Chinese, which the dialect respells.
func unmarked(c rune) bool {
	return strings.ContainsRune(bullets+"＊｜＃＞－＋～：【】［］（）。", c)
}

// bullets are what people begin the items of lists with, and Word's fonts of symbols.
const bullets = "●■•◆·▪◼∙‧・\uf06c\uf06e\uf075\uf0a7\uf0b7\uf0d8"

// alike reports spans that are marked alike, write what is written for some that are;
// begins that a text begins with the first.
type (
	alike func(a, b Span) bool
	write func(spans []Span, begins bool) string
)

// spell writes spans. Neighbours that are marked alike are marked as one.
func (w *writer) spell(spans []Span, how spelling) string {
	same := func(a, b Span) bool { return a.Link == b.Link }
	return trimmedLines(grouped(spans, true, same, func(spans []Span, begins bool) string {
		words := w.bold(spans, how, begins)
		if spans[0].Link == "" || strings.TrimSpace(words) == "" {
			return words
		}
		return linked(words, spans[0].Link, how)
	}))
}

func (w *writer) bold(spans []Span, how spelling, begins bool) string {
	same := func(a, b Span) bool { return a.Bold == b.Bold }
	return grouped(spans, begins, same, func(spans []Span, begins bool) string {
		words := w.struck(spans, how, begins)
		if !spans[0].Bold {
			return words
		}
		return marked(words, "**", "strong", how)
	})
}

func (w *writer) struck(spans []Span, how spelling, begins bool) string {
	same := func(a, b Span) bool { return a.Struck == b.Struck }
	return grouped(spans, begins, same, func(spans []Span, begins bool) string {
		words := w.shifted(spans, how, begins)
		if !spans[0].Struck {
			return words
		}
		return marked(words, "~~", "s", how)
	})
}

// shifted writes what is raised and lowered, notes and pictures.
func (w *writer) shifted(spans []Span, how spelling, begins bool) string {
	same := func(a, b Span) bool {
		return a.Raised == b.Raised && a.Lowered == b.Lowered && a.Note+b.Note+a.Picture+b.Picture == 0
	}
	return grouped(spans, begins, same, func(spans []Span, begins bool) string {
		s := spans[0]
		words := signs(Block{Spans: spans}.Said(), how, begins)
		switch {
		case s.Picture > 0:
			return w.picture(s.Picture, how)
		case s.Note > 0:
			return w.note(s.Note, how)
		case words != "" && s.Raised:
			return "<sup>" + words + "</sup>"
		case words != "" && s.Lowered:
			return "<sub>" + words + "</sub>"
		}
		return words
	})
}

// grouped writes spans, those together that are alike.
func grouped(spans []Span, begins bool, same alike, as write) string {
	var out strings.Builder
	for len(spans) > 0 {
		n := 1
		for n < len(spans) && same(spans[0], spans[n]) {
			n++
		}
		out.WriteString(as(spans[:n], begins && out.Len() == 0))
		spans = spans[n:]
	}
	return out.String()
}

// marked puts marks around words, inside of the spaces at their ends.
func marked(words, mark, tag string, how spelling) string {
	inner := strings.TrimFunc(words, unicode.IsSpace)
	if inner == "" {
		return words
	}
	before, after, _ := strings.Cut(words, inner)
	if how == asMarkdown {
		return before + mark + inner + mark + after
	}
	return before + "<" + tag + ">" + inner + "</" + tag + ">" + after
}

func linked(words, to string, how spelling) string {
	if how != asMarkdown {
		to = strings.ReplaceAll(to, "\ufffd", "%EF%BF%BD") // goldmark takes no tag that has one
		return `<a href="` + html.EscapeString(to) + `">` + words + "</a>"
	}
	return "[" + words + "](<" + destination(to) + ">)"
}

// destination is an address as it stands between angles.
func destination(to string) string {
	if u, err := url.Parse(to); err == nil {
		to = u.String()
	}
	return strings.NewReplacer("<", "%3C", ">", "%3E", `\`, "%5C", "\n", "", " ", "%20").Replace(to)
}

// signs writes a text so that no sign in it is a mark.
func signs(text string, how spelling, begins bool) string {
	if how == asHTML {
		return strings.ReplaceAll(html.EscapeString(text), "\n", "<br>")
	}
	sign := signer{how: how, first: begins, number: begins}
	runes := []rune(text)
	for i, c := range runes {
		after := rune(0)
		if i+1 < len(runes) {
			after = runes[i+1]
		}
		sign.write(c, after)
	}
	return sign.out.String()
}

// signer writes the signs of a text.
type signer struct {
	how    spelling
	out    strings.Builder
	before rune
	first  bool // of its line, but for spaces and bullets
	number bool // what stands on the line so far may be the number of an item
}

func (s *signer) write(c, after rune) {
	if c == '\t' || c == '\r' {
		c = ' '
	}
	ascii := c < utf8.RuneSelf && (unicode.IsPunct(c) || unicode.IsSymbol(c))
	switch {
	case s.how == asEntities && (ascii || unmarked(c)),
		c == '|', // what looks for tables sees bars, escaped or not
		c == s.before && (c == '＊' || c == '｜'):
		fmt.Fprintf(&s.out, "&#%d;", c)
	case s.how == asMarkdown && (s.means(c, after) || s.counts(c, after)):
		s.out.WriteString("\\" + string(c))
	default:
		s.out.WriteRune(c)
	}
	s.before = c
	before := unicode.IsSpace(c) || strings.ContainsRune(bullets, c) // of what a line begins with
	s.number = c == '\n' || s.number && (before || '0' <= c && c <= '9')
	s.first = c == '\n' || s.first && before
}

// counts reports the end of an item's number.
func (s *signer) counts(c, after rune) bool {
	return (c == '.' || c == ')') && s.number && !s.first && (after == 0 || unicode.IsSpace(after))
}

// means reports whether a sign would be a mark, by what stands beside it, or by being
// the first of its line.
func (s *signer) means(c, after rune) bool {
	switch c {
	case '\\', '`', '*', '[', ']', '<', '{', '$':
		return true
	case '_':
		return !word(s.before) || !word(after)
	case '&':
		return after == '#' || word(after)
	case '~', '=', '%':
		return s.first || s.before == c || after == c
	case '!':
		return s.first || after == 0 || after == '['
	case '(':
		return s.before == '】' || s.before == '］'
	case '#':
		return s.first || s.before == ' ' || s.before == '#' || s.before == 0
	case '>', '-', '+', ':', '@':
		return s.first
	}
	return false
}

func word(c rune) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// trimmedLines takes the spaces off both ends of each line, and empty lines out.
func trimmedLines(text string) string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimFunc(line, unicode.IsSpace); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
