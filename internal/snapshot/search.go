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
// in one file but for the texts, which its pages have, made when it is asked for.
func (t *taker) index(docs []search.Document, c config.Config) ([]build.Output, error) {
	suggest := c.Search.Suggest
	if len(docs) == 0 {
		return nil, nil
	}
	if t.opt.Lazy {
		return []build.Output{wholeIndex(docs, suggest, t.opt)}, nil
	}
	var old search.Kept
	if !t.opt.Verify {
		old = t.old.index.load()
	}
	files, kept, err := search.Index(docs, old, suggest, t.opt.Jobs)
	if err != nil {
		return nil, err
	}
	if err := t.next.store.err(); err != nil {
		return nil, err
	}
	t.next.index = t.old.index.next(kept)
	outputs := make([]build.Output, len(files))
	for i, f := range files {
		outputs[i] = build.Output{Path: f.Path, Rank: build.Asset, Source: f.Path,
			Key: digest.New("index").Digest(f.Digest).Sum(), Render: func(w io.Writer) error {
				return writeFile(w, f)
			}}
	}
	outputs[0].Rank = build.Feed // it names all others
	if c.ID != "" {
		first := files[0]
		mark := "//" + build.Mark(c.ID) + "\n"
		outputs[0].Key = digest.New("marked index").Digest(first.Digest).String(mark).Sum()
		outputs[0].Render = func(w io.Writer) error {
			if _, err := io.WriteString(w, mark); err != nil {
				return err
			}
			return writeFile(w, first)
		}
	}
	return outputs, nil
}

// writeFile writes a file of the index.
func writeFile(w io.Writer, f search.File) error {
	b, err := f.Bytes()
	if err != nil {
		return build.Machine{Err: err} // what was kept of it can't be read
	}
	_, err = w.Write(b)
	return err
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
		Key: h.Sum(), Render: write}
}
