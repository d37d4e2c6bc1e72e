package snapshot

import (
	"os"
	"slices"
	"sync"

	"qinglian/internal/cache"
	"qinglian/internal/channel/feed"
	"qinglian/internal/channel/web"
	"qinglian/internal/cores"
	"qinglian/internal/digest"
	"qinglian/internal/flat"
	"qinglian/internal/search"
	"qinglian/internal/site"
)

// near is which articles it takes to link one as the whole site would, and to make the
// pages that show it: by their places among all, in the order of paths. It is a guess,
// which a retoucher checks. The file has a checksum, and is of as many articles as are
// known: so each place is one.
//
// An article is the page that it has, nil without one, or what was recorded of it, which
// stands apart, so that only that of a few is played.
type near[T any] struct {
	each     []T   // article
	common   []int // near all
	front    []int // on the home page
	newest   []int // in the feeds of the whole site
	sections []listed
	terms    [][]listed // of each taxonomy
	gathered []int      // what all terms show of their articles that stand on pages with all terms
}

const nearName = "/near"

// entry is what is near one article.
type entry struct {
	related []int
	shown   []int // of which something stands on its page, some of them twice
	named   []int // of these what its card shows
	group   []int // those beside it in what is searched, and itself
}

func (e *entry) tape(t *flat.Tape) {
	flat.Slice(t, &e.related, (*flat.Tape).Int)
	flat.Slice(t, &e.shown, (*flat.Tape).Int)
	flat.Slice(t, &e.named, (*flat.Tape).Int)
	flat.Slice(t, &e.group, (*flat.Tape).Int)
}

// shows reports whether something of one of these articles stands on a page, of which an
// entry was recorded.
func shows(recorded string, these []int) bool {
	t := flat.Play(recorded)
	for range 2 { // related, shown
		var n uint64
		for t.Uint(&n); n > 0; n-- {
			var other int
			if t.Int(&other); slices.Contains(these, other) {
				return true
			}
		}
	}
	return false
}

// listed is the articles of a section or a term. They are recorded apart, so that only
// those of a few lists are played.
type listed struct {
	name  string // of a term
	count int
	ends  []int // of a section, what its feeds have; what a term shows of its articles is of these
	pages string
}

func (l *listed) tape(t *flat.Tape) {
	t.String(&l.name)
	t.Int(&l.count)
	flat.Slice(t, &l.ends, (*flat.Tape).Int)
	t.String(&l.pages)
}

// all are all articles of the list.
func (l *listed) all() (pages []int) {
	flat.Slice(flat.Play(l.pages), &pages, (*flat.Tape).Int)
	return pages
}

func (n *near[T]) tape(t *flat.Tape, each func(*flat.Tape, *T)) {
	flat.Slice(t, &n.each, each)
	flat.Slice(t, &n.common, (*flat.Tape).Int)
	flat.Slice(t, &n.front, (*flat.Tape).Int)
	flat.Slice(t, &n.newest, (*flat.Tape).Int)
	lists := func(t *flat.Tape, all *[]listed) {
		flat.Slice(t, all, func(t *flat.Tape, l *listed) { l.tape(t) })
	}
	lists(t, &n.sections)
	flat.Slice(t, &n.terms, lists)
	flat.Slice(t, &n.gathered, (*flat.Tape).Int)
}

// nearOf records what is near in a site of so many articles.
func nearOf(linked *site.Site, plan *web.Plan, articles int) []byte {
	n := near[*site.Page]{each: make([]*site.Page, articles)}
	for _, p := range linked.Pages {
		n.each[p.Given] = p
	}
	framed := framePaths(linked)
	for _, p := range slices.Concat(linked.Pages, linked.Texts) {
		if p.Index || p.In == nil || framed[p.Path] {
			n.common = append(n.common, p.Given)
		}
	}
	for _, s := range linked.Sections {
		for _, p := range s.Pages[:min(1, len(s.Pages))] { // pages say which sections have a feed
			n.common = append(n.common, p.Given)
		}
	}
	n.newest = given(feed.Newest(linked, nil))
	n.list(linked, plan)
	groups := groupsOf(linked, articles)
	var e entry
	var room flat.Tape
	t := flat.Record(64 * articles)
	n.tape(t, func(t *flat.Tape, page **site.Page) {
		e = entry{related: e.related[:0], shown: e.shown[:0], named: e.named[:0]}
		if p := *page; p != nil {
			e.group = groups[p.Given]
			for _, other := range p.Related {
				e.related = append(e.related, other.Given)
			}
			for other := range p.Near {
				e.shown = append(e.shown, other.Given)
			}
			for other := range p.Named {
				e.named = append(e.named, other.Given)
			}
		}
		recorded := string(room.Alone(e.tape)) // it is played alone, or never
		t.String(&recorded)
	})
	return t.Recorded()
}

// framePaths are the paths to which every page leads.
func framePaths(linked *site.Site) map[string]bool {
	all := map[string]bool{}
	for _, e := range linked.Menu {
		all[e.Path] = true
	}
	for _, column := range linked.Brand.Columns {
		for _, e := range column.Links {
			all[e.Path] = true
		}
	}
	return all
}

// list notes what stands in the lists of a site.
func (n *near[T]) list(linked *site.Site, plan *web.Plan) {
	var room flat.Tape
	members := func(pages []*site.Page) string {
		places := given(pages)
		return string(room.Alone(func(t *flat.Tape) { flat.Slice(t, &places, (*flat.Tape).Int) }))
	}
	for _, s := range linked.Sections {
		n.front = append(n.front, given(web.Newest(s))...)
		n.sections = append(n.sections,
			listed{count: len(s.Pages), ends: given(feed.Newest(linked, s)), pages: members(s.Pages)})
	}
	for _, c := range linked.Config.Taxonomies {
		var terms []listed
		for _, t := range linked.Taxonomies {
			if t.Name != c.Name {
				continue
			}
			for _, term := range t.Terms {
				ends := given(plan.Ends(term))
				terms = append(terms, listed{term.Name, len(term.Pages), ends, members(term.Pages)})
				if plan.Gathers(t) {
					n.gathered = append(n.gathered, ends...)
				}
			}
		}
		n.terms = append(n.terms, terms)
	}
}

func given(pages []*site.Page) []int {
	places := make([]int, len(pages))
	for i, p := range pages {
		places[i] = p.Given
	}
	return places
}

// groupsOf are the groups of what is searched, by the place of each article.
func groupsOf(linked *site.Site, articles int) [][]int {
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
		group := given(found[from:to])
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

// vicinity is what it takes to link some articles, and those whose pages show them, as the
// whole site would. Articles are named by their places among all.
type vicinity struct {
	outline site.Outline
	showing []int   // on whose pages something of a reworded one stands
	groups  [][]int // the [search.Groups] of the edited ones
	feeds   feeds   // those that have a reworded one
}

// feeds are some of those that a site has.
type feeds struct {
	site     bool  // of the whole site
	sections []int // by their places
}

func played(recorded string) (e entry) {
	e.tape(flat.Play(recorded))
	return e
}

// around is what is near some articles, by what [nearOf] recorded. ok is false if that is of
// another number of articles than all. reworded are those of which more than the text is
// another.
func around(recorded string, all int, articles, reworded []int) (a vicinity, ok bool) {
	var n near[string]
	t := flat.Play(recorded)
	n.tape(t, (*flat.Tape).String)
	if !t.Whole() || len(n.each) != all {
		return a, false
	}
	a.showing = showingOf(n.each, reworded)
	var places []int
	a.outline, a.feeds, places = n.outline(reworded)
	a.outline.Related = map[int][]int{}
	places = slices.Concat(places, articles, a.showing, n.common)
	for _, i := range slices.Concat(articles, a.showing) {
		e := played(n.each[i])
		places = append(append(places, e.related...), e.shown...)
		a.outline.Related[i] = e.related
	}
	for _, i := range articles {
		e := played(n.each[i])
		places = append(places, e.group...)
		for _, other := range e.group { // what can be found of it depends on those that it shows
			places = append(places, played(n.each[other]).shown...)
		}
		if !slices.ContainsFunc(a.groups, func(g []int) bool { return slices.Equal(g, e.group) }) {
			a.groups = append(a.groups, e.group)
		}
	}
	places = distinct(places)
	for _, i := range places {
		places = append(places, played(n.each[i]).named...)
	}
	a.outline.Given = distinct(places)
	return a, true
}

func distinct(places []int) []int {
	slices.Sort(places)
	return slices.Compact(places)
}

// showingOf are the articles on whose pages something of these stands.
func showingOf(each []string, these []int) (all []int) {
	if len(these) == 0 {
		return nil
	}
	var mu sync.Mutex
	cores.Together(len(each), func(from, to int) {
		var some []int
		for i := from; i < to; i++ {
			if shows(each[i], these) {
				some = append(some, i)
			}
		}
		mu.Lock()
		defer mu.Unlock()
		all = append(all, some...)
	})
	return distinct(all)
}

// outline is what is known of the site's lists, and the articles on those pages of them
// that show a reworded one.
func (n *near[T]) outline(reworded []int) (o site.Outline, in feeds, places []int) {
	touches := func(shown []int) bool {
		return slices.ContainsFunc(reworded, func(i int) bool { return slices.Contains(shown, i) })
	}
	beside := func(all []int) (shown []int) {
		for _, i := range reworded {
			if at := slices.Index(all, i); at >= 0 {
				from, to := site.Span(len(all), at)
				shown = append(shown, all[from:to]...)
			}
		}
		return shown
	}
	for at, s := range n.sections {
		all := s.all()
		places = append(places, beside(all)...)
		if touches(s.ends) {
			places, in.sections = append(places, s.ends...), append(in.sections, at)
		}
		o.Sections = append(o.Sections, site.Members{Count: s.count, Known: all})
	}
	for _, terms := range n.terms {
		var members []site.Members
		for _, term := range terms {
			m := site.Members{Name: term.name, Count: term.count, Known: term.ends}
			if len(reworded) > 0 {
				if all := term.all(); touches(all) {
					m.Known = all
					places = slices.Concat(places, beside(all), term.ends)
				}
			}
			members = append(members, m)
		}
		o.Terms = append(o.Terms, members)
	}
	if in.site = touches(n.newest); in.site {
		places = append(places, n.newest...)
	}
	if touches(n.front) {
		places = slices.Concat(places, n.front, n.gathered)
	}
	return o, in, places
}
