// Package digest names things by what they are made of.
//
// A Digest is the first 128 bits of a SHA-256. Two things with the same digest
// are taken to be the same; everything incremental rests on it. Parts are
// written with their lengths, so that ("ab", "c") and ("a", "bc") differ.
//
// A hash that was not made to withstand an attacker would be quicker still, but
// what is hashed comes from anywhere: a text that was pasted must not be able to
// pass for another. What costs is not SHA-256, which processors compute, but
// handing it many small parts; so a Hash gathers its parts and hands over many at
// once.
package digest

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"io"
)

// Digest is the name of something by its content.
type Digest [16]byte

// Of is the digest of some bytes as a whole.
func Of(b []byte) Digest {
	sum := sha256.Sum256(b)
	return Digest(sum[:16])
}

// OfText is that of texts, one behind the other, which are not copied for it.
func OfText(parts ...string) Digest {
	h := sha256.New()
	room := make([]byte, 1<<10)
	for _, s := range parts {
		for len(s) > 0 {
			n := copy(room, s)
			h.Write(room[:n])
			s = s[n:]
		}
	}
	return Digest(h.Sum(nil)[:16])
}

// OfAll is the digest of all that a reader gives: that of [Of], without its being
// in memory.
func OfAll(in io.Reader) (Digest, error) {
	h := sha256.New()
	if _, err := io.Copy(h, in); err != nil {
		return Digest{}, err
	}
	return Digest(h.Sum(nil)[:16]), nil
}

// String is the digest in hexadecimal.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// Parse reads what [Digest.String] wrote.
func Parse(s string) (d Digest, ok bool) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(d) {
		return d, false
	}
	d = Digest(b)
	return d, d.String() == s
}

// Short is the part of the digest that stands in a published file name.
func (d Digest) Short() string { return hex.EncodeToString(d[:5]) }

// Hash adds up parts to a Digest.
type Hash struct {
	few     [240]byte // room for what most Hashes add up: nothing is allocated for them
	n       int       // how much of few is used
	more    []byte    // the parts, once they are more than that, as far as they were not handed over
	spilled bool      // they are more
	sum     hash.Hash // of what was handed over
	handed  bool      // something was
}

// most is how much is gathered.
const most = 4 << 10

// New is an empty Hash for the kind of thing named: things of two kinds never
// have the same digest.
func New(kind string) *Hash {
	h := &Hash{}
	return h.String(kind)
}

// Reset empties a Hash for another kind of thing, with the room that it has.
func (h *Hash) Reset(kind string) {
	h.n, h.more, h.spilled, h.handed = 0, h.more[:0], false, false
	h.addText(kind)
}

// String adds texts.
func (h *Hash) String(parts ...string) *Hash {
	for _, s := range parts {
		h.addText(s)
	}
	return h
}

func (h *Hash) addText(s string) {
	var length [binary.MaxVarintLen64]byte
	h.add(length[:binary.PutUvarint(length[:], uint64(len(s)))])
	if !h.spilled && h.n+len(s) <= len(h.few) {
		h.n += copy(h.few[h.n:], s)
		return
	}
	h.spill()
	for len(h.more)+len(s) > most {
		n := most - len(h.more)
		h.more, s = append(h.more, s[:n]...), s[n:]
		h.handOver()
	}
	h.more = append(h.more, s...)
}

func (h *Hash) add(b []byte) {
	if !h.spilled && h.n+len(b) <= len(h.few) {
		h.n += copy(h.few[h.n:], b)
		return
	}
	h.spill()
	for len(h.more)+len(b) > most {
		n := most - len(h.more)
		h.more, b = append(h.more, b[:n]...), b[n:]
		h.handOver()
	}
	h.more = append(h.more, b...)
}

// spill makes room for what does not fit into few.
func (h *Hash) spill() {
	if h.spilled {
		return
	}
	if h.more == nil {
		h.more = make([]byte, 0, 4*len(h.few))
	}
	h.more, h.spilled = append(h.more, h.few[:h.n]...), true
}

func (h *Hash) handOver() {
	if h.sum == nil {
		h.sum = sha256.New()
	}
	if !h.handed {
		h.sum.Reset()
	}
	h.sum.Write(h.more)
	h.more, h.handed = h.more[:0], true
}

// Int adds numbers.
func (h *Hash) Int(parts ...int64) *Hash {
	for _, n := range parts {
		var b [binary.MaxVarintLen64]byte
		h.add(b[:binary.PutVarint(b[:], n)])
	}
	return h
}

// Bool adds whether something is so.
func (h *Hash) Bool(b bool) *Hash {
	if b {
		return h.Int(1)
	}
	return h.Int(0)
}

// Digest adds the digests of parts.
func (h *Hash) Digest(parts ...Digest) *Hash {
	for i := range parts {
		h.add(parts[i][:])
	}
	return h
}

// Sum is the digest of all that was added.
func (h *Hash) Sum() Digest {
	switch {
	case h.handed:
		h.handOver()
		return Digest(h.sum.Sum(nil)[:16])
	case h.spilled:
		return Of(h.more)
	}
	return Of(h.few[:h.n])
}

// Plus is the digest of two things together.
func (d Digest) Plus(e Digest) Digest { return New("plus").Digest(d, e).Sum() }
