package mend

import (
	"bytes"
	"slices"

	"qinglian/internal/content"
	"qinglian/internal/front"
)

// Moved is what to change in an article's text so that it says that it had an address
// before. ok is false where that can't be written for certain: the front matter has
// mistakes in it, or a list of aliases that is not on one line.
func Moved(c content.Compiler, file string, text []byte, from string) (changes []Change, ok bool) {
	m, field, ok := written(c, file, text, "aliases")
	if !ok {
		return nil, false
	}
	item := from
	if m.Fence == front.TOML {
		item = `"` + from + `"`
	}
	f, there := fieldOf(m, field)
	if !there {
		at, line := newLine(text, m, field, "["+item+"]")
		return between(text, slices.Concat(text[:at], []byte(line), text[at:]), lineOf(text, at)), true
	}
	list := bytes.TrimSpace(text[f.Value:f.End])
	inner, isList := bytes.CutPrefix(list, []byte("["))
	inner, ends := bytes.CutSuffix(inner, []byte("]"))
	if !isList || !ends {
		return nil, false
	}
	if inner = bytes.TrimRight(inner, " ,"); len(inner) > 0 {
		item = string(inner) + ", " + item
	}
	return between(text, slices.Concat(text[:f.Value], []byte("["+item+"]"), text[f.End:]), 0), true
}

// Relink is what to change in an article's text so that its links lead to where files are
// now: to says what to write in place of what a link was meant to lead to, or nothing. A
// link that is not written as it was meant is left alone.
func Relink(c content.Compiler, file string, text []byte, to func(dest string) string) []Change {
	_, facts := c.CompileWithFacts(file, text)
	mended := slices.Clone(text)
	for _, l := range slices.Backward(facts.Links) {
		now := ""
		if l.Ref >= 0 {
			now = to(l.Dest)
		}
		if now == "" || bytes.Count(mended[l.From:l.To], []byte(l.Dest)) != 1 {
			continue
		}
		typed := bytes.Replace(mended[l.From:l.To], []byte(l.Dest), []byte(now), 1)
		mended = slices.Concat(mended[:l.From], typed, mended[l.To:])
	}
	return between(text, mended, 0)
}
