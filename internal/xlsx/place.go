package xlsx

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// The last row and column that sheets have.
const (
	lastRow    = 1 << 20
	lastColumn = 1 << 14
)

// place is where a cell stands, from 1.
type place struct{ row, column int }

// placed reads B12.
func placed(name string) (at place, ok bool) {
	letters := strings.TrimRight(name, "0123456789")
	for _, c := range strings.ToUpper(letters) {
		if c < 'A' || c > 'Z' || at.column > lastColumn {
			return at, false
		}
		at.column = 26*at.column + int(c-'A') + 1
	}
	at.row, _ = strconv.Atoi(name[len(letters):])
	return at, at.column > 0 && at.column <= lastColumn && at.row > 0 && at.row <= lastRow
}

func (p place) name() string { return columnName(p.column) + strconv.Itoa(p.row) }

func columnName(n int) (name string) {
	for ; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// area is cells that are one.
type area struct{ from, to place }

// areaOf reads A1:B2, or A1.
func areaOf(name string) (a area, ok bool) {
	first, last, several := strings.Cut(strings.ReplaceAll(name, "$", ""), ":")
	if !several {
		last = first
	}
	from, ok1 := placed(first)
	to, ok2 := placed(last)
	return area{from, to}, ok1 && ok2 && from.row <= to.row && from.column <= to.column
}

// ranges are rows or columns, as runs of their numbers in order.
type ranges []run

type run struct{ from, to int }

// joined are ranges in order, those in one that touch each other.
func (r ranges) joined() (all ranges) {
	slices.SortFunc(r, func(a, b run) int { return cmp.Compare(a.from, b.from) })
	for _, next := range r {
		if n := len(all); n > 0 && next.from <= all[n-1].to+1 {
			all[n-1].to = max(all[n-1].to, next.to)
			continue
		}
		all = append(all, next)
	}
	return all
}

// find is the run that a number is in; -1 if it is in none.
func (r ranges) find(n int) int {
	i, _ := slices.BinarySearchFunc(r, n, func(of run, n int) int { return cmp.Compare(of.to, n) })
	if i < len(r) && r[i].from <= n {
		return i
	}
	return -1
}

// outside is the first number from n on that is in no run.
func (r ranges) outside(n int) int {
	if i := r.find(n); i >= 0 {
		return r[i].to + 1
	}
	return n
}

func (p place) compare(q place) int {
	return cmp.Or(cmp.Compare(p.row, q.row), cmp.Compare(p.column, q.column))
}

func rowName(n int) string { return strconv.Itoa(n) }

// name is a run as the programs write it: 3:5, B:D.
func (r run) name(of func(int) string) string { return of(r.from) + ":" + of(r.to) }
