package markdown

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"qinglian/internal/pattern"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// An official text greets whom it is for and is signed: the organ, and below it
// the date (GB/T 9704-2012, 7.3.2 and 7.3.5). Staff type both as lines like all
// others. They are recognised where nothing else can be meant, and get the form
// that :::signature gives by hand.

// greeted is what a salutation begins with, or names.
var (
	greeted = []string{"各", "同志", "尊敬", "全体", "全县", "全市", "全区", "全省", "全校", "全院", "广大"}
	// persons end what greets people: 居民朋友们.
	persons = []string{"同志", "同志们", "朋友", "朋友们", "乡亲们", "同学们", "老师们", "家长们", "干警们", "先生", "女士", "老师"}
	// organs end the names of whom a text comes from or goes to.
	organs = strings.Fields("局 委 委员会 办 办公室 政府 部 厅 院 科 室 处 中心 队 大队 支队 所 站 组 小组 庭 党组 党委 支部 总支 公司 集团 " +
		"学校 中学 小学 幼儿园 大学 学院 医院 卫生院 街道 街道办 社区 村委会 居委会 乡 镇 县 区 市 联合会 协会 学会 商会 总会 工会 团委 纪委 " +
		"监委 组织 机关 单位 银行 合作社 馆 台 报社 杂志社 编辑部 指挥部 管委会 理事会 董事会 监事会 领导小组")
	// reporters sign news.
	reporters = []string{"通讯员", "记者", "本报记者", "本网记者", "供稿", "来源", "作者", "撰稿", "文/", "文／", "图/", "图／", "文图", "图文", "整理",
		"编辑", "责任编辑", "责编"}
)

const (
	longestSalutation = 30 // characters
	longestOrgan      = 30
	longestByline     = 40
	mostOrgans        = 6 // that sign one text
)

// greetingAt is which of some lines greets whom a text is for: the first one, or
// one behind lines of a document's head; -1 if none does.
func greetingAt(lines [][]byte) int {
	for i, line := range lines {
		switch {
		case salutes(line):
			return i
		case i == mostTitles || endsSentence(line, ended):
			return -1
		}
	}
	return -1
}

// ended are the marks that a title does not end with.
const ended = "。！？；，：:…"

// asks are words of a sentence that ends in ： as a salutation does: 各单位要做到：.
var asks = pattern.Of(`[^主重需]要|应当|必须|做到|如下|以下|包括|一[、是]|其中`)

// salutes reports a line that greets whom a text is for.
func salutes(line []byte) bool {
	name, ok := bytes.CutSuffix(line, []byte("："))
	if !ok {
		name, ok = bytes.CutSuffix(line, []byte(":"))
	}
	if !ok || utf8.RuneCount(name) > longestSalutation || bytes.ContainsAny(name, "。；！？：") || asks().Match(name) {
		return false
	}
	for _, word := range greeted {
		if bytes.HasPrefix(name, []byte(word)) {
			return true
		}
	}
	for _, word := range persons {
		if bytes.HasSuffix(name, []byte(word)) {
			return true
		}
	}
	return organ(string(name))
}

// organ reports the name of an organ, or of several with spaces or 、 between
// them, perhaps with （盖章） behind it.
func organ(s string) bool {
	for _, seal := range []string{"（盖章）", "（印章）", "(盖章)", "（章）"} {
		s = strings.TrimSuffix(s, seal)
	}
	if s == "" || utf8.RuneCountInString(s) > longestOrgan || strings.ContainsAny(s, "。；！？：“”‘’《》") {
		return false
	}
	for _, name := range strings.FieldsFunc(s,
		func(c rune) bool { return unicode.IsSpace(c) || c == '、' || c == '，' }) {
		if !endsWithOrgan(name) {
			return false
		}
	}
	return true
}

func endsWithOrgan(name string) bool {
	if utf8.RuneCountInString(name) < 3 {
		return false
	}
	for _, end := range organs {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

// fullDate is a date as it stands below a text.
var fullDate = pattern.Of(`(?:[0-9０-９]{4}|[〇○零一二三四五六七八九]{4})[ 　]*年[ 　]*(?:[0-9０-９]{1,2}|[元一二三四五六七八九十]{1,2})[ 　]*月[ 　]*(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})[ 　]*` + dateEnd + `$`)

// dateEnd is what each fullDate ends in.
const dateEnd = "日"

// findForm gives the salutation and the signature of a text their form.
func (r *reading) findForm(root ast.Node) {
	if r.unsigned {
		return
	}
	if p, ok := r.firstProse(root).(*ast.Paragraph); ok && r.official && p.Attributes() == nil && r.greets(p) &&
		!r.greetsAgain(p) {
		p.SetAttributeString("class", []byte("salutation"))
		r.recognised.Salutation = true
	}
	for _, p := range r.closings(root) {
		switch {
		case p.Attributes() != nil:
		case r.official && r.sign(p):
			r.recognised.Signature = true
		case p.PreviousSibling() != nil && p.Lines().Len() == 1 && r.byline(r.line(p, 0)):
			enclose("right", p, p)
			r.recognised.Signature = true
		}
	}
}

func (r *reading) greets(p *ast.Paragraph) bool {
	return p.Lines().Len() == 1 && salutes(r.line(p, 0))
}

// greetsAgain reports whether another organ follows the way a first one is greeted:
// both are headings of what each of them did.
func (r *reading) greetsAgain(p *ast.Paragraph) bool {
	for n := p.NextSibling(); n != nil; n = n.NextSibling() {
		other, ok := n.(*ast.Paragraph)
		if ok && other.Lines().Len() > 0 && salutes(r.line(other, 0)) &&
			organ(string(bytes.TrimRight(r.line(other, 0), "：:"))) {
			return true
		}
	}
	return false
}

// line is one line of a block.
func (r *reading) line(n ast.Node, i int) []byte {
	s := n.Lines().At(i)
	return trimSpaces(s.Value(r.source))
}

// mostTitles is how many paragraphs stand in front of a salutation at most: the
// organ, the number and the title, as they are copied from the document's head.
const mostTitles = 4

// firstProse is the first paragraph of a text, behind headings and lines that end
// no sentence, as titles and official numbers; nil if something else comes first.
func (r *reading) firstProse(root ast.Node) ast.Node {
	titles := 0
	for n := root.FirstChild(); n != nil && titles <= mostTitles; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading, *ast.ThematicBreak:
			continue
		case *ast.Paragraph:
			if n.Lines().Len() > 0 && !endsSentence(r.line(n, n.Lines().Len()-1), ended) {
				titles++
				continue
			}
			return n
		}
		return nil
	}
	return nil
}

// closings are the paragraphs that a signature may stand in: the last one of a
// text, in front of its footnotes, a rule, its attachments and remarks, and the one
// in front of （此件公开发布） inside the text, where what is issued follows.
func (r *reading) closings(root ast.Node) []*ast.Paragraph {
	var found []*ast.Paragraph
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		p, ok := n.(*ast.Paragraph)
		if before, follows := n.PreviousSibling().(*ast.Paragraph); ok && follows && r.released(p) {
			found = append(found, before)
		}
	}
	for n := root.LastChild(); n != nil; n = n.PreviousSibling() {
		switch n := n.(type) {
		case *extast.FootnoteList, *ast.LinkReferenceDefinition, *ast.ThematicBreak:
			continue
		case *ast.Paragraph:
			if n.Lines().Len() == 0 || r.remark(n) {
				continue
			}
			if !slices.Contains(found, n) {
				found = append(found, n)
			}
		}
		break
	}
	return found
}

// released reports （此件公开发布）, which stands below a signature.
func (r *reading) released(p *ast.Paragraph) bool {
	return p.Lines().Len() == 1 && releases(r.line(p, 0))
}

func releases(line []byte) bool {
	return bytes.HasPrefix(line, []byte("（此件")) && bytes.HasSuffix(line, []byte("）"))
}

// belowDate reports lines that a signature ends between.
func belowDate(line, next []byte) bool {
	return dated(line) && (releases(next) || remarks().Match(next))
}

// remarks begin the lines that may follow a signature.
var remarks = pattern.Of(`^[（(]?(附件|抄送|主送|附注|联[ 　]*系|电[ 　]*话|地[ 　]*址|邮[ 　]*[编箱]|邮政编码|电子邮箱|传[ 　]*真|网[ 　]*址|咨询)`)

func (r *reading) remark(p *ast.Paragraph) bool {
	if r.released(p) {
		return true
	}
	for i := range p.Lines().Len() {
		if !remarks().Match(r.line(p, i)) && (i == 0 || !standsAlone(r.line(p, i))) {
			return false
		}
	}
	return true
}

// byline reports a line in brackets that says who wrote a text.
func (r *reading) byline(line []byte) bool {
	inside, _, ok := inBrackets(string(line))
	if !ok || utf8.RuneCountInString(inside) > longestByline {
		return false
	}
	for _, word := range reporters {
		if strings.HasPrefix(inside, word) || strings.HasSuffix(inside, word) {
			return true
		}
	}
	return r.signs(inside)
}

// inBrackets is what a line encloses from its beginning to its end, and the bracket
// that closes it.
func inBrackets(line string) (inside, end string, ok bool) {
	for _, pair := range []string{"（）", "()", "【】"} {
		half := len(pair) / 2
		inside, opens := strings.CutPrefix(line, pair[:half])
		inside, ends := strings.CutSuffix(inside, pair[half:])
		if opens && ends {
			return inside, pair[half:], true
		}
	}
	return "", "", false
}

// signs reports the name of an organ: one by its ending, or one that the article
// names as its own.
func (r *reading) signs(name string) bool {
	for _, own := range r.organs {
		if own != "" && own == name {
			return true
		}
	}
	return organ(name)
}

// sign makes a signature of organs and a date: the last lines of a paragraph, or
// a paragraph each, or one line with a space between them.
func (r *reading) sign(last *ast.Paragraph) bool {
	lines := last.Lines().Len()
	date := r.line(last, lines-1)
	if !bytes.HasSuffix(date, []byte(dateEnd)) { // as hardly any does, and matching is slow to find that out
		return false
	}
	m := fullDate().FindIndex(date)
	if m == nil || last.FirstChild() == nil {
		return false
	}
	if m[0] > 0 {
		return lines == 1 && r.signOnOneLine(last, string(trimSpaces(date[:m[0]])), len(date)-m[0])
	}
	first := lines - 1
	for first > 0 && lines-first <= mostOrgans && r.signs(string(r.line(last, first-1))) {
		first--
	}
	switch {
	case first == lines-1 && lines == 1:
		return r.signAbove(last)
	case first == lines-1:
		return false
	case first > 0:
		rest := splitAfter(last, first-1)
		if rest == nil {
			return false
		}
		last = rest
	}
	enclose("signature", last, last)
	return true
}

// signAbove makes a signature of a date and the organ in the paragraph above it.
func (r *reading) signAbove(date *ast.Paragraph) bool {
	above, ok := date.PreviousSibling().(*ast.Paragraph)
	if !ok || above.Attributes() != nil || above.Lines().Len() == 0 || above.Lines().Len() > mostOrgans {
		return false
	}
	for i := range above.Lines().Len() {
		if !r.signs(string(r.line(above, i))) {
			return false
		}
	}
	enclose("signature", above, date)
	return true
}

// signOnOneLine divides 清源县纪委监委　　2026年10月1日.
func (r *reading) signOnOneLine(p *ast.Paragraph, name string, size int) bool {
	t, ok := p.FirstChild().(*ast.Text)
	if !ok || p.ChildCount() > 1 || !r.signs(name) {
		return false
	}
	stop := r.trimRight(t.Segment).Stop
	date := text.NewSegment(stop-size, stop)
	t.Segment = r.trimRight(t.Segment.WithStop(date.Start))
	t.SetHardLineBreak(true)
	p.InsertAfter(p, t, ast.NewTextSegment(date))
	enclose("signature", p, p)
	return true
}

// enclose puts siblings into one of the dialect's own blocks.
func enclose(name string, first, last ast.Node) {
	parent := first.Parent()
	block := &directiveNode{name: name, colons: 3, ended: true}
	block.SetPos(first.Pos())
	parent.InsertBefore(parent, first, block)
	for n := first; n != nil; {
		next := n.NextSibling()
		block.AppendChild(block, n)
		if n == last {
			return
		}
		n = next
	}
}
