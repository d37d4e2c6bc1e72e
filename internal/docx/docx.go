// Package docx reads documents of Word and WPS: bytes become a [manuscript.Manuscript].
//
// A .docx is a zip of XML parts (ISO/IEC 29500). Both of its dialects are read, the
// transitional one that programs write and the strict one, and what is not known is
// gone through like what is: text in an element that nobody has heard of is text. So
// something is left out only where this package says so, with its reason, and the parts
// that the text does not refer to are gone through at the end. TestNothingLost counts.
//
// Insertions are kept, deletions listed. Numbers of paragraphs are written out as they
// are shown; bullets are lists. Of two ways to show something (mc:AlternateContent) the
// first is taken that has anything. Of a field stands what it came to, but for what a
// site makes itself.
//
// The parts are read, within bounds, by package ooxml; nothing outside of them is
// fetched.
package docx

import (
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/manuscript"
	"qinglian/internal/ooxml"
)

// reader reads one document.
type reader struct {
	*ooxml.Package
	relations map[string]ooxml.Relation // of the part that is read
	styles    styles
	numbers   numbering
	fields    []field
	deeper    int                 // fields in those that are not looked at
	begun     int                 // fields of the text so far
	endless   map[int]bool        // those of them that never end, which are not taken for fields
	bare      bool                // no field is taken for one
	notes     map[*node]int       // their numbers
	noteParts map[string]notePart // by kind: footnote, endnote
	within    bool                // a note
	pictures  map[string]int      // by part
	used      map[string]bool
	anchors   map[string]string // of comments, by id: the end of the text in front of them
	line      line
	inText    bool // which has places, unlike the parts beside it
	out       manuscript.Manuscript
}

// Read reads a document. refused says why it can't.
func Read(raw []byte) (m manuscript.Manuscript, refused diag.Text) {
	r, refused := read(raw, nil)
	if refused != (diag.Text{}) {
		return m, refused
	}
	if len(r.fields) > 0 {
		return readOn(raw, r.fields)
	}
	r.out.Settle()
	return r.out, refused
}

// readOn reads a document again in which fields never end, as if those were none: all
// behind them would be theirs.
func readOn(raw []byte, fields []field) (m manuscript.Manuscript, refused diag.Text) {
	endless := map[int]bool{}
	for _, f := range fields {
		endless[f.number] = true
	}
	r, refused := read(raw, endless)
	if refused != (diag.Text{}) {
		return m, refused
	}
	for _, f := range fields {
		r.out.Doubts = append(r.out.Doubts, diag.Say("“%s”后面的域没有结束，后面的字都当作正文：看看有没有多出页码、目录",
			"the field behind “%s” never ends; what follows was taken for text: look for numbers of pages in it",
			f.after))
	}
	r.out.Settle()
	return r.out, refused
}

// read reads a document in which some fields are known to be none.
func read(raw []byte, endless map[int]bool) (r *reader, refused diag.Text) {
	a, refused := ooxml.Open(raw, ooxml.Format{Ending: ".docx", Old: ".doc、.wps"})
	if refused != (diag.Text{}) {
		return nil, refused
	}
	r = &reader{Package: a, notes: map[*node]int{}, pictures: map[string]int{}, used: map[string]bool{},
		anchors: map[string]string{}, noteParts: map[string]notePart{}, endless: endless}
	return r, r.read()
}

func (r *reader) read() (refused diag.Text) {
	main := r.Main("word/document.xml")
	root, refused := r.Tree(main)
	if refused != (diag.Text{}) {
		return refused
	}
	if root == nil || root.Child("w:body") == nil {
		return diag.Say("这不是 Word 文档，里面没有正文", "this is no document of Word: there is no text in it")
	}
	if refused = r.enter(main); refused != (diag.Text{}) {
		return refused
	}
	if r.styles, refused = r.readStyles(); refused != (diag.Text{}) {
		return refused
	}
	if r.numbers, refused = r.readNumbering(); refused != (diag.Text{}) {
		return refused
	}
	if refused = r.readNotes(); refused != (diag.Text{}) {
		return refused
	}
	r.inText = true
	r.out.Blocks = r.blocks(root)
	r.inText = false
	r.rest()
	return refused
}

// enter makes a part the one that is read.
func (r *reader) enter(part string) (refused diag.Text) {
	r.used[part] = true
	r.relations, refused = r.Relations(part)
	return refused
}

// related is the part of a kind that the text names; "" if it names none.
func (r *reader) related(kind string) string {
	part := ooxml.Related(r.relations, kind)
	if part != "" {
		r.used[part] = true
	}
	return part
}

// omit lists what stands in an element and is left out.
func (r *reader) omit(why manuscript.Why, by string, n *node) {
	if text := said(n); strings.TrimSpace(text) != "" {
		r.leave(manuscript.Omission{Why: why, By: by, Text: text})
	}
}

func (r *reader) leave(o manuscript.Omission) {
	if o.After == "" {
		o.After = r.line.end()
	}
	o.First = o.First || r.inText && o.After == ""
	r.out.Left = append(r.out.Left, o)
}
