package markdown

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"qinglian/internal/pattern"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// Where nobody wrote a summary, the beginning of the text stands for it: the first
// sentences of the first paragraph that says something. What stands in front of it
// says nothing in a list: a greeting, the number of a document, dates, bylines,
// captions, titles in bold. A text without paragraphs begins with its first list or
// quotation. Tables, code, pictures and references to notes are no prose.

// summary is the beginning of a text, of [summaryLength] characters at most.
func summary(root ast.Node, source []byte) string {
	var label []string
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		p, ok := n.(*ast.Paragraph)
		if !ok {
			continue
		}
		lines := withoutHead(proseLines(p, source))
		switch judge(p, lines, source) {
		case telling:
			return shorten(withFollowing(p, joinLines(unnumbered(lines)), source))
		case labelling:
			if label == nil {
				label = lines
			}
		}
	}
	if label != nil {
		return shorten(joinLines(label))
	}
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() == ast.KindParagraph {
			continue
		}
		if blocks := proseBlocks(nil, n, source); len(blocks) > 0 {
			return shorten(strings.Join(blocks, "\n"))
		}
	}
	return ""
}

// beginning is how good a beginning a paragraph is.
type beginning int

const (
	passedOver beginning = iota // a number, a date, a byline, a greeting, a picture
	labelling                   // no sentence, such as a title in bold; or a caption
	telling
)

// widestLabel is how wide a line without a sentence may be that is a label, in
// half-width columns.
const widestLabel = 60

// judge says what the lines of a paragraph are as the beginning of a summary.
func judge(p *ast.Paragraph, lines []string, source []byte) beginning {
	if len(lines) == 0 || attribute(p, "class") == "salutation" {
		return passedOver
	}
	text := joinLines(lines)
	if endsWithAny(text, "：:") && !hasSentence(text) {
		return judgeLead(p, text, source)
	}
	switch {
	case captions().MatchString(text), titles().MatchString(text) && !hasSentence(text):
		return labelling
	case hasSentence(text), columns([]byte(text)) > widestLabel, strings.Count(text, "：") > 1:
		return telling
	}
	return labelling
}

// judgeLead judges a paragraph that ends with a colon. It says something if it
// leads to a list, or to the headings of a text; else it greets or labels.
func judgeLead(p *ast.Paragraph, text string, source []byte) beginning {
	next := p.NextSibling()
	switch {
	case leadsTo(next, source), next != nil && next.Kind() == ast.KindHeading, columns([]byte(text)) > widestLabel:
		return telling
	case salutes([]byte(text)):
		return passedOver
	}
	return labelling
}

// leadsTo reports what a paragraph with a colon may lead to: a list, a quotation,
// a paragraph with a number.
func leadsTo(n ast.Node, source []byte) bool {
	switch n := n.(type) {
	case *ast.List, *ast.Blockquote:
		return true
	case *ast.Paragraph:
		lines := proseLines(n, source)
		return len(lines) > 0 && numberPattern().MatchString(lines[0])
	}
	return false
}

// withFollowing is the text of a paragraph with the list that it leads to, or with
// the other items of the run that it begins; a line end divides them. If sentences
// stand in front of what leads there, they do without both.
func withFollowing(p *ast.Paragraph, text string, source []byte) string {
	if endsWithAny(text, "：:") {
		if rs := []rune(text); lastEnd(rs) > 0 {
			return string(rs[:lastEnd(rs)])
		}
	}
	blocks, size := []string{text}, len(text)
	for n := p.NextSibling(); leadsTo(n, source) && endsWithAny(blocks[len(blocks)-1], "：；:;") &&
		size < enough; n = n.NextSibling() {
		before := len(blocks)
		blocks = proseBlocks(blocks, n, source)
		for _, block := range blocks[before:] {
			size += len(block)
		}
	}
	return strings.Join(blocks, "\n")
}

// proseBlocks adds the text of each block of prose in a node to some.
func proseBlocks(blocks []string, n ast.Node, source []byte) []string {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock, *extast.DefinitionTerm, *ast.HTMLBlock:
		if text := joinLines(unnumbered(proseLines(n, source))); text != "" {
			blocks = append(blocks, text)
		}
		return blocks
	case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.Heading, *extast.Table, *extast.FootnoteList:
		return blocks
	case *directiveNode:
		if n.name == "signature" || n.name == "right" {
			return blocks
		}
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		blocks = proseBlocks(blocks, c, source)
	}
	return blocks
}

// withoutHead is the lines of a paragraph behind those that stand in front of a
// text: numbers, dates, bylines, remarks in brackets, a greeting. None are left of a
// paragraph that lists what is attached.
func withoutHead(lines []string) []string {
	if len(lines) > 0 && attached().MatchString(lines[0]) {
		return nil
	}
	for len(lines) > 0 && (ahead(lines[0]) || len(lines) > 1 && greets(lines[0], lines[1])) {
		lines = lines[1:]
	}
	return lines
}

func ahead(line string) bool {
	for _, p := range []func() *regexp.Regexp{dateLine, passed, farewell} {
		if p().MatchString(line) {
			return true
		}
	}
	return strings.Contains(line, "号") && documentNumber().MatchString(line) || remark(line) || credits(line)
}

// greets reports a line that greets, and leads to no list.
func greets(line, next string) bool {
	return salutes([]byte(line)) && !numberPattern().MatchString(next)
}

var (
	// documentNumber: 清政发〔2024〕1号  （2024）清刑初12号  2026年第3号, perhaps with 签发人.
	documentNumber = pattern.Of(`^(?:\p{Han}{0,15} ?[〔［\[【（(][0-9０-９]{4}[〕］\]】）)] ?\p{Han}{0,8}|\p{Han}{0,20}(?:[0-9]{4} ?年)?第)` +
		` ?[0-9０-９一二三四五六七八九十百〇]{1,5} ?号(?: ?签发人[:：].*)?$`)
	dateLine = pattern.Of(`^[（(]?(?:[0-9０-９]{4} ?年 ?[0-9０-９]{1,2} ?月(?: ?[0-9０-９]{1,2} ?日)?` +
		`|[〇○零一二三四五六七八九]{4}年[元一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?` +
		`|[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2})(?: ?[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?)?[）)]?$`)
	// passed is how a law came about, where it is not in brackets.
	passed = pattern.Of(`^(?:根据 ?)?[0-9]{4} ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?日[^。]*` +
		`(?:通过|批准|修订|修正|公布|发布|颁布|印发|施行)$`)
	farewell = pattern.Of(`^(?:特此\p{Han}{2,4}|此致|敬礼)[。！!]?$`)
	attached = pattern.Of(`^附件? ?[0-9０-９一二三四五六七八九十]{0,3} ?(?:[:：]|$)`)
	titles   = pattern.Of(`关于.*(?:通知|公告|通告|意见|决定|决议|办法|方案|报告|通报|批复|复函|函|规定|细则|纪要|请示|公示|指南|说明|情况)` +
		`(?:[（(].*[）)])?$`)
	captions = pattern.Of(`^(?:[▲△▼]|图为|图片?[0-9０-９一二三四五六七八九十]{0,2}(?:[:：]| ))`)
)

// remark reports a line that is one pair of brackets: 题注, who wrote the text.
func remark(line string) bool {
	inside, end, ok := inBrackets(line)
	return ok && !strings.Contains(inside, end)
}

// labels name what stands about a text above it, besides its reporters.
var labels = strings.Fields("信息来源 文章来源 稿源 审核 审稿 校对 初审 复审 终审 签发 签发人 摄影 发布时间 发布日期 " +
	"发布机构 发布单位 发文机关 发文字号 文号 成文日期 生效日期 索引号 主题分类 主题词 浏览次数 阅读次数 点击数 字号")

// credits reports a line such as 来源：清源发布　作者：某某, or 文/某某.
func credits(line string) bool {
	if len(line) > 2*longestByline*utf8.UTFMax || hasSentence(line) || columns([]byte(line)) > 2*longestByline {
		return false
	}
	for _, words := range [][]string{reporters, labels} {
		for _, word := range words {
			rest, ok := strings.CutPrefix(line, word)
			if ok && (strings.HasSuffix(word, "/") || strings.HasSuffix(word, "／") ||
				strings.IndexAny(rest, ":：/／ ") == 0) {
				return true
			}
		}
	}
	return false
}

// numberPattern is the number or bullet that a line of a run begins with.
var numberPattern = pattern.Of(`^(?:[（(](?:[一二三四五六七八九十百]{1,5}|[0-9０-９]{1,2})[）)]` +
	`|(?:[一二三四五六七八九十百]{1,5}|[0-9０-９]{1,2})[．)）、.]|[①-⑳⑴-⒛]|[•●■◆○※★☆]` +
	`|第[0-9〇零一二三四五六七八九十百千]{1,8}条(?:之[一二三四五六七八九十])? ) ?`)

// unnumbered takes the numbers off lines. 5、6月份, 一、二季度 and 1.5 are none.
func unnumbered(lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = line
		m := numberPattern().FindString(line)
		rest := strings.TrimLeft(line[len(m):], " ")
		first := firstOf(rest)
		switch {
		case m == "", rest == "", strings.HasPrefix(rest, m): // ○○县
		case strings.HasSuffix(m, "、") && (isNumeral(first) || isDigit(first)): // 5、6月份
		case strings.HasSuffix(m, ".") && !wide(first): // 1.5
		default:
			out[i] = rest
		}
	}
	return out
}

func firstOf(s string) rune {
	for _, c := range s {
		return c
	}
	return 0
}

func endsWithAny(s, marks string) bool { return s != "" && strings.ContainsRune(marks, lastRune(s)) }
