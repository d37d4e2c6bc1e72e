package snapshot

import (
	"slices"

	"qinglian/internal/build"
	"qinglian/internal/search"
)

// reindex is the files of the index that differ once other texts are entered in what is
// searched; those that go are noted.
func (r *retoucher) reindex(was, now side, state *State) (index []build.Output, ok bool) {
	groups, ok := r.searched(was, now)
	if !ok {
		return nil, false
	}
	if len(groups) == 0 {
		state.index.sum = r.last.Index // it stays, so it is not read
		return nil, true
	}
	c := r.design.config
	kept := state.index.load()
	if state.index.sum != r.last.Index {
		return nil, false // it is that of another build
	}
	next, ok, err := kept.Retouch(groups, r.opt.Jobs)
	if err != nil || !ok || state.store.err() != nil {
		return nil, false
	}
	files, gone, ok := next.Since(&kept, c.Search.Suggest)
	if !ok || len(files) == 0 {
		return nil, ok
	}
	r.gone = gone
	state.index = state.index.next(next)
	index = indexed(files, c)
	for i, o := range index {
		index[i].Render = state.store.sound(o.Render)
	}
	return index, true
}

// searched are the groups of what can be found in which something differs. ok is false if
// the group of an article that does is not known.
func (r *retoucher) searched(was, now side) (groups []search.Group, ok bool) {
	at := map[int]int{}
	differ := map[int]bool{}
	for i, p := range was.site.Pages {
		at[p.Given] = i
		if p.Doc == now.site.Pages[i].Doc && !slices.Contains(r.showing, p.Given) {
			continue
		}
		from, found := was.plan.Document(p)
		if to, _ := now.plan.Document(now.site.Pages[i]); found && from.Text != to.Text {
			differ[p.Given] = true
		}
	}
	for _, group := range r.groups {
		if !slices.ContainsFunc(group, func(i int) bool { return differ[i] }) {
			continue
		}
		var g search.Group
		for _, given := range group {
			i, known := at[given]
			if !known {
				return nil, false
			}
			from, _ := was.plan.Document(was.site.Pages[i])
			to, _ := now.plan.Document(now.site.Pages[i])
			g.Was, g.Now = append(g.Was, from), append(g.Now, to)
			delete(differ, given)
		}
		groups = append(groups, g)
	}
	return groups, len(differ) == 0
}
