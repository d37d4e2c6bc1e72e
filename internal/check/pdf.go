package check

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/ledongthuc/pdf"

	"qinglian/internal/diag"
)

// maxPages is how many pages of a PDF are looked into.
const maxPages = 2000

// readPDF takes the text of a PDF, page by page. One that was scanned has none; of one
// whose fonts don't say which characters they show, none can be told.
func readPDF(a *Article, raw []byte) (unread diag.Text) {
	defer func() {
		if recover() != nil { // the module trusts what a file says of itself
			unread = diag.Say("这个 PDF 读不了", "this PDF can't be read")
		}
	}()
	r, err := pdf.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return diag.Say("这个 PDF 读不了，也许有密码", "this PDF can't be read; it may have a password")
	}
	pages := r.NumPage()
	if pages > maxPages {
		return diag.Say("有 %d 页，超过 %d 页", "it has %d pages, more than %d", pages, maxPages)
	}
	empty, odd := 0, 0
	for n := 1; n <= pages; n++ {
		text, err := r.Page(n).GetPlainText(nil)
		switch {
		case err != nil || garbled(text):
			odd++
		case strings.TrimSpace(text) == "":
			empty++
		default:
			a.say(text, diag.Say("第 %d 页", "page %d", n))
		}
	}
	info := r.Trailer().Key("Info")
	a.authors = append(a.authors, info.Key("Author").Text())
	switch {
	case odd > 0:
		return diag.Say("有 %d 页的字体没有写明是什么字", "the fonts of %d pages don't say which characters they show", odd)
	case empty == pages:
		return diag.Say("没有文字，是扫描件或图片", "it has no text: it was scanned, or is a picture")
	}
	return diag.Text{}
}

// garbled reports a text whose characters are not those that a page shows.
func garbled(text string) bool {
	letters, odd := 0, 0
	for _, c := range text {
		switch {
		case unicode.IsSpace(c):
		case c == unicode.ReplacementChar || unicode.IsControl(c) || unicode.Is(unicode.Co, c):
			odd++
		default:
			letters++
		}
	}
	return odd > 0 && odd*10 > letters
}
