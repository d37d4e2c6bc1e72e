package markdown

import (
	"bytes"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"qinglian/internal/pattern"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// linkParser reads links and pictures: what CommonMark knows is left to
// goldmark's parser. In a Chinese block it also takes what can only have been
// meant as one: [通知](https://a.cn/x）, ![图] (a.svg), ![图](a.svg “题” =300x200),
// 【通知】(https://a.cn/x) and ![[a.svg]]. What may be prose stays as typed;
// [renderer.nearLink] reports it.
type linkParser struct{ parser.InlineParser }

// Trigger is what a link, a picture, the end of its text or an address behind
// full-width brackets begins with.
func (linkParser) Trigger() []byte { return []byte("![](") }

// Parse takes a link, or a bracket that may belong to one.
func (p linkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	_, from := block.Position()
	n := p.parse(parent, block, pc)
	switch n := n.(type) {
	case *ast.Link:
		readingOf(pc, block.Source()).linkTo(n.Pos(), block)
	case *ast.Image:
		if n.Pos() < 0 {
			n.SetPos(from.Start)
		}
		readingOf(pc, block.Source()).linkTo(n.Pos(), block)
	}
	return n
}

// linkTo notes that a link ends where the parser stands: no node says so.
func (r *reading) linkTo(at int, block text.Reader) {
	if r.linkEnds == nil {
		r.linkEnds = map[int]int{}
	}
	_, behind := block.Position()
	r.linkEnds[at] = behind.Start
}

func (p linkParser) parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	if r := readingOf(pc, block.Source()); r.chineseIn(parent) || r.chinese && pictureAlone(parent, r.source) {
		switch {
		case line[0] == '(':
			return wideLink(parent, block)
		case bytes.HasPrefix(line, []byte("![[")):
			if n := embedded(line); n != nil {
				block.Advance(bytes.Index(line, []byte("]]")) + 2)
				return n
			}
		case line[0] == ']' && !asTyped(line[1:]):
			t := tailOf(line[1:])
			if t.size == 0 {
				break
			}
			label, picture := labelBefore(r.source, at.Start)
			if _, known := pc.Reference(label); known && t.gap {
				break
			}
			if mended, ok := t.mended(picture, label); ok {
				n := p.InlineParser.Parse(parent, text.NewReader([]byte("]"+mended)), pc)
				if n != nil {
					block.Advance(1 + t.size)
				}
				return n
			}
		}
	}
	if line[0] == '(' {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// CloseBlock makes text of the brackets that no link took.
func (p linkParser) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if c, ok := p.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, pc)
	}
}

// pictureAlone reports whether a block is one picture and nothing else: it has
// no language of its own.
func pictureAlone(block ast.Node, source []byte) bool {
	if block.Lines().Len() != 1 {
		return false
	}
	s := block.Lines().At(0)
	line := bytes.TrimSpace(s.Value(source))
	return bytes.HasPrefix(line, []byte("![")) && bytes.IndexAny(line, ")]") > 0 &&
		bytes.ContainsAny(line[len(line)-1:], ")]")
}

// labelBefore is the text of the link or picture that a ] ends.
func labelBefore(source []byte, end int) (label string, picture bool) {
	before := source[max(0, end-longestAddress):end]
	open := bytes.LastIndexByte(before, '[')
	if i := bytes.LastIndexByte(before[open+1:], '\n'); i >= 0 {
		return string(before[open+1+i+1:]), false
	}
	return string(before[open+1:]), open > 0 && before[open-1] == '!' && bytes.IndexByte(before[open:], ']') < 0
}

// tail is what stands behind the text of a link: (address "title").
type tail struct {
	inside string // between the brackets
	size   int    // in bytes, 0 if it is none
	gap    bool   // a space stands in front of it
	wide   bool   // it begins with a full-width bracket
	exact  bool   // its brackets are as they should be
}

// asTyped reports a tail without anything to mend, as most have: an address in brackets.
func asTyped(line []byte) bool {
	if len(line) == 0 || line[0] != '(' {
		return false
	}
	for _, c := range line[1:] {
		switch c {
		case ')':
			return true
		case '(', '[', ']', '<', '>', '\\', '`', '"':
			return false
		}
		if c <= ' ' || c >= utf8.RuneSelf {
			return false
		}
	}
	return false
}

// tailOf is the tail that a line begins with, its brackets of either width.
func tailOf(line []byte) (t tail) {
	line = line[:min(len(line), longestAddress)]
	rest := line
	if t.gap = bytes.HasPrefix(rest, []byte(" ")); t.gap {
		rest = rest[1:]
	}
	open, skip := utf8.DecodeRune(rest)
	if open != '(' && open != '（' {
		return tail{}
	}
	t.wide = open == '（'
	depth := 0
	for i, c := range string(rest) {
		switch c {
		case '(', '（':
			depth++
		case ')', '）':
			if depth--; depth > 0 {
				continue
			}
			if c == '）' && !t.wide && !t.gap && strings.HasPrefix(string(rest[i+len("）"):]), ")") {
				return tail{} // goldmark's, with a ） at the end of its address
			}
			t.inside = strings.Trim(string(rest[skip:i]), " \t　")
			t.size = len(line) - len(rest) + i + utf8.RuneLen(c)
			t.exact = !t.gap && !t.wide && c == ')'
			return t
		case '[', ']', '<', '>', '\\', '`', '\n':
			return tail{}
		}
	}
	return tail{}
}

var (
	pictureSize = pattern.Of(`\s+=\d*%?(x\d*%?)?$`)
	linkTitle   = pattern.Of(`^(\S.*?)(\s*)(["“”])([^"“”]+)["“”]$`)
)

// mended is the tail, which is one, as CommonMark has it; ok is false if there is
// nothing to mend, or it may be prose.
func (t tail) mended(picture bool, label string) (mended string, ok bool) {
	dest, title, exact := t.inside, "", t.exact
	unsize := func() {
		if s := pictureSize().FindString(dest); picture && s != "" {
			dest, exact = dest[:len(dest)-len(s)], false
		}
	}
	if exact && !strings.ContainsAny(dest, " \t　“”") {
		return "", false
	}
	unsize()
	if m := linkTitle().FindStringSubmatch(dest); m != nil {
		dest, title = m[1], m[4]
		exact = exact && m[2] != "" && m[3] == `"` && strings.HasSuffix(t.inside, `"`)
		unsize()
	}
	if exact && !strings.ContainsAny(dest, " \t　") || !t.certain(dest, label) {
		return "", false
	}
	if title != "" {
		title = ` "` + title + `"`
	}
	return "(<" + dest + ">" + title + ")", true
}

// certain reports whether what stands in the brackets can only be an address. A
// number in [] may be a citation's, and a telephone number in （） is the reader's.
func (t tail) certain(dest, label string) bool {
	loose := t.gap || t.wide
	if loose && citation(label) {
		return false
	}
	address := meant(dest)
	if isFile(address) || webAddress().MatchString(address) {
		return true
	}
	return !loose && (strings.HasPrefix(address, "mailto:") || strings.HasPrefix(address, "tel:") ||
		strings.HasPrefix(address, "www.") && !strings.ContainsAny(address, " "))
}

// citation reports whether what stands in brackets is a number, or a footnote's.
func citation(label string) bool { return strings.Trim(label, "^0123456789") == "" }

var embedding = pattern.Of(`^!\[\[([^\[\]|\n]+)(\|[^\[\]\n]*)?\]\]`)

// embedded is the picture ![[a.png]] or ![[a.png|300]] of Obsidian.
func embedded(line []byte) ast.Node {
	m := embedding().FindSubmatch(line)
	if m == nil || !picturePattern().Match(m[1]) {
		return nil
	}
	dest := bytes.TrimSpace(m[1])
	alt := strings.TrimSuffix(path.Base(string(dest)), path.Ext(string(dest)))
	if words := strings.Trim(string(m[2]), "| "); strings.Trim(words, "0123456789x") != "" {
		alt = words
	}
	n := ast.NewImage(ast.NewLink())
	n.Destination = dest
	n.AppendChild(n, ast.NewString([]byte(alt)))
	return n
}

// wideLink takes 【通知】(https://a.cn/x) and ［附件](a.pdf), whose text the parser
// has passed already.
func wideLink(parent ast.Node, block text.Reader) ast.Node {
	line, at := block.PeekLine()
	value := textBefore(parent, block.Source(), at.Start)
	open, label := wideLabel(value)
	if label == "" {
		return nil
	}
	t := tailOf(line)
	if t.size == 0 || t.wide || !t.certain(t.inside, label) || citation(label) {
		return nil
	}
	start := at.Start - len(value) + open
	first, size := utf8.DecodeRune(value[open:])
	if first == '【' && !webAddress().MatchString(meant(t.inside)) {
		return nil // 【附件】(附件.pdf) may say nothing but the file's name
	}
	n := ast.NewLink()
	n.SetPos(start)
	n.Destination = []byte(t.inside)
	n.AppendChild(n, ast.NewTextSegment(text.NewSegment(start+size, start+size+len(label))))
	cutText(parent, start)
	block.Advance(t.size)
	return n
}

// wideLabel is the text in full-width brackets that a text ends with, and where
// they begin.
func wideLabel(value []byte) (open int, label string) {
	last, size := utf8.DecodeLastRune(value)
	inner := value[:len(value)-size]
	if last != '】' && last != '］' && last != ']' || bytes.HasSuffix(inner, []byte(`\`)) {
		return 0, ""
	}
	open = bytes.LastIndexFunc(inner, func(c rune) bool { return c == '【' || c == '［' || c == '】' || c == '］' })
	if open < 0 {
		return 0, ""
	}
	first, skip := utf8.DecodeRune(inner[open:])
	inner = inner[open+skip:]
	if first == '【' != (last == '】') || closes(first) || len(bytes.TrimFunc(inner, unicode.IsSpace)) == 0 ||
		bytes.ContainsAny(inner, "\\&") {
		return 0, ""
	}
	return open, string(inner)
}
