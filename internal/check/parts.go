package check

import (
	"html"
	"strings"

	"qinglian/internal/markdown"
)

// parts adds the pieces of a run: one where it reads as it was typed, else what is escaped
// (\*) or a reference (&nbsp;), and what stands between. A run that reads otherwise in
// another way, too, is one piece.
func (a *Article) parts(pieces []piece, at int, r markdown.Run) []piece {
	whole := a.piece(at, r.Place, r.Text)
	if whole.exact {
		return append(pieces, whole)
	}
	source, text, kept := string(a.Text[r.From:r.To]), r.Text, len(pieces)
	for source != "" {
		size, shown := escape(source, text)
		exact := size == 0
		for exact && shown < len(source) && shown < len(text) && source[shown] == text[shown] {
			shown++
			size++
			if more, _ := escape(source[size:], text[shown:]); more > 0 {
				break
			}
		}
		if size == 0 {
			return append(pieces[:kept], whole)
		}
		from := r.To - int32(len(source))
		pieces = append(pieces, piece{at + len(r.Text) - len(text), markdown.Place{From: from, To: from + int32(size)},
			exact})
		source, text = source[size:], text[shown:]
	}
	if text != "" {
		return append(pieces[:kept], whole)
	}
	return pieces
}

// longestReference is as long as a reference is: &CounterClockwiseContourIntegral;
const longestReference = 40

// escape is how long what is escaped or a reference at the beginning of a source is, and
// how much of the text it shows. It is 0 if none is there.
func escape(source, text string) (size, shown int) {
	if len(source) < 2 || text == "" {
		return 0, 0
	}
	if source[0] == '\\' && source[1] == text[0] &&
		strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", text[0]) >= 0 {
		return 2, 1
	}
	if end := strings.IndexByte(source[:min(longestReference, len(source))], ';') + 1; source[0] == '&' && end > 0 {
		if s := html.UnescapeString(source[:end]); s != source[:end] && strings.HasPrefix(text, s) {
			return end, len(s)
		}
	}
	return 0, 0
}
