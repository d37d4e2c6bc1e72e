package kept

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"qinglian/internal/build"
	"qinglian/internal/deploy"
	"qinglian/internal/digest"
)

// site is a site's folder with a published folder inside or beside it.
type site struct {
	*testing.T
	dir       string
	root, out *os.Root
	within    string
	hour      int
}

func newSite(t *testing.T, within string) *site {
	t.Helper()
	dir := t.TempDir()
	out := filepath.Join(t.TempDir(), "out")
	if within != "" {
		out = filepath.Join(dir, within)
	}
	s := &site{T: t, dir: dir, within: within}
	if err := os.Mkdir(out, 0o755); err != nil {
		t.Fatal(err)
	}
	var err error
	if s.root, err = os.OpenRoot(dir); err == nil {
		s.out, err = os.OpenRoot(out)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.root.Close(); s.out.Close() })
	return s
}

// version publishes pages with these contents, as a build does, and is their ledger.
func (s *site) version(contents ...string) deploy.Ledger {
	s.Helper()
	s.hour++
	l := deploy.Ledger{Site: "aaaaaaaa", At: time.Unix(int64(s.hour)*3600, 0).UTC()}
	for i, c := range contents {
		f := deploy.File{Path: fmt.Sprintf("%d.html", i), Rank: build.Page, Sum: digest.Of([]byte(c)), Size: int64(len(c))}
		l.Entries = append(l.Entries, deploy.Entry{File: f})
		if err := s.out.WriteFile("new", []byte(c), 0o644); err != nil {
			s.Fatal(err)
		}
		if err := s.out.Rename("new", f.Path); err != nil {
			s.Fatal(err)
		}
	}
	l.Version = deploy.Version(l.Files())
	return l
}

func (s *site) check(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// contents is how many are kept.
func (s *site) contents() int {
	all, err := filepath.Glob(filepath.Join(s.dir, "kept/files/*"))
	s.check(err)
	return len(all)
}

func TestKeep(t *testing.T) {
	for _, within := range []string{"public", ""} {
		s := newSite(t, within)
		web, other := Open(s.root, "kept", "web"), Open(s.root, "kept", "other")
		first := s.version("a", "b")
		s.check(web.Keep(first, 2, s.out, within))
		s.check(web.Keep(s.version("a2", "b"), 2, s.out, within))
		s.check(other.Keep(first, 2, s.out, within))
		third, fourth := s.version("a3", "b"), s.version("a4", "b")
		s.check(web.Keep(fourth, 2, s.out, within))
		all, err := web.Versions()
		s.check(err)
		if len(all) != 3 || all[0].Version != fourth.Version || s.contents() != 4 { // a a2 a4 b
			t.Errorf("%q: %d versions, %d contents", within, len(all), s.contents())
		}
		for _, l := range all {
			for _, f := range l.Files() {
				if _, err := web.Read(f); err != nil || !web.Whole(l) {
					t.Error(err)
				}
			}
		}
		s.check(web.Forget(all[1].Version))
		if s.contents() != 3 {
			t.Errorf("%q: after one was forgotten there are %d", within, s.contents())
		}
		s.check(web.Keep(fourth, 0, s.out, within))
		if all, _ := web.Versions(); len(all) != 0 || s.contents() != 2 { // those of the other place
			t.Errorf("%q: %d versions, %d contents", within, len(all), s.contents())
		}
		if web.Whole(third) {
			t.Error("what was never kept is whole")
		}
	}
}

// TestDamaged: what was kept and is something else by now is not given out.
func TestDamaged(t *testing.T) {
	s := newSite(t, "public")
	web := Open(s.root, "kept", "web")
	l := s.version("a", "b")
	s.check(web.Keep(l, 1, s.out, "public"))
	s.check(s.out.WriteFile("0.html", []byte("x"), 0o644)) // written into, as no build does
	if _, err := web.Read(l.Files()[0]); err == nil {
		t.Error("it was read")
	}
	name := web.file(l)
	s.check(s.root.WriteFile(name, []byte("x"), 0o644))
	if all, err := web.Versions(); err != nil || len(all) > 0 {
		t.Error(all, err)
	}
}
