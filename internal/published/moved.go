package published

import "path"

// Moved is the article that an entry is of, among those with new addresses: the only one
// with its text, or else the only one with its name in another folder. ok is false if
// there is none, or nobody can tell which.
func (e Entry) Moved(among Record) (to Entry, ok bool) {
	same := func(fits func(Entry) bool) (found Entry, count int) {
		for _, n := range among {
			if fits(n) {
				found, count = n, count+1
			}
		}
		return found, count
	}
	if to, n := same(func(n Entry) bool { return n.Text == e.Text && n.Date == e.Date }); n == 1 {
		return to, true
	}
	to, n := same(func(n Entry) bool { return path.Base(n.Path) == path.Base(e.Path) })
	return to, n == 1
}

// New are the entries with addresses that a record does not have.
func (l Record) New(published Record) (added Record) {
	for _, e := range published {
		if _, known := l.Find(e.Path); !known {
			added = append(added, e)
		}
	}
	return added
}
