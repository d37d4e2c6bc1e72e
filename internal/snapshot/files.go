package snapshot

import (
	"fmt"
	"strings"

	"golang.org/x/sync/errgroup"

	"qinglian/internal/build"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/image"
	"qinglian/internal/site"
	"qinglian/internal/source"
)

// look looks at the files that are no articles, and at the pictures among them for
// their sizes, which pages state.
func (t *taker) look(others []source.File) ([]site.File, error) {
	files := make([]site.File, len(others))
	made := make([]Hashed, len(others))
	unread := make([]error, len(others))
	var group errgroup.Group
	group.SetLimit(max(1, t.opt.Jobs))
	for i, f := range others {
		files[i].Source, files[i].Size = f.Path, f.Stamp.Size
		if !isDrawn(f.Path) {
			continue
		}
		group.Go(func() (err error) {
			made[i], err = t.hash(f)
			if err != nil && t.opt.Standing {
				made[i], unread[i], err = t.old.Files[f.Path], err, nil
				made[i].Stamp = source.Stamp{} // it is tried again
			}
			files[i].Picture = made[i].Picture
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for i, f := range others {
		if unread[i] != nil {
			t.unread(f.Path, unread[i])
		}
		if isDrawn(f.Path) {
			t.next.Files[f.Path] = made[i]
		}
	}
	return files, nil
}

// hashed is a file's digest, which is made once.
func (t *taker) hashed(f source.File) (Hashed, error) {
	h, ok := t.next.Files[f.Path]
	if ok {
		return h, nil
	}
	h, err := t.hash(f)
	t.next.Files[f.Path] = h
	return h, err
}

func (t *taker) hash(f source.File) (Hashed, error) {
	was, known := t.old.Files[f.Path]
	known = known && was.Stamp == f.Stamp
	if known && !t.opt.Verify {
		return was, nil
	}
	h, err := t.read(f)
	if known && err == nil && h.Digest != was.Digest {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.stale = append(t.stale, build.Stale(f.Path))
	}
	return h, err
}

func (t *taker) read(f source.File) (Hashed, error) {
	h := Hashed{Stamp: t.from.trust(f.Stamp)}
	static, drawn := strings.HasPrefix(f.Path, site.StaticFolder+"/"), isDrawn(f.Path)
	if f.Stamp.Size > image.MaxBytes || f.Stamp.Size > maxJudged && static && !drawn {
		return t.hashUnread(f, h, static, drawn)
	}
	raw, err := t.site.Read(f.Path)
	if err != nil {
		return Hashed{}, fmt.Errorf("%s: %w", f.Path, err)
	}
	h.Digest = digest.Of(raw)
	switch {
	case drawn:
		h.Picture, h.Problems = inspect(f.Path, raw, static)
	case !static:
		h.Problems = disguised(f.Path, raw)
	}
	switch {
	case static:
		h.Problems = append(h.Problems, publishedRunning(f.Path, raw)...)
	case !drawn: // pictures are written anew
		h.Problems = append(h.Problems, running(f.Path, raw)...)
	}
	return h, nil
}

// maxJudged is how large a file in static/ is at most, in bytes, that is judged by
// its content and not by its name alone.
const maxJudged = 16 << 20

// hashUnread is the digest of a file that is too large to be held.
func (t *taker) hashUnread(f source.File, h Hashed, static, drawn bool) (Hashed, error) {
	switch {
	case static:
		h.Problems = publishedRunning(f.Path, nil)
	case drawn:
		h.Problems = diag.List{image.Heavy(f.Stamp.Size).In(f.Path)}
	default:
		h.Problems = running(f.Path, nil)
	}
	var err error
	if h.Digest, err = t.site.Digest(f.Path); err != nil {
		err = fmt.Errorf("%s: %w", f.Path, err)
	}
	return h, err
}
