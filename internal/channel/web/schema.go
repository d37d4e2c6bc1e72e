package web

import (
	"strconv"
	"unicode/utf8"
)

// schema is a thing as schema.org describes it; what is empty is left out.
type schema struct {
	Context       string
	Type          string
	Name          string
	Headline      string
	Description   string
	URL           string
	InLanguage    string
	Image         string
	DatePublished string
	DateModified  string
	Author        *schema
	Publisher     *schema
	Keywords      string
	Position      int
	Item          string
	Elements      []schema
	Graph         []schema
}

// data writes things as schema.org describes them, in JSON that is written by
// hand as all of the head.
func (h *head) data(things ...schema) {
	h.b = append(h.b, `<script type="application/ld+json">`...)
	h.b = (&schema{Context: "https://schema.org", Graph: things}).append(h.b)
	h.b = append(h.b, "</script>"...)
}

// append writes a thing as encoding/json would.
func (s *schema) append(b []byte) []byte {
	b = append(b, '{')
	b = appendMember(b, "@context", s.Context)
	b = appendMember(b, "@type", s.Type)
	b = appendMember(b, "name", s.Name)
	b = appendMember(b, "headline", s.Headline)
	b = appendMember(b, "description", s.Description)
	b = appendMember(b, "url", s.URL)
	b = appendMember(b, "inLanguage", s.InLanguage)
	b = appendMember(b, "image", s.Image)
	b = appendMember(b, "datePublished", s.DatePublished)
	b = appendMember(b, "dateModified", s.DateModified)
	if s.Author != nil {
		b = s.Author.append(appendName(b, "author"))
	}
	if s.Publisher != nil {
		b = s.Publisher.append(appendName(b, "publisher"))
	}
	b = appendMember(b, "keywords", s.Keywords)
	if s.Position != 0 {
		b = strconv.AppendInt(appendName(b, "position"), int64(s.Position), 10)
	}
	b = appendMember(b, "item", s.Item)
	b = appendList(b, "itemListElement", s.Elements)
	b = appendList(b, "@graph", s.Graph)
	return append(b, '}')
}

// appendName writes the name of a member, behind a comma if it is not the first.
func appendName(b []byte, name string) []byte {
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	b = append(append(b, '"'), name...)
	return append(b, `":`...)
}

func appendMember(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	return appendJSON(appendName(b, name), value)
}

func appendList(b []byte, name string, things []schema) []byte {
	if len(things) == 0 {
		return b
	}
	b = append(appendName(b, name), '[')
	for i := range things {
		if i > 0 {
			b = append(b, ',')
		}
		b = things[i].append(b)
	}
	return append(b, ']')
}

// appendJSON writes a text, with escapes for what could end a script, too.
func appendJSON(b []byte, text string) []byte {
	const digits = "0123456789abcdef"
	b = append(b, '"')
	from := 0
	for i := 0; i < len(text); {
		c, size := rune(text[i]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(text[i:])
		}
		var escape byte
		switch c {
		case '"', '\\':
			escape = byte(c)
		case '\b':
			escape = 'b'
		case '\f':
			escape = 'f'
		case '\n':
			escape = 'n'
		case '\r':
			escape = 'r'
		case '\t':
			escape = 't'
		case '<', '>', '&', '\u2028', '\u2029':
			escape = 'u'
		default:
			if c >= ' ' && (c != utf8.RuneError || size > 1) {
				i += size
				continue
			}
			escape = 'u'
		}
		b = append(append(b, text[from:i]...), '\\', escape)
		if escape == 'u' {
			b = append(b, digits[c>>12], digits[c>>8&0xf], digits[c>>4&0xf], digits[c&0xf])
		}
		i += size
		from = i
	}
	return append(append(b, text[from:]...), '"')
}
