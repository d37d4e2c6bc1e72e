package image

import "math"

// plane is a grid of pixels that have the same number of samples, a byte each,
// side by side: one for a plane of luminance, four for RGBA or CMYK. A pixel of
// the plane is for everyX by everyY of the picture.
type plane struct {
	pix            []byte
	stride         int
	w, h           int
	perPixel       int
	everyX, everyY int
}

func newPlane(w, h, perPixel int) plane {
	return plane{make([]byte, w*h*perPixel), w * perPixel, w, h, perPixel, 1, 1}
}

func (p plane) row(y int) []byte { return p.pix[y*p.stride:][:p.w*p.perPixel] }

// axis says which stretch of a plane becomes how many pixels. Step is how much
// of the stretch one of them takes; it is not length/n where chroma is coded
// for pairs of pixels and their number is odd.
type axis struct {
	from, length, step float64
	n                  int
	mirrored           bool
}

// fixed is 1 in weights: they have 14 bits behind the point, so that a sum of
// weighted bytes fits into 32.
const fixed = 1 << 14

// taps are the weights with which the pixels of a line become one of the new
// line: those of the old from first on, size of them for each.
type taps struct {
	first   []int
	weights []int32
	size    int
}

func (t taps) of(i int) (first int, weights []int32) {
	return t.first[i], t.weights[i*t.size:][:t.size]
}

// taps computes the weights of the Catmull-Rom kernel, as wide as the step:
// the kernel of golang.org/x/image/draw and most picture programs, sharp
// without rings that show. Beyond the edge (of most pixels) stands the edge.
func (a axis) taps(most int) taps {
	wide := max(a.step, 1)
	size := min(int(math.Ceil(4*wide))+1, most)
	t := taps{make([]int, a.n), make([]int32, a.n*size), size}
	exact := make([]float64, size)
	for i := range a.n {
		middle := a.from + (float64(i)+.5)*a.step
		if a.mirrored {
			middle = a.from + a.length - (float64(i)+.5)*a.step
		}
		begin := int(math.Floor(middle - 2*wide))
		first := max(0, min(begin, most-size))
		clear(exact)
		sum := 0.
		for at := begin; at <= int(math.Ceil(middle+2*wide)); at++ {
			if weight := catmullRom((float64(at) + .5 - middle) / wide); weight != 0 {
				exact[max(0, min(at, most-1)-first)] += weight
				sum += weight
			}
		}
		t.first[i] = first
		roundTo(fixed, exact, sum, t.weights[i*size:][:size])
	}
	return t
}

// roundTo makes the weights whole numbers whose sum is exact, so that a plain
// surface stays as it is.
func roundTo(total int32, exact []float64, sum float64, weights []int32) {
	largest, left := 0, total
	for k, e := range exact {
		weights[k] = int32(math.Round(e / sum * float64(total)))
		left -= weights[k]
		if weights[k] > weights[largest] {
			largest = k
		}
	}
	weights[largest] += left
}

func catmullRom(x float64) float64 {
	switch x = math.Abs(x); {
	case x < 1:
		return (1.5*x-2.5)*x*x + 1
	case x < 2:
		return ((-.5*x+2.5)*x-4)*x + 2
	}
	return 0
}

// scaled is a part of the plane at another size. Columns go first: they are
// added up a whole row at a time, which needs no look-up per pixel, and what is
// left for the costlier rows is a fraction.
func (p plane) scaled(x, y axis) plane {
	out := newPlane(x.n, y.n, p.perPixel)
	weighing, down := newWeighing(x.taps(p.w), p.w, p.perPixel), y.taps(p.h)
	for j := range y.n {
		first, weights := down.of(j)
		weighing.row(out.row(j), p, first, weights)
	}
	return out
}

// weighing makes rows of a scaled plane, one after the other.
type weighing struct {
	across taps
	from   int     // the first sample of a line that is used
	line   []byte  // rows, weighed, of which one is made
	sums   []int32 // of the part of it that is used
}

func newWeighing(across taps, w, perPixel int) weighing {
	from, to := across.span()
	return weighing{across, from * perPixel, make([]byte, w*perPixel), make([]int32, (to-from)*perPixel)}
}

// row makes one from those of a plane that it is weighed from, from first on.
func (g *weighing) row(out []byte, p plane, first int, weights []int32) {
	p.addRows(g.sums, first, weights, g.from)
	narrow(g.line[g.from:], g.sums)
	switch p.perPixel {
	case 1:
		g.across.one(out, g.line)
	default:
		g.across.four(out, g.line)
	}
}

// span is the part of the old line that is used at all.
func (t taps) span() (from, to int) {
	from = math.MaxInt
	for _, first := range t.first {
		from, to = min(from, first), max(to, first+t.size)
	}
	return from, to
}

// addRows sets sums to the weighted sum of rows, from a column on.
func (p plane) addRows(sums []int32, first int, weights []int32, column int) {
	for i := range sums {
		sums[i] = fixed / 2
	}
	part := func(k int) []byte { return p.row(first + k)[column:][:len(sums)] }
	k := 0
	for ; k+4 <= len(weights); k += 4 {
		w := (*[4]int32)(weights[k:])
		if *w == [4]int32{} {
			continue
		}
		a, b, c, d := part(k), part(k+1), part(k+2), part(k+3)
		for i := range sums {
			sums[i] += w[0]*int32(a[i]) + w[1]*int32(b[i]) + w[2]*int32(c[i]) + w[3]*int32(d[i])
		}
	}
	for ; k < len(weights); k++ {
		if w := weights[k]; w != 0 {
			a := part(k)
			for i := range sums {
				sums[i] += w * int32(a[i])
			}
		}
	}
}

// narrow makes sums bytes.
func narrow(line []byte, sums []int32) {
	line = line[:len(sums)]
	for i, s := range sums {
		line[i] = toByte(s)
	}
}

func toByte(sum int32) byte {
	v := sum >> 14
	if uint32(v) > 255 {
		v = max(0, min(v, 255))
	}
	return byte(v)
}

func (t taps) one(out, line []byte) {
	for i := range out {
		first, weights := t.of(i)
		old := line[first:][:len(weights)]
		sum := int32(fixed / 2)
		for k, w := range weights {
			sum += w * int32(old[k])
		}
		out[i] = toByte(sum)
	}
}

func (t taps) four(out, line []byte) {
	for i := 0; i*4 < len(out); i++ {
		first, weights := t.of(i)
		old := line[first*4:][:len(weights)*4]
		a, b, c, d := int32(fixed/2), int32(fixed/2), int32(fixed/2), int32(fixed/2)
		for k, w := range weights {
			s := (*[4]byte)(old[k*4:])
			a += w * int32(s[0])
			b += w * int32(s[1])
			c += w * int32(s[2])
			d += w * int32(s[3])
		}
		copy(out[i*4:], []byte{toByte(a), toByte(b), toByte(c), toByte(d)})
	}
}

// halved is the plane with the mean of four pixels for each: a good start for
// what becomes much smaller, and far cheaper than weighing every pixel.
func (p plane) halved() plane {
	n := p.perPixel
	out := newPlane((p.w+1)/2, (p.h+1)/2, n)
	out.everyX, out.everyY = 2*p.everyX, 2*p.everyY
	for y := range out.h {
		halveRow(out.row(y), p.row(2*y), p.row(min(2*y+1, p.h-1)), p.w, n)
	}
	return out
}

// halveRow makes a row of two that have w pixels of n samples.
func halveRow(row, above, below []byte, w, n int) {
	if n == 1 {
		meanOfPairs(row[:w/2], above, below)
	} else {
		meanOfFours(row[:w/2*n], above, below)
	}
	if w%2 == 1 {
		for c := range n {
			row[w/2*n+c] = byte((int(above[(w-1)*n+c]) + int(below[(w-1)*n+c]) + 1) / 2)
		}
	}
}

func meanOfPairs(row, above, below []byte) {
	above, below = above[:2*len(row)], below[:2*len(row)]
	for x := range row {
		row[x] = byte((int(above[2*x]) + int(above[2*x+1]) + int(below[2*x]) + int(below[2*x+1]) + 2) / 4)
	}
}

func meanOfFours(row, above, below []byte) {
	for x := 0; x+4 <= len(row); x += 4 {
		a, b := (*[8]byte)(above[2*x:]), (*[8]byte)(below[2*x:])
		for c := range 4 {
			row[x+c] = byte((int(a[c]) + int(a[c+4]) + int(b[c]) + int(b[c+4]) + 2) / 4)
		}
	}
}

// transposed is the plane with rows for columns.
func (p plane) transposed() plane {
	out := newPlane(p.h, p.w, p.perPixel)
	n := p.perPixel
	for y := range p.h {
		row := p.row(y)
		for x := range p.w {
			copy(out.pix[x*out.stride+y*n:][:n], row[x*n:])
		}
	}
	return out
}
