package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"qinglian/internal/check"
	"qinglian/internal/diag"
	"qinglian/internal/online"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
)

// How links to other sites are opened: as politely as a reader, and not for ever.
const (
	agent       = "qinglian check --online"
	betweenAsks = 500 * time.Millisecond
	longestAsk  = 10 * time.Second
	longestAll  = 10 * time.Minute
)

// answersFile keeps what came of opening links.
const answersFile = own + "/online"

// openOutside opens the links to other sites that were found in what was asked for, and
// inspects the site again with what came of it. Nobody waits for the site meanwhile: it
// is not locked.
func (p *program) openOutside(s *source.Site, n *inspection, opt snapshot.Options) error {
	if n.snap.Site == nil {
		return nil
	}
	ctx, stop := interrupted()
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, longestAll)
	defer cancel()
	var links []check.Outside
	var targets []string
	for _, l := range n.snap.Check.Outside {
		if n.asked(l.Where.File) {
			links = append(links, l)
			targets = append(targets, l.Target())
		}
	}
	step, done := p.counting(func(n, total int) diag.Text {
		return diag.Say("已打开外站链接 %d / %d，按 Ctrl-C 就此停下",
			"opened %d of %d links to other sites; Ctrl-C ends it", n, total)
	})
	known := online.Kept(s.Root, answersFile)
	asker := online.Asker{Agent: agent, Pause: betweenAsks, Patience: longestAsk, Step: step,
		Inside: online.Inside(ctx, n.snap.Site.Config.BaseURL)}
	answers := asker.Ask(ctx, targets, known)
	done()
	stop() // a second Ctrl-C ends the program
	err := online.Keep(s.Root, answersFile, known, answers)
	if err != nil {
		fmt.Fprintln(p.stderr, p.say(diag.Say("没有记下外站链接的结果，下次要重新打开：%s",
			"what came of opening links was not kept and is asked for again next time: %s", diag.Why(err))))
	}
	opt.Answers = answers
	if n.snap, err = p.inspect(s, opt); err != nil {
		return err
	}
	n.snap.Check.Unread = slices.Concat(n.snap.Check.Unread, check.Unopened(links, answers))
	return nil
}
