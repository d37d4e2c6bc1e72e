package markdown

import (
	"bytes"
	"slices"
	"strings"

	"qinglian/internal/diag"
)

// wideBar is the bar of Chinese keyboards.
const wideBar = "｜"

// hasBar reports whether a line may be one of a table.
func hasBar(line []byte) bool {
	return bytes.IndexByte(line, '|') >= 0 || bytes.Contains(line, []byte(wideBar))
}

// row is a line with bars.
type row struct {
	at, end  int  // the line, without its end
	from, to int  // without quotation, indentation and spaces behind
	depth    int  // quotations around it
	odd      bool // there are spaces that Markdown doesn't know
	apart    bool // an empty line stands in front of it
}

// wideRow is what people type in the line under the head of a table; narrowRow makes
// what Markdown wants of it.
const wideRow = "｜：－—–―─\u3000\u00a0"

var narrowRow = strings.NewReplacer(wideBar, "|", "：", ":", "－", "-", "—", "-", "–", "-", "―", "-", "─", "-", "\u3000",
	" ", "\u00a0", " ")

// rowAt is the row on a line.
func (s *respeller) rowAt(at int) (w row, ok bool) {
	line := lineFrom(s.source[at:])
	quote := quotation(line)
	before := leading(line[quote:])
	trimmed := bytes.TrimRightFunc(line, func(c rune) bool { return c == ' ' || c == '\t' || oddSpace(c) })
	w = row{at: at, end: at + len(line), from: at + quote + before.size, to: at + len(trimmed),
		depth: bytes.Count(line[:quote], []byte(">"))}
	w.odd = before.odd || leading(line[len(trimmed):]).odd
	return w, hasBar(line)
}

// text is a row, all of whose bars are narrow.
func (s *respeller) text(w row) []byte {
	t := s.source[w.from:w.to]
	if !bytes.Contains(t, []byte(wideBar)) {
		return t
	}
	return bytes.ReplaceAll(t, []byte(wideBar), []byte("|"))
}

// barred reports a row that begins and ends with a bar.
func (s *respeller) barred(w row) bool {
	t := s.text(w)
	return len(t) > 1 && t[0] == '|' && t[len(t)-1] == '|'
}

// delimiter is how many cells a row has that stands under a head; 0 if it is no
// such row.
func (s *respeller) delimiter(w row) int {
	t := s.source[w.from:w.to]
	if bytes.IndexFunc(t, func(c rune) bool { return !strings.ContainsRune("|:- \t"+wideRow, c) }) >= 0 {
		return 0
	}
	if !delimits(t) {
		t = []byte(narrowRow.Replace(string(t)))
	}
	all := cells(t)
	for _, c := range all {
		if bytes.IndexByte(c, '-') < 0 {
			return 0
		}
	}
	return len(all)
}

// table respells a table: without the row under its head, with full-width marks
// in that, with empty lines between its rows or behind ideographic spaces.
func (s *respeller) table() (end int) {
	rows := s.rows()
	if len(rows) < 2 {
		return 0
	}
	end = min(rows[len(rows)-1].end+1, len(s.source))
	s.passed = end
	head := rows[0]
	under := s.delimiter(rows[1])
	typed := under > 0 && !delimits(s.source[rows[1].from:rows[1].to])
	if !typed && !chinese(s.source[head.from:rows[len(rows)-1].to]) || under == 0 && !s.even(rows) {
		return 0
	}
	columns := len(cells(s.text(head)))
	if under == 0 && s.follow && head.at == head.from {
		s.replace(head.at, head.at, "\n")
	}
	for i, w := range rows {
		if w.apart {
			s.replace(rows[i-1].end+1, w.at, "")
		}
		s.spellRow(w, columns, i == 1 && under > 0)
		if i == 0 && under == 0 {
			s.guessed(head, columns)
		}
	}
	if item := head.at < head.from && containers(s.source[end:]) > 0; (under == 0 || s.apart(rows, end)) && !item {
		s.separate(end, head.depth)
	}
	return end
}

// apart reports Chinese rows that all begin and end with a bar: a line without one
// below them is no row. One of attributes belongs to the table.
func (s *respeller) apart(rows []row, end int) bool {
	return !bytes.HasPrefix(s.source[end:], []byte("{")) &&
		!slices.ContainsFunc(rows, func(w row) bool { return !s.barred(w) }) &&
		chinese(s.source[rows[0].from:rows[len(rows)-1].to])
}

// rows are those of one table, beginning with the line that is looked at. An
// empty line ends it, unless one row alone stands behind it, or no more than the
// head in front of it.
func (s *respeller) rows() []row {
	first, _ := s.rowAt(s.at)
	rows := []row{first}
	for at := first.end + 1; at < len(s.source); {
		line := lineFrom(s.source[at:])
		if blank(line) {
			at += len(line) + 1
			continue
		}
		w, ok := s.rowAt(at)
		if !ok || w.depth != first.depth {
			break
		}
		if w.apart = at > rows[len(rows)-1].end+1; w.apart && !s.goesOn(rows, w) {
			break
		}
		rows = append(rows, w)
		at = w.end + 1
	}
	return rows
}

// goesOn reports whether a row behind an empty line belongs to the table above.
func (s *respeller) goesOn(rows []row, w row) bool {
	above, under := len(rows), s.delimiter(w) > 0
	headed := above > 1 && s.delimiter(rows[1]) > 0
	columns := len(cells(s.text(rows[0])))
	switch {
	case w.depth > 0 || len(cells(s.text(w))) != columns || under && (above > 1 || columns < 2):
		return false
	case !under && s.barred(w) != s.barred(rows[0]), !under && !s.barred(w) && !(headed && rows[1].apart):
		return false
	}
	below, another := s.rowBelow(w)
	if another && s.delimiter(below) > 0 && !under {
		return false // a table of its own
	}
	return !another || below.apart || above == 1 || above == 2 && headed
}

// rowBelow is the row on the next line that is not empty.
func (s *respeller) rowBelow(w row) (below row, ok bool) {
	for at := w.end + 1; at < len(s.source); at = s.lineEnd(at) {
		if blank(lineFrom(s.source[at:])) {
			continue
		}
		below, ok = s.rowAt(at)
		below.apart = at > w.end+1
		return below, ok
	}
	return row{}, false
}

// even reports whether rows without one of hyphens are a table: each begins and
// ends with a bar, and all have the same number of cells.
func (s *respeller) even(rows []row) bool {
	columns, uneven := len(cells(s.text(rows[0]))), 0
	for _, w := range rows {
		if !s.barred(w) || s.delimiter(w) > 0 {
			return false
		}
		if n := len(cells(s.text(w))); n != columns {
			uneven = n
		}
	}
	if uneven > 0 && columns > 1 {
		s.report(rows[0].from, diag.Diagnostic{Rule: "no-table", Severity: diag.Warning,
			Message: diag.Say("这几行像表格，但有的 %d 格，有的 %d 格，表格没有生效",
				"these lines look like a table, but have %d cells and %d: they are none", columns, uneven),
			Hint: diag.Say("让每行的格数一样，第一行下面加一行 %s",
				"give each line the same number of cells, and put %s under the first", delimiterRow(columns))})
	}
	return uneven == 0 && columns > 1 && len(bytes.Trim(s.text(rows[0]), "| \t")) > 0
}

// spellRow writes a row as Markdown does.
func (s *respeller) spellRow(w row, columns int, under bool) {
	typed := s.source[w.from:w.to]
	if w.odd {
		quote := w.at + quotation(s.source[w.at:w.from])
		s.replace(quote, w.from, "")
	}
	switch {
	case under:
		s.replace(w.from, w.to, narrowRow.Replace(string(typed)))
	case len(cells(typed)) != columns || typed[0] != '|':
		for at := w.from; ; at += len(wideBar) {
			i := bytes.Index(s.source[at:w.to], []byte(wideBar))
			if i < 0 {
				break
			}
			at += i
			s.replace(at, at+len(wideBar), "|")
		}
	}
	if w.odd {
		s.replace(w.to, w.end, "")
	}
}

// guessed puts the row of hyphens under a head and says so.
func (s *respeller) guessed(head row, columns int) {
	prefix := s.source[head.at:head.from]
	if head.odd {
		prefix = prefix[:quotation(prefix)]
	}
	s.replace(head.end, head.end, "\n"+string(prefix)+delimiterRow(columns))
	s.report(head.from, diag.Diagnostic{Rule: "guessed-table", Severity: diag.Note,
		Message: diag.Say("这几行按表格显示，第一行是表头", "these lines are shown as a table, the first as its head"),
		Hint: diag.Say(`是表格，第一行下面加一行 %s；不是，竖线写成 \|`,
			`put %s under the first line of a table; else write \| for a bar`, delimiterRow(columns))})
}

// delimiterRow is the line under the head of a table.
func delimiterRow(columns int) string { return "|" + strings.Repeat(" --- |", columns) }
