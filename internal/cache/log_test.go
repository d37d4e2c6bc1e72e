package cache

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// logged is a log with three changes, its bytes, and where each stage of it ends.
func logged(t *testing.T) (root *os.Root, whole []byte, ends []End) {
	t.Helper()
	root = folder(t)
	end, err := SaveLog(root, name, engine, []byte(sample))
	ends = append(ends, end)
	for _, change := range []string{"甲", "", "丙丙丙"} {
		if err == nil {
			end, err = Add(root, name, end, []byte(change))
		}
		ends = append(ends, end)
	}
	if err != nil {
		t.Fatal(err)
	}
	whole, err = root.ReadFile(name)
	if err != nil || int64(len(whole)) != end.at {
		t.Fatalf("%d bytes, %v", len(whole), err)
	}
	return root, whole, ends
}

// TestLog: what was saved and added is loaded, by the same program, and by nothing that
// knows of no changes.
func TestLog(t *testing.T) {
	root, _, ends := logged(t)
	body, changes, end := LoadLog(root, name, engine)
	if body != sample || !slices.Equal(changes, []string{"甲", "", "丙丙丙"}) || end != ends[3] {
		t.Errorf("loaded %q, %q, %+v", body, changes, end)
	}
	if _, ok := Load(root, name, engine); ok {
		t.Error("loaded without its changes")
	}
	for _, other := range []string{"other", ".qinglian"} {
		if _, _, end := LoadLog(root, other, engine); end != (End{}) {
			t.Errorf("%s was loaded", other)
		}
	}
}

// TestLogCut: a log that ends anywhere, as a kill or a full disk leaves it, has all
// changes up to there and takes the next one, whatever is left behind them.
func TestLogCut(t *testing.T) {
	root, whole, ends := logged(t)
	for n := int(ends[0].at); n <= len(whole); n++ {
		for _, tail := range []string{"", "\x00\x00\x00", strings.Repeat("\x00", 99), string(whole[n:]) + "x"} {
			b := append(slices.Clone(whole[:n]), tail...)
			if tail != "" && strings.HasPrefix(string(b), string(whole)) {
				continue // nothing is cut
			}
			if err := root.WriteFile(name, b, 0o644); err != nil {
				t.Fatal(err)
			}
			want := 0
			for want+1 < len(ends) && int(ends[want+1].at) <= n {
				want++
			}
			_, changes, end := LoadLog(root, name, engine)
			if len(changes) != want || end != ends[want] {
				t.Fatalf("cut at %d with %q behind: %d changes, want %d", n, tail, len(changes), want)
			}
			next, err := Add(root, name, end, []byte("丁"))
			if err != nil {
				t.Fatal(err)
			}
			if _, changes, end = LoadLog(root, name, engine); len(changes) != want+1 || changes[want] != "丁" || end != next {
				t.Fatalf("cut at %d: %q after the next change", n, changes)
			}
		}
	}
}

// TestLogDamaged: a body with a bit flipped is none, and a change with one ends what
// counts.
func TestLogDamaged(t *testing.T) {
	root, whole, ends := logged(t)
	for n := range whole {
		for bit := range 8 {
			flipped := slices.Clone(whole)
			flipped[n] ^= 1 << bit
			if err := root.WriteFile(name, flipped, 0o644); err != nil {
				t.Fatal(err)
			}
			body, changes, end := LoadLog(root, name, engine)
			if int64(n) < ends[0].at {
				if end != (End{}) || body != "" {
					t.Fatalf("flipped at %d: loaded %q", n, body)
				}
				continue
			}
			before := 0
			for int64(n) >= ends[before+1].at {
				before++
			}
			if len(changes) != before || end != ends[before] {
				t.Fatalf("flipped at %d: %d changes, want %d", n, len(changes), before)
			}
		}
	}
}

// TestRoom: changes are added until they are half of the body; a log that is not there
// takes none.
func TestRoom(t *testing.T) {
	if (End{}).Room(0) {
		t.Error("room in none")
	}
	root := folder(t)
	end, err := SaveLog(root, name, engine, make([]byte, 4*few))
	count := 0
	for ; err == nil && end.Room(few/4); count++ {
		end, err = Add(root, name, end, make([]byte, few/4-changeHeader))
	}
	if err != nil || count != 8 {
		t.Errorf("%d changes, %v", count, err)
	}
	if _, err := Add(root, "gone", end, nil); err == nil {
		t.Error("added to a file that is not there")
	}
	if !end.Room(0) || end.Room(1) {
		t.Errorf("room at %+v", end)
	}
}
