package search

import (
	"slices"

	"qinglian/internal/digest"
)

// Group is the documents whose titles stand in one file and whose texts in another, as
// they were and as they are.
type Group struct{ Was, Now []Document }

// Retouch is what is kept of the index after nothing has changed but the texts of some
// documents, their titles and summaries too, whose groups are given. It takes time by what
// differs in them: no document of another group is needed, and no shard is read that has
// none of the keys. ok is false if more changed, if these are not the groups that the index
// has, or if a document can't be told from another with the same text: then it takes an
// [Index].
func (k Kept) Retouch(groups []Group, jobs int) (next Kept, ok bool, err error) {
	next = k
	next.segments, next.groups = slices.Clone(k.segments), slices.Clone(k.groups)
	next.readings = slices.Clone(k.readings)
	for _, g := range groups {
		at, found := k.group(fromOf(g.Was))
		if k.renamed || !found || len(g.Now) != len(g.Was) {
			return k, false, nil
		}
		for i := range g.Was {
			if ok, err := next.retouch(&g.Was[i], &g.Now[i], jobs); !ok || err != nil {
				return k, false, err
			}
		}
		read := held{texts: make([]text, len(g.Now))}
		if next.groups[at], err = read.group(0, g.Now); err != nil {
			return k, false, err
		}
		next.groups[at].hold(&read, 0, g.Now)
		next.Changed = true
	}
	return next, true, nil
}

// Since are the files that this index has and another has not, index.js first, and the
// paths of those that only the other has; none if they are the same. ok is false if a file has not the first name
// that its digest gives: names that are kept may be other ones than it would have anew.
func (k *Kept) Since(was *Kept, suggest []string) (put []File, gone []string, ok bool) {
	old := was.name(suggest, func(name, digest.Digest) bool { return true })
	now := k.name(suggest, func(n name, of digest.Digest) bool {
		was, there := old.of[n]
		return there && was == of
	})
	if old.files[0].Digest == now.files[0].Digest {
		return nil, nil, true
	}
	for n, of := range old.of {
		switch is, stays := now.of[n]; {
		case !stays:
			gone = append(gone, n.path())
		case is != of:
			return nil, nil, false
		}
	}
	return now.files, gone, !was.renamed && !k.renamed
}

// group finds the only group whose texts are made from something.
func (k Kept) group(from digest.Digest) (at int, only bool) {
	count := 0
	for i, g := range k.groups {
		if g.from == from {
			at = i
			count++
		}
	}
	return at, count == 1
}

// retouch enters what differs in one document.
func (k *Kept) retouch(was, now *Document, jobs int) (ok bool, err error) {
	if !alike(was, now) {
		return false, nil
	}
	if was.Text == now.Text {
		return was.Title == now.Title, nil
	}
	s, number, found := k.find(was)
	if !found {
		return false, nil
	}
	if was.Title != now.Title && !k.retitle(k.base(s)+number, now.Title) {
		return false, nil
	}
	k.segments[s], err = k.segments[s].retouch(number, was, now, k.Read, jobs)
	return true, err
}

// alike reports whether two documents differ in what is read of them alone.
func alike(a, b *Document) bool { return a.Path == b.Path && a.Day == b.Day && a.Facets == b.Facets }

// base is the number of a segment's first document.
func (k *Kept) base(segment int) (n int) {
	for _, s := range k.segments[:segment] {
		n += len(s.texts)
	}
	return n
}

// retitle enters how the title of a document is read.
func (k *Kept) retitle(number int, title string) (ok bool) {
	r := &k.readings[number/pageSize]
	*r, ok = r.retitled(number%pageSize, title)
	return ok
}

// find finds the only document with a text: its segment, and its number there.
func (k *Kept) find(d *Document) (segment, number int, only bool) {
	count := 0
	for i := range k.segments {
		for n, text := range k.segments[i].texts {
			if text == d.Text {
				segment, number = i, n
				count++
			}
		}
	}
	return segment, number, count == 1
}

// retouch is a segment with another text of one document.
func (s segment) retouch(number int, was, now *Document, read reading, jobs int) (next segment, err error) {
	from, err := gatherOne(was, number)
	if err != nil {
		return s, err
	}
	to, err := gatherOne(now, number)
	if err != nil {
		return s, err
	}
	m := newMender(&s, read, moves{gone: []int{number}}, []run{to})
	m.only = differing(list(from), m.anew)
	next = segment{texts: slices.Clone(s.texts), target: s.target}
	next.texts[number] = now.Text
	next.shards, err = m.shards(s.target, jobs)
	return next, err
}

// gatherOne reads one document, which has a number.
func gatherOne(d *Document, number int) (run, error) {
	var g gatherer
	if _, err := g.add(d); err != nil {
		return nil, err
	}
	return g.run([]int{number}), nil
}

// differing is the keys of which two lists have other postings.
func differing(a, b []listed) []key {
	keys := []key{}
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].key < b[0].key:
			keys, a = append(keys, a[0].key), a[1:]
		case len(a) == 0 || b[0].key < a[0].key:
			keys, b = append(keys, b[0].key), b[1:]
		default:
			if !slices.Equal(a[0].postings, b[0].postings) {
				keys = append(keys, a[0].key)
			}
			a, b = a[1:], b[1:]
		}
	}
	return keys
}
