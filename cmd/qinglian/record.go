package main

import (
	"bytes"
	"errors"
	"io/fs"

	"qinglian/internal/desk"
	"qinglian/internal/diag"
	"qinglian/internal/published"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
)

// What counts as published is what was delivered. Who delivers a site records it; where
// nobody does, a build of the real site is taken for it: into the folder that it always
// goes to, by the clock, with nothing that is not public.

// real reports whether what is built is what readers will see.
func (f buildFlags) real() bool {
	return !f.elsewhere && !f.drafts && !f.future && f.now == "" && f.baseURL == "" && !f.dry
}

// record enters into a site's record what was published, when it is: after a build that
// was killed before, the next one makes all of its steps again. A site takes part if it
// has the file, or says that it wants one. That nothing could be written keeps nobody
// from publishing: it is said.
func record(s *source.Site, snap snapshot.Snapshot) diag.List {
	raw, err := s.Read(published.File)
	missing := errors.Is(err, fs.ErrNotExist)
	if missing && !snap.Site.Config.Check.Record {
		return nil
	}
	if err != nil && !missing {
		return diag.List{unrecorded(diag.Why(err))}
	}
	text := published.Parse(raw).With(published.Of(snap.Site)).Text()
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

func unrecorded(why diag.Text) diag.Diagnostic {
	return diag.Diagnostic{Rule: "unrecorded", Severity: diag.Note, File: published.File,
		Message: diag.Say("网站已经发布，但没有记下发布过的网址：%s", "the site is published, but its addresses were not recorded: %s", why),
		Hint: diag.Say("让这个文件可以写；下一次有改动的生成会补上",
			"let the file be written; the next build that changes something makes up for it")}
}
