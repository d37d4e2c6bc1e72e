package snapshot

import (
	"io"
	"sync"

	"qinglian/internal/build"
	"qinglian/internal/channel/web"
	"qinglian/internal/cores"
	"qinglian/internal/digest"
	"qinglian/internal/search"
	"qinglian/internal/site"
)

// lazyIndex plans the index of a preview: one file but for the texts, which its pages
// have, made when it is asked for. What can be found is only named, so that an edit of a
// text names one page anew.
func (t *taker) lazyIndex() []build.Output {
	pages := t.snap.Site.Pages
	found := make([]digest.Digest, len(pages))
	cores.Together(len(pages), func(from, to int) {
		for i := from; i < to; i++ {
			found[i] = foundOn(t.snap.plan, pages[i])
		}
	})
	t.snap.found = found
	for _, on := range found {
		if on != (digest.Digest{}) {
			return []build.Output{wholeIndex(t.snap, t.opt)}
		}
	}
	return nil
}

// foundOn stands for what of a page can be found; zero if nothing can.
func foundOn(plan *web.Plan, page *site.Page) digest.Digest {
	d, ok := plan.Document(page)
	if !ok {
		return digest.Digest{}
	}
	return digest.New("found").Digest(d.Text).String(d.Path, d.Day).String(d.Facets[:]...).Sum()
}

// documents are what can be found of all pages.
func (snap Snapshot) documents() []search.Document {
	docs := snap.plan.Documents(snap.Site.Pages)
	if len(docs) == 0 || snap.reworded == nil {
		return docs
	}
	for i, page := range web.Found(snap.Site.Pages) {
		if near, ok := snap.reworded.pages[page.Place]; ok {
			docs[i], _ = snap.reworded.plan.Document(near)
		}
	}
	return docs
}

func wholeIndex(snap Snapshot, opt Options) build.Output {
	suggest := snap.Site.Config.Search.Suggest
	key := digest.New("whole index").Digest(opt.Engine).Int(int64(len(suggest))).String(suggest...).
		Digest(snap.found...)
	made := sync.OnceValues(func() ([]search.File, error) {
		files, _, err := search.Index(snap.documents(), search.Kept{}, suggest, opt.Jobs)
		return files, err
	})
	write := func(w io.Writer) error {
		files, err := made()
		if err != nil {
			return err
		}
		for _, f := range files {
			if f.Texts() {
				continue
			}
			if err := writeFile(w, f); err != nil {
				return err
			}
			if _, err := io.WriteString(w, "\n"); err != nil {
				return err
			}
		}
		_, err = io.WriteString(w, search.Textless+"\n")
		return err
	}
	return build.Output{Path: search.Folder + "index.js", Rank: build.Feed, Source: search.Folder,
		Key: key.Sum(), Render: write}
}
