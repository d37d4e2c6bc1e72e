package source

import "qinglian/internal/flat"

// Tape records or plays a stamp.
func (s *Stamp) Tape(t *flat.Tape) {
	t.Int64(&s.Size)
	t.Int64(&s.ModTime)
	t.Int64(&s.Changed)
	t.Uint(&s.Inode)
}
