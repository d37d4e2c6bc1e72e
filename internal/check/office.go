package check

import (
	"encoding/xml"
	"slices"
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/docx"
	"qinglian/internal/manuscript"
	"qinglian/internal/ooxml"
	"qinglian/internal/xlsx"
)

// readDocument takes all that a document of Word holds: its text, and what does not show
// when it is printed.
func readDocument(a *Article, raw []byte) (unread diag.Text) {
	m, unread := docx.Read(raw)
	if unread != (diag.Text{}) {
		return unread
	}
	a.manuscript(m)
	return a.properties(raw, ".docx")
}

// readWorkbook takes all that a workbook holds, hidden sheets, rows and columns too.
func readWorkbook(a *Article, raw []byte) (unread diag.Text) {
	w, unread := xlsx.Read(raw)
	if unread != (diag.Text{}) {
		return unread
	}
	a.manuscript(w.Manuscript)
	return a.properties(raw, ".xlsx")
}

func (a *Article) manuscript(m manuscript.Manuscript) {
	for _, blocks := range append([][]manuscript.Block{m.Blocks}, m.Notes...) {
		a.manuscriptBlocks(blocks, diag.Text{})
	}
	for _, o := range m.Left {
		// What begins a hidden sheet says what stands in its columns.
		a.say(o.Text+"\u2028"+o.What,
			o.Why.Reason()).Ahead = strings.ToValidUTF8(o.Text[:min(len(o.Text), longestHead)], "")
		if slices.Contains(unseen, o.Why) {
			a.hidden = append(a.hidden, o.Why)
		}
		if o.By != "" {
			a.authors = append(a.authors, o.By)
		}
	}
}

// unseen are the omissions that do not show on paper and are published with the file.
var unseen = []manuscript.Why{manuscript.Deleted, manuscript.Moved, manuscript.Comment, manuscript.Hidden,
	manuscript.HiddenSheet, manuscript.HiddenRows, manuscript.HiddenColumns}

func (a *Article) manuscriptBlocks(blocks []manuscript.Block, in diag.Text) {
	for i, b := range blocks {
		where := in
		if in == (diag.Text{}) {
			where = diag.Say("第 %d 段", "paragraph %d", i+1)
		}
		if len(b.Rows) == 0 {
			a.say(b.Said(), where)
			continue
		}
		head := ""
		for n, row := range b.Rows {
			at := diag.Say("%s表格第 %d 行", "%s, row %d of its table", where, n+1)
			said := ""
			for _, cell := range row {
				text := ""
				for _, inside := range cell.Blocks {
					text += inside.Said() + "\n"
				}
				a.say(strings.TrimSpace(text), at).Ahead = head
				said += text + " "
			}
			if n == 0 {
				head = said
			}
		}
	}
}

// properties takes who a file says has written it.
func (a *Article) properties(raw []byte, ending string) (unread diag.Text) {
	p, unread := ooxml.Open(raw, ooxml.Format{Ending: ending})
	if unread != (diag.Text{}) || !slices.Contains(p.Names, "docprops/core.xml") {
		return unread
	}
	raw, unread = p.Content("docprops/core.xml")
	if unread != (diag.Text{}) {
		return unread
	}
	var core struct {
		Creator string `xml:"creator"`
		Last    string `xml:"lastModifiedBy"`
	}
	if err := xml.Unmarshal(raw, &core); err != nil {
		return diag.Text{} // properties that can't be read name nobody
	}
	a.authors = append(a.authors, core.Creator, core.Last)
	return diag.Text{}
}

// readSlides takes the texts of a presentation, and the notes below its slides.
func readSlides(a *Article, raw []byte) (unread diag.Text) {
	p, unread := ooxml.Open(raw, ooxml.Format{Ending: ".pptx", Old: ".ppt、.dps"})
	if unread != (diag.Text{}) {
		return unread
	}
	for _, name := range p.Names {
		notes := strings.HasPrefix(name, "ppt/notesslides/")
		comments := strings.HasPrefix(name, "ppt/comments")
		if !strings.HasPrefix(name, "ppt/slides/") && !notes && !comments || !strings.HasSuffix(name, ".xml") {
			continue
		}
		root, unread := p.Tree(name)
		if unread != (diag.Text{}) {
			return unread
		}
		if comments {
			if unread := a.slideComments(p, name); unread != (diag.Text{}) {
				return unread
			}
		}
		where := diag.Say("幻灯片 %s", "slide %s", strings.TrimSuffix(name[strings.LastIndexByte(name, '/')+1:], ".xml"))
		before := len(a.passages)
		a.paragraphs(root, where)
		if (notes || comments) && len(a.passages) > before {
			a.hidden = append(a.hidden, manuscript.Comment)
		}
	}
	return a.properties(raw, ".pptx")
}

// slideComments takes comments as they were made until 2021; newer ones have paragraphs.
func (a *Article) slideComments(p *ooxml.Package, name string) (unread diag.Text) {
	raw, unread := p.Content(name)
	if unread != (diag.Text{}) {
		return unread
	}
	var list struct {
		Comments []struct {
			Text string `xml:"text"`
		} `xml:"cm"`
	}
	if err := xml.Unmarshal(raw, &list); err != nil {
		return diag.Text{} // the tree of the part says so
	}
	for _, c := range list.Comments {
		a.say(c.Text, manuscript.Comment.Reason())
		a.hidden = append(a.hidden, manuscript.Comment)
	}
	return diag.Text{}
}

// paragraphs takes the paragraphs in an element.
func (a *Article) paragraphs(n *ooxml.Node, where diag.Text) {
	switch {
	case n == nil:
	case n.Name == "a:p":
		var b strings.Builder
		said(n, &b)
		a.say(b.String(), where)
	default:
		for _, c := range n.Children {
			a.paragraphs(c, where)
		}
	}
}

// said writes the text in an element.
func said(n *ooxml.Node, b *strings.Builder) {
	if n.Name == "a:t" {
		b.Write(n.Text)
	}
	if n.Name == "a:br" {
		b.WriteByte('\n')
	}
	for _, c := range n.Children {
		said(c, b)
	}
}
