package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"qinglian/internal/diag"
)

// What is never closed takes the rest of a text with it: code shows it as code, a
// comment or a script does not show it at all. CommonMark means it so, a writer
// never does.

// fenceParser notices which code ended with a fence.
type fenceParser struct{ parser.BlockParser }

// Continue takes the next line, or the fence that ends the code.
func (p fenceParser) Continue(n ast.Node, reader text.Reader, pc parser.Context) parser.State {
	state := p.BlockParser.Continue(n, reader, pc)
	if state&parser.Continue == 0 {
		readingOf(pc, reader.Source()).fenced = n
	}
	return state
}

// Close reports code that ended otherwise: with what it stands in, or the text.
func (p fenceParser) Close(n ast.Node, reader text.Reader, pc parser.Context) {
	p.BlockParser.Close(n, reader, pc)
	r := readingOf(pc, reader.Source())
	if r.fenced == n {
		return
	}
	r.unclosed(reader, n.Pos(), diag.Say("代码没有结束", "this code does not end"),
		diag.Say("在代码后面单独写一行 ```（开头用几个就写几个）", "put a line ``` after the code, with as many marks as it began with"))
}

// htmlParser reads blocks of raw HTML.
type htmlParser struct{ parser.BlockParser }

// rawEnds are what ends raw HTML that goes on over empty lines, by its type.
var rawEnds = map[ast.HTMLBlockType][]string{
	ast.HTMLBlockType1: {"</script>", "</pre>", "</style>", "</textarea>"},
	ast.HTMLBlockType2: {"-->"},
	ast.HTMLBlockType3: {"?>"},
	ast.HTMLBlockType4: {">"},
	ast.HTMLBlockType5: {"]]>"},
}

// Close reports raw HTML that never ended.
func (p htmlParser) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	p.BlockParser.Close(node, reader, pc)
	n := node.(*ast.HTMLBlock)
	ends := rawEnds[n.HTMLBlockType]
	if n.HasClosure() || ends == nil || n.Lines().Len() == 0 {
		return
	}
	r := readingOf(pc, reader.Source())
	s := n.Lines().At(0)
	line := bytes.ToLower(s.Value(r.source))
	for _, end := range ends {
		if bytes.Contains(line, []byte(end)) {
			return
		}
	}
	if n.HTMLBlockType == ast.HTMLBlockType1 {
		ends = []string{"</" + elementName(line) + ">"}
	}
	r.unclosed(reader, s.Start+bytes.IndexByte(line, '<'), diag.Say("这里开始的注释或 HTML 没有结束",
		"the comment or HTML that begins here does not end"),
		diag.Say("在它后面写 %s，或删去这一行", "put %s after it, or take the line out", ends[0]))
}

// elementName is the name in the first tag of a line.
func elementName(line []byte) string {
	name := line[bytes.IndexByte(line, '<')+1:]
	end := bytes.IndexFunc(name, func(c rune) bool { return !alphanumeric(c) })
	if end < 0 {
		end = len(name)
	}
	return string(name[:end])
}

// unclosed is an error where the rest of the text is swallowed; what stands in a
// list or a quotation ends with that.
func (r *reading) unclosed(reader text.Reader, at int, message, hint diag.Text) {
	d := diag.Diagnostic{Rule: "unclosed", Severity: diag.Warning, Message: message, Hint: hint}
	if line, _ := reader.PeekLine(); line == nil {
		d.Severity = diag.Error
		d.Message = diag.Say("%s，后面的正文都被它吞掉了", "%s and takes the rest of the text with it", message)
	}
	r.problem(at, d)
}

// openComment reports a comment inside a paragraph that is not closed there:
// it is shown as text, and was not meant for readers.
func (r *renderer) openComment(at int, value []byte) {
	i := bytes.Index(value, []byte("<!--"))
	if i < 0 || i > 0 && value[i-1] == '\\' {
		return
	}
	r.problemOver(span{at + i, at + i + len("<!--")}, diag.Diagnostic{Rule: "unclosed", Severity: diag.Error,
		Message: diag.Say("注释在这一段里没有结束，会当作正文显示出来", "the comment does not end in its paragraph and is shown as text"),
		Hint: diag.Say("在同一段里写上 -->；跨几段的注释，另起一行写 <!--",
			"write --> in the same paragraph, or begin the comment on a line of its own")})
}

// endSkip reports a script or a style sheet that did not end in its block: what
// follows there was taken for a part of it, what follows the block is shown.
func (r *renderer) endSkip() {
	if r.skip == "" {
		return
	}
	r.problem(r.skipped, diag.Diagnostic{Rule: "unclosed", Severity: diag.Error,
		Message: diag.Say("“<%s>”在这一块里没有结束，后面的代码会当作正文显示",
			"<%s> does not end in this block; what follows would be shown as text", r.skip),
		Hint: diag.Say("删去它，直到 </%s>；程序和样式反正不发布",
			"take it out, up to </%s>: scripts and styles are not published anyway", r.skip)})
	r.skip = ""
}
