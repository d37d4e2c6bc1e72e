package qr

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"math/bits"

	"rsc.io/qr/coding"
)

// PNG is the code as a picture of black and white, eight pixels a module.
//
// Every article has one, so it is written by hand. The lines of such a picture
// consist of two bytes, and seven of eight repeat the one before: a Huffman code
// that is made for this gives 500 bytes in 20 microseconds. compress/flate needs 350 for
// 380 bytes, and the encoder of rsc.io/qr 80 for 1,800.
func (c Code) PNG() []byte {
	var header [13]byte
	binary.BigEndian.PutUint32(header[0:], uint32(c.Pixels()))
	binary.BigEndian.PutUint32(header[4:], uint32(c.Pixels()))
	header[8] = 1 // bit a pixel, grey: 0 is black; no interlacing

	out := bytes.NewBuffer(make([]byte, 0, 1<<10))
	out.WriteString("\x89PNG\r\n\x1a\n")
	writeChunk(out, "IHDR", header[:])
	writeChunk(out, "IDAT", c.compressed())
	writeChunk(out, "IEND", nil)
	return out.Bytes()
}

func writeChunk(out *bytes.Buffer, kind string, data []byte) {
	out.Write(binary.BigEndian.AppendUint32(nil, uint32(len(data))))
	start := out.Len()
	out.WriteString(kind)
	out.Write(data)
	out.Write(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(out.Bytes()[start:])))
}

const (
	whiteByte = 0xff // eight pixels; black ones are 0, and so is the filter "none" that begins a line

	endOfBlock  = 256
	firstLength = 257 // the symbols of lengths follow the literals and the end
	lastLength  = 285
	longest     = 258
)

// compressed is the picture's lines as a zlib stream (RFC 1950) of one block
// with its own code (RFC 1951, 3.2.7).
func (c Code) compressed() []byte {
	n := c.Size()
	line := 1 + n // bytes
	sum := adler{a: 1}
	w := &bitWriter{out: append(make([]byte, 0, 768), 0x78, 0x01)}
	w.header(line)
	for y := range n {
		l := c.line(w, y)
		for range scale {
			sum.add(line, whiteByte*l.white, whiteByte*l.weighted)
		}
		w.repeat((scale-1)*line, line)
	}
	w.symbol(endOfBlock)
	w.flush()
	return binary.BigEndian.AppendUint32(w.out, sum.sum())
}

// modules are some that stand side by side, eight at most, as they are written.
type modules struct {
	code, bits int
	count      int
	white      int // how many are
	before     int // how many modules stand before each white one, summed up
}

// modulesOf are those of a byte's highest bits, in which black ones are set.
func modulesOf(b byte, count int) modules {
	m := modules{count: count}
	for i := range count {
		if b&(0x80>>i) != 0 {
			m.code |= black << m.bits
			m.bits += blackBits
			continue
		}
		m.code |= white << m.bits
		m.bits += whiteBits
		m.white++
		m.before += i
	}
	return m
}

// eights are all that eight modules can be. One by one they cost more than all the rest of
// a code: whether one is black is what no processor guesses.
var eights = func() (all [256]modules) {
	for b := range all {
		all[b] = modulesOf(byte(b), 8)
	}
	return all
}()

// margin is the quiet zone at an end of a line, blank a row of modules in it.
var (
	margin = modulesOf(0, quiet)
	blank  = make([]byte, (17+4*coding.MaxVersion)/8+1)
)

// line is what adler is to know of one: how many modules are white, and their sum where
// each counts as often as modules stand from it to the end.
type line struct{ white, weighted int }

// line writes a line of the picture.
func (c Code) line(w *bitWriter, y int) (l line) {
	row := blank
	if from := (y - quiet) * c.modules.Stride; 0 <= from && from < len(c.modules.Bitmap) {
		row = c.modules.Bitmap[from:]
	}
	left := c.Size()
	add := func(m *modules) {
		w.write(m.code, m.bits)
		l.white += m.white
		l.weighted += m.white*left - m.before
		left -= m.count
	}
	w.write(black, blackBits) // the filter
	add(&margin)
	for _, b := range row[:c.modules.Size/8] {
		add(&eights[b])
	}
	last := modulesOf(row[c.modules.Size/8], c.modules.Size%8) // there are 17, and four for each version
	add(&last)
	add(&margin)
	return l
}

// adler is the checksum of zlib streams. Lines that repeat need not be summed up
// again; nor is there need of a remainder before the end, since the sums of the largest
// code have 45 bits.
type adler struct{ a, b uint64 }

// add adds a line of n bytes with the sum of its bytes, and their sum where each
// counts as often as bytes stand from it to the end.
func (s *adler) add(n, bytes, weighted int) {
	s.b += uint64(n)*s.a + uint64(weighted)
	s.a += uint64(bytes)
}

func (s *adler) sum() uint32 {
	const base = 65521
	return uint32(s.b%base<<16 | s.a%base)
}

// bitWriter writes from the lowest bit up.
type bitWriter struct {
	out  []byte
	bits uint64
	n    int
}

func (w *bitWriter) write(value, n int) {
	w.bits |= uint64(value) << w.n
	for w.n += n; w.n >= 8; w.n -= 8 {
		w.out = append(w.out, byte(w.bits))
		w.bits >>= 8
	}
}

func (w *bitWriter) flush() {
	if w.n > 0 {
		w.write(0, 8-w.n)
	}
}

// code writes a Huffman code, which begins with its highest bit.
func (w *bitWriter) code(code, n int) {
	w.write(int(bits.Reverse16(uint16(code))>>(16-n)), n)
}

// The canonical codes have these lengths in bits: white 1, black 2, the end of the
// block and the first length 6, all other lengths 7.

// symbol writes the end of the block or a length.
func (w *bitWriter) symbol(s int) {
	if s <= firstLength {
		w.code(0b110000+s-endOfBlock, 6)
	} else {
		w.code(0b1100100+s-firstLength-1, 7)
	}
}

// white and black are the two symbols that most of a picture consists of.
const (
	white, whiteBits = 0b0, 1
	black, blackBits = 0b01, 2
)

// header begins the last block and gives its codes. There is one distance,
// whose code is a single bit.
func (w *bitWriter) header(distance int) {
	symbol, _, _ := distanceSymbol(distance)
	w.write(1, 1) // the last block
	w.write(2, 2) // with its own code
	w.write(lastLength-256, 5)
	w.write(symbol, 5)
	w.write(18-4, 4) // 18 lengths of the code for lengths, in this order
	for _, of := range []int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1} {
		w.write(map[bool]int{true: 3}[lengthCode(of) >= 0], 3)
	}
	emit := func(symbol int) { w.code(lengthCode(symbol), 3) }
	zeros := func(n int) {
		emit(18)
		w.write(n-11, 7)
	}
	emit(2) // black
	zeros(138)
	zeros(254 - 138)
	emit(1) // white
	emit(6)
	emit(6)
	emit(7)
	for _, again := range []int{6, 6, 6, 6, 3} {
		emit(16)
		w.write(again-3, 2)
	}
	if symbol < 11 {
		emit(17)
		w.write(symbol-3, 3)
	} else {
		zeros(symbol)
	}
	emit(1)
}

// lengthCode is the code of three bits for a length of codes, or for what
// repeats one; -1 for what is not used. The eighth code, for 0, makes it
// complete.
func lengthCode(symbol int) int {
	for i, s := range [8]int{0, 1, 2, 6, 7, 16, 17, 18} {
		if s == symbol {
			return i
		}
	}
	return -1
}

// repeat writes n bytes again that stand distance bytes back.
func (w *bitWriter) repeat(n, distance int) {
	_, extra, bits := distanceSymbol(distance)
	for n > 0 {
		length := min(n, longest)
		if rest := n - length; rest == 1 || rest == 2 {
			length -= 3 // too short to be given alone
		}
		w.length(length)
		w.write(0, 1) // the only distance
		w.write(extra, bits)
		n -= length
	}
}

// length writes how many bytes are repeated: 3 to 258.
func (w *bitWriter) length(n int) {
	if n == longest {
		w.symbol(lastLength)
		return
	}
	// From 11 on, each four symbols share one more bit.
	rest := n - 3
	extra := max(bits.Len(uint(rest))-3, 0)
	w.symbol(firstLength + extra*4 + rest>>extra)
	w.write(rest&(1<<extra-1), extra)
}

// distanceSymbol is the symbol of a distance of more than 4, and the bits that
// follow it.
func distanceSymbol(distance int) (symbol, value, n int) {
	rest := distance - 1
	n = bits.Len(uint(rest)) - 2
	return n*2 + rest>>n, rest & (1<<n - 1), n
}
