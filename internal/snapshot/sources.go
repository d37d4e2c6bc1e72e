package snapshot

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"qinglian/internal/check"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/data"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/flat"
	"qinglian/internal/site"
	"qinglian/internal/source"
)

// grain is the coarsest clock of a file system (FAT). A file that changed so
// shortly before it was looked at may change again without a new stamp.
const grain = 2 * time.Second

// Folders are those that a site is made from; Parts has its configuration, too.
var (
	Folders = append([]string{content.Folder, site.StaticFolder, data.Folder, check.Folder}, themed...)
	Parts   = append([]string{config.File}, Folders...)

	themed = []string{"themes", "layouts"} // what the theme is read from
)

// Sources is what a Snapshot is taken of, as it stood when it was looked at:
// which files there are, with their stamps. Nothing else may be read.
type Sources struct {
	// Digest stands for all of it, and for the Options but for the moment. If
	// it is the same as before, and both were Trusted, the Snapshot is the same
	// at every moment of its Span.
	Digest  digest.Digest
	Trusted bool // no file is so young that its stamp may mislead

	// Others stands for all that Digest does but the stamps of articles' files; zero if
	// one of the other files is too young.
	Others digest.Digest

	// Design stands for the files of the configuration and the theme; zero if it
	// can't be known whether they changed.
	Design digest.Digest

	content, static, data listing
	lists                 listing // of what articles are checked for
	themes                []source.File
	trusted               int64 // stamps from this moment on are not
}

// listing is the files of one folder.
type listing struct {
	files    []source.File
	problems diag.List
	absent   bool // the folder itself
}

// Look looks at a site's files. clock is the file system's time before it
// began, in Unix nanoseconds.
func Look(s *source.Site, clock int64, opt Options) (Sources, error) {
	from := Sources{Trusted: true, trusted: clock - int64(grain)}
	var group errgroup.Group
	for dir, to := range map[string]*listing{
		content.Folder: &from.content, site.StaticFolder: &from.static, data.Folder: &from.data,
		check.Folder: &from.lists,
	} {
		group.Go(func() (err error) {
			to.files, to.problems, err = s.Walk(dir)
			if err == nil && len(to.files) == 0 {
				_, absent := s.Root.Lstat(dir)
				to.absent = errors.Is(absent, fs.ErrNotExist)
			}
			return err
		})
	}
	theme := make([]source.File, 1) // what it is made of, and the configuration
	allPlain := true
	for _, dir := range themed {
		files, plain, err := s.All(dir)
		if err != nil {
			return from, err
		}
		theme = append(theme, files...)
		allPlain = allPlain && plain // where a link leads to was not looked at
	}
	if err := group.Wait(); err != nil {
		return from, err
	}
	info, err := s.Root.Stat(config.File)
	switch {
	case err == nil:
		theme[0] = source.File{Path: config.File, Stamp: source.NewStamp(info)}
	case !errors.Is(err, fs.ErrNotExist):
		return from, err
	}
	from.Trusted = allPlain
	from.themes = theme[1:]
	from.sum(opt, theme)
	from.sumDesign(theme, allPlain)
	return from, nil
}

// Again looks only at the given paths, where no other file can have changed since from
// was taken. ok is false if that is not enough and all must be looked at anew ([Look]):
// a file was added or deleted, is no plain file, or is one of the theme or the
// configuration.
func (from Sources) Again(s *source.Site, clock int64, paths map[string]bool) (now Sources, ok bool) {
	now = from
	now.Digest, now.Trusted, now.trusted = digest.Digest{}, false, clock-int64(grain)
	now.Others = digest.Digest{}
	for name := range paths {
		list := now.listing(name)
		if list == nil {
			return now, false
		}
		at, known := list.find(name)
		info, err := s.Root.Lstat(name)
		switch {
		case !known && errors.Is(err, fs.ErrNotExist):
			continue // a file beside it, in which it was written first
		case !known || err != nil || !info.Mode().IsRegular():
			return now, false
		}
		list.files = slices.Clone(list.files)
		list.files[at].Stamp = source.NewStamp(info)
	}
	return now, true
}

// others are the files of content/ and static/ that are no articles.
func (from *Sources) others() (files []source.File) {
	for _, f := range from.content.files {
		if !content.IsArticle(f.Path) {
			files = append(files, f)
		}
	}
	return append(files, from.static.files...)
}

// find finds a file, and where it stands.
func (l *listing) find(name string) (at int, known bool) {
	return slices.BinarySearchFunc(l.files, name, func(f source.File, name string) int {
		return strings.Compare(f.Path, name)
	})
}

// article is an article's file.
func (from *Sources) article(name string) (f source.File, known bool) {
	at, known := from.content.find(name)
	if !known || !content.IsArticle(name) {
		return f, false
	}
	return from.content.files[at], true
}

// has reports whether a file is there that may be published.
func (from *Sources) has(name string) bool {
	list := from.listing(name)
	if list == nil {
		return false
	}
	_, known := list.find(name)
	return known
}

// listing is the one that a file of an article's, or beside it, is in.
func (from *Sources) listing(name string) *listing {
	first, _, _ := strings.Cut(name, "/")
	switch first {
	case content.Folder:
		return &from.content
	case site.StaticFolder:
		return &from.static
	case data.Folder:
		return &from.data
	case check.Folder:
		return &from.lists
	}
	return nil
}

func (from *Sources) sum(opt Options, theme []source.File) {
	h, articles := digest.New("others").Digest(opt.Engine).String(opt.Theme, opt.BaseURL), digest.New("articles")
	h.Bool(opt.Selection.Drafts).Bool(opt.Selection.Future).Bool(opt.HoldBack)
	others := from.Trusted
	for _, l := range []listing{from.content, from.static, from.data, from.lists, {files: theme}} {
		h.Int(int64(len(l.files)))
		for _, f := range l.files {
			h.String(f.Path)
			trusted := from.trusts(f.Stamp)
			from.Trusted = from.Trusted && trusted
			if content.IsArticle(f.Path) {
				stamped(articles, f.Stamp)
			} else {
				others = others && trusted
				stamped(h, f.Stamp)
			}
		}
		var t flat.Tape
		l.problems.Tape(&t)
		h.String(string(t.Recorded())).Bool(l.absent)
	}
	all := h.Sum()
	from.Digest = digest.New("sources").Digest(all, articles.Sum()).Sum()
	if others {
		from.Others = all
	}
}

func stamped(h *digest.Hash, s source.Stamp) { h.Int(s.Size, s.ModTime, s.Changed, int64(s.Inode)) }

// sumDesign is made of the files that a Design is drawn from. plain: that is all
// that was read.
func (from *Sources) sumDesign(files []source.File, plain bool) {
	var t flat.Tape
	for _, f := range files {
		t.String(&f.Path)
		f.Stamp.Tape(&t)
		plain = plain && from.trusts(f.Stamp)
	}
	if plain {
		from.Design = digest.Of(t.Recorded())
	}
}

// trust is a stamp that can be relied on, or the zero Stamp, which equals none.
func (from *Sources) trust(s source.Stamp) source.Stamp {
	if !from.trusts(s) {
		return source.Stamp{}
	}
	return s
}

// trusts reports whether a file that has this stamp had it for so long that a
// change would have given it another.
func (from *Sources) trusts(s source.Stamp) bool { return s.Latest() < from.trusted }

// Span is the moments from one on until before another. A zero moment is no
// end.
type Span struct{ From, Until time.Time }

// Tape records or plays a Span, to the second: nothing is dated finer.
func (s *Span) Tape(t *flat.Tape) {
	t.Time(&s.From)
	t.Time(&s.Until)
}

// Has reports whether a moment is in the Span.
func (s Span) Has(now time.Time) bool {
	return !now.Before(s.From) && (s.Until.IsZero() || now.Before(s.Until))
}

// valid is when the same articles are public as now, and the same is said of them: none
// begins, expires or comes up for review in between.
func valid(docs []*content.Doc, now time.Time) (s Span) {
	for _, d := range docs {
		for _, at := range d.Card.Turns() {
			switch {
			case at.IsZero():
			case !at.After(now):
				if at.After(s.From) {
					s.From = at
				}
			case s.Until.IsZero() || at.Before(s.Until):
				s.Until = at
			}
		}
	}
	return s
}
