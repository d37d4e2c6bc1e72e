package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// bareParser makes links of the addresses that stand in Chinese prose without
// marks, whatever is in front of them but a letter or digit: 网址：https://a.cn,
// “https://a.cn”, 邮箱a@b.cn. goldmark's parser, which wants a space in front, has
// them where there is no Chinese. Both see only what no link has taken.
type bareParser struct{}

// Trigger is what shows an address; the parser has passed its beginning then.
func (bareParser) Trigger() []byte { return []byte(":/@.") }

// Parse takes an address of which the beginning is text already.
func (bareParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	size := begun(textBefore(parent, block.Source(), at.Start), line)
	if size == 0 {
		return nil
	}
	r := readingOf(pc, block.Source())
	start := at.Start - size
	ahead, _ := utf8.DecodeLastRune(r.source[:start])
	if alphanumeric(ahead) || ahead == '/' || ahead == '@' || ahead == '_' && line[0] == '@' {
		return nil
	}
	rest := r.source[start:min(at.Stop, start+longestAddress)]
	end, sure := mailEnd(rest), true
	if line[0] != '@' {
		end, sure = addressEnd(rest, ahead)
	}
	typed := r.source[start : start+end]
	escaped := line[0] == '/' || bytes.IndexByte(typed, '\\') >= 0
	switch {
	case end <= size || !r.chineseIn(parent) && !escaped, escaped && pc.IsInLinkLabel():
		return nil
	case !sure:
		if !pc.IsInLinkLabel() {
			r.doubtful(start, typed)
		}
		return nil
	}
	cutText(parent, start)
	block.Advance(end - size)
	return bareLink(line[0], start, typed, escaped)
}

// longestAddress is how many bytes of a line are looked at for one.
const longestAddress = 2000

// begun is how much of an address a text ends with that goes on with a line.
func begun(before, line []byte) (size int) {
	switch {
	case line[0] == '@':
		size = len(before) - len(bytes.TrimRightFunc(before, func(c rune) bool {
			return alphanumeric(c) || strings.ContainsRune("._%+-", c)
		}))
		return size
	case line[0] == '.' && bytes.HasSuffix(before, []byte("www")):
		return len("www")
	case bytes.HasPrefix(line, []byte("://")):
	case bytes.HasPrefix(line, []byte("//")) && bytes.HasSuffix(before, []byte("：")):
		size = len("：")
	default:
		return 0
	}
	name := before[:len(before)-size]
	word := len(name) - len(bytes.TrimRightFunc(name, alphanumeric))
	if s := strings.ToLower(string(name[len(name)-word:])); s != "http" && s != "https" {
		return 0
	}
	return size + word
}

// bareLink is the link of an address. What has to be mended is a link like those
// in brackets.
func bareLink(mark byte, start int, typed []byte, escaped bool) ast.Node {
	words := ast.NewTextSegment(text.NewSegment(start, start+len(typed)))
	if escaped {
		if mark == '.' {
			typed = append([]byte("http://"), typed...)
		}
		n := ast.NewLink()
		n.SetPos(start)
		n.Destination = typed
		n.AppendChild(n, words)
		return n
	}
	sort := ast.AutoLinkType(ast.AutoLinkURL)
	if mark == '@' {
		sort = ast.AutoLinkEmail
	}
	n := ast.NewAutoLink(sort, words)
	if mark == '.' {
		n.Protocol = []byte("http")
	}
	n.SetPos(start)
	return n
}

// textBefore is the text in front of an offset that the parser has passed and
// made nothing of, as far as an address or the words of a link reach.
func textBefore(parent ast.Node, source []byte, end int) []byte {
	start := end
	for n := parent.LastChild(); n != nil; n = n.PreviousSibling() {
		t, ok := n.(*ast.Text)
		if !ok || t.Segment.Stop != start || t.Segment.Padding > 0 || end-start > longestAddress {
			break
		}
		start = t.Segment.Start
	}
	return source[max(start, end-longestAddress):end]
}

// cutText takes the end off such a text, since something else is made of it.
func cutText(parent ast.Node, at int) {
	for {
		t, ok := parent.LastChild().(*ast.Text)
		switch {
		case !ok || t.Segment.Stop <= at:
			return
		case t.Segment.Start >= at:
			parent.RemoveChild(parent, t)
		default:
			t.Segment = t.Segment.WithStop(at)
		}
	}
}

func (r *reading) doubtful(at int, typed []byte) {
	address := string(util.UnescapePunctuations(typed))
	cure := address
	if strings.HasPrefix(address, "www") {
		cure = "http://" + address
	}
	r.problemOver(span{at, at + len(typed)}, diag.Diagnostic{Rule: "doubtful-address", Severity: diag.Warning,
		Message: diag.Say("看不出网址“%s”到哪个字为止，没有做成链接", "where the address %q ends can't be told; it is no link", address),
		Hint: diag.Say("网址后面空一格再写下文；汉字是网址的一部分，就加尖括号写成 <%s>",
			"put a space behind the address; if the Chinese is part of it, write <%s>", cure)})
}

// mailEnd is where an e-mail address ends that a text begins with; 0 if it is none.
func mailEnd(s []byte) int {
	end := util.FindEmailIndex(s)
	if end < 0 {
		return 0
	}
	end = len(bytes.TrimRight(s[:end], ".-"))
	if !mailAddress().Match(s[:end]) || isFile(string(s[:end])) || goesOn().Match(s[end:]) {
		return 0
	}
	return end
}

var (
	addressHost = pattern.Of(`^((?i:https?)(://|：//)|www\.)[-A-Za-z0-9@:%._+~#=]+\.[A-Za-z]+(:\d+)?`)
	// goesOn is what follows no address of mail: git@a.cn:b/c.
	goesOn = pattern.Of(`^([_/]|:[A-Za-z0-9])`)
	// pageEnd is what the name of a file or page ends with.
	pageEnd = pattern.Of(`(?i)\.(` + fileTypes + `|s?html|aspx?|jspx?|php|do|action)$`)
	// entityEnd is half of &lt;…&gt; around an address.
	entityEnd = pattern.Of(`&[A-Za-z]+;$`)
)

// addressEnd is where the address ends that a text begins with, 0 if there is
// none; before is the character in front of it. Chinese belongs to it where
// something of an address follows (/爱莲说/123, /通知.pdf, ?词=x), and at its end
// where it stands alone. Else it is the prose behind a whole address
// (https://a.cn/查询, x.html的通知), or that can't be known: sure is false.
func addressEnd(line []byte, before rune) (end int, sure bool) {
	host := len(addressHost().Find(line))
	if host == 0 {
		return 0, true
	}
	if host == len(line) || strings.IndexByte("/?#", line[host]) < 0 {
		return host, true
	}
	end = len(trimAddress(line[:host+pathEnd(line[host:])]))
	alone := endsAlone(line[end:], before)
	for from := host; from < end; {
		to := from + 1
		for to < end && strings.IndexByte("/?#&=", line[to]) < 0 {
			to++
		}
		p := piece{line[from:to], to < end}
		if at := bytes.IndexFunc(p.text, han); at >= 0 && !p.belongs(alone, before) {
			return whole(line[:end], host, from, from+at)
		}
		from = to
	}
	return end, true
}

// whole is the part of an address in front of doubtful Chinese, at an offset of
// the piece that begins at from: the site's root, or a page's name.
func whole(address []byte, host, from, at int) (end int, sure bool) {
	switch {
	case at == host+1 && address[host] == '/':
		return at, true
	case pageEnd().Match(address[:at]):
		return at, true
	}
	return len(address), false
}

// piece is a step of an address's path, or a word of its query, with the mark in
// front of it.
type piece struct {
	text   []byte
	closed bool // another follows
}

// belongs reports whether the Chinese in a piece is part of the address.
func (p piece) belongs(alone bool, before rune) bool {
	first := bytes.IndexFunc(p.text, han)
	for i, c := range string(p.text) {
		if last, _ := utf8.DecodeLastRune(p.text[:i]); han(c) && alphanumeric(last) && !isDigit(last) {
			return false // x的首页
		}
	}
	if p.closed || pageEnd().Match(p.text) {
		return true
	}
	return first == 1 && alone && (p.text[0] != '/' || !han(before))
}

// han reports a letter of Chinese, Japanese or Korean.
func han(c rune) bool { return c >= 0x1100 && unicode.IsLetter(c) && cjk(c) }

// pathEnd is where the path and query of an address end, without regard to what
// its Chinese means: at a mark that no address has, or that divides it from
// Chinese or the next address, and before that.
func pathEnd(line []byte) int {
	for i := 0; i < len(line); {
		c, size := utf8.DecodeRune(line[i:])
		next, _ := utf8.DecodeRune(line[i+size:])
		switch {
		case han(c):
			if addressHost().Match(line[i+size:]) {
				return i + size
			}
		case (c == ',' || c == ';') && addressHost().Match(line[i+size:]):
			return i
		case c == '\\' && next < utf8.RuneSelf && util.IsPunct(byte(next)):
			size++
		case !alphanumeric(c) && !strings.ContainsRune("-@:%_+.~#$!?&/=(),;'{}", c), han(next) &&
			strings.ContainsRune(",;:!.('{", c):
			return i
		case han(next) && (c == ')' || c == '}'):
			return i + size
		}
		i += size
	}
	return len(line)
}

// trimAddress takes off what ends a sentence, and brackets that it did not open.
func trimAddress(s []byte) []byte {
	for {
		before := len(s)
		s = bytes.TrimRight(s[:before-len(entityEnd().Find(s))], "?!.,:;*_~'")
		for _, pair := range []string{"()", "{}"} {
			if bytes.HasSuffix(s, []byte(pair[1:])) &&
				bytes.Count(s, []byte(pair[1:])) > bytes.Count(s, []byte(pair[:1])) {
				s = s[:len(s)-1]
			}
		}
		if len(s) == before {
			return s
		}
	}
}

// endsAlone reports whether nothing that is read on follows an address: it
// ends where the line or the brackets around it do, or at a space.
func endsAlone(rest []byte, before rune) bool {
	next, _ := utf8.DecodeRune(rest)
	switch {
	case len(rest) == 0, unicode.IsSpace(next), strings.ContainsRune("])}>\"'`*|<", next):
		return true
	}
	return next != 0 && closing(before) == next
}

// spacedParser is goldmark's parser of bare addresses, where [bareParser] does
// not take them.
type spacedParser struct{ parser.InlineParser }

func newSpacedParser() spacedParser { return spacedParser{extension.NewLinkifyParser()} }

// Parse takes an address behind a space or at the beginning of a line.
func (p spacedParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	rest, _ := block.PeekLine()
	for len(rest) > 0 && strings.IndexByte(" *_~(", rest[0]) >= 0 {
		rest = rest[1:]
	}
	if !bytes.HasPrefix(rest, []byte("ftp:")) && readingOf(pc, block.Source()).chineseIn(parent) {
		return nil
	}
	rest = rest[:min(len(rest), longestAddress)]
	if bytes.IndexByte(rest, '\\') >= 0 {
		if host := len(addressHost().Find(rest)); host > 0 &&
			bytes.IndexByte(rest[host:host+pathEnd(rest[host:])], '\\') >= 0 {
			return nil
		}
	}
	n := p.InlineParser.Parse(parent, block, pc)
	if link, ok := n.(*ast.AutoLink); ok { // else it begins with what stands in front of it
		_, behind := block.Position()
		link.SetPos(behind.Start - len(link.Label(block.Source())))
	}
	return n
}
