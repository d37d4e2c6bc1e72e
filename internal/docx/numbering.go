package docx

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"qinglian/internal/diag"
	"qinglian/internal/manuscript"
	"qinglian/internal/pattern"
)

// numbering is the lists of a document, and how far each has counted.
type numbering struct {
	lists    map[string]*list // by the id that paragraphs name
	counters map[string]*counter
}

// list is one use of an abstract list; several may count on with each other.
type list struct {
	abstract string
	levels   [9]level
	starts   map[int]int // at which it begins anew
	begun    map[int]bool
}

type level struct {
	format  string
	text    string // of a number: 第%1条
	start   int
	restart int // the level, from 1, behind which it begins anew; 0: never; -1: each above it
	suffix  string
	digits  bool   // all numbers in it are digits
	style   string // of the paragraphs that are on it without saying so
}

// counter is where the levels of an abstract list are; 0: not begun.
type counter [9]int

func (r *reader) readNumbering() (found numbering, refused diag.Text) {
	found = numbering{lists: map[string]*list{}, counters: map[string]*counter{}}
	root, refused := r.Tree(r.related("numbering"))
	if root == nil {
		return found, refused
	}
	r.omit(manuscript.Unused, "", root)
	abstracts := map[string]*node{}
	byStyle := map[string]*node{}
	for _, n := range root.Children {
		if n.Name == "w:abstractNum" {
			abstracts[n.Attr("abstractNumId")] = n
			if style := n.Value("w:styleLink"); style != "" {
				byStyle[style] = n
			}
		}
	}
	for _, n := range root.Children {
		if n.Name != "w:num" {
			continue
		}
		id := n.Value("w:abstractNumId")
		abstract := abstracts[id]
		if style := abstract.Child("w:numStyleLink"); style != nil && byStyle[style.Attr("val")] != nil {
			abstract = byStyle[style.Attr("val")]
			id = abstract.Attr("abstractNumId")
		}
		found.lists[n.Attr("numId")] = newList(id, abstract, n)
		if found.counters[id] == nil {
			found.counters[id] = &counter{}
		}
	}
	return found, refused
}

func newList(id string, abstract, use *node) *list {
	l := &list{abstract: id, starts: map[int]int{}, begun: map[int]bool{}}
	for i := range l.levels {
		l.levels[i] = level{start: 1, restart: -1, format: "none"}
	}
	if abstract != nil {
		for _, c := range abstract.Children {
			l.define(c)
		}
	}
	for _, over := range use.Children {
		if over.Name != "w:lvlOverride" {
			continue
		}
		if own := over.Child("w:lvl"); own != nil {
			l.define(own)
		}
		if start := over.Child("w:startOverride"); start != nil {
			l.starts[levelOf(over)] = number(start.Attr("val"), 1)
		}
	}
	return l
}

func levelOf(n *node) int { return max(0, min(number(n.Attr("ilvl"), 0), 8)) }

func number(s string, otherwise int) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return otherwise
}

func (l *list) define(n *node) {
	if n.Name != "w:lvl" {
		return
	}
	def := level{format: n.Value("w:numFmt"), text: n.Value("w:lvlText"), suffix: n.Value("w:suff"),
		start: number(n.Value("w:start"), 0), restart: -1, style: n.Value("w:pStyle")}
	if ways := n.Child("mc:AlternateContent"); def.format == "" && ways != nil && len(ways.Children) > 0 {
		def.format = ways.Children[0].Value("w:numFmt")
	}
	if restart := n.Child("w:lvlRestart"); restart != nil {
		def.restart = number(restart.Attr("val"), -1)
	}
	def.digits = n.Child("w:isLgl") != nil && isOn(n.Child("w:isLgl").Attr("val"))
	l.levels[levelOf(n)] = def
}

// depth is the level of a list that is for a style; 0 if none is.
func (n numbering) depth(id, style string) int {
	l := n.lists[id]
	if l == nil || style == "" {
		return 0
	}
	return max(0, slices.IndexFunc(l.levels[:], func(of level) bool { return of.style == style }))
}

// next counts a paragraph. bullet is true for one that has no number but a sign.
func (n numbering) next(id string, depth int) (shown string, bullet bool) {
	l := n.lists[id]
	if l == nil || l.levels[depth].format == "none" && l.levels[depth].text == "" {
		return "", false
	}
	if l.levels[depth].format == "bullet" {
		return "", true
	}
	n.count(l, depth)
	shown = l.shown(depth, n.counters[l.abstract])
	if shown != "" && l.levels[depth].suffix != "nothing" {
		shown += gap(shown)
	}
	return shown, false
}

// gap is what stands behind a number: nothing behind the marks of Chinese, which are as
// wide as one, an ideographic space behind 第一条.
func gap(number string) string {
	switch last, _ := utf8.DecodeLastRuneInString(number); {
	case last < utf8.RuneSelf || unicode.IsDigit(last):
		return " "
	case unicode.IsLetter(last):
		return "\u3000"
	}
	return ""
}

func (n numbering) count(l *list, depth int) {
	c := n.counters[l.abstract]
	start, over := l.starts[depth]
	switch {
	case over && !l.begun[depth]:
		c[depth] = start + 1
	case c[depth] == 0:
		c[depth] = l.levels[depth].start + 1
	default:
		c[depth]++
	}
	l.begun[depth] = true
	for i := range depth { // a level that is named and has not begun stands at its start
		if c[i] == 0 {
			c[i] = l.levels[i].start + 1
		}
	}
	for i := depth + 1; i < len(c); i++ {
		if restart := l.levels[i].restart; restart < 0 || restart > 0 && depth < restart {
			c[i] = 0
		}
	}
}

var placeholder = pattern.Of(`%[1-9]`)

// shown is a number as it is printed. Counters are kept plus one, so that 0 is none.
func (l *list) shown(depth int, c *counter) string {
	return placeholder().ReplaceAllStringFunc(l.levels[depth].text, func(p string) string {
		i := int(p[1] - '1')
		format := l.levels[i].format
		if l.levels[depth].digits {
			format = "decimal"
		}
		return numeral(format, max(0, c[i]-1))
	})
}

// numeral writes a number in one of Word's formats; in decimal, if it is another.
func numeral(format string, n int) string {
	switch format {
	case "none", "bullet":
		return ""
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "decimalFullWidth", "decimalFullWidth2":
		return strings.Map(func(c rune) rune { return c - '0' + '０' }, strconv.Itoa(n))
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return enclosed(n, '①', 20)
	case "decimalEnclosedParen":
		return enclosed(n, '⑴', 20)
	case "decimalEnclosedFullstop":
		return enclosed(n, '⒈', 20)
	case "ideographEnclosedCircle":
		return enclosed(n, '㊀', 10)
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperLetter":
		return letter(n)
	case "lowerLetter":
		return strings.ToLower(letter(n))
	case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
		"taiwaneseCountingThousand":
		return counting(n, []rune("〇一二三四五六七八九十百千万"))
	case "chineseLegalSimplified", "japaneseLegal":
		return counting(n, []rune("零壹贰叁肆伍陆柒捌玖拾佰仟万"))
	case "ideographLegalTraditional":
		return counting(n, []rune("零壹貳參肆伍陸柒捌玖拾佰仟萬"))
	case "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2":
		return strings.Map(func(c rune) rune { return []rune("〇一二三四五六七八九")[c-'0'] }, strconv.Itoa(n))
	case "ideographTraditional":
		return among(n, "甲乙丙丁戊己庚辛壬癸")
	case "ideographZodiac":
		return among(n, "子丑寅卯辰巳午未申酉戌亥")
	}
	return strconv.Itoa(n)
}

func enclosed(n int, first rune, last int) string {
	if n < 1 || n > last {
		return strconv.Itoa(n)
	}
	return string(first + rune(n-1))
}

func among(n int, all string) string {
	runes := []rune(all)
	if n < 1 || n > len(runes) {
		return strconv.Itoa(n)
	}
	return string(runes[n-1])
}

// letter is a, b, … z, aa, bb, …
func letter(n int) string {
	if n < 1 || n > 26*9 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(rune('A'+(n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var out strings.Builder
	for i, value := range []int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1} {
		for ; n >= value; n -= value {
			out.WriteString(strings.Fields("M CM D CD C XC L XL X IX V IV I")[i])
		}
	}
	return out.String()
}

// counting writes a number below ten thousand with units: 十二, 一百〇二.
func counting(n int, signs []rune) string {
	if n < 1 || n > 9999 {
		return strconv.Itoa(n)
	}
	zero := signs[0]
	if zero == '〇' {
		zero = '零'
	}
	var out []rune
	gap := false
	for place, unit := 3, 1000; place >= 0; place, unit = place-1, unit/10 {
		digit := n / unit % 10
		if digit == 0 {
			gap = len(out) > 0
			continue
		}
		if gap {
			out = append(out, zero)
			gap = false
		}
		if !(digit == 1 && place == 1 && len(out) == 0 && signs[1] == '一') {
			out = append(out, signs[digit])
		}
		if place > 0 {
			out = append(out, signs[9+place])
		}
	}
	return string(out)
}
