package check

import (
	"bytes"
	"path"
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/markdown"
	"qinglian/internal/source"
)

// MaxAttachment is how large an attachment is at most that is looked into, in bytes.
const MaxAttachment = 64 << 20

// reader makes passages of a file's content; unread says why it can't.
type reader func(a *Article, raw []byte) (unread diag.Text)

// readers are those of attachments, by ending. What has none is no text, or is listed in
// closed.
var readers = map[string]reader{
	".docx": readDocument, ".xlsx": readWorkbook, ".pptx": readSlides, ".pdf": readPDF,
	".txt": readText, ".csv": readTable,
	".html": readPage, ".htm": readPage, ".shtml": readPage, ".xhtml": readPage, ".css": readStyle,
	".toml": readText, ".yaml": readText, ".yml": readText, ".json": readText, // in data/, most of all
}

// closed are endings of files with text that nobody here reads.
const closed = " .doc .dot .wps .wpt .xls .et .ppt .pps .dps .rtf .odt .ods .odp .ofd .docm .xlsm .pptm .zip .rar .7z "

// Inspects reports whether anything can be said of a file that is no article.
func Inspects(name string) bool {
	ending := strings.ToLower(path.Ext(name))
	return readers[ending] != nil || strings.Contains(closed, " "+ending+" ")
}

// File inspects a file that is published as it is.
func (c *Checker) File(name string, raw []byte) Looked {
	ending := strings.ToLower(path.Ext(name))
	read := readers[ending]
	switch {
	case read == nil:
		return Unreadable(name, diag.Say("%s 格式读不了，另存为新格式或 PDF 再查",
			"%s can't be read: save it in a newer format or as PDF", ending))
	case len(raw) > MaxAttachment:
		return TooLarge(name)
	}
	a := &Article{File: name, Config: c.config, lexicon: c.lexicon, attached: true}
	a.passages = append(a.passages, Passage{Text: strings.TrimSuffix(path.Base(name), path.Ext(name)), In: Name})
	if unread := read(a, raw); unread != (diag.Text{}) {
		return Unreadable(name, unread)
	}
	for _, r := range all {
		if r.Files {
			r.Article(a)
		}
	}
	return Looked{File: name, Findings: a.found}
}

// Unreadable is what is said of a file that can't be looked into.
func Unreadable(name string, why diag.Text) Looked { return Looked{File: name, Unread: why} }

// TooLarge is what is said of a file that is not held in memory.
func TooLarge(name string) Looked {
	return Unreadable(name, diag.Say("超过 %d MB", "it has more than %d MB", MaxAttachment>>20))
}

// say adds a passage of an attachment, in which places are told in words.
func (a *Article) say(text string, where diag.Text) *Passage {
	if strings.TrimSpace(text) == "" {
		return &Passage{}
	}
	a.passages = append(a.passages, Passage{Text: text, In: Attached, Where: where})
	return &a.passages[len(a.passages)-1]
}

// readText takes a plain text as its paragraphs, which have their places.
func readText(a *Article, raw []byte) diag.Text {
	text, unread := a.decode(raw)
	if unread != (diag.Text{}) {
		return unread
	}
	at := 0
	for block := range bytes.SplitSeq(text, []byte("\n\n")) {
		a.typed(at, len(block), "")
		at += len(block) + 2
	}
	return unread
}

// readTable takes a table of comma-separated values as its lines, of which the first says
// what stands in the others.
func readTable(a *Article, raw []byte) diag.Text {
	text, unread := a.decode(raw)
	if unread != (diag.Text{}) {
		return unread
	}
	head, at := "", 0
	for line := range bytes.SplitSeq(text, []byte("\n")) {
		a.typed(at, len(line), head)
		if head == "" {
			head = string(line)
		}
		at += len(line) + 1
	}
	return unread
}

// decode takes the bytes for a text in any of the encodings that sources come in.
func (a *Article) decode(raw []byte) (text []byte, unread diag.Text) {
	text, problems := source.Text(a.File, raw)
	if problems.Count(diag.Error) > 0 {
		return nil, diag.Say("不是能读的文字", "it is no text that can be read")
	}
	a.Text, a.lines = text, diag.NewLines(a.File, text)
	return text, unread
}

func (a *Article) typed(from, size int, ahead string) {
	if size > 0 {
		a.passages = append(a.passages, Passage{Text: string(a.Text[from : from+size]), In: Attached, Ahead: ahead,
			pieces: []piece{{typed: markdown.Place{From: int32(from), To: int32(from + size)}, exact: true}}})
	}
}
