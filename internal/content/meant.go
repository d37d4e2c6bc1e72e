package content

import (
	"path"
	"slices"
	"strings"

	"qinglian/internal/diag"
)

// MeantAsArticle is about a file of [Folder] that is no article by its name, but that
// its writer may have taken for one: what to do with it. It is a warning if nothing
// else can be meant.
func MeantAsArticle(name string) (text diag.Text, how diag.Severity, meant bool) {
	ext := strings.ToLower(path.Ext(name))
	stem := strings.TrimSuffix(name, path.Ext(name))
	switch {
	case slices.Contains([]string{".md", ".markdown"}, strings.ToLower(path.Ext(stem))):
		return diag.Say("文件名其实以 %s 结尾，不是文章：电脑多半藏起了扩展名。改名为 %s",
				"its name really ends in %s, so it is no article: the system may hide endings. Rename it to %s", ext,
				stem),
			diag.Warning, true
	case ext == ".docx":
		return diag.Say("Word 文件不会自己变成网页：运行 qinglian import 和它的路径，或在预览里点“导入 Word”；要作附件，就在文章里链接到它",
			"a Word document becomes no page by itself: run qinglian import with its path, or choose import Word in the preview; "+
				"or link to it from an article"), diag.Note, true
	case slices.Contains(wordEndings, ext):
		return diag.Say("这样的文件不算文章：另存为 .docx，再运行 qinglian import；要作附件，就在文章里链接到它",
				"such a file is no article: save it as .docx and run qinglian import, or link to it from an article"),
			diag.Note, true
	case slices.Contains([]string{"", ".txt", ".text", ".mdown", ".mkd", ".mdx"}, ext):
		return diag.Say("文章要以 .md 结尾：改名为 %s.md。要作附件，就在文章里链接到它",
				"articles end in .md: rename it to %s.md. To have it as an attachment, link to it from an article",
				stem),
			diag.Note, true
	}
	return text, how, false
}

// wordEndings are the endings of word processors whose files are not imported.
var wordEndings = []string{".doc", ".wps", ".wpt", ".odt", ".rtf", ".pages", ".ofd"}
