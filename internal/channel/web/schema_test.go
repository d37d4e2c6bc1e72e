package web

import (
	"encoding/json"
	"testing"
)

// oracle is a schema for encoding/json.
type oracle struct {
	Context       string   `json:"@context,omitempty"`
	Type          string   `json:"@type,omitempty"`
	Name          string   `json:"name,omitempty"`
	Headline      string   `json:"headline,omitempty"`
	Description   string   `json:"description,omitempty"`
	URL           string   `json:"url,omitempty"`
	InLanguage    string   `json:"inLanguage,omitempty"`
	Image         string   `json:"image,omitempty"`
	DatePublished string   `json:"datePublished,omitempty"`
	DateModified  string   `json:"dateModified,omitempty"`
	Author        *oracle  `json:"author,omitempty"`
	Publisher     *oracle  `json:"publisher,omitempty"`
	Keywords      string   `json:"keywords,omitempty"`
	Position      int      `json:"position,omitempty"`
	Item          string   `json:"item,omitempty"`
	Elements      []oracle `json:"itemListElement,omitempty"`
	Graph         []oracle `json:"@graph,omitempty"`
}

func oracleOf(s schema) oracle {
	o := oracle{Context: s.Context, Type: s.Type, Name: s.Name, Headline: s.Headline, Description: s.Description, URL: s.URL, InLanguage: s.InLanguage,
		Image: s.Image, DatePublished: s.DatePublished, DateModified: s.DateModified, Keywords: s.Keywords, Position: s.Position, Item: s.Item}
	if s.Author != nil {
		author := oracleOf(*s.Author)
		o.Author = &author
	}
	if s.Publisher != nil {
		publisher := oracleOf(*s.Publisher)
		o.Publisher = &publisher
	}
	for _, e := range s.Elements {
		o.Elements = append(o.Elements, oracleOf(e))
	}
	for _, g := range s.Graph {
		o.Graph = append(o.Graph, oracleOf(g))
	}
	return o
}

// FuzzSchema: what is written by hand is what encoding/json writes.
func FuzzSchema(f *testing.F) {
	f.Add("清廉", "清风", 0, uint32(0)) // has no members
	f.Add("清廉", "</script>&\"\\", 0, ^uint32(0))
	f.Add("a\x00\x1f\x7f\b\f\n\r\t\v", "\u2028\u2029\ufffd\xff\xe4\xb8", -12, ^uint32(0))
	f.Fuzz(func(t *testing.T, a, b string, position int, members uint32) {
		has := func(i int, s string) string {
			if members>>i&1 == 0 {
				return ""
			}
			return s
		}
		s := schema{Context: has(0, a), Type: has(1, b), Name: has(2, a), Headline: has(3, b), Description: has(4, a), URL: has(5, b), InLanguage: has(6, a),
			Image: has(7, b), DatePublished: has(8, a), DateModified: has(9, b), Keywords: has(10, a), Position: position, Item: has(11, b)}
		if members>>12&1 == 1 {
			s.Author = &schema{Name: a}
		}
		if members>>13&1 == 1 {
			s.Publisher = &schema{}
		}
		for i := range members >> 14 & 3 {
			s.Elements = append(s.Elements, schema{Position: int(i), Item: b})
		}
		inside := s
		for range members >> 16 & 3 {
			s.Graph = append(s.Graph, inside)
		}
		want, err := json.Marshal(oracleOf(s))
		if err != nil {
			t.Fatal(err)
		}
		if got := s.append(nil); string(got) != string(want) {
			t.Errorf("%s\nwant %s", got, want)
		}
	})
}

func BenchmarkSchema(b *testing.B) {
	person := schema{Type: "Person", Name: "张三"}
	h := &head{b: make([]byte, 0, 4096)}
	b.ReportAllocs()
	for b.Loop() {
		h.b = h.b[:0]
		h.data(schema{Type: "Article", Headline: "荷塘里的夜校", Description: "一句话的摘要，说明这篇文章讲了什么。", URL: "https://www.example.org/examples/a.html",
			InLanguage: "zh-CN", DatePublished: "2024-01-02T08:00:00+08:00", DateModified: "2024-01-02T08:00:00+08:00", Author: &person, Publisher: &person, Keywords: "公开,监督"})
	}
}
