package desk

import (
	"cmp"
	"path"
	"strings"
	"time"
	"unicode"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/source"
)

// Document is what comes in from elsewhere to be an article.
type Document struct {
	Name     string        // of its file
	Digest   digest.Digest // of that
	Text     string        // in Markdown
	Pictures []Picture
}

// Picture is a file that the text shows.
type Picture struct {
	Name    string
	Content []byte
}

// Bundle is the files that a document becomes: an article with its pictures beside it.
// The article's front matter names the document in a comment, by which a second import
// of it is known and refused, whatever has become of the article since.
func Bundle(s *source.Site, c config.Config, a Article, d Document, now time.Time) (
	files []File, refused diag.Text, err error,
) {
	before, err := Imports(s)
	if err != nil {
		return nil, refused, err
	}
	if there := before.Of(d.Digest); there != "" {
		return nil, diag.Say("已经导入过了，在 %s；没有再写一份。要和文章对照，用 qinglian import --update",
			"it has been imported before, as %s: nothing was written. To compare it, use qinglian import --update",
			there), nil
	}
	to, given, refused, err := a.lay(s, c, now)
	if there, _ := before.Again(d, content.Folder); there != "" && refused == sameTitle(there) {
		refused = diag.Say("%s 已经有了，没有覆盖：它是这份文档改动以前导入的。要和文章对照，用 qinglian import --update",
			"%s is there already and was left alone: the document was imported before it was edited. "+
				"To compare it, use qinglian import --update", there)
	}
	if err != nil || refused != (diag.Text{}) {
		return nil, refused, err
	}
	folder := path.Join(to.Folder, given.Values["slug"])
	for _, p := range d.Pictures {
		f := New(path.Join(folder, p.Name), p.Content)
		if there, err := s.Digest(f.path); err == nil && there == digest.Of(p.Content) {
			continue // an import was killed before it came to the article
		}
		files = append(files, f)
	}
	to.Kind.Headings = nil                                                // the text has its own
	given.Values["date"] = cmp.Or(a.Values["date"], given.Values["date"]) // a document's has no time of day
	fence, rest, _ := strings.Cut(content.New(to.Kind, given), "\n")
	text := fence + "\n" + origin(d) + "\n" + rest + d.Text
	return append(files, New(path.Join(folder, "index.md"), []byte(text))), refused, nil
}

// origin is the comment about where an article comes from.
func origin(d Document) string {
	return "# 导入自 " + printable(d.Name) + " " + mark(d.Digest)
}

func printable(name string) string {
	return strings.Map(func(c rune) rune {
		if !unicode.IsPrint(c) {
			return -1
		}
		return c
	}, name)
}

// mark is how a comment names a document by its content.
func mark(d digest.Digest) string { return "(" + d.String() + ")" }
