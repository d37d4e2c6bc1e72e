package markdown

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// bareAddress is an address as it stands in Chinese prose. It is ASCII, so what
// follows in Chinese is no part of it.
var bareAddress = pattern(`https?://[-A-Za-z0-9@:%._+~#=]+\.[A-Za-z]+(:\d+)?([/?#][-A-Za-z0-9@:%_+.~#$!?&/=(),;']*)?`)

// gather takes the texts that follow a text without a gap into it: an address
// may hold marks that were none.
func gather(t *ast.Text, source []byte) {
	for !t.SoftLineBreak() && !t.HardLineBreak() && !t.IsRaw() {
		next, ok := t.NextSibling().(*ast.Text)
		if !ok || next.IsRaw() || next.Segment.Start != t.Segment.Stop {
			return
		}
		t.Segment = t.Segment.WithStop(next.Segment.Stop)
		t.SetSoftLineBreak(next.SoftLineBreak())
		t.SetHardLineBreak(next.HardLineBreak())
		t.Parent().RemoveChild(t.Parent(), next)
	}
}

// splitAddress makes a link of an address that follows Chinese directly, as in
// 网址：https://a.cn. Those after a space are goldmark's.
func splitAddress(parent ast.Node, t *ast.Text, source []byte) {
	value := t.Segment.Value(source)
	if !bytes.Contains(value, []byte("://")) {
		return // as nearly all prose; the pattern is slow
	}
	m := bareAddress().FindIndex(value)
	if m == nil || m[0] == 0 {
		return
	}
	if before, _ := utf8.DecodeLastRune(value[:m[0]]); !cjk(before) {
		return
	}
	address := strings.TrimRight(string(value[m[0]:m[1]]), "?!.,:;*_~'")
	if strings.Count(address, ")") > strings.Count(address, "(") {
		address = strings.TrimRight(address, ")")
	}
	start := t.Segment.Start + m[0]
	stop := start + len(address)
	link := ast.NewAutoLink(ast.AutoLinkURL, ast.NewTextSegment(text.NewSegment(start, stop)))
	link.SetPos(start)
	rest := ast.NewTextSegment(t.Segment.WithStart(stop))
	rest.SetSoftLineBreak(t.SoftLineBreak())
	rest.SetHardLineBreak(t.HardLineBreak())
	t.Segment = t.Segment.WithStop(start)
	t.SetSoftLineBreak(false)
	t.SetHardLineBreak(false)
	parent.InsertAfter(parent, t, link)
	parent.InsertAfter(parent, link, rest)
}
