package imports

import (
	"path"
	"slices"
	"strings"

	"qinglian/internal/address"
	"qinglian/internal/config"
	"qinglian/internal/desk"
	"qinglian/internal/diag"
	"qinglian/internal/manuscript"
)

// attachments is the field of a kind that names the files attached to an article.
const attachments = "attachments"

// attach fills in the files that are attached, and lists those that the document names
// and that did not come with it.
func (d Document) attach(m *manuscript.Manuscript, kind config.Kind) (filled []manuscript.Filled, refused diag.Text) {
	i := slices.IndexFunc(kind.Fields, func(f config.Field) bool { return f.Key == attachments })
	if i < 0 && len(d.Attached) > 0 {
		return nil, diag.Say("“%s”这种文章没有“附件”一项", "articles of the kind %s have no attachments", kind.Label)
	}
	if i < 0 {
		return nil, refused
	}
	var names []string
	for _, f := range d.Attached {
		names = append(names, path.Base(f.Name))
	}
	ordered, doubt := m.Annex(names)
	if len(ordered) == 0 {
		return nil, refused
	}
	found := manuscript.Finding{Text: strings.Join(ordered, "\n"), Doubt: doubt}
	return []manuscript.Filled{{Field: kind.Fields[i], Finding: found}}, refused
}

// Attach reads what is attached to a document: its names are those that readers see.
func Attach(d *Document, name string, content []byte) (refused diag.Text) {
	base := path.Base(name)
	twice := slices.ContainsFunc(d.Attached, func(f desk.Picture) bool { return strings.EqualFold(f.Name, base) })
	switch {
	case !address.Portable(base):
		return diag.Say("文件名里有别的电脑不能用的字，如 %s：改名再来",
			"its name has characters that other systems don't take, such as %s: rename it", `< > : " | ? *`)
	case twice:
		return diag.Say("有两个附件都叫“%s”：给一个改名", "two attachments are called %q: rename one", base)
	case len(content) > MaxBytes:
		return diag.Say("文件超过 %d MB", "the file has more than %d MB", MaxBytes>>20)
	}
	d.Attached = append(d.Attached, desk.Picture{Name: base, Content: content})
	return refused
}

// article is the name of the file that a document's text becomes.
const article = "index.md"

// clashing is a file that is attached under the name of another of the article's.
func clashing(pictures []string, attached []desk.Picture) (refused diag.Text) {
	for _, f := range attached {
		same := func(name string) bool { return strings.EqualFold(name, f.Name) }
		if slices.ContainsFunc(append(pictures, article), same) {
			return diag.Say("附件 %s 和文章自己的一个文件同名：给附件改名",
				"attachment %s has the name of one of the article's own files: rename it", f.Name)
		}
	}
	return refused
}
