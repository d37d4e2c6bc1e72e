package diag

import "qinglian/internal/flat"

// Tape records or plays a list.
func (l *List) Tape(t *flat.Tape) {
	flat.Slice(t, (*[]Diagnostic)(l), func(t *flat.Tape, d *Diagnostic) { d.Tape(t) })
}

// Tape records or plays a diagnostic. Many are nothing but a place.
func (d *Diagnostic) Tape(t *flat.Tape) {
	bare := *d == Diagnostic{}.Placed(*d)
	t.Bool(&bare)
	t.Shared(&d.File)
	t.Int(&d.Line)
	t.Int(&d.Column)
	t.Int(&d.EndLine)
	t.Int(&d.EndColumn)
	t.Shared(&d.Source)
	t.Int(&d.From)
	if bare {
		return
	}
	t.Shared(&d.Rule)
	severity := uint64(d.Severity)
	t.Uint(&severity)
	d.Severity = min(Severity(severity), Error)
	for _, s := range []*string{&d.Message.ZH, &d.Message.EN, &d.Hint.ZH, &d.Hint.EN} {
		t.Shared(s)
	}
	t.String((*string)(&d.Edits))
}
