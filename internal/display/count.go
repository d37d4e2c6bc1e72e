package display

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/site"
	"qinglian/internal/view"
)

// count is how a list's articles divide by a field.
type count struct {
	key, label string
	total      int
	parts      []part
}

// part is the articles that say the same; a title of "" is saying nothing.
type part struct {
	title string
	path  string // of the term's page; may be empty
	pages []*site.Page
}

// divide puts each article into the parts for what it says.
func divide(pages []*site.Page, field config.Field, key string) count {
	n := count{key: key, label: cmp.Or(field.Label, key), total: len(pages)}
	place := map[string]int{}
	for _, p := range pages {
		values := said(p.Card, field, key)
		if len(values) == 0 {
			values = []string{""}
		}
		for _, v := range values {
			i, known := place[v]
			if !known {
				i = len(n.parts)
				place[v] = i
				n.parts = append(n.parts, part{title: v, path: termPath(p, key, v)})
			}
			n.parts[i].pages = append(n.parts[i].pages, p)
		}
	}
	slices.SortFunc(n.parts, func(a, b part) int { return inOrder(field, a, b) })
	return n
}

// inOrder compares two parts by their place among the kind's choices, as
// numbers, or by their size.
func inOrder(field config.Field, a, b part) int {
	if a.title == "" || b.title == "" {
		return cmp.Compare(len(b.title), len(a.title))
	}
	return cmp.Or(
		// no choice is -1, so the last
		cmp.Compare(uint(slices.Index(field.Choices, a.title)), uint(slices.Index(field.Choices, b.title))),
		asNumbers(b.title, a.title),
		cmp.Compare(len(b.pages), len(a.pages)),
		cmp.Compare(a.title, b.title))
}

// asNumbers compares two numbers; 0 if one is none.
func asNumbers(a, b string) int {
	x, notX := strconv.ParseFloat(a, 64)
	y, notY := strconv.ParseFloat(b, 64)
	if notX != nil || notY != nil {
		return 0
	}
	return cmp.Compare(x, y)
}

// said is what an article says in a field, or in a column of a table's newest
// row.
func said(c content.Card, field config.Field, key string) []string {
	name, column, divided := strings.Cut(key, ".")
	if !divided {
		return c.Values(name)
	}
	fact, ok := c.Fact(name)
	if !ok {
		return nil
	}
	return valuesIn(fact.Rows[newestRow(fact.Rows, field)], column)
}

// newestRow is the index of the row whose first cell is greatest; of equal ones
// the first.
func newestRow(rows []content.Row, field config.Field) int {
	newest := 0
	for i, row := range rows {
		if cellOrder(valuesIn(row, field.Columns[0].Key), valuesIn(rows[newest], field.Columns[0].Key)) > 0 {
			newest = i
		}
	}
	return newest
}

// cellOf is the cell of a column; nil if it was not filled in.
func cellOf(row content.Row, column string) *content.Fact {
	for i := range row {
		if row[i].Key == column {
			return &row[i]
		}
	}
	return nil
}

func valuesIn(row content.Row, column string) []string {
	if cell := cellOf(row, column); cell != nil {
		return cell.Values
	}
	return nil
}

// cellOrder compares two cells as numbers, else as texts.
func cellOrder(a, b []string) int {
	if len(a) == 0 || len(b) == 0 {
		return cmp.Compare(len(a), len(b))
	}
	return cmp.Or(asNumbers(a[0], b[0]), strings.Compare(a[0], b[0]))
}

// termPath is the page of the term that a value is, if a taxonomy gathers by
// the field.
func termPath(p *site.Page, key, value string) string {
	for _, t := range p.Terms {
		if t.In.Field == key && t.Name == value && !t.In.ByYear {
			return t.Path
		}
	}
	return ""
}

// Count is how a list's articles divide by a field. field is that of the list's
// kind, or the zero Field; key is as a theme has it.
func (d *Display) Count(s *Sink, v *view.Count, pages []*site.Page, field config.Field, key string) {
	n := divide(pages, field, key)
	largest := 0
	for _, p := range n.parts {
		largest = max(largest, len(p.pages))
	}
	s.Text(&v.Key, n.key)
	s.Text(&v.Label, n.label)
	s.Int(&v.Total, n.total)
	Each(s, &v.Parts, n.parts, func(v *view.Part, p part) {
		s.Text(&v.Title, p.title)
		s.URL(&v.URL, p.path)
		d.Cards(s, &v.Cards, p.pages)
		s.Share(&v.Share, len(p.pages), n.total)
		s.Share(&v.Length, len(p.pages), largest)
	})
}

// percent has one decimal.
func percent(n, of int) float64 { return math.Round(float64(n)*1000/float64(of)) / 10 }
