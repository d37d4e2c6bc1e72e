package snapshot

import (
	"bytes"
	"io"
	"path"
	"strings"

	"qinglian/internal/build"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/site"
	"qinglian/internal/source"
)

// copies plans the files that are published as they are: static/, and what
// articles refer to.
func (t *taker) copies(linked *site.Site, others []source.File) ([]build.Output, error) {
	published := map[string]site.File{}
	for _, f := range linked.Files {
		published[f.Source] = f
	}
	var outputs []build.Output
	for _, f := range others {
		to, used := published[f.Path]
		inside, isStatic := strings.CutPrefix(f.Path, site.StaticFolder+"/")
		if isStatic {
			to.Path, used = inside, true
		}
		if !used {
			continue
		}
		h, err := t.hashed(f)
		if err != nil {
			return nil, err
		}
		t.say(h.Problems)
		if to.Picture != nil || h.Problems.Count(diag.Error) > 0 {
			continue // of a picture channel/web publishes variants; what is refused no preview shows either
		}
		outputs = append(outputs, build.Output{Path: to.Path, Rank: build.Asset, Source: f.Path,
			Key: digest.New("copy").Digest(h.Digest).Sum(), Render: t.copy(f.Path)})
	}
	return outputs, nil
}

// copy is the Render of a file that is published byte for byte.
func (t *taker) copy(name string) func(io.Writer) error {
	root := t.site.Root
	return func(w io.Writer) error {
		f, err := root.Open(name)
		if err != nil {
			return build.Machine{Err: err}
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			return build.Machine{Err: err}
		}
		if all, ok := w.(*bytes.Buffer); ok {
			all.Grow(int(info.Size()) + bytes.MinRead) // else it grows to three times the file
		}
		if _, err = io.Copy(w, f); err != nil {
			return build.Machine{Err: err}
		}
		return nil
	}
}

// unused notes files beside articles that no article refers to: they are not
// published, since nobody said that they should be.
func (t *taker) unused(linked *site.Site, others []source.File) {
	used := map[string]bool{}
	for _, f := range linked.Files {
		used[f.Source] = true
	}
	for _, f := range others {
		if !strings.HasPrefix(f.Path, content.Folder+"/") || used[f.Path] {
			continue
		}
		d := diag.Diagnostic{Rule: "unused-file", Severity: diag.Note, File: f.Path,
			Message: diag.Say("没有文章用到这个文件，没有发布", "no public article refers to this file; it is not published"),
			Hint:    diag.Say("要发布，就在文章里链接它", "to publish it, link to it from an article")}
		if hint, how, meant := content.MeantAsArticle(path.Base(f.Path)); meant {
			d.Severity, d.Hint = how, hint
		}
		t.say(diag.List{d})
	}
}
