package signoff

import "qinglian/internal/diag"

// How much is on one side of A4, in lines of the sheet's size: what stands above and
// below the table is not counted, a row for a signature is as high as a few.
const (
	room      = 42
	signature = 4
	wide      = 33 // Chinese characters in a line over the whole width
	narrow    = 13 // in one of two cells
)

// list is one of the lists of a sheet.
type list struct {
	label diag.Text
	lines []string
}

// lists adds lists as far as they fit above so many signatures, each with at least one
// line, and in turns; what is left out of one is counted in its last line.
func (s *Sheet) lists(lists []list, signatures int) {
	left := room - signatures*signature
	for _, r := range s.Rows {
		left -= r.height()
	}
	for i := range lists {
		if len(lists[i].lines) == 0 {
			lists[i].lines = []string{diag.Say("无", "none").In(s.lang)}
		}
		left-- // for a line that counts the rest
	}
	shown := make([]int, len(lists))
	for grown := true; grown; {
		grown = false
		for i, l := range lists {
			if shown[i] == len(l.lines) {
				continue
			}
			if h := height(l.lines[shown[i]], wide); h <= left || shown[i] == 0 && len(l.lines) == 1 {
				left -= h
				shown[i]++
				grown = true
			}
		}
	}
	for i, l := range lists {
		lines := l.lines[:shown[i]:shown[i]]
		if more := len(l.lines) - shown[i]; more > 0 {
			lines = append(lines, diag.Say("共 %d 项，这里列不下的有 %d 项", "%d in all, %d of which have no room here",
				len(l.lines), more).In(s.lang))
		}
		s.line(l.label, lines...)
	}
}

func (r Row) height() (lines int) {
	width := wide
	if len(r.Cells) > 1 {
		width = narrow
	}
	for _, c := range r.Cells {
		n := 0
		for _, line := range c.Lines {
			n += height(line, width)
		}
		lines = max(lines, n)
	}
	return max(lines, 1)
}

// height is how many lines a text takes that is so many characters wide.
func height(text string, width int) int {
	halves := 0
	for _, r := range text {
		halves++
		if r >= 0x2E80 {
			halves++
		}
	}
	return max(1, (halves+2*width-1)/(2*width))
}
