package diag

import "qinglian/internal/flat"

// Edit puts a text in the place of what stands between two byte offsets of a file.
type Edit struct {
	At, End int
	Text    string
}

// Edits are those that mend a Diagnostic, recorded as one text: with a slice it
// would be no value that == compares. They hold for the text that was compiled.
type Edits string

// Flat records edits.
func Flat(edits ...Edit) Edits {
	if len(edits) == 0 {
		return ""
	}
	var t flat.Tape
	flat.Slice(&t, &edits, tapeEdit)
	return Edits(t.Recorded())
}

// All are the edits, in the order in which they were recorded.
func (e Edits) All() (edits []Edit) {
	if e != "" {
		flat.Slice(flat.Play(string(e)), &edits, tapeEdit)
	}
	return edits
}

func tapeEdit(t *flat.Tape, e *Edit) {
	t.Int(&e.At)
	t.Int(&e.End)
	t.String(&e.Text)
}
