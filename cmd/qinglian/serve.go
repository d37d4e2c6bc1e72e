package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"qinglian/internal/diag"
	"qinglian/internal/serve"
	"qinglian/internal/site"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
	"qinglian/internal/watch"
	"qinglian/themes"
)

// firstPort is where the preview is looked for; if it is taken, above it.
const firstPort = 1313

type serveFlags struct {
	source                    string
	port                      int
	poll, lan, open, followed bool
}

func (p *program) serveCommand() *cobra.Command {
	f := serveFlags{port: -1}
	c := &cobra.Command{
		Use: "serve", Args: exactly(0, "qinglian serve [--source DIR]"),
		Short: p.say(diag.Say("边写边看：在浏览器里预览，保存后自动更新", "preview the site in a browser; it follows each save")),
		RunE:  func(*cobra.Command, []string) error { return p.serve(f) },
	}
	flags := c.Flags()
	flags.StringVar(&f.source, "source", ".", p.say(diag.Say("网站文件夹", "the site's folder")))
	flags.IntVar(&f.port, "port", f.port, p.say(diag.Say("端口；0 是任意一个空的，不写就从 1313 往上找",
		"the port; 0 takes any free one, by default the first free from 1313 upward")))
	flags.BoolVar(&f.poll, "poll", false, p.say(diag.Say("不靠系统通知，定时查看文件（共享盘会自动这样做）",
		"look at the files now and then instead of being told (shared folders do by themselves)")))
	flags.BoolVar(&f.lan, "lan", false, p.say(diag.Say("同一网络里的手机也能看，用扫码得到的网址",
		"show it to phones in the same network, by an address to scan")))
	flags.BoolVar(&f.open, "open", false, p.say(diag.Say("打开浏览器", "open the browser")))
	flags.BoolVar(&f.followed, "follow", false, p.say(diag.Say("保存哪一篇，浏览器就转到哪一篇",
		"take the browser to the article that is saved")))
	return c
}

// serve shows the site until it is interrupted.
func (p *program) serve(f serveFlags) error {
	return p.show(f, interrupted, func(address, _ string) {
		if f.open {
			p.launch(address)
		}
	})
}

func interrupted() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
}

func (p *program) launch(address string) {
	if err := serve.Launch(address); err != nil {
		fmt.Fprintln(p.stderr, p.say(diag.Say("没能打开浏览器，请自己打开 %s",
			"the browser did not open, please go to %s", address)))
	}
}

// show shows the site until the context ends, which is made when there is something to
// show; ready is called with its address and its title then.
func (p *program) show(f serveFlags, until func() (context.Context, context.CancelFunc),
	ready func(address, title string)) (err error) {
	s, err := openSite(f.source)
	if err != nil {
		return err
	}
	defer s.Close()
	listener, err := listen(f)
	if err != nil {
		return err
	}
	defer listener.Close()
	how, address := p.how(f, s, listener)
	server, err := serve.New(how)
	if err != nil {
		return err
	}
	watcher, err := watch.Open(s.Root.Name(), snapshot.Parts, f.poll)
	if err != nil {
		return err
	}
	defer watcher.Close()
	maker, err := p.maker(s, server)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, maker.State().Close()) }()
	// Until here an interrupt just ends the program.
	ctx, stop := until()
	defer stop()
	fmt.Fprintln(p.stdout, address)
	p.greet(how, watcher)
	p.tellErrors(maker.Latest())
	maker.Show = func(v *serve.Preview, changed []string) {
		page := ""
		if f.followed {
			page = server.Unwatched(v, changed)
		}
		server.Show(v, page)
		p.announce(v)
	}

	h := server.HTTP()
	failed := make(chan error, 2)
	go func() { failed <- h.Serve(serve.Bound(listener.(*net.TCPListener))) }()
	go func() { failed <- maker.Run(ctx, watcher, func(why diag.Text) { fmt.Fprintln(p.stderr, p.say(why)) }) }()
	ready(address, siteTitle(s))
	select {
	case <-ctx.Done():
		h.Close() //nolint:errcheck // readers that are still there are let go
		<-failed
		<-failed // the Maker has stopped: its State may be closed
		return nil
	case err = <-failed:
		stop()
		h.Close() //nolint:errcheck // see above
		<-failed
		return err
	}
}

// listen takes the port: of this machine's own network, unless phones are to
// see the site.
func listen(f serveFlags) (net.Listener, error) {
	host := "127.0.0.1"
	if f.lan {
		host = ""
	}
	if f.port >= 0 {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(f.port)))
		if err != nil {
			return nil, failure{exitMachine, diag.Say("端口 %d 用不了：%s；不写 --port 就会自己找一个",
				"port %d can't be used: %s; without --port a free one is found", f.port, err.Error())}
		}
		return l, nil
	}
	for port := firstPort; ; port++ {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
		if err == nil || port == firstPort+100 {
			return l, err
		}
	}
}

// how is what the server is given, and the address of the site on this machine.
func (p *program) how(f serveFlags, s *source.Site, l net.Listener) (how serve.How, address string) {
	port := strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
	how = serve.How{Lang: p.lang, Site: s, Memory: own, Opener: serve.Opener{Root: s.Root, Run: serve.Launch},
		Publish: p.publisher(s.Root.Name()), Check: p.inspector(s.Root.Name()), Carriage: p.delivering(s.Root.Name())}
	root := "/"
	hosts := []string{"127.0.0.1", "localhost", "::1"}
	if f.lan {
		how.Token = strings.ToLower(rand.Text()[:16])
		root = "/" + how.Token + "/"
		for _, ip := range lanAddresses() {
			hosts = append(hosts, ip)
			if how.Phone == "" {
				how.Phone = "http://" + net.JoinHostPort(ip, port) + root
			}
		}
	}
	for _, h := range hosts {
		how.Hosts = append(how.Hosts, net.JoinHostPort(h, port))
		if port == "80" { // browsers leave it out
			how.Hosts = append(how.Hosts, h)
		}
	}
	return how, "http://127.0.0.1:" + port + root
}

// lanAddresses are this machine's addresses in the networks that it is in,
// those that are private first.
func lanAddresses() (private []string) {
	var public []string
	all, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	for _, a := range all {
		n, ok := a.(*net.IPNet)
		switch {
		case !ok || n.IP.To4() == nil || n.IP.IsLoopback() || n.IP.IsLinkLocalUnicast():
		case n.IP.IsPrivate():
			private = append(private, n.IP.String())
		default:
			public = append(public, n.IP.String())
		}
	}
	return append(private, public...)
}

// greet says, after the address, what else is to be known.
func (p *program) greet(how serve.How, w *watch.Watcher) {
	if how.Phone != "" {
		fmt.Fprintln(p.stdout, p.say(diag.Say("手机扫码，或打开 %s", "phones scan this, or open %s", how.Phone)))
		serve.PrintQR(p.stdout, how.Phone)
	}
	if why, polling := w.Polling(); polling {
		fmt.Fprintln(p.stderr, p.say(why))
	}
	fmt.Fprintln(p.stdout, p.say(diag.Say("保存文件，网页会自动更新；按 Ctrl-C 结束",
		"save a file and the page follows; Ctrl-C ends this")))
}

// maker makes the first Preview, on top of what the last build left, and leaves
// what it took to do so for the next.
func (p *program) maker(s *source.Site, server *serve.Server) (*serve.Maker, error) {
	_, unlock, err := p.lock(s)
	if err != nil {
		return nil, err
	}
	defer unlock()
	defer collectLess()()
	program, err := engine()
	if err != nil {
		return nil, err
	}
	m := &serve.Maker{Site: s,
		Clock: func() (int64, error) { return clock(s) },
		Options: func() snapshot.Options {
			return snapshot.Options{Themes: themes.FS, Engine: program, Jobs: runtime.GOMAXPROCS(0), Pictures: pictures,
				Checked: checked, Standing: true, Lazy: true,
				Selection: site.Selection{Now: time.Now(), Drafts: true, Future: true}}
		},
		Show: func(v *serve.Preview, _ []string) { server.Show(v, "") },
	}
	if err := m.Begin(func() (snapshot.State, error) { return snapshot.Load(s.Root, own, program) }); err != nil {
		return nil, err
	}
	err = m.State().Save(s.Root, own, program)
	m.State().Hold()
	return m, err
}

// announce says what is wrong with a Preview, as build does, or that there is
// nothing.
func (p *program) announce(v *serve.Preview) {
	wrong := p.tellErrors(v)
	at := time.Now().Format("15:04:05")
	if len(wrong) > 0 {
		fmt.Fprintln(p.stderr, at+" "+p.say(diag.Say("有 %d 处错误，网页上也有说明；改好保存即可",
			"%d errors, shown on the page too; mend them and save", len(wrong))))
		return
	}
	fmt.Fprintln(p.stdout, at+" "+p.say(diag.Say("已更新", "updated")))
}

// tellErrors prints the errors of a Preview as build does, and returns them.
func (p *program) tellErrors(v *serve.Preview) diag.List {
	wrong, _ := foremost(v.Errors())
	left, _ := p.brief(wrong) // there is no other place to say that it failed
	if left != (diag.Text{}) {
		fmt.Fprintln(p.stderr, p.say(diag.Say("%s；网页上都有", "%s; the pages have them", left)))
	}
	return wrong
}
