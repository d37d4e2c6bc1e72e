package source

import "qinglian/internal/flat"

// Tape records or plays a stamp.
func (s *Stamp) Tape(t *flat.Tape) {
	t.Int64(&s.Size)
	t.Int64(&s.ModTime)
	later := s.Changed - s.ModTime // mostly nothing, or little
	t.Int64(&later)
	s.Changed = s.ModTime + later
	t.Uint(&s.Inode)
}
