package xlsx

import (
	"slices"
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/manuscript"
)

// grid is the rows and columns of a sheet in which something is seen.
type grid struct {
	rows, columns []int
	areas         []block
	owner         []int // of each cell, row by row: the number of its area, from 1; 0: none
}

// block is an area of a grid: its first row and column, and how many it has.
type block struct{ row, column, rows, columns int }

// settle takes out of a sheet what is hidden, and lists it.
func (s *sheet) settle() (refused diag.Text) {
	s.move()
	s.hide()
	rows, columns := map[int]bool{}, map[int]bool{}
	for at := range s.cells {
		rows[at.row], columns[at.column] = true, true
	}
	s.rows, s.columns = sorted(rows), sorted(columns)
	if len(s.columns) > 0 && len(s.rows) > MaxCells/len(s.columns) {
		return tooMany()
	}
	s.owner = make([]int, len(s.rows)*len(s.columns))
	for _, a := range s.merged {
		if !s.own(a) {
			break // they lie over each other: the file is broken
		}
	}
	s.uncover()
	return refused
}

func sorted(set map[int]bool) (all []int) {
	for n := range set {
		all = append(all, n)
	}
	slices.Sort(all)
	return all
}

// move puts what stands in a merged cell where the part of it begins that is seen.
func (s *sheet) move() {
	for i, a := range s.merged {
		to := place{s.hidden.rows.outside(a.from.row), s.hidden.columns.outside(a.from.column)}
		if to == a.from || to.row > a.to.row || to.column > a.to.column {
			continue
		}
		if c, ok := s.cells[a.from]; ok {
			s.omit(manuscript.Hidden, "", s.cells[to].said(), s.reference(to.name()))
			delete(s.cells, a.from)
			c.at = to
			s.cells[to] = c
		}
		s.merged[i].from = to
	}
}

// hide takes the cells of hidden rows and columns out, and those whose format shows
// nothing.
func (s *sheet) hide() {
	rows, columns := make([][]string, len(s.hidden.rows)), make([][]string, len(s.hidden.columns))
	for _, at := range s.inOrder() {
		c := s.cells[at]
		row, column := s.hidden.rows.find(at.row), s.hidden.columns.find(at.column)
		switch {
		case row >= 0:
			rows[row] = append(rows[row], c.said())
		case column >= 0:
			columns[column] = append(columns[column], c.said())
		case c.unseen != "":
			s.omit(manuscript.Hidden, "", c.unseen, s.reference(at.name()))
		default:
			continue
		}
		delete(s.cells, at)
	}
	for i, words := range rows {
		s.omit(manuscript.HiddenRows, "", strings.Join(words, " "), s.reference(s.hidden.rows[i].name(rowName)))
	}
	for i, words := range columns {
		s.omit(manuscript.HiddenColumns, "", strings.Join(words, " "),
			s.reference(s.hidden.columns[i].name(columnName)))
	}
}

// own gives the cells of a merged one to it; ok is false if one has been given already.
func (g *grid) own(a area) (ok bool) {
	b := block{row: within(g.rows, a.from.row), column: within(g.columns, a.from.column)}
	b.rows, b.columns = within(g.rows, a.to.row+1)-b.row, within(g.columns, a.to.column+1)-b.column
	if b.rows*b.columns == 0 {
		return true
	}
	for row := b.row; row < b.row+b.rows; row++ {
		for column := b.column; column < b.column+b.columns; column++ {
			owner := &g.owner[row*len(g.columns)+column]
			if *owner != 0 {
				return false
			}
			*owner = len(g.areas) + 1
		}
	}
	g.areas = append(g.areas, b)
	return true
}

// within is how many of the numbers, which are in order, are less than n.
func within(numbers []int, n int) int {
	i, _ := slices.BinarySearch(numbers, n)
	return i
}

// owned is the area that a cell is in.
func (g *grid) owned(row, column int) (b block, ok bool) {
	owner := g.owner[row*len(g.columns)+column]
	if owner == 0 || owner > len(g.areas) {
		return b, false
	}
	return g.areas[owner-1], true
}

func (g *grid) place(row, column int) place { return place{g.rows[row], g.columns[column]} }

// uncover lists what stands in cells that another covers.
func (s *sheet) uncover() {
	for row := range s.rows {
		for column := range s.columns {
			b, ok := s.owned(row, column)
			if !ok || b.row == row && b.column == column {
				continue
			}
			at := s.place(row, column)
			if c, ok := s.cells[at]; ok {
				s.omit(manuscript.Hidden, "", c.said(), s.reference(at.name()))
				delete(s.cells, at)
			}
		}
	}
}
