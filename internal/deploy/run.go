package deploy

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"qinglian/internal/deploy/target"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
)

// Run carries the delivery out. What must be decided by people is a diag.List; then
// nothing was written.
func (d Delivery) Run(ctx context.Context) (out Outcome, err error) {
	l := &line{open: d.Open, again: d.Again}
	finished := false
	defer func() { err = errors.Join(err, l.close(finished)) }()
	found := ""
	if out.Before, found, err = d.ledger(ctx, l); err != nil {
		return out, err
	}
	out.Ledger = out.Before
	version := Version(d.Files)
	if slices.Contains(out.Before.Back, version) && !d.Anew && !d.Back {
		return out, diag.List{takenBack()}
	}
	known := out.Before
	if d.Whole {
		known = known.doubted()
	}
	p := newPlan(known, d.Files)
	out.Same, out.Bytes = p.same, p.bytes
	for _, s := range p.send {
		if out.Before.Had(s.Path) {
			out.Changed = append(out.Changed, s.Path)
		} else {
			out.New = append(out.New, s.Path)
		}
	}
	slices.Sort(out.New)
	slices.Sort(out.Changed)
	out.Gone = paths(p.deletions())
	if out.Adopted, err = d.survey(ctx, l, p, out.Before); err != nil {
		return out, err
	}
	if going := p.goingPages(); d.Most != nil && len(going) > d.Most(out.Before.Pages()) {
		return out, diag.List{manyDeletions(going, out.Before.Pages())}
	}
	if d.Dry {
		return out, nil
	}
	if p.none() && !out.Before.Moving && out.Before.Version == version && out.Before.Site != "" {
		finished = true
		return out, nil
	}
	c := carrier{Delivery: d, line: l, ledger: p.moving(out.Before, d.Site.ID), was: found}
	err = c.carry(ctx, p, out.Before)
	finished = err == nil
	out.Ledger = c.ledger
	return out, err
}

func paths(steps []step) []string {
	var out []string
	for _, s := range steps {
		out = append(out, s.Path)
	}
	slices.Sort(out)
	return out
}

// carrier carries a plan out.
type carrier struct {
	Delivery
	line    *line
	streams int

	mu       sync.Mutex
	ledger   Ledger
	progress Progress
	unsaid   int64 // bytes that the ledger at the place does not know of

	saying     sync.Mutex // held by who writes the ledger
	was, wrote string     // stamps of the ledger at the place, and of what is written over it
}

// carry does the steps of a plan. Before the first one the ledger has them all. Before it
// has, what others left is swept that is no longer in it then.
func (c *carrier) carry(ctx context.Context, p plan, before Ledger) (err error) {
	if c.streams, err = c.Delivery.streams(ctx, c.line); err != nil {
		return err
	}
	c.progress.OfFiles, c.progress.OfBytes = len(p.send), p.bytes
	if err := c.sweep(ctx, before); err != nil {
		return err
	}
	if err := c.say(ctx); err != nil {
		return err
	}
	if before.Moving { // only now: until it is there again, the ledger may be what lies aside
		left := func(t target.Target) error { return t.Sweep(ctx, Name, digest.Digest{}) }
		if err := c.line.do(ctx, left); err != nil {
			return err
		}
	}
	err = c.all(ctx, p)
	if err == nil {
		c.ledger.finish(c.Delivery, before.Version)
		return c.say(ctx)
	}
	// What the ledger says need not be sent again. If it can't be written, it is.
	c.line.again = nil
	last, done := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer done()
	c.say(last) //nolint:errcheck // the error that there was is told
	return err
}

// grace is how long a delivery that is stopped may take to say what has arrived.
const grace = 10 * time.Second

func (c *carrier) all(ctx context.Context, p plan) error {
	for _, steps := range [][]step{p.early, p.send, p.gone} {
		for n, wave := range waves(steps) {
			if n > 0 {
				if err := c.alone(ctx); err != nil {
					return err
				}
			}
			group, inside := errgroup.WithContext(ctx)
			group.SetLimit(c.streams)
			for _, s := range wave {
				group.Go(func() error {
					if err := c.step(inside, s); err != nil {
						return fmt.Errorf("%s: %w", s.Path, err)
					}
					return nil
				})
			}
			if err := group.Wait(); err != nil {
				return err
			}
		}
	}
	return nil
}

// step sends or deletes a file.
func (c *carrier) step(ctx context.Context, s step) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.Gone {
		err := c.line.do(ctx, func(t target.Target) error { return t.Delete(ctx, s.Path) })
		if err == nil {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.ledger.left(s)
		}
		return err
	}
	body, err := c.Read(s.file)
	if err != nil {
		return err
	}
	if err := c.line.put(ctx, s.Path, body, meta(s.Path), s.unsure); err != nil {
		return err
	}
	c.mu.Lock()
	c.ledger.arrived(s)
	c.progress.Files++
	c.progress.Bytes += s.file.Size
	c.unsaid += s.file.Size
	say := c.unsaid > due(len(c.ledger.Entries))
	if say {
		c.unsaid = 0
	}
	if c.Progress != nil {
		c.Progress(c.progress)
	}
	c.mu.Unlock()
	if say {
		return c.say(ctx)
	}
	return nil
}

// due is after how many bytes a ledger with so many entries is worth writing: saying what
// has arrived may add a tenth.
func due(entries int) int64 { return max(1<<20, int64(entries)*1000) }

// sweep takes away what deliveries that were cut have left of files that are not sent now,
// or with other bytes. What is sent again with the same is swept when it is there.
func (c *carrier) sweep(ctx context.Context, before Ledger) error {
	if !before.Moving {
		return nil
	}
	group, inside := errgroup.WithContext(ctx)
	group.SetLimit(c.streams)
	sweep := func(name string, sum digest.Digest) {
		group.Go(func() error {
			return c.line.do(inside, func(t target.Target) error { return t.Sweep(inside, name, sum) })
		})
	}
	wanted := map[string]digest.Digest{}
	for _, f := range c.Files {
		wanted[f.Path] = f.Sum
	}
	for _, e := range before.Entries {
		if e.Unsure && wanted[e.Path] != e.Sum {
			sweep(e.Path, e.Sum)
		}
	}
	return group.Wait()
}

// say writes the ledger as it is by now, unless somebody else has written it meanwhile:
// then two deliveries are on their way, and this one ends.
func (c *carrier) say(ctx context.Context) error {
	c.saying.Lock()
	defer c.saying.Unlock()
	c.mu.Lock()
	text := c.ledger.Text()
	c.mu.Unlock()
	if err := c.alone(ctx); err != nil {
		return err
	}
	c.wrote = stamp([]byte(text))
	if err := c.line.put(ctx, Name, []byte(text), served, false); err != nil {
		return fmt.Errorf("%s: %w", Name, err)
	}
	c.was = c.wrote
	return nil
}

// alone is an error if the ledger at the place is somebody else's.
func (c *carrier) alone(ctx context.Context) error {
	now, err := c.line.stamped(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", Name, err)
	}
	if now != "" && now != c.was && now != c.wrote {
		return diag.List{twoDeliveries()}
	}
	return nil
}

// streams is how many things may be done at once.
func (d Delivery) streams(ctx context.Context, l *line) (n int, err error) {
	err = l.do(ctx, func(t target.Target) error {
		n = max(1, t.Streams())
		return nil
	})
	return n, err
}
