package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"
	"golang.org/x/net/html"
)

// turn is a site that a test turns from one state into the other and back:
// every turn writes pages anew, makes some and deletes some, with pictures,
// folders and a style sheet.
type turn struct {
	*workshop
	states  [2]map[string]string // the sources
	outputs [2]map[string]string // what a clean build makes of each
	state   int                  // of the sources
}

const foreignText = "不是 qinglian 写的"

func newTurn(t *testing.T) *turn {
	t.Helper()
	w := newWorkshop(t)
	for _, name := range w.list("content/news") {
		if path.Base(name) != "gbk.md" {
			w.remove(name)
		}
	}
	other := map[string]string{}
	for _, name := range w.sources() {
		other[name] = w.read(name)
	}
	first := maps.Clone(other)
	delete(other, "content/activities/walk.md")
	delete(other, "content/examples/scale/index.md")
	other["content/examples/bridge.md"] = strings.Replace(other["content/examples/bridge.md"], "一座桥", "一座新桥", 1)
	other["content/notices/aaa.md"] = "---\n标题: 新的一\n日期: 2026-11-01\n来源: 本站\n封面: new.svg\n---\n见[新的二](zzz.md)。\n"
	other["content/notices/zzz.md"] = "---\n标题: 新的二\n日期: 2026-11-02\n来源: 本站\n标签: [新标签]\n---\n见[新的一](aaa.md)。\n![图](new.svg)\n"
	other["content/notices/new.svg"] = other["content/sites/tree.svg"]
	other["static/deep/er/x.txt"] = "新\n"
	other["themes/plain/assets/plain.css"] = "body { color: red; }\n"
	return turning(w, first, other)
}

// newWordsTurn is a turn of nothing but texts and a title: a build of it links a few articles alone.
func newWordsTurn(t *testing.T) *turn {
	t.Helper()
	w := newWorkshop(t)
	edited := []string{"content/examples/bridge.md", "content/tasks/water.md"}
	for _, name := range edited {
		w.append(name, "\n"+strings.Repeat("足够长的一段话，后面的字不进摘要。", 20)+"\n")
	}
	first := map[string]string{}
	for _, name := range w.sources() {
		first[name] = w.read(name)
	}
	other := maps.Clone(first)
	for _, name := range edited {
		other[name] += "\n后面的一段，有龘字。\n"
	}
	const retitled = "content/news/n07.md"
	other[retitled] = strings.Replace(first[retitled], "标题: 第7条", "标题: 又第7条", 1)
	s := turning(w, first, other)
	time.Sleep(2100 * time.Millisecond) // no file but the articles may be young
	s.build()
	return s
}

// turning is a turn from one state of the sources to another.
func turning(w *workshop, first, other map[string]string) *turn {
	w.Helper()
	s := &turn{workshop: w, states: [2]map[string]string{first, other}}
	for at := range s.states {
		s.become(at)
		m := w.clean()
		if m.status != exitDone {
			w.Fatal(m.said)
		}
		s.outputs[at] = m.files
	}
	s.become(0)
	s.build()
	w.write("public/"+foreignFile, foreignText)
	w.write("public/notices/"+foreignFile, foreignText)
	return s
}

// become writes the sources of a state.
func (s *turn) become(at int) {
	s.Helper()
	for _, name := range s.sources() {
		if _, ok := s.states[at][name]; !ok {
			s.remove(name)
		}
	}
	for name, text := range s.states[at] {
		if s.read(name) != text {
			s.write(name, text)
		}
	}
	s.state = at
}

// whole checks what a build left behind that did not finish: every file is
// that of one state or the other, what it refers to is there, and what is not
// ours was not touched. Pages that come, or go, may lead to each other a moment
// too early, or too late: no other page leads to them.
func (s *turn) whole(when string) {
	s.Helper()
	files := tree(s, s.at("public"))
	for _, name := range []string{foreignFile, "notices/" + foreignFile} {
		if files[name] != foreignText {
			s.Errorf("%s: the foreign file %s was touched", when, name)
		}
		delete(files, name)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasPrefix(name, ".qinglian") {
			delete(files, name) // the journal, and what is staged: readers can't come to it
			continue
		}
		one, inOne := s.outputs[0][name]
		other, inOther := s.outputs[1][name]
		if text := files[name]; !(inOne && text == one || inOther && text == other) {
			s.Errorf("%s: %s is not whole: %d bytes", when, name, len(text))
		}
	}
	is, was := s.outputs[s.state], s.outputs[1-s.state]
	for _, d := range dangling(files) {
		together := func(state map[string]string) bool { return state[d.from] == "" && state[d.to] == "" }
		if page := slices.Contains([]string{".html", ".xml", ".json"}, path.Ext(d.to)); !page || !together(is) && !together(was) {
			s.Errorf("%s: %s leads to %s, which is not there", when, d.from, d.to)
		}
	}
}

// finishes checks that the next build does what was left to do.
func (s *turn) finishes(when string) {
	s.Helper()
	m := s.build()
	if m.status != exitDone {
		s.Fatalf("%s: the next build ended with %d: %s", when, m.status, m.said)
	}
	s.equal(when, m)
}

func (s *turn) equal(when string, m made) {
	s.Helper()
	delete(m.files, foreignFile)
	delete(m.files, "notices/"+foreignFile)
	if d := differ(m.files, s.outputs[s.state]); d != "" {
		s.Errorf("%s: differs from a clean build:\n%s", when, d)
	}
}

var absolute = regexp.MustCompile(`https://a\.example/[^<"?]*`)

// way is an address in one file that leads to another.
type way struct{ from, to string }

// dangling are the ways from pages and feeds that lead to no file.
func dangling(files map[string]string) []way {
	var found []way
	look := func(from, to string) {
		u, err := url.Parse(to)
		if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" {
			return
		}
		name := strings.TrimPrefix(path.Join("/", path.Dir(from), u.Path), "/")
		if strings.HasPrefix(u.Path, "/") {
			name = strings.TrimPrefix(u.Path, "/")
		}
		if name == "" || strings.HasSuffix(u.Path, "/") {
			name = path.Join(name, "index.html")
		}
		if _, ok := files[name]; !ok {
			found = append(found, way{from, name})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		switch path.Ext(name) {
		case ".html":
			for z := html.NewTokenizer(strings.NewReader(files[name])); z.Next() != html.ErrorToken; {
				for _, a := range z.Token().Attr {
					if a.Key == "href" || a.Key == "src" {
						look(name, a.Val)
					}
					if a.Key == "content" {
						if _, to, ok := strings.Cut(a.Val, "; url="); ok {
							look(name, to)
						}
					}
				}
			}
		case ".xml", ".json", ".txt":
			for _, address := range absolute.FindAllString(files[name], -1) {
				look(name, strings.TrimPrefix(address, "https://a.example"))
			}
		}
	}
	return found
}

// strace is the program under which faults are injected, if it is here and may
// look at other processes.
func strace(t *testing.T) string {
	t.Helper()
	name := tool(t, "strace", "strace")
	if out, err := exec.Command(name, "-f", "-o", os.DevNull, "qinglian", "version").CombinedOutput(); err != nil {
		missing(t, "strace may not look at other processes here, so faults were not injected: "+string(out))
	}
	return name
}

// inject builds with a fault at the nth call of some system calls, counted in
// each thread. hit says whether there were so many.
func (s *turn) inject(strace, calls, fault, when string) (m made, hit bool) {
	s.Helper()
	out, status, hit := s.traced(strace, s.command("--jobs", "1"), calls, fault, when)
	m.status = status
	if err := json.Unmarshal(out, &m.report); err == nil {
		m.said = string(out)
	}
	m.files = tree(s, s.at("public"))
	return m, hit
}

// traced runs a command with a fault at the nth call of some system calls. One thread
// has nearly all the calls then.
func (w *workshop) traced(strace string, c *exec.Cmd, calls, fault, when string) (out []byte, status int, hit bool) {
	w.Helper()
	trace := filepath.Join(w.dir, "trace")
	traced := exec.Command(strace, append([]string{"-f", "-qq", "-o", trace, "-e", "trace=" + calls,
		"-e", "inject=" + calls + ":" + fault + ":when=" + when}, c.Args...)...)
	traced.Env = append(c.Env, "GOMAXPROCS=1")
	out, err := traced.Output()
	if err != nil && !errors.As(err, new(*exec.ExitError)) {
		w.Fatal(err)
	}
	log, err := os.ReadFile(trace)
	w.check(err)
	status = traced.ProcessState.ExitCode()
	return out, status, status < 0 || bytes.Contains(log, []byte("INJECTED"))
}

// Sets of system calls; "?" is for those that some machines don't have.
const (
	opening  = "?open,openat"
	writing  = "write,?pwrite64"
	reading  = "read,pread64"
	renaming = "?rename,renameat,?renameat2"
	removing = "?unlink,?rmdir,unlinkat"
	making   = "?mkdir,mkdirat"
	listing  = "getdents64"
	looking  = "?newfstatat,?statx,?fstat"
)

// every lists the calls at which a fault is injected: each one where
// everything has to be checked, else some.
func every(step int) func(yield func(int) bool) {
	if os.Getenv("REQUIRE_ALL") == "1" {
		step = max(1, step/8)
	}
	return func(yield func(int) bool) {
		for n := 1; n < 10000 && yield(n); n += step {
		}
	}
}

// TestKilled: killed at any call that touches the disk, a build leaves a whole
// site, and the next one finishes it, or goes back to what was: nothing of what the
// killed one brought may stay then.
func TestKilled(t *testing.T) {
	strace := strace(t)
	for _, c := range []struct {
		name, calls string
		step        int
	}{
		{"opening", opening, 40}, {"writing", writing, 8}, {"renaming", renaming, 8}, {"removing", removing, 4}, {"making folders", making, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			newTurn(t).killed(strace, c.name, c.calls, c.step)
		})
	}
}

// TestKilledBriefly: so it is with a build of nothing but other texts and titles, which looks
// at a few articles alone and mends the output and what is kept.
func TestKilledBriefly(t *testing.T) {
	strace := strace(t)
	for _, c := range []struct {
		name, calls string
		step        int
	}{
		{"opening", opening, 24}, {"writing", writing, 3}, {"renaming", renaming, 2}, {"removing", removing, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newWordsTurn(t)
			s.become(1)
			if r := s.build().report; r.Linked == 0 || r.Linked >= r.Pages || r.Deleted == 0 {
				t.Fatalf("%d of %d articles were linked, %d files deleted", r.Linked, r.Pages, r.Deleted)
			}
			s.killed(strace, c.name, c.calls, c.step)
		})
	}
}

// killed has builds killed on the way from one state to the other, each at a later call.
func (s *turn) killed(strace, name, calls string, step int) {
	s.Helper()
	kills := 0
	for n := range every(step) {
		s.become(1 - s.state)
		m, hit := s.inject(strace, calls, "signal=KILL", fmt.Sprint(n))
		if !hit {
			break
		}
		if m.status >= 0 {
			continue // another thread than the one that counts
		}
		kills++
		when := fmt.Sprintf("killed at %s %d, on the way to state %d", name, n, s.state)
		s.whole(when)
		if kills%3 > 0 {
			s.become(1 - s.state)
			when += ", and turned back"
		}
		s.finishes(when)
		if s.Failed() {
			return
		}
	}
	if kills == 0 {
		s.Error("nothing was killed")
	}
}

// TestFaults: a disk that fails at any call makes a build fail with a message
// that says what to do, or is overcome; the site is whole, and the next build
// finishes it.
func TestFaults(t *testing.T) {
	strace := strace(t)
	for _, c := range []struct {
		name, calls, error string
		on                 string // "+": from the nth call on
		step               int
	}{
		{"the disk is full", writing, "ENOSPC", "", 16},
		{"writing fails", writing, "EIO", "", 24},
		{"no folder can be made", making, "ENOSPC", "", 1},
		{"a folder may not be made", making, "EACCES", "", 1},
		{"a file may not be opened", opening, "EACCES", "", 40},
		{"too many files are open", opening, "EMFILE", "", 56},
		{"too many files stay open", opening, "EMFILE", "+", 80},
		{"reading fails", reading, "EIO", "", 24},
		{"a folder can't be listed", listing, "EIO", "", 8},
		{"a file can't be looked at", looking, "EIO", "", 40},
		{"a file may not be renamed", renaming, "EACCES", "", 16},
		{"a file may not be deleted", removing, "EACCES", "", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			newTurn(t).fails(strace, c.calls, c.error, c.on, c.step)
		})
	}
}

// TestFaultsBriefly: so it is with a build of nothing but other texts and titles.
func TestFaultsBriefly(t *testing.T) {
	strace := strace(t)
	for _, c := range []struct {
		name, calls, error string
		step               int
	}{
		{"the disk is full", writing, "ENOSPC", 4},
		{"a file may not be opened", opening, "EACCES", 32},
		{"reading fails", reading, "EIO", 16},
		{"a file may not be renamed", renaming, "EACCES", 4},
		{"a file may not be deleted", removing, "EACCES", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			newWordsTurn(t).fails(strace, c.calls, c.error, "", c.step)
		})
	}
}

// fails has calls fail on the way from one state to the other, each time a later one.
func (s *turn) fails(strace, calls, fault, on string, step int) {
	s.Helper()
	failures := 0
	for n := range every(step) {
		s.become(1 - s.state)
		m, hit := s.inject(strace, calls, "error="+fault, fmt.Sprint(n)+on)
		if !hit {
			break
		}
		when := fmt.Sprintf("%s at call %d, on the way to state %d", fault, n, s.state)
		switch m.status {
		case exitDone:
			s.equal(when, m)
		case exitMachine:
			failures++
			if d := m.report.Diagnostics; m.said != "" && (len(d) == 0 || !slices.ContainsFunc(d, func(d finding) bool { return d.Rule == "machine" && d.Hint != "" })) {
				s.Errorf("%s: said %s", when, m.said)
			}
		case 127: // the system could not even start the program
		default:
			s.Errorf("%s: ended with %d: %s", when, m.status, m.said)
		}
		s.whole(when)
		s.finishes(when)
		if s.Failed() {
			return
		}
	}
	if failures == 0 {
		s.Error("no fault made a build fail")
	}
}

// mount mounts a small file system in memory over a folder.
func mount(t *testing.T, folder, options string) {
	t.Helper()
	name := tool(t, "mount", "mount")
	if out, err := exec.Command(name, "-t", "tmpfs", "-o", options, "none", folder).CombinedOutput(); err != nil {
		missing(t, "no file system can be mounted here, so a full disk was not tried: "+string(out))
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", folder).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	})
}

// onSmallDisk is a turn whose output is a file system of its own.
func onSmallDisk(t *testing.T) (s *turn, public string) {
	s = newTurn(t)
	public = s.at("public")
	s.remove("public")
	s.check(os.Mkdir(public, 0o755))
	mount(t, public, "size=4m")
	s.finishes("on a disk of its own")
	s.write("public/"+foreignFile, foreignText)
	s.write("public/notices/"+foreignFile, foreignText)
	return s, public
}

// TestFullDisk: with less room than it takes, a build fails and leaves a whole
// site; with room again it finishes.
func TestFullDisk(t *testing.T) {
	s, public := onSmallDisk(t)
	for _, room := range []int{0, 20, 100, 160} {
		s.become(1 - s.state)
		ballast, err := os.Create(filepath.Join(public, "ballast"))
		s.check(err)
		for size := int64(0); err == nil; size += 4096 {
			_, err = ballast.Write(make([]byte, 4096))
			if err != nil {
				s.check(ballast.Truncate(max(0, size-int64(room)*1024)))
			}
		}
		s.check(ballast.Close())
		when := fmt.Sprintf("with room for %d KiB", room)
		m := s.build()
		if m.status != exitMachine || !strings.Contains(m.said, "磁盘") {
			t.Errorf("%s: ended with %d: %s", when, m.status, m.said)
		}
		s.check(os.Remove(ballast.Name()))
		s.whole(when)
		s.finishes(when)
	}
}

// TestReadOnly: a folder that can't be written is told, and left as it is.
func TestReadOnly(t *testing.T) {
	s, public := onSmallDisk(t)
	before := tree(t, public)
	remount := func(how string) {
		if out, err := exec.Command("mount", "-o", "remount,"+how, public).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	remount("ro")
	if m := s.build(); m.status != exitDone {
		t.Errorf("nothing to write, and it ended with %d: %s", m.status, m.said)
	}
	s.become(1)
	if m := s.build(); m.status != exitMachine || !strings.Contains(m.said, "写入权限") {
		t.Errorf("ended with %d: %s", m.status, m.said)
	}
	if d := differ(tree(t, public), before); d != "" {
		t.Error(d)
	}
	remount("rw")
	s.finishes("writable again")
}

// TestInTheWay: what stands in the way in the output is left alone and named,
// before anything is published; nothing outside of the folders is touched.
func TestInTheWay(t *testing.T) {
	s := newTurn(t)
	outside := filepath.Join(s.dir, "outside")
	secret := filepath.Join(outside, "secret.txt")
	s.check(os.Mkdir(outside, 0o755))
	s.check(os.WriteFile(secret, []byte("秘密"), 0o644))
	link := func(to, name string) {
		s.remove(name)
		s.check(os.MkdirAll(filepath.Dir(s.at(name)), 0o755))
		s.check(os.Symlink(to, s.at(name)))
	}
	for _, c := range []struct {
		what   string
		put    func()
		remove string // what the reader of the message takes away
		status int
		rule   string
	}{
		{"a folder where a new page goes", func() { s.write("public/notices/aaa.html/x.txt", "x") }, "public/notices/aaa.html", exitSite, "foreign-file"},
		{"a folder where one of our pages was", func() { s.remove("public/about.html"); s.write("public/about.html/x.txt", "x") }, "public/about.html", exitSite, "foreign-file"},
		{"an empty folder where one of our pages was", func() { s.remove("public/about.html"); s.check(os.Mkdir(s.at("public/about.html"), 0o755)) }, "public/about.html", exitSite, "foreign-file"},
		{"a file where a folder goes", func() { s.write("public/deep", "x") }, "public/deep", exitSite, "foreign-file"},
		{"a file where one of our folders was", func() { s.remove("public/rules"); s.write("public/rules", "x") }, "public/rules", exitSite, "foreign-file"},
		{"a link out where one of our pages was", func() { link(secret, "public/about.html") }, "", exitDone, ""},
		{"a link out where a new page goes", func() { link(secret, "public/notices/aaa.html") }, "public/notices/aaa.html", exitSite, "foreign-file"},
		{"a link out where one of our folders was", func() { link(outside, "public/rules") }, "public/rules", exitSite, "foreign-file"},
		{"a link out where files are staged", func() { link(outside, "public/.qinglian-stage") }, "", exitDone, ""},
		{"a link out where the cache is", func() { link(outside, own) }, own, exitMachine, "machine"},
		{"a link out where the lock is", func() { link(filepath.Join(outside, "lock"), own+"/lock") }, own, exitMachine, "machine"},
		{"a link out where the output's lock is", func() { link(filepath.Join(outside, "lock"), "public/.qinglian-lock") }, "public/.qinglian-lock", exitMachine, "machine"},
		{"a link out among the articles", func() { link(secret, "content/notices/secret.md") }, "content/notices/secret.md", exitSite, "outside-link"},
		{"a link out in static/", func() { link(secret, "static/secret.txt") }, "static/secret.txt", exitSite, "outside-link"},
		{"a link out in place of static/", func() { link(outside, "static") }, "static", exitSite, "outside-link"},
		{"a link out in data/", func() { link(secret, "data/secret.csv") }, "data/secret.csv", exitSite, "outside-link"},
	} {
		t.Run(c.what, func(t *testing.T) {
			s.TB = t
			s.become(1 - s.state)
			s.become(1) // what goes new in state 1 is new
			c.put()
			before := tree(t, s.at("public"))
			m := s.build()
			if m.status != c.status || c.rule != "" && !strings.Contains(m.said, c.rule) {
				t.Errorf("ended with %d: %s", m.status, m.said)
			}
			if m.status != exitDone {
				if d := differ(m.files, before); d != "" {
					t.Errorf("it was refused, and yet the output was touched:\n%s", d)
				}
			}
			if d := differ(tree(t, outside), map[string]string{"secret.txt": "秘密"}); d != "" {
				t.Errorf("outside of the site:\n%s", d)
			}
			if c.remove != "" {
				s.remove(c.remove)
			}
			s.become(1)
			s.finishes("out of the way")
			s.become(0)
			s.finishes("back")
		})
	}
}

// TestTwoBuilds: the second of two builds says that it waits, and waits.
func TestTwoBuilds(t *testing.T) {
	s := newTurn(t)
	lock := flock.New(s.at(own + "/lock"))
	s.check(lock.Lock())
	s.become(1)
	c := s.command()
	stderr, err := c.StderrPipe()
	s.check(err)
	s.check(c.Start())
	said := make([]byte, 200)
	n, err := stderr.Read(said)
	s.check(err)
	if !strings.Contains(string(said[:n]), "另一个 qinglian 正在生成这个网站") {
		t.Errorf("said %s", said[:n])
	}
	time.Sleep(100 * time.Millisecond)
	s.become(0)
	before := tree(t, s.at("public"))
	if _, changed := before["notices/aaa.html"]; changed {
		t.Error("it did not wait")
	}
	s.become(1)
	s.check(lock.Unlock())
	s.check(c.Wait())
	s.equal("after the wait", made{files: tree(t, s.at("public"))})
}

// TestManyBuilds: builds that begin at once end all with the same site.
func TestManyBuilds(t *testing.T) {
	s := newTurn(t)
	for range 4 {
		s.become(1 - s.state)
		var all []*exec.Cmd
		for range 4 {
			c := s.command()
			s.check(c.Start())
			all = append(all, c)
		}
		for _, c := range all {
			if err := c.Wait(); err != nil {
				t.Error(err)
			}
		}
		s.equal("many builds", made{files: tree(t, s.at("public"))})
	}
}
