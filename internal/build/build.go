// Package build decides which files of the published site are stale and makes
// those, on all cores.
package build

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"qinglian/internal/cores"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
)

// Rank is the order in which outputs are published: what others refer to comes
// first, so that a reader never meets a page whose parts are not there.
type Rank uint8

// The ranks, in order.
const (
	Asset Rank = iota
	Page
	List
	Feed
)

// Output is a file of the published site: where it goes, a digest of all that
// its bytes depend on, and how to make them.
type Output struct {
	Path   string
	Key    digest.Digest
	Parts  func() Parts // what the key is made of; nil if it is one thing
	Rank   Rank
	Source string // what asked for it, for messages: a file, or a description
	Render func(io.Writer) error
}

// Mark is what every page says of its generator: whose it is, by the site's id.
// Without an id it says only what made it.
func Mark(id string) string { return strings.TrimSpace("qinglian " + id) }

// Machine is an error of a Render that nothing in the site can mend. One that
// people can mend, in what it was made from, is a diag.List; any other is the
// theme's.
type Machine struct{ Err error }

func (m Machine) Error() string { return m.Err.Error() }

// Check reports outputs on one path, each where its address was typed. Letter case
// does not tell paths apart on the systems of most writers.
func Check(outputs []Output, where func(Output) diag.Diagnostic) diag.List {
	var problems diag.List
	owner := make(map[string]int, len(outputs)) // its index
	var second []int                            // outputs on a path that was taken
	for i, o := range outputs {
		if key := strings.ToLower(o.Path); !taken(owner, key) {
			owner[key] = i
			continue
		}
		second = append(second, i)
	}
	offered, next := map[string]int{}, map[string]int{} // what was offered; which number a page has next
	for _, i := range second {
		o, first := outputs[i], outputs[owner[strings.ToLower(outputs[i].Path)]]
		hint := diag.Say("给其中一个改名", "rename one of them")
		for _, source := range []string{first.Source, o.Source} {
			if strings.HasPrefix(source, "static/") {
				hint = ownPage(source, first.Source)
			}
		}
		page, ok := strings.CutSuffix(o.Path, ".html")
		if source := strings.ToLower(path.Ext(o.Source)); ok && (source == ".md" || source == ".markdown") {
			free, n := page, max(2, next[page])
			for ; taken(owner, strings.ToLower(free)+".html") || taken(offered, free); n++ {
				free = page + "-" + strconv.Itoa(n)
			}
			offered[free], next[page] = i, n
			hint = diag.Say("给其中一篇换一个网址名：把它开头“网址名”那一行改成 网址名: %s，没有那一行就加上",
				"give one of them another slug: change its line, or add one, to slug: %s", path.Base(free))
		}
		problems = append(problems, diag.Diagnostic{Rule: "same-address", Severity: diag.Error, Hint: hint,
			Message: diag.Say("和 %s 的网址相同：%s", "has the same address as %s: %s", first.Source, o.Path),
		}.Placed(where(o)))
	}
	// A file can't stand where another's folder must be.
	free := "" // the folder of the last one, if nothing stands there
	for _, o := range outputs {
		dir := strings.ToLower(o.Path[:max(0, strings.LastIndexByte(o.Path, '/'))])
		if dir == free {
			continue
		}
		free = dir
		for ; dir != ""; dir = dir[:max(0, strings.LastIndexByte(dir, '/'))] {
			if n, ok := owner[dir]; ok {
				file := outputs[n]
				free = ""
				problems = append(problems, diag.Diagnostic{Rule: "same-address", Severity: diag.Error,
					Message: diag.Say("网址 %s 需要文件夹 %s，但 %s 占用了这个名字",
						"%s needs the folder %s, which %s takes", o.Path, file.Path, file.Source),
					Hint: diag.Say("给其中一个改名", "rename one of them"),
				}.Placed(where(o)))
			}
		}
	}
	return problems
}

func taken(names map[string]int, name string) bool {
	_, ok := names[name]
	return ok
}

// ownPage is what to do about a file in static/ that takes the address of what is made
// for another reason.
func ownPage(file, reason string) diag.Text {
	if strings.HasSuffix(reason, " [host]") {
		return diag.Say("删去 %[1]s，或去掉 config.toml 里 [host] 的 kind",
			"take %[1]s away, or kind out of [host] in config.toml", file)
	}
	if file == "static/404.html" {
		return diag.Say("删去 static/404.html：这一页自动生成；要换样子，就在主题的 layouts/ 里写 404.html",
			"take static/404.html away: this page is made by itself; to change it put 404.html into the theme's layouts/")
	}
	return diag.Say("删去 %[1]s，或给它改名：这个网址自动生成",
		"take %[1]s away or rename it: what is at its address is made by itself", file)
}

// maxKept is how much room for an output is kept for the next one.
const maxKept = 8 << 20

// Render makes outputs with jobs workers and hands the bytes of each to keep,
// from several goroutines at once. All outputs are tried; every different
// problem is reported, each once: a mistake in a template is one, however many
// pages it spoils. What is the machine's is returned as it is, at once.
func Render(outputs []Output, jobs int, keep func(Output, []byte) error) error {
	t := troubles{failed: map[diag.Text]Output{}}
	err := cores.Share(len(outputs), jobs, func(numbers iter.Seq[int]) error {
		buf := new(bytes.Buffer)
		for i := range numbers {
			if buf.Cap() > maxKept {
				buf = new(bytes.Buffer)
			}
			buf.Reset()
			err := outputs[i].Render(buf)
			if err == nil {
				err = keep(outputs[i], buf.Bytes())
			} else {
				err = t.note(outputs[i], err)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return t.problems()
}

// troubles are what outputs could not be made for.
type troubles struct {
	mu     sync.Mutex
	wrong  diag.List            // with what they were made from
	failed map[diag.Text]Output // by what went wrong; of several the first by path
}

// note notes why an output could not be made, unless that is the machine's.
func (t *troubles) note(o Output, err error) error {
	if m := (Machine{}); errors.As(err, &m) {
		return m.Err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if l := (diag.List{}); errors.As(err, &l) {
		for _, d := range l {
			if !slices.Contains(t.wrong, d) {
				t.wrong = append(t.wrong, d)
			}
		}
		return nil
	}
	why := diag.Why(err)
	if first, known := t.failed[why]; !known || o.Path < first.Path {
		t.failed[why] = o
	}
	return nil
}

func (t *troubles) problems() error {
	if len(t.failed)+len(t.wrong) == 0 {
		return nil
	}
	problems := t.wrong
	for why, o := range t.failed {
		problems = append(problems, Problem(o, why))
	}
	return problems.Sort()
}

// Problem is the message about an output that could not be made.
func Problem(o Output, why diag.Text) diag.Diagnostic {
	return diag.Diagnostic{Rule: "render", Severity: diag.Error, File: o.Source,
		Message: diag.Say("做不出 %s：%s", "can't make %s: %s", o.Path, why),
		Hint:    diag.Say("改主题里的这个模板", "mend this template of the theme")}
}

// Bytes is the Render of a file whose bytes are at hand.
func Bytes(b []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		if _, err := w.Write(b); err != nil {
			return fmt.Errorf("writing: %w", err)
		}
		return nil
	}
}

// Stale is the message about something that was taken over from the last build
// and should have been made anew. It is our mistake, never a writer's.
func Stale(name string) diag.Diagnostic {
	return diag.Diagnostic{Rule: "stale-output", Severity: diag.Error, File: name,
		Message: diag.Say("核对出了差别：这个文件应该重做，却沿用了上次的，这是 qinglian 的错误",
			"verifying found a difference: this should have been made anew and was not; that is a mistake of qinglian"),
		Hint: diag.Say("删掉网站里的 .qinglian 文件夹再生成一次就对了；请把改动的经过告诉我们",
			"delete the site's folder .qinglian and build again; please tell us what was edited")}
}
