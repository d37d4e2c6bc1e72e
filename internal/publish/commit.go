package publish

import (
	"errors"
	"io/fs"
	"path"
	"slices"

	"qinglian/internal/rooted"
)

// Commit publishes what was staged, in the name of a site, and deletes our files
// that are not planned any more. planned is the paths of all outputs.
func (d *Dir) Commit(id string, planned []string) (Result, error) {
	result := Result{Written: len(d.staged), Unchanged: len(planned) - len(d.staged)}
	if d.owns(planned) && !d.adopted && d.standing == whole && d.record.id == id { // the journal stands
		return result, d.place()
	}
	ours := make(map[string]bool, len(planned))
	for _, p := range planned {
		ours[p] = true
	}
	paths := slices.Clone(planned)
	slices.Sort(paths)
	paths = slices.Compact(paths)
	gone := leaving(d.owned(), ours)
	stay, err := list(paths)
	if err != nil {
		return result, err
	}
	all := stay
	if len(gone) > 0 {
		paths = slices.Grow(paths, len(gone))
		for _, c := range gone {
			paths = append(paths, c.Path)
			ours[c.Path] = true
		}
		slices.Sort(paths)
		if all, err = list(paths); err != nil {
			return result, err
		}
	}
	d.owned = func() map[string]bool { return ours }
	err = d.replace(id, all, gone, stay)
	for _, c := range gone {
		delete(ours, c.Path)
	}
	result.Deleted = len(gone)
	return result, err
}

// replace publishes what was staged and deletes what goes. The journal has all that is
// ours meanwhile, and then what stays.
func (d *Dir) replace(id, all string, gone []Change, stay string) error {
	if err := d.writeJournal(id, all); err != nil {
		return err
	}
	if err := d.place(); err != nil {
		return err
	}
	for _, c := range gone {
		if err := d.remove(c.Path); err != nil {
			return err
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return d.writeJournal(id, stay)
}

// owns reports whether the paths are exactly those that are ours.
func (d *Dir) owns(planned []string) bool {
	for _, p := range planned {
		if !d.owned()[p] {
			return false
		}
	}
	return len(planned) == len(d.owned())
}

// place renames what was staged to its places and clears the staging area.
func (d *Dir) place() error {
	if len(d.staged) == 0 {
		return nil
	}
	if err := d.letGo(); err != nil {
		return err
	}
	slices.SortFunc(d.staged, func(a, b staged) int { return Order(a.Change, b.Change) })
	made := map[string]bool{".": true}
	placed := map[string]bool{"": false} // batches
	for _, s := range d.staged {
		if dir := dirOf(s.Path); !made[dir] {
			made[dir] = true
			if err := d.root.MkdirAll(path.Dir(dir), 0o755); err != nil {
				return err
			}
			// It fails if the folder has come to be, with something in it.
			placed[s.batch] = s.batch != "" && rooted.Rename(d.root, s.batch, dir) == nil
			if err := d.root.MkdirAll(dir, 0o755); err != nil {
				return err
			}
		}
		if placed[s.batch] {
			continue
		}
		if err := rooted.Rename(d.root, s.aside(), s.Path); err != nil {
			return err
		}
	}
	d.folders = map[string]*folder{} // as they were before
	return d.Discard()
}

// leaving is the deletion of what is owned and not kept, in its order.
func leaving(owned, keep map[string]bool) []Change {
	var gone []Change
	for p := range owned {
		if !keep[p] {
			gone = append(gone, Change{Path: p, Gone: true})
		}
	}
	slices.SortFunc(gone, Order)
	return gone
}

// remove deletes a file of ours and the folders that this leaves empty. What
// somebody put in its place is not ours.
func (d *Dir) remove(name string) error {
	if d.obstacle(name) != "" {
		return nil
	}
	if err := rooted.Remove(d.root, name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if rooted.Remove(d.root, dir) != nil {
			return nil // not empty: something foreign is in it
		}
	}
	return nil
}
