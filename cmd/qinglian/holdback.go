package main

import (
	"errors"
	"maps"
	"path"
	"slices"
	"strings"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/publish"
	"qinglian/internal/site"
	"qinglian/internal/snapshot"
)

// holdBack adds to the articles that wait those that the errors of a Snapshot, or of
// publishing it, are about, and reports whether it is worth going on without them. It is
// not if an error is about anything but articles, or about one that is public: to leave
// that out would take its page away.
func (a *attempt) holdBack(snap snapshot.Snapshot, failed error) bool {
	var found diag.List
	errors.As(failed, &found)
	wrong := wrongOf(slices.Concat(a.report.problems, found))
	if snap.Site == nil || len(wrong) == 0 {
		return false
	}
	known, err := a.known()
	if err != nil {
		return false // what failed stays what is reported
	}
	waiting := maps.Clone(a.opt.Selection.Back)
	if waiting == nil {
		waiting = map[string]diag.List{}
	}
	b := blame{snap: snap, docs: a.state.Docs, known: known}
	goOn := true
	for _, d := range wrong {
		files := b.articles(d)
		goOn = goOn && len(files) > 0
		for _, file := range files {
			_, waits := a.opt.Selection.Back[file]
			if b.public(file) {
				a.report.Broken = append(a.report.Broken, file)
			}
			goOn = goOn && !waits && !b.public(file)
			waiting[file] = append(waiting[file], d)
		}
	}
	slices.Sort(a.report.Broken)
	a.report.Broken = slices.Compact(a.report.Broken)
	a.opt.Selection.Back = waiting
	return goOn
}

func wrongOf(problems diag.List) (wrong diag.List) {
	for _, d := range problems {
		if d.Severity == diag.Error {
			wrong = append(wrong, d)
		}
	}
	return wrong
}

// known is what stands in the output folder.
type known struct {
	paths   map[string]bool
	sources map[string]string // what a path was made of, as far as that is known
	files   map[string]bool   // that something there was made of
}

func (a *attempt) known() (k known, err error) {
	dir := a.dir
	if dir == nil {
		if dir, err = publish.Peek(a.report.output); err != nil {
			return k, err
		}
		defer dir.Close()
	}
	k = known{map[string]bool{}, a.last.made.Sources(), map[string]bool{}}
	for _, name := range dir.Owned() {
		k.paths[name], k.files[k.sources[name]] = true, true
	}
	return k, nil
}

// blame finds the articles that errors are about.
type blame struct {
	snap  snapshot.Snapshot
	docs  snapshot.Docs
	known known
}

// articles are the files of the articles that an error is about: its own, those in a
// folder that is no section, or those that refer to the file that it is about.
func (b blame) articles(d diag.Diagnostic) (files []string) {
	if d.Rule == "render" {
		return nil // the theme's
	}
	own, ok := b.docs.Find(d.File)
	switch {
	case ok && d.Rule == "unknown-section":
		for _, c := range b.docs {
			if c.Doc.Section == own.Doc.Section {
				files = append(files, c.Doc.Path)
			}
		}
		return files
	case ok && d.Rule == "same-address" && b.public(d.File):
		return b.rivals(d.File)
	case ok:
		return []string{d.File}
	case d.File == "" || !strings.HasPrefix(d.File, content.Folder+"/"):
		return nil
	}
	leads := func(t site.Target) bool { return t.File != nil && t.File.Source == d.File }
	for _, page := range slices.Concat(b.snap.Site.Pages, b.snap.Site.Texts) {
		if slices.ContainsFunc(page.Targets, leads) {
			files = append(files, page.Doc.Path)
		}
	}
	return files
}

// rivals are the articles that took the address of one that is public; if they are public
// too, or there is none, it is about itself.
func (b blame) rivals(file string) (files []string) {
	at := strings.ToLower(b.address(file))
	for _, page := range b.snap.Site.Pages {
		if other := page.Doc.Path; other != file && strings.ToLower(page.Path) == at && !b.public(other) {
			files = append(files, other)
		}
	}
	if len(files) == 0 {
		return []string{file}
	}
	return files
}

// public reports whether an article is public now: something in the output folder was made
// of it, or its address is taken there by what nothing is known of. An article that is no
// page of its own (it introduces a list, or a term) is as public as its list.
func (b blame) public(file string) bool {
	if b.known.files[file] {
		return true
	}
	at := b.address(file)
	if !b.known.paths[at] {
		return false
	}
	_, other := b.docs.Find(b.known.sources[at])
	return !other
}

// address is where an article is published, or would be.
func (b blame) address(file string) string {
	for _, page := range slices.Concat(b.snap.Site.Pages, b.snap.Site.Texts, b.snap.Site.Tombstones) {
		if page.Doc.Path == file && page.Path != "" {
			return page.Path
		}
	}
	c, _ := b.docs.Find(file)
	switch {
	case c.Doc.Index && c.Doc.Section == "":
		return "index.html"
	case c.Doc.Index && c.Doc.Section != config.TermsFolder:
		return path.Join(c.Doc.Section, "index.html")
	}
	return c.Doc.Address()
}

// uncertain refuses to hold back articles where others would go of which nothing is known
// but that they were published: with broken front matter an article has another address,
// and they could be the same.
func (a *attempt) uncertain(snap snapshot.Snapshot) error {
	if len(a.opt.Selection.Back) == 0 {
		return nil
	}
	dir := a.dir
	if dir == nil {
		var err error
		if dir, err = publish.Peek(a.report.output); err != nil {
			return err
		}
		defer dir.Close()
	}
	paths := make([]string, len(snap.Outputs))
	for i, o := range snap.Outputs {
		paths[i] = o.Path
	}
	var unknown []string
	gone, _ := dir.Leaving(paths, a.last.made)
	for _, g := range gone {
		if g.Article && g.Source == "" {
			unknown = append(unknown, g.Path)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	return failure{exitSite, diag.Say("分不清有错误的文章是不是已经公开了：.qinglian 文件夹里的记忆不在了，而 %s 会撤下。改好错误再生成",
		"whether the articles with errors are public already is not certain: the memory in .qinglian is gone, and %s "+
			"would be taken away. Mend the errors and build again", diag.Listed(unknown))}
}
