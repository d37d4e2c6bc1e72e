// Package bounds measures texts in TOML, YAML and JSON before they are decoded.
//
// The decoders can't be stopped. A name of twenty thousand parts, or tables in
// each other as deep, takes them time and memory that grow with the square, from
// a file of a few kilobytes. So a text is gone over once, by simpler rules than
// the languages have: what they count as one level or one value counts at least
// one here. The limits are far above what people write.
package bounds

import (
	"qinglian/internal/diag"
)

// Limits are how much a text may be.
type Limits struct {
	Bytes  int
	Depth  int // tables and lists in each other, and parts of a name
	Values int // names and values together
}

// Of the front matter of an article, of config.toml, and of a table in data/.
var (
	Front  = Limits{64 << 10, 32, 2_000}
	Config = Limits{1 << 20, 32, 50_000}
	Data   = Limits{4 << 20, 32, 200_000}
)

// Excess is what is too much, at a byte offset.
type Excess struct {
	At int
	diag.Diagnostic
}

// bytes reports a text that is too long; nil if it is not.
func (l Limits) bytes(text []byte) *Excess {
	if len(text) <= l.Bytes {
		return nil
	}
	return l.excess(0, diag.Say("太长，超过 %d KB", "too long: more than %d KB", l.Bytes>>10))
}

func (l Limits) excess(at int, message diag.Text) *Excess {
	return &Excess{at, diag.Diagnostic{Rule: "too-much", Severity: diag.Error, Message: message,
		Hint: diag.Say("多半是复制时带进来的，删去没用的部分；正文写在文章里，不写在这里",
			"most often it was pasted by mistake: take out what means nothing")}}
}

// CSV measures a text of rows and cells; nil if it is within the limits.
func (l Limits) CSV(text []byte) *Excess {
	if e := l.bytes(text); e != nil {
		return e
	}
	t := tally{Limits: l}
	for at, c := range text {
		if c == ',' || c == '\n' {
			t.values++
		}
		if t.values > l.Values {
			return t.over(at)
		}
	}
	return nil
}

// TooMany reports values beyond the limit, at a byte offset.
func (l Limits) TooMany(at int) *Excess { return (&tally{Limits: l, values: l.Values + 1}).over(at) }

// tally counts what stands in a text.
type tally struct {
	Limits
	depth, values int
}

// over reports that the text has become too much at an offset.
func (t *tally) over(at int) *Excess {
	switch {
	case t.depth > t.Depth:
		return t.excess(at, diag.Say("从这里起套了 %d 层以上",
			"from here on there are more than %d levels in each other", t.Depth))
	case t.values > t.Values:
		return t.excess(at, diag.Say("到这里已超过 %d 项", "by here there are more than %d names and values", t.Values))
	}
	return nil
}
