package digest

import (
	"encoding/binary"
	"math"
	"strings"
	"testing"
)

// TestApart: no two of these are the same thing.
func TestApart(t *testing.T) {
	a, b := Of([]byte("a")), Of([]byte("b"))
	seen := map[Digest]string{}
	for name, d := range map[string]Digest{
		"nothing":             {},
		"no bytes":            Of(nil),
		"a":                   a,
		"b":                   b,
		"kind":                New("kind").Sum(),
		"other kind":          New("other").Sum(),
		"kind, its text":      New("kin").String("d").Sum(),
		"empty text":          New("kind").String("").Sum(),
		"two empty texts":     New("kind").String("", "").Sum(),
		"ab, c":               New("kind").String("ab", "c").Sum(),
		"a, bc":               New("kind").String("a", "bc").Sum(),
		"abc":                 New("kind").String("abc").Sum(),
		"abc and nothing":     New("kind").String("abc", "").Sum(),
		"c, ab":               New("kind").String("c", "ab").Sum(),
		"of another kind":     New("other").String("abc").Sum(),
		"text with a length":  New("kind").String("\x01a").Sum(),
		"text of 127":         New("kind").String(string(make([]byte, 127))).Sum(),
		"text of 128":         New("kind").String(string(make([]byte, 128))).Sum(),
		"1":                   New("kind").Int(1).Sum(),
		"-1":                  New("kind").Int(-1).Sum(),
		"1, 2":                New("kind").Int(1, 2).Sum(),
		"2, 1":                New("kind").Int(2, 1).Sum(),
		"12":                  New("kind").Int(12).Sum(),
		"largest":             New("kind").Int(math.MaxInt64).Sum(),
		"smallest":            New("kind").Int(math.MinInt64).Sum(),
		"digest a":            New("kind").Digest(a).Sum(),
		"digests a, b":        New("kind").Digest(a, b).Sum(),
		"digests b, a":        New("kind").Digest(b, a).Sum(),
		"digest a as a text":  New("kind").String(string(a[:])).Sum(),
		"digest a as its hex": New("kind").String(a.String()).Sum(),
		"a plus b":            a.Plus(b),
		"b plus a":            b.Plus(a),
		"a plus nothing":      a.Plus(Digest{}),
	} {
		if other, taken := seen[d]; taken {
			t.Errorf("%s and %s are the same", name, other)
		}
		seen[d] = name
	}
}

// TestSame: the digest depends on what was added, not on how it was handed in,
// and a sum can be taken on the way.
func TestSame(t *testing.T) {
	a := Of([]byte("a"))
	h := New("kind")
	h.String("x")
	early := h.Sum()
	h.String("y").Int(1).Int(2).Digest(a).Digest(a)
	if got, want := h.Sum(), New("kind").String("x", "y").Int(1, 2).Digest(a, a).Sum(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if want := New("kind").String("x").Sum(); early != want {
		t.Errorf("on the way got %s, want %s", early, want)
	}
	if New("kind").String().Int().Digest().Sum() != New("kind").Sum() {
		t.Error("adding nothing moved the digest")
	}
}

// TestLong: however much is added, it is what was written one after the other.
func TestLong(t *testing.T) {
	a := Of([]byte("a"))
	for n := range 2*most + 600 {
		text := strings.Repeat("x", n)
		want := append([]byte{1, 'k'}, binary.AppendUvarint(nil, uint64(n))...)
		want = append(append(append(append(want, text...), 1, 'y'), 6), a[:]...)
		h := New("k").String(text)
		h.Sum()
		if got := h.String("y").Int(3).Digest(a).Sum(); got != Of(want) {
			t.Errorf("with a text of %d: got %s", n, got)
		}
	}
}

// TestForm: the names in published files do not change between versions.
func TestForm(t *testing.T) {
	d := Of([]byte("abc"))
	if got := d.String(); got != "ba7816bf8f01cfea414140de5dae2223" { // FIPS 180-2, B.1
		t.Errorf("got %s", got)
	}
	if got := d.Short(); got != "ba7816bf8f" {
		t.Errorf("got %s", got)
	}
}

// BenchmarkKey adds up what the key of a page is made of.
func BenchmarkKey(b *testing.B) {
	a := Of([]byte("a"))
	for b.Loop() {
		New("page").String("article", "model-sites/case-000001.html").Digest(a, a, a, a, a).Sum()
	}
}

// TestOfText: a text has the digest of its bytes, whatever its length.
func TestOfText(t *testing.T) {
	for _, n := range []int{0, 1, 1023, 1024, 1025, 5000} {
		text := strings.Repeat("清廉", n)[:n]
		if OfText(text) != Of([]byte(text)) {
			t.Errorf("%d bytes", n)
		}
	}
}
