package kept

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"qinglian/internal/build"
	"qinglian/internal/deploy"
	"qinglian/internal/digest"
)

// site is a site's folder with a published folder in it.
type site struct {
	*testing.T
	dir       string
	root, out *os.Root
	long      string // what every page has, too
	hour      int
}

func newSite(t *testing.T) *site {
	t.Helper()
	dir := t.TempDir()
	out := filepath.Join(dir, "public")
	s := &site{T: t, dir: dir}
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
		c += s.long
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
	for _, long := range []string{"", strings.Repeat("<p>一样的话</p>", 1000)} { // which is packed
		s := newSite(t)
		s.long = long
		web, other := Open(s.root, "kept", "web"), Open(s.root, "kept", "other")
		first := s.version("a", "b")
		s.check(web.Keep(first, 2, s.out))
		s.check(web.Keep(s.version("a2", "b"), 2, s.out))
		s.check(other.Keep(first, 2, s.out))
		third, fourth := s.version("a3", "b"), s.version("a4", "b")
		s.check(web.Keep(fourth, 2, s.out))
		all, err := web.Versions()
		s.check(err)
		if len(all) != 3 || all[0].Version != fourth.Version || s.contents() != 4 { // a a2 a4 b
			t.Errorf("%d: %d versions, %d contents", len(long), len(all), s.contents())
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
			t.Errorf("%d: after one was forgotten there are %d", len(long), s.contents())
		}
		s.check(web.Keep(fourth, 0, s.out))
		if all, _ := web.Versions(); len(all) != 0 || s.contents() != 2 { // those of the other place
			t.Errorf("%d: %d versions, %d contents", len(long), len(all), s.contents())
		}
		if web.Whole(third) {
			t.Error("what was never kept is whole")
		}
	}
}

// TestDamaged: what was kept and is something else by now is not given out.
func TestDamaged(t *testing.T) {
	s := newSite(t)
	web := Open(s.root, "kept", "web")
	l := s.version("a", "b")
	s.check(web.Keep(l, 1, s.out))
	plain, _ := web.names(l.Files()[0])
	s.check(s.root.WriteFile(plain, []byte("x"), 0o644))
	if _, err := web.Read(l.Files()[0]); err == nil {
		t.Error("it was read")
	}
	name := web.file(l)
	s.check(s.root.WriteFile(name, []byte("x"), 0o644))
	if all, err := web.Versions(); err != nil || len(all) > 0 {
		t.Error(all, err)
	}
}
