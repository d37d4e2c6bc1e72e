package desk

import (
	"strings"
	"testing"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/digest"
)

// TestRewritten: of an edited article, what its document answers is the document's; all
// else in the front matter is the editor's.
func TestRewritten(t *testing.T) {
	c, _ := config.Parse([]byte(settings))
	kind := c.Kinds["notice"]
	d := Document{Name: "稿.docx", Digest: digest.Of([]byte("新稿")), Text: "新正文\n"}
	mark := "# 导入自 稿.docx (" + d.Digest.String() + ")\n"
	given := content.Given{Values: map[string]string{"title": "新题", "date": "2026-10-01"}}
	const title, date = "标题: \"新题\"  # 不超过 30 字\n", "日期: 2026-10-01  # 发布时间，如 2024-05-01 09:30\n"
	for _, test := range []struct{ what, front, want string }{
		{"all of it edited", "# 导入自 旧.docx (" + digest.Of(nil).String() + ")\n标题: 旧题\n日期: 2026-09-01\n摘要: 编辑写的\n", mark + title + date + "摘要: 编辑写的\n"},
		{"as the document is", mark + "标题: 新题 # 题\n日期: 2026-10-01 09:30\n", mark + "标题: 新题 # 题\n日期: 2026-10-01 09:30\n"},
		{"by other names, a field gone", "# 别的\ntitle：'新题'\n", "# 别的\ntitle：'新题'\n" + date},
		{"lines that are no fields", "标签:\n  - 甲：乙\ndate: 2026-10-1\n", "标签:\n  - 甲：乙\n" + date + title},
	} {
		for ending, text := range map[string]string{"---\n\n旧正文\n": "", "---\n": ""} {
			if text = Rewritten(kind, "---\n"+test.front+ending, given, d); text != "---\n"+test.want+"---\n\n新正文\n" {
				t.Errorf("%s: %s", test.what, text)
			}
		}
	}
	if text := Rewritten(kind, "没有开头\n", given, d); !strings.HasPrefix(text, "---\n"+title) || !strings.HasSuffix(text, "---\n\n新正文\n") {
		t.Errorf("without front matter: %s", text)
	}
}

// TestAgain: a document is known by what is in it, or by its name where only one has it.
func TestAgain(t *testing.T) {
	old, edited := digest.Of([]byte("旧")), digest.Of([]byte("改过"))
	all := Imported{{"content/a/1.md", "通知.docx", old.String()}, {"content/b/2.md", "通知.docx", digest.Of(nil).String()}, {"content/b/3.md", "", ""}}
	for _, test := range []struct {
		name, folder string
		digest       digest.Digest
		want         string
	}{
		{"改名.docx", "content", old, "content/a/1.md"},
		{"通知.docx", "content/b", edited, "content/b/2.md"},
		{"通知.docx", "content", edited, "从叫这个名字的文档导入过几篇：content/a/1.md、content/b/2.md"},
		{"通知.docx", "content/bb", edited, "没有从叫这个名字的文档导入过文章"},
		{"", "content", edited, "没有从叫这个名字的文档导入过文章"},
	} {
		file, refused := all.Again(Document{Name: test.name, Digest: test.digest}, test.folder)
		if got := file + refused.ZH; !strings.HasPrefix(got, test.want) {
			t.Errorf("%+v: %s", test, got)
		}
	}
}
