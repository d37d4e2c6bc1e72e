package image

// strip scales a plane whose rows come one by one. It keeps those that the next
// row of the result is made of: some for one where the plane becomes smaller.
type strip struct {
	weighing
	down     taps
	mirrored bool  // the last row of the result is made first
	window   plane // of rows from base on
	base     int
	have     int
	made     int // rows of the result
	out      plane
}

func newStrip(w, h, perPixel int, x, y axis) *strip {
	s := &strip{weighing: newWeighing(x.taps(w), w, perPixel), down: y.taps(h), mirrored: y.mirrored}
	s.window = newPlane(w, min(2*s.down.size, h), perPixel)
	s.out = newPlane(x.n, y.n, perPixel)
	return s
}

// push takes the next row.
func (s *strip) push(row []byte) {
	if s.have == s.window.h {
		keep := s.down.size - 1
		copy(s.window.pix, s.window.pix[(s.have-keep)*s.window.stride:])
		s.base, s.have = s.base+s.have-keep, keep
	}
	copy(s.window.row(s.have), row)
	s.have++
	for s.made < s.out.h {
		j := s.made
		if s.mirrored {
			j = s.out.h - 1 - j
		}
		first, weights := s.down.of(j)
		if first+len(weights) > s.base+s.have {
			return
		}
		s.row(s.out.row(j), s.window, first-s.base, weights)
		s.made++
	}
}

// level is a picture as its rows come, halved so often, and what is made of it.
type level struct {
	w, h, perPixel int
	every          int // pixels of the picture for one of these, in each direction
	strips         []*strip
	half           *level // nil if nothing is made of it
	above, row     []byte // one that waits for the one below it, and the mean of both
	waits          bool
}

// at is the level that is halved so often.
func (l *level) at(halvings int) *level {
	if halvings == 0 {
		return l
	}
	if l.half == nil {
		l.half = &level{w: (l.w + 1) / 2, h: (l.h + 1) / 2, perPixel: l.perPixel, every: 2 * l.every}
		l.above, l.row = make([]byte, l.w*l.perPixel), make([]byte, l.half.w*l.perPixel)
	}
	return l.half.at(halvings - 1)
}

// push takes the next row.
func (l *level) push(row []byte) {
	for _, s := range l.strips {
		s.push(row)
	}
	switch {
	case l.half == nil:
	case l.waits:
		l.waits = false
		halveRow(l.row, l.above, row, l.w, l.perPixel)
		l.half.push(l.row)
	default:
		l.waits = true
		copy(l.above, row)
	}
}

// end is behind the last row.
func (l *level) end() {
	if l.half == nil {
		return
	}
	if l.waits {
		halveRow(l.row, l.above, l.above, l.w, l.perPixel)
		l.half.push(l.row)
	}
	l.half.end()
}

// strips makes what operations want of a picture whose rows come one by one; nil
// for those that want no pixels.
func (p *picture) strips(ops []Operation) ([]*pixels, error) {
	rows, err := p.pngRows()
	if err != nil {
		return nil, err
	}
	whole := &level{w: rows.w, h: rows.h, perPixel: rows.perPixel, every: 1}
	made, strips := make([]*pixels, len(ops)), make([]*strip, len(ops))
	for n, o := range ops {
		if !p.changes(o) || p.copies(o) {
			continue
		}
		w, h := p.scaled(o)
		part := crop(p.Width, p.Height, o.Ratio, o.Focus)
		made[n] = &pixels{layout: rows.layout, w: w, h: h}
		at := whole.at(halvings(part, w, h))
		x, y := axes(part, p.Turn, rows.w, rows.h, w, h)
		strips[n] = newStrip(at.w, at.h, at.perPixel, x.plane(at.every, 1), y.plane(at.every, 1))
		at.strips = append(at.strips, strips[n])
	}
	for range rows.h {
		row, err := rows.next()
		if err != nil {
			return nil, err
		}
		whole.push(row)
	}
	whole.end()
	for n, m := range made {
		if m == nil {
			continue
		}
		m.clear = rows.clear
		out := strips[n].out
		if p.Turn.sideways() {
			out = out.transposed()
		}
		m.planes = []plane{out}
	}
	return made, rows.end()
}
