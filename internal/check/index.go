package check

import "math/bits"

// index finds phrases by numbers. It is made anew for each inspection and asked at every
// character: chains through one slice take a fraction of what a map of slices does.
type index struct {
	heads  []int32 // by a part of a number's hash: a link of links, from 1 on; 0: none
	links  []link
	unused int // bits of a hash that are not asked for
}

// link is what was added under a number, and the link behind it.
type link struct {
	number uint64
	entry  int32
	next   int32
}

// newIndex is one with room for so many entries.
func newIndex(n int) index {
	size := bits.Len(uint(n))
	return index{heads: make([]int32, 1<<size), links: make([]link, 0, n), unused: 64 - size}
}

func (x *index) head(number uint64) *int32 { return &x.heads[number*0x9E3779B97F4A7C15>>x.unused] }

// add puts an entry in front of the others of its number.
func (x *index) add(number uint64, entry int) {
	head := x.head(number)
	x.links = append(x.links, link{number, int32(entry), *head})
	*head = int32(len(x.links))
}

// all visits the entries of a number.
func (x *index) all(number uint64) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for at := *x.head(number); at > 0; at = x.links[at-1].next {
			if l := &x.links[at-1]; l.number == number && !yield(int(l.entry)) {
				return
			}
		}
	}
}
