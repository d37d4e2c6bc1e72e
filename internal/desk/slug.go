package desk

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"strings"

	"qinglian/internal/address"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/source"
)

// occupied is the places in a folder of content/ that are taken, by file and by
// published path, in lower case: most systems know no letter case.
type occupied map[string]holder

// holder is who has a place; title is empty for what is no article.
type holder struct{ file, title string }

// around finds what is taken in a folder of the places that begin with a stem. An
// article that has such an address says so, in its name or in its text; most do not,
// so few are decoded.
func around(s *source.Site, c config.Config, folder, stem string) (occupied, error) {
	there := occupied{}
	files, _, err := s.Walk(folder)
	if err != nil {
		return nil, err
	}
	compiler := content.Compiler{Config: c}
	for _, f := range files {
		there[strings.ToLower(f.Path)] = holder{file: f.Path}
		if !content.IsArticle(f.Path) {
			continue
		}
		raw, err := s.ReadUpTo(f.Path, source.MaxText)
		if errors.Is(err, fs.ErrNotExist) {
			continue // deleted while we looked
		}
		if err != nil {
			return nil, err
		}
		if text, _ := source.Text(f.Path, raw); named(f.Path, stem) || bytes.Contains(text, []byte(stem)) {
			there.add(compiler.Front(f.Path, text))
		}
	}
	return there, nil
}

// named reports whether a file's name, or its folder's, may come to a slug with a stem.
func named(file, stem string) bool {
	for name := range strings.SplitSeq(file, "/") {
		slug, _ := address.FromName(strings.TrimSuffix(name, path.Ext(name)))
		if strings.HasPrefix(slug, stem) {
			return true
		}
	}
	return false
}

func (there occupied) add(d content.Doc) {
	h := holder{d.Path, d.Card.Title}
	there[strings.ToLower(d.Path)] = h
	for _, alias := range d.Card.Aliases {
		there[strings.ToLower(alias)] = h
	}
	if !d.Index {
		there[d.Address()] = h
	}
}

// sameTitle refuses an article whose title and date another one has.
func sameTitle(file string) diag.Text {
	return diag.Say("%s 已经有了，没有覆盖：标题和日期都一样。真是另一篇，先把标题改得不一样，如在后面加“（二）”，建好再改回来",
		"%s is there already and was left alone: it has the same title and date. "+
			"If this is another article, give it another title, and change it back when it is made", file)
}

// free is the first slug with a stem that is not taken. What has the same title is
// likelier to be what is asked for again than another article.
func (there occupied) free(folder, stem, title string) (slug string, refused diag.Text) {
	published := strings.TrimPrefix(strings.TrimPrefix(folder, content.Folder), "/")
	for n := 1; ; n++ {
		slug = address.Numbered(stem, n)
		free := true
		for _, place := range []string{path.Join(folder, slug+".md"), path.Join(published, slug+".html")} {
			h, is := there[place]
			if is && h.title == title {
				return "", sameTitle(h.file)
			}
			free = free && !is
		}
		if free {
			return slug, refused
		}
	}
}
