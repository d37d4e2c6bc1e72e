package content

import (
	"strings"
	"testing"
	"time"
)

// TestStanding: what front matter says of whether an article still holds.
func TestStanding(t *testing.T) {
	const yaml, toml = "标题: 甲\n日期: 2024-05-01\n来源: 乙\n", "title = \"甲\"\ndate = 2024-05-01\nsource = \"乙\"\n"
	for _, c := range []struct{ in, says, problems string }{
		{"---\n" + yaml + "已撤下: 是\n---\n", "gone", ""},
		{"---\n" + yaml + "已撤下: true\n---\n", "gone", ""},
		{"---\n" + yaml + "已撤下: 数字有误，已撤下。\n---\n", "gone 数字有误，已撤下。", ""},
		{"---\n" + yaml + "已撤下: |\n  数字有误。\n  以后再登。\n---\n", "gone 数字有误。\n以后再登。", ""},
		{"---\n" + yaml + "已撤下: yes\n---\n", "gone", "wrong-type@5:6"},
		{"---\n" + yaml + "已撤下: \"true\"\n---\n", "gone", "wrong-type@5:6"},
		{"---\n" + yaml + "已撤下: 否\n---\n", "", ""},
		{"---\n" + yaml + "已撤下: \"\"\n---\n", "", ""},
		{"---\n" + yaml + "已撤下: [甲]\n---\n", "", "wrong-type@5:1"},
		{"+++\n" + toml + "gone = \"数字有误\"\n+++\n", "gone 数字有误", ""},
		{"+++\n" + toml + "gone = 数字有误\n+++\n", "gone 数字有误", "needs-quotes@5:8"},
		{"+++\n" + toml + "gone = true\n+++\n", "gone", ""},
		{"---\n" + yaml + "人工智能: 是\n复核日期: 2026-11-01\n---\n", "ai review 2026-11-01", ""},
		{"---\n" + yaml + "人工智能: 图片\n---\n", "", "wrong-type@5:1"},
		{"---\n" + yaml + "复核日期: 明年\n---\n", "", "bad-date@5:7"},
	} {
		d := defaults(t).Compile("content/examples/a.md", []byte(c.in))
		var said []string
		if d.Card.Gone {
			said = append(said, strings.TrimSpace("gone "+d.Card.Reason))
		}
		if d.Card.AI {
			said = append(said, "ai")
		}
		if !d.Card.Review.IsZero() {
			said = append(said, "review "+d.Card.Review.Format(time.DateOnly))
		}
		if got := strings.Join(said, " "); got != c.says || rules(d.Problems) != c.problems {
			t.Errorf("%s\ngot  %s, %s\nwant %s, %s", c.in, got, rules(d.Problems), c.says, c.problems)
		}
	}
}

// TestTombstone: nothing of an article is left but what its readers are told, and that
// is text.
func TestTombstone(t *testing.T) {
	d := defaults(t).Compile("content/examples/a/index.md", []byte("---\n标题: 甲\n日期: 2024-05-01\n来源: 乙\n作者: 丙\n标签: [丁]\n单位: 戊\n"+
		"封面: a.png\n其他: {己: 庚}\n旧网址: [b.html]\n已撤下: |\n  <b>有误</b>\n\n  再登\n---\n![图](b.png)\n\n## 辛\n"))
	got := *d.Tombstone()
	if prose := got.Prose; prose != "<p>&lt;b&gt;有误&lt;/b&gt;</p>\n<p>再登</p>\n" || got.Card.Summary != "<b>有误</b> 再登" {
		t.Errorf("it says %q, in short %q", prose, got.Card.Summary)
	}
	for _, kept := range []string{"丙", "丁", "戊", "庚", "a.png", "b.png", "辛"} {
		if c := got.Card; len(got.Refs)+len(got.Anchors())+len(c.Facts)+len(c.Extra)+len(c.Tags) > 0 || c.Author+c.Source != "" ||
			strings.Contains(got.Prose, kept) {
			t.Fatalf("%s is left: %+v", kept, got)
		}
	}
	if got.Address() != d.Address() || len(got.Card.Aliases) != 1 || got.CardDigest == d.CardDigest || got.Same(&d) {
		t.Errorf("got %+v", got)
	}
}
