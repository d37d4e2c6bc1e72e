package mend

import (
	"testing"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/markdown"
)

// TestMovedAliases: an old address is written as the other fields are, and where it can't be
// for certain, nothing is.
func TestMovedAliases(t *testing.T) {
	parsed, _ := config.Parse(nil)
	c := content.Compiler{Config: parsed, Dialect: markdown.New()}
	for _, test := range []struct{ text, want string }{
		{"---\n标题: 甲\n日期: 2026-05-01\n来源: 乙\n---\n", "---\n标题: 甲\n日期: 2026-05-01\n来源: 乙\n旧网址: [a/b.html]\n---\n"},
		{"---\ntitle: 甲\ndate: 2026-05-01\nsource: 乙\n---\n", "---\ntitle: 甲\ndate: 2026-05-01\nsource: 乙\naliases: [a/b.html]\n---\n"},
		{"+++\ntitle = \"甲\"\ndate = 2026-05-01\nsource = \"乙\"\n+++\n",
			"+++\ntitle = \"甲\"\ndate = 2026-05-01\nsource = \"乙\"\naliases = [\"a/b.html\"]\n+++\n"},
		{"---\n旧网址: [c.html]\n标题: 甲\n日期: 2026-05-01\n来源: 乙\n---\n", "---\n旧网址: [c.html, a/b.html]\n标题: 甲\n日期: 2026-05-01\n来源: 乙\n---\n"},
		{"---\n旧网址:\n  - c.html\n标题: 甲\n日期: 2026-05-01\n来源: 乙\n---\n", ""},
		{"---\n标题: 甲\n日期: 某天\n来源: 乙\n---\n", ""},
	} {
		changes, ok := Moved(c, "content/notices/x.md", []byte(test.text), "a/b.html")
		got := ""
		if ok {
			got = string(Apply([]byte(test.text), changes))
		}
		if got != test.want {
			t.Errorf("%q: got %q", test.text, got)
		}
	}
}
