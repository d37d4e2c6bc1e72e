package markdown

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// Other tools have callouts, too: > [!NOTE] of GitHub and Obsidian, ::: tip 标题 of
// VitePress and its kin. Both become the theme's.

// calloutTypes are their names, with the type of callout that each is.
var calloutTypes = map[string]string{
	"note": "note", "info": "note", "abstract": "note", "summary": "note", "todo": "note", "example": "note",
	"question": "note", "faq": "note",
	"tip": "tip", "hint": "tip", "success": "tip",
	"important": "important",
	"warning":   "warning", "caution": "warning", "attention": "warning", "danger": "warning", "error": "warning",
	"failure": "warning", "bug": "warning",
}

const calloutName = "callout"

// calloutArgs are the arguments that make a callout of a type with a title, as far
// as the theme's has them; ok is false if the theme has no callout.
func (r *reading) calloutArgs(kind, title string, at int) (args []typedArg, ok bool) {
	spec, ok := specNamed(r.directives, calloutName)
	add := func(key, value string) {
		i := slices.IndexFunc(spec.Args, func(a ArgSpec) bool { return a.Key == key })
		if i >= 0 && value != "" && (len(spec.Args[i].Choices) == 0 || slices.Contains(spec.Args[i].Choices, value)) {
			args = append(args, typedArg{key: key, value: value, span: point(at)})
		}
	}
	add("type", kind)
	add("title", title)
	return args, ok
}

// container reads ::: tip 标题 into n, where no directive has that name: a callout,
// or the folded text that the dialect itself has. It reports whether it is one.
func (r *reading) container(n *directiveNode, rest string, at int) bool {
	kind, titled := calloutTypes[strings.ToLower(n.name)]
	if n.colons < 3 || !titled && n.name != detailsName {
		return false
	}
	name, typed := n.name, strings.TrimSpace(rest)
	if titled {
		name = calloutName
	}
	var own []typedArg
	if strings.HasPrefix(typed, "{") {
		if name == detailsName {
			return false
		}
		own, n.unread = r.typedArgs(rest, at, n, true, true)
		typed = ""
	}
	if i := strings.LastIndexByte(typed, '{'); i >= 0 && strings.HasSuffix(typed, "}") {
		typed = strings.TrimSpace(typed[:i]) // {open} of VitePress
	}
	if inside, ok := strings.CutPrefix(typed, "["); ok && strings.HasSuffix(inside, "]") {
		typed = inside[:len(inside)-1] // of Docusaurus
	}
	title := plainText([]byte(strings.ReplaceAll(typed, "`", "")))
	if name == detailsName {
		if title != "" {
			n.args = []typedArg{{key: "title", value: title, span: point(at)}}
		}
		return true
	}
	args, ok := r.calloutArgs(kind, title, at)
	if !ok {
		return false
	}
	n.name, n.args = name, append(args, own...)
	return true
}

// alert is what a quotation begins with: [!NOTE], with a sign and a title in
// Obsidian.
var alert = pattern.Of(`^[ \t]*\[!([A-Za-z]+)\][+-]?(?:[ \t]+(.*?)|)[ \t]*\n?$`)

// alertTransformer takes the mark off a quotation that is a callout elsewhere, and
// remembers it.
type alertTransformer struct{}

// Transform looks at the first paragraph of a quotation.
func (alertTransformer) Transform(n *ast.Paragraph, reader text.Reader, pc parser.Context) {
	if n.Parent() == nil || n.Parent().Kind() != ast.KindBlockquote || n.PreviousSibling() != nil ||
		n.Lines().Len() == 0 {
		return
	}
	r := readingOf(pc, reader.Source())
	first := n.Lines().At(0)
	line := first.Value(r.source)
	m := alert().FindSubmatchIndex(line)
	if m == nil {
		return
	}
	kind, known := calloutTypes[string(bytes.ToLower(line[m[2]:m[3]]))]
	if !known {
		return
	}
	title := ""
	if m[4] >= 0 {
		title = plainText(line[m[4]:m[5]])
	}
	args, ok := r.calloutArgs(kind, title, first.Start)
	if ok {
		r.alerts = append(r.alerts, alerted{n.Parent(), args, first.Start})
	} else {
		r.problem(first.Start, diag.Diagnostic{Rule: "foreign-syntax", Severity: diag.Warning,
			Message: diag.Say("这个主题没有提示框，“[!%s]”按普通引用显示",
				"the theme has no callout: [!%s] is shown as a quotation", line[m[2]:m[3]]),
			Hint: diag.Say("删去 [!%s]", "take [!%s] out", line[m[2]:m[3]])})
	}
	lines := n.Lines().Sliced(1, n.Lines().Len())
	if !ok && title != "" {
		n.Lines().Set(0, first.WithStart(first.Start+m[4]))
		return
	}
	if len(lines) == 0 {
		n.Parent().RemoveChild(n.Parent(), n)
		return
	}
	n.Lines().SetSliced(1, n.Lines().Len())
}

// alerted is a quotation that is a callout.
type alerted struct {
	quotation ast.Node
	args      []typedArg
	at        int
}

// makeCallouts puts what such quotations hold into callouts.
func (r *reading) makeCallouts() {
	for _, a := range r.alerts {
		block := &directiveNode{name: calloutName, colons: 3, args: a.args, ended: true}
		block.SetPos(a.at)
		for c := a.quotation.FirstChild(); c != nil; c = a.quotation.FirstChild() {
			block.AppendChild(block, c)
		}
		a.quotation.Parent().ReplaceChild(a.quotation.Parent(), a.quotation, block)
	}
}
