package webpage

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"net/url"
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/manuscript"
)

// maxParts is how many files an archive may have.
const maxParts = 10_000

// part is a file of an archive.
type part struct {
	kind    string // text/html
	address string // where it was on the web
	id      string // by which others refer to it: cid:ID
	content []byte
}

// ReadArchive reads a page that was saved in one file with its pictures (.mht, RFC 2557).
func ReadArchive(raw []byte) (m manuscript.Manuscript, refused diag.Text) {
	if len(raw) > MaxBytes {
		return m, tooLong
	}
	parts, ok := unpack(raw)
	if !ok {
		return m, diag.Say("这不是 .mht，或没有存完整：用浏览器打开网页，重新“另存为”",
			"this is no .mht, or not all of one: open the page in a browser and save it again")
	}
	first := -1
	f := files{parts: map[string][]byte{}}
	for i, p := range parts {
		if first < 0 && (p.kind == "text/html" || p.kind == "application/xhtml+xml") {
			first = i
			continue
		}
		f.parts[p.address] = p.content
		f.parts["cid:"+p.id] = p.content
	}
	if first < 0 {
		return m, diag.Say("里面没有网页", "there is no page in it")
	}
	if u, err := url.Parse(parts[first].address); err == nil {
		f.at = u
	}
	text, refused := decoded(parts[first].content)
	if refused != (diag.Text{}) {
		return m, refused
	}
	m, refused = read(text, f)
	for i, p := range parts {
		if i != first && p.kind == "text/html" {
			m.Left = append(m.Left, manuscript.Omission{Why: manuscript.Embedded, What: short(p.address)})
		}
	}
	return m, refused
}

// unpack is the files of an archive.
func unpack(raw []byte) (parts []part, ok bool) {
	message, err := mail.ReadMessage(bufio.NewReader(bytes.NewReader(bytes.TrimLeft(raw, "\r\n\ufeff"))))
	if err != nil {
		return nil, false
	}
	header := textproto.MIMEHeader(message.Header)
	kind, with, err := mime.ParseMediaType(header.Get("Content-Type"))
	switch {
	case err != nil:
		return nil, false
	case !strings.HasPrefix(kind, "multipart/"):
		p, ok := partOf(header, message.Body)
		return []part{p}, ok
	}
	for in := multipart.NewReader(message.Body, with["boundary"]); len(parts) <= maxParts; {
		next, err := in.NextRawPart()
		if err == io.EOF {
			return parts, len(parts) > 0
		}
		if err != nil {
			return nil, false
		}
		p, ok := partOf(next.Header, next)
		if !ok {
			return nil, false
		}
		parts = append(parts, p)
	}
	return nil, false
}

func partOf(header textproto.MIMEHeader, body io.Reader) (p part, ok bool) {
	switch strings.ToLower(strings.TrimSpace(header.Get("Content-Transfer-Encoding"))) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	content, err := io.ReadAll(body)
	if err != nil {
		return p, false
	}
	kind, _, _ := mime.ParseMediaType(header.Get("Content-Type"))
	return part{kind: kind, address: strings.TrimSpace(header.Get("Content-Location")),
		id: strings.Trim(strings.TrimSpace(header.Get("Content-Id")), "<>"), content: content}, true
}
