package markdown

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"qinglian/internal/pattern"
)

// outlined looks at a text's lines before it is parsed: whether it is an
// outline (no headings in Markdown, and numbers that count 一 and 二), and which
// lines begin paragraphs though no empty line is in front of them.
func (r *reading) outlined(wanted bool) {
	if r.outline = wanted; !r.numbers {
		return // as most texts
	}
	lines := r.stock.lines[:0]
	next := map[numbered]bool{} // kinds that came with their first number
	headings, counts, fence := false, false, false
	for at := 0; at < len(r.source); {
		raw := lineFrom(r.source[at:])
		l := sourceLine{at: at, text: bytes.TrimRight(raw, " \t")}
		at += len(raw) + 1
		trimmed := bytes.TrimLeft(l.text, " ")
		if fences(trimmed) {
			fence = !fence
			l.other = true
		}
		l.other = l.other || fence || bytes.IndexByte(l.text, '|') >= 0
		l.number, l.numbered = numberAt(l.text)
		l.numbered = l.numbered && !l.other
		lines = append(lines, l)
		if fence {
			continue
		}
		headings = headings || r.underlines(lines) ||
			(bytes.HasPrefix(trimmed, []byte("#")) || bytes.HasPrefix(trimmed, []byte("<"))) &&
				headingPattern().Match(trimmed)
		if l.numbered && l.number.kind < 3 {
			next[numbered{l.number.kind, l.number.value + 1}] = true
			counts = counts || l.number.value == 2 && next[numbered{l.number.kind, 2}]
		}
	}
	r.stock.lines = lines
	r.outline = wanted || counts && !headings
	if r.chinese {
		r.starts = starts(lines, r.outline)
	}
}

// underlines reports whether the last of some lines makes a heading of the one
// above it, as [underlineParser] decides.
func (r *reading) underlines(lines []sourceLine) bool {
	last := len(lines) - 1
	if last < 1 || len(bytes.Trim(lines[last].text, " =-")) > 0 || !setextPattern().Match(lines[last].text) ||
		blank(lines[last-1].text) {
		return false
	}
	alone := last == 1 || blank(lines[last-2].text)
	title := bytes.TrimSpace(lines[last-1].text)
	if bytes.IndexByte(lines[last].text, '=') >= 0 {
		return !chinese(title) || !endsSentence(title, sentenceEnds)
	}
	return !chinese(title) || alone && isTitle(title) && !remarks().Match(title)
}

// sourceLine is one line of a text before parsing.
type sourceLine struct {
	at       int
	text     []byte
	number   numbered
	numbered bool
	other    bool // code or a table
}

var (
	headingPattern = pattern.Of(`^(#{1,6}([ \t]|$)|##+\p{Han}|<h[1-6])`)
	setextPattern  = pattern.Of(`^ {0,3}(=+|-+)$`)
)

// starts are the offsets of lines that begin paragraphs in stretches of lines
// that have numbers among them: those with a number that counts on, and in an
// outline those after a line that ended a paragraph, too.
func starts(lines []sourceLine, outline bool) map[int]bool {
	found := map[int]bool{}
	for i := 0; i < len(lines); {
		j := i
		seen := map[numbered]bool{}
		for ; j < len(lines) && !blank(lines[j].text); j++ {
			if lines[j].numbered {
				seen[lines[j].number] = true
			}
		}
		for k := i + 1; len(seen) > 0 && k < j; k++ {
			before, l := lines[k-1], lines[k]
			if l.other || before.other {
				continue
			}
			n := l.number
			counts := l.numbered && (outline || seen[numbered{n.kind, n.value - 1}] ||
				seen[numbered{n.kind, n.value + 1}])
			found[l.at] = counts || outline && before.ends()
		}
		i = max(j, i+1)
	}
	return found
}

// ends reports whether a line ends a paragraph: its sentence ends, or it is
// shorter than prose is wrapped.
func (l sourceLine) ends() bool {
	last, _ := utf8.DecodeLastRune(l.text)
	return strings.ContainsRune("。！？：；”）》…", last) || utf8.RuneCount(l.text) < shortLine
}
