package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// wideDefinition is the definition of a link with a full-width colon.
var wideDefinition = pattern.Of(`^ {0,3}\[([^\[\]\n^][^\[\]\n]{0,99})\]：\s*(\S+)(?:\s+["“]([^"“”]+)["”])?\s*$`)

// defined takes the lines [1]：https://a.cn out of a paragraph that define what the
// text uses. The others stay: a list of sources must not vanish.
func (r *reading) defined(n *ast.Paragraph, pc parser.Context) {
	if lines := n.Lines(); lines.Len() == 0 ||
		!bytes.Contains(r.source[lines.At(0).Start:lines.At(lines.Len()-1).Stop], []byte("]：")) {
		return // as nearly all
	}
	kept, reported := text.NewSegments(), false
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
		if certain && !reported {
			reported = true
			r.problemOver(lineSpan(r.source, s.Start), unused(m[1], address))
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

func unused(label []byte, address string) diag.Diagnostic {
	return diag.Diagnostic{Rule: "unused-definition", Severity: diag.Note,
		Message: diag.Say("正文没有用 [文字][%s] 引用这个地址，按普通文字显示",
			"nothing refers to this address with [text][%s]; it is shown as text", label),
		Hint: diag.Say("要做链接，在正文里写 [文字][%s]，或直接写 [文字](%s)",
			"for a link write [text][%s] in the text, or [text](%s)", label, address)}
}

// narrowDefinition is how the definition of a link begins in Markdown.
var narrowDefinition = pattern.Of(`^ {0,3}\[([^\[\]\n^][^\[\]\n]{0,99})\]:[ \t]*(\S*)`)

// undefine escapes the bracket of a line that Markdown takes for the definition of a
// link, and so does not show, though it is prose or nothing refers to it:
// [附件]: 见下页, [1]: 张三，《论》.
func (s *respeller) undefine(line []byte) {
	from := quotation(line)
	rest := bytes.TrimLeft(line[from:], " ")
	if len(rest) == 0 || rest[0] != '[' || !bytes.Contains(rest, []byte("]:")) {
		return // as nearly all
	}
	m := narrowDefinition().FindSubmatchIndex(line[from:])
	if m == nil {
		return
	}
	label, dest := line[from+m[2]:from+m[3]], string(line[from+m[4]:from+m[5]])
	address := meant(dest)
	certain := isFile(address) || webAddress().MatchString(address)
	switch {
	case strings.HasPrefix(dest, "#"): // a comment, or a place in the text
	case !chinese(label) && (certain || !chinese([]byte(dest))), s.uses(label):
	default:
		at := s.at + from + m[2] - 1
		s.replace(at, at, `\`)
		if certain {
			s.report(at, unused(label, address))
		}
	}
}

// labelled is [label].
var labelled = pattern.Of(`\[([^\[\]\n]{1,100})\]`)

// uses reports whether the text has [words][label], or [label] by itself where
// that is no number, and not only in front of a colon or an address.
func (r *reading) uses(label []byte) bool {
	if r.used == nil {
		r.used = map[string]bool{}
		for _, m := range labelled().FindAllSubmatchIndex(r.source, -1) {
			name, after := string(r.source[m[2]:m[3]]), r.source[m[1]:]
			defines := bytes.HasPrefix(after, []byte("：")) || len(after) > 0 && (after[0] == ':' || after[0] == '(')
			if m[0] > 0 && r.source[m[0]-1] == ']' || !defines && !citation(name) {
				r.used[name] = true
			}
		}
	}
	return r.used[string(label)]
}
