package publish

import (
	"slices"
	"strings"
	"sync"

	"qinglian/internal/build"
	"qinglian/internal/diag"
)

// Difference is what [Dir.Make] would do to a folder, each in the order of paths.
type Difference struct {
	New     []build.Output
	Changed []build.Output
	Gone    []Gone // pages
	Dropped int    // other files that would be deleted
	Found   diag.List
}

// Compare finds out what [Dir.Make] would do, with all that could stop it, and writes
// nothing. A nil Dir is a folder that is not there.
func (d *Dir) Compare(outputs []build.Output, old Manifest, how How) (diff Difference, err error) {
	p := plan{stale: outputs}
	if d != nil {
		if p, err = d.plan(outputs, old, how); err != nil {
			return diff, err
		}
		diff.Gone, diff.Dropped, diff.Found = p.gone, d.dropped(p.paths), d.changedEnds(p.unlisted)
	}
	var mu sync.Mutex
	err = build.Render(p.stale, how.Jobs, func(o build.Output, b []byte) error {
		if how.Progress != nil {
			defer how.Progress(len(p.stale))
		}
		there, same, err := d.has(o.Path, b)
		mu.Lock()
		defer mu.Unlock()
		switch {
		case err != nil:
		case !there:
			diff.New = append(diff.New, o)
		case !same:
			diff.Changed = append(diff.Changed, o)
		}
		return err
	})
	for _, list := range [][]build.Output{diff.New, diff.Changed} {
		slices.SortFunc(list, func(a, b build.Output) int { return strings.Compare(a.Path, b.Path) })
	}
	return diff, err
}

// has reports whether there is a file in an output's place, and whether it has these bytes.
func (d *Dir) has(name string, b []byte) (there, same bool, err error) {
	if d == nil {
		return false, false, nil
	}
	here, there, _, err := d.at(name)
	return there, err == nil && there && d.holds(name, here, b), err
}

// dropped counts the files that are no pages and would be deleted.
func (d *Dir) dropped(planned []string) (count int) {
	if d.owns(planned) {
		return 0
	}
	keep := make(map[string]bool, len(planned))
	for _, p := range planned {
		keep[p] = true
	}
	for p := range d.owned() {
		if !IsPage(p) && !keep[p] && d.obstacle(p) == "" {
			count++
		}
	}
	return count
}
