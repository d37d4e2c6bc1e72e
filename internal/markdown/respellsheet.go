package markdown

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"qinglian/internal/diag"
)

// sheet makes a table of cells with tabs between them, as a spreadsheet gives them
// when they are pasted. Tabs also align what is no table, so the first line must
// read like a head, and verse, names and signatures stay lines.
func (s *respeller) sheet() (end int) {
	var rows [][][]byte
	at := s.at
	for at < len(s.source) {
		line := lineFrom(s.source[at:])
		first := bytes.TrimLeft(line, " \t")
		if bytes.IndexByte(line, '\t') < 0 || blank(line) || first[0] == '<' || fences(first) {
			break
		}
		rows = append(rows, bytes.Split(bytes.TrimRight(line, " "), []byte("\t")))
		at += len(line) + 1
	}
	end = min(at, len(s.source))
	s.passed = end
	if !s.isSheet(rows, s.source[s.at:end]) {
		return 0
	}
	if s.follow {
		s.replace(s.at, s.at, "\n")
	}
	s.report(s.at, diag.Diagnostic{Rule: "guessed-table", Severity: diag.Note,
		Message: diag.Say("这几行用 Tab 隔开，按表格显示，第一行是表头",
			"these lines with tabs are shown as a table, the first as its head"),
		Hint: diag.Say("写成 %s，第一行下面加一行 %s；不是表格，把 Tab 换成空格",
			"write %s, with %s under the first line; for no table, make spaces of the tabs",
			"| "+string(bytes.Join(rows[0], []byte(" | ")))+" |", delimiterRow(len(rows[0])))})
	at = s.at
	for i, cells := range rows {
		at = s.spellCells(at, cells)
		if i == 0 {
			s.replace(at, at, "\n"+delimiterRow(len(cells)))
		}
		at = s.lineEnd(at)
	}
	s.separate(end, 0)
	return end
}

// spellCells puts bars for the tabs of a line and returns where its cells end.
func (s *respeller) spellCells(at int, row [][]byte) int {
	s.replace(at, at, "| ")
	for i, cell := range row {
		if i > 0 {
			s.replace(at, at+1, " | ")
			at++
		}
		for j, c := range cell {
			if c == '|' {
				s.replace(at+j, at+j, `\`)
			}
		}
		at += len(cell)
	}
	s.replace(at, at, " |")
	return at
}

// contacts are what the lines of an address begin with.
var contacts = []string{"电话", "手机", "传真", "地址", "邮箱", "邮编", "联系人", "联系电话", "电子邮箱", "时间", "地点"}

// isSheet reports whether rows are a table.
func (s *respeller) isSheet(rows [][][]byte, typed []byte) bool {
	if len(rows) < 2 || !chinese(typed) || !isHead(rows[0], typed) {
		return false
	}
	columns := len(rows[0])
	for _, row := range rows {
		empty := 0
		for _, cell := range row {
			if len(bytes.TrimSpace(cell)) == 0 {
				empty++
			}
			if bytes.Count(cell, []byte("`"))%2 != 0 {
				return false // a tab in code
			}
		}
		if len(row) != columns || empty == len(row) || columns == 2 && empty > 0 {
			return false
		}
	}
	last := rows[len(rows)-1]
	if columns == 2 && slices.Contains(contacts, string(bytes.TrimSpace(rows[1][0]))) {
		return false // 联系人 and 电话: the lines of an address
	}
	return !signed(last) && !named(rows) && !verse(rows)
}

// isHead reports whether cells read like the head of a table: each a title, and
// nothing that begins a line of its own.
func isHead(row [][]byte, typed []byte) bool {
	if containers(typed) > 0 || standsAlone(typed) || strings.IndexByte(" \t#|:", typed[0]) >= 0 {
		return false
	}
	if bytes.IndexFunc(row[0], unicode.IsDigit) >= 0 {
		return false // 第1名, 10月1日
	}
	for _, cell := range row {
		cell = bytes.TrimSpace(cell)
		if bytes.IndexFunc(cell, unicode.IsLetter) < 0 || !isTitle(cell) {
			return false
		}
	}
	return true
}

// signed reports dates below the names of organs.
func signed(row [][]byte) bool {
	for _, cell := range row {
		if !fullDate().Match(bytes.TrimSpace(cell)) {
			return false
		}
	}
	return true
}

// named reports lines that all have somebody's name in one of their columns: a list
// without a head.
func named(rows [][][]byte) bool {
	for column := range rows[0] {
		if !slices.ContainsFunc(rows, func(row [][]byte) bool { return !isName(bytes.TrimSpace(row[column])) }) {
			return true
		}
	}
	return false
}

func isName(s []byte) bool {
	first, _ := utf8.DecodeRune(s)
	n := utf8.RuneCount(s)
	return 2 <= n && n <= 4 && strings.ContainsRune(surnames, first)
}

// verse reports lines of equal length beside each other.
func verse(rows [][][]byte) bool {
	length := utf8.RuneCount(rows[0][0])
	for _, row := range rows {
		for _, cell := range row {
			han := bytes.IndexFunc(cell, func(c rune) bool { return !isHan(c) }) < 0
			if !han || utf8.RuneCount(cell) != length {
				return false
			}
		}
	}
	return length > 3
}
