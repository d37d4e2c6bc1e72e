package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"qinglian/internal/config"
	"qinglian/internal/deploy"
	"qinglian/internal/deploy/kept"
	"qinglian/internal/deploy/target"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/publish"
	"qinglian/internal/source"
)

// keptFolder is the folder of the versions that were delivered.
const keptFolder = own + "/kept"

// carriage is a place to which a site's published folder is carried.
type carriage struct {
	*program
	site   *source.Site
	folder string // the site's, from the root of the file system on
	config config.Config
	place  config.Deploy
	output string // the published folder
	store  kept.Store
	at     target.Place
	asks   bool   // somebody sits before a terminal
	agreed string // the fingerprint of a server that was agreed to
	once   sync.Mutex
	found  bool // there is a server at its address
}

// carriage is the place of a site with a name, or the first one.
func (p *program) carriage(s *source.Site, c config.Config, name, output string) (*carriage, error) {
	place, err := chosen(c.Deploys, name)
	if err != nil {
		return nil, err
	}
	if c.ID == "" {
		return nil, failure{exitSite, diag.Say("网站还没有自己的记号，送去以后就认不出哪些文件是它的：先运行 qinglian fix",
			"the site has no id of its own, by which its files are known where they are carried to: run qinglian fix first")}
	}
	folder, err := filepath.Abs(s.Root.Name())
	if err != nil {
		return nil, err
	}
	on := &carriage{program: p, site: s, folder: folder, config: c, place: place, output: output,
		store: kept.Open(s.Root, keptFolder, place.Name),
		at:    target.Place{Scheme: place.Scheme, To: place.To, Now: time.Now()}}
	if err := on.locate(); err != nil {
		return nil, err
	}
	return on, on.prepare()
}

func chosen(places []config.Deploy, name string) (config.Deploy, error) {
	var names []string
	for _, d := range places {
		if d.Name == name || name == "" {
			return d, nil
		}
		names = append(names, d.Name)
	}
	if len(places) == 0 {
		return config.Deploy{}, usage(diag.Say("config.toml 里还没有写送到哪里：在末尾加两行，[deploy.web] 和 to = \"../发布\"（送到一个文件夹；送到服务器的写法见手册“交付”）",
			"config.toml does not say where to carry the site: add two lines at its end, [deploy.web] and to = \"../out\" for a folder; "+
				"for servers see the manual"))
	}
	return config.Deploy{}, usage(diag.Say("config.toml 里没有 [deploy.%s]，有：%s",
		"there is no [deploy.%s] in config.toml, but: %s",
		name, diag.Listed(names)))
}

// locate finds out where a place on this machine is, and refuses the site's own folders.
func (on *carriage) locate() error {
	root := on.folder
	switch on.place.Scheme {
	case config.Zip:
		name := strings.TrimPrefix(strings.TrimPrefix(on.place.To, config.Zip), ":")
		if name == "" {
			name = on.say(diag.Say("上传-%s.zip", "upload-%s.zip", on.place.Name))
		}
		ext := filepath.Ext(name)
		on.at.To = under(root, strings.TrimSuffix(name, ext)+"-"+on.at.Now.Format("20060102-150405")+ext)
		if err := on.site.Root.MkdirAll(keptFolder+"/"+on.place.Name, 0o755); err != nil {
			return err
		}
		on.at.Ledger = filepath.Join(root, filepath.FromSlash(on.store.Ledger()))
		return nil
	case config.Folder:
		if config.Drive(on.place.To) && filepath.VolumeName(on.place.To) == "" {
			return usage(diag.Say("[deploy.%s] 的 %s 在 Windows 的盘上，这台电脑没有这样的盘：写这里的路径，如 to = \"/media/U盘/网站\"",
				"%[2]s of [deploy.%[1]s] is on a drive of Windows, which this machine does not have: write a path of this one, such as "+
					"to = \"/media/stick/site\"", on.place.Name, on.place.To))
		}
		on.at.To = under(root, on.place.To)
		to, err := resolved(on.at.To)
		if err != nil {
			return err
		}
		from, err := resolved(root)
		if err != nil {
			return err
		}
		if within(from, to) || within(to, from) || within(on.output, to) || within(to, on.output) {
			return usage(diag.Say("[deploy.%s] 的文件夹 %s 和网站文件夹、输出文件夹重叠：换一个",
				"the folder of [deploy.%s], %s, overlaps with the site's or the output folder: choose another",
				on.place.Name, to))
		}
	}
	return nil
}

// under is a path that somebody wrote, from a folder on.
func under(dir, name string) string {
	if rest, ok := strings.CutPrefix(name, "~"); ok && (rest == "" || rest[0] == '/' || rest[0] == '\\') {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, filepath.FromSlash(name))
}

// edition is a finished build, as its folder holds it.
type edition struct {
	files []deploy.File
	root  *os.Root // the folder
	last  *last
}

// edition reads what was published last. A folder that a build did not finish, or that was
// changed since, is refused.
func (on *carriage) edition(jobs int) (e edition, err error) {
	_, unlock, err := on.lock(on.site)
	if err != nil {
		return e, err
	}
	defer unlock()
	program, err := engine()
	if err != nil {
		return e, err
	}
	e.last = loadLast(on.site.Root, on.output, program)
	dir, err := publish.Peek(on.output)
	if err != nil {
		return e, err
	}
	defer func() { err = errors.Join(err, dir.Close()) }()
	stands, err := dir.Stands(on.config.ID, e.last.made, jobs)
	if err != nil {
		return e, err
	}
	if !stands {
		return e, failure{exitSite, diag.Say("输出文件夹 %s 里不是做完的这个网站（没有生成过、没有做完，或后来被改过）：先运行 qinglian build",
			"the output folder %s does not hold a finished build of this site (it was not built, not finished, or changed since): run qinglian build",
			on.output)}
	}
	summed, err := dir.Sum(e.last.made, jobs)
	if err != nil {
		return e, err
	}
	if err := summed.Save(on.site.Root, e.last.outputs, program, e.last.made, e.last.end); err != nil {
		return e, err
	}
	for _, m := range summed {
		e.files = append(e.files, deploy.File{Path: m.Path, Rank: m.Rank, Sum: m.Sum, Size: m.Stamp.Size})
	}
	e.root, err = os.OpenRoot(on.output)
	return e, err
}

// read is what a published file holds; a build may have changed it meanwhile.
func (e edition) read(f deploy.File) ([]byte, error) {
	b, err := e.root.ReadFile(f.Path)
	if err == nil && digest.Of(b) != f.Sum || errors.Is(err, fs.ErrNotExist) {
		err = failure{exitSite, diag.Say("正在送的时候，%s 又变了：再运行一次",
			"%s was changed while it was being delivered: run it again", f.Path)}
	}
	return b, err
}

// delivery is a delivery to the place.
func (on *carriage) delivery(files []deploy.File, read func(deploy.File) ([]byte, error)) deploy.Delivery {
	d := deploy.Delivery{Site: deploy.Site{ID: on.config.ID, Title: on.config.Title}, Files: files, Read: read,
		Now:  on.at.Now,
		Open: on.open, Most: publish.Tenth}
	if on.remote() {
		d.Again = on.again
	}
	return d
}

// remote reports whether the place is on a server.
func (on *carriage) remote() bool {
	return on.place.Scheme != config.Folder && on.place.Scheme != config.Zip
}

// mostTries is how often a connection is made anew, in a row.
const mostTries = 5

// again waits before a connection is made anew: a second, then twice as long each time.
func (on *carriage) again(ctx context.Context, try int) error {
	if try >= mostTries {
		return target.ErrRefused
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(time.Second << try):
		return nil
	}
}

// deliver carries an edition to the place and keeps it, to go back to.
func (on *carriage) deliver(ctx context.Context, d deploy.Delivery, e edition) (deploy.Outcome, error) {
	unlock, err := on.alone()
	if err != nil {
		return deploy.Outcome{}, err
	}
	defer unlock()
	out, err := d.Run(ctx)
	if err != nil || d.Dry {
		return out, err
	}
	if err := on.printProblems(on.record(out.Ledger)); err != nil {
		return out, err
	}
	if out.None() {
		return out, nil
	}
	return out, on.store.Keep(out.Ledger, *on.place.Keep, e.root)
}

// alone waits until nobody else on this machine delivers to the place.
func (on *carriage) alone() (unlock func(), err error) {
	name := own + "/deploy-" + on.place.Name
	// Made in the site's folder, the file is no link that leads out of it.
	f, err := on.site.Root.OpenFile(name, os.O_CREATE|os.O_RDONLY, 0o644)
	if err != nil {
		return nil, err
	}
	f.Close()
	l := flock.New(filepath.Join(on.site.Root.Name(), filepath.FromSlash(name)))
	free, err := l.TryLock()
	if err == nil && !free {
		fmt.Fprintln(on.stderr, on.say(diag.Say("另一个 qinglian 正在往 %s 送，等它送完……",
			"another qinglian is delivering to %s, waiting for it…", on.place.Name)))
		err = l.Lock()
	}
	if err != nil {
		return nil, err
	}
	return func() { l.Unlock() }, nil //nolint:errcheck // the lock ends with the process anyway
}

// address is where readers find what was delivered; "" if that is not known.
func (on *carriage) address() string {
	switch {
	case on.place.Site != "":
		return on.place.Site
	case on.place.Scheme == config.Folder:
		return filepath.Join(on.at.To, "index.html")
	case on.place.Scheme == config.Zip:
		return on.at.To
	}
	return on.config.BaseURL
}

// unmet says what is wrong with a place, of an error that has no words of its own.
func (on *carriage) unmet(err error) error {
	var found diag.List
	var said failure
	var plain diag.Failure
	var network *net.OpError
	switch {
	case err == nil, errors.As(err, &found), errors.As(err, &said):
		return err
	case errors.Is(err, context.Canceled):
		return failure{exitMachine, diag.Say("停下了；已经送到的都是完整的，再运行一次就接着送",
			"stopped; what has arrived is whole, and another run goes on from there")}
	case errors.As(err, &plain):
		return failure{exitMachine, plain.Text}
	case errors.As(err, &network) && network.Op == "dial" && !errors.Is(err, target.ErrLogin):
		return failure{exitMachine, diag.Say("连不上 %s：%s",
			"%s can't be reached: %s", on.place.Name, target.Why(network))}
	case errors.Is(err, target.ErrRefused):
		return failure{exitMachine, on.unlet(err)}
	case errors.Is(err, fs.ErrPermission) && on.place.Scheme == config.Folder:
		return failure{exitMachine, diag.Say("文件夹 %s 里不能写：看看它是不是只读、归谁所有，能写了再运行一次，就接着送",
			"the folder %s can't be written to: see whether it is read-only, and whose it is; then run it again to go on", on.at.To)}
	}
	return failure{exitMachine, diag.Say("往 %s 送的时候出错：%s；已经送到的都是完整的，再运行一次就接着送",
		"delivering to %s failed: %s; what has arrived is whole, and another run goes on from there", on.place.Name,
		target.Why(err))}
}
