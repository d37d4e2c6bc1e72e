package image

import (
	"bytes"
	"cmp"
	"context"
	"image/jpeg"
	"image/png"

	"golang.org/x/sync/semaphore"

	"qinglian/internal/diag"
)

// Variant is what an operation made of a picture.
type Variant struct {
	Format        Format
	Width, Height int
	Bytes         []byte
}

// Budget is the memory that all who make pictures at once may take together.
type Budget struct {
	bytes int64
	free  *semaphore.Weighted
}

// NewBudget is a Budget of so many bytes. A single picture that needs more is
// worked on when nothing else is.
func NewBudget(bytes int64) *Budget { return &Budget{bytes, semaphore.NewWeighted(bytes)} }

// take waits for memory and returns what gives it back.
func (b *Budget) take(ctx context.Context, bytes int64) (func(), error) {
	bytes = min(bytes, b.bytes)
	if err := b.free.Acquire(ctx, bytes); err != nil {
		return nil, err
	}
	return func() { b.free.Release(bytes) }, nil
}

// Make does the operations to the picture, which it decodes once. The error is
// a diag.List if the picture is at fault. A result depends on nothing but the
// bytes of the picture and its operation: not on the file's name nor on the
// other operations.
func Make(ctx context.Context, budget *Budget, file string, raw []byte, ops ...Operation) ([]Variant, error) {
	p, problem := read(raw)
	if problem != nil {
		return nil, diag.List{problem.In(file)}
	}
	out := make([]Variant, len(ops))
	decoded := false
	for n, o := range ops {
		out[n].Format = p.As(o)
		out[n].Width, out[n].Height = p.Size(o)
		if !p.changes(o) {
			out[n].Bytes = p.clean()
		}
		decoded = decoded || p.changes(o)
	}
	if !decoded {
		return out, nil
	}
	release, err := budget.take(ctx, p.needs(ops)+int64(len(raw)))
	if err != nil {
		return nil, err
	}
	defer release()
	made, err := p.scaler(ops) // also where nothing is to be done: it proves that the picture is whole
	if err != nil {
		return nil, diag.List{undecoded(err).In(file)}
	}
	for n, o := range ops {
		if !p.changes(o) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if out[n].Bytes, err = p.variant(made, n, o); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// needs is the memory that operations take: the picture with what halving gives,
// or, where it comes in rows, all that is made of it.
func (p *picture) needs(ops []Operation) int64 {
	if p.rows == nil {
		return p.Memory * 4 / 3
	}
	bytes := p.Memory
	for _, o := range ops {
		w, h := p.scaled(o)
		bytes += 8 * int64(w) * int64(h)
	}
	return bytes
}

// scaler decodes the picture and gives what makes the pixels of an operation, by
// its number.
func (p *picture) scaler(ops []Operation) (func(n int) *pixels, error) {
	if p.rows != nil {
		made, err := p.strips(ops)
		return func(n int) *pixels { return made[n] }, err
	}
	whole, err := p.decode()
	from := &source{levels: []*pixels{whole}}
	return func(n int) *pixels {
		w, h := p.scaled(ops[n])
		return from.scaled(crop(p.Width, p.Height, ops[n].Ratio, ops[n].Focus), p.Turn, w, h)
	}, err
}

// heavy is from how many bits a pixel on a JPEG is coded anew although it has
// the right size: cameras store at the best quality, of 5 bits and more; at
// ours a pixel takes 1 to 2.
const heavy = 4

// keeps reports whether the coded pixels are already what an operation asks
// for.
func (p *picture) keeps(o Operation) bool {
	w, h := p.Size(o)
	return p.Turn == Upright && w == p.Width && h == p.Height && p.As(o) == p.Format && p.Model != CMYK
}

// copies reports whether an operation is done by copying the coded pixels.
func (p *picture) copies(o Operation) bool {
	return p.keeps(o) && (p.Format != JPEG || int64(p.size())*8 < heavy*p.Pixels())
}

// variant is what an operation makes, the one of a number.
func (p *picture) variant(made func(n int) *pixels, n int, o Operation) ([]byte, error) {
	if p.copies(o) {
		return p.clean(), nil
	}
	bytes, err := p.encode(made(n).padded(o.Least), o)
	if p.keeps(o) && len(bytes) > p.size() {
		return p.clean(), err
	}
	return bytes, err
}

func (p *picture) encode(made *pixels, o Operation) ([]byte, error) {
	if made.layout == cmyk {
		made = made.rgb()
	}
	var out bytes.Buffer
	switch p.As(o) {
	case PNG:
		e := png.Encoder{CompressionLevel: png.BestCompression}
		if err := e.Encode(&out, made.picture()); err != nil {
			return nil, err
		}
		return p.withChunks(out.Bytes()), nil
	case JPEG:
		if err := jpeg.Encode(&out, made.onWhite().picture(),
			&jpeg.Options{Quality: cmp.Or(o.Quality, quality(made.w))}); err != nil {
			return nil, err
		}
		return p.withExtras(out.Bytes()), nil
	}
	panic("image: an operation can't ask for " + o.Format.String())
}
