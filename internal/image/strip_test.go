package image

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// typedPNG is a PNG of noise, of any type of colour, with the filters given.
func typedPNG(r *rand.Rand, width, height int, depth, model byte, transparent bool, filters []byte) []byte {
	samples := pngSamples[model].samples
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	row := make([]byte, 1+(width*samples*int(depth)+7)/8)
	for y := range height {
		for i := range row {
			row[i] = byte(r.IntN(256)) >> (y % 3 * 3) // some rows nearly plain
		}
		row[0] = filters[y%len(filters)]
		_, _ = z.Write(row) // to memory
	}
	_ = z.Close()
	head := binary.BigEndian.AppendUint32(nil, uint32(width))
	head = append(binary.BigEndian.AppendUint32(head, uint32(height)), depth, model, 0, 0, 0)
	out := append([]byte(pngHead), pngChunk("IHDR", head)...)
	colours := []byte{1, 2, 3, 200, 100, 50, 9, 90, 190}
	if model == 3 {
		out = append(out, pngChunk("PLTE", colours[:min(len(colours), 3<<depth)])...)
	}
	if transparent {
		trns := []byte{0, 1, 0, 1, 0, 1}[:2*samples]
		if model == 3 {
			trns = []byte{0, 130}
		}
		out = append(out, pngChunk("tRNS", trns)...)
	}
	coded := packed.Bytes()
	out = append(append(out, pngChunk("IDAT", coded[:len(coded)/2])...), pngChunk("IDAT", coded[len(coded)/2:])...)
	return append(out, pngChunk("IEND", nil)...)
}

// TestStrips: what is made of rows as they come is what is made of all of them.
func TestStrips(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for model, of := range pngSamples {
		for _, depth := range []byte(of.depths) {
			for _, transparent := range []bool{false, true} {
				if transparent && model > 3 {
					continue
				}
				for turn := Turn(1); turn <= 8; turn++ {
					w, h := 1+r.IntN(150), 1+r.IntN(150)
					raw := typedPNG(r, w, h, depth, model, transparent, []byte{0, 1, 2, 3, 4})
					ops := []Operation{{Width: 1 + r.IntN(40)}, {Width: 7, Ratio: Ratio{3, 2}, Focus: At(.9, .1)}, {Format: JPEG}, {Width: 100, Format: JPEG, Least: 50}}
					name := fmt.Sprintf("%d by %d, type %d, depth %d, transparent %v, turn %d", w, h, model, depth, transparent, turn)
					alike(t, name, raw, turn, ops)
				}
			}
		}
	}
}

func alike(t *testing.T, name string, raw []byte, turn Turn, ops []Operation) {
	t.Helper()
	made := func(whole bool) (out [][]byte) {
		p, problem := read(raw)
		if problem != nil || p.rows == nil {
			t.Fatalf("%s: %v", name, problem)
		}
		p.Turn = turn
		if turn.sideways() {
			p.Width, p.Height = p.Height, p.Width
		}
		if whole {
			p.rows = nil
		}
		scaler, err := p.scaler(ops)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for n, o := range ops {
			b, err := p.variant(scaler, n, o)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, b)
		}
		return out
	}
	if !slices.EqualFunc(made(false), made(true), bytes.Equal) {
		t.Errorf("%s: differ", name)
	}
}

// TestRowsDamaged: what is wrong in a file is found as it is by the library.
func TestRowsDamaged(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	whole := typedPNG(r, 40, 30, 8, 6, false, []byte{0, 1, 2, 3, 4})
	for range 2000 {
		raw := bytes.Clone(whole)
		for range 1 + r.IntN(2) {
			raw[33+r.IntN(len(raw)-33)] ^= byte(1 << r.IntN(8))
		}
		p, problem := read(raw)
		if problem != nil || p.rows == nil {
			continue
		}
		_, inRows := p.scaler([]Operation{{Width: 10}})
		_, byLibrary := p.decode()
		if (inRows == nil) != (byLibrary == nil) {
			t.Errorf("in rows %v, by the library %v", inRows, byLibrary)
		}
	}
	raw := typedPNG(r, 10, 10, 8, 0, false, []byte{0, 7})
	if p, _ := read(raw); p.rows == nil {
		t.Error("not in rows")
	} else if _, err := p.strips(nil); err == nil {
		t.Error("a filter that does not exist is taken")
	}
}
