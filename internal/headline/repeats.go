package headline

import "unicode/utf8"

// part is the most characters of a title that its text may repeat as a name: more is a
// sentence.
const part = 8

// repeats makes known what a text says more than once of the title: 三本账, of which it
// tells a dozen times. What is repeated has its true ends where it stands more often than
// with a character more on either side, and where nothing that is repeated more often
// begins before the end and goes on behind it.
func (w *work) repeats(text []byte) {
	counts := w.count(text)
	var closed []span
	for from := range w.title {
		for to := from + 2; to <= min(from+part, len(w.title)); to++ {
			if n := counts.of(from, to); n > 1 && n > counts.of(from-1, to) && n > counts.of(from, to+1) &&
				w.isName(from, to) {
				closed = append(closed, span{from, to})
			}
		}
	}
	for _, s := range closed {
		if !counts.crossed(s, closed) {
			w.known[s.from] = append(w.known[s.from], known{s.to, repeated})
		}
	}
}

// isName reports whether a part could be a name by its characters: 的账 is none, nor is
// 瓶酒 in 九十六瓶酒.
func (w *work) isName(from, to int) bool {
	if from > 0 && isNumeral(w.title[from-1]) || isNumeral(w.title[to-1]) {
		return false
	}
	for _, r := range w.title[from:to] {
		if !isLetter(r) || single(r) != unknown {
			return false
		}
	}
	return true
}

// counts is how often each part of a title stands in a text, by where the part begins
// and how many characters it has.
type counts struct {
	times []int
	title int // its characters
}

func (c counts) of(from, to int) int {
	if from < 0 || to > c.title {
		return 0
	}
	return c.times[from*(part+2)+to-from]
}

// crossed reports whether a part that is repeated more often has one end inside of s and
// the other outside.
func (c counts) crossed(s span, closed []span) bool {
	for _, o := range closed {
		overlaps := o.from < s.from && o.to > s.from && o.to < s.to || o.from > s.from && o.from < s.to && o.to > s.to
		if overlaps && c.of(o.from, o.to) > c.of(s.from, s.to) {
			return true
		}
	}
	return false
}

// count reads a text once. Where a character stands in the title is found by the last
// byte of its number, which its own bytes show: most characters of a text are not in it,
// and are not even decoded.
func (w *work) count(text []byte) counts {
	c := counts{times: make([]int, len(w.title)*(part+2)), title: len(w.title)}
	var last [256]int                   // the last place of a character with this byte, from 1
	before := make([]int, len(w.title)) // the place before that
	for i, r := range w.title {
		before[i], last[byte(r)] = last[byte(r)], i+1
	}
	type run struct{ length, end int } // of characters of the title, in its order; where in the text
	runs := make([]run, len(w.title)+1)
	for at, size := 0, 0; at < len(text); at += size {
		low := text[at]
		size = 1
		if low-0xe0 < 0x10 && at+2 < len(text) {
			size, low = 3, text[at+1]<<6|text[at+2]&0x3f
		} else if low >= utf8.RuneSelf {
			r, n := utf8.DecodeRune(text[at:])
			size, low = n, byte(r)
		}
		if last[low] == 0 {
			continue
		}
		r, _ := utf8.DecodeRune(text[at:])
		for i := last[low]; i > 0; i = before[i-1] {
			if w.title[i-1] != r {
				continue
			}
			length := 1
			if runs[i-1].length > 0 && runs[i-1].end == at {
				length += runs[i-1].length
			}
			runs[i] = run{length, at + size}
			for n := 2; n <= min(length, part+1); n++ {
				c.times[(i-n)*(part+2)+n]++
			}
		}
	}
	return c
}
