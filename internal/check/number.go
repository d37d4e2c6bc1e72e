package check

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// number is a row of digits in a passage, as somebody may have typed one number: in
// full-width digits, in groups with a space or a hyphen between them, or over the end of
// a line.
type number struct {
	passage *Passage
	groups  []group
	before  bool // a letter, or digits and a point, stand right in front of it
	behind  bool // the same behind it
}

// group is digits without anything between them; the last of an identity number may be X.
type group struct {
	digits   string // in ASCII
	from, to int    // in the passage's text
}

// Numbers are the rows of digits in all that the article says.
func (a *Article) Numbers() []number {
	if !a.scanned {
		a.scanned = true
		passages := a.Passages()
		for i := range passages {
			a.numbers = scan(a.numbers, &passages[i])
		}
	}
	return a.numbers
}

// shortest is how many digits a row has that any rule looks for.
const shortest = 8

// scan adds the rows of digits in a passage.
func scan(all []number, p *Passage) []number {
	s := p.Text
	for i := 0; i < len(s); {
		if _, size := digit(s[i:]); size == 0 {
			i++
			continue
		}
		n := number{passage: p, before: glued(s[:i])}
		total := 0
		for {
			g := groupAt(s, i)
			n.groups, total, i = append(n.groups, g), total+len(g.digits), g.to
			gap := gapAt(s[i:])
			if gap == 0 {
				break
			}
			i += gap
		}
		n.behind = gluedBehind(s[i:])
		if total >= shortest {
			all = append(all, n)
		}
	}
	return all
}

// digit is the digit that a text begins with, in ASCII, and its size; 0 if none does.
func digit(s string) (c byte, size int) {
	switch c := s[0]; {
	case '0' <= c && c <= '9':
		return c, 1
	case c == 0xEF && len(s) > 2 && s[1] == 0xBC && 0x90 <= s[2] && s[2] <= 0x99: // ０ to ９
		return s[2] - 0x90 + '0', 3
	}
	return 0, 0
}

// groupAt is the digits from an offset on. X belongs to them behind enough of them.
func groupAt(s string, from int) group {
	var b strings.Builder
	i := from
	for i < len(s) {
		c, size := digit(s[i:])
		if size == 0 {
			break
		}
		b.WriteByte(c)
		i += size
	}
	if rest := s[i:]; rest != "" {
		c, size := utf8.DecodeRuneInString(rest)
		if strings.ContainsRune("xXＸｘ", c) && !letterAhead(rest[size:]) {
			b.WriteByte('X')
			i += size
		}
	}
	return group{b.String(), from, i}
}

func letterAhead(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return latin(c) || unicode.IsDigit(c)
}

// gapAt is how long what may stand between two groups of one number is, if another group
// follows; else 0.
func gapAt(s string) int {
	size, broken := 0, false
	for size < len(s) {
		c, n := utf8.DecodeRuneInString(s[size:])
		switch {
		case c == '\n' && !broken:
			broken = true
		case size > 0 && !broken:
			return followed(s, size)
		case !strings.ContainsRune(" -\u00a0\u3000\u2009\u202f\u200b－—‐·", c):
			return followed(s, size)
		}
		size += n
	}
	return 0
}

func followed(s string, size int) int {
	if size == 0 || size == len(s) {
		return 0
	}
	if _, n := digit(s[size:]); n == 0 {
		return 0
	}
	return size
}

func latin(c rune) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' }

// glued reports that what stands in front of digits makes them part of something else.
func glued(before string) bool {
	c, size := utf8.DecodeLastRuneInString(before)
	if c == '.' && size < len(before) {
		c, _ = utf8.DecodeLastRuneInString(before[:len(before)-size])
		return '0' <= c && c <= '9'
	}
	return latin(c)
}

func gluedBehind(behind string) bool {
	if behind == "" {
		return false
	}
	c, size := utf8.DecodeRuneInString(behind)
	if c == '.' && size < len(behind) {
		return '0' <= behind[size] && behind[size] <= '9'
	}
	return latin(c)
}

// candidate is a stretch of a number's groups that may be one number.
type candidate struct {
	digits     string
	from, to   int
	first, end int // groups
}

// stretches are the runs of a number's groups that have so many digits together.
func (n *number) stretches(least, most int) (found []candidate) {
	for i := range n.groups {
		digits := ""
		for j := i; j < len(n.groups) && len(digits) < most; j++ {
			if digits += n.groups[j].digits; len(digits) < least || len(digits) > most {
				continue
			}
			if i == 0 && n.before || j == len(n.groups)-1 && n.behind {
				continue
			}
			found = append(found, candidate{digits, n.groups[i].from, n.groups[j].to, i, j + 1})
		}
	}
	return found
}

// beside reports whether one of some words stands near a part of the passage: in front
// of it, right behind it, or in the head of its table.
func (p *Passage) beside(from, to, reach int, words ...string) bool {
	before, after := p.Before(from, reach), p.After(to, reach/2)
	for _, w := range words {
		if strings.Contains(before, w) || strings.Contains(after, w) || strings.Contains(p.Ahead, w) {
			return true
		}
	}
	return false
}
