package markdown

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
)

// show is what a text became, its holes written as «ref:dest#anchor».
func show(c Compiled) string {
	var b strings.Builder
	from := 0
	for _, h := range c.Holes {
		b.WriteString(c.HTML[from:h.At])
		from = h.At
		if h.Directive {
			continue
		}
		ref := c.Refs[h.Ref]
		switch {
		case h.End:
			b.WriteString("«/»")
		case ref.Image:
			fmt.Fprintf(&b, "«img %s %s»", ref.Dest, ref.Alt)
		default:
			fmt.Fprintf(&b, "«%s#%s»", ref.Dest, ref.Anchor)
		}
	}
	b.WriteString(c.HTML[from:])
	for _, p := range c.Problems {
		fmt.Fprintf(&b, " !%d:%d %s", p.Line, p.Column, p.Rule)
	}
	return b.String()
}

func TestDialect(t *testing.T) {
	d := New()
	for _, c := range []struct{ in, want string }{
		{"一段\n\n两段", "<p>一段</p><p>两段</p>"},
		{"汉字\n汉字", "<p class=\"lines\">汉字<br>\n汉字</p>"},
		{"**汉字**\n汉字", "<p class=\"lines\"><strong>汉字</strong><br>\n汉字</p>"},
		{"汉字，\nGDP", "<p class=\"lines\">汉字，<br>\nGDP</p>"},
		{"## 三本账\n\n## 三本账\n\n## A b！{#x}", `<h2 id="三本账"><a id="s1"></a>三本账</h2><h2 id="三本账-2"><a id="s2"></a>三本账</h2><h2 id="x">A b！</h2>`},
		{"[甲](a.md#乙 \"t\")", `<p>«a.md#乙»甲«/»</p>`},
		{"[甲](%E4%B9%99.md)", `<p>«乙.md#»甲«/»</p>`},
		{"![图](a%20b.png)", `<p>«img a b.png 图»</p>`},
		{"[甲](https://a.cn/?a=1&b=2)", `<p><a href="https://a.cn/?a=1&amp;b=2" class="external" rel="external noopener noreferrer">甲</a></p>`},
		{"[甲](tel:0999-5550101)", `<p><a href="tel:0999-5550101">甲</a></p>`},
		{"# 甲\n\n[乙](#甲)[丙](#丁)", `<h1 id="甲"><a id="s1"></a>甲</h1><p><a href="#%E7%94%B2">乙</a><a href="#%E4%B8%81">丙</a></p> !3:8 dead-anchor`},
		{"| 甲 | 乙 |\n|---|--:|\n| 1 | 2 |", `<div class="table" tabindex="0" role="group" aria-label="表格1"><table><thead><tr><th scope="col">甲</th><th scope="col" class="right">乙</th></tr></thead><tbody><tr><td>1</td><td class="right">2</td></tr></tbody></table></div>`},
		{"- [x] 甲\n- 乙", `<ul><li class="task"><input type="checkbox" aria-label="已完成" disabled checked> 甲</li><li>乙</li></ul>`},
		{"甲[^1]\n\n[^1]: 注", `<p>甲<sup id="fnref1"><a href="#fn1" role="doc-noteref">1</a></sup></p><section class="footnotes" role="doc-endnotes"><ol><li id="fn1"><p>注 <a href="#fnref1" role="doc-backlink">↩︎</a></p></li></ol></section>`},
		{"```go\na < b\n```", `<pre><code class="language-go">a &lt; b` + "\n</code></pre>"},
		// Raw HTML: the allow-list, and elements that end with their block.
		{"甲<b>乙</b>", "<p>甲<b>乙</b></p>"},
		{"甲<b>乙\n\n丙</b>", "<p>甲<b>乙</b></p><p>丙</p>"},
		{"<div>\n\n甲\n\n</div>", "<div><p>甲</p></div>"},
		{"> <div>\n\n甲</div>", "<blockquote><div></div></blockquote><p>甲</p>"},
		{"<a href=a.md>甲</a>", "<p>«a.md#»甲«/»</p>"},
		{"<a href=a.md>甲", "<p>«a.md#»甲«/»</p>"},
		{"<img src=a.png onerror=x()>", "«img a.png » !1:1 dropped-html"},
		{"<script>alert(1)</script>\n\n甲", "<p>甲</p> !1:1 dropped-html"},
		{"甲<script>alert(1)</script>乙", "<p>甲乙</p> !1:2 dropped-html"},
		{"<p style=color:red>甲</p>", "<p>甲</p> !1:1 dropped-html"},
		{"<iframe src=//x></iframe>", " !1:1 dropped-html"},
		// No script through any address.
		{"[甲](javascript:alert(1))", "<p>甲</p> !1:1 unsafe-link"},
		{"[甲](&#106;avascript:alert(1))", "<p>甲</p> !1:1 unsafe-link"},
		{"[甲](<java\tscript:alert(1)>)", "<p>甲</p> !1:1 unsafe-link"},
		{"<javascript:alert(1)>", "<p>javascript:alert(1)</p> !1:1 unsafe-link"},
		{"![甲](data:image/png;base64,xx)", "<p></p> !1:1 outside-picture"},
		{"[甲](vbscript:x)", "<p>甲</p> !1:1 unsafe-link"},
		{"<a href=' javascript:x'>甲</a>", "<p>甲</p> !1:1 unsafe-link"},
		{"[甲](C:\\\\Users\\a.doc)", "<p>甲</p> !1:1 local-path"},
		{"[甲](//evil.cn/x)", `<p><a href="https://evil.cn/x" class="external" rel="external noopener noreferrer">甲</a></p>`},
		{"## <script> {#a\"b}", " !1:1 empty-heading !1:4 dropped-html !1:4 unclosed"},
	} {
		if got := show(d.Compile("a.md", []byte(c.in), 0, Options{})); got != c.want {
			t.Errorf("%q\ngot  %s\nwant %s", c.in, got, c.want)
		}
	}
}

// TestPlace: positions are those of the file, columns in characters.
func TestPlace(t *testing.T) {
	text := "+++\n+++\n前文 [甲](javascript:x)\n"
	p := New().Compile("a.md", []byte(text), len("+++\n+++\n"), Options{}).Problems
	if len(p) != 1 || p[0].Line != 3 || p[0].Column != 4 || p[0].Source != "前文 [甲](javascript:x)" {
		t.Errorf("got %+v", p)
	}
}

// oracle allows what our sanitiser does, by another implementation.
func oracle() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	for name, attrs := range elements {
		p.AllowElements(name)
		p.AllowNoAttrs().OnElements(name)
		p.AllowAttrs(append(slices.Clone(global), attrs...)...).OnElements(name)
	}
	p.AllowAttrs("class").OnElements("div", "section", "a", "code", "li", "th", "td")
	p.AllowAttrs("rel", "role").Globally()
	p.AllowAttrs("tabindex", "aria-label").OnElements("div")
	p.AllowElements("input")
	p.AllowAttrs("type", "checked", "disabled").OnElements("input")
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowRelativeURLs(true)
	return p
}

// checkHoles: holes stand in order, those of directives as brackets do.
func checkHoles(t *testing.T, c Compiled) {
	at, open := 0, []int{}
	for _, h := range c.Holes {
		if h.At < at || h.At > len(c.HTML) {
			t.Fatalf("a hole at %d after one at %d", h.At, at)
		}
		at = h.At
		switch {
		case !h.Directive:
			_ = c.Refs[h.Ref]
		case !h.End:
			_ = c.Directives[h.Ref]
			open = append(open, h.Ref)
		case len(open) == 0 || open[len(open)-1] != h.Ref:
			t.Fatalf("directive %d ends inside %v", h.Ref, open)
		default:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Fatalf("directives %v do not end", open)
	}
}

// FuzzCompile: no input panics, and whatever comes out is balanced and passes
// another sanitiser unchanged.
func FuzzCompile(f *testing.F) {
	for _, s := range []string{"<b>x\n\n</b>", "[a](javascript:x)", "<svg onload=x>", "* a\n\n  <div>\n* b", "<a href=x.md>[b](c.md)</a>", "<!-- x --> y", "<p><script>", "|a|\n|-|\n|<b>|",
		":::callout{title=a}\n<b>\n:::\n::card{to=a.md}", "::::gallery\n:::quote\n- a\n:::\n::::", "> :::stats\n> a\n:::",
		"各单位：\n一、甲\n（一）乙；\n特此通知。\n\n附件：丙\n\n县监委　　2026年10月1日\n---", "（通讯员 甲）\n\n（通讯员 <b>甲）", "> **甲**\n> ** 乙 **＊＊丙＊＊<b>丁\n> ![戊](a.png)\n> 己。\n> 庚",
		"赵**称，刘**到。\n:::落款\n甲\n2026年10月1日\n:::", "甲。\n<div>乙。\n丙", "\\\n甲*乙*",
		"|甲|乙|\n|1|2|\n后", "甲\t<b>乙\n1\t2\n后", "　　● 甲\n　　　● <div>\n后", "-甲\n-乙", "> 　｜甲｜乙｜\n\n> |：—|—|",
		"> [!NOTE] 甲\n> <ul><li>乙", ":::details 甲\n<td><summary>", "==甲==<p>乙\n\n<table>丙<tr><td>\n\n- 丁", "# a\n\n#\n\n# <a href=x>[b](c)", "[a<a href=x>b](c)<details><ul><p>"} {
		for how := range byte(16) {
			f.Add(s, how)
		}
	}
	for _, input := range hard {
		f.Add(input(12), byte(0))
	}
	d, policy, directives := New(), oracle(), declared(f)
	f.Fuzz(func(t *testing.T, s string, how byte) {
		if len(s) > 4096 {
			return // the oracles have superlinear inputs of their own
		}
		enter := []Enter{EnterByBlock, EnterJoin, EnterKeep, EnterByBlock}[how>>2&3]
		c := d.Compile("a.md", []byte(s), 0, Options{
			Directives: directives, Official: how&1 > 0, Outline: how&2 > 0, Enter: enter,
		})
		checkHoles(t, c)
		if n := utf8.RuneCountInString(c.Summary); n > summaryLength || strings.ContainsAny(c.Summary, "\n\t") || strings.Contains(c.Summary, "  ") {
			t.Fatalf("%q: a summary of %d characters: %q", s, n, c.Summary)
		}
		open := []string{}
		z := html.NewTokenizer(strings.NewReader(c.HTML))
		count := 0
		for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
			tok := z.Token()
			switch kind {
			case html.StartTagToken:
				count++
				if !slices.Contains(empty, tok.Data) && tok.Data != "input" {
					open = append(open, tok.Data)
				}
			case html.EndTagToken:
				if len(open) == 0 || open[len(open)-1] != tok.Data {
					t.Fatalf("%q: </%s> closes %v in %q", s, tok.Data, open, c.HTML)
				}
				open = open[:len(open)-1]
			}
		}
		if len(open) > 0 {
			t.Fatalf("%q: left open %v in %q", s, open, c.HTML)
		}
		clean := html.NewTokenizer(strings.NewReader(policy.Sanitize(c.HTML)))
		for kind := clean.Next(); kind != html.ErrorToken; kind = clean.Next() {
			if kind == html.StartTagToken {
				count--
			}
		}
		if count != 0 {
			t.Fatalf("%q: the oracle drops %d elements of %q", s, count, c.HTML)
		}
	})
}
