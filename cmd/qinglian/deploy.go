package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"qinglian/internal/config"
	"qinglian/internal/deploy"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/site"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
)

// deployFlags are the flags of deploy.
type deployFlags struct {
	buildFlags
	noBuild, dry, adopt, again, whole bool
	rollback, verify, status          bool
	sample                            int
	trust                             string
}

func (p *program) deployCommand() *cobra.Command {
	var f deployFlags
	c := &cobra.Command{
		Use: "deploy [NAME]",
		Short: p.say(diag.Say("生成网站，送到 config.toml 里 [deploy.名字] 写的地方",
			"make the site and carry it to where [deploy.NAME] of config.toml says")),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage(diag.Say("用法：qinglian deploy [名字]", "usage: qinglian deploy [NAME]"))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if err := f.settle(c); err != nil {
				return err
			}
			return p.deploy(append(args, "")[0], f)
		},
	}
	p.deployingFlags(c, &f)
	return c
}

func (p *program) deployingFlags(c *cobra.Command, f *deployFlags) {
	flags := c.Flags()
	flag := func(to *bool, name string, does diag.Text) { flags.BoolVar(to, name, false, p.say(does)) }
	flags.StringVar(&f.source, "source", ".", p.say(diag.Say("网站文件夹", "the site's folder")))
	flags.StringVar(&f.output, "output", "public", p.say(diag.Say("输出文件夹；不写，在网站文件夹里",
		"the output folder; the default one is in the site's folder")))
	flags.StringVar(&f.now, "now", "", p.say(diag.Say("当作现在的时间，如 2024-05-01 09:30",
		"the time to take for now, such as 2024-05-01 09:30")))
	flags.IntVar(&f.jobs, "jobs", runtime.GOMAXPROCS(0),
		p.say(diag.Say("生成时同时做几件事", "how many things a build does at once")))
	flag(&f.holdBack, "hold-back", diag.Say("还没公开过的文章有错误，就像草稿一样等着，先送其余的",
		"let articles with errors that were never public wait like drafts, and deliver the rest"))
	flag(&f.noBuild, "no-build", diag.Say("不生成，送上次生成好的", "build nothing, deliver what was built last"))
	flag(&f.dry, "dry-run", diag.Say("做到第一次写之前就停，说出会送什么、删什么",
		"stop before the first write and say what would be sent and deleted"))
	flag(&f.rollback, "rollback", diag.Say("退回：把前一个版本送回去", "put the version before back"))
	flag(&f.again, "again", diag.Say("退回过的版本，也再送出去", "deliver a version even if it was taken back before"))
	flag(&f.verify, "verify", diag.Say("不送，从网上逐个取来，和送去的核对",
		"send nothing, fetch what is live and compare it with what was delivered"))
	flags.IntVar(&f.sample, "sample", -1,
		p.say(diag.Say("核对时抽多少个文件；不写就是全部", "how many files to compare; by default all")))
	flag(&f.status, "status", diag.Say("不送，说出上次送的是哪一版、还有什么没送",
		"send nothing, say what was delivered last and what is not yet"))
	flag(&f.adopt, "adopt", diag.Say("那里的记录丢了：收回有本站记号的文件",
		"the ledger there is lost: take over what bears this site's mark"))
	flag(&f.whole, "whole", diag.Say("全部重送，不只是变了的；zip 就是打包全部",
		"send all again, not only what has changed; of a zip, pack all"))
	flags.StringVar(&f.trust, "trust", "", p.say(diag.Say("第一次连 sftp 服务器：它的指纹（SHA256:…），问过机房核对了才写",
		"sftp, the first time: the server's fingerprint (SHA256:…), once its staff has confirmed it")))
	flags.IntVar(&f.maxDelete, "max-delete", -1, p.say(diag.Say("最多删去几个网页；不写，最多删十分之一",
		"how many pages may be deleted; by default a tenth")))
	flag(&f.json, "json", diag.Say("结果输出为 JSON", "print the result as JSON"))
	flags.BoolVarP(&f.loud, "verbose", "v", false, p.say(diag.Say("每个文件都列出", "list every file")))
}

func (f *deployFlags) settle(c *cobra.Command) error {
	modes := 0
	for _, on := range []bool{f.rollback, f.verify, f.status} {
		if on {
			modes++
		}
	}
	if modes > 1 {
		return usage(diag.Say("--rollback、--verify、--status 一次只能用一个",
			"--rollback, --verify and --status: one at a time"))
	}
	if c.Flags().Changed("sample") && (f.sample < 1 || !f.verify) {
		return usage(diag.Say("--sample 是核对（--verify）几个文件，至少 1",
			"--sample is how many files --verify compares, 1 or more"))
	}
	return f.buildFlags.settle(c.Flags())
}

// deployReport is what deploy --json prints.
type deployReport struct {
	Place       string         `json:"place"`
	To          string         `json:"to"`
	Site        string         `json:"site"` // where to look at it
	Version     string         `json:"version"`
	Delivered   *time.Time     `json:"delivered"`
	Dry         bool           `json:"dry,omitempty"`
	Moving      bool           `json:"moving,omitempty"` // the last delivery was not finished
	New         []string       `json:"new"`
	Changed     []string       `json:"changed"`
	Gone        []string       `json:"gone"`
	Same        int            `json:"same"`
	Bytes       int64          `json:"bytes"`
	Adopted     []string       `json:"adopted,omitempty"`
	Kept        []keptVersion  `json:"kept,omitempty"`
	Checked     int            `json:"checked,omitempty"` // by --verify
	Different   []verifiedFile `json:"different,omitempty"`
	Seconds     float64        `json:"seconds"`
	Diagnostics []finding      `json:"diagnostics"`
	Held        []held         `json:"held"`
	Next        *time.Time     `json:"next"`
}

// keptVersion is a version that can be put back.
type keptVersion struct {
	Version   string    `json:"version"`
	Delivered time.Time `json:"delivered"`
}

// deploy does what the flags say with a place of a site.
func (p *program) deploy(name string, f deployFlags) error {
	ctx, stop := interrupted()
	defer stop()
	s, err := openSite(f.source)
	if err != nil {
		return err
	}
	defer s.Close()
	if c, problems, err := snapshot.ReadConfig(s); err == nil && problems.Count(diag.Error) == 0 {
		if _, err := chosen(c.Deploys, name); err != nil { // said before a build, which takes its time
			return err
		}
	}
	builds := !f.noBuild && !f.rollback && !f.verify && !f.status
	built, err := p.buildFirst(f, builds)
	if err != nil {
		return err
	}
	c, err := p.deployConfig(s, builds)
	if err != nil {
		return err
	}
	on, err := p.carriage(s, c, name, built.output)
	if err != nil {
		return err
	}
	on.agreed, on.asks = f.trust, p.asks()
	r := deployReport{Place: on.place.Name, To: on.at.To, Site: on.address(), Dry: f.dry, New: []string{},
		Changed: []string{}, Gone: []string{},
		Held: heldAsData(built.held), Next: moment(site.Next(built.held))}
	began := time.Now()
	switch {
	case f.status:
		err = on.status(ctx, f, &r)
	case f.verify:
		err = on.verify(ctx, f, &r)
	case f.rollback:
		err = on.rollback(ctx, f, &r)
	default:
		err = on.run(ctx, f, &r)
	}
	r.Seconds = time.Since(began).Seconds()
	return on.tell(f, r, on.unmet(err))
}

// buildFirst builds the site, as build does, if it is to be built. What it finds is said
// where --json does not.
func (p *program) buildFirst(f deployFlags, builds bool) (r report, err error) {
	if !builds {
		r.output, _, err = outputFolder(f.buildFlags)
		return r, err
	}
	flags := f.buildFlags
	flags.maxDelete = -1 // it is about the place
	r, err = p.built(flags)
	if err != nil {
		return r, errors.Join(p.print(flags, r, true), err)
	}
	if f.json {
		return r, nil
	}
	if _, err := p.list(flags, r.problems.Sort()); err != nil {
		return r, err
	}
	if len(r.held) > 0 {
		fmt.Fprintln(p.stdout, p.say(heldBack(r.held, r.now)))
	}
	return r, nil
}

// deployConfig is the configuration of a site. A build has said already what is wrong with it.
func (p *program) deployConfig(s *source.Site, built bool) (config.Config, error) {
	if !built {
		return p.siteConfig(s)
	}
	c, _, err := snapshot.ReadConfig(s)
	return c, err
}

// asks reports whether somebody can be asked.
func (p *program) asks() bool {
	return term.IsTerminal(int(os.Stdin.Fd())) && term.IsTerminal(int(os.Stderr.Fd()))
}

// run delivers what was published.
func (on *carriage) run(ctx context.Context, f deployFlags, r *deployReport) error {
	e, err := on.edition(f.jobs)
	if err != nil {
		return err
	}
	defer e.root.Close()
	d := on.delivery(e.files, e.read)
	d.Adopt, d.Dry, d.Anew, d.Whole = f.adopt, f.dry, f.again, f.whole
	if f.maxDelete >= 0 {
		d.Most = func(int) int { return f.maxDelete }
	}
	var done func()
	d.Progress, done = on.progress()
	out, err := on.deliver(ctx, d, e)
	done()
	r.fill(out)
	return err
}

// fill fills in the report of a delivery.
func (r *deployReport) fill(out deploy.Outcome) {
	r.New, r.Changed, r.Gone = orNone(out.New), orNone(out.Changed), orNone(out.Gone)
	r.Same, r.Bytes, r.Adopted = out.Same, out.Bytes, out.Adopted
	r.stands(out.Ledger)
}

// stands says what a ledger says of its version.
func (r *deployReport) stands(l deploy.Ledger) {
	r.Moving = l.Moving
	if l.Version != (digest.Digest{}) {
		r.Version, r.Delivered = l.Version.Short(), moment(l.At)
	}
}

func orNone(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// rollback puts the version before the present one back.
func (on *carriage) rollback(ctx context.Context, f deployFlags, r *deployReport) error {
	versions, err := on.store.Versions()
	if err != nil {
		return err
	}
	now, err := on.delivery(nil, nil).Look(ctx)
	if err != nil {
		return err
	}
	to, ok := earlier(now, versions)
	if !ok || !on.store.Whole(to) {
		return failure{exitSite,
			diag.Say("这台电脑上没有留着 %s 以前的版本，退不回去（版本只留在送它的电脑上，网站的 .qinglian/kept 里）：到那台电脑上退回，或把文章改回去再送",
				"no earlier version of %s is kept on this machine (they are only on the one that delivered them, in .qinglian/kept of the site): "+
					"roll back there, or change the articles back and deliver", on.place.Name)}
	}
	d := on.delivery(to.Files(), on.store.Read)
	d.Back, d.Dry, d.Most = true, f.dry, nil
	var done func()
	d.Progress, done = on.progress()
	unlock, err := on.alone()
	if err != nil {
		return err
	}
	defer unlock()
	out, err := d.Run(ctx)
	done()
	r.fill(out)
	if err != nil || f.dry || now.Version == to.Version {
		return err
	}
	return on.store.Forget(now.Version)
}

// earlier is the version to go back to: of what is kept, the last whole one if a delivery was
// not finished, else the one before the present one.
func earlier(now deploy.Ledger, versions []deploy.Ledger) (deploy.Ledger, bool) {
	at := slices.IndexFunc(versions, func(l deploy.Ledger) bool { return l.Version == now.Version })
	if at < 0 || !now.Moving {
		at++
	}
	for _, l := range versions[min(at, len(versions)):] {
		if !slices.Contains(now.Back, l.Version) {
			return l, true
		}
	}
	return deploy.Ledger{}, false
}

// beforeCut is what a place had before a delivery that was cut, if that is kept: the ledger lists
// what the delivery was about to write, too.
func beforeCut(now deploy.Ledger, versions []deploy.Ledger) deploy.Ledger {
	at := slices.IndexFunc(versions, func(l deploy.Ledger) bool { return l.Version == now.Version })
	if !now.Moving || at < 0 {
		return now
	}
	return versions[at]
}

// status says what was delivered last, and what a delivery would do to it.
func (on *carriage) status(ctx context.Context, f deployFlags, r *deployReport) error {
	now, err := on.delivery(nil, nil).Look(ctx)
	if err != nil {
		return err
	}
	r.stands(now)
	r.Same = len(now.Entries)
	versions, err := on.store.Versions()
	if err != nil {
		return err
	}
	for _, l := range versions {
		if l.Version != now.Version && !slices.Contains(now.Back, l.Version) && on.store.Whole(l) {
			r.Kept = append(r.Kept, keptVersion{l.Version.Short(), l.At})
		}
	}
	e, err := on.edition(f.jobs)
	if err != nil {
		return err
	}
	defer e.root.Close()
	r.Held, r.Next = heldAsData(e.last.held), moment(site.Next(e.last.held))
	had := beforeCut(now, versions)
	send, gone := now.Pending(e.files)
	for _, name := range send {
		if had.Had(name) {
			r.Changed = append(r.Changed, name)
		} else {
			r.New = append(r.New, name)
		}
	}
	r.Gone = orNone(gone)
	r.Same -= len(r.Changed) + len(gone)
	return nil
}
