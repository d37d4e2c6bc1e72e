package markdown

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// directiveNode is a directive in the syntax tree.
type directiveNode struct {
	ast.BaseBlock
	name   string
	colons int // 2 for one on a line of its own
	args   []typedArg
	unread bool // not all arguments could be read
	ended  bool
}

// typedArg is an argument as typed, with its place.
type typedArg struct {
	span
	key, value string
}

var directiveKind = ast.NewNodeKind("Directive")

// Kind implements [ast.Node].
func (n *directiveNode) Kind() ast.NodeKind { return directiveKind }

// Dump implements [ast.Node].
func (n *directiveNode) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, map[string]string{"Name": n.name, "Args": fmt.Sprint(n.args)}, nil)
}

// directiveParser reads :::name{key=value} … ::: and ::name{…}. A line of colons
// ends the innermost directive that began with as many; so directives stand in
// each other as they are, or with more colons outside.
type directiveParser struct{}

var (
	directiveStart = pattern.Of(`^[ ]{0,3}(:{2,})[ \t]*(\p{L}[\p{L}\p{N}_-]*)(.*)$`)
	directiveEnd   = pattern.Of(`^[ ]{0,3}(:{3,})[ \t]*$`)
)

// Trigger is what a directive begins with.
func (directiveParser) Trigger() []byte { return []byte(":") }

// Open begins a directive.
func (directiveParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	r := readingOf(pc, reader.Source())
	typed := strings.TrimRight(string(line), " \t\n")
	at := segment.Start - segment.Padding
	if m := directiveEnd().FindStringSubmatch(typed); m != nil {
		r.problemOver(lineSpan(r.source, at), diag.Diagnostic{Rule: "directive-end", Severity: diag.Warning,
			Message: diag.Say("前面没有用 %d 个冒号开始的内容，这一行按普通文字显示",
				"nothing began with %d colons; this line is shown as text", len(m[1])),
			Hint: diag.Say("删去这一行，或核对开头那一行的冒号", "take this line out, or look at the colons where it began")})
		return nil, parser.NoChildren
	}
	m := directiveStart().FindStringSubmatchIndex(typed)
	if m == nil {
		return nil, parser.NoChildren
	}
	n := &directiveNode{name: typed[m[4]:m[5]], colons: m[3] - m[2]}
	rest := typed[m[6]:m[7]]
	spec, _, known := directiveNamed(r.directives, n.name)
	if n.colons == 2 && !strings.HasPrefix(strings.TrimLeft(rest, " \t"), "{") && (!known || rest != "") {
		return nil, parser.NoChildren // prose
	}
	if known && n.name != detailsName || !r.container(n, rest, at+m[6]) {
		n.args, n.unread = r.typedArgs(rest, at+m[6], n, known, len(spec.Args) > 0)
	}
	reader.AdvanceToEOL()
	if n.colons == 2 {
		n.ended = true
		return n, parser.NoChildren
	}
	return n, parser.HasChildren
}

// typedArgs are the arguments between braces after a directive's name; unread
// if there is more than could be read.
func (r *reading) typedArgs(rest string, at int, n *directiveNode, known, takes bool) (args []typedArg, unread bool) {
	body := strings.TrimLeft(rest, " \t")
	at += len(rest) - len(body)
	if body == "" {
		return nil, false
	}
	colons := strings.Repeat(":", n.colons)
	inside, ok := strings.CutPrefix(body, "{")
	if !ok {
		switch {
		case known && takes:
			r.problem(at, diag.Diagnostic{Rule: "bad-argument", Severity: diag.Error,
				Message: diag.Say("“%s”后面的文字要写在半角花括号里", "what follows %q belongs into braces", n.name),
				Hint:    diag.Say("如 %s%s{title=标题}", "such as %s%s{title=text}", colons, n.name)})
		case known:
			r.problem(at, diag.Diagnostic{Rule: "bad-argument", Severity: diag.Error,
				Message: diag.Say("“%s”后面的文字要另起一行", "what follows %q belongs on the next line", n.name),
				Hint: diag.Say("%s%s 单独一行，文字写在下一行，再下面一行 %s",
					"put %s%s on a line, the text below it and a line %s below that", colons, n.name, colons)})
		}
		return nil, true
	}
	at++
	for {
		left := strings.TrimLeft(inside, " \t,")
		at += len(inside) - len(left)
		inside = left
		if after, ends := strings.CutPrefix(inside, "}"); ends && after == "" {
			return args, false
		}
		m := argument().FindStringSubmatch(inside)
		if m == nil {
			r.badArgument(at, inside)
			return args, true
		}
		arg := typedArg{span{at, at + len(m[0])}, m[1], m[2]}
		if quote := arg.value[:1]; quote == `"` || quote == `'` {
			arg.value = strings.NewReplacer(`\`+quote, quote, `\\`, `\`).Replace(arg.value[1 : len(arg.value)-1])
		} else if c := strings.IndexAny(arg.value, "“”‘’，；"); c >= 0 {
			r.badArgument(at+len(m[0])-len(m[2])+c, arg.value[c:])
			return args, true
		}
		args = append(args, arg)
		at += len(m[0])
		inside = inside[len(m[0]):]
	}
}

// argument is key=value, the value plain or in quotes.
var argument = pattern.Of(`^(\p{L}[\p{L}\p{N}_-]*)[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s{}"',=]+)`)

func (r *reading) badArgument(at int, rest string) {
	hint := diag.Say(`写成 {名称=内容}，内容里有空格或标点时加半角引号，如 {title="清廉 建设"}`,
		`write {key=value}, with quotes around values that have spaces, such as {title="two words"}`)
	if strings.ContainsAny(rest, "＝：“”‘’，、；｛｝") {
		hint = diag.Say(`等号、引号、花括号都用半角，如 {title="清廉建设"}`, `use half-width marks, such as {title="text"}`)
	}
	r.problem(at, diag.Diagnostic{Rule: "bad-argument", Severity: diag.Error,
		Message: diag.Say("花括号里从这里起读不懂", "the braces can't be read from here on"), Hint: hint})
}

// Continue goes on until the line that ends the directive.
func (directiveParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	n := node.(*directiveNode)
	if n.colons == 2 {
		return parser.Close
	}
	line, segment := reader.PeekLine()
	m := directiveEnd().FindStringSubmatch(strings.TrimRight(string(line), "\n"))
	if m == nil || inCode(pc) || endedBy(n, len(m[1]), pc) != n {
		return parser.Continue | parser.HasChildren
	}
	n.ended = true
	end := segment.Len()
	if end > 0 && line[len(line)-1] == '\n' {
		end--
	}
	reader.Advance(end)
	return parser.Close
}

// inCode reports whether the line stands inside code, a comment or an element
// that holds everything up to its end tag.
func inCode(pc parser.Context) bool {
	switch n := pc.LastOpenedBlock().Node.(type) {
	case *ast.FencedCodeBlock:
		return true
	case *ast.HTMLBlock:
		return n.HTMLBlockType < ast.HTMLBlockType6
	}
	return false
}

// endedBy is the directive that a line of colons ends: the innermost that began
// with as many, among n and those that stand directly in it.
func endedBy(n *directiveNode, colons int, pc parser.Context) *directiveNode {
	var ended *directiveNode
	below := false
	for _, b := range pc.OpenedBlocks() {
		d, ok := b.Node.(*directiveNode)
		below = below || d == n
		if !below {
			continue
		}
		if !ok {
			break
		}
		if d.colons == colons {
			ended = d
		}
	}
	return ended
}

// Close reports a directive that was left open.
func (directiveParser) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	n := node.(*directiveNode)
	if n.ended {
		return
	}
	colons := strings.Repeat(":", n.colons)
	r := readingOf(pc, reader.Source())
	r.problemOver(lineSpan(r.source, n.Pos()), diag.Diagnostic{Rule: "open-directive", Severity: diag.Error,
		Message: diag.Say("“%s%s”没有结束", "%s%s does not end", colons, n.name),
		Hint:    diag.Say("在内容后面单独写一行 %s", "put a line %s after its content", colons)})
}

// CanInterruptParagraph is true: a directive needs no empty line before it.
func (directiveParser) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine is false.
func (directiveParser) CanAcceptIndentedLine() bool { return false }
