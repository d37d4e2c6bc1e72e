package imports

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/desk"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/pattern"
	"qinglian/internal/source"
)

// Update is how an article differs from what its document would become now.
type Update struct {
	Made
	Article  string      // the file
	Changes  string      // of its lines: - for the article's, + for the document's; "": none
	Pictures []diag.Text // that differ
}

// Compare compares a document that was imported before, and may have been edited since,
// with the article in a folder that it has become. Nothing is written: what an editor has
// made of the article meanwhile, nobody but an editor can put together with it.
func Compare(s *source.Site, c config.Config, folder string, d Document) (u Update, refused diag.Text, err error) {
	before, err := desk.Imports(s)
	if err != nil {
		return u, refused, err
	}
	known := desk.Document{Name: path.Base(d.Name), Digest: digest.Of(d.Content)}
	if u.Article, refused = before.Again(known, folder); refused != (diag.Text{}) {
		return u, refused, nil
	}
	kind := content.Compiler{Config: c}.Kind(u.Article)
	made, b, refused := d.compose(kind)
	if refused != (diag.Text{}) {
		return u, refused, nil
	}
	u.Made = made
	u.Filled = nil // where they differ, the changes say so
	raw, err := s.ReadUpTo(u.Article, source.MaxText)
	if err != nil {
		return u, refused, err
	}
	text, _ := source.Text(u.Article, raw)
	u.Changes = changes(string(text), desk.Rewritten(kind, string(text), made.given(), b))
	u.Pictures, err = differing(s, path.Dir(u.Article), b.Pictures)
	return u, refused, err
}

// chunk begins a piece of a diff: from where the article has it.
var chunk = pattern.Of(`(?m)^@@ -(\d+).*$`)

// changes are the lines that differ in two texts, with some around them.
func changes(was, now string) string {
	ended := func(text string) []byte { return []byte(strings.TrimRight(text, "\n") + "\n") }
	all := string(diff.Diff("-", ended(was), "+", ended(now)))
	_, pieces, _ := strings.Cut(all, "+++ +\n") // what stands before names the two
	return chunk().ReplaceAllString(pieces, "@@ $1 @@")
}

// differing are the pictures of a document that are not in a folder, or not the same.
func differing(s *source.Site, folder string, pictures []desk.Picture) (found []diag.Text, err error) {
	for _, p := range pictures {
		there, err := s.Digest(path.Join(folder, p.Name))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			found = append(found, diag.Say("%s：文章的文件夹里没有；要用，在文档里右键点它，“另存为图片”",
				"%s: not in the article's folder; to use it, right-click it in the document and save it as a picture",
				p.Name))
		case err != nil:
			return nil, err
		case there != digest.Of(p.Content):
			found = append(found, diag.Say("%s：和文章的文件夹里的不一样", "%s: not the one in the article's folder", p.Name))
		}
	}
	return found, nil
}
