package front

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"qinglian/internal/diag"
)

// maxShown is how long a corrected line may be to be shown in a hint.
const maxShown = 60

// Edits is what the slips between two offsets certainly want, in order.
func Edits(slips []Slip, from, to int) []diag.Edit {
	var edits []diag.Edit
	for _, s := range slips {
		for _, e := range s.Edits.All() {
			if from <= e.At && e.End <= to {
				edits = append(edits, e)
			}
		}
	}
	slices.SortStableFunc(edits, func(a, b diag.Edit) int {
		if a.At != b.At {
			return a.At - b.At
		}
		return a.End - b.End
	})
	return edits
}

// Apply is text[from:to] with edits made. origin finds where in text a byte of
// the result comes from.
func Apply(text []byte, from, to int, edits []diag.Edit) (mended []byte, origin func(int) int) {
	if len(edits) == 0 {
		return text[from:to:to], func(offset int) int { return min(from+offset, to) }
	}
	type joint struct {
		mended, text int
		edited       bool // up to the next joint, else both run side by side
	}
	joints := []joint{{0, from, false}}
	at := from
	for _, e := range edits {
		mended = append(mended, text[at:e.At]...)
		joints = append(joints, joint{len(mended), e.At, true})
		mended = append(mended, e.Text...)
		joints = append(joints, joint{len(mended), e.End, false})
		at = e.End
	}
	mended = append(mended, text[at:to]...)
	return mended, func(offset int) int {
		i, _ := slices.BinarySearchFunc(joints, offset+1, func(j joint, offset int) int { return j.mended - offset })
		here := joints[i-1] // the last one that does not lie behind
		if here.edited {
			return here.text
		}
		return min(here.text+offset-here.mended, to)
	}
}

// say gives each slip that can be mended its line, with all that is mended in
// it, as a hint. The slips are in order.
func say(text []byte, slips []Slip) {
	for len(slips) > 0 {
		from := bytes.LastIndexByte(text[:slips[0].At], '\n') + 1
		to := from + len(lineAt(text, from))
		n := 1
		for n < len(slips) && slips[n].At <= to {
			n++
		}
		line, _ := Apply(text, from, to, Edits(slips[:n], from, to))
		hint := diag.Say("写成 %s（qinglian fix 会自动改）",
			"write %s (qinglian fix does it)", strings.TrimRight(string(line), " ")) // its indent belongs to it
		if utf8.RuneCount(line) > maxShown {
			hint = diag.Say("qinglian fix 会自动改", "qinglian fix corrects it")
		}
		for i, s := range slips[:n] {
			if s.Edits != "" {
				slips[i].Hint = hint
			}
		}
		slips = slips[n:]
	}
}
