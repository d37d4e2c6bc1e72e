package snapshot

import (
	"os"
	"slices"

	"qinglian/internal/cache"
	"qinglian/internal/channel/web"
	"qinglian/internal/digest"
	"qinglian/internal/flat"
	"qinglian/internal/search"
	"qinglian/internal/site"
)

// near is which articles it takes to link one as the whole site would: by their places
// among all, in the order of paths. It is a guess, which [Shelf.Retouch] checks. The file
// has a checksum, and is of as many articles as are known: so each place is one.
type near struct {
	each   []string // of each article, recorded
	common []int    // of all
}

const nearName = "/near"

// entry is what is near one article.
type entry struct {
	related []int
	shown   []int // of which something stands on its page, some of them twice
	group   []int // those beside it in what is searched, and itself
}

func (e *entry) tape(t *flat.Tape) {
	flat.Slice(t, &e.related, (*flat.Tape).Int)
	flat.Slice(t, &e.shown, (*flat.Tape).Int)
	flat.Slice(t, &e.group, (*flat.Tape).Int)
}

func (n *near) of(place int) (e entry) {
	e.tape(flat.Play(n.each[place]))
	return e
}

func (n *near) tape(t *flat.Tape) {
	t.Strings(&n.each)
	flat.Slice(t, &n.common, (*flat.Tape).Int)
}

// neared records what is near in a site of these articles, once somebody asks.
func neared(linked *site.Site, docs Docs) func() []byte {
	return func() []byte { return nearOf(linked, docs) }
}

func nearOf(linked *site.Site, docs Docs) []byte {
	at := make(map[string]int, len(docs))
	for i, c := range docs {
		at[c.Doc.Path] = i
	}
	places := make([]int, len(linked.Pages)+len(linked.Texts)+len(linked.Tombstones))
	n := near{each: make([]string, len(docs))}
	for _, p := range slices.Concat(linked.Pages, linked.Texts) {
		places[p.Place] = at[p.Doc.Path]
		if p.Index || p.In == nil {
			n.common = append(n.common, at[p.Doc.Path])
		}
	}
	for _, p := range linked.Tombstones {
		places[p.Place] = at[p.Doc.Path]
	}
	for _, s := range linked.Sections {
		for _, p := range s.Pages[:min(1, len(s.Pages))] { // pages say which sections have a feed
			n.common = append(n.common, places[p.Place])
		}
	}
	groups := groups(linked, places, len(docs))
	for _, p := range linked.Pages {
		e := entry{group: groups[places[p.Place]]}
		for _, other := range p.Related {
			e.related = append(e.related, places[other.Place])
		}
		for other := range p.Near {
			e.shown = append(e.shown, places[other.Place])
		}
		var t flat.Tape
		e.tape(&t)
		n.each[places[p.Place]] = string(t.Recorded())
	}
	t := flat.Record(32 * len(docs))
	n.tape(t)
	return t.Recorded()
}

// groups are those of what is searched, by the place of each article.
func groups(linked *site.Site, places []int, size int) [][]int {
	found := web.Found(linked.Pages)
	paths := func(yield func(string) bool) {
		for _, p := range found {
			if !yield(p.Path) {
				return
			}
		}
	}
	of := make([][]int, size)
	for from, to := range search.Groups(paths) {
		var group []int
		for _, p := range found[from:to] {
			group = append(group, places[p.Place])
		}
		for _, place := range group {
			of[place] = group
		}
	}
	return of
}

// saveNear saves what was recorded, unless it is what was saved before.
func saveNear(root *os.Root, folder string, engine digest.Digest, recorded []byte) error {
	if was, ok := cache.Load(root, folder+nearName, engine); ok && was == string(recorded) {
		return nil
	}
	return cache.Save(root, folder+nearName, engine, recorded)
}

// vicinity is what it takes to link some articles as the whole site would.
type vicinity struct {
	docs    []shelved           // these, and those near them, in their order
	related map[string][]string // by the file of each, those of the articles related to it
	groups  [][]string          // the files of [search.Groups] that they are of
}

// around is nothing if it is not known.
func (k *Shelf) around(articles []int) (a vicinity) {
	recorded, ok := cache.Load(k.root, k.folder+nearName, k.engine)
	var n near
	t := flat.Play(recorded)
	n.tape(t)
	if !ok || !t.Whole() || len(n.each) != len(k.docs) {
		return a
	}
	files := func(places []int) (files []string) {
		for _, i := range places {
			files = append(files, k.docs[i].path)
		}
		return files
	}
	places := slices.Concat(articles, n.common)
	a.related = map[string][]string{}
	for _, i := range articles {
		e := n.of(i)
		places = slices.Concat(places, e.related, e.shown, e.group)
		for _, other := range e.group { // what can be found of it depends on those that it shows
			places = append(places, n.of(other).shown...)
		}
		a.related[k.docs[i].path] = files(e.related)
		if group := files(e.group); !slices.ContainsFunc(a.groups,
			func(g []string) bool { return slices.Equal(g, group) }) {
			a.groups = append(a.groups, group)
		}
	}
	slices.Sort(places)
	for _, i := range slices.Compact(places) {
		a.docs = append(a.docs, k.docs[i])
	}
	return a
}
