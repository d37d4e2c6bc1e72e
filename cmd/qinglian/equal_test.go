package main

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

var (
	scripts = flag.Int("scripts", 0, "how many random edit scripts TestEqual runs; 0 for as many as belong to a plain run")
	steps   = flag.Int("steps", 20, "how many edits each has")
	seed    = flag.Uint64("seed", 1, "where the random scripts begin")
)

// A script is edits in their order, some of them followed by a build. In
// writing an edit is a line, NAME NUMBER FILE, and a build the line "build".
type script []string

const building = "build"

// TestEqual: whatever is edited, in whatever order, a build on top of the last
// one leaves the same bytes and says the same as a build from nothing. What
// fails is shrunk and saved in testdata/equal, as a case for ever.
func TestEqual(t *testing.T) {
	count := *scripts
	switch {
	case count > 0:
	case os.Getenv("REQUIRE_ALL") == "1":
		count = 200
	default:
		count = 100
	}
	var mu sync.Mutex
	published, settled, retouched := 0, 0, 0
	t.Run("scripts", func(t *testing.T) {
		for i := range count {
			t.Run(fmt.Sprint(*seed+uint64(i)), func(t *testing.T) {
				t.Parallel()
				p := proof{workshop: newWorkshop(t)}
				s, err := p.random(rand.New(rand.NewPCG(*seed+uint64(i), 1)), *steps)
				mu.Lock()
				published += p.published
				retouched += p.retouched
				if p.settled {
					settled++
				}
				mu.Unlock()
				if err != nil {
					keep(t, s, err)
				}
			})
		}
	})
	if published < count*2 {
		t.Errorf("only %d builds of %d scripts published anything: the edits prove too little", published, count)
	}
	if retouched < settled {
		t.Errorf("only %d builds of %d scripts linked a few articles alone", retouched, settled)
	}
}

// TestEqualCases: what once failed does not fail again. Those that were written by
// hand lead to what is easily forgotten.
func TestEqualCases(t *testing.T) {
	cases, err := filepath.Glob("testdata/equal/*.txtar")
	if err != nil || len(cases) < 5 {
		t.Fatalf("only %d cases, %v", len(cases), err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if len(archive.Files) != 1 || archive.Files[0].Name != "script" {
				t.Fatal("a case has one file, script")
			}
			p := proof{workshop: newWorkshop(t)}
			if err := p.replay(strings.Split(strings.TrimSpace(string(archive.Files[0].Data)), "\n")); err != nil {
				t.Error(err)
			}
			if p.published < 2 {
				t.Errorf("%d builds published anything", p.published)
			}
		})
	}
}

// FuzzEqual is TestEqual with scripts that the fuzzer writes: three bytes are
// an edit.
func FuzzEqual(f *testing.F) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3 {
		b := make([]byte, 18)
		for i := range b {
			b[i] = byte(r.UintN(256))
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p := proof{workshop: newWorkshop(t)}
		var s script
		// What takes ten seconds is hung to the fuzzer; on a busy machine it is not.
		for i, began := 0, time.Now(); i+2 < min(len(b), 30) && time.Since(began) < 4*time.Second; i += 3 {
			s = append(s, p.choose(edits[int(b[i])%len(edits)], int(b[i+1]), int(b[i+2])))
			if err := p.line(s[len(s)-1]); err != nil {
				t.Fatal(err)
			}
			if b[i+1]%2 == 0 {
				s = append(s, building)
				if err := p.compare(); err != nil {
					t.Fatalf("%v\n%s", err, strings.Join(s, "\n"))
				}
			}
		}
	})
}

// proof is a site whose builds are compared with clean ones.
type proof struct {
	*workshop
	state     [32]byte // the sources of the last clean build
	want      made     // the last clean build
	refusals  int      // how many builds, up to the last one, were refused
	published int
	settled   bool // at first all was old enough for its stamps to be trusted
	retouched int  // how many builds linked a few articles alone
}

// random makes up a script, edit by edit, and runs it. It returns the script
// as far as it came.
func (p *proof) random(r *rand.Rand, edits int) (script, error) {
	s := script{building}
	// At first a build, and then a while: young files are looked at more
	// closely than old ones.
	err := p.compare()
	if p.settled = r.IntN(4) == 0; p.settled && err == nil {
		for range 4 {
			s = append(s, p.choose(editCalled("lengthen"), r.IntN(1000), r.IntN(1000)))
			if err := p.line(s[len(s)-1]); err != nil {
				return s, err
			}
		}
		s = append(s, "wait 0", building)
		p.settle()
		err = p.compare()
	}
	for n := 0; n < edits && err == nil; {
		retouch := p.settled && (n < 6 || r.IntN(2) == 0)
		for range 1 + r.IntN(3) {
			if retouch {
				s = append(s, p.choose(reword(r), r.IntN(1000), r.IntN(1000)))
			} else {
				s = append(s, p.next(r))
			}
			n++
			if err := p.line(s[len(s)-1]); err != nil {
				return s, err
			}
		}
		s = append(s, building)
		err = p.compare()
	}
	if err == nil && p.refusals == 0 {
		if again := p.build(); again.report.Rendered+again.report.Written+again.report.Deleted > 0 {
			err = fmt.Errorf("built twice, the second time did something: %+v", again.report)
		}
	}
	return s, err
}

// reword is an edit after which few articles need be linked.
func reword(r *rand.Rand) edit {
	e := editCalled(pick(r.IntN(6), "later-words", "later-words", "title", "first-words", "summary", "encoding"))
	if e.name != "later-words" {
		e.files = dated
	}
	return e
}

// settle waits until the clock tells the files that are there from those that
// will be written.
func (p *proof) settle() { time.Sleep(2100 * time.Millisecond) }

// next chooses an edit. A site that is refused proves little, so it is mended
// soon.
func (p *proof) next(r *rand.Rand) string {
	switch {
	case p.refusals > 2:
		return "start-over 0"
	case p.refusals > 0 && r.IntN(2) == 0:
		return "mend 0"
	}
	for {
		e := edits[r.IntN(len(edits))]
		if breaking.MatchString(e.name) && r.IntN(4) > 0 {
			continue
		}
		return p.choose(e, r.IntN(1000), r.IntN(1000))
	}
}

// choose is an edit in writing.
func (p *proof) choose(e edit, n, file int) string {
	line := fmt.Sprint(e.name, " ", n)
	if e.files == nil {
		return line
	}
	names := e.files(p.workshop)
	// The many short articles prove less than those that refer to each other.
	if telling := slices.DeleteFunc(slices.Clone(names), short.MatchString); len(telling) > 0 && n%8 > 0 {
		names = telling
	}
	if len(names) > 0 {
		line += " " + names[file%len(names)]
	}
	return line
}

// editCalled is the edit of a name.
func editCalled(name string) edit {
	return edits[slices.IndexFunc(edits, func(e edit) bool { return e.name == name })]
}

// short matches the short articles, and their pages.
var short = regexp.MustCompile(`/news/n\d\d`)

// replay runs a script that was written down.
func (p *proof) replay(s script) error {
	for _, line := range s {
		if line == building {
			if err := p.compare(); err != nil {
				return err
			}
		} else if err := p.line(line); err != nil {
			return err
		}
	}
	return nil
}

// line makes one edit.
func (p *proof) line(line string) error {
	name, rest, _ := strings.Cut(line, " ")
	number, file, _ := strings.Cut(rest, " ")
	n, err := strconv.Atoi(number)
	if err != nil {
		return fmt.Errorf("%q is no edit: %w", line, err)
	}
	if name == "wait" {
		p.settle()
		return nil
	}
	i := slices.IndexFunc(edits, func(e edit) bool { return e.name == name })
	if i < 0 {
		return fmt.Errorf("there is no edit %q", name)
	}
	if (edits[i].files == nil) == (file == "") {
		edits[i].do(p.workshop, file, n)
	}
	return nil
}

// compare builds the site on top of what is there, and anew if its sources
// have changed, and says in what the two differ.
func (p *proof) compare() error {
	before := tree(p, p.at("public"))
	got := p.build()
	if state := p.fingerprint(); state != p.state {
		p.state, p.want = state, p.clean()
	}
	switch {
	case got.status != p.want.status:
		return fmt.Errorf("on top it ended with %d, clean with %d; said\n%sclean\n%s", got.status, p.want.status, got.said, p.want.said)
	case got.said != p.want.said:
		return fmt.Errorf("the diagnostics differ: on top\n%sclean\n%s", got.said, p.want.said)
	case got.status == exitMachine:
		return fmt.Errorf("the machine failed: %s", got.said)
	case got.status != exitDone:
		p.refusals++
		if d := differ(got.files, before); d != "" {
			return errors.New("refused, and yet the output was touched:\n" + d)
		}
		return nil
	}
	p.refusals = 0
	p.published++
	if r := got.report; r.Linked > 0 && r.Linked < r.Pages {
		p.retouched++
	}
	if mine, ok := before[foreignFile]; ok {
		if got.files[foreignFile] != mine {
			return errors.New("a foreign file was touched")
		}
		delete(got.files, foreignFile)
	}
	if d := differ(got.files, p.want.files); d != "" {
		return errors.New("on top differs from clean:\n" + d)
	}
	return nil
}

// keep shrinks a script that fails, and saves it.
func keep(t *testing.T, s script, err error) {
	s, err = shrink(t, s, err)
	text := strings.Join(s, "\n") + "\n"
	archive := txtar.Format(&txtar.Archive{Comment: []byte(err.Error() + "\n"), Files: []txtar.File{{Name: "script", Data: []byte(text)}}})
	name := filepath.Join("testdata", "equal", strings.NewReplacer("/", "-").Replace(t.Name())+".txtar")
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, archive, 0o644)); err != nil {
		t.Error(err)
	}
	t.Errorf("%v\nsaved as %s:\n%s", err, name, text)
}

// shrink drops what it can of a script that fails: halves, then quarters, and
// at last single lines.
func shrink(t *testing.T, s script, err error) (script, error) {
	for size := (len(s) + 1) / 2; size > 0; size /= 2 {
		for at := 0; at < len(s); {
			less := slices.Concat(s[:at], s[min(len(s), at+size):])
			p := proof{workshop: newWorkshop(t)}
			if again := p.replay(less); again != nil {
				s, err = less, again
			} else {
				at += size
			}
		}
	}
	return s, err
}
