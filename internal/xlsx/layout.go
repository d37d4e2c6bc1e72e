package xlsx

import (
	"qinglian/internal/manuscript"
	"qinglian/internal/pattern"
)

// remark begins what stands behind a table and is no row of it.
var remark = pattern.Of(`^\s*[（(]?(?:注|备注|说明|填表|制表|填报|审核|联系|资料来源|数据来源)`)

// write writes a sheet: what stands above the table, the table, what stands below it.
func (s *sheet) write(several bool) {
	from, to := s.table()
	named := several || from == 0 && !plainName().MatchString(s.name)
	switch {
	case named:
		s.out.Blocks = append(s.out.Blocks, manuscript.Block{Kind: manuscript.Heading, Level: 1,
			Spans: []manuscript.Span{{Text: s.name, Made: true}}})
	case !plainName().MatchString(s.name):
		s.leave(manuscript.Omission{Why: manuscript.Unused, What: s.name})
	}
	for row := range from {
		s.line(row, several)
	}
	s.tableRows(from, to)
	for row := to; row < len(s.rows); row++ {
		s.line(row, true)
	}
}

// table is the rows from and to which the table goes: in front of it stand titles, each
// the only cell of its row, behind it remarks.
func (s *sheet) table() (from, to int) {
	to = len(s.rows)
	for from < to && s.single(from) >= 0 {
		from++
	}
	if from == to || len(s.columns) < 2 {
		return 0, to
	}
	for to > from && s.remark(to-1) {
		to--
	}
	return from, to
}

// single is the column of the only cell of a row in which something stands; -1 if there
// are several, or if it belongs to several rows.
func (s *sheet) single(row int) (only int) {
	only = -1
	for column := range s.columns {
		if b, ok := s.owned(row, column); ok && b.rows > 1 {
			return -1
		}
		if _, ok := s.cells[s.place(row, column)]; !ok {
			continue
		}
		if only >= 0 {
			return -1
		}
		only = column
	}
	return only
}

// remark reports a row that is one cell over the whole width, or says that it is one.
func (s *sheet) remark(row int) bool {
	column := s.single(row)
	if column < 0 {
		return false
	}
	b, merged := s.owned(row, column)
	whole := merged && b.columns == len(s.columns)
	return whole || column == 0 && remark().MatchString(lineOf(s.cells[s.place(row, column)].spans))
}

// line writes a row that is no row of the table. With several sheets, what stands above
// one is its caption, and no title of them all.
func (s *sheet) line(row int, plain bool) {
	column := s.single(row)
	c := s.cells[s.place(row, column)]
	b := manuscript.Block{Align: c.style.align, Spans: s.spans(c)}
	if _, merged := s.owned(row, column); merged && row == 0 {
		b.Align = manuscript.Center
	}
	if plain && b.Align == manuscript.Center {
		b.Kind = manuscript.Caption
	}
	s.out.Blocks = append(s.out.Blocks, b)
}

func (s *sheet) spans(c cell) []manuscript.Span {
	for i := range c.spans {
		c.spans[i].Link = s.links[c.at]
	}
	return c.spans
}

// tableRows writes rows of the table.
func (s *sheet) tableRows(from, to int) {
	out := manuscript.Block{Kind: manuscript.Table}
	shown := Sheet{Name: s.name}
	for row := from; row < to; row++ {
		var cells []manuscript.Cell
		texts := make([]string, len(s.columns))
		for column := range s.columns {
			b, merged := s.owned(row, column)
			first := !merged || b.row == row && b.column == column
			at := s.place(row, column)
			if !first {
				at = s.place(b.row, b.column)
			}
			c, filled := s.cells[at]
			texts[column] = lineOf(c.spans)
			if !first {
				continue
			}
			cell := manuscript.Cell{Columns: max(b.columns, 1), Rows: max(b.rows, 1)}
			if filled {
				cell.Blocks = []manuscript.Block{{Spans: s.spans(c)}}
			}
			cells = append(cells, cell)
		}
		out.Rows, shown.Rows = append(out.Rows, cells), append(shown.Rows, texts)
	}
	if len(out.Rows) > 0 {
		s.out.Blocks = append(s.out.Blocks, out)
		s.out.Sheets = append(s.out.Sheets, shown)
	}
}
