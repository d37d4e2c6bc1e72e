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
//
// An article is the page that it has, nil without one, or what was recorded of it, which
// stands apart, so that only that of a few is played.
type near[T any] struct {
	each   []T   // article
	common []int // near all
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

func (n *near[T]) tape(t *flat.Tape, each func(*flat.Tape, *T)) {
	flat.Slice(t, &n.each, each)
	flat.Slice(t, &n.common, (*flat.Tape).Int)
}

// neared records what is near in a site of so many articles, once somebody asks.
func neared(linked *site.Site, articles int) func() []byte {
	return func() []byte { return nearOf(linked, articles) }
}

func nearOf(linked *site.Site, articles int) []byte {
	n := near[*site.Page]{each: make([]*site.Page, articles)}
	for _, p := range linked.Pages {
		n.each[p.Given] = p
	}
	for _, p := range slices.Concat(linked.Pages, linked.Texts) {
		if p.Index || p.In == nil {
			n.common = append(n.common, p.Given)
		}
	}
	for _, s := range linked.Sections {
		for _, p := range s.Pages[:min(1, len(s.Pages))] { // pages say which sections have a feed
			n.common = append(n.common, p.Given)
		}
	}
	groups := groups(linked, articles)
	var e entry
	var room flat.Tape
	t := flat.Record(48 * articles)
	n.tape(t, func(t *flat.Tape, page **site.Page) {
		e = entry{related: e.related[:0], shown: e.shown[:0]}
		if p := *page; p != nil {
			e.group = groups[p.Given]
			for _, other := range p.Related {
				e.related = append(e.related, other.Given)
			}
			for other := range p.Near {
				e.shown = append(e.shown, other.Given)
			}
		}
		recorded := string(room.Alone(e.tape)) // it is played alone, or never
		t.String(&recorded)
	})
	return t.Recorded()
}

// groups are those of what is searched, by the place of each article.
func groups(linked *site.Site, articles int) [][]int {
	found := web.Found(linked.Pages)
	paths := func(yield func(string) bool) {
		for _, p := range found {
			if !yield(p.Path) {
				return
			}
		}
	}
	of := make([][]int, articles)
	for from, to := range search.Groups(paths) {
		var group []int
		for _, p := range found[from:to] {
			group = append(group, p.Given)
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

func played(recorded string) (e entry) {
	e.tape(flat.Play(recorded))
	return e
}

// around is nothing if it is not known.
func (k *Shelf) around(articles []int) (a vicinity) {
	recorded, ok := cache.Load(k.root, k.folder+nearName, k.engine)
	var n near[string]
	t := flat.Play(recorded)
	n.tape(t, (*flat.Tape).String)
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
		e := played(n.each[i])
		places = slices.Concat(places, e.related, e.shown, e.group)
		for _, other := range e.group { // what can be found of it depends on those that it shows
			places = append(places, played(n.each[other]).shown...)
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
