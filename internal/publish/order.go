package publish

import (
	"cmp"
	"strings"

	"qinglian/internal/build"
)

// Change is what happens to one file of a published site.
type Change struct {
	Path  string
	Rank  build.Rank
	Fresh bool // nothing of that path is there yet
	Gone  bool // it is deleted; its rank counts for nothing, since a journal has none
}

// Order compares two changes by when they go out. First come assets, then what is
// new, since nobody links to it yet, then what was there, so that nothing refers to
// what is still missing; each in the order of ranks. Deletions are last, pages before
// what they may refer to. Wherever a site is published, this is the order.
func Order(a, b Change) int {
	if first := cmp.Or(cmp.Compare(a.turn(), b.turn()), cmp.Compare(a.Rank, b.Rank)); first != 0 {
		return first
	}
	return cmp.Or(cmp.Compare(folderOf(a.Path), folderOf(b.Path)), cmp.Compare(a.Path, b.Path))
}

func folderOf(name string) string { return name[:max(0, strings.LastIndexByte(name, '/'))] }

func (c Change) turn() int {
	switch {
	case c.Gone && !IsPage(c.Path):
		return 4
	case c.Gone:
		return 3
	case c.Rank == build.Asset:
		return 0
	case c.Fresh:
		return 1
	}
	return 2
}
