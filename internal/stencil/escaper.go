package stencil

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"reflect"
	"strconv"
	"strings"
	"text/template/parse"
)

// escaper is one of html/template's escapers.
type escaper struct {
	borrowed func(any) (string, error)

	// How plain texts are escaped; of both at most one is given.
	write  func(b []byte, text string) []byte
	filter func(text string) string

	htmlAsIs bool // template.HTML needs no escaping
}

// copies are the escapers that run for nearly every action. All others are
// borrowed, and these too for what is not a plain text.
var copies = map[string]escaper{
	"_html_template_htmlescaper":   {write: writeEscaped, htmlAsIs: true},
	"_html_template_attrescaper":   {write: writeEscaped},
	"_html_template_rcdataescaper": {write: writeEscaped},
	"_html_template_urlfilter":     {filter: filterURL},
	"_html_template_urlnormalizer": {filter: normalURL},
}

func (c *compiler) escaper(name string) escaper {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.borrowed[name]
	if ok {
		return e
	}
	e = copies[name]
	var err error
	if e.borrowed, err = borrow(name); err != nil {
		c.dontKnow("%s can't be borrowed: %v", name, err)
		return e
	}
	c.borrowed[name] = e
	return e
}

// borrow gets at one of html/template's escapers: a template that prints dot gets
// another name in its tree after it was escaped. That it is this tree which
// html/template executes is shown by a name that can't be executed.
func borrow(name string) (func(any) (string, error), error) {
	t, err := template.New(name).Parse("{{.}}")
	if err != nil {
		return nil, err
	}
	if err := t.Execute(io.Discard, ""); err != nil {
		return nil, err
	}
	call, err := onlyCall(t.Tree)
	if err != nil {
		return nil, err
	}
	call.Ident = "_no_such_function"
	if err := t.Execute(io.Discard, ""); err == nil {
		return nil, fmt.Errorf("html/template does not execute the tree that it shows")
	}
	call.Ident = name
	return func(v any) (string, error) {
		var b strings.Builder
		err := t.Execute(&b, v)
		return b.String(), err
	}, t.Execute(io.Discard, "")
}

// onlyCall is the escaper's name in {{. | escaper}}.
func onlyCall(tree *parse.Tree) (*parse.IdentifierNode, error) {
	if nodes := tree.Root.Nodes; len(nodes) == 1 {
		if a, ok := nodes[0].(*parse.ActionNode); ok && len(a.Pipe.Cmds) == 2 && isEscaper(a.Pipe.Cmds[1]) {
			return a.Pipe.Cmds[1].Args[0].(*parse.IdentifierNode), nil
		}
	}
	return nil, fmt.Errorf("html/template escapes in a way that is not known: %s", tree.Root)
}

var (
	htmlType = reflect.TypeFor[template.HTML]()
	intType  = reflect.TypeFor[int]()
)

// print appends a value, escaped by one escaper after the other.
func (s *state) print(v reflect.Value, escapers []escaper) {
	first := &escapers[0]
	text, ok := plain(v)
	switch {
	case ok && len(escapers) == 1 && first.write != nil:
		s.out = first.write(s.out, text)
		return
	case ok:
		text = first.text(text)
	case first.htmlAsIs && v.Type() == htmlType:
		text = v.String()
	default:
		text = first.any(v.Interface())
	}
	for i := 1; i < len(escapers); i++ {
		if e := &escapers[i]; e.write != nil && i == len(escapers)-1 {
			s.out = e.write(s.out, text)
			return
		}
		text = escapers[i].text(text)
	}
	s.out = append(s.out, text...)
}

// plain is the text of a value that an escaper takes for a text of no kind.
func plain(v reflect.Value) (string, bool) {
	switch {
	case !v.IsValid():
		return "", true
	case v.Kind() == reflect.String && v.Type() == textType:
		return v.String(), true
	case v.Kind() == reflect.Int && v.Type() == intType:
		return strconv.FormatInt(v.Int(), 10), true
	}
	return "", false
}

func (e *escaper) text(text string) string {
	switch {
	case e.write != nil:
		return string(e.write(nil, text))
	case e.filter != nil:
		return e.filter(text)
	}
	return e.any(text)
}

func (e *escaper) any(v any) string {
	text, err := e.borrowed(v)
	if err != nil {
		fail("%v", err)
	}
	return text
}

// special are the bytes that are written otherwise in text and in attributes.
// A 0 has no place in HTML.
var special = [256]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;",
	'>': "&gt;"}

func writeEscaped(b []byte, text string) []byte {
	from := 0
	for i := range len(text) {
		if r := special[text[i]]; r != "" {
			b = append(append(b, text[from:i]...), r...)
			from = i + 1
		}
	}
	return append(b, text[from:]...)
}

// filterURL lets only relative addresses pass and those of schemes that can do
// no harm.
func filterURL(text string) string {
	scheme, _, ok := strings.Cut(text, ":")
	if !ok || strings.Contains(scheme, "/") || strings.EqualFold(scheme, "http") ||
		strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "mailto") {
		return text
	}
	return "#ZgotmplZ"
}

const hexDigits = "0123456789abcdef"

// normalURL writes what can't stand in an address as %xx.
func normalURL(text string) string {
	i := 0
	for i < len(text) && inURL(text, i) {
		i++
	}
	if i == len(text) {
		return text
	}
	var b bytes.Buffer
	b.Grow(len(text) + 16)
	b.WriteString(text[:i])
	for ; i < len(text); i++ {
		if c := text[i]; inURL(text, i) {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', hexDigits[c>>4], hexDigits[c&15]})
		}
	}
	return b.String()
}

// inURL reports whether a byte of an address stays as it is; a % does if it
// begins %xx.
func inURL(text string, i int) bool {
	c := text[i]
	if c == '%' {
		return i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2])
	}
	return urlBytes[c]
}

var urlBytes = func() (in [256]bool) {
	for c := range in {
		in[c] = 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
			strings.IndexByte("!#$&*+,/:;=?@[]-._~", byte(c)) >= 0
	}
	return in
}()

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
