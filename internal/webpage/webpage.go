// Package webpage reads pages that a browser has saved, and articles of WeChat among
// them: bytes become a [manuscript.Manuscript].
//
// A page has more than its article. That is picked out by the names that the systems of
// public bodies and WeChat give to it, by the elements of HTML for it, or by where the
// prose is; the rest is listed, and how the article was found is said wherever that was
// not certain. Nothing is lost in silence: each character that is text of the page is
// in the manuscript or listed, what is no text (scripts, styles) is counted.
// TestNothingLost compares.
//
// What a browser would not show is listed as hidden. What a page says of itself outside
// of the article (the title, the account, the time) is stated, for front matter.
//
// Nothing is fetched. Pictures come in that are in the page ([Read] with data addresses,
// [ReadArchive]) or in the folder that a browser puts beside it; others are listed with
// their addresses.
//
// Elements are made by a parser of our own: browsers' rules for tags that cross
// multiply elements, and x/net/html follows them.
package webpage

import (
	"net/url"
	"slices"
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/manuscript"
	"qinglian/internal/source"
)

// MaxBytes is how long a page may be, with the pictures in it.
const MaxBytes = 64 << 20

// reader reads one page.
type reader struct {
	files  files
	base   *url.URL // of links; nil: not known
	line   line
	blocks []manuscript.Block
	used   map[*node]bool // what stands in front matter
	out    manuscript.Manuscript
}

// Read reads a page. beside finds the files that the browser has put beside it; nil if
// there are none. refused says why the page can't be read.
func Read(raw []byte, beside Beside) (m manuscript.Manuscript, refused diag.Text) {
	if len(raw) > MaxBytes {
		return m, tooLong
	}
	text, refused := decoded(raw)
	if refused != (diag.Text{}) {
		return m, refused
	}
	return read(text, files{beside: beside})
}

var tooLong = diag.Say("文件超过 %d MB", "the file has more than %d MB", MaxBytes>>20)

// decoded is a page in UTF-8. Pages are known by their bytes, not by what they say: those
// of China that name no encoding, or a wrong one, are many.
func decoded(raw []byte) (text []byte, refused diag.Text) {
	r := source.Decode(raw)
	if name := declared(raw); r.Encoding != source.UTF8 && foreign(name) {
		return nil, diag.Say("网页是 %s 编码，读不了：用浏览器打开，复制到 Word 里，另存为 .docx",
			"the page is in %s, which can't be read: open it in a browser, copy it into Word and save it as .docx",
			name)
	}
	return r.Text, refused
}

func read(raw []byte, f files) (m manuscript.Manuscript, refused diag.Text) {
	p, refused := parse(raw)
	if refused != (diag.Text{}) {
		return m, refused
	}
	page := p.open[0]
	measure(page, false)
	r := &reader{files: f, used: map[*node]bool{}}
	if r.base = baseOf(page, p.from); r.base == nil && f.at != nil && f.at.Host != "" {
		r.base = f.at
	}
	article, how := pick(page)
	r.state(page, article)
	r.flow(article, look{})
	r.flush(look{})
	r.out.Blocks = r.blocks
	if r.rest(page, article) && how != (diag.Text{}) {
		r.out.Doubts = append(r.out.Doubts, how)
	}
	text := func(o manuscript.Omission) bool { return o.Why != manuscript.Program }
	if len(r.blocks) == 0 && !slices.ContainsFunc(r.out.Left, text) {
		return m, diag.Say("网页里没有文字", "there is no text in the page")
	}
	r.out.Settle()
	return r.out, refused
}

// baseOf is the address that links of a page start from.
func baseOf(page *node, from string) *url.URL {
	base := page.first(func(n *node) bool { return n.name == "base" && n.has("href") })
	if base != nil {
		from = base.attr("href")
	}
	u, err := url.Parse(strings.TrimSpace(from))
	if err != nil || u.Host == "" {
		return nil
	}
	return u
}

// schemes are those of addresses that a page may lead to.
var schemes = []string{"http", "https", "mailto", "tel"}

// address is where a link leads; "" if that is in the page. Another is listed.
func (r *reader) address(typed string) string {
	typed = strings.TrimSpace(typed)
	if typed == "" || strings.HasPrefix(typed, "#") {
		return ""
	}
	u, err := url.Parse(typed)
	if err == nil && r.base != nil {
		u = r.base.ResolveReference(u)
	}
	lost := err == nil && u.Host == "" && strings.HasPrefix(strings.ToLower(u.Scheme), "http")
	if err == nil && !lost && slices.Contains(schemes, strings.ToLower(u.Scheme)) {
		return u.String()
	}
	if !strings.HasPrefix(strings.ToLower(typed), "javascript:") { // what a click does in the page
		r.leave(manuscript.Omission{Why: manuscript.Elsewhere, What: typed})
	}
	return ""
}

// leave lists something, with its place.
func (r *reader) leave(o manuscript.Omission) {
	if o.After == "" {
		o.After = r.line.end()
	}
	o.First = o.After == ""
	r.out.Left = append(r.out.Left, o)
}

// omit lists an element that is left out: its text, and how many pictures are in it.
func (r *reader) omit(why manuscript.Why, n *node) {
	if text, what := said(n), pictured(n); strings.TrimSpace(text) != "" || what != "" {
		r.leave(manuscript.Omission{Why: why, Text: text, What: what})
	}
}
