package desk

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/pattern"
	"qinglian/internal/source"
)

// Import is a document that has become an article, as the article says.
type Import struct {
	File   string // the article
	Name   string // of the document's file; "" if the comment was edited
	digest string // of the document
}

// Imported are all imports of a site.
type Imported []Import

// longestFront is how much of an article is looked at for the mark.
const longestFront = 16 << 10

// origins is the comment of [Bundle], or what an editor left of it.
var origins = pattern.Of(fmt.Sprintf(`(?:导入自 ([^\n]*) )?\(([0-9a-f]{%d})\)`, 2*len(digest.Digest{})))

// Imports finds the articles that documents have become.
func Imports(s *source.Site) (all Imported, err error) {
	files, _, err := s.Walk(content.Folder)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if !content.IsArticle(f.Path) {
			continue
		}
		text, err := s.ReadUpTo(f.Path, longestFront)
		if errors.Is(err, fs.ErrNotExist) {
			continue // deleted while we looked
		}
		if err != nil {
			return nil, err
		}
		if found := origins().FindSubmatch(text); found != nil {
			all = append(all, Import{f.Path, string(found[1]), string(found[2])})
		}
	}
	return all, nil
}

// Of is the article that a document has become, by what is in it; "" if there is none.
func (all Imported) Of(d digest.Digest) string {
	for _, i := range all {
		if i.digest == d.String() {
			return i.File
		}
	}
	return ""
}

// Named are the articles in a folder that documents of a name have become.
func (all Imported) Named(name, folder string) (articles []string) {
	for _, i := range all {
		if i.Name != "" && i.Name == printable(name) && strings.HasPrefix(i.File, folder+"/") {
			articles = append(articles, i.File)
		}
	}
	return articles
}

// Again is the article in a folder that a document has become when it was imported
// before: by what is in it or, since it may have been edited, by its name.
func (all Imported) Again(d Document, folder string) (file string, refused diag.Text) {
	if file = all.Of(d.Digest); file != "" {
		return file, refused
	}
	named := all.Named(d.Name, folder)
	switch len(named) {
	case 0:
		return "", diag.Say("没有从叫这个名字的文档导入过文章；不写 --update，就导入成新的一篇",
			"no article was imported from a document of this name; without --update it is imported as a new one")
	case 1:
		return named[0], refused
	}
	return "", diag.Say("从叫这个名字的文档导入过几篇：%s。用 --section 写明是哪个栏目的，或在那几篇开头的“导入自”里改成不同的名字",
		"several articles were imported from documents of this name: %s; say with --section which one is meant, "+
			"or give them different names in the comments at their beginnings", strings.Join(named, "、"))
}
