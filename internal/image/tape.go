package image

import "qinglian/internal/flat"

// Tape records or plays an Info without its Label, which only making a picture
// looks at.
func (i *Info) Tape(t *flat.Tape) {
	format, model, turn := int(i.Format), int(i.Model), int(i.Turn)
	t.Int(&format)
	t.Int(&i.Width)
	t.Int(&i.Height)
	t.Int(&i.Bytes)
	t.Int(&i.Depth)
	t.Int(&model)
	t.Int(&turn)
	t.Bool(&i.Alpha)
	t.Bool(&i.Animated)
	t.Bool(&i.Profile)
	t.Bool(&i.Private)
	t.Int64(&i.Memory)
	i.Format, i.Model, i.Turn = Format(format), Model(model), Turn(turn)
}
