package check

import (
	"path"
	"strings"
	"unicode/utf8"

	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/markdown"
)

// Passage is a stretch of text as readers see it, that knows where its parts were
// typed: a block of prose, a value of front matter or of config.toml, a picture's text, a
// name.
type Passage struct {
	Text  string
	In    Kind
	Block markdown.BlockKind // in prose
	Key   string             // of a field, or of a setting
	Ahead string             // in a cell: the head of its table, as far as the text shows it
	Where diag.Text          // in an attachment: its place in words

	pieces []piece
}

// Kind is what a Passage is.
type Kind uint8

// The kinds of passages.
const (
	Prose     Kind = iota
	Field          // a value of front matter, as it was typed
	Alt            // the text in place of a picture
	Telephone      // a link that calls somebody
	Name           // the file's name: it stands in the article's address
	Attached       // text of a file that is published as it is
	Setting        // a text of config.toml that readers see
)

// piece is a part of a Passage, from an offset on, and what was typed for it.
type piece struct {
	at    int
	typed markdown.Place
	exact bool // what was typed is the text itself
}

// Place is where a part of the passage was typed: the whole of a piece if that is not
// written as it reads. A passage that stands in no text has none.
func (p *Passage) Place(from, to int) (at markdown.Place, ok bool) {
	if len(p.pieces) == 0 {
		return at, false
	}
	return markdown.Place{From: p.typed(from, false), To: p.typed(to, true)}, true
}

// typed is where what stands at an offset was typed; ends: where what ends there does.
func (p *Passage) typed(offset int, ends bool) int32 {
	found := p.pieces[0]
	for _, s := range p.pieces[1:] {
		if s.at > offset || ends && s.at == offset {
			break
		}
		found = s
	}
	switch {
	case found.exact:
		return min(found.typed.To, found.typed.From+int32(offset-found.at))
	case ends:
		return found.typed.To
	}
	return found.typed.From
}

// Before is at most so many characters in front of an offset.
func (p *Passage) Before(offset, most int) string {
	from := offset
	for ; most > 0 && from > 0; most-- {
		_, size := utf8.DecodeLastRuneInString(p.Text[:from])
		from -= size
	}
	return p.Text[from:offset]
}

// After is at most so many characters behind an offset.
func (p *Passage) After(offset, most int) string {
	to := offset
	for ; most > 0 && to < len(p.Text); most-- {
		_, size := utf8.DecodeRuneInString(p.Text[to:])
		to += size
	}
	return p.Text[offset:to]
}

// Passages are all that the article says, in the order in which it stands in the file.
func (a *Article) Passages() []Passage {
	if a.passages == nil {
		a.passages = a.gather()
	}
	return a.passages
}

func (a *Article) gather() []Passage {
	all := make([]Passage, 0, 8+len(a.Facts.Fields)+len(a.Facts.Runs))
	all = append(all, Passage{Text: name(a.File), In: Name})
	for _, f := range a.Facts.Fields {
		all = append(all, Passage{Text: string(a.Text[f.From:f.To]), In: Field, Key: f.Key,
			pieces: []piece{{typed: f.Place, exact: true}}})
	}
	all = a.blocks(all)
	for _, p := range a.Facts.Pictures {
		if p.Alt != "" {
			all = append(all, a.within(p.Place, p.Alt, Alt))
		}
	}
	for _, l := range a.Facts.Links {
		if number, ok := strings.CutPrefix(l.Dest, "tel:"); ok {
			all = append(all, a.within(l.Place, number, Telephone))
		}
	}
	return all
}

// name is what of an article's path its address shows.
func name(file string) string {
	return strings.TrimSuffix(strings.TrimPrefix(file, content.Folder+"/"), path.Ext(file))
}

// blocks adds the blocks of the prose: one passage for the runs of each.
func (a *Article) blocks(all []Passage) []Passage {
	runs := a.Facts.Runs
	head := "" // of the table that the last cell is in
	for len(runs) > 0 {
		n := 1
		for n < len(runs) && runs[n].Block == runs[0].Block {
			n++
		}
		p := a.block(runs[:n])
		switch {
		case p.Block != markdown.InCell:
			head = ""
		default:
			p.Ahead = head
			if len(head) < longestHead {
				head += p.Text + " "
			}
		}
		all, runs = append(all, p), runs[n:]
	}
	return all
}

// longestHead is how much of the first cells of a table is kept for the others: they say
// what stands in its columns.
const longestHead = 200

func (a *Article) block(runs []markdown.Run) Passage {
	p := Passage{Block: runs[0].Kind, pieces: make([]piece, 0, len(runs))}
	if len(runs) == 1 {
		p.Text = runs[0].Text
		p.pieces = a.parts(p.pieces, 0, runs[0])
		return p
	}
	var b strings.Builder
	for _, r := range runs {
		p.pieces = a.parts(p.pieces, b.Len(), r)
		b.WriteString(r.Text)
		if r.After != 0 {
			b.WriteByte(r.After)
		}
	}
	p.Text = b.String()
	return p
}

func (a *Article) piece(at int, typed markdown.Place, text string) piece {
	return piece{at, typed, string(a.Text[typed.From:typed.To]) == text}
}

// within is a passage that stands among marks, somewhere in a place.
func (a *Article) within(typed markdown.Place, text string, in Kind) Passage {
	if i := strings.Index(string(a.Text[typed.From:typed.To]), text); i >= 0 {
		typed.From += int32(i)
		typed.To = typed.From + int32(len(text))
	}
	return Passage{Text: text, In: in, pieces: []piece{a.piece(0, typed, text)}}
}

// told is a finding that says where it is in words, for want of a line.
func (p *Passage) told(f Finding, what string) Finding {
	what = strings.Join(strings.Fields(what), " ")
	f.Message = diag.Text{ZH: "“" + what + "”：" + f.Message.ZH, EN: `"` + what + `": ` + f.Message.EN}
	if p.Where != (diag.Text{}) {
		f.Message = diag.Text{ZH: p.Where.ZH + "，" + f.Message.ZH, EN: p.Where.EN + ", " + f.Message.EN}
	}
	return f
}

// report adds a finding over a part of a passage.
func (a *Article) report(p *Passage, from, to int, f Finding) {
	at, ok := p.Place(from, to)
	if !ok {
		a.ReportFile(p.told(f, p.Text[from:to]))
		return
	}
	a.Report(at, f)
}
