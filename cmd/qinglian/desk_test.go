package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"testing"

	"qinglian/internal/source"
)

// TestDesk: killed, or failed by the disk, at any call that touches it, what writes a
// site's own files leaves each of them as it was or as it becomes, and nothing else that
// a build would see. The next run does what was left to do.
func TestDesk(t *testing.T) {
	strace := strace(t)
	create, fix := []string{"new", "example", "一座桥", "--now", "2026-11-20 08:00"}, []string{"fix"}
	for _, c := range []struct {
		name, calls, fault string
		commands           [][]string
	}{
		{"killed at opening", opening, "signal=KILL", [][]string{create, fix}},
		{"killed at writing", writing, "signal=KILL", [][]string{create, fix}},
		{"killed at placing", placing, "signal=KILL", [][]string{create, fix}},
		{"killed at removing", removing, "signal=KILL", [][]string{create, fix}},
		{"killed at making folders", making, "signal=KILL", [][]string{create, fix}},
		{"the disk is full", writing, "error=ENOSPC", [][]string{create, fix}},
		{"nothing is brought to the disk", "fsync", "error=EIO", [][]string{create, fix}},
		{"a file may not be opened", opening, "error=EACCES", [][]string{create, fix}},
		{"there are no links", linking, "error=EPERM", [][]string{create}},
		{"a file may not be renamed", renaming, "error=EACCES", [][]string{fix}},
		{"a file may not be deleted", removing, "error=EACCES", [][]string{create, fix}},
		{"no folder can be made", making, "error=ENOSPC", [][]string{create, fix}},
	} {
		for _, args := range c.commands {
			t.Run(args[0]+", "+c.name, func(t *testing.T) {
				t.Parallel()
				d := newDraft(t, args)
				faults := 0
				for n := range every(1) {
					d.begin()
					_, status, hit := d.traced(strace, d.command(), c.calls, c.fault, fmt.Sprint(n))
					if !hit {
						break
					}
					faults++
					d.whole(fmt.Sprintf("%s at call %d, ended with %d", c.name, n, status), status)
				}
				if faults == 0 {
					t.Error("there was no fault")
				}
			})
		}
	}
}

const (
	linking = "?link,linkat"
	placing = linking + "," + renaming
)

// draft is a small site that one command writes to.
type draft struct {
	*workshop
	args          []string
	before, after map[string]string // of what a build would see
}

func newDraft(t *testing.T, args []string) *draft {
	t.Helper()
	w := &workshop{TB: t, dir: inMemory(t)}
	w.site = filepath.Join(w.dir, "site")
	d := &draft{workshop: w, args: args, before: map[string]string{
		"config.toml":           "id = \"abcdefgh\"\ntitle = \"站\"\n",
		"content/notices/a.md":  "---\n标题：甲\n日期: 2024-05-01\n来源: 本站\n---\n",
		"content/notices/b.md":  "---\n标题: 乙\n日期: 2024-05-02\n来源: 本站\n标签: [党建，普法]\n---\n",
		"content/notices/c.txt": "不是文章\n",
	}}
	d.begin()
	d.check(d.command().Run())
	d.after = d.seen()
	if differ(d.after, d.before) == "" {
		t.Fatal("it writes nothing")
	}
	return d
}

func (d *draft) command() *exec.Cmd {
	c := exec.Command("qinglian", append(d.args, "--source", d.site)...)
	c.Env = os.Environ()
	return c
}

// begin makes the site anew.
func (d *draft) begin() {
	d.Helper()
	d.check(os.RemoveAll(d.site))
	for name, text := range d.before {
		d.write(name, text)
	}
}

// seen are the site's files that a build would see.
func (d *draft) seen() map[string]string {
	d.Helper()
	files := tree(d, d.site)
	maps.DeleteFunc(files, func(name, _ string) bool {
		return source.Ignored(path.Base(name)) || name[0] == '.'
	})
	return files
}

// whole checks what a run left that had a fault, and what the next one does.
func (d *draft) whole(when string, status int) {
	d.Helper()
	seen := d.seen()
	if status >= 0 && status != exitDone && status != exitMachine {
		d.Errorf("%s, which is not the machine's", when)
	}
	for name := range tree(d, d.at("content")) {
		if status == exitMachine && source.Ignored(path.Base(name)) {
			d.Errorf("%s: of what failed, %s is left", when, name)
		}
	}
	for name, text := range seen {
		was, there := d.before[name]
		if becomes, ok := d.after[name]; !(there && text == was || ok && text == becomes) {
			d.Errorf("%s: %s is not whole: %q", when, name, text)
		}
	}
	for name := range d.before {
		if _, there := seen[name]; !there {
			d.Errorf("%s: %s is gone", when, name)
		}
	}
	if status != exitDone {
		d.command().Run() //nolint:errcheck // the article may be there already, which new refuses
		seen = d.seen()
	}
	if wrong := differ(seen, d.after); wrong != "" {
		d.Errorf("%s: in the end\n%s", when, wrong)
	}
}

// TestInit: a change of many files, one of which the disk does not take, leaves nothing;
// killed, it leaves files that are whole, and no site unless all are there.
func TestInit(t *testing.T) {
	strace := strace(t)
	for _, c := range []struct {
		name, calls, fault string
		step               int
	}{
		{"killed at placing", placing, "signal=KILL", 16},
		{"killed at removing", removing, "signal=KILL", 32},
		{"the disk is full", writing, "error=ENOSPC", 16},
		{"nothing is brought to the disk", "fsync", "error=EIO", 16},
		{"no folder can be made", making, "error=ENOSPC", 8},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := &workshop{TB: t, dir: inMemory(t)}
			w.site = filepath.Join(w.dir, "site")
			w.check(exec.Command("qinglian", "init", w.site).Run())
			want := w.sample()
			faults := 0
			for n := range every(c.step) {
				w.remove("")
				init := exec.Command("qinglian", "init", w.site)
				init.Env = os.Environ()
				_, status, hit := w.traced(strace, init, c.calls, c.fault, fmt.Sprint(n))
				if !hit {
					break
				}
				faults++
				left := w.sample()
				wrong := differ(left, want)
				switch {
				case status < 0:
					for name, text := range left {
						if text != want[name] {
							t.Errorf("%s %d: %s is not whole", c.name, n, name)
						}
					}
					if w.has("config.toml") && wrong != "" {
						t.Errorf("%s %d: a site that is not whole: %s", c.name, n, wrong)
					}
				case status == exitMachine && len(w.list("")) > 0:
					t.Errorf("%s %d: %q is left", c.name, n, w.list(""))
				case status == exitDone && wrong != "":
					t.Errorf("%s %d: %s", c.name, n, wrong)
				}
			}
			if faults == 0 {
				t.Error("there was no fault")
			}
		})
	}
}

// TestHandedOut: of a file for somebody's hands, which the disk does not take, nothing is
// left that the next run would not write over.
func TestHandedOut(t *testing.T) {
	strace := strace(t)
	w := &workshop{TB: t, dir: inMemory(t)}
	w.site = filepath.Join(w.dir, "out")
	w.check(os.Mkdir(w.site, 0o755))
	for n := range every(1) {
		code := exec.Command("qinglian", "wechat", "qr", "https://www.example.org/", "--output", filepath.Join(w.site, "qr.png"))
		code.Env = os.Environ()
		_, status, hit := w.traced(strace, code, writing, "error=ENOSPC", fmt.Sprint(n))
		if !hit {
			break
		}
		if left := w.list(""); status == exitMachine && len(left) > 0 {
			t.Errorf("at call %d: %q is left", n, left)
		}
		w.remove("qr.png")
	}
	if !w.has("qr.png") {
		t.Error("without a fault there is no file")
	}
}

// sample are the files of the sample site, without its id, which is chance.
func (w *workshop) sample() map[string]string {
	w.Helper()
	files := tree(w, w.site)
	maps.DeleteFunc(files, func(name, _ string) bool { return source.Ignored(path.Base(name)) })
	if c, ok := files["config.toml"]; ok {
		files["config.toml"] = regexp.MustCompile(`(?m)^id = .*$`).ReplaceAllString(c, "")
	}
	return files
}
