package main

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"time"

	"qinglian/internal/deploy"
	"qinglian/internal/diag"
	"qinglian/internal/serve"
	"qinglian/internal/snapshot"
)

// delivering is how the preview delivers the site in a folder: as deploy does with what was
// published.
func (p *program) delivering(folder string) serve.Carriage {
	return serve.Carriage{
		Places: func() (names []string) {
			s, err := openSite(folder)
			if err != nil {
				return nil
			}
			defer s.Close()
			c, problems, err := snapshot.ReadConfig(s)
			if err != nil || problems.Count(diag.Error) > 0 {
				return nil
			}
			for _, d := range c.Deploys {
				names = append(names, d.Name)
			}
			return names
		},
		Carry: func(ctx context.Context, place string, step func(serve.Carried)) serve.Carried {
			out, err := p.carryFor(ctx, folder, place, step)
			out.Place, out.Ended, out.Refused = place, true, refusals(err)
			return out
		},
	}
}

// carryFor delivers to a place, and says what it did.
func (p *program) carryFor(ctx context.Context, folder, place string,
	step func(serve.Carried)) (out serve.Carried, err error) {
	s, err := openSite(folder)
	if err != nil {
		return out, err
	}
	defer s.Close()
	c, _, err := snapshot.ReadConfig(s)
	if err != nil {
		return out, err
	}
	output, _, err := outputFolder(buildFlags{source: folder, output: under(folder, "public")})
	if err != nil {
		return out, err
	}
	on, err := p.carriage(s, c, place, output)
	if err != nil {
		return out, err
	}
	e, err := on.edition(runtime.GOMAXPROCS(0))
	if err != nil {
		return out, err
	}
	defer e.root.Close()
	d := on.delivery(e.files, e.read)
	began := time.Now()
	d.Progress = func(of deploy.Progress) {
		step(serve.Carried{Place: place, Files: of.Files, OfFiles: of.OfFiles, Bytes: size(of.Bytes),
			OfBytes: size(of.OfBytes),
			Left:    pace{began}.left(of)})
	}
	done, err := on.deliver(ctx, d, e)
	if err != nil {
		return out, on.unmet(err)
	}
	out.Site = on.address()
	out.Said = diag.Say("已送到 %s：新增 %d、更新 %d、删去 %d 个文件，%s",
		"delivered to %s: %d files new, %d changed, %d deleted, %s", place,
		len(done.New), len(done.Changed), len(done.Gone), size(done.Bytes))
	if done.None() {
		out.Said = diag.Say("%s 那里已经是这一版，什么都不用送", "%s has this version already, there is nothing to send", place)
	}
	return out, nil
}

// refusals are what an error says to people, each on its own.
func refusals(err error) (out []diag.Text) {
	var problems diag.List
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &problems):
		return []diag.Text{failureOf(err).text}
	}
	for _, e := range problems.Brief(screen).Entries {
		out = append(out, diag.Text{
			ZH: strings.TrimSpace(e.File + " " + e.Message.ZH + "。" + e.Hint.ZH),
			EN: strings.TrimSpace(e.File + " " + e.Message.EN + ". " + e.Hint.EN),
		})
	}
	return out
}
