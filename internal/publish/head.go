package publish

import (
	"bytes"
	"cmp"
	"io"
	"path"
	"strings"

	"golang.org/x/net/html"
)

// head is what the head of a page says of it.
type head struct {
	mark    string // build.Mark of the site that it is a page of
	site    string // the name of the site
	title   string
	article bool
}

// mostHead is how much of a page is read for its head.
const mostHead = 64 << 10

// IsPage reports whether a path is that of a page.
func IsPage(name string) bool { ext := path.Ext(name); return ext == ".html" || ext == ".htm" }

// head reads the head of a page; of what is none, or can't be read, it is empty.
func (d *Dir) head(name string) head {
	if !IsPage(name) {
		return head{}
	}
	f, err := d.root.Open(name)
	if err != nil {
		return head{}
	}
	defer f.Close()
	return readHead(io.LimitReader(f, mostHead))
}

// bears reports whether a file says that it is of the site with a mark: a page in its
// head, another file wherever it can. An id is random: who has it took it from there.
func (d *Dir) bears(name, mark string) bool {
	f, err := d.root.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	return Bears(name, f, mark)
}

// Bears is [Dir.bears] of a file that is anywhere.
func Bears(name string, in io.Reader, mark string) bool {
	in = io.LimitReader(in, mostHead)
	if IsPage(name) {
		return readHead(in).mark == mark
	}
	b, err := io.ReadAll(in)
	_, after, found := bytes.Cut(b, []byte(mark))
	return err == nil && found && len(after) > 0 && bytes.ContainsAny(after[:1], "\r\n \"")
}

func readHead(r io.Reader) (h head) {
	title := ""
	for z := html.NewTokenizer(r); ; {
		kind := z.Next()
		token := z.Token()
		switch {
		case kind == html.ErrorToken,
			kind == html.StartTagToken && token.Data == "body", kind == html.EndTagToken && token.Data == "head":
			h.title = strings.Join(strings.Fields(cmp.Or(h.title, title)), " ")
			return h
		case kind == html.StartTagToken && token.Data == "title":
			z.Next()
			title = z.Token().Data
		case token.Data == "meta":
			h.meta(token)
		}
	}
}

func (h *head) meta(token html.Token) {
	name, content := "", ""
	for _, a := range token.Attr {
		switch a.Key {
		case "name", "property":
			name = a.Val
		case "content":
			content = a.Val
		}
	}
	switch name {
	case "generator":
		h.mark = content
	case "SiteName":
		h.site = content
	case "og:title":
		h.title = content
	case "og:type":
		h.article = content == "article"
	}
}
