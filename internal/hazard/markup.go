package hazard

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
)

// begins are the tags that a browser takes a file for a page by that says in no
// other way what it is (WHATWG, MIME Sniffing, 7.1), in lower case.
var begins = []string{"<!doctype html", "<html", "<head", "<script", "<iframe", "<h1", "<div", "<font", "<table", "<a",
	"<style", "<title", "<b", "<body", "<br", "<p", "<!--"}

// markup reports whether a file is a page by what it holds. Of a text only one that
// begins as a whole page is: others may begin with a tag that they are about. XML
// may have elements of its own with these names.
func markup(raw []byte, text, isXML bool) (Kind, string) {
	raw = inUTF8(raw)
	head := bytes.ToLower(bytes.TrimLeft(raw[:min(len(raw), 4<<10)], " \t\r\n\f"))
	tags := begins
	if text || isXML {
		tags = begins[:2]
	}
	for _, tag := range tags {
		if rest, ok := bytes.CutPrefix(head, []byte(tag)); ok && (tag == "<!--" || endsName(rest)) {
			return Page, "HTML"
		}
	}
	if !text && (isXML || hasAny(head, "<?xml", "<svg", "<!doctype svg")) {
		return scripts(raw)
	}
	return Inert, ""
}

// endsName reports whether a tag's name, or a declaration, ends before these bytes.
func endsName(rest []byte) bool {
	return len(rest) > 0 && bytes.IndexByte([]byte(" \t\r\n\f/>"), rest[0]) >= 0
}

func hasAny(text []byte, beginnings ...string) bool {
	return slices.ContainsFunc(beginnings, func(b string) bool { return bytes.HasPrefix(text, []byte(b)) })
}

// inUTF8 is a text without the mark of its coding: in UTF-8, if it was in UTF-16.
func inUTF8(raw []byte) []byte {
	var order binary.ByteOrder = binary.LittleEndian
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		return raw[3:]
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		order = binary.BigEndian
	case !bytes.HasPrefix(raw, []byte("\xff\xfe")):
		return raw
	}
	units := make([]uint16, 0, len(raw)/2)
	for at := 2; at+1 < len(raw); at += 2 {
		units = append(units, order.Uint16(raw[at:]))
	}
	return []byte(string(utf16.Decode(units)))
}

const (
	pageSpace    = "http://www.w3.org/1999/xhtml"
	drawingSpace = "http://www.w3.org/2000/svg"
	formulaSpace = "http://www.w3.org/1998/Math/MathML"
)

// scripts reports whether XML runs in a browser: it has elements of a page, or of a
// drawing that scripts, or a sheet that makes a page of it. What can't be read to
// its end, or declares abbreviations, is not known to be harmless, since browsers
// run what comes before a mistake.
func scripts(raw []byte) (Kind, string) {
	d := xml.NewDecoder(bytes.NewReader(raw))
	d.CharsetReader = charset
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return Inert, ""
		}
		if err != nil {
			return Page, "XML"
		}
		switch t := token.(type) {
		case xml.StartElement:
			if what := runs(t); what != "" {
				return Page, what
			}
		case xml.Directive:
			if bytes.IndexByte(t, '[') >= 0 {
				return Page, "<!DOCTYPE […]>"
			}
		case xml.ProcInst:
			if t.Target == "xml-stylesheet" && !bytes.Contains(bytes.ToLower(t.Inst), []byte("text/css")) {
				return Page, "XSLT"
			}
		}
	}
}

// runs names what makes an element run; "" if it does not.
func runs(t xml.StartElement) string {
	switch t.Name.Space {
	case pageSpace:
		return "XHTML"
	case drawingSpace, formulaSpace:
	default:
		return ""
	}
	switch strings.ToLower(t.Name.Local) {
	case "script", "handler", "listener", "foreignobject", "iframe", "object", "embed", "annotation-xml":
		return "<" + t.Name.Local + ">"
	}
	for _, a := range t.Attr {
		value := strings.ToLower(strings.Join(strings.Fields(a.Value), ""))
		if strings.HasPrefix(strings.ToLower(a.Name.Local), "on") || strings.Contains(value, "javascript:") ||
			strings.Contains(value, "data:text/html") {
			return a.Name.Local + "=…"
		}
	}
	return ""
}

// charset reads the codings in which what is no ASCII is never taken for it. Only
// ASCII matters here. In any other coding a tag could hide.
func charset(name string, in io.Reader) (io.Reader, error) {
	if !slices.Contains([]string{"utf-8", "utf8", "utf-16", "gbk", "gb2312", "gb18030", "big5", "us-ascii",
		"iso-8859-1"}, strings.ToLower(name)) {
		return nil, errors.New("a coding that is not read")
	}
	return ascii{in}, nil
}

// ascii reads question marks in place of all that is not ASCII.
type ascii struct{ in io.Reader }

func (a ascii) Read(b []byte) (int, error) {
	n, err := a.in.Read(b)
	for i := range b[:n] {
		if b[i] >= 0x80 {
			b[i] = '?'
		}
	}
	return n, err
}
