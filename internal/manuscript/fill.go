package manuscript

import (
	"cmp"
	"path"
	"strings"

	"qinglian/internal/config"
	"qinglian/internal/diag"
)

// Filled is a field of front matter that a document answers.
type Filled struct {
	Field config.Field
	Finding
}

// Fill finds what a document says of the fields of a kind. What a field holds as a whole,
// the title and the number, is taken out of the text; a signature stays in it. file is
// the document's name, which is its title if nothing else is.
func (m *Manuscript) Fill(kind config.Kind, file string) (filled []Filled) {
	h := m.Head()
	if stated := m.Stated["title"]; stated.Text != "" {
		h.Title = stated.at(h.Title)
	}
	if h.Title.Text == "" {
		h.Title = Finding{Text: strings.TrimSuffix(path.Base(file), path.Ext(file)),
			Doubt: diag.Say("没有认出标题，用了文件名", "no title was found: this is the file's name")}
	}
	source, author, published := m.credits()
	all := map[string]Finding{"title": h.Title, "date": cmp.Or(h.Date, published), "issued": h.Date, "number": h.Number,
		"unit": h.Unit, "issuer": h.Unit, "source": source, "author": author}
	for key, stated := range m.Stated {
		if key != "title" {
			all[key] = stated
		}
	}
	for _, f := range kind.Fields {
		found := all[f.Key]
		text := f.Type == config.TypeText || f.Type == config.TypeDate
		if found.Text != "" && text {
			filled = append(filled, Filled{f, found})
		}
	}
	m.take(filled)
	return filled
}

// at has what is stated stand where the text says the same.
func (f Finding) at(said Finding) Finding {
	if Letters(f.Text) == Letters(said.Text) {
		f.From, f.To = said.From, said.To
	}
	return f
}

// take takes out of the text what fields hold, the last first: a place stays what it is.
func (m *Manuscript) take(filled []Filled) {
	for at := len(m.Blocks); at > 0; at-- {
		for _, f := range filled {
			if f.To == at {
				m.remove(f.From, f.To)
			}
		}
	}
}
