package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/sync/errgroup"
	"golang.org/x/term"

	"qinglian/internal/cache"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/publish"
	"qinglian/internal/site"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
	"qinglian/themes"
)

// own is the folder of a site in which qinglian keeps what it knows. It may be
// deleted at any time.
const own = ".qinglian"

// pictures is the folder in it of pictures that were made, checked the file of what
// checking the theme came to.
const (
	pictures = own + "/pictures"
	checked  = own + "/theme"
)

// buildFlags are the flags of build.
type buildFlags struct {
	source, output, theme, baseURL, now string
	drafts, future, strict, json, loud  bool
	verify, watch, holdBack             bool
	explain                             string // a page or file: why it would be made anew, or is not public
	jobs                                int
	adopt                               bool
	maxDelete                           int    // pages; negative if it was not given
	dry                                 bool   // only compare
	elsewhere                           bool   // the output folder was given: it need not be what readers see
	agreed                              string // report.seen of what may be published; "" for anything
}

func (p *program) buildCommand() *cobra.Command {
	var f buildFlags
	c := &cobra.Command{
		Use: "build", Args: exactly(0, "qinglian build [--source DIR] [--output DIR]"),
		Short: p.say(diag.Say("生成网站", "make the site")),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := f.settle(c.Flags()); err != nil {
				return err
			}
			if f.watch {
				return p.keepBuilding(f)
			}
			return p.build(f)
		},
	}
	flags := c.Flags()
	p.buildingFlags(flags, &f)
	flags.BoolVar(&f.verify, "verify", false, p.say(diag.Say("全部重做一遍（做好的图片只核对），看沿用的都没有错",
		"make all anew but the pictures that are kept, and compare it with what would be kept")))
	flags.BoolVar(&f.watch, "watch", false, p.say(diag.Say("一直运行，每次保存后再生成", "go on, and build again after each save")))
	flags.StringVar(&f.explain, "explain", "", p.say(diag.Say("不生成，只说这个网页（或文件）为什么会重做，文章为什么没有公开",
		"build nothing, say why this page or file would be made anew, or is not public")))
	flags.BoolVar(&f.adopt, "adopt", false, p.say(diag.Say("输出文件夹的记录 .qinglian 丢了：列出并收回本站的文件",
		"the output folder's .qinglian is lost: list what is this site's, and take it over")))
	return c
}

// buildingFlags are those of each command that takes a site through a whole build.
func (p *program) buildingFlags(flags *pflag.FlagSet, f *buildFlags) {
	flags.StringVar(&f.source, "source", ".", p.say(diag.Say("网站文件夹", "the site's folder")))
	flags.StringVar(&f.output, "output", publicFolder, p.say(diag.Say("输出文件夹；不写，在网站文件夹里",
		"the output folder; the default one is in the site's folder")))
	flags.StringVar(&f.theme, "theme", "", p.say(diag.Say("用这个主题代替 config.toml 里的",
		"use this theme instead of config.toml's")))
	flags.StringVar(&f.baseURL, "base-url", "", p.say(diag.Say("用这个网站地址代替 config.toml 里的",
		"use this address instead of config.toml's")))
	flags.BoolVar(&f.drafts, "drafts", false, p.say(diag.Say("也生成草稿", "include drafts")))
	flags.BoolVar(&f.future, "future", false, p.say(diag.Say("也生成日期未到的文章", "include articles dated in the future")))
	flags.StringVar(&f.now, "now", "", p.say(diag.Say("当作现在的时间，如 2024-05-01 09:30",
		"the time to take for now, such as 2024-05-01 09:30")))
	flags.IntVar(&f.jobs, "jobs", runtime.GOMAXPROCS(0), p.say(diag.Say("同时做几件事", "how many things to do at once")))
	flags.BoolVar(&f.holdBack, "hold-back", false, p.say(diag.Say("还没公开过的文章有错误，就像草稿一样等着，先发布其余的",
		"let articles with errors that were never public wait like drafts, and publish the rest")))
	flags.BoolVar(&f.strict, "strict", false, p.say(diag.Say("警告也算错误", "count warnings as errors")))
	flags.BoolVar(&f.json, "json", false, p.say(diag.Say("结果输出为 JSON", "print the result as JSON")))
	flags.IntVar(&f.maxDelete, "max-delete", -1, p.say(diag.Say("最多删去几个网页；不写，网站文件夹以外最多删十分之一",
		"how many pages may be deleted; by default a tenth outside of the site's folder")))
	flags.BoolVarP(&f.loud, "verbose", "v", false, p.say(diag.Say("每一处都列出，也显示提示", "list every place, and notes too")))
}

// settle finishes what was given on the command line.
func (f *buildFlags) settle(flags *pflag.FlagSet) error {
	if f.holdBack && (f.strict || f.explain != "") {
		return usage(diag.Say("--hold-back 不能和 --strict、--explain 一起用",
			"--hold-back can't go with --strict or --explain"))
	}
	if f.elsewhere = flags.Changed("output"); !f.elsewhere {
		f.output = filepath.Join(f.source, f.output)
	}
	if flags.Changed("max-delete") && f.maxDelete < 0 {
		return usage(diag.Say("--max-delete 是网页的个数，不能小于 0", "--max-delete is a number of pages, 0 or more"))
	}
	return nil
}

func (p *program) build(f buildFlags) error {
	r, err := p.built(f)
	return errors.Join(p.print(f, r, err != nil), err)
}

// built builds the site once. An error has its exit status; what it is about
// stands in the report.
func (p *program) built(f buildFlags) (r report, err error) {
	began := time.Now()
	err = p.make(f, &r)
	var problems diag.List
	switch {
	case errors.As(err, &problems):
		r.problems = append(r.problems, problems...)
		err = failure{status: exitSite}
	case err != nil && !errors.As(err, &failure{}):
		r.problems = append(r.problems, machine(err))
		err = failure{status: exitMachine}
	}
	r.Seconds = time.Since(began).Seconds()
	return r, err
}

// machine is the message about a failure that is not the writer's.
func machine(err error) diag.Diagnostic {
	return diag.Diagnostic{Rule: "machine", Severity: diag.Error,
		Message: diag.Say("机器出错：%s", "the machine failed: %s", refusal(err)),
		Hint: diag.Say("看看磁盘满了没有、文件夹有没有写入权限、文件是不是被别的程序打开着；解决后再运行一次即可",
			"check for a full disk, missing permission or a file that another program holds; then run again")}
}

// make builds the site and fills in the report.
func (p *program) make(f buildFlags, r *report) error {
	s, err := openSite(f.source)
	if err != nil {
		return err
	}
	defer s.Close()
	if r.output, r.outside, err = outputFolder(f); err != nil {
		return err
	}
	opt, err := p.options(f, s)
	if err != nil {
		return err
	}
	clock, unlock, err := p.lock(s)
	if err != nil {
		return err
	}
	defer unlock()
	defer collectLess()()
	if opt.Engine, err = engine(); err != nil {
		return err
	}
	r.now = opt.Selection.Now
	a := attempt{program: p, flags: f, report: r, site: s, opt: opt}
	err = a.onTopOf(snapshot.OpenShelf, clock)
	if errors.Is(err, cache.ErrDamaged) { // nothing was published: once more, without it
		a = attempt{program: p, flags: f, report: r, site: s, opt: opt}
		err = a.onTopOf(snapshot.EmptyShelf, clock)
	}
	return err
}

// together does steps that do not depend on each other.
func together(steps ...func() error) error {
	var group errgroup.Group
	for _, step := range steps {
		group.Go(step)
	}
	return group.Wait()
}

// refused is the error of a site that is not published for what is wrong with
// it.
func refused(f buildFlags, r *report) error {
	if worst, ok := r.problems.Worst(); ok && (worst == diag.Error || f.strict && worst == diag.Warning) {
		return failure{status: exitSite}
	}
	return nil
}

// did fills in what was done to the output folder.
func (r *report) did(out publish.Outcome) {
	r.Rendered, r.Written, r.Unchanged, r.Deleted = out.Rendered, out.Written, out.Unchanged, out.Deleted
	r.Withdrawn, r.Adopted, r.strays = out.Articles, out.Adopted, out.Strays
	for _, s := range out.Strays {
		r.Removed = append(r.Removed, s.Path)
	}
	r.problems = append(r.problems, out.Found...)
}

// publishing is how the output folder is made.
func publishing(f buildFlags, g config.Config, outside bool) publish.How {
	how := publish.How{Jobs: f.jobs, Verify: f.verify, Owner: publish.Owner{ID: g.ID, Title: g.Title}, Adopt: f.adopt}
	switch {
	case f.maxDelete >= 0:
		how.Most = func(int) int { return f.maxDelete }
	case outside:
		how.Most = publish.Tenth
	}
	return how
}

// busy says that another build publishes into the output folder.
func (p *program) busy() {
	fmt.Fprintln(p.stderr, p.say(diag.Say("另一个 qinglian 正在往这个输出文件夹生成，等它做完……",
		"another qinglian is publishing into this folder, waiting for it…")))
}

func (p *program) options(f buildFlags, s *source.Site) (opt snapshot.Options, err error) {
	opt = snapshot.Options{Theme: f.theme, BaseURL: f.baseURL, Themes: themes.FS, Jobs: f.jobs, Verify: f.verify,
		HoldBack: f.holdBack, Pictures: pictures, Checked: checked,
		Selection: site.Selection{Now: time.Now(), Drafts: f.drafts, Future: f.future}}
	if f.jobs < 1 {
		return opt, usage(diag.Say("--jobs 至少是 1", "--jobs must be at least 1"))
	}
	if f.now != "" {
		zone := time.UTC
		c, problems, err := snapshot.ReadConfig(s)
		if err != nil {
			return opt, err
		}
		if problems.Count(diag.Error) == 0 {
			zone = c.Zone
		}
		now, ok := content.ParseDate(f.now, zone)
		if !ok {
			return opt, usage(content.NoDate(f.now))
		}
		opt.Selection.Now = now
	}
	return opt, nil
}

// clock is the file system's time, which need not be the machine's.
func clock(s *source.Site) (int64, error) {
	if err := s.Root.MkdirAll(own, 0o755); err != nil {
		return 0, err
	}
	if err := s.Root.WriteFile(own+"/.gitignore", []byte("*\n"), 0o644); err != nil {
		return 0, err
	}
	info, err := s.Root.Stat(own + "/.gitignore")
	if err != nil {
		return 0, err
	}
	return info.ModTime().UnixNano(), nil
}

// lock waits until no other build works on the site. It also reads the clock.
func (p *program) lock(s *source.Site) (now int64, unlock func(), err error) {
	if now, err = clock(s); err != nil {
		return 0, nil, err
	}
	// Made in the site's folder, the file is no link that leads out of it.
	f, err := s.Root.OpenFile(own+"/lock", os.O_CREATE|os.O_RDONLY, 0o644)
	if err != nil {
		return 0, nil, err
	}
	f.Close()
	l := flock.New(filepath.Join(s.Root.Name(), own, "lock"))
	free, err := l.TryLock()
	if err == nil && !free {
		fmt.Fprintln(p.stderr, p.say(diag.Say("另一个 qinglian 正在生成这个网站，等它做完……",
			"another qinglian is building this site, waiting for it…")))
		err = l.Lock()
	}
	if err != nil {
		return 0, nil, err
	}
	return now, func() { l.Unlock() }, nil //nolint:errcheck // the lock ends with the process anyway
}

// progress shows how many outputs were made.
func (p *program) progress() (step func(total int), done func()) {
	return p.counting(func(n, total int) diag.Text { return diag.Say("已生成 %d / %d", "made %d of %d", n, total) })
}

// counting shows a line on a terminal once the work has lasted for a second.
func (p *program) counting(text func(n, total int) diag.Text) (step func(total int), done func()) {
	f, ok := p.stderr.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func(int) {}, func() {}
	}
	began := time.Now()
	var count, last atomic.Int64 // last: when it was shown, in milliseconds
	var shown atomic.Bool
	step = func(total int) {
		n := count.Add(1)
		// Pages are made by the thousand, pictures one by one.
		if now := time.Since(began); now > time.Second && now.Milliseconds()-last.Load() >= 100 {
			last.Store(now.Milliseconds())
			shown.Store(true)
			fmt.Fprintf(f, "\r%s", p.say(text(int(n), total)))
		}
	}
	return step, func() {
		if shown.Load() {
			fmt.Fprint(f, "\r\x1b[K")
		}
	}
}
