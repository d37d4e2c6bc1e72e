package publish

import (
	"iter"
	"os"
	"sync/atomic"

	"qinglian/internal/cores"
	"qinglian/internal/source"
)

// What a manifest has is asked for by name. Whatever else is in a folder is asked for when
// an output is to have its place ([Dir.at]).

// Stands reports whether the folder holds what the last build of a site made, all
// of it and nothing else that is ours. A nil Dir is a folder that is not there.
func (d *Dir) Stands(id string, m Manifest, jobs int) (bool, error) {
	if d == nil || d.standing != whole || d.record.id != id || !m.lists(d.record.entries) {
		return false, nil
	}
	parts := m.parts()
	var differs atomic.Bool
	err := cores.Share(len(parts), jobs, func(numbers iter.Seq[int]) error {
		for i := range numbers {
			stand, err := d.stand(parts[i])
			if err != nil {
				return err
			}
			if !stand {
				differs.Store(true)
				return nil
			}
		}
		return nil
	})
	return err == nil && !differs.Load(), err
}

// stand reports whether files, which are in one folder, are as they were made. If the folder
// was looked at, what was found then counts; else they are asked for.
func (d *Dir) stand(m Manifest) (bool, error) {
	dir := dirOf(m[0].Path)
	d.mu.Lock()
	in, known := d.folders[dir]
	d.mu.Unlock()
	if !known {
		return d.asked(m)
	}
	for i := range m {
		here, listed := in.files[baseOf(m[i].Path)]
		if !listed {
			var err error
			if here, _, _, err = d.at(m[i].Path); err != nil {
				return false, err
			}
		}
		if !here.regular || here.stamp != m[i].Stamp {
			return false, nil
		}
	}
	return true, nil
}

// asked reports whether files, which are in one folder, are as they were made.
func (d *Dir) asked(m Manifest) (bool, error) {
	count := 0
	_, err := d.ask(m, func(name string, here found) bool {
		made := &m[count]
		if !here.regular || here.stamp != made.Stamp || name != baseOf(made.Path) {
			return false
		}
		count++
		return true
	})
	return count == len(m), err
}

// ask hands the files that are there to each, by their names, until it says no. All of them
// are in one folder, which is returned with no files noted.
func (d *Dir) ask(m Manifest, each func(name string, here found) bool) (*folder, error) {
	return d.opened(dirOf(m[0].Path), func(open *os.File) error {
		for e, err := range source.Ask(open, m.names()) {
			if err != nil || !each(e.Name, foundAs(e)) {
				return err
			}
		}
		return nil
	})
}

// lookFor looks at the files of a manifest with jobs workers.
func (d *Dir) lookFor(m Manifest, jobs int) error {
	parts := m.parts()
	sizes := map[string]int{}
	for _, part := range parts {
		sizes[dirOf(part[0].Path)] += len(part)
	}
	return cores.Share(len(parts), jobs, func(numbers iter.Seq[int]) error {
		type named struct {
			name string
			found
		}
		var here []named
		for i := range numbers {
			here = here[:0]
			in, err := d.ask(parts[i], func(name string, f found) bool {
				here = append(here, named{name, f})
				return true
			})
			if err != nil {
				return err
			}
			dir := dirOf(parts[i][0].Path)
			d.mu.Lock()
			if known := d.folders[dir]; known != nil {
				known.there = known.there || in.there
				in = known
			} else {
				in.files = make(map[string]found, sizes[dir])
				d.folders[dir] = in
			}
			for _, f := range here {
				in.files[f.name] = f.found
			}
			d.mu.Unlock()
		}
		return nil
	})
}
