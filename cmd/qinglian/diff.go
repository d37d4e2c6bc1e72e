package main

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"qinglian/internal/build"
	"qinglian/internal/diag"
	"qinglian/internal/publish"
	"qinglian/internal/site"
	"qinglian/internal/snapshot"
)

// difference is what a build would change, as people ask for it: by articles. What
// only follows from them is counted.
type difference struct {
	New     []entry `json:"new"`
	Changed []entry `json:"changed"`
	Gone    []entry `json:"gone"`
	Pages   int     `json:"pages"` // others: lists, and articles whose neighbours or frame moved
	Files   int     `json:"files"` // that are no pages
}

// entry is an article in it.
type entry struct {
	Path  string `json:"path"`
	Title string `json:"title"`
	File  string `json:"file,omitempty"`
}

// diffReport is what diff --json prints.
type diffReport struct {
	difference
	Diagnostics []finding  `json:"diagnostics"`
	Held        []held     `json:"held"`
	Next        *time.Time `json:"next"`
	Broken      []string   `json:"broken,omitempty"` // as in report
}

func (p *program) diffCommand() *cobra.Command {
	f := buildFlags{dry: true}
	c := &cobra.Command{
		Use: "diff", Args: exactly(0, "qinglian diff [--source DIR] [--output DIR]"),
		Short: p.say(diag.Say("先看看生成会改动什么：新的、变了的、撤下的", "show what a build would change, and change nothing")),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := f.settle(c.Flags()); err != nil {
				return err
			}
			r, err := p.built(f)
			return errors.Join(p.printDifference(f, r, err != nil), err)
		},
	}
	p.buildingFlags(c.Flags(), &f)
	return c
}

// compare does all of a build that goes before the first write to the output folder.
func (p *program) compare(dir *publish.Dir, snap snapshot.Snapshot, made publish.Manifest, f buildFlags,
	r *report) error {
	progress, done := p.progress()
	defer done()
	how := publishing(f, snap.Site.Config, r.outside)
	how.Progress = progress
	found, err := dir.Compare(snap.Outputs, made, how)
	if err != nil {
		return err
	}
	r.problems = append(r.problems, found.Found...)
	r.difference, err = byArticles(found, snap.Site,
		func(o build.Output) (publish.Why, error) { return dir.Why(o, made) })
	return err
}

// byArticles sorts a Difference by what people know of it.
func byArticles(found publish.Difference, s *site.Site,
	why func(build.Output) (publish.Why, error)) (d difference, err error) {
	articles := map[string]*site.Page{}
	for _, page := range slices.Concat(s.Pages, s.Tombstones) {
		articles[page.Path] = page
	}
	add := func(to *[]entry, o build.Output, itself bool) {
		page := articles[o.Path]
		switch {
		case page != nil && o.Rank == build.Page && itself:
			*to = append(*to, entry{o.Path, page.Card.Title, page.Doc.Path})
		case o.Rank == build.Asset, o.Rank == build.Feed:
			d.Files++
		default:
			d.Pages++
		}
	}
	for _, o := range found.New {
		add(&d.New, o, true)
	}
	for _, o := range found.Changed {
		w, err := why(o)
		if err != nil {
			return d, err
		}
		add(&d.Changed, o, itself(w))
	}
	for _, g := range found.Gone {
		if !g.Article {
			d.Pages++
			continue
		}
		d.Gone = append(d.Gone, entry{g.Path, g.Title, g.Source})
	}
	d.Files += found.Dropped
	return d, nil
}

// surroundings are the parts of an article's key that are not its own.
var surroundings = []string{"engine", "layout", "frame", "needs", "feeds", "section", "terms", "neighbours", "related",
	"cited"}

// itself reports whether an article's page would be made anew for more than what stands
// around the article.
func itself(w publish.Why) bool {
	return len(w.Moved) == 0 ||
		slices.ContainsFunc(w.Moved, func(part string) bool { return !slices.Contains(surroundings, part) })
}

func (d difference) none() bool {
	return len(d.New)+len(d.Changed)+len(d.Gone)+d.Pages+d.Files == 0
}

// printDifference says what a build would do.
func (p *program) printDifference(f buildFlags, r report, failed bool) error {
	r.problems = r.problems.Sort()
	if f.json {
		return p.encode(diffReport{r.difference.lists(), p.findings(r.problems), heldAsData(r.held),
			moment(site.Next(r.held)), r.Broken})
	}
	if _, err := p.list(f, r.problems); err != nil {
		return err
	}
	if failed {
		if len(r.problems) > 0 {
			fmt.Fprintln(p.stderr, p.say(diag.Say("这样什么都不会发布：先改好上面的错误",
				"as it is, nothing would be published: mend the errors above first")))
		}
		if len(r.Broken) > 0 {
			fmt.Fprintln(p.stderr, p.say(broken(r.Broken)))
		}
		return nil
	}
	for _, part := range r.difference.parts() {
		p.printEntries(f, part)
	}
	if d := r.difference; d.Pages+d.Files > 0 {
		fmt.Fprintln(p.stdout, p.say(diag.Say("跟着变的还有：%d 个网页（列表、上一篇下一篇等），%d 个别的文件",
			"what follows from it: %d other pages (lists, neighbours and the like), %d other files", d.Pages, d.Files)))
	}
	if len(r.held) > 0 {
		fmt.Fprintln(p.stdout, p.say(heldBack(r.held, r.now)))
	}
	last := diag.Say("只是比较，什么都没有动；要发布就运行 qinglian build", "nothing was changed; to publish it, run: qinglian build")
	if r.difference.none() {
		last = diag.Say("没有要变的：输出文件夹里的就是现在的网站", "nothing would change: the output folder holds the site as it is")
	}
	_, err := fmt.Fprintln(p.stdout, p.say(last))
	return err
}

// lists has empty lists in place of none, for JSON.
func (d difference) lists() difference {
	for _, list := range []*[]entry{&d.New, &d.Changed, &d.Gone} {
		if *list == nil {
			*list = []entry{}
		}
	}
	return d
}

// part is one list of a difference, under its heading.
type part struct {
	head    diag.Text
	entries []entry
}

func (d difference) parts() (parts []part) {
	for _, all := range []part{
		{diag.Say("新发布 %d 篇：", "new, %d articles:", len(d.New)), d.New},
		{diag.Say("更新 %d 篇：", "changed, %d articles:", len(d.Changed)), d.Changed},
		{diag.Say("撤下 %d 篇：", "taken away, %d articles:", len(d.Gone)), d.Gone},
	} {
		if len(all.entries) > 0 {
			parts = append(parts, all)
		}
	}
	return parts
}

func (p *program) printEntries(f buildFlags, all part) {
	fmt.Fprintln(p.stdout, p.say(all.head))
	shown := all.entries
	if !f.loud {
		shown = shown[:min(screen, len(shown))]
	}
	for _, e := range shown {
		fmt.Fprintln(p.stdout, "  "+e.Path+" "+e.Title)
	}
	if left := len(all.entries) - len(shown); left > 0 {
		fmt.Fprintln(p.stdout, p.say(diag.Say("  另有 %d 篇，加 -v 都列出来", "  %d more, shown with -v", left)))
	}
}
