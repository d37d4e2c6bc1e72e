package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/deploy/kept"
	"qinglian/internal/desk"
	"qinglian/internal/diag"
	"qinglian/internal/markdown"
	"qinglian/internal/mend"
	"qinglian/internal/site"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
)

func (p *program) retractCommand() *cobra.Command {
	r := retraction{program: p}
	dir := ""
	c := &cobra.Command{
		Use: "retract FILE --reason TEXT", Args: exactly(1, "qinglian retract FILE --reason TEXT"),
		Short: p.say(diag.Say("马上撤下一篇文章：网址上只留一句话，别处不再提到它",
			"take an article down at once: a word on why stays at its address, nothing else names it")),
		RunE: func(_ *cobra.Command, args []string) error { return r.run(dir, args[0]) },
	}
	c.Flags().StringVar(&dir, "source", ".", p.say(diag.Say("网站文件夹", "the site's folder")))
	c.Flags().StringVar(&r.reason, "reason", "", p.say(diag.Say("为什么撤下，读者看得到", "why, for readers to see")))
	c.Flags().BoolVar(&r.dry, "dry-run", false, p.say(diag.Say("只显示要改什么，不写文件",
		"show what would change and write nothing")))
	return c
}

// retraction takes an article down.
type retraction struct {
	*program
	reason string
	dry    bool

	site     *source.Site
	compiler content.Compiler
	page     *site.Page
	files    []desk.File
	shown    strings.Builder // the changes, as a small diff
	named    []string        // FILE:LINE, where somebody has to look
}

func (r *retraction) run(dir, name string) error {
	if strings.TrimSpace(r.reason) == "" {
		return usage(diag.Say(`写上为什么撤下：--reason "停水的日子写错了，以镇里的通知为准"`,
			`say why: --reason "the date was wrong, see the town's notice"`))
	}
	s, err := openSite(dir)
	if err != nil {
		return err
	}
	defer s.Close()
	_, unlock, err := r.lock(s)
	if err != nil {
		return err
	}
	defer unlock()
	snap, page, err := r.articleOf(s, name)
	if err != nil {
		return err
	}
	if page.Index || page.In == nil && page.Section == config.TermsFolder {
		return usage(diag.Say("%s 介绍一个栏目、专题或首页，那一页总在；要改的是它的文字",
			"%s introduces a section, a term or the site, whose page stays: edit its text", page.Doc.Path))
	}
	r.site, r.page, r.compiler = s, page, content.Compiler{Config: snap.Site.Config, Dialect: markdown.New()}
	if err := r.gather(snap.Site); err != nil {
		return err
	}
	if !r.dry {
		if refused, err := desk.Write(s, r.files...); err != nil || refused != (diag.Text{}) {
			return refusedOr(refused, err)
		}
	}
	return r.report(snap)
}

func refusedOr(refused diag.Text, err error) error {
	if err != nil {
		return err
	}
	return usage(refused)
}

// gather finds what is to be changed: the article last, since a cut must not leave links
// to what nobody may read.
func (r *retraction) gather(all *site.Site) error {
	for _, p := range slices.Concat(all.Pages, all.Texts) {
		if p == r.page {
			continue
		}
		leads := func(ref int) bool { return p.Targets[ref].Page == r.page }
		refers := slices.ContainsFunc(p.Targets, func(to site.Target) bool { return to.Page == r.page })
		err := r.change(p.Doc.Path, func(text []byte) ([]mend.Change, error) {
			if !refers && !bytes.Contains(text, []byte(r.page.Card.Title)) {
				return nil, nil // nearly all: to compile them takes most of the time
			}
			changes, named := mend.Unlink(r.compiler, p.Doc.Path, text, r.page.Card.Title, leads)
			for _, line := range named {
				r.named = append(r.named, fmt.Sprintf("%s:%d", p.Doc.Path, line))
			}
			return changes, nil
		})
		if err != nil {
			return err
		}
	}
	r.entries(all)
	return r.change(r.page.Doc.Path, func(text []byte) ([]mend.Change, error) {
		changes, ok := mend.Retract(r.compiler, r.page.Doc.Path, text, r.reason)
		if !ok {
			return nil, usage(diag.Say("%s 的开头有写错的地方，写进去的可能读不到；先照 qinglian build 说的改好",
				"the front matter of %s has mistakes, so what is added might not be read: correct them first, see qinglian build",
				r.page.Doc.Path))
		}
		return changes, nil
	})
}

// entries are those of the menu and the foot that lead to the article: pages do without
// them, but config.toml says its title.
func (r *retraction) entries(all *site.Site) {
	entries := slices.Clone(all.Menu)
	for _, column := range all.Brand.Columns {
		entries = append(entries, column.Links...)
	}
	for _, e := range entries {
		switch {
		case e.Path != r.page.Path:
		case e.Line > 0:
			r.named = append(r.named, fmt.Sprintf("%s:%d", config.File, e.Line))
		default:
			r.named = append(r.named, config.File)
		}
	}
}

// change enters what is to be changed in a file.
func (r *retraction) change(name string, find func(text []byte) ([]mend.Change, error)) error {
	raw, err := r.site.ReadUpTo(name, source.MaxText)
	if err != nil {
		return err
	}
	text, problems := source.Text(name, raw)
	if problems.Count(diag.Error) > 0 {
		return r.printProblems(problems)
	}
	changes, err := find(text)
	if err != nil || len(changes) == 0 {
		return err
	}
	r.files = append(r.files, desk.Edited(name, raw, corrected(raw, changes)))
	showChanges(&r.shown, name, source.Decode(raw).Encoding, changes)
	return nil
}

// published is how the change reaches readers: with one command where the site says where to.
func (r *retraction) published() diag.Text {
	if len(r.compiler.Config.Deploys) > 0 {
		return diag.Text{ZH: "qinglian deploy", EN: "qinglian deploy"}
	}
	return diag.Say("qinglian build，再传到网站上", "qinglian build, then deliver it")
}

// report says what was changed, what is left for a person, and what the new site no
// longer has.
func (r *retraction) report(before snapshot.Snapshot) error {
	var b strings.Builder
	b.WriteString(r.shown.String())
	say := func(t diag.Text) { b.WriteString(r.say(t) + "\n") }
	list := func(head diag.Text, all []string) {
		if len(all) > 0 {
			say(head)
			b.WriteString("    " + strings.Join(all, "\n    ") + "\n")
		}
	}
	list(diag.Say("还有地方提到它，请自己看：", "named here, too, for you to look at:"), r.named)
	if r.dry {
		say(diag.Say("有 %d 个文件要改，没有写", "%d files to change; nothing was written", len(r.files)))
		_, err := fmt.Fprint(r.stdout, b.String())
		return err
	}
	say(diag.Say("改了 %d 个文件。现在发布：%s", "%d files changed. Publish now: %s", len(r.files), r.published()))
	r.sayKept(say)
	gone, err := r.gone(before)
	if err != nil {
		return err
	}
	list(diag.Say("有缓存（CDN、搜索引擎）的，请它们刷新、删除这些网址：",
		"ask caches (a CDN, search engines) to forget these addresses:"), gone)
	switch posted := r.page.Card.Values("wechat_url"); len(posted) {
	case 0:
		say(diag.Say("公众号发过这一篇的，也要在公众号后台删除", "if a WeChat account sent it, delete it there, too"))
	default:
		list(diag.Say("公众号里的也要删除：", "delete it in WeChat, too:"), posted)
	}
	_, err = fmt.Fprint(r.stdout, b.String())
	return err
}

// sayKept says that versions to go back to have the article, where there are some.
func (r *retraction) sayKept(say func(diag.Text)) {
	folder := kept.Contents(keptFolder)
	if _, err := r.site.Root.Stat(folder); err != nil {
		return
	}
	say(diag.Say("以前送过的版本里还有这一篇，qinglian deploy --rollback 会把它送回去：送之前删去文件夹 %s，就退不回去了",
		"versions that were delivered before still have it, and qinglian deploy --rollback would bring it back: "+
			"delete the folder %s before you deliver, and there is no going back", folder))
}

// gone are the addresses of what the site no longer has, or has another text for: the
// article, what it alone showed, the addresses that it had before.
func (r *retraction) gone(before snapshot.Snapshot) (all []string, err error) {
	opt, err := r.options(buildFlags{drafts: true, future: true, jobs: 2}, r.site)
	if err != nil {
		return nil, err
	}
	after, _, err := snapshot.Of(r.site, 0, snapshot.State{}, opt)
	if err != nil {
		return nil, err
	}
	left := map[string]bool{}
	for _, o := range after.Outputs {
		left[o.Path] = true
	}
	all = []string{before.Site.URL(r.page.Path)}
	for _, alias := range r.page.Card.Aliases {
		all = append(all, before.Site.URL(alias))
	}
	for _, o := range before.Outputs {
		if !left[o.Path] && !strings.HasPrefix(o.Path, "search/") {
			all = append(all, before.Site.URL(o.Path))
		}
	}
	return all, nil
}
