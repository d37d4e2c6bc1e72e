package content

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"qinglian/internal/diag"
	"qinglian/internal/flat"
	"qinglian/internal/markdown"
)

// scramble fills all that v holds, down to the last field, with something:
// a field that is not recorded shows.
func scramble(r *rand.Rand, v reflect.Value, depth int) {
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Unix(r.Int64N(4e9), 0).UTC()))
		return
	case diag.Severity:
		v.SetUint(r.Uint64N(3))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				scramble(r, v.Field(i), depth)
			}
		}
	case reflect.Slice:
		if depth == 0 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 1+r.IntN(3), 3))
		for i := range v.Len() {
			scramble(r, v.Index(i), depth-1)
		}
	case reflect.Array:
		for i := range v.Len() {
			scramble(r, v.Index(i), depth)
		}
	case reflect.String:
		v.SetString(strings.Repeat("文<&\x00\xff"[r.IntN(4):], 1+r.IntN(4)))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(r.Int64() >> r.IntN(64))
	case reflect.Uint8:
		v.SetUint(1 + r.Uint64N(255))
	default:
		panic("a field of a kind that scramble does not know: " + v.Type().String())
	}
}

func random(seed uint64) Doc {
	var d Doc
	scramble(rand.New(rand.NewPCG(seed, 0)), reflect.ValueOf(&d).Elem(), 4)
	var anchors []markdown.Anchor
	scramble(rand.New(rand.NewPCG(seed, 1)), reflect.ValueOf(&anchors).Elem(), 4)
	d.anchors, d.places = recordAnchors(anchors), fmt.Sprint("places ", seed)
	return d
}

// again is a Doc that was recorded and played.
func again(d Doc) (out Doc, whole bool) {
	var linked, body flat.Tape
	d.Tape(&linked)
	(&Body{d.Prose, d.Holes, d.places}).Tape(&body)
	from := flat.Play(string(linked.Recorded()))
	out.Tape(from)
	var b Body
	of := flat.Play(string(body.Recorded()))
	b.Tape(of)
	out.Prose, out.Holes, out.places = b.Prose, b.Holes, b.places
	return out, from.Whole() && of.Whole()
}

// TestRoundTrip: a Doc comes back as it was, each of its fields.
func TestRoundTrip(t *testing.T) {
	for seed := range uint64(200) {
		d := random(seed)
		got, whole := again(d)
		if !whole || !reflect.DeepEqual(got, d) {
			t.Fatalf("seed %d, whole %v\ngot  %+v\nwant %+v", seed, whole, got, d)
		}
	}
	zero, whole := again(Doc{})
	if !whole || fmt.Sprintf("%+v", zero) != fmt.Sprintf("%+v", Doc{}) {
		t.Errorf("of the zero Doc: %+v", zero)
	}
}

// TestCompiledRoundTrip: so does one that was compiled, with all that is
// computed from it.
func TestCompiledRoundTrip(t *testing.T) {
	d := random(1)
	got, _ := again(d)
	if got.Card.digest() != d.Card.digest() || got.proseDigest() != d.proseDigest() {
		t.Error("the digests differ")
	}
}

// TestPutAway: the body is where it was put.
func TestPutAway(t *testing.T) {
	d := random(2)
	was := d.Body()
	d.PutAway(func() Body { return was })
	if d.Prose != "" || d.Holes != nil || d.places != "" || !reflect.DeepEqual(d.Body(), was) {
		t.Errorf("got %+v", d.Body())
	}
}

// FuzzPlay: a tape that holds anything at all is played without a panic.
func FuzzPlay(f *testing.F) {
	for seed := range uint64(4) {
		var t flat.Tape
		d := random(seed)
		d.Tape(&t)
		f.Add(string(t.Recorded()))
	}
	f.Fuzz(func(t *testing.T, recorded string) {
		var d Doc
		from := flat.Play(recorded)
		d.Tape(from)
		if got, whole := again(d); from.Whole() && (!whole || !reflect.DeepEqual(got.Card, d.Card)) {
			t.Errorf("%q: played %+v, then %+v", recorded, d, got)
		}
	})
}
