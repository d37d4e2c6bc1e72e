package wechat

import (
	"cmp"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/site"
)

// Count is how long a part of the article is, and how long it may be.
type Count struct {
	Name       string // in the contract
	Label      diag.Text
	Text       string // short enough to be shown; else empty
	Size, Most int    // in the editor; where nobody says, that of the interface
	Interface  int    // for drafts that a program makes
	Unknown    bool   // nobody says how much the editor takes
	Unit       diag.Text
}

// Counts are the parts that WeChat limits. own is what the configuration says of
// the account's editor.
func (a Article) Counts(own config.WeChat) (counts []Count) {
	characters, bytes := diag.Text{ZH: "字", EN: "characters"}, diag.Text{ZH: "字节", EN: "bytes"}
	add := func(name string, label diag.Text, text string, size, own int, unit diag.Text) {
		r := limit(name)
		most := cmp.Or(own, r.Paste, r.Most)
		if r.Paste == unknown {
			most = r.Most
		}
		counts = append(counts, Count{name, label, text, size, most, r.Most, r.Paste == unknown, unit})
	}
	add("title", diag.Text{ZH: "标题", EN: "title"}, a.Title, len([]rune(a.Title)), own.Title, characters)
	add("author", diag.Text{ZH: "作者", EN: "author"}, a.Author, len([]rune(a.Author)), 0, characters)
	add("digest", diag.Text{ZH: "摘要", EN: "digest"}, a.Digest, len([]rune(a.Digest)), own.Digest, characters)
	add("content", diag.Text{ZH: "正文，连同标签", EN: "content with its tags"}, "", len([]rune(a.Fragment)), 0, characters)
	add("bytes", diag.Text{ZH: "正文，字节", EN: "content in bytes"}, "", len(a.Fragment), 0, bytes)
	add("source", diag.Text{ZH: "原文链接", EN: "source address"}, a.SourceURL, len(a.SourceURL), 0, bytes)
	return counts
}

// Said is the label, with whose limit it is if that is not the editor's.
func (c Count) Said() diag.Text {
	if !c.Unknown {
		return c.Label
	}
	return diag.Say("%s（接口的限度，后台的没有公布）", "%s (the interface's limit; the editor's is not known)", c.Label)
}

// limits holds the article of a page against what WeChat takes.
func (a *Article) limits(p *site.Page, own config.Config) {
	for _, c := range a.Counts(own.WeChat) {
		if c.Size > min(c.Most, c.Interface) {
			a.find(c.tooLong().Placed(c.where(p, own)))
		}
	}
}

// tooLong is a warning about what the editor refuses, and a note about what only the
// interface does, or nobody knows of.
func (c Count) tooLong() diag.Diagnostic {
	d := diag.Diagnostic{Rule: "wechat-limit", Severity: diag.Note}
	switch {
	case c.Unknown:
		d.Message = diag.Say("%s有 %d %s，接口的限度是 %d；后台的限度没有公布",
			"%s: %d %s, the interface's limit is %d; the editor's is not known", c.Label, c.Size, c.Unit, c.Interface)
		d.Hint = diag.Say("先粘贴试试；保存不了，就把文章分成几篇，或去掉一部分",
			"try to paste it; if it can't be saved, divide the article or leave a part out")
	case c.Size <= c.Most:
		d.Message = diag.Say("%s有 %d %s，粘贴没有问题，用接口建草稿最多 %d",
			"%s: %d %s, which can be pasted, but drafts that a program makes take %d",
			c.Label, c.Size, c.Unit, c.Interface)
		d.Hint = c.shorter(c.Interface)
	default:
		d.Severity, d.Hint = diag.Warning, c.shorter(c.Most)
		d.Message = diag.Say("%s有 %d %s，公众号最多 %d", "%s: %d %s, WeChat takes %d", c.Label, c.Size, c.Unit, c.Most)
	}
	return d
}

// where is what was typed of a part that is counted.
func (c Count) where(p *site.Page, own config.Config) diag.Diagnostic {
	switch {
	case c.Name == "author" && own.WeChat.Author != "":
		return own.Where("wechat.author")
	case c.Name == "digest":
		return p.Doc.Where("summary")
	case c.Name == "source":
		return p.Doc.Where("slug")
	}
	return p.Doc.Where(c.Name) // the content is no field: the article as a whole
}

// shorter says what to do about a part that may be so long.
func (c Count) shorter(most int) diag.Text {
	switch c.Name {
	case "title", "author", "digest":
		return diag.Say("把%s缩短到 %d %s以内", "shorten the %s to %d %s", c.Label, most, c.Unit)
	}
	return diag.Say("在文章开头写一个短的 slug", "give a short slug in the front matter")
}
