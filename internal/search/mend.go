package search

import (
	"slices"
	"sort"
	"strings"

	"golang.org/x/sync/errgroup"
)

// Mending takes over the shards in which an edit changes nothing. Which these are is
// found by going through all entries, on all cores, some shards after the other, so
// that only a few are in memory at once. Where a shard ends depends on what is in it
// and on the entry behind it ([cutter]): from a shard that changed on entries are cut
// anew until they end where they ended before, and what follows is as it was. Where
// documents have other numbers than before ([align]), every list is written anew, but no
// text is read for it. Where the documents as they were are at hand, too, only those
// shards are read that have a key in which something differs ([Kept.Retouch]).

// stride is how many shards are gone through at a time.
const stride = 64

// listed is the documents that were read anew and have a key.
type listed struct {
	key      key
	postings []posting
}

// mender puts what was read of changed documents in the place of what a segment has
// of them.
type mender struct {
	was  *segment
	read reading
	gone []int    // documents of it that changed, in their order
	anew []listed // in the order of keys
	only []key    // where alone something differs, if that is known; nil: anywhere

	numbers []int // which documents have now, if some have another: then no list stays
}

func newMender(was *segment, read reading, to moves, runs []run) *mender {
	return &mender{was: was, read: read, gone: to.gone, numbers: to.numbers, anew: list(runs...)}
}

// list is all that stands in runs.
func list(runs ...run) (all []listed) {
	m := newMerger(runs, Room{})
	// Nothing was put away, so nothing fails.
	_ = m.each(allKeys, func(k key, postings []posting) { all = append(all, listed{k, slices.Clone(postings)}) })
	return all
}

// mended is what is in the place of a shard.
type mended struct {
	stays   bool // it is as it was
	begins  bool // with the entry that it began with
	entries []entry
}

// shards are those of the mended segment, cut as target says.
func (m *mender) shards(target, jobs int) ([]shard, error) {
	now := make([]mended, len(m.was.shards))
	var differ []int
	for i := range now {
		if now[i] = (mended{stays: true, begins: true}); m.differs(i) {
			differ = append(differ, i)
		}
	}
	var group errgroup.Group
	group.SetLimit(max(1, jobs))
	for some := range slices.Chunk(differ, stride) {
		group.Go(func() error {
			shards := make([]shard, len(some))
			for n, i := range some {
				shards[n] = m.was.shards[i]
			}
			texts, err := m.read.texts(shards)
			if err != nil {
				return err
			}
			var c codec
			for n, i := range some {
				now[i] = m.mend(&c, texts[n], within(i, m.was.shards, m.anew, func(l listed) key { return l.key }))
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return m.cut(now, target)
}

// within is what of a list in the order of keys is from the first key of a shard until
// that of the next; the first shard has all before it too, the last all behind it.
func within[T any](i int, shards []shard, list []T, key func(T) key) []T {
	at := func(i int) int {
		switch i {
		case 0:
			return 0
		case len(shards):
			return len(list)
		}
		return sort.Search(len(list), func(n int) bool { return key(list[n]) >= shards[i].first })
	}
	return list[at(i):at(i+1)]
}

// differs reports whether something may differ in a shard.
func (m *mender) differs(i int) bool {
	return m.only == nil || len(within(i, m.was.shards, m.only, func(k key) key { return k })) > 0
}

// mend mends the entries of a shard. No list is made of those that all stay.
func (m *mender) mend(c *codec, text string, anew []listed) mended {
	now := mended{stays: true, begins: true}
	seen := 0
	differs := func(e entry) {
		if now.stays {
			now.stays, now.begins = false, seen > 0
			now.entries = make([]entry, 0, strings.Count(text, "~")+len(anew))
			for e := range entries(text) {
				if len(now.entries) == seen {
					break
				}
				now.entries = append(now.entries, e)
			}
		}
		if e.sets != "" { // a document has it
			now.entries = append(now.entries, e)
		}
	}
	var room []posting
	for e := range entries(text) {
		for len(anew) > 0 && anew[0].key < e.key {
			differs(c.entry(anew[0].key, anew[0].postings))
			anew = anew[1:]
		}
		var mine []posting
		if len(anew) > 0 && anew[0].key == e.key {
			mine, anew = anew[0].postings, anew[1:]
		}
		is := m.entry(c, e, mine, &room)
		if is != e {
			differs(is)
			continue
		}
		if seen++; !now.stays {
			now.entries = append(now.entries, e)
		}
	}
	for _, l := range anew {
		differs(c.entry(l.key, l.postings))
	}
	return now
}

// entry is what becomes of one, with the postings of documents that were read anew.
func (m *mender) entry(c *codec, e entry, mine []posting, room *[]posting) entry {
	if m.numbers == nil {
		if *room = e.of(m.gone, (*room)[:0]); slices.Equal(*room, mine) {
			return e
		}
	}
	return c.mend(e, m.number, mine)
}

// number is which one a document of the segment has now; below zero if it has none.
func (m *mender) number(doc int) int {
	if m.numbers != nil {
		return m.numbers[doc]
	}
	if _, gone := slices.BinarySearch(m.gone, doc); gone {
		return -1
	}
	return doc
}

// cut makes shards of what stays and of what is in the place of the others.
func (m *mender) cut(now []mended, target int) ([]shard, error) {
	c := cutter{target: target, shards: make([]shard, 0, len(now)+len(now)/16)}
	for i, s := range m.was.shards {
		if !now[i].stays {
			for _, e := range now[i].entries {
				c.add(e)
			}
			continue
		}
		endsThere := i+1 == len(now) || now[i+1].begins
		if c.between() && endsThere {
			c.take(s)
			continue
		}
		texts, err := m.read.texts(m.was.shards[i : i+1])
		if err != nil {
			return nil, err
		}
		for e := range entries(texts[0]) {
			c.endBefore(e)
			if c.between() && endsThere && e.key == s.first {
				c.take(s)
				break
			}
			c.add(e)
		}
	}
	return c.done()
}
