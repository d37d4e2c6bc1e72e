package xlsx

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/manuscript"
	"qinglian/internal/ooxml"
	"qinglian/internal/pattern"
)

// sheet is a sheet that is read: its cells, then what of them is seen.
type sheet struct {
	*reader
	name   string
	cells  map[place]cell
	merged []area
	links  map[place]string
	hidden struct{ rows, columns ranges }
	grid
}

func (s *sheet) read(part string) (refused diag.Text) {
	s.used[part] = true
	root, refused := s.Tree(part)
	if root == nil {
		return refused
	}
	related, refused := s.Relations(part)
	if refused != (diag.Text{}) {
		return refused
	}
	s.cells, s.links = map[place]cell{}, map[place]string{}
	for _, n := range children(root.Child("s:cols")) {
		if from, to := count(n.Attr("min")), count(n.Attr("max")); invisible(n, "width") && from > 0 && from <= to {
			s.hidden.columns = append(s.hidden.columns, run{from, min(to, lastColumn)})
		}
	}
	if refused = s.readRows(s.inside(root, "s:sheetData")); refused != (diag.Text{}) {
		return refused
	}
	s.hidden.rows, s.hidden.columns = s.hidden.rows.joined(), s.hidden.columns.joined()
	for _, n := range children(root.Child("s:mergeCells")) {
		if a, ok := areaOf(n.Attr("ref")); ok {
			s.merged = append(s.merged, a)
		}
	}
	s.readLinks(root.Child("s:hyperlinks"), related)
	for _, n := range children(root.Child("s:headerFooter")) {
		s.omit(manuscript.Header, "", pageCodes().ReplaceAllString(string(n.Text), " "), s.name)
	}
	return s.readComments(related)
}

// invisible reports a row or column that is not shown, or is as wide as nothing.
func invisible(n *ooxml.Node, size string) bool {
	wide, err := strconv.ParseFloat(n.Attr(size), 64)
	return isOn(n.Attr("hidden")) || err == nil && wide == 0
}

func count(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// pageCodes are what a header is formatted by, and the numbers of pages.
var pageCodes = pattern.Of(`&(?:"[^"]*"|K[0-9A-Fa-f]{6}|[0-9]+|[A-Za-z&])`)

func (s *sheet) readRows(data *ooxml.Node) (refused diag.Text) {
	at := place{}
	s.each(data, "s:row", func(n *ooxml.Node) {
		at = place{row: at.row + 1}
		if row := count(n.Attr("r")); row > 0 && row <= lastRow {
			at.row = row
		}
		if invisible(n, "ht") {
			s.hidden.rows = append(s.hidden.rows, run{at.row, at.row})
		}
		s.each(n, "s:c", func(c *ooxml.Node) {
			at.column++
			if named, ok := placed(c.Attr("r")); ok {
				at = named
			}
			if s.reader.cells <= MaxCells {
				s.take(s.cell(c, at))
			}
		})
	})
	if s.reader.cells > MaxCells {
		return tooMany()
	}
	return refused
}

// take keeps a cell, if anything stands in it. In the place of one that was there
// already it is the one that is shown.
func (s *sheet) take(c cell) {
	if strings.TrimSpace(c.said()) == "" {
		return
	}
	s.omit(manuscript.Unused, "", s.cells[c.at].said(), s.reference(c.at.name()))
	s.cells[c.at] = c
	s.reader.cells++
}

func tooMany() diag.Text {
	return diag.Say("表太大：超过 %d 格。只留下要公开的行和列，别的删去，再导入",
		"the sheets are too large: more than %d cells; leave in what is to be published and delete the rest", MaxCells)
}

// mostLinked is how many cells one link is taken for.
const mostLinked = 1000

func (s *sheet) readLinks(list *ooxml.Node, related map[string]ooxml.Relation) {
	for _, n := range children(list) {
		a, ok := areaOf(n.Attr("ref"))
		to := related[n.Attr("r:id")]
		if !ok || !to.Outside {
			continue
		}
		address, ok := manuscript.Address(to.Target)
		if !ok {
			s.leave(manuscript.Omission{Why: manuscript.Elsewhere, What: to.Target})
			continue
		}
		linked := 0
		for row := a.from.row; row <= a.to.row && linked < mostLinked; row++ {
			for column := a.from.column; column <= a.to.column && linked < mostLinked; column++ {
				s.links[place{row, column}] = address
				linked++
			}
		}
	}
}

func (s *sheet) readComments(related map[string]ooxml.Relation) (refused diag.Text) {
	for _, id := range slices.Sorted(maps.Keys(related)) {
		rel := related[id]
		if rel.Kind != "comments" || rel.Outside || s.used[rel.Target] {
			continue
		}
		s.used[rel.Target] = true
		root, refused := s.Tree(rel.Target)
		if refused != (diag.Text{}) {
			return refused
		}
		s.comments(root, s.name)
	}
	return refused
}

// comments lists comments, each with its author and its cell.
func (r *reader) comments(root *ooxml.Node, sheet string) {
	authors := children(root.Child("s:authors"))
	r.each(r.inside(root, "s:commentList"), "s:comment", func(n *ooxml.Node) {
		by := ""
		if i := count(n.Attr("authorId")); i >= 0 && i < len(authors) {
			by = string(authors[i].Text)
		}
		if conversation, ok := strings.CutPrefix(by, "tc="); ok {
			by = strings.Join(r.speakers[strings.ToLower(conversation)], "、")
		}
		at := n.Attr("ref")
		if sheet != "" {
			at = sheet + "!" + at
		}
		r.omit(manuscript.Comment, by, said(n), at)
	})
}

// reference is how the list names cells, as the programs do.
func (s *sheet) reference(cells string) string { return s.name + "!" + cells }

// leaveWhole lists a sheet that is hidden.
func (s *sheet) leaveWhole() {
	var words []string
	for _, at := range s.inOrder() {
		words = append(words, s.cells[at].said())
	}
	s.leave(manuscript.Omission{Why: manuscript.HiddenSheet, What: s.name, Text: strings.Join(words, " ")})
}

func (s *sheet) inOrder() []place { return slices.SortedFunc(maps.Keys(s.cells), place.compare) }

// said is all that stands in a cell.
func (c cell) said() string { return lineOf(c.spans) + c.unseen }
