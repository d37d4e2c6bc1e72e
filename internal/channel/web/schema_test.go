package web

import "testing"

// TestSchema: what is empty is left out, the members have their order, and no text
// ends the script or is more than a text in it.
func TestSchema(t *testing.T) {
	const begin, end = `<script type="application/ld+json">{"@context":"https://schema.org","@graph":[`, `]}</script>`
	for _, c := range []struct {
		given schema
		want  string
	}{
		{schema{}, `{}`},
		{schema{Type: "Organization", URL: "https://a.example/?a&b"},
			`{"@type":"Organization","url":"https://a.example/?a\u0026b"}`},
		{schema{Type: "Article", Headline: "甲</script><!--", Author: &schema{Name: "“乙”\"\\"}, Publisher: &schema{}},
			`{"@type":"Article","headline":"甲\u003c/script\u003e\u003c!--","author":{"name":"“乙”\"\\"},"publisher":{}}`},
		{schema{Type: "BreadcrumbList", Elements: []schema{{Position: 1, Item: "a"}, {Position: 2, Name: "b"}}},
			`{"@type":"BreadcrumbList","itemListElement":[{"position":1,"item":"a"},{"name":"b","position":2}]}`},
		{schema{Name: "a\x00\n\u2028\u2029\xff"}, `{"name":"a\u0000\n\u2028\u2029\ufffd"}`},
		{schema{Name: "…\u2028", Item: "\u2029", Keywords: "\xff", Image: "‧—"},
			`{"name":"…\u2028","image":"‧—","keywords":"\ufffd","item":"\u2029"}`},
	} {
		var h head
		if h.data(c.given); h.String() != begin+c.want+end {
			t.Errorf("got  %s\nwant %s", h.String(), begin+c.want+end)
		}
	}
	var h head
	if h.data(schema{Name: "a"}, schema{Name: "b"}); h.String() != begin+`{"name":"a"},{"name":"b"}`+end {
		t.Errorf("two things: %s", h.String())
	}
}
