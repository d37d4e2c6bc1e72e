package deploy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"qinglian/internal/build"
	"qinglian/internal/deploy/target"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
)

// place is a folder that a site is carried to.
type place struct {
	t   *testing.T
	dir string
}

func newPlace(t *testing.T) place { return place{t, filepath.Join(t.TempDir(), "www")} }

// put writes files there behind the program's back: PATH=CONTENT.
func (p place) put(line string) {
	p.t.Helper()
	for _, word := range strings.Fields(line) {
		name, content, _ := strings.Cut(word, "=")
		at := filepath.Join(p.dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o755), os.WriteFile(at, []byte(content), 0o644)); err != nil {
			p.t.Fatal(err)
		}
	}
}

// has is what is there but for the ledger, as put writes it.
func (p place) has() string {
	p.t.Helper()
	return p.holds(func(name string) bool { return name != Name })
}

// holds is what is there of files whose names are looked for.
func (p place) holds(wanted func(name string) bool) string {
	p.t.Helper()
	var out []string
	err := filepath.WalkDir(p.dir, func(at string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !wanted(e.Name()) {
			return err
		}
		b, err := os.ReadFile(at)
		name, _ := filepath.Rel(p.dir, at)
		out = append(out, filepath.ToSlash(name)+"="+string(b))
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// delivery carries a site whose files are PATH=CONTENT.
func (p place) delivery(line string) Delivery {
	held := map[string]string{}
	for _, word := range strings.Fields(line) {
		name, content, _ := strings.Cut(word, "=")
		held[name] = content
	}
	return Delivery{Site: Site{ID: "aaaaaaaa", Title: "甲站"}, Files: files(line), Now: time.Unix(1_800_000_000, 0),
		Read: func(f File) ([]byte, error) { return []byte(held[f.Path]), nil },
		Open: func(context.Context) (target.Target, error) { return target.OpenFolder(p.dir) }}
}

func run(t *testing.T, d Delivery) Outcome {
	t.Helper()
	out, err := d.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// refused is what a delivery that must be refused says; nothing is changed by it.
func (p place) refused(d Delivery) string {
	p.t.Helper()
	before := p.has()
	_, err := d.Run(p.t.Context())
	said := diag.List{}
	if !errors.As(err, &said) {
		p.t.Fatalf("it was not refused: %v", err)
	}
	if after := p.has(); after != before {
		p.t.Errorf("refused, it changed %s to %s", before, after)
	}
	var out []string
	for _, d := range said {
		out = append(out, d.Rule+" "+d.File)
	}
	return strings.Join(out, ", ")
}

func TestRun(t *testing.T) {
	p := newPlace(t)
	out := run(t, p.delivery("index.html=1 a.html=1 z.css=1"))
	if got := fmt.Sprint(out.New, out.Changed, out.Gone, out.Same, out.Bytes); got != "[a.html index.html z.css] [] [] 0 3" {
		t.Error(got)
	}
	p.put("foreign.html=theirs a/notes.txt=theirs")
	out = run(t, p.delivery("index.html=2 b.html=1 z.css=1"))
	if got := fmt.Sprint(out.New, out.Changed, out.Gone, out.Same); got != "[b.html] [index.html] [a.html] 1" {
		t.Error(got)
	}
	if got, want := p.has(), "a/notes.txt=theirs b.html=1 foreign.html=theirs index.html=2 z.css=1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	out = run(t, p.delivery("index.html=2 b.html=1 z.css=1"))
	if !out.None() || out.Ledger.At != out.Before.At {
		t.Errorf("again: %+v", out)
	}
	dry := p.delivery("index.html=3 z.css=1")
	dry.Dry = true
	if out = run(t, dry); fmt.Sprint(out.Changed, out.Gone) != "[index.html] [b.html]" || !strings.Contains(p.has(), "index.html=2") {
		t.Errorf("dry: %+v, %s", out, p.has())
	}
}

// TestWhole: what somebody changed behind our back is put right when all is sent again.
func TestWhole(t *testing.T) {
	p := newPlace(t)
	d := p.delivery("a.html=1 b.css=1")
	run(t, d)
	p.put("a.html=tampered theirs.html=theirs")
	if out := run(t, d); !out.None() {
		t.Errorf("%+v", out)
	}
	d.Whole = true
	if out := run(t, d); fmt.Sprint(out.Changed) != "[a.html b.css]" || p.has() != "a.html=1 b.css=1 theirs.html=theirs" {
		t.Errorf("%+v: %s", out, p.has())
	}
}

// TestForeign: what stands in the way is named, all of it, and nothing is sent.
func TestForeign(t *testing.T) {
	p := newPlace(t)
	mark := `<head><metaXname="generator"Xcontent="` + strings.ReplaceAll(build.Mark("aaaaaaaa"), " ", "X") + `"></head>`
	p.put("a.html=theirs b.html=1 d/e.html=theirs")
	site := "a.html=1 b.html=1 c.html=1 d/e.html=1"
	if got, want := p.refused(p.delivery(site)), "foreign-file a.html, foreign-file d/e.html"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	p.put("a.html=" + mark)
	at := filepath.Join(p.dir, "a.html")
	if err := os.WriteFile(at, []byte(strings.ReplaceAll(mark, "X", " ")), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := p.refused(p.delivery(site)); !strings.Contains(got, "a.html") {
		t.Errorf("taken over without being told: %s", got)
	}
	adopt := p.delivery(site)
	adopt.Adopt = true
	if got, want := p.refused(adopt), "foreign-file d/e.html"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if err := os.RemoveAll(filepath.Join(p.dir, "d")); err != nil {
		t.Fatal(err)
	}
	if out := run(t, adopt); fmt.Sprint(out.Adopted) != "[a.html b.html]" {
		t.Errorf("adopted %s", out.Adopted)
	}
	if got, want := p.has(), "a.html=1 b.html=1 c.html=1 d/e.html=1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestLedgerRefused: a ledger that is another site's, damaged, or of a time to come.
func TestLedgerRefused(t *testing.T) {
	p := newPlace(t)
	d := p.delivery("a.html=1")
	run(t, d)
	text, err := os.ReadFile(filepath.Join(p.dir, Name))
	if err != nil {
		t.Fatal(err)
	}
	other := d
	other.Site.ID = "bbbbbbbb"
	if got := p.refused(other); got != "foreign-site "+Name {
		t.Error(got)
	}
	for _, damaged := range []string{"", "x", string(text) + "x", strings.ReplaceAll(string(text), "\n", "\r\n"), "qinglian deploy 2\n"} {
		p.put(Name + "=x")
		if err := os.WriteFile(filepath.Join(p.dir, Name), []byte(damaged), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := p.refused(d); got != "lost-journal "+Name {
			t.Errorf("%q: %s", damaged, got)
		}
	}
	d.Adopt = true
	if got := p.refused(d); got != "lost-journal "+Name { // it is of a time to come: that program knows more
		t.Error(got)
	}
	p.put(Name + "=x")
	if out := run(t, d); fmt.Sprint(out.Adopted) != "[a.html]" {
		t.Errorf("adopted %s", out.Adopted)
	}
}

func TestManyDeletions(t *testing.T) {
	p := newPlace(t)
	run(t, p.delivery("a.html=1 b.html=1 c.html=1 d.css=1"))
	d := p.delivery("a.html=1")
	d.Most = func(pages int) int { return pages - 2 }
	if got := p.refused(d); got != "many-deletions " {
		t.Error(got)
	}
	d.Most = func(pages int) int { return pages - 1 }
	run(t, d)
	if got := p.has(); got != "a.html=1" {
		t.Error(got)
	}
}

// TestTakenBack: what was taken back does not go out again unless that is said.
func TestTakenBack(t *testing.T) {
	p := newPlace(t)
	first, second := "a.html=1", "a.html=2 b.html=1"
	run(t, p.delivery(first))
	run(t, p.delivery(second))
	back := p.delivery(first)
	back.Back = true
	run(t, back)
	if got := p.has(); got != first {
		t.Error(got)
	}
	if got := p.refused(p.delivery(second)); got != "taken-back " {
		t.Error(got)
	}
	run(t, p.delivery("a.html=3"))
	if got := p.refused(p.delivery(second)); got != "taken-back " {
		t.Error(got)
	}
	anew := p.delivery(second)
	anew.Anew = true
	run(t, anew)
	run(t, p.delivery(second))
}

// errCut is what a target says after it was cut off.
var errCut = errors.New("cut off")

// cut is a target that does so many things and then no more.
type cut struct {
	target.Target
	left *atomic.Int64
}

func (c cut) Stat(ctx context.Context, name string) (target.Stat, error) {
	if c.left.Add(-1) < 0 {
		return target.Stat{}, errCut
	}
	return c.Target.Stat(ctx, name)
}

func (c cut) Read(ctx context.Context, name string) (io.ReadCloser, error) {
	if c.left.Add(-1) < 0 {
		return nil, errCut
	}
	return c.Target.Read(ctx, name)
}

func (c cut) Write(ctx context.Context, name string, body []byte, m target.Meta) error {
	if c.left.Add(-1) < 0 {
		return errCut
	}
	return c.Target.Write(ctx, name, body, m)
}

func (c cut) Delete(ctx context.Context, name string) error {
	if c.left.Add(-1) < 0 {
		return errCut
	}
	return c.Target.Delete(ctx, name)
}

// randomSite is a site of pages that name the assets and pages which they need; assets are
// named by what they hold.
func randomSite(r *rand.Rand) string {
	held := map[string]string{}
	var assets []string
	for range 3 + r.IntN(4) {
		name := fmt.Sprintf("assets/s.%010x.css", r.IntN(12))
		held[name] = "css" + name
		assets = append(assets, name)
	}
	for range 6 + r.IntN(6) {
		held[fmt.Sprintf("p/%d.html", r.IntN(15))] = fmt.Sprintf("page%d,%s", r.IntN(3), assets[r.IntN(len(assets))])
	}
	held["index.html"] = "list," + strings.Join(slices.Sorted(maps.Keys(held)), ",")
	var line []string
	for name, content := range held {
		line = append(line, name+"="+content)
	}
	return strings.Join(line, " ")
}

// named are the assets that pages need.
var named = regexp.MustCompile(`assets/[^ ,]*`)

// TestCut: a delivery that is cut at any moment leaves pages whose parts are there; the
// next one finishes, also when it is of another version; nothing foreign is lost.
func TestCut(t *testing.T) {
	rounds := 6
	if os.Getenv("REQUIRE_ALL") != "" {
		rounds = 30
	}
	for seed := range rounds {
		r := rand.New(rand.NewPCG(uint64(seed), 1))
		p := newPlace(t)
		p.put("theirs.html=theirs p/theirs.html=theirs")
		for range 6 {
			d := p.delivery(randomSite(r))
			var left atomic.Int64
			left.Store(int64(r.IntN(60)))
			open := d.Open
			d.Open = func(ctx context.Context) (target.Target, error) {
				t, err := open(ctx)
				return cut{t, &left}, err
			}
			if _, err := d.Run(t.Context()); err != nil && !errors.Is(err, errCut) {
				t.Fatalf("seed %d: %v", seed, err)
			}
			crawl(t, p.has())
		}
		last := randomSite(r)
		run(t, p.delivery(last))
		want := strings.Fields(last + " theirs.html=theirs p/theirs.html=theirs")
		slices.Sort(want)
		if got := p.has(); got != strings.Join(want, " ") {
			t.Fatalf("seed %d: got\n%s\nwant\n%s", seed, got, strings.Join(want, " "))
		}
	}
}

// crawl reports pages whose parts are missing.
func crawl(t *testing.T, has string) {
	t.Helper()
	for _, word := range strings.Fields(has) {
		if strings.Contains(word, ".qinglian-") {
			t.Fatalf("a part is left: %s", word)
		}
		name, content, _ := strings.Cut(word, "=")
		for _, part := range named.FindAllString(content, -1) {
			if strings.HasSuffix(name, ".html") && !strings.Contains(" "+has, " "+part+"=") {
				t.Fatalf("%s needs %s, which is not there: %s", name, part, has)
			}
		}
	}
}

// TestAgain: a connection that breaks is made anew, and the work goes on from there.
func TestAgain(t *testing.T) {
	p := newPlace(t)
	d := p.delivery("index.html=1 a.html=1 b.html=1 z.css=1")
	opened := 0
	d.Open = func(context.Context) (target.Target, error) {
		opened++
		if opened == 3 {
			return nil, errCut
		}
		t, err := target.OpenFolder(p.dir)
		left := new(atomic.Int64)
		left.Store(5)
		return cut{t, left}, err
	}
	d.Again = func(_ context.Context, try int) error {
		if try > 8 {
			return errCut
		}
		return nil
	}
	run(t, d)
	if got := p.has(); got != "a.html=1 b.html=1 index.html=1 z.css=1" || opened < 4 {
		t.Errorf("%d connections, %s", opened, got)
	}
	d.Open = func(context.Context) (target.Target, error) {
		opened = -1
		return nil, fmt.Errorf("the password: %w", target.ErrRefused)
	}
	if _, err := d.Run(t.Context()); !errors.Is(err, target.ErrRefused) {
		t.Error(err)
	}
}

// TestStopped: who is stopped says what has arrived, so that it is not sent again.
func TestStopped(t *testing.T) {
	p := newPlace(t)
	site := "a.css=1 b.css=1 c.html=1 index.html=1"
	d := p.delivery(site)
	ctx, stop := context.WithCancel(t.Context())
	d.Progress = func(pr Progress) {
		if pr.Files == 2 {
			stop()
		}
	}
	if _, err := d.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	out := run(t, p.delivery(site))
	if got := fmt.Sprint(out.New, out.Changed, out.Same); got != "[c.html index.html] [] 2" { // it never was there
		t.Error(got)
	}
	if digest.Of([]byte("1")) != out.Ledger.Entries[0].Sum {
		t.Error(out.Ledger)
	}
}
