package web

import "encoding/json"

// schema is a thing as schema.org describes it; what is empty is left out.
type schema struct {
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
	Author        *schema  `json:"author,omitempty"`
	Publisher     *schema  `json:"publisher,omitempty"`
	Keywords      string   `json:"keywords,omitempty"`
	Position      int      `json:"position,omitempty"`
	Item          string   `json:"item,omitempty"`
	Elements      []schema `json:"itemListElement,omitempty"`
	Graph         []schema `json:"@graph,omitempty"`
}

// data writes things as schema.org describes them. encoding/json escapes what could
// end the script.
func (h *head) data(things ...schema) {
	b, err := json.Marshal(schema{Context: "https://schema.org", Graph: things})
	if err != nil {
		panic(err) // texts, numbers and lists of them
	}
	h.b = append(h.b, `<script type="application/ld+json">`...)
	h.b = append(h.b, b...)
	h.b = append(h.b, "</script>"...)
}
