package source

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// folder is a site of empty files; a name that ends in a slash is a folder.
func folder(t *testing.T, names ...string) *Site {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	for _, name := range append([]string{""}, names...) {
		full := filepath.Join(dir, filepath.FromSlash(name))
		inside := filepath.Dir(full)
		if name == "" || strings.HasSuffix(name, "/") {
			inside = full
		}
		if err := os.MkdirAll(inside, 0o755); err != nil {
			t.Fatal(err)
		}
		if inside == full {
			continue
		}
		if err := os.WriteFile(full, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// walk is the paths that Walk finds, and what it reports.
func walk(t *testing.T, s *Site, dir string) (paths []string, said string) {
	t.Helper()
	files, problems, err := s.Walk(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		paths = append(paths, f.Path)
	}
	var b strings.Builder
	for _, d := range problems.Sort() {
		fmt.Fprintf(&b, "%s %s %s\n", d.Severity, d.Rule, d.File)
	}
	return paths, b.String()
}

func TestWalk(t *testing.T) {
	s := folder(t, "config.toml", "content/b.md", "content/a/z.md", "content/a.md", "content/C.md", "content/甲/乙.md",
		"content/empty/", "content/.git/config", "content/.hidden.md", "content/~$b.doc", "content/a/Thumbs.db", "static/x.pdf")
	got, said := walk(t, s, "content")
	want := []string{"content/C.md", "content/a.md", "content/a/z.md", "content/b.md", "content/甲/乙.md"}
	if !slices.Equal(got, want) || said != "" {
		t.Errorf("got %v\nwant %v\nsaid %s", got, want, said)
	}
	if b, err := s.Read("content/甲/乙.md"); err != nil || string(b) != "content/甲/乙.md" {
		t.Errorf("read %q, %v", b, err)
	}
	if got, said := walk(t, s, "nothing"); got != nil || said != "" {
		t.Errorf("of a folder that is not there: %v, %s", got, said)
	}
}

// TestControls: a name with a control character is reported and left alone, whether it
// is a file's or a folder's.
func TestControls(t *testing.T) {
	s := folder(t, "static/a\nprecious.html", "static/b\t/c.txt", "static/甲\u0085.txt", "static/\x7f", "static/d e.txt", "static/.\n")
	got, said := walk(t, s, "static")
	want := "error control-in-name static/\\x7f\n" +
		"error control-in-name static/a\\nprecious.html\n" +
		"error control-in-name static/b\\t\n" +
		"error control-in-name static/甲\\u0085.txt\n"
	if !slices.Equal(got, []string{"static/d e.txt"}) || said != want {
		t.Errorf("got %q, said\n%s", got, said)
	}
}

// TestLinks: a link to a file inside is that file; all others are reported.
func TestLinks(t *testing.T) {
	s := folder(t, "content/a/x.md", "content/b.md", "static/")
	root := s.Root.Name()
	outside := filepath.Join(filepath.Dir(root), "outside.md")
	if err := os.WriteFile(outside, []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{
		"inside.md": "b.md", "across.md": filepath.Join("..", "content", "a", "x.md"), "twice.md": "inside.md",
		"folder": "a", "out.md": filepath.Join("..", "..", "outside.md"), "absolute.md": outside,
		"root": root, "nowhere.md": "gone.md", "circle.md": "circle.md", ".hidden": outside,
	} {
		if err := os.Symlink(to, filepath.Join(root, "content", name)); err != nil {
			noLinks(t, err)
		}
	}
	got, said := walk(t, s, "content")
	if want := []string{"content/a/x.md", "content/across.md", "content/b.md", "content/inside.md", "content/twice.md"}; !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	want := "error outside-link content/absolute.md\n" +
		"error outside-link content/circle.md\n" +
		"warning linked-folder content/folder\n" +
		"error outside-link content/nowhere.md\n" +
		"error outside-link content/out.md\n" +
		"error outside-link content/root\n"
	if said != want {
		t.Errorf("said\n%swant\n%s", said, want)
	}
	if b, err := s.Read("content/out.md"); err == nil {
		t.Errorf("read %q from outside", b)
	}
	if b, err := s.Read("../outside.md"); err == nil {
		t.Errorf("read %q from outside", b)
	}
}

// TestNoFolder: what stands in a folder's place is reported, whatever it is.
func TestNoFolder(t *testing.T) {
	s := folder(t, "content", "other/a.md", "b.md")
	root := s.Root.Name()
	if got, said := walk(t, s, "content"); got != nil || said != "error not-a-folder content\n" {
		t.Errorf("got %v, said %s", got, said)
	}
	for to, want := range map[string]string{
		"other":            "warning linked-folder link\n",
		"b.md":             "error not-a-folder link\n",
		filepath.Dir(root): "error outside-link link\n",
		"gone":             "error outside-link link\n",
		"link":             "error outside-link link\n",
	} {
		if err := os.Symlink(to, filepath.Join(root, "link")); err != nil {
			noLinks(t, err)
		}
		if got, said := walk(t, s, "link"); got != nil || said != want {
			t.Errorf("to %s: got %v, said %s", to, got, said)
		}
		if err := os.Remove(filepath.Join(root, "link")); err != nil {
			t.Fatal(err)
		}
	}
}

func TestStamp(t *testing.T) {
	s := folder(t, "content/a.md", "content/b.md")
	name := filepath.Join(s.Root.Name(), "content", "a.md")
	stamp := func() Stamp {
		t.Helper()
		files, _, err := s.Walk("content")
		if err != nil || len(files) != 2 {
			t.Fatal(files, err)
		}
		return files[0].Stamp
	}
	first := stamp()
	if first.Size != int64(len("content/a.md")) || first != stamp() || first.Latest() < first.ModTime || first.Latest() < first.Changed {
		t.Errorf("got %+v, then %+v", first, stamp())
	}
	if s := (Stamp{ModTime: 1, Changed: 2}); s.Latest() != 2 {
		t.Errorf("a file that was given an old time is of %d", s.Latest())
	}
	early := time.Unix(1_000_000_000, 5)
	if err := os.Chtimes(name, early, early); err != nil {
		t.Fatal(err)
	}
	touched := stamp()
	if touched == first || touched.ModTime != early.UnixNano() {
		t.Errorf("got %+v", touched)
	}
	if err := os.WriteFile(name, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(name, early, early); err != nil {
		t.Fatal(err)
	}
	if shorter := stamp(); shorter == touched || shorter.ModTime != early.UnixNano() {
		t.Errorf("of another size: %+v", shorter)
	}
}

func TestIgnored(t *testing.T) {
	for name, want := range map[string]bool{
		".git": true, ".DS_Store": true, "~$案例.docx": true, "a.md~": true, "~": true,
		"a.tmp": true, "A.TMP": true, "Thumbs.db": true, "desktop.ini": true, "Desktop.INI": true, "4913": true,
		".a.md.swp": true, "a.swp": true, "a.swo": true, "a.SWX": true,

		"Icon\r": true, ".well-known-not": true,

		".well-known": false, "a.md": false, "film.swf": false, "a.sw": false, "a.sw1": false, "a.swift": false, "swp": false, "~a.md": false,
		"tmp": false, "a.tmp.md": false, "49131": false, "甲.md": false, "db": false,
	} {
		if got := Ignored(name); got != want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

func TestSame(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"a/b.png", "a/b.png", true},
		{"a/B.PNG", "A/b.png", true},
		{"\u00e9.png", "e\u0301.png", true},
		{"\u00c9.png", "e\u0301.png", true},
		{"照片.png", "照片.PNG", true},
		{"ß", "ss", false},
		{"a.png", "b.png", false},
		{"a.png", "a.png ", false},
		{"照片.png", "相片.png", false},
		{"", "", true},
	} {
		if got := Same(c.a, c.b); got != c.want || got != Same(c.b, c.a) {
			t.Errorf("%q and %q: got %v", c.a, c.b, got)
		}
	}
}

// TestAll: nothing is left out, and what is no plain file is reported.
func TestAll(t *testing.T) {
	s := folder(t, "themes/a/b.html", "themes/a/b.html~", "themes/a/.hidden", "themes/c.tmp", "themes/empty/", "layouts")
	all := func(dir string) (paths []string, plain bool) {
		files, plain, err := s.All(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			paths = append(paths, f.Path)
		}
		return paths, plain
	}
	if got, plain := all("themes"); !plain || !slices.Equal(got, []string{"themes/a/.hidden", "themes/a/b.html", "themes/a/b.html~", "themes/c.tmp"}) {
		t.Errorf("got %v, plain %v", got, plain)
	}
	if got, plain := all("nothing"); got != nil || !plain {
		t.Errorf("of a folder that is not there: %v, %v", got, plain)
	}
	if got, plain := all("layouts"); got != nil || plain {
		t.Errorf("of a file: %v, %v", got, plain)
	}
	if err := os.Symlink("b.html", filepath.Join(s.Root.Name(), "themes", "a", "link")); err != nil {
		noLinks(t, err)
	}
	if _, plain := all("themes"); plain {
		t.Error("a link is plain")
	}
}

// BenchmarkWalk lists a thousand files in ten folders, with their stamps.
func BenchmarkWalk(b *testing.B) {
	dir := b.TempDir()
	for i := range 1000 {
		name := filepath.Join(dir, "content", fmt.Sprint(i%10), fmt.Sprint(i, ".md"))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o644); err != nil {
			b.Fatal(err)
		}
	}
	s, err := Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	for b.Loop() {
		if files, _, err := s.Walk("content"); err != nil || len(files) != 1000 {
			b.Fatal(len(files), err)
		}
	}
}

// noLinks says that a check of links could not run, which is a failure where
// everything has to be checked.
func noLinks(t *testing.T, err error) {
	t.Helper()
	if os.Getenv("REQUIRE_ALL") == "1" {
		t.Fatal(err)
	}
	t.Skip("this system makes no symbolic links: ", err)
}
