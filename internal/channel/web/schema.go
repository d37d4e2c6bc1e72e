package web

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// schema is a thing as schema.org describes it; what is empty is left out.
type schema struct {
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
}

// data writes things as schema.org describes them. By hand, as all of the head: what
// encoding/json finds out about a schema by reflection takes longer than the rest.
func (h *head) data(things ...schema) {
	h.put(`<script type="application/ld+json">{"@context":"https://schema.org","@graph":[`)
	h.things(things)
	h.put("]}</script>")
}

func (h *head) things(all []schema) {
	for i := range all {
		if i > 0 {
			h.put(",")
		}
		h.thing(&all[i])
	}
}

// thing writes the members of a thing that has them.
func (h *head) thing(s *schema) {
	before := "{"
	member := func(name string) {
		h.put(before, `"`, name, `":`)
		before = ","
	}
	text := func(name, value string) {
		if value != "" {
			member(name)
			h.text(value)
		}
	}
	other := func(name string, value *schema) {
		if value != nil {
			member(name)
			h.thing(value)
		}
	}
	text("@type", s.Type)
	text("name", s.Name)
	text("headline", s.Headline)
	text("description", s.Description)
	text("url", s.URL)
	text("inLanguage", s.InLanguage)
	text("image", s.Image)
	text("datePublished", s.DatePublished)
	text("dateModified", s.DateModified)
	other("author", s.Author)
	other("publisher", s.Publisher)
	text("keywords", s.Keywords)
	if s.Position != 0 {
		member("position")
		h.put(strconv.Itoa(s.Position))
	}
	text("item", s.Item)
	if len(s.Elements) > 0 {
		member("itemListElement")
		h.put("[")
		h.things(s.Elements)
		h.put("]")
	}
	if before == "{" {
		h.put("{")
	}
	h.put("}")
}

// text writes a text. One with what JSON or a script would take for more than that is
// left to encoding/json, which escapes it.
func (h *head) text(s string) {
	if plain(s) {
		h.put(`"`, s, `"`)
		return
	}
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a text
	}
	h.Write(b)
}

func plain(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ', c == '"', c == '\\', c == '<', c == '>', c == '&':
			return false
		case c == 0xe2 && strings.HasPrefix(s[i:], "\u2028"), c == 0xe2 && strings.HasPrefix(s[i:], "\u2029"):
			return false
		}
	}
	return utf8.ValidString(s)
}
