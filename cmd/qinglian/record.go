package main

import (
	"bytes"
	"errors"
	"io/fs"
	"runtime"
	"slices"

	"qinglian/internal/config"
	"qinglian/internal/deploy"
	"qinglian/internal/desk"
	"qinglian/internal/diag"
	"qinglian/internal/published"
	"qinglian/internal/source"
)

// What counts as published is what was delivered. Who delivers a site records it; where
// nobody does, a build of the real site is taken for it: into the folder that it always
// goes to, by the clock, with nothing that is not public.

// real reports whether what is built is what readers will see, as soon as it is.
func (f buildFlags) real(c config.Config) bool {
	return len(c.Deploys) == 0 && !f.elsewhere && !f.drafts && !f.future && f.now == "" && f.baseURL == "" && !f.dry
}

// recorded reports whether a site takes part in that.
func recorded(s *source.Site, c config.Config) bool {
	_, err := s.Root.Lstat(published.File)
	return c.Check.Record || !errors.Is(err, fs.ErrNotExist)
}

// record enters into a site's record what was published, when it is: after a build that
// was killed before, the next one makes all of its steps again. A site takes part if it
// has the file, or says that it wants one. That nothing could be written keeps nobody
// from publishing: it is said.
func record(s *source.Site, c config.Config, articles func() (published.Record, error)) diag.List {
	raw, err := s.Read(published.File)
	missing := errors.Is(err, fs.ErrNotExist)
	if missing && !c.Check.Record {
		return nil
	}
	if err != nil && !missing {
		return diag.List{unrecorded(diag.Why(err))}
	}
	now, err := articles()
	if err != nil {
		return diag.List{unrecorded(diag.Why(err))}
	}
	text := published.Parse(raw).With(now).Text()
	if bytes.Equal(raw, text) {
		return nil
	}
	file := desk.Edited(published.File, raw, text)
	if missing {
		file = desk.New(published.File, text)
	}
	refused, err := desk.Write(s, file)
	if err != nil {
		refused = diag.Why(err)
	}
	if refused == (diag.Text{}) {
		return nil
	}
	return diag.List{unrecorded(refused)}
}

// record enters into the site's record the articles that a delivery brought to readers.
func (on *carriage) record(l deploy.Ledger) diag.List {
	return record(on.site, on.config, func() (published.Record, error) {
		opt, err := on.options(buildFlags{jobs: runtime.GOMAXPROCS(0)}, on.site)
		if err != nil {
			return nil, err
		}
		snap, err := on.linked(on.site, opt)
		if err != nil || snap.Site == nil {
			return nil, err
		}
		there := map[string]bool{}
		for _, e := range l.Delivered() {
			there[e.Path] = true
		}
		return slices.DeleteFunc(published.Of(snap.Site), func(e published.Entry) bool { return !there[e.Path] }), nil
	})
}

func unrecorded(why diag.Text) diag.Diagnostic {
	return diag.Diagnostic{Rule: "unrecorded", Severity: diag.Note, File: published.File,
		Message: diag.Say("网站已经发布，但没有记下发布过的网址：%s",
			"the site is published, but its addresses were not recorded: %s", why),
		Hint: diag.Say("让这个文件可以写；下一次有改动的生成会补上",
			"let the file be written; the next build that changes something makes up for it")}
}
