package publish

import (
	"bytes"
	"errors"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"qinglian/internal/build"
	"qinglian/internal/cores"
	"qinglian/internal/diag"
	"qinglian/internal/source"
)

// How says how a folder is made.
type How struct {
	Jobs     int             // workers
	Progress func(total int) // called for each rendered output, from several goroutines; may be nil
	Verify   bool            // render what is fresh too and compare it with the folder
	Staged   func() error    // called once all is staged, while it takes its place; may be nil

	Owner Owner
	Adopt bool                // take over what is the site's own and not in the journal
	Most  func(pages int) int // how many of so many pages may be deleted; nil: any number
}

// Outcome is what [Dir.Make] did: the manifest for the next time, and counts.
type Outcome struct {
	Manifest Manifest
	Rendered int
	Articles int       // of which the page was deleted
	Adopted  []string  // files that were taken over
	Strays   []Page    // pages that were taken over and deleted
	Found    diag.List // what there is to say about the folder
	Result
}

// plan is what there is to be done to a folder.
type plan struct {
	paths    []string       // of all outputs
	fresh    Manifest       // what stands
	stale    []build.Output // what does not
	unlisted unlisted
	gone     []Gone // pages
}

// plan finds out what there is to be done, and refuses what must not be.
func (d *Dir) plan(outputs []build.Output, old Manifest, how How) (p plan, err error) {
	if err := d.admit(how.Owner); err != nil {
		return p, err
	}
	p.paths = pathsOf(outputs)
	if err := d.lookAt(slices.Values(p.paths), how.Jobs); err != nil {
		return p, err
	}
	var inTheWay []barred
	if p.fresh, p.stale, inTheWay, err = d.sort(outputs, old); err != nil {
		return p, err
	}
	if p.unlisted, err = d.settle(inTheWay, p.paths, how); err != nil {
		return p, err
	}
	p.gone, err = d.bounded(p.paths, old, how)
	return p, err
}

// Make makes the folder equal to outputs: those whose key and whose file stand
// as the manifest has them are skipped, the rest are rendered. On an error
// nothing is published.
func (d *Dir) Make(outputs []build.Output, old Manifest, how How) (Outcome, error) {
	p, err := d.plan(outputs, old, how)
	if err != nil {
		return Outcome{}, err
	}
	m, stale := p.fresh, p.stale
	out := Outcome{Rendered: len(stale), Adopted: p.unlisted.mine, Strays: p.unlisted.gone,
		Found: d.changedEnds(p.unlisted)}
	for _, g := range p.gone {
		if g.Article {
			out.Articles++
		}
	}
	err = d.stageAll(stale, how)
	if err == nil && how.Verify {
		err = d.verify(outputs, m, how.Jobs)
	}
	if err != nil {
		return Outcome{}, errors.Join(err, d.Discard())
	}
	var stamps []source.Stamp
	err = how.meanwhile(func() (err error) {
		if out.Result, err = d.Commit(how.Owner.ID, p.paths); err == nil {
			stamps, err = d.stamps(stale, how.Jobs)
		}
		return err
	})
	if err != nil {
		return Outcome{}, err
	}
	m = slices.Grow(m, len(stale))[:len(m)+len(stale)]
	made := m[len(m)-len(stale):]
	cores.Together(len(stale), func(from, to int) {
		for i := from; i < to; i++ {
			made[i] = madeOf(stale[i], stamps[i])
		}
	})
	m = slices.DeleteFunc(m, func(f Made) bool { return f.Stamp == (source.Stamp{}) }) // no longer there
	m.sort()
	out.Manifest = m
	return out, nil
}

func pathsOf(outputs []build.Output) []string {
	paths := make([]string, len(outputs))
	for i, o := range outputs {
		paths[i] = o.Path
	}
	return paths
}

// stageAll renders outputs and stages them.
func (d *Dir) stageAll(outputs []build.Output, how How) error {
	return build.Render(outputs, how.Jobs, func(o build.Output, b []byte) error {
		if how.Progress != nil {
			defer how.Progress(len(outputs))
		}
		return d.Stage(o, b)
	})
}

// madeOf is what is kept of an output that was published with a stamp.
func madeOf(o build.Output, stamp source.Stamp) Made {
	return Made{Path: o.Path, Rank: o.Rank, Source: o.Source, Key: o.Key, Stamp: stamp, Parts: o.Brief()}
}

// stamp is that of a file; empty if it is not there.
func (d *Dir) stamp(name string) source.Stamp {
	info, err := d.root.Lstat(name)
	if err != nil || !info.Mode().IsRegular() {
		return source.Stamp{}
	}
	return source.NewStamp(info)
}

// stamps are those of outputs that were published, empty if one is not there. Of many
// the folders are listed, on all cores.
func (d *Dir) stamps(outputs []build.Output, jobs int) ([]source.Stamp, error) {
	stamps := make([]source.Stamp, len(outputs))
	if len(outputs) < len(d.owned())/2 {
		for i, o := range outputs {
			stamps[i] = d.stamp(o.Path)
		}
		return stamps, nil
	}
	if err := d.lookAt(slices.Values(pathsOf(outputs)), jobs); err != nil {
		return nil, err
	}
	for i, o := range outputs {
		if here, _, _, err := d.at(o.Path); err == nil && here.regular {
			stamps[i] = here.stamp
		}
	}
	return stamps, nil
}

// meanwhile puts what was staged in its place, while others do what they may do by then:
// it is one file after the other, so most cores are free.
func (how How) meanwhile(place func() error) error {
	var group errgroup.Group
	if how.Staged != nil {
		group.Go(how.Staged)
	}
	return errors.Join(place(), group.Wait())
}

// changedEnds says that something changed the line ends of the folder's files. They
// are written anew.
func (d *Dir) changedEnds(u unlisted) diag.List {
	if d.standing != lineEnds && u.ends == 0 {
		return nil
	}
	return diag.List{{Rule: "line-ends", Severity: diag.Warning,
		Message: diag.Say("输出文件夹里文件的换行被改过，多半是 git 的 core.autocrlf；已经改了回来",
			"the line ends of files in the output folder had been changed, most likely by git's core.autocrlf; they "+
				"were put right"),
		Hint: diag.Say("在输出文件夹的仓库里放一个 .gitattributes，里面写一行：* -text",
			"put a file .gitattributes into the repository of the output folder, with the line: * -text")}}
}

// sort separates the outputs that stand as the manifest has them from the rest, and
// finds those of the rest in whose place stands what is not ours.
func (d *Dir) sort(outputs []build.Output, old Manifest) (fresh Manifest, stale []build.Output, inTheWay []barred,
	err error) {
	fresh = make(Manifest, 0, min(len(outputs), len(old)))
	find := old.finder()
	for n, o := range outputs {
		here, there, in, err := d.at(o.Path)
		if err != nil {
			return nil, nil, nil, err
		}
		i, found := find(o.Path)
		if found && here.regular && d.owned()[o.Path] && old[i].Key == o.Key && old[i].Stamp == here.stamp {
			stands := old[i]
			stands.Source, stands.Rank = o.Source, o.Rank
			fresh = append(fresh, stands)
			continue
		}
		if len(fresh) == 0 {
			stale = outputs[: n+1 : n+1] // no copy of them all at a first build
		} else {
			stale = append(stale, o)
		}
		obstacle := in.blocked
		if there && (!here.regular || !d.owned()[o.Path]) {
			obstacle = d.obstacle(o.Path)
		}
		if obstacle != "" {
			inTheWay = append(inTheWay, barred{o, obstacle})
		}
	}
	return fresh, stale, inTheWay, nil
}

// verify renders outputs that are taken for fresh, and reports those whose
// files differ: their keys lack something that their bytes depend on. So it does
// with a kept digest that is not that of the bytes.
func (d *Dir) verify(outputs []build.Output, fresh Manifest, jobs int) error {
	var mu sync.Mutex
	var differ diag.List
	known := fresh.byPath()
	outputs = slices.DeleteFunc(slices.Clone(outputs), func(o build.Output) bool { _, ok := known[o.Path]; return !ok })
	err := build.Render(outputs, jobs, func(o build.Output, b []byte) error {
		here, err := d.root.ReadFile(o.Path)
		if err != nil || bytes.Equal(here, b) && fresh[known[o.Path]].names(b) {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		differ = append(differ, build.Stale(o.Path))
		return nil
	})
	if err != nil || len(differ) == 0 {
		return err
	}
	return differ.Sort()
}

// Why is the reason for which an output would be rendered.
type Why struct {
	Known bool     // it was made before
	There bool     // its file is ours and as it was made
	Moved []string // parts of its key that differ; nil if the key is the same
}

// Why finds out what [Dir.Make] would do with an output, and why. A nil Dir is a
// folder that is not there.
func (d *Dir) Why(o build.Output, old Manifest) (Why, error) {
	made, known := old.Find(o.Path)
	w := Why{Known: known}
	if d != nil {
		here, _, _, err := d.at(o.Path)
		if err != nil {
			return w, err
		}
		w.There = here.regular && d.owned()[o.Path] && made.Stamp == here.stamp
	}
	if made.Key != o.Key {
		if w.Moved = o.Moved(made.Parts); w.Moved == nil {
			w.Moved = []string{"content"}
		}
	}
	return w, nil
}
