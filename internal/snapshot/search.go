package snapshot

import (
	"bytes"
	"io"

	"qinglian/internal/build"
	"qinglian/internal/config"
	"qinglian/internal/digest"
	"qinglian/internal/search"
)

// index plans the files by which the site is searched. Their names depend on what is
// in them, so they are made here, unless it is for a preview.
func (t *taker) index(c config.Config) ([]build.Output, error) {
	if t.opt.Lazy {
		return t.lazyIndex(), nil
	}
	docs := t.snap.plan.Documents(t.snap.Site.Pages)
	if len(docs) == 0 {
		return nil, nil
	}
	var old search.Kept
	if !t.opt.Verify {
		old = t.old.index.load()
	}
	files, kept, err := search.Index(docs, old, c.Search.Suggest, t.opt.Jobs)
	if err != nil {
		return nil, err
	}
	if err := t.next.store.err(); err != nil {
		return nil, err
	}
	t.next.index = t.old.index.next(kept)
	return indexed(files, c), nil
}

// indexed are the files of an index as Outputs.
func indexed(files []search.File, c config.Config) []build.Output {
	outputs := make([]build.Output, len(files))
	for i, f := range files {
		outputs[i] = build.Output{Path: f.Path, Rank: build.Asset, Source: search.Folder,
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
	return outputs
}

// writeFile writes a file of the index, in the room of the writer if it has some.
func writeFile(w io.Writer, f search.File) error {
	var room []byte
	if b, ok := w.(*bytes.Buffer); ok {
		room = b.AvailableBuffer()
	}
	b, err := f.AppendTo(room)
	if err != nil {
		return build.Machine{Err: err} // what was kept of it can't be read
	}
	_, err = w.Write(b)
	return err
}
