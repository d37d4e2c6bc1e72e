package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"github.com/spf13/cobra"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/serve"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
)

func (p *program) startCommand() *cobra.Command {
	return &cobra.Command{
		Use: "start [DIR]",
		Short: p.say(diag.Say("打开开始页：我的网站、新建、打开；双击程序就是它",
			"open the start page: sites, new ones; what a double click does")),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage(diag.Say("用法：qinglian start [文件夹]", "usage: qinglian start [DIR]"))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			return p.start(append(args, "")[0], "")
		},
	}
}

// clicked reports whether a click can have started the program with these arguments, and
// the folder in which it begins: where it lies, or the folder of whose menu it was chosen.
func clicked(args []string) (dir string, could bool) {
	switch {
	case len(args) == 0:
		return "", true
	case len(args) == 2 && args[0] == "start":
		return args[1], true
	}
	return "", false
}

// doubleClicked is what the program does when it was started by a click and has a console
// of its own: it opens the start page, or the page of the site that it lies in or that was
// chosen. A folder that was chosen and is none is looked through. The console stays open
// until what went wrong was read.
func doubleClicked(chosen string, stdin io.Reader, stdout, stderr io.Writer) int {
	p := &program{stdout: stdout, stderr: stderr, lang: language(nil)}
	dir, looking := cmp.Or(chosen, "."), ""
	if _, err := os.Stat(filepath.Join(dir, config.File)); err != nil {
		dir, looking = "", chosen
	}
	err := p.start(dir, looking)
	if err == nil {
		return exitDone
	}
	f := failureOf(err)
	fmt.Fprintln(stderr, "qinglian: "+p.say(f.text))
	fmt.Fprintln(stderr, p.say(diag.Say("按回车键关闭窗口", "press Enter to close this window")))
	bufio.NewReader(stdin).ReadString('\n') //nolint:errcheck // whatever ends the waiting
	return f.status
}

// start serves the start page until it is interrupted, and opens it in the browser; with a
// folder, the page of the site in it; with one to look through, the list of what is there.
func (p *program) start(dir, looking string) error {
	ctx, stop := interrupted()
	defer stop()
	listener, err := listen(serveFlags{port: 0})
	if err != nil {
		return err
	}
	defer listener.Close()
	port := strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	sites := running{program: p, ctx: ctx, open: map[string]serve.Opened{}}
	defer sites.all.Wait() // each ends with the context
	defer stop()
	home, err := os.UserHomeDir()
	if err != nil {
		home = "."
	}
	page, err := serve.NewStart(serve.Sites{Lang: p.lang, Hosts: []string{"127.0.0.1:" + port}, Home: home,
		Proposed: func() string { return p.proposed(home) }, Known: p.knownSites, Open: sites.show, Make: p.found})
	if err != nil {
		return err
	}
	address := "http://127.0.0.1:" + port + page.Root()
	if dir != "" {
		n, refused := page.Open(dir)
		if refused != (diag.Text{}) {
			return usage(refused)
		}
		address += "site?n=" + strconv.Itoa(n)
	}
	if looking != "" {
		if looking, err = filepath.Abs(looking); err != nil {
			return err
		}
		address += "?" + url.Values{"in": {looking}}.Encode()
	}
	fmt.Fprintln(p.stdout, address)
	fmt.Fprintln(p.stdout, p.say(diag.Say("开始页在浏览器里；关掉这个窗口，或按 Ctrl-C，就结束",
		"the start page is in the browser; close this window, or press Ctrl-C, to end")))
	p.launch(address)
	h := page.HTTP()
	context.AfterFunc(ctx, func() { h.Close() }) //nolint:errcheck // readers that are still there are let go
	if err := h.Serve(serve.Bound(listener.(*net.TCPListener))); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// proposed is a folder for a new site, which is not there yet.
func (p *program) proposed(home string) string {
	documents := filepath.Join(home, "Documents")
	if info, err := os.Stat(documents); err != nil || !info.IsDir() {
		documents = home
	}
	for n := 1; ; n++ {
		name := p.say(diag.Say("清廉网站", "qinglian-site"))
		if n > 1 {
			name += strconv.Itoa(n)
		}
		if _, err := os.Lstat(filepath.Join(documents, name)); err != nil {
			return filepath.Join(documents, name)
		}
	}
}

// running are the sites whose previews run.
type running struct {
	*program
	ctx  context.Context
	all  sync.WaitGroup
	mu   sync.Mutex
	open map[string]serve.Opened // by folder
}

// show has the preview of a site run, if it does not yet.
func (r *running) show(folder string) (serve.Opened, diag.Text) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return serve.Opened{}, failed(err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if site, runs := r.open[folder]; runs {
		return site, diag.Text{}
	}
	if _, err := os.Stat(filepath.Join(folder, config.File)); err != nil {
		return serve.Opened{}, diag.Say("文件夹 %s 里没有网站（config.toml）",
			"there is no site (config.toml) in the folder %s", folder)
	}
	ready, ended := make(chan serve.Opened, 1), make(chan error, 1)
	r.all.Go(func() {
		err := r.program.show(serveFlags{source: folder, port: -1},
			func() (context.Context, context.CancelFunc) { return context.WithCancel(r.ctx) },
			func(address, title string) { ready <- serve.Opened{Folder: folder, Title: title, Address: address} })
		ended <- err
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.open, folder)
	})
	select {
	case err := <-ended:
		return serve.Opened{}, failed(err)
	case site := <-ready:
		r.open[folder] = site
		if err := remember(folder); err != nil {
			fmt.Fprintln(r.stderr, r.say(diag.Say("没能记下这个网站：%s", "the site could not be noted: %s", err.Error())))
		}
		return site, diag.Text{}
	}
}

// failed is what an error says to people.
func failed(err error) diag.Text {
	f := failure{exitMachine, diag.Say("没有做完：%s", "failed: %s", diag.Why(err))}
	errors.As(err, &f)
	return f.text
}

// found makes a site.
func (p *program) found(n serve.NewSite) diag.Text {
	var err error
	if n.Sample {
		err = p.initSample(n.Folder)
	} else {
		err = p.initEmpty(n.Folder, founding{Name: n.Name, Region: n.Region, For: n.For})
	}
	if err != nil {
		return failed(err)
	}
	return diag.Text{}
}

// siteTitle is what a site is called; of one whose configuration can't be read it is the
// folder's name.
func siteTitle(s *source.Site) string {
	name := filepath.Base(s.Root.Name())
	c, problems, err := snapshot.ReadConfig(s)
	if err != nil || problems.Count(diag.Error) > 0 {
		return name
	}
	return cmp.Or(c.Title, name)
}
