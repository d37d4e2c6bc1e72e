package desk

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
)

// TestBundle: where a document goes with its pictures; and that it is known again,
// under another name and after its article was edited, moved or given another title.
func TestBundle(t *testing.T) {
	c, found := config.Parse([]byte(settings))
	if len(found) > 0 {
		t.Fatal(found)
	}
	now := time.Date(2026, 5, 31, 20, 0, 0, 0, time.UTC)
	s, dir := lay(t, nil)
	a := Article{Section: "cases", Given: content.Given{Values: map[string]string{"title": "三本账", "date": "2026-06-01"}}}
	d := Document{"旧稿\n.docx", digest.Of([]byte("稿")), "正文\n", []Picture{{"1.jpg", []byte("图")}}}
	files, refused, err := Bundle(s, c, a, d, now)
	if err != nil || refused != (diag.Text{}) {
		t.Fatal(refused, err)
	}
	if got := all(t, dir); len(got) > 0 {
		t.Errorf("a plan has written %q", got)
	}
	if refused, err := Write(s, files...); err != nil || refused != (diag.Text{}) {
		t.Fatal(refused, err)
	}
	const bundle = "content/cases/20260601-san-ben-zhang/"
	got := all(t, dir)
	if names := slices.Sorted(maps.Keys(got)); !slices.Equal(names, []string{"content/", "content/cases/", bundle, bundle + "1.jpg", bundle + "index.md"}) {
		t.Errorf("there is %q", names)
	}
	text := got[bundle+"index.md"]
	if !strings.HasPrefix(text, "---\n# 导入自 旧稿.docx ("+d.Digest.String()+")\n标题: \"三本账\"") || !strings.HasSuffix(text, "---\n\n正文\n") || strings.Contains(text, "## ") {
		t.Errorf("the article is %q", text)
	}

	killed, _ := lay(t, tree{bundle + "1.jpg": "图"})
	if files, refused, err := Bundle(killed, c, a, d, now); err != nil || refused != (diag.Text{}) || len(files) != 1 || files[0].Path() != bundle+"index.md" {
		t.Errorf("where an import was killed before the article: %v %q %v", files, refused, err)
	}
	foreign, _ := lay(t, tree{bundle + "1.jpg": "另一张"})
	if files, _, _ := Bundle(foreign, c, a, d, now); len(files) != 2 {
		t.Errorf("where another picture is: %v", files)
	}

	again := func(site tree) diag.Text {
		s, _ := lay(t, site)
		other := Article{Section: "more", Given: content.Given{Values: map[string]string{"title": "另一个题目", "date": "2027-01-01"}}}
		_, refused, err := Bundle(s, c, other, Document{Name: "新名.docx", Digest: d.Digest}, now)
		if err != nil {
			t.Error(err)
		}
		return refused
	}
	if refused := again(tree{"content/rules/moved.md": text + "改过了\n"}); !strings.Contains(refused.ZH, "content/rules/moved.md") {
		t.Errorf("said %q", refused)
	}
	if refused := again(tree{filepath.Join("content", "a.md"): "---\n标题: 别的\n---\n", "content/a.jpg": text}); refused != (diag.Text{}) {
		t.Errorf("said %q", refused)
	}
	d.Digest = digest.Of([]byte("改过的稿"))
	if _, refused, _ := Bundle(s, c, a, d, now); !strings.HasPrefix(refused.ZH, bundle+"index.md 已经有了") {
		t.Errorf("said %q of another document with the same title and date", refused)
	}
}
