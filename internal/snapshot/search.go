package snapshot

import (
	"io"
	"sync"

	"qinglian/internal/build"
	"qinglian/internal/config"
	"qinglian/internal/digest"
	"qinglian/internal/search"
)

// index plans the files by which the site is searched. Their names depend on what is
// in them, so they are made here, unless it is for a preview: that has the whole index
// in one file, made when it is asked for.
func (t *taker) index(docs []search.Document, c config.Config) ([]build.Output, error) {
	suggest := c.Search.Suggest
	if len(docs) == 0 {
		return nil, nil
	}
	if t.opt.Lazy {
		return []build.Output{wholeIndex(docs, suggest, t.opt)}, nil
	}
	var old search.Kept
	if t.old.kept != nil && !t.opt.Verify {
		old = t.old.kept()
	}
	files, kept, err := search.Index(docs, old, suggest, t.opt.Jobs)
	if err != nil {
		return nil, err
	}
	if t.next.pack != nil && t.next.pack.Err() != nil {
		return nil, t.next.pack.Err() // prose may be lacking
	}
	t.next.index, t.next.kept = kept, func() search.Kept { return kept }
	outputs := make([]build.Output, len(files))
	for i, f := range files {
		outputs[i] = build.Output{Path: f.Path, Rank: build.Asset, Source: f.Path,
			Key: digest.New("index").Digest(f.Digest).Sum(), Render: func(w io.Writer) error {
				_, err := w.Write(f.Bytes())
				return err
			}}
	}
	outputs[0].Rank = build.Feed // it names all others
	if c.ID != "" {
		first := files[0]
		mark := "//" + build.Mark(c.ID) + "\n"
		outputs[0].Key = digest.New("marked index").Digest(first.Digest).String(mark).Sum()
		outputs[0].Render = func(w io.Writer) error {
			_, err := w.Write(append([]byte(mark), first.Bytes()...))
			return err
		}
	}
	return outputs, nil
}

func wholeIndex(docs []search.Document, suggest []string, opt Options) build.Output {
	h := digest.New("whole index").Digest(opt.Engine).Int(int64(len(suggest))).String(suggest...)
	for _, d := range docs {
		h.Digest(d.Text).String(d.Path, d.Day).String(d.Facets[:]...)
	}
	made := sync.OnceValues(func() ([]search.File, error) {
		files, _, err := search.Index(docs, search.Kept{}, suggest, opt.Jobs)
		return files, err
	})
	write := func(w io.Writer) error {
		files, err := made()
		for _, f := range files {
			if _, err := w.Write(append(f.Bytes(), '\n')); err != nil {
				return err
			}
		}
		return err
	}
	return build.Output{Path: search.Folder + "index.js", Rank: build.Feed, Source: search.Folder,
		Key: h.Sum(), Render: write}
}
