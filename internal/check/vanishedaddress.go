package check

import (
	"slices"

	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/published"
	"qinglian/internal/site"
)

// vanishedAddress is about addresses that were published and lead nowhere now. One that
// an article had before, or that says why it was taken down, is kept; so is one whose
// article's own date has come.
var vanishedAddress = Rule{Name: "vanished-address", Sure: Medium, Site: func(w *Whole) {
	if len(w.Record) == 0 {
		return
	}
	kept := w.kept()
	var fresh published.Record
	for _, e := range w.Record {
		if kept[e.Path] {
			continue
		}
		if fresh == nil {
			fresh = append(published.Record{}, w.Record.New(published.Of(w.Site))...)
		}
		w.Report(w.vanished(e, fresh).Placed(diag.Diagnostic{File: published.File, Line: e.Line}))
	}
}}

// kept are the addresses that readers still find, and those of articles that have expired.
func (w *Whole) kept() map[string]bool {
	kept := make(map[string]bool, len(w.Outputs)+len(w.Site.Pages))
	for _, o := range w.Outputs {
		kept[o.Path] = true
	}
	for _, p := range slices.Concat(w.Site.Pages, w.Site.Tombstones) {
		kept[p.Path] = true
		for _, alias := range p.Card.Aliases {
			kept[alias] = true
		}
	}
	for _, h := range w.Site.Held {
		if h.Why == content.HoldExpired {
			kept[h.Address] = true
		}
	}
	return kept
}

func (w *Whole) vanished(e published.Entry, fresh published.Record) diag.Diagnostic {
	d := diag.Diagnostic{Rule: "vanished-address", Severity: diag.Warning,
		Message: diag.Say("发布过的网址 %s 打不开了", "the address %s was published and leads nowhere now", e.Path),
		Hint: diag.Say("文章改了名、搬了地方：在它开头写 旧网址: [%s]；不再公开的，把文件找回来，用 qinglian retract 文件 --reason \"为什么\" 撤下",
			"if the article has another name or place now, write aliases: [%s] in its front matter; "+
				"if it is not to be public, restore its file and use qinglian retract FILE --reason TEXT", e.Path)}
	if to, ok := e.Moved(fresh); ok {
		d.Hint = diag.Say("像是改成了 %[2]s：qinglian fix 会在那一篇的开头写上 旧网址: [%[1]s]",
			"it seems to be %[2]s now: qinglian fix writes aliases: [%[1]s] into that article", e.Path, to.Path)
		// fix writes nothing into what may not be read
		if p := w.at(to.Path); p != nil && p.Doc.Problems.Count(diag.Error) > 0 {
			d.Hint = diag.Say("像是改成了 %s：先改好 %s 里的错误，再运行 qinglian fix，它会在那一篇的开头写上 旧网址: [%s]",
				"it seems to be %s now: mend the errors of %s first, then run qinglian fix, which writes aliases: [%s] into it",
				to.Path, p.Doc.Path, e.Path)
		}
		return d
	}
	for _, h := range w.Site.Held {
		if h.Address != e.Path {
			continue
		}
		d.Hint = diag.Say("文章 %[1]s 现在不公开；不再公开的，用 qinglian retract %[1]s --reason \"为什么\" 撤下，网址上留一句话",
			"the article %[1]s is not public now; if that is to stay, qinglian retract %[1]s --reason TEXT leaves a word at its address",
			h.File)
	}
	return d
}

// at is the article at an address; nil if there is none.
func (w *Whole) at(path string) *site.Page {
	i := slices.IndexFunc(w.Site.Pages, func(p *site.Page) bool { return p.Path == path })
	if i < 0 {
		return nil
	}
	return w.Site.Pages[i]
}
