package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"qinglian/internal/diag"
	"qinglian/internal/serve"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
	"qinglian/internal/watch"
)

// minute is how long a watching build sleeps at most: articles begin and end by
// the minute, and a build that changes nothing is a look at the files.
const minute = time.Minute

// keepBuilding builds the site, and again after each save, until it is
// interrupted. What is wrong with the site ends nothing; it is reported when it is
// new.
func (p *program) keepBuilding(f buildFlags) error {
	if f.explain != "" || f.verify || f.adopt {
		return usage(diag.Say("--watch 不能和 --explain、--verify、--adopt 一起用",
			"--watch can't go with --explain, --verify or --adopt"))
	}
	s, err := openSite(f.source)
	if err != nil {
		return err
	}
	defer s.Close()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	w, err := watch.Open(s.Root.Name(), snapshot.Parts, false)
	if err != nil {
		return err
	}
	defer w.Close()
	noticed := false // that it polls
	for said := (report{}); ; {
		r, err := p.patiently(ctx, s, f)
		if ctx.Err() != nil {
			return nil
		}
		if wrong := (failure{}); errors.As(err, &wrong) && wrong.status == exitUsage {
			return err
		}
		same := slices.Equal(said.problems, r.problems) && sameHeld(said.held, r.held)
		if first := said.output == ""; first || r.Written+r.Deleted > 0 || !same {
			if err := p.print(f, r, err != nil); err != nil {
				return err
			}
		}
		said = r
		if why, polling := w.Polling(); polling && !noticed {
			noticed = true
			fmt.Fprintln(p.stderr, p.say(why))
		}
		if err := awake(ctx, w); err != nil || ctx.Err() != nil {
			return err
		}
	}
}

// awake waits until something may have changed, or an article begun or ended.
func awake(ctx context.Context, w *watch.Watcher) error {
	timed, cancel := context.WithTimeout(ctx, minute)
	defer cancel()
	if _, err := w.Next(timed); err != nil && timed.Err() == nil {
		return err
	}
	return nil
}

// patiently builds once, and a few times more if what is wrong may be that a
// file was not written to its end. A build that is interrupted is left to end
// with the process: it may be killed at any moment.
func (p *program) patiently(ctx context.Context, s *source.Site, f buildFlags) (report, error) {
	type result struct {
		report report
		err    error
	}
	for try := 0; ; try++ {
		done := make(chan result, 1)
		go func() {
			r, err := p.built(f)
			done <- result{r, err}
		}()
		select {
		case <-ctx.Done():
			return report{}, ctx.Err()
		case r := <-done:
			if r.err == nil || !serve.Half(s.Root, r.report.problems, try) {
				return r.report, r.err
			}
		}
		time.Sleep(serve.Pause)
	}
}
