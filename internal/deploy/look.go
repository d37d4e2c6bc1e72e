package deploy

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"qinglian/internal/build"
	"qinglian/internal/deploy/target"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/publish"
)

// mostLedger is how long a ledger may be: a million files.
const mostLedger = 256 << 20

// ledger reads the place's ledger, and its stamp. One that lies aside was cut short of being
// replaced. Without one, or when it is damaged and that is known,
// nothing there is ours.
func (d Delivery) ledger(ctx context.Context, l *line) (Ledger, string, error) {
	b, err := l.read(ctx, Name, mostLedger)
	cut := errors.Is(err, fs.ErrNotExist)
	if cut {
		b, err = l.read(ctx, target.Aside(Name), mostLedger)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return Ledger{}, "", nil
	}
	if err != nil {
		return Ledger{}, "", err
	}
	found, err := d.parse(string(b))
	found.Moving = found.Moving || cut && err == nil && found.Site != ""
	return found, stamp(b), err
}

// parse reads a ledger that must be this site's.
func (d Delivery) parse(text string) (Ledger, error) {
	found, ok := Parse(text)
	switch {
	case !ok && newer(text):
		return Ledger{}, diag.List{newerLedger()}
	case !ok && !d.Adopt:
		return Ledger{}, diag.List{lostLedger()}
	case !ok:
		return Ledger{}, nil
	case found.Site != d.Site.ID:
		return Ledger{}, diag.List{d.foreignSite(found)}
	}
	return found, nil
}

// stamp tells a ledger from another one: its first two lines, with the digest of the rest.
func stamp(text []byte) string {
	lines := bytes.SplitAfterN(text[:min(len(text), mostStamp)], []byte("\n"), 3)
	return string(bytes.Join(lines[:min(len(lines), 2)], nil))
}

// mostStamp is how long a stamp may be.
const mostStamp = 200

// stamped is the stamp of the ledger that is at the place now; "" if there is none.
func (l *line) stamped(ctx context.Context) (string, error) {
	b, err := l.read(ctx, Name, leastRead)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return stamp(b), err
}

// leastRead is how much of a file is read when its beginning is asked for: to stop before
// the end costs some servers a new connection.
const leastRead = 64 << 10

// Look reads what the ledger of a place says, for who only wants to know.
func (d Delivery) Look(ctx context.Context) (Ledger, error) {
	l := &line{open: d.Open, again: d.Again}
	found, _, err := d.ledger(ctx, l)
	return found, errors.Join(err, l.close(false))
}

// Pending are the paths that a delivery of files would send, and those that it would
// delete, to a place with this ledger.
func (l Ledger) Pending(files []File) (send, gone []string) {
	p := newPlan(l, files)
	return paths(p.send), paths(p.deletions())
}

// survey finds what stands where files must go and is not listed. What has their bytes is
// taken over; so is, when that is asked for, what bears the site's mark.
func (d Delivery) survey(ctx context.Context, l *line, p plan, known Ledger) (adopted []string, err error) {
	folded := map[string]bool{}
	for _, e := range known.Entries {
		folded[strings.ToLower(e.Path)] = true
	}
	streams, err := d.streams(ctx, l)
	if err != nil {
		return nil, err
	}
	var mu sync.Mutex
	var foreign []string
	group, inside := errgroup.WithContext(ctx)
	group.SetLimit(streams)
	for _, s := range p.send {
		if s.listed || folded[strings.ToLower(s.Path)] {
			continue
		}
		group.Go(func() error {
			there, ours, err := d.ours(inside, l, s.file)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err != nil || !there:
			case ours:
				adopted = append(adopted, s.Path)
			default:
				foreign = append(foreign, s.Path)
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	slices.Sort(adopted)
	if len(foreign) > 0 {
		slices.Sort(foreign)
		return nil, foreignFiles(foreign, d.Adopt)
	}
	return adopted, nil
}

// ours reports whether a file that no ledger lists stands in a place, and is the site's.
func (d Delivery) ours(ctx context.Context, l *line, f File) (there, ours bool, err error) {
	s, there, err := l.stat(ctx, f.Path)
	switch {
	case errors.Is(err, target.ErrNoFile):
		return true, false, nil
	case err != nil || !there:
		return there, false, err
	}
	most := max(s.Size, 1)
	if s.Size != f.Size && !d.Adopt {
		most = min(most, 2) // enough to see whether it is packed
	}
	b, err := l.read(ctx, f.Path, most)
	if err == nil && len(b) == 2 && s.Size > 2 && bytes.Equal(b, []byte{0x1f, 0x8b}) {
		b, err = l.read(ctx, f.Path, s.Size)
	}
	if err != nil {
		return there, false, err
	}
	if holds(b, f, func(b []byte) bool { return digest.Of(b) == f.Sum }) {
		return there, true, nil
	}
	return there, d.Adopt && publish.Bears(f.Path, bytes.NewReader(Unpack(b)), build.Mark(d.Site.ID)), nil
}
