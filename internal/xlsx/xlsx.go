// Package xlsx reads workbooks of Excel and WPS: bytes become a [Workbook], each sheet
// as it is seen.
//
// A cell is what its format shows of it: a date is a date, 0.5 may be 50%, of a formula
// stands what it came to when the file was saved. A text stays as it is, such as the
// digits of an identity card. What is hidden is no part of a sheet: sheets, rows and
// columns that are hidden are listed with their texts, as are comments, text boxes,
// headers and footers. So each character of a file is in its sheets or on the list;
// TestNothingLost counts.
//
// Rows and columns in which nothing stands are left out. A row with one cell in front of
// the table is a title, one behind it that takes the whole width a remark; with several
// sheets each has a heading.
//
// The parts are read, within bounds, by package ooxml, and a sheet has a limit of its
// own. A module that reads workbooks was tried: it adds 2 MB to the program and fills
// each row up to its last cell, so that 26 KB take 2.5 GB.
package xlsx

import (
	"path"
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/manuscript"
	"qinglian/internal/ooxml"
	"qinglian/internal/pattern"
)

// MaxCells is how many cells the rows and columns of all sheets have that are shown.
const MaxCells = 100_000

// Workbook is a file with sheets.
type Workbook struct {
	manuscript.Manuscript
	Sheets []Sheet // that are seen and in which something stands
}

// Sheet is a table without its titles and remarks.
type Sheet struct {
	Name string
	Rows [][]string // all as long; what a merged cell shows stands in each that it covers
}

// reader reads one workbook.
type reader struct {
	*ooxml.Package
	relations map[string]ooxml.Relation // of the workbook
	shared    []shared
	styles    []style
	epoch1904 bool
	used      map[string]bool
	speakers  map[string][]string // in conversations, by the ids of those
	cells     int                 // of the sheets that were read
	out       Workbook
}

// Read reads a workbook. refused says why it can't.
func Read(raw []byte) (w Workbook, refused diag.Text) {
	p, refused := ooxml.Open(raw, ooxml.Format{Ending: ".xlsx", Old: ".xls、.et"})
	if refused != (diag.Text{}) {
		return w, refused
	}
	r := &reader{Package: p, used: map[string]bool{}}
	if refused = r.read(); refused != (diag.Text{}) {
		return w, refused
	}
	r.out.Settle()
	return r.out, refused
}

func (r *reader) read() (refused diag.Text) {
	main := r.Main("xl/workbook.xml")
	root, refused := r.Tree(main)
	if refused != (diag.Text{}) {
		return refused
	}
	if root == nil || root.Name != "s:workbook" {
		return diag.Say("这不是 Excel 表格，里面没有工作表", "this is no workbook of Excel: there is no sheet in it")
	}
	r.used[main] = true
	r.omit(manuscript.Unused, "", said(root), "")
	r.readSpeakers()
	r.epoch1904 = isOn(root.Child("s:workbookPr").Attr("date1904"))
	for _, step := range []func() diag.Text{
		func() (refused diag.Text) { r.relations, refused = r.Relations(main); return refused },
		r.readShared, r.readStyles,
		func() diag.Text { return r.sheets(root.Child("s:sheets")) },
	} {
		if refused = step(); refused != (diag.Text{}) {
			return refused
		}
	}
	r.rest()
	return refused
}

// related is the part of a kind that the workbook names; "" if it names none.
func (r *reader) related(kind string) string {
	part := ooxml.Related(r.relations, kind)
	if part != "" {
		r.used[part] = true
	}
	return part
}

// plainName is what a sheet is called that nobody gave a name to.
var plainName = pattern.Of(`^(?i:sheet|工作表)\s*[0-9]*$`)

func (r *reader) sheets(list *ooxml.Node) (refused diag.Text) {
	var seen []*sheet
	for _, n := range children(list) {
		s := &sheet{reader: r, name: n.Attr("name")}
		rel := r.relations[n.Attr("r:id")]
		if rel.Target == "" || rel.Outside {
			continue
		}
		if refused = s.read(rel.Target); refused != (diag.Text{}) {
			return refused
		}
		switch state := n.Attr("state"); {
		case state == "hidden" || state == "veryHidden":
			s.leaveWhole()
		case rel.Kind == "chartsheet":
			r.leave(manuscript.Omission{Why: manuscript.Drawing, What: s.name})
		default:
			if refused = s.settle(); refused != (diag.Text{}) {
				return refused
			}
			if len(s.rows) > 0 {
				seen = append(seen, s)
			}
		}
	}
	for _, s := range seen {
		s.write(len(seen) > 1)
	}
	return refused
}

func (r *reader) leave(o manuscript.Omission) { r.out.Left = append(r.out.Left, o) }

// omit lists a text, if there is one.
func (r *reader) omit(why manuscript.Why, by, text, what string) {
	if strings.TrimSpace(text) != "" {
		r.leave(manuscript.Omission{Why: why, By: by, Text: text, What: what})
	}
}

// rest lists what no sheet shows: the texts of all other parts, and files inside.
func (r *reader) rest() {
	r.spareTexts()
	for _, name := range r.Names {
		switch {
		case r.used[name]:
		case strings.HasSuffix(name, ".xml"):
			r.spare(name)
		case strings.Contains(name, "/embeddings/") || strings.Contains(name, "/media/"):
			r.leave(manuscript.Omission{Why: manuscript.Embedded, What: name})
		}
	}
}

// spare lists the text of a part that no sheet has.
func (r *reader) spare(name string) {
	root, refused := r.Tree(name)
	if refused != (diag.Text{}) {
		if !strings.HasPrefix(name, "customxml/") { // data of other programs, in any encoding
			r.leave(manuscript.Omission{Why: manuscript.Unread, What: name})
		}
		return
	}
	switch base := path.Base(name); {
	case strings.HasPrefix(base, "comments"):
		r.comments(root, "")
	case strings.Contains(name, "/drawings/"):
		r.omit(manuscript.TextBox, "", said(root), "")
	case strings.Contains(name, "/charts/") || strings.Contains(name, "/diagrams/"):
		r.omit(manuscript.Drawing, "", said(root), "")
	default:
		r.omit(manuscript.Unused, "", said(root), "")
	}
}

// said is all text in an element.
func said(n *ooxml.Node) string {
	if n == nil {
		return ""
	}
	var text strings.Builder
	if ooxml.HoldsText(n.Name) {
		text.WriteString(unescaped(string(n.Text)))
	}
	for _, c := range n.Children {
		if c.Name == "a:p" && text.Len() > 0 {
			text.WriteByte(' ')
		}
		text.WriteString(said(c))
	}
	return text.String()
}

// inside is the part of an element of a name; the text of others, which are not known,
// is listed.
func (r *reader) inside(n *ooxml.Node, name string) (found *ooxml.Node) {
	for _, c := range children(n) {
		if found == nil && c.Name == name {
			found = c
			continue
		}
		r.omit(manuscript.Unused, "", said(c), "")
	}
	return found
}

// each goes through the parts of an element that have a name; the text of others is listed.
func (r *reader) each(n *ooxml.Node, name string, read func(*ooxml.Node)) {
	for _, c := range children(n) {
		if c.Name == name {
			read(c)
			continue
		}
		r.omit(manuscript.Unused, "", said(c), "")
	}
}

func children(n *ooxml.Node) []*ooxml.Node {
	if n == nil {
		return nil
	}
	return n.Children
}

// isOn reads a switch, which is off if nothing is said.
func isOn(value string) bool { return value == "1" || value == "true" || value == "on" }
