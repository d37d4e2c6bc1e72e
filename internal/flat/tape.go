// Package flat writes values as a run of bytes and reads them back, for what
// is kept between two builds.
//
// A Tape goes one way or the other: a type says once, in one method, which of
// its parts go onto a tape in which order, and the same method records and
// plays. So the two directions can't drift apart, and nothing is looked up by
// reflection. There are no names and no types on a tape: whoever keeps one must
// know that it was recorded by the same program, and that it is whole.
//
// All the same, playing is total. A tape that is cut short or holds nonsense
// gives zero values, [Tape.Whole] says so, and no length on it makes the reader
// allocate without bound. Texts that were played
// share the tape's own bytes: a tape of ten thousand articles is read without
// making a single text.
package flat

import (
	"encoding/binary"
	"time"
)

// Tape is a run of values. The zero Tape records.
type Tape struct {
	recorded []byte
	rest     string // still to be played
	playing  bool
	bad      bool
	zones    map[int]*time.Location
	shared   []string          // the texts so far that many values have
	places   map[string]uint64 // of these, from 1 on, while recording
}

// Play is a tape that plays what another recorded.
func Play(recorded string) *Tape { return &Tape{rest: recorded, playing: true} }

// Record is a tape that records, with room for size bytes at first.
func Record(size int) *Tape { return &Tape{recorded: make([]byte, 0, size)} }

// Playing reports whether values come from the tape.
func (t *Tape) Playing() bool { return t.playing }

// Recorded is all that was recorded.
func (t *Tape) Recorded() []byte { return t.recorded }

// Whole reports whether all that was asked for was there, and nothing else.
func (t *Tape) Whole() bool { return !t.bad && t.rest == "" }

// Bad reports whether something that was asked for was not there.
func (t *Tape) Bad() bool { return t.bad }

// fail ends a tape that makes no sense.
func (t *Tape) fail() {
	t.bad, t.rest = true, ""
}

// Uint is a number.
func (t *Tape) Uint(n *uint64) {
	if !t.playing {
		t.recorded = binary.AppendUvarint(t.recorded, *n)
		return
	}
	*n = 0
	for i := range min(len(t.rest), binary.MaxVarintLen64) {
		b := t.rest[i]
		if i == binary.MaxVarintLen64-1 && b > 1 {
			break
		}
		*n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			t.rest = t.rest[i+1:]
			return
		}
	}
	*n = 0
	t.fail()
}

// Int is a number that may be below zero. As with all others, recording writes nothing to
// the value: others may read it at the same time.
func (t *Tape) Int(n *int) {
	wide := int64(*n)
	if t.Int64(&wide); t.playing {
		*n = int(wide)
	}
}

// Int64 is a number that may be below zero.
func (t *Tape) Int64(n *int64) {
	u := uint64(*n)<<1 ^ uint64(*n>>63)
	if t.Uint(&u); t.playing {
		*n = int64(u>>1) ^ -int64(u&1)
	}
}

// Bool is whether something is so.
func (t *Tape) Bool(b *bool) {
	var n uint64
	if *b {
		n = 1
	}
	if t.Uint(&n); t.playing {
		*b = n == 1
	}
}

// String is a text. One that was played is a part of the tape: it keeps all of
// it in memory.
func (t *Tape) String(s *string) {
	n := uint64(len(*s))
	t.Uint(&n)
	if !t.playing {
		t.recorded = append(t.recorded, *s...)
		return
	}
	if n > uint64(len(t.rest)) {
		n = 0
		t.fail()
	}
	*s, t.rest = t.rest[:n], t.rest[n:]
}

// Shared is a text that many values have: it is on the tape once, and its place among
// such texts from then on.
func (t *Tape) Shared(s *string) {
	at := t.places[*s] // from 1 on
	t.Uint(&at)
	switch {
	case at > uint64(len(t.shared)):
		*s = ""
		t.fail()
	case at > 0:
		*s = t.shared[at-1]
	default:
		t.String(s)
		t.shared = append(t.shared, *s)
		if !t.playing {
			t.place(*s)
		}
	}
}

func (t *Tape) place(s string) {
	if t.places == nil {
		t.places = map[string]uint64{}
	}
	t.places[s] = uint64(len(t.shared))
}

// Bytes are as many bytes as the slice has.
func (t *Tape) Bytes(b []byte) {
	if !t.playing {
		t.recorded = append(t.recorded, b...)
		return
	}
	if len(b) > len(t.rest) {
		clear(b)
		t.fail()
		return
	}
	t.rest = t.rest[copy(b, t.rest):]
}

// Time is a moment to the second with its distance from UTC. The name of its
// zone is not kept.
func (t *Tape) Time(at *time.Time) {
	var seconds int64
	var offset int
	zero := at.IsZero()
	if !zero {
		seconds = at.Unix()
		_, offset = at.Zone()
	}
	t.Bool(&zero)
	if zero {
		if t.playing {
			*at = time.Time{}
		}
		return
	}
	t.Int64(&seconds)
	t.Int(&offset)
	if t.playing {
		*at = time.Unix(seconds, 0).In(t.zone(offset))
	}
}

func (t *Tape) zone(offset int) *time.Location {
	if offset == 0 {
		return time.UTC
	}
	zone := t.zones[offset]
	if zone == nil {
		if t.zones == nil {
			t.zones = map[int]*time.Location{}
		}
		zone = time.FixedZone("", offset)
		t.zones[offset] = zone
	}
	return zone
}

// Alone is a value as it is recorded by itself, in the room that the tape has: it is
// another one after the next call.
func (t *Tape) Alone(value func(*Tape)) []byte {
	*t = Tape{recorded: t.recorded[:0]}
	value(t)
	return t.recorded
}

// Again plays another tape with what this one had use for, and reports whether it is
// whole.
func (t *Tape) Again(recorded string, value func(*Tape)) bool {
	t.rest, t.playing, t.bad, t.shared = recorded, true, false, t.shared[:0]
	value(t)
	return t.Whole()
}

// Slice is any number of values; each is put onto the tape by a function. An
// empty slice is played as nil.
func Slice[T any](t *Tape, s *[]T, each func(*Tape, *T)) {
	n := uint64(len(*s))
	t.Uint(&n)
	if t.playing {
		if n > uint64(len(t.rest)) { // each value takes a byte or more
			n = 0
			t.fail()
		}
		*s = nil
		if n > 0 {
			*s = make([]T, n, n+n/64) // with room for what edits add to a long one
		}
	}
	for i := range *s {
		each(t, &(*s)[i])
	}
}

// Strings are any number of texts.
func (t *Tape) Strings(s *[]string) { Slice(t, s, (*Tape).String) }
