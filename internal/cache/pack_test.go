package cache

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

func newPack(t testing.TB, root *os.Root) *Pack {
	t.Helper()
	p, err := NewPack(root, ".qinglian", "pack")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

func add(t testing.TB, p *Pack, text string) Piece {
	t.Helper()
	at, err := p.Add([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func holds(t *testing.T, p *Pack, at Piece, want string) {
	t.Helper()
	if got, err := p.Read(at); err != nil || got != want {
		t.Errorf("at %+v: %d bytes, %v; want %d", at, len(got), err, len(want))
	}
}

// TestPack: what was added is read, at once and by the next build, which adds
// more.
func TestPack(t *testing.T) {
	root := folder(t)
	p := newPack(t, root)
	long := strings.Repeat("长", packBuffer)
	a, none, b := add(t, p, "甲"), add(t, p, ""), add(t, p, long)
	c := add(t, p, "丙")
	for range 2 {
		holds(t, p, a, "甲")
		holds(t, p, none, "")
		holds(t, p, b, long)
		holds(t, p, c, "丙")
	}
	if err := p.Flush(); err != nil {
		t.Fatal(err)
	}
	length := p.Length()
	add(t, p, "a build that is killed")
	p.Flush()
	p.Close()

	p, err := OpenPack(root, p.Name(), length)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	d := add(t, p, "丁")
	for at, want := range map[Piece]string{a: "甲", b: long, c: "丙", d: "丁"} {
		holds(t, p, at, want)
	}
	if p.Err() != nil {
		t.Error(p.Err())
	}
}

// TestReadAll: pieces are read in any order, neighbours or not, and no other bytes than
// were put there.
func TestReadAll(t *testing.T) {
	p := newPack(t, folder(t))
	var all []Piece
	var want []string
	for n := range 40 {
		text := strings.Repeat(fmt.Sprint(n), n*n)
		all, want = append(all, add(t, p, text)), append(want, text)
	}
	for range 2 {
		if got, err := p.ReadAll(all); err != nil || !slices.Equal(got, want) {
			t.Fatalf("%d pieces, %v", len(got), err)
		}
		slices.Reverse(all)
		slices.Reverse(want)
	}
	if got, err := p.Append([]byte("before "), all[3]); err != nil || string(got) != "before "+want[3] {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := p.ReadAll([]Piece{all[3], all[9], all[9], all[8]}); err != nil || !slices.Equal(got, []string{want[3], want[9], want[9], want[8]}) {
		t.Errorf("some: %q, %v", got, err)
	}
	for _, wrong := range []Piece{{At: 1, Size: 3}, {At: 1 << 40, Size: 1}, {Size: -1}, {At: -1, Size: 1}} {
		if _, err := p.Append(nil, wrong); !errors.Is(err, ErrDamaged) {
			t.Errorf("%+v: got %v", wrong, err)
		}
		if _, err := p.ReadAll([]Piece{all[4], wrong}); !errors.Is(err, ErrDamaged) {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
}

// TestPackTogether: many add and read at once.
func TestPackTogether(t *testing.T) {
	p := newPack(t, folder(t))
	var group sync.WaitGroup
	for n := range 8 {
		group.Go(func() {
			for i := range 200 {
				text := strings.Repeat(fmt.Sprint(n, i, " "), 200)
				at, err := p.Add([]byte(text))
				got, failed := p.Read(at)
				if err != nil || failed != nil || got != text {
					t.Errorf("%d %d: %v, %v", n, i, err, failed)
				}
			}
		})
	}
	group.Wait()
}

// TestPackDamaged: a piece that is not what was put there is told, and that
// stays with the pack.
func TestPackDamaged(t *testing.T) {
	root := folder(t)
	p := newPack(t, root)
	add(t, p, "甲")
	at := add(t, p, "一二三四")
	if err := p.Flush(); err != nil {
		t.Fatal(err)
	}
	name, length := p.Name(), p.Length()
	p.Close()
	whole, err := root.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for i := at.At * 8; i < length*8; i++ {
		flipped := bytes.Clone(whole)
		flipped[i/8] ^= 1 << (i % 8)
		if err := root.WriteFile(name, flipped, 0o644); err != nil {
			t.Fatal(err)
		}
		p, err := OpenPack(root, name, length)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Read(at); !errors.Is(err, ErrDamaged) || !errors.Is(p.Err(), ErrDamaged) {
			t.Errorf("bit %d: %v, %v", i, err, p.Err())
		}
		p.Close()
	}
	for n := range whole {
		if err := root.WriteFile(name, whole[:n], 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenPack(root, name, length); err == nil {
			t.Errorf("opened with %d bytes of %d", n, length)
		}
	}
	if err := root.WriteFile(name, whole, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, beyond := range []Piece{{At: length, Size: 1}, {At: -1, Size: 1}, {Size: -1}, {Size: 1 << 40}, {At: 1<<63 - 1, Size: 1}, {At: 1<<63 - 1, Size: 1<<63 - 1}} {
		p, err := OpenPack(root, name, length)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Read(beyond); !errors.Is(err, ErrDamaged) {
			t.Errorf("%+v: %v", beyond, err)
		}
		p.Close()
	}
}

// TestPackNames: a new pack leaves the others alone until it is told to drop
// them.
func TestPackNames(t *testing.T) {
	root := folder(t)
	first, second, third := newPack(t, root), newPack(t, root), newPack(t, root)
	if err := root.WriteFile(".qinglian/lock", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	at := add(t, second, "乙")
	first.Close()
	if err := third.Drop(); err != nil {
		t.Fatal(err)
	}
	second.DropOthers()
	holds(t, second, at, "乙")
	for name, want := range map[string]bool{first.Name(): false, second.Name(): true, third.Name(): false, ".qinglian/lock": true} {
		if _, err := root.Stat(name); (err == nil) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestPackFails: the first failure is kept, however often what can't be written is asked for.
func TestPackFails(t *testing.T) {
	p := newPack(t, folder(t))
	at := add(t, p, "waiting")
	if err := p.file.Close(); err != nil {
		t.Fatal(err)
	}
	var first string
	for range 8 {
		if _, err := p.Read(at); err == nil {
			t.Fatal("what was never written is read")
		}
		if first == "" {
			first = p.Err().Error()
		}
	}
	if got := p.Err().Error(); got != first {
		t.Errorf("got %d bytes, want %q", len(got), first)
	}
}
