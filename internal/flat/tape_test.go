package flat

import (
	"bytes"
	"math"
	"reflect"
	"strings"
	"testing"
	"testing/quick"
	"time"
)

// thing is a value with a part of each kind.
type thing struct {
	Count   uint64
	Size    int
	Wide    int64
	On      bool
	Name    string
	Kind    string // shared
	Sum     [4]byte
	At      time.Time
	Names   []string
	Further []thing
	Apart   string
}

func (v *thing) tape(t *Tape) {
	t.Uint(&v.Count)
	t.Int(&v.Size)
	t.Int64(&v.Wide)
	t.Bool(&v.On)
	t.String(&v.Name)
	t.Shared(&v.Kind)
	t.Bytes(v.Sum[:])
	t.Time(&v.At)
	t.Strings(&v.Names)
	Slice(t, &v.Further, func(t *Tape, v *thing) { v.tape(t) })
	t.String(&v.Apart)
}

func record(v thing) string {
	var t Tape
	v.tape(&t)
	return string(t.Recorded())
}

func play(recorded string) (v thing, whole bool) {
	t := Play(recorded)
	v.tape(t)
	return v, t.Whole()
}

var sample = thing{
	Count: math.MaxUint64, Size: -1, Wide: math.MinInt64, On: true, Name: "名\x00", Sum: [4]byte{1, 2, 3, 255},
	At: time.Date(2024, 5, 1, 9, 30, 0, 0, time.UTC), Names: []string{"", "甲"},
	Kind: "类", Further: []thing{{}, {Wide: math.MaxInt64, Kind: "类"}, {Kind: "又"}},
	Apart: "远",
}

func TestRoundTrip(t *testing.T) {
	for _, v := range []thing{{}, sample} {
		if got, whole := play(record(v)); !whole || !reflect.DeepEqual(got, v) {
			t.Errorf("got %+v, whole %v\nwant %+v", got, whole, v)
		}
	}
	check := func(count uint64, size int, wide int64, on bool, name string, sum [4]byte, names []string) bool {
		v := thing{Count: count, Size: size, Wide: wide, On: on, Name: name, Kind: name, Sum: sum}
		if len(names) > 0 {
			v.Names = names
		}
		v.Further = []thing{v, {Size: size}}
		got, whole := play(record(v))
		return whole && reflect.DeepEqual(got, v)
	}
	if err := quick.Check(check, nil); err != nil {
		t.Error(err)
	}
}

// TestShared: a text that many values have takes a byte of each but the first.
func TestShared(t *testing.T) {
	kind := strings.Repeat("同", 100)
	once, often := len(record(thing{Kind: kind})), len(record(thing{Kind: kind, Further: make([]thing, 9)}))
	for n := range 9 {
		further := make([]thing, 9)
		for i := range n {
			further[i].Kind = kind
		}
		if got := len(record(thing{Kind: kind, Further: further})); got > often+n || once < len(kind) {
			t.Errorf("%d more: %d bytes, without them %d", n, got, often)
		}
	}
}

// TestAlone: what is recorded in the room of another value has nothing of it, and is
// played in that of another as well.
func TestAlone(t *testing.T) {
	var room, again Tape
	var parts [2]string
	for i, v := range []thing{{Kind: "类"}, {Kind: "类", Name: "又"}} {
		if parts[i] = string(room.Alone(v.tape)); parts[i] != record(v) {
			t.Errorf("%q is not %q", parts[i], record(v))
		}
	}
	var v thing
	for _, i := range []int{1, 0, 1} {
		if !again.Again(parts[i], v.tape) || v.Kind != "类" || v.Name != []string{"", "又"}[i] {
			t.Errorf("again: %+v", v)
		}
	}
}

// TestTime: a moment keeps what is written of it.
func TestTime(t *testing.T) {
	for _, s := range []string{"0001-01-02T00:00:00Z", "2024-05-01T09:30:00+08:00", "1940-06-01T00:00:00+09:00", "9999-12-31T23:59:59-11:30"} {
		want, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		got, whole := play(record(thing{At: want}))
		if !whole || !got.At.Equal(want) || got.At.Format(time.RFC3339) != s {
			t.Errorf("%s: got %s", s, got.At)
		}
	}
}

// TestCut: a tape cut short anywhere, or with something after its end, is not
// whole.
func TestCut(t *testing.T) {
	recorded := record(sample)
	for n := range recorded {
		if _, whole := play(recorded[:n]); whole {
			t.Errorf("%d of %d bytes are whole", n, len(recorded))
		}
	}
	if _, whole := play(recorded + "\x00"); whole {
		t.Error("one byte more is whole")
	}
}

// FuzzPlay: whatever stands on a tape is played without a panic, and what is
// whole can be recorded again.
func FuzzPlay(f *testing.F) {
	f.Add(record(thing{}))
	f.Add(record(sample))
	f.Add(string(bytes.Repeat([]byte{0xff}, 20)))
	f.Fuzz(func(t *testing.T, recorded string) {
		v, whole := play(recorded)
		if !whole {
			return
		}
		if again, whole := play(record(v)); !whole || record(again) != record(v) {
			t.Errorf("%q: got %+v, then %+v", recorded, v, again)
		}
	})
}
