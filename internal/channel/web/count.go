package web

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"qinglian/internal/address"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/digest"
	"qinglian/internal/site"
	"qinglian/internal/theme"
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

// digest stands for what a count says beyond the cards of its list: which
// articles say what is in these, in what order it is told is not.
func (n count) digest() digest.Digest {
	h := digest.New("count").String(n.key, n.label).Int(int64(n.total), int64(len(n.parts)))
	for _, p := range n.parts {
		h.String(p.title, p.path).Int(int64(len(p.pages)))
	}
	return h.Sum()
}

// fieldOf is the field that a list is divided by: of the list's kind, or of its
// section's.
func (c *composer) fieldOf(l theme.List, key string) config.Field {
	kind := l.Kind
	for _, s := range c.site.Sections {
		if s.Name == l.Section {
			kind = s.Kind
		}
	}
	name, _, _ := strings.Cut(key, ".")
	field, _ := c.site.Config.Kinds[kind].Field(name)
	return field
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
		cmp.Compare(uint(slices.Index(field.Choices, a.title)), uint(slices.Index(field.Choices, b.title))), // no choice is -1, so the last
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
	return cell(fact.Rows[newestRow(fact.Rows, field)], column)
}

// newestRow is the index of the row whose first cell is greatest; of equal ones
// the first.
func newestRow(rows []content.Row, field config.Field) int {
	newest := 0
	for i, row := range rows {
		if cellOrder(cell(row, field.Columns[0].Key), cell(rows[newest], field.Columns[0].Key)) > 0 {
			newest = i
		}
	}
	return newest
}

func cell(row content.Row, column string) []string {
	for _, c := range row {
		if c.Key == column {
			return c.Values
		}
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

func (c *composer) showCount(from string, n count) view.Count {
	v := view.Count{Key: n.key, Label: n.label, Total: n.total}
	largest := 0
	for _, p := range n.parts {
		largest = max(largest, len(p.pages))
	}
	for _, p := range n.parts {
		shown := view.Part{Title: p.title, Cards: c.show(from, p.pages), Share: percent(len(p.pages), n.total), Length: percent(len(p.pages), largest)}
		if p.path != "" {
			shown.URL = address.Rel(from, p.path)
		}
		v.Parts = append(v.Parts, shown)
	}
	return v
}

// percent has one decimal.
func percent(n, of int) float64 { return math.Round(float64(n)*1000/float64(of)) / 10 }
