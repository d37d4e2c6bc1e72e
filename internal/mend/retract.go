package mend

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"qinglian/internal/content"
	"qinglian/internal/markdown"
)

// Retract is what to change in an article's text (as for [Article]) so that it is taken
// down with a word on why. ok is false if its front matter has mistakes in it: what is
// written into that may not be read.
func Retract(c content.Compiler, file string, text []byte, why string) (changes []Change, ok bool) {
	m, field, ok := written(c, file, text, "gone")
	if !ok {
		return nil, false
	}
	quoted := strconv.Quote(strings.Join(strings.Fields(why), " "))
	if f, there := fieldOf(m, field); there {
		if f.Value == f.End && text[f.Value-1] == ':' {
			quoted = " " + quoted
		}
		return between(text, slices.Concat(text[:f.Value], []byte(quoted), text[f.End:]), 0), true
	}
	at, line := newLine(text, m, field, quoted)
	return between(text, slices.Concat(text[:at], []byte(line), text[at:]), lineOf(text, at)), true
}

// Unlink is what to change in an article's text so that it does not link to an article
// that was taken down: leads says of an index in the Doc's Refs whether it does. What a
// link says stays as text, but for the title of what was taken down. named are the lines
// of what names it besides, which somebody has to look at: fields, directives, its title
// in the text.
func Unlink(c content.Compiler, file string, text []byte, title string, leads func(ref int) bool) (
	changes []Change, named []int) {
	doc, facts := c.CompileWithFacts(file, text)
	mended := slices.Clone(text)
	cut := map[int]bool{} // Refs whose links are gone
	for _, l := range slices.Backward(facts.Links) {
		if l.Ref < 0 || !leads(l.Ref) {
			continue
		}
		if label, end := labelOf(mended, l, title); end > 0 {
			mended = slices.Concat(mended[:l.From], label, mended[end:])
			cut[l.Ref] = true
		}
	}
	for ref := range doc.Refs {
		if leads(ref) && !cut[ref] {
			named = append(named, doc.Refs[ref].Where.Line)
		}
	}
	for i, line := range lines(mended) {
		if strings.Contains(line, title) {
			named = append(named, i+1)
		}
	}
	slices.Sort(named)
	return between(text, mended, 0), slices.Compact(named)
}

// labelOf is what stays of a link, with as many lines, and where the link ends; 0 for one
// whose end can't be told.
func labelOf(text []byte, l markdown.Link, title string) (label []byte, end int) {
	end = int(l.To)
	typed := text[l.From:l.To]
	switch {
	case bytes.HasPrefix(typed, []byte("<a")):
		closing := bytes.Index(text[l.To:], []byte("</a>"))
		if closing < 0 {
			return nil, 0
		}
		label, end = text[l.To:end+closing], end+closing+len("</a>")
	case typed[0] != '[':
		return nil, 0
	default:
		label = typed[1:endOfLabel(typed)]
	}
	missing := bytes.Count(text[l.From:end], []byte("\n"))
	if strings.Contains(l.Text, title) {
		label = []byte(strings.NewReplacer("《"+title+"》", content.Retracted, title, content.Retracted).Replace(l.Text))
	}
	missing -= bytes.Count(label, []byte("\n"))
	return append(slices.Clone(label), bytes.Repeat([]byte("\n"), max(0, missing))...), end
}

// endOfLabel is where the words of a link end that begins with a bracket: [words](address),
// [words][label], [words].
func endOfLabel(typed []byte) int {
	for _, behind := range []string{"](", "]["} {
		if i := bytes.LastIndex(typed, []byte(behind)); i >= 0 {
			return i
		}
	}
	return max(1, bytes.LastIndexByte(typed, ']'))
}
