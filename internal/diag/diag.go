// Package diag holds the messages that qinglian gives to people.
//
// A Diagnostic answers something that a person typed: it says in which file,
// line and column, shows the line itself, and says what to type instead. It
// is a value: the compiler of one file collects as many as it finds, they are
// cached with the file's object and reported again by a build that did not read
// the file anew.
//
// Every sentence exists in Chinese and in English ([Text]); a test reads the
// program's source and fails on one that does not. Lines and columns count
// from 1, columns in characters (Unicode code points), not bytes: that is how
// editors count.
package diag

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Lang is a language that messages can be given in.
type Lang uint8

// The two languages. Chinese is the zero value: it is the default.
const (
	ZH Lang = iota
	EN
)

// Text is a sentence in both languages.
type Text struct{ ZH, EN string }

// Failure is an error that is said in both languages.
type Failure struct {
	Text
	Err error // what it is
}

func (f Failure) Error() string { return f.EN }

// Unwrap is what it is.
func (f Failure) Unwrap() error { return f.Err }

// Why is what an error says, in both languages if it can.
func Why(err error) Text {
	if f := (Failure{}); errors.As(err, &f) {
		return f.Text
	}
	return Text{err.Error(), err.Error()}
}

// Say formats one sentence in both languages. Both formats take the same args
// in the same order (use %[2]s where a language wants another order); an arg
// that is itself a Text is shown in the language of the sentence around it. The English
// format is written for many: of "%d files are" one is "1 file is".
func Say(zh, en string, args ...any) Text {
	if len(args) == 0 {
		return Text{zh, en}
	}
	return Text{fmt.Sprintf(zh, in(ZH, args)...), fmt.Sprintf(singular(en, args), in(EN, args)...)}
}

func in(lang Lang, args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		if t, ok := a.(Text); ok {
			a = t.In(lang)
		}
		out[i] = a
	}
	return out
}

// Listed are names one after another, as each language parts them.
func Listed(names []string) Text {
	return Text{strings.Join(names, "、"), strings.Join(names, ", ")}
}

// In is the sentence in lang.
func (t Text) In(lang Lang) string {
	if lang == EN {
		return t.EN
	}
	return t.ZH
}

// Severity says what a diagnostic does to a build.
type Severity uint8

// A Note never matters to the exit status, a Warning does with --strict, an
// Error always: nothing is published. What rests on a guess is a Note at most.
const (
	Note Severity = iota
	Warning
	Error
)

var severityNames = [...]string{Note: "note", Warning: "warning", Error: "error"}

// String is the severity's name in `--json`.
func (s Severity) String() string { return severityNames[s] }

// Text is the severity as people read it.
func (s Severity) Text() Text {
	switch s {
	case Error:
		return Say("错误", "error")
	case Warning:
		return Say("警告", "warning")
	}
	return Say("提示", "note")
}

// Diagnostic is one message about one place.
type Diagnostic struct {
	Rule      string // its name in words: "dead-link"
	Severity  Severity
	File      string // slash-separated path inside the site; "" for the site as a whole
	Line      int    // 0 when the message is about the whole file
	Column    int    // 0 when it is about the whole line
	EndLine   int    // of the character behind what is meant; 0 when it is about a point
	EndColumn int
	Source    string // the line itself, without its end; of a long one what surrounds Column
	From      int    // how many characters of the line stand before Source
	Message   Text
	Hint      Text  // what to type instead; may be empty
	Edits     Edits // that certainly mend it; may be none
}

// At is d placed at a byte offset of a file's text, with the line shown.
func (d Diagnostic) At(file string, text []byte, offset int) Diagnostic {
	offset = max(0, min(offset, len(text)))
	head := text[:offset]
	start := bytes.LastIndexByte(head, '\n') + 1
	end := len(text)
	if i := bytes.IndexByte(text[offset:], '\n'); i >= 0 {
		end = offset + i
	}
	// No more of a long line is looked at than may be shown.
	from := max(start, offset-utf8.UTFMax*(2*maxSource+1))
	end = min(end, offset+utf8.UTFMax*(maxSource+2))
	return d.Placed(Diagnostic{
		File:   file,
		Line:   bytes.Count(head, []byte("\n")) + 1,
		Column: utf8.RuneCount(head[start:]) + 1,
	}.Showing(strings.TrimRight(string(text[from:end]), "\r"), offset-from))
}

// Over is d placed at what stands between two byte offsets of a file's text.
func (d Diagnostic) Over(file string, text []byte, from, to int) Diagnostic {
	from = max(0, min(from, len(text)))
	return d.At(file, text, from).through(text[from:max(from, min(to, len(text)))])
}

// through is d up to the end of the text that is meant, which begins at its place.
func (d Diagnostic) through(meant []byte) Diagnostic {
	if len(meant) == 0 {
		return d
	}
	d.EndLine, d.EndColumn = d.Line, d.Column
	if i := bytes.LastIndexByte(meant, '\n'); i >= 0 {
		d.EndLine += bytes.Count(meant, []byte("\n"))
		d.EndColumn, meant = 1, meant[i+1:]
	}
	d.EndColumn += utf8.RuneCount(meant)
	return d
}

// Placed is d at the place of another.
func (d Diagnostic) Placed(at Diagnostic) Diagnostic {
	d.File, d.Line, d.Column, d.EndLine, d.EndColumn = at.File, at.Line, at.Column, at.EndLine, at.EndColumn
	d.Source, d.From = at.Source, at.From
	return d
}

// Showing is d with its line, of which Column is at a byte offset. Of a long
// line it keeps no more than is shown: a thousand places on a line of a megabyte
// would keep a gigabyte.
func (d Diagnostic) Showing(line string, offset int) Diagnostic {
	d.Source, d.From = line, 0
	if len(line) <= 3*maxSource {
		return d
	}
	offset = min(offset, len(line))
	before, from := back(line[:offset], 2*maxSource)
	d.From = max(0, d.Column-1-before)
	end := offset
	for n := 0; n <= maxSource && end < len(line); n++ { // one more: that there is more is shown
		_, size := utf8.DecodeRuneInString(line[end:])
		end += size
	}
	d.Source = strings.Clone(line[from:end])
	return d
}

// back is where the last n characters of a text begin, and how many there are.
func back(text string, n int) (count, from int) {
	from = len(text)
	for count < n && from > 0 {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
		count++
	}
	return count, from
}

// In is d in the file named, as a whole.
func (d Diagnostic) In(file string) Diagnostic {
	d.File = file
	return d
}

// List is any number of diagnostics. It is an error, so that a function which
// may find several problems can return them all.
type List []Diagnostic

// Error makes a List an error; people are shown [Write]'s form instead.
func (l List) Error() string {
	var b strings.Builder
	for i, d := range l {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s:%d:%d: %s [%s]", d.File, d.Line, d.Column, d.Message.EN, d.Rule)
	}
	return b.String()
}

// Worst is the highest severity in the list and whether there is any.
func (l List) Worst() (Severity, bool) {
	if len(l) == 0 {
		return Note, false
	}
	return slices.MaxFunc(l, func(a, b Diagnostic) int { return cmp.Compare(a.Severity, b.Severity) }).Severity, true
}

// Count is how many diagnostics have severity s.
func (l List) Count(s Severity) int {
	n := 0
	for _, d := range l {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// Sort puts the list into the order in which people read it, the same every
// time: by file, line, column, rule and sentence; exact repetitions go. What
// is left is compared too, or two repetitions could stand apart.
func (l List) Sort() List {
	slices.SortFunc(l, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message.EN, b.Message.EN),
			cmp.Compare(a.Message.ZH, b.Message.ZH),
			cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Hint.EN, b.Hint.EN), cmp.Compare(a.Hint.ZH, b.Hint.ZH),
			cmp.Compare(a.EndLine, b.EndLine), cmp.Compare(a.EndColumn, b.EndColumn), cmp.Compare(a.Source, b.Source),
			cmp.Compare(a.Edits, b.Edits))
	})
	return slices.Compact(l)
}
