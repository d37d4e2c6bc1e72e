package mend

import (
	"fmt"
	"testing"
)

// TestRetract: the word on why is the article's last field, or takes the place of what
// the field says.
func TestRetract(t *testing.T) {
	const ok = "标题: 甲\n日期: 2024-05-01\n来源: 乙\n"
	for _, c := range []struct{ in, why, want string }{
		{"---\n" + ok + "---\n正文", "有误", "5+已撤下: \"有误\"\n"},
		{"---\n" + ok + "---\n正文", "写作\"三\"\n天: 有误", "5+已撤下: \"写作\\\"三\\\" 天: 有误\"\n"},
		{"---\ntitle: 甲\ndate: 2024-05-01\nsource: 乙\n---\n", "有误", "5+gone: \"有误\"\n"},
		{"+++\ntitle = \"甲\"\ndate = 2024-05-01\nsource = \"乙\"\n+++\n", "\"三\"", "5+gone = \"\\\"三\\\"\"\n"},
		{"---\n" + ok + "已撤下: 否 # 先不撤\n---\n", "有误", "5-已撤下: 否 # 先不撤\n5+已撤下: \"有误\" # 先不撤\n"},
		{"---\n" + ok + "已撤下:\n---\n", "有误", "5-已撤下:\n5+已撤下: \"有误\"\n"},
		{"---\n标题: 甲\n日期: 昨天\n---\n", "有误", "mistakes"},
		{"正文", "有误", "mistakes"},
	} {
		changes, ok := Retract(defaults(t), "content/notices/a.md", []byte(c.in), c.why)
		got := show(changes)
		if !ok {
			got = "mistakes"
		}
		if got != c.want {
			t.Errorf("%q: %s, want %s", c.in, got, c.want)
		}
		if !ok {
			continue
		}
		if d := defaults(t).Compile("content/notices/a.md", Apply([]byte(c.in), changes)); !d.Card.Gone || d.Card.Reason == "" {
			t.Errorf("%q: not taken down: %v", c.in, d.Problems)
		}
	}
}

// TestUnlink: links become text, and the title is in none of them; what is left over for
// a person is named.
func TestUnlink(t *testing.T) {
	for _, c := range []struct{ in, want, named string }{
		{"见[停水通知](gone.md)。", "4-见[停水通知](gone.md)。\n4+见一篇已撤下的文章。\n", "[]"},
		{"见[《停水通知》](gone.md \"看\")、[**那一篇**](./gone.md#二)。", "4-见[《停水通知》](gone.md \"看\")、[**那一篇**](./gone.md#二)。\n4+见一篇已撤下的文章、**那一篇**。\n", "[]"},
		{"- 见[停水\n  通知](gone.md)\n- 乙", "4-- 见[停水\n4+- 见停水\n5-  通知](gone.md)\n5+  通知\n", "[]"},
		{"> 见[停水](gone.md)，[丙](c.md)", "4-> 见[停水](gone.md)，[丙](c.md)\n4+> 见停水，[丙](c.md)\n", "[]"},
		{"停水通知见[丙](c.md)", "", "[4]"},
		{"见[停水][水]、[水]。\n\n[水]: gone.md", "4-见[停水][水]、[水]。\n4+见停水、水。\n", "[]"},
		{"见<a href=\"gone.md\">停水<b>通知</b></a>。", "4-见<a href=\"gone.md\">停水<b>通知</b></a>。\n4+见一篇已撤下的文章。\n", "[]"},
		{"`[停水通知](gone.md)`", "", "[4]"},
	} {
		in := "---\n标题: 甲\n---\n" + c.in
		doc := defaults(t).Compile("content/notices/a.md", []byte(in))
		leads := func(ref int) bool { return doc.Refs[ref].Dest == "gone.md" || doc.Refs[ref].Dest == "./gone.md" }
		changes, named := Unlink(defaults(t), "content/notices/a.md", []byte(in), "停水通知", leads)
		if got := show(changes); got != c.want || fmt.Sprint(named) != c.named {
			t.Errorf("%q: %s%v, want %s%s", c.in, got, named, c.want, c.named)
		}
	}
}
