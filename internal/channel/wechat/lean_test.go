package wechat

import (
	"strings"
	"testing"
)

// TestLean: what becomes shorter, and what must stay as it is.
func TestLean(t *testing.T) {
	for _, c := range []struct{ about, in, want string }{
		{"what is inherited is not said again",
			`<section style="color:#333"><p style="margin:0;color:#333">甲</p></section>`,
			`<section style="color:#333"><p style="margin:0">甲</p></section>`},
		{"what all children say, their parent says; so may its parent",
			`<section><section><p style="color:#111">甲</p><p style="color:#111">乙</p></section></section>`,
			`<section style="color:#111"><section><p>甲</p><p>乙</p></section></section>`},
		{"a line of the parent's own would change",
			`<section>丙<p style="color:#111">甲</p></section>`,
			`<section>丙<p style="color:#111">甲</p></section>`},
		{"neighbours that say the same get a section",
			`<section><p style="margin:0">甲</p><p style="font-size:13px;line-height:1.6;color:#4f5c58">乙</p><p style="font-size:13px;line-height:1.6;color:#4f5c58">丙</p></section>`,
			`<section><p style="margin:0">甲</p><section style="font-size:13px;line-height:1.6;color:#4f5c58"><p>乙</p><p>丙</p></section></section>`},
		{"but not where that is longer",
			`<section><p>甲</p><p style="color:#111">乙</p><p style="color:#111">丙</p></section>`,
			`<section><p>甲</p><p style="color:#111">乙</p><p style="color:#111">丙</p></section>`},
		{"the last of two declarations counts",
			`<p style="margin:0 8px;text-align:left;margin:0">甲</p>`,
			`<p style="text-align:left;margin:0">甲</p>`},
		{"colours are as short as they can be",
			`<p style="color:#aabbcc;border:1px solid #a61f1f">甲</p>`,
			`<p style="color:#abc;border:1px solid #a61f1f">甲</p>`},
		{"an em of another font is another length",
			`<section style="text-indent:2em"><p style="font-size:20px;text-indent:2em">甲</p></section>`,
			`<section style="text-indent:2em"><p style="font-size:20px;text-indent:2em">甲</p></section>`},
		{"which a parent does not measure, either",
			`<section style="padding:0 2em"><p style="font-size:20px">甲</p></section>`,
			`<section style="padding:0 2em"><p style="font-size:20px">甲</p></section>`},
		{"sizes in em multiply",
			`<section style="font-size:.9em"><p style="font-size:.9em">甲</p></section>`,
			`<section style="font-size:.9em"><p style="font-size:.9em">甲</p></section>`},
		{"bold is bold already, a heading of a table is not for sure",
			`<section><p><strong style="font-weight:bold;color:#111">甲</strong></p><table><tbody><tr><th style="font-weight:bold">乙</th></tr></tbody></table></section>`,
			`<section><p><strong style="color:#111">甲</strong></p><table><tbody><tr><th style="font-weight:bold">乙</th></tr></tbody></table></section>`},
		{"a table begins its lines anew",
			`<section style="text-indent:2em"><table><tbody><tr><td style="text-indent:2em">甲</td></tr></tbody></table></section>`,
			`<section style="text-indent:2em"><table style="text-indent:2em"><tbody><tr><td>甲</td></tr></tbody></table></section>`},
		{"what stands in a line keeps its own",
			`<section><section style="display:inline-block;color:#111">甲</section></section>`,
			`<section><section style="display:inline-block;color:#111">甲</section></section>`},
		{"a span that says nothing goes",
			`<p><span>甲</span>&nbsp;<br><img src="a" alt="&lt;"></p>`,
			`<p>甲&nbsp;<br><img src="a" alt="&lt;"></p>`},
	} {
		got, err := lean(c.in)
		if err != nil || got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s %v", c.about, got, c.want, err)
		}
		if again, _ := lean(got); again != got {
			t.Errorf("%s: twice it is\n%s\nand once\n%s", c.about, again, got)
		}
	}
}

// TestSaying: what a paragraph says of its text may be said around it, its margin is
// not needed then, and anything else has to stay where it is.
func TestSaying(t *testing.T) {
	for style, want := range map[string]string{
		"margin:0 0 6px": "true", "margin:0;color:#333333": "color:#333 true", "padding:2px;color:#333": "color:#333 false", "": "true",
	} {
		text, ok := saying(style)
		if got := strings.TrimSpace(text + map[bool]string{true: " true", false: " false"}[ok]); got != want {
			t.Errorf("%s: %s, want %s", style, got, want)
		}
	}
}
