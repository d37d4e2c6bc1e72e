package manuscript

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// Head is what a document says of itself, as front matter asks for it.
type Head struct {
	Title  Finding
	Number Finding // of an official document: 清政发〔2026〕12号
	Unit   Finding // that signs it
	Date   Finding // 2026-10-01
}

// Finding is what was found for a field. In the blocks it stands from From to To, if it
// takes the whole of them.
type Finding struct {
	Text     string
	Doubt    diag.Text // why somebody should look at it; none: it is certain
	From, To int
}

// headBlocks is how many blocks the head of a document has at most.
const headBlocks = 8

var (
	number = pattern.Of(`^\p{Han}[\p{Han}A-Za-z]{0,14}\s*` +
		`[〔\[［(（【]\s*(?:19|20)[0-9]{2}\s*[〕\]］)）】]\s*第?\s*[0-9]{1,5}\s*号$`)
	fullDate = pattern.Of(`(?:[0-9]{4}|[〇○零一二三四五六七八九]{4})\s*年\s*` +
		`(?:[0-9]{1,2}|[元一二三四五六七八九十]{1,2})\s*月\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*日`)
	// byline is who wrote a text, as it stands under the title: 县纪委宣传部　张三.
	byline = pattern.Of(`^(?:[（(]?(?:作者|记者|通讯员|特约记者|供稿|撰稿|撰文|来源|编辑)|` +
		`\p{Han}*(?:部|委|办|局|室|站|处|科|社|镇|乡|村|街道|院|校|中心|公司)(?:\s+\p{Han}{2,3}|\s+\p{Han}\s\p{Han})+[）)]?$)`)
	// behind begins what may stand behind a signature.
	behind = pattern.Of(`^[（(]?(附件|抄送|主送|附注|联\s*系|电\s*话|此件|来源|编辑|责任编辑)`)
	// attached begins the further lines of what is attached: 2. 报名表.
	attached = pattern.Of(`^[0-9]{1,2}[.．、]`)
)

// Head finds what front matter asks for.
func (m *Manuscript) Head() Head {
	h := Head{Title: m.title(), Number: m.number()}
	h.Unit, h.Date = m.signature()
	if h.Date.Text == "" {
		h.Date = m.dateAbove()
	}
	return h
}

// longestTitle is how many characters a line of a title has: more are prose that is centred.
const longestTitle = 100

// head is the blocks in which a document's head may stand.
func (m *Manuscript) head() []Block { return m.Blocks[:min(len(m.Blocks), headBlocks)] }

func (m *Manuscript) title() Finding {
	if f, ok := m.titled(func(b Block) bool { return b.Kind == Title }, diag.Text{}); ok {
		return f
	}
	first := func(b Block) bool { return b.Kind == Heading && b.Level == 1 }
	firsts := 0
	for _, b := range m.Blocks {
		if first(b) {
			firsts++
		}
	}
	if firsts == 1 {
		if f, ok := m.titled(first, diag.Say("文件里没有“标题”样式，这是唯一的一级标题",
			"nothing has the style of a title: this is the only heading of the first level")); ok {
			return f
		}
	}
	f, _ := m.titled(func(b Block) bool {
		line := b.Line()
		return b.Kind == Paragraph && b.Align == Center && len(b.pictures()) == 0 && !number().MatchString(line) &&
			!strings.HasSuffix(line, "文件") && !strings.HasPrefix(line, "（") && fullDate().FindString(line) != line &&
			!byline().MatchString(line) && utf8.RuneCountInString(line) <= longestTitle
	}, diag.Say("文件里没有“标题”样式，这是第一个居中的段落",
		"nothing has the style of a title: this is the first centred paragraph"))
	return f
}

// titled is the first of the head's blocks that are a title, and those that go on with it.
func (m *Manuscript) titled(is func(Block) bool, doubt diag.Text) (Finding, bool) {
	from := slices.IndexFunc(m.head(), is)
	if from < 0 {
		return Finding{}, false
	}
	to := from + run(m.Blocks[from:], func(b Block) bool { return is(b) && b.bold() == m.Blocks[from].bold() })
	var title strings.Builder
	for _, b := range m.Blocks[from:to] {
		for line := range strings.SplitSeq(b.Said(), "\n") {
			title.WriteString(joinedLine(title.String(), together(line)))
		}
	}
	return Finding{title.String(), doubt, from, to}, true
}

// bold reports a block of which all is bold.
func (b Block) bold() bool {
	return !slices.ContainsFunc(b.Spans, func(s Span) bool { return !s.Bold && strings.TrimSpace(s.Text) != "" })
}

// together is a line with single spaces; with none, if they only spread its characters
// out: 通　知.
func together(line string) string {
	words := strings.Fields(line)
	if slices.ContainsFunc(words, func(w string) bool { return utf8.RuneCountInString(w) > 1 }) {
		return strings.Join(words, " ")
	}
	return strings.Join(words, "")
}

// joinedLine is a line as it goes on with a text: with a space between Latin words.
func joinedLine(text, line string) string {
	last, _ := utf8.DecodeLastRuneInString(text)
	first, _ := utf8.DecodeRuneInString(line)
	if word(last) && word(first) {
		return " " + line
	}
	return line
}

func (m *Manuscript) number() Finding {
	for i, b := range m.head() {
		if line := b.Line(); b.Kind != Table && number().MatchString(line) {
			doubt := diag.Text{}
			if !strings.Contains(line, "〔") {
				doubt = diag.Say("年份通常写在〔〕里", "the year stands in 〔〕 as a rule")
			}
			return Finding{line, doubt, i, i + 1}
		}
	}
	return Finding{}
}

// signature is the organ and the date that close a text.
func (m *Manuscript) signature() (unit, date Finding) {
	i, doubt := m.dated()
	if i < 0 {
		return unit, date
	}
	line := m.Blocks[i].Line()
	var ok bool
	if date.Text, ok = dateIn(line[fullDate().FindStringIndex(line)[0]:]); !ok {
		return Finding{}, Finding{}
	}
	unit = m.signer(i)
	if date.Doubt = doubt; unit.Text != "" && unit.Doubt == (diag.Text{}) {
		unit.Doubt = doubt
	}
	return unit, date
}

// dated is the block that ends in the date of a signature, or -1: at the end of the text,
// else above the first attachment that is in the document, else the first at the right
// that has a signer, with a doubt: a notice has behind it what it is about.
func (m *Manuscript) dated() (at int, doubt diag.Text) {
	if at = m.datedAbove(len(m.Blocks)); at >= 0 {
		return at, doubt
	}
	for i, b := range m.Blocks {
		if line := b.Line(); annexHere().MatchString(line) || numberedAnnex().MatchString(line) {
			if at = m.datedAbove(i); at >= 0 {
				return at, doubt
			}
		}
	}
	at = slices.IndexFunc(m.Blocks, func(b Block) bool { return b.Align == Right && b.endsInDate() })
	if at < 0 || m.signer(at).Text == "" {
		return -1, doubt
	}
	return at, diag.Say("落款后面还有正文，不一定是这份文件的", "there is text behind this signature: it may be that of something else")
}

// datedAbove is the block that ends in the date of a signature, with nothing but what may
// stand behind one between it and a block; or -1.
func (m *Manuscript) datedAbove(end int) int {
	for i := end - 1; i >= 0; i-- {
		b := m.Blocks[i]
		line := b.Line()
		switch {
		case b.Kind == Table || len(b.pictures()) > 0 || behind().MatchString(line):
			continue
		case b.Kind == Paragraph && b.endsInDate():
			return i
		case b.Kind != Paragraph || !attached().MatchString(line):
			return -1
		}
	}
	return -1
}

// endsInDate reports a block whose last words are a full date.
func (b Block) endsInDate() bool {
	line := b.Line()
	at := fullDate().FindStringIndex(line)
	return at != nil && at[1] == len(line)
}

// closing is where a signature begins, with all units that sign; the end of a text that
// has none.
func (m *Manuscript) closing() int {
	i, _ := m.dated()
	if i < 0 {
		return len(m.Blocks)
	}
	signer := m.signer(i).Text
	if i > 0 && signer != "" && strings.HasSuffix(strings.Join(strings.Fields(m.Blocks[i-1].Line()), ""), signer) {
		i--
	}
	for i > 0 && m.Blocks[i].Align == Right && m.Blocks[i-1].Kind == Paragraph && m.Blocks[i-1].Align == Right {
		i--
	}
	return i
}

// longestSigner is how many characters the name of who signs has.
const longestSigner = 30

// signer is who stands in front of a date: on its line, or on the one above it.
func (m *Manuscript) signer(date int) Finding {
	lines := linesOf(m.Blocks[date])
	last := len(lines) - 1
	before := strings.TrimSpace(lines[last][:fullDate().FindStringIndex(lines[last])[0]])
	if date > 0 {
		lines = append(linesOf(m.Blocks[date-1]), lines...)
	}
	if len(lines) > 1 {
		before = cmp.Or(before, lines[len(lines)-2])
	}
	name := strings.Join(strings.Fields(before), "")
	if name == "" || utf8.RuneCountInString(name) > longestSigner || strings.ContainsAny(name, "。；：！？，,") {
		return Finding{}
	}
	f := Finding{Text: name}
	if m.Blocks[date].Align != Right {
		f.Doubt = diag.Say("日期没有靠右，不一定是落款", "the date is not at the right: this may be no signature")
	}
	return f
}

// linesOf are the lines of a block that say something.
func linesOf(b Block) (lines []string) {
	for line := range strings.SplitSeq(b.Said(), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// dateAbove is a date in a document's head. What it is the date of is not certain.
func (m *Manuscript) dateAbove() Finding {
	for _, b := range m.head() {
		line := b.Line()
		date, ok := dateIn(line)
		if ok && b.Kind != Table && (b.Align != Left || line == fullDate().FindString(line)) {
			return Finding{Text: date, Doubt: nearTitle}
		}
	}
	return Finding{}
}

// dateIn is the first full date in a line, as 2026-10-01; ok is false for a day that
// there is not.
func dateIn(line string) (date string, ok bool) {
	found := fullDate().FindString(line)
	if found == "" {
		return "", false
	}
	year, rest, _ := strings.Cut(found, "年")
	month, day, _ := strings.Cut(rest, "月")
	date = fmt.Sprintf("%04d-%02d-%02d", numeral(year), numeral(month), numeral(strings.TrimSuffix(day, "日")))
	_, err := time.Parse(time.DateOnly, date)
	return date, err == nil
}

// numeral is the value of digits or of Chinese ones: 2026, 二〇二六, 三十一, 元.
func numeral(s string) int {
	s = strings.TrimSpace(s)
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	value, digit := 0, 0
	for _, c := range s {
		if c == '十' {
			value, digit = max(digit, 1)*10, 0
			continue
		}
		digit = 10*digit + max(0, slices.Index([]rune("〇一二三四五六七八九"), c))
		if c == '元' {
			digit = 1
		}
	}
	return value + digit
}

// remove takes blocks out of the text. The notes and pictures in them stay.
func (m *Manuscript) remove(from, to int) {
	var stay []Span
	for _, b := range m.Blocks[from:to] {
		for _, s := range b.Spans {
			if s.Note > 0 || s.Picture > 0 {
				stay = append(stay, s)
			}
		}
	}
	kept := slices.Clone(m.Blocks[:from])
	if len(stay) > 0 {
		kept = append(kept, Block{Spans: stay})
	}
	m.Blocks = append(kept, m.Blocks[to:]...)
}
