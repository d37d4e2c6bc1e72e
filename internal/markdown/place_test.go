package markdown

import (
	"strings"
	"testing"

	"qinglian/internal/diag"
)

// meantBy is what a place marks of a text, in all of its lines; "" for a point.
func meantBy(text string, d diag.Diagnostic) string {
	if d.EndLine == 0 {
		return ""
	}
	lines := strings.SplitAfter(text, "\n")
	var b strings.Builder
	for n := d.Line; n <= d.EndLine && n <= len(lines); n++ {
		runes := []rune(lines[n-1])
		from, to := 0, len(runes)
		if n == d.Line {
			from = d.Column - 1
		}
		if n == d.EndLine {
			to = d.EndColumn - 1
		}
		b.WriteString(string(runes[from:to]))
	}
	return b.String()
}

// TestEnds: a message marks all that it is about, also where the line was respelled,
// and so does the place of a link.
func TestEnds(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"见[另一篇](file:///a.md)。", "local-path [另一篇](file:///a.md)"},
		{"> 见\n> [另\n> 一篇](javascript:x)", "unsafe-link [另\n> 一篇](javascript:x)"},
		{"见![图](a.heic)", "unshown-picture ![图](a.heic)"},
		{"见 ![图] (https://a.cn/b.png “题”)。", "outside-picture ![图] (https://a.cn/b.png “题”)"},
		{"！[图](https://a.cn/b.png)", "outside-picture ！[图](https://a.cn/b.png)"},
		{"见<a href=\"javascript:x\">甲</a>", "unsafe-link <a href=\"javascript:x\">"},
		{"见[甲][1]。\n\n[1]: javascript:x", "unsafe-link [甲][1]"},
		{"甲<script>x</script>乙", "dropped-html <script>"},
		{"> <p>甲\n> 乙<blink>丙\n> </p>", "dropped-html <blink>"},
		{"：：：callout", "full-width-directive ：：：callout"},
		{":::callot{a=b}\n甲\n:::", "unknown-directive :::callot{a=b}"},
		{"#标题  ", "heading-space #标题"},
		{"＃ 标题", "full-width-mark ＃"},
		{"甲[^1]。", "dead-footnote [^1]"},
		{"名单：赵**，钱**，都在。", "literal-marks **"},
		{"|甲|乙|\n|---|---|\n|1|2|3|", "extra-cell |1|2|3|"},
		{"甲\n\n　　| 一 | 二 |\n　　| 三 | 四 |\n　　| [五](file:///c) | 六 |", "guessed-table | 一 | 二 |, local-path [五](file:///c)"},
		{"●甲\n●乙<!-- 丙", "unclosed <!--"},
	} {
		var got []string
		for _, p := range New().Compile("a.md", []byte(c.text), 0, Options{}).Problems {
			got = append(got, p.Rule+" "+meantBy(c.text, p))
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%q\ngot  %s\nwant %s", c.text, s, c.want)
		}
	}
	for _, c := range []struct{ text, want string }{
		{"见[另一篇](dat.md)和![图](a.png)", "[另一篇](dat.md) ![图](a.png)"},
		{"[甲![图](a.png)](b.md)", "[甲![图](a.png)](b.md) ![图](a.png)"},
		{"![[a.png]]，【通知】(b.pdf)", "![[a.png]]"},
		{"- [甲](b.md)\n  [乙](c.md)", "[甲](b.md) [乙](c.md)"},
		{"●[甲](b.md)\n●[乙](c.md)", "[甲](b.md) [乙](c.md)"},
	} {
		var got []string
		for _, ref := range New().Compile("a.md", []byte(c.text), 0, Options{}).Refs {
			got = append(got, meantBy(c.text, ref.Where))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q\ngot  %s\nwant %s", c.text, s, c.want)
		}
	}
}
