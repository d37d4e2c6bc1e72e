package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"qinglian/internal/diag"
)

// wideDefinition is the definition of a link with a full-width colon.
var wideDefinition = pattern(`^ {0,3}\[([^\[\]\n^][^\[\]\n]{0,99})\]：\s*(\S+)(?:\s+["“]([^"“”]+)["”])?\s*$`)

// defined takes the lines [1]：https://a.cn out of a paragraph that define what the
// text uses. The others stay: a list of sources must not vanish.
func (r *reading) defined(n *ast.Paragraph, pc parser.Context) {
	if lines := n.Lines(); lines.Len() == 0 || !bytes.Contains(r.source[lines.At(0).Start:lines.At(lines.Len()-1).Stop], []byte("]：")) {
		return // as nearly all
	}
	kept, told := text.NewSegments(), false
	for i := range n.Lines().Len() {
		s := n.Lines().At(i)
		m := wideDefinition().FindSubmatch(s.Value(r.source))
		address := ""
		if m != nil {
			address = meant(string(m[2]))
		}
		certain := isFile(address) || webAddress().MatchString(address)
		if certain && r.uses(m[1]) {
			pc.AddReference(parser.NewReference(m[1], m[2], m[3]))
			continue
		}
		if certain && !told {
			told = true
			r.problem(s.Start, diag.Diagnostic{Rule: "unused-definition", Severity: diag.Note,
				Message: diag.Say("正文没有用 [文字][%s] 引用这个地址，按普通文字显示", "nothing refers to this address with [text][%s]; it is shown as text", m[1]),
				Hint:    diag.Say("要做链接，在正文里写 [文字][%s]，或直接写 [文字](%s)", "for a link write [text][%s] in the text, or [text](%s)", m[1], address)})
		}
		kept.Append(s)
	}
	if kept.Len() == n.Lines().Len() {
		return
	}
	n.SetLines(kept)
	if kept.Len() == 0 {
		n.Parent().RemoveChild(n.Parent(), n)
	}
}

// uses reports whether the text has [words][label], or [label] by itself where
// that is no number.
func (r *reading) uses(label []byte) bool {
	name := "[" + string(label) + "]"
	if bytes.Contains(r.source, []byte("]"+name)) {
		return true
	}
	for rest := r.source; !citation(string(label)); {
		i := bytes.Index(rest, []byte(name))
		if i < 0 {
			break
		}
		if rest = rest[i+len(name):]; !bytes.HasPrefix(rest, []byte("：")) && (len(rest) == 0 || rest[0] != ':' && rest[0] != '(') {
			return true
		}
	}
	return false
}
