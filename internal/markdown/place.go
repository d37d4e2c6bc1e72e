package markdown

import "qinglian/internal/diag"

// places finds the lines and columns of byte offsets of the text that was parsed,
// in the file as it was typed.
type places struct {
	*diag.Lines
	from  int   // where the text begins in the file
	edits edits // that were made in the text
}

// in is d placed at an offset of the text that was parsed.
func (p places) in(offset int, d diag.Diagnostic) diag.Diagnostic {
	return p.At(p.from+p.edits.origin(offset), d)
}
