package build

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"qinglian/internal/diag"
)

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		paths string
		want  []string
	}{
		{"", nil},
		{"index.html a/index.html a/b.html ab.html a.html", nil},
		{"a/b.html c.html a/b.html", []string{"3.md 和 1.md 的网址相同：a/b.html, slug: b-2"}},
		{"a/b.html a/b.html a/b.html", []string{"2.md 和 1.md 的网址相同：a/b.html, slug: b-2", "3.md 和 1.md 的网址相同：a/b.html, slug: b-3"}},
		{"a/b.html a/b-2.html a/b.html", []string{"3.md 和 1.md 的网址相同：a/b.html, slug: b-3"}},
		{"files/Form.pdf files/form.PDF", []string{"2.md 和 1.md 的网址相同：files/form.PDF, 给其中一个改名"}},
		{"A/b.html a/c.html", nil}, // one folder, two files
		{"files files/a.pdf", []string{"2.md 网址 files/a.pdf 需要文件夹 files，但 1.md 占用了这个名字"}},
		{"files/a.pdf FILES", []string{"1.md 网址 files/a.pdf 需要文件夹 FILES，但 2.md 占用了这个名字"}},
		{"x/y/z/a.html x/y", []string{"1.md 网址 x/y/z/a.html 需要文件夹 x/y，但 2.md 占用了这个名字"}},
		{"files filesystem/a.pdf", nil},
	} {
		var outputs []Output
		for i, p := range strings.Fields(c.paths) {
			outputs = append(outputs, Output{Path: p, Source: fmt.Sprint(i+1, ".md")})
		}
		var got []string
		for _, d := range Check(outputs, func(o Output) diag.Diagnostic { return diag.Diagnostic{File: o.Source, Line: 2} }) {
			if d.Rule != "same-address" || d.Severity != diag.Error || d.Line != 2 {
				t.Errorf("%s: %+v", c.paths, d)
			}
			s := d.File + " " + d.Message.ZH
			if _, slug, ok := strings.Cut(d.Hint.EN, "to slug: "); ok {
				s += ", slug: " + slug
			} else if !strings.Contains(s, "占用") {
				s += ", " + d.Hint.ZH
			}
			got = append(got, s)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\ngot  %q\nwant %q", c.paths, got, c.want)
		}
	}
}

// outputs are n outputs that write their own number, over and over.
func outputs(n int) []Output {
	var out []Output
	for i := range n {
		out = append(out, Output{Path: fmt.Sprintf("%03d.html", i), Source: fmt.Sprintf("%03d.md", i), Render: Bytes([]byte(strings.Repeat(fmt.Sprintf("%03d ", i), 1000)))})
	}
	return out
}

// kept collects what Render makes, by path.
func kept(outputs []Output, jobs int) (map[string]string, error) {
	var mu sync.Mutex
	made := map[string]string{}
	err := Render(outputs, jobs, func(o Output, b []byte) error {
		mu.Lock()
		defer mu.Unlock()
		made[o.Path] += string(b)
		return nil
	})
	return made, err
}

var jobs = []int{-1, 0, 1, 4, 64}

// TestRender: each output is made once, whole, with its own bytes.
func TestRender(t *testing.T) {
	for _, n := range jobs {
		made, err := kept(outputs(100), n)
		if err != nil || len(made) != 100 {
			t.Fatalf("%d jobs: %d made, %v", n, len(made), err)
		}
		for path, text := range made {
			if want := strings.Repeat(strings.TrimSuffix(path, ".html")+" ", 1000); text != want {
				t.Errorf("%d jobs: %s holds %.40q…", n, path, text)
			}
		}
	}
}

// failing has outputs that fail after they wrote something.
func failing(why map[int]string) []Output {
	out := outputs(50)
	for i, text := range why {
		out[i].Render = func(w io.Writer) error {
			io.WriteString(w, "half of it")
			return errors.New(text)
		}
	}
	return out
}

// TestRenderProblems: all outputs are tried and every problem is reported, in an
// order that does not depend on the jobs.
func TestRenderProblems(t *testing.T) {
	for _, n := range jobs {
		made, err := kept(failing(map[int]string{40: "line 3", 7: "line 1", 21: "line 2"}), n)
		if len(made) != 47 {
			t.Errorf("%d jobs: %d made", n, len(made))
		}
		var list diag.List
		if !errors.As(err, &list) {
			t.Fatalf("%d jobs: %v", n, err)
		}
		want := "007.md:0:0: can't make 007.html: line 1 [render]\n" +
			"021.md:0:0: can't make 021.html: line 2 [render]\n" +
			"040.md:0:0: can't make 040.html: line 3 [render]"
		if got := list.Error(); got != want {
			t.Errorf("%d jobs: got\n%s", n, got)
		}
	}
}

// TestRenderProblemOnce: one mistake in a template spoils many pages.
func TestRenderProblemOnce(t *testing.T) {
	why := map[int]string{40: "line 3"}
	for i := 12; i < 30; i++ {
		why[i] = "line 1"
	}
	for _, n := range jobs {
		made, err := kept(failing(why), n)
		want := "012.md:0:0: can't make 012.html: line 1 [render]\n040.md:0:0: can't make 040.html: line 3 [render]"
		if len(made) != 31 || err == nil || err.Error() != want {
			t.Errorf("%d jobs: %d made, got\n%v", n, len(made), err)
		}
	}
}

// TestWrongOnce: one picture that can't be made is missing in several sizes.
func TestWrongOnce(t *testing.T) {
	broken := diag.List{{Rule: "broken-picture", Severity: diag.Error, File: "a.jpg"}}
	for _, n := range jobs {
		out := outputs(50)
		for i := 12; i < 16; i++ {
			out[i].Render = func(io.Writer) error { return broken }
		}
		made, err := kept(out, n)
		var list diag.List
		if !errors.As(err, &list) || len(list) != 1 || len(made) != 46 {
			t.Errorf("%d jobs: %d made, got\n%v", n, len(made), err)
		}
	}
}

// TestKeepFails: what is the machine's is returned as it is.
func TestKeepFails(t *testing.T) {
	full := errors.New("no space left")
	for _, n := range jobs {
		err := Render(failing(map[int]string{7: "line 1"}), n, func(o Output, _ []byte) error {
			if o.Path == "030.html" {
				return full
			}
			return nil
		})
		if err != full {
			t.Errorf("%d jobs: got %v", n, err)
		}
	}
}

// TestMachineFails: neither is what fails under a Render.
func TestMachineFails(t *testing.T) {
	broken := errors.New("input/output error")
	for _, n := range jobs {
		out := failing(map[int]string{7: "line 1"})
		out[30].Render = func(io.Writer) error { return fmt.Errorf("reading: %w", Machine{broken}) }
		if err := Render(out, n, func(Output, []byte) error { return nil }); err != broken {
			t.Errorf("%d jobs: got %v", n, err)
		}
	}
}

func TestBytes(t *testing.T) {
	full := errors.New("no space left")
	if err := Bytes([]byte("x"))(failingWriter{full}); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }
