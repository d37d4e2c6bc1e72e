package wechat

import (
	"html"
	"slices"
	"strconv"
	"strings"

	nethtml "golang.org/x/net/html"

	"qinglian/internal/config"
	"qinglian/internal/display"
	"qinglian/internal/site"
	"qinglian/internal/view"
)

// What the page shows of the front matter is taken from package display, which
// makes the views of pages: so a field that a kind has, or is given, has a form
// here by its type. What is not shown is in [LeftOut].

// front is what the page shows of its front matter. Links in it are published
// paths.
func (w *writer) front() (v view.Article) {
	s := display.Through("")
	w.display.Article(s, &v, w.page)
	w.display.ArticleCover(s, &v, w.page)
	w.display.ArticleTerms(s, &v, w.page)
	w.display.NamedBy(s, &v, w.page)
	return v
}

// fileAt is the file of the article at a published path; nil if there is none.
func (w *writer) fileAt(path string) *site.File {
	for _, t := range w.page.Targets {
		if t.File != nil && t.File.Path == path {
			return t.File
		}
	}
	return nil
}

// opening is what stands above the text.
func (w *writer) opening(v *view.Article) {
	w.effect(v)
	if v.Summary != "" {
		w.open("blockquote", "quote")
		w.text("p", "quote-text", v.Summary)
		w.close("blockquote")
	}
	w.recordings(v)
	for _, f := range v.Fields {
		if f.Type == string(config.TypeImage) {
			w.imagesOf(f)
		}
	}
	w.tables(v, first)
	w.facts(v.Fields)
	w.tables(v, second)
}

// closing is what stands below the text.
func (w *writer) closing(v *view.Article) {
	w.tables(v, last)
	for _, f := range v.Fields {
		if f.Type == string(config.TypeFile) && recorded[f.Key] == "" {
			w.filesOf(f)
		}
	}
}

// recorded are the fields whose files are played, with what is done with them.
var recorded = map[string]string{"video": "观看", "audio": "收听"}

// recordings are what is played, and the cover: of a video it is the poster. A
// cover that the text shows does not stand above it, too.
func (w *writer) recordings(v *view.Article) {
	var cover *site.File
	if v.Cover != nil {
		cover = w.fileAt(v.Cover.URL)
	}
	if cover != nil && !slices.Contains(w.files, cover) {
		w.shown(cover, "")
	}
	for _, f := range v.Fields {
		if recorded[f.Key] == "" || f.Type != string(config.TypeFile) {
			continue
		}
		for range f.Links {
			w.played(f.Label, recorded[f.Key])
		}
	}
}

// played is how to get to something that only the page plays.
func (w *writer) played(said, do string) {
	switch {
	case w.article.SourceURL == "":
	case w.codeCard(said, "长按识别，在网页上"+do, w.article.SourceURL):
		return
	default:
		said += "（点“阅读原文”" + do + "）"
	}
	w.text("p", "caption", said)
}

func (w *writer) imagesOf(f view.Field) {
	for _, l := range f.Links {
		if file := w.fileAt(l.URL); file != nil {
			w.shown(file, f.Label)
		}
	}
}

// filesOf lists files, which are loaded from the page.
func (w *writer) filesOf(f view.Field) {
	w.open("section", "box")
	w.text("p", "box-title", f.Label)
	for _, l := range f.Links {
		w.text("p", "box-text", fileNamed(l))
	}
	if w.article.SourceURL != "" {
		w.text("p", "label", "点“阅读原文”下载")
	}
	w.close("section")
}

// fileNamed is what readers know of a file before they load it.
func fileNamed(l view.Link) string { return strings.TrimRight(l.Title+" "+l.Kind+" "+l.Size, " ") }

// facts are the fields that are a few words, in a box.
func (w *writer) facts(fields []view.Field) {
	large := []string{string(config.TypeTable), string(config.TypeFile), string(config.TypeImage)}
	fields = slices.DeleteFunc(slices.Clone(fields), func(f view.Field) bool { return slices.Contains(large, f.Type) })
	if len(fields) == 0 {
		return
	}
	w.open("section", "box")
	for _, f := range fields {
		w.open("p", "box-text")
		w.text("strong", "strong", f.Label)
		w.write("　")
		w.value(f)
		w.close("p")
	}
	w.close("section")
}

// value writes what a field says. Only articles that it names are led to: the
// pages of terms are lists, which the site itself is for.
func (w *writer) value(f view.Field) {
	switch f.Type {
	case string(config.TypeReference):
		for i, l := range f.Links {
			if i > 0 {
				w.write("、")
			}
			w.linkedText(l.Title, w.leadTo(l.URL))
		}
	case string(config.TypeURL):
		to := w.lead(f.Text)
		if to.within == "" {
			to = lead{} // it is there to be read
		}
		w.linkedText(readable(f.Text), to)
	default:
		w.write(html.EscapeString(f.Text))
	}
}

// place is where a table stands: above the facts, below them, or below the text, where
// any other does.
type place int

const (
	last place = iota
	second
	first
)

// tableForm is the form of a table whose columns mean something: it is for a field
// with these columns and no other.
type tableForm struct {
	columns []string
	place   place
	write   func(*writer, view.Field)
}

// tableForms are by the field's key.
var tableForms = map[string]tableForm{
	"stops":      {[]string{"site", "look", "stay"}, first, (*writer).stops},
	"stars":      {[]string{"year", "count", "note"}, second, (*writer).stars},
	"indicators": {[]string{"name", "figure", "measure", "origin"}, second, (*writer).indicators},
	"progress":   {[]string{"day", "text"}, last, (*writer).progress},
}

// tables writes the tables that stand in a place.
func (w *writer) tables(v *view.Article, at place) {
	for _, f := range v.Fields {
		if f.Type != string(config.TypeTable) {
			continue
		}
		form, ok := tableForms[f.Key]
		for _, cell := range f.Rows[0] {
			ok = ok && slices.Contains(form.columns, cell.Key)
		}
		if !ok {
			form = tableForm{write: (*writer).plainTable}
		}
		if form.place == at {
			form.write(w, f)
		}
	}
}

// stops are where a route leads, one after the other.
func (w *writer) stops(f view.Field) {
	w.text("p", "h3", "依次去这 "+strconv.Itoa(len(f.Rows))+" 处")
	w.open("section", "list")
	for i, row := range f.Rows {
		w.open("p", "item")
		w.text("span", "marker", strconv.Itoa(i+1)+". ")
		w.open("strong", "strong")
		if to := row.Field("site"); to.Text != "" {
			w.value(to)
		} else {
			w.write("（暂时不公开）")
		}
		w.close("strong")
		w.close("p")
		for _, cell := range row {
			if cell.Key != "site" && cell.Text != "" {
				w.styled("p", w.style["item"]+";padding-left:"+strconv.Itoa(step)+"px")
				w.text("span", "small", cell.Label+"：")
				w.value(cell)
				w.close("p")
			}
		}
	}
	w.close("section")
}

// progress is what was done, by day.
func (w *writer) progress(f view.Field) {
	w.text("p", "h3", f.Label)
	w.open("section", "list")
	for _, row := range f.Rows {
		w.open("p", "item")
		w.text("span", "marker", row.Field("day").Text)
		w.write("　", html.EscapeString(row.Field("text").Text))
		w.close("p")
	}
	w.close("section")
}

// stars are those of each year.
func (w *writer) stars(f view.Field) {
	w.open("section", "box")
	w.text("p", "box-title", "历年"+f.Label)
	for _, row := range f.Rows {
		said := row.Field("year").Text + " 年　"
		if count := row.Field("count"); count.Text != "" {
			n := min(5, max(0, int(count.Number)))
			said += strings.Repeat("★", n) + strings.Repeat("☆", 5-n) + " " + count.Text + " 星　"
		}
		w.text("p", "box-text", strings.TrimRight(said+row.Field("note").Text, "　"))
	}
	w.close("section")
}

// indicators are figures with what they say.
func (w *writer) indicators(f view.Field) {
	w.open("section", "box")
	for _, row := range f.Rows {
		w.text("p", "number", strings.TrimSpace(row.Field("figure").Text+" "+row.Field("measure").Text))
		said := row.Field("name").Text
		if origin := row.Field("origin").Text; origin != "" {
			said += "（来源：" + origin + "）"
		}
		w.text("p", "label", said)
	}
	w.close("section")
}

// plainTable writes any other table as one of the text.
func (w *writer) plainTable(f view.Field) {
	heads := element("tr")
	for _, head := range f.Heads {
		heads.AppendChild(element("th", head))
	}
	body := element("tbody")
	for _, row := range f.Rows {
		cells := element("tr")
		for _, cell := range row {
			cells.AppendChild(element("td", cell.Text))
		}
		body.AppendChild(cells)
	}
	table, head := element("table"), element("thead")
	head.AppendChild(heads)
	table.AppendChild(element("caption", f.Label))
	table.AppendChild(head)
	table.AppendChild(body)
	w.table(table)
}

// element is an element with texts in it.
func element(name string, texts ...string) *nethtml.Node {
	n := &nethtml.Node{Type: nethtml.ElementNode, Data: name}
	for _, text := range texts {
		n.AppendChild(&nethtml.Node{Type: nethtml.TextNode, Data: text})
	}
	return n
}
