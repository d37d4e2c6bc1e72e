package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"qinglian/internal/channel/host"
	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/snapshot"
)

type hostFlags struct{ source, baseURL, folder string }

func (p *program) hostCommand() *cobra.Command {
	var f hostFlags
	c := &cobra.Command{
		Use:  "host SERVER",
		Args: hostArgs,
		Short: p.say(diag.Say("打印给服务器的设置：nginx、caddy、apache、iis、tomcat、pages",
			"print what to tell a server: nginx, caddy, apache, iis, tomcat, pages")),
		RunE: func(_ *cobra.Command, args []string) error { return p.host(args[0], f) },
	}
	c.Flags().StringVar(&f.source, "source", ".", p.say(diag.Say("网站文件夹", "the site's folder")))
	c.Flags().StringVar(&f.baseURL, "base-url", "", p.say(diag.Say("用这个网站地址代替 config.toml 里的",
		"use this address instead of config.toml's")))
	c.Flags().StringVar(&f.folder, "folder", "/var/www/site", p.say(diag.Say("生成的网站放在服务器的哪个文件夹",
		"the folder on the server that the site's output lies in")))
	return c
}

// hostArgs takes the kind of a server.
func hostArgs(_ *cobra.Command, args []string) error {
	if len(args) == 1 && slices.Contains(host.Kinds, args[0]) {
		return nil
	}
	kinds := diag.Listed(host.Kinds)
	if len(args) != 1 {
		return usage(diag.Say("用法：qinglian host 服务器；可用的有：%s", "usage: qinglian host SERVER; there are: %s", kinds))
	}
	if meant := config.HostMeant(args[0]); meant != "" {
		return usage(diag.Say("没有“%s”这种服务器，是不是想写 %s？", "there is no server %q, did you mean %s?", args[0], meant))
	}
	return usage(diag.Say("没有“%s”这种服务器；可用的有：%s", "there is no server %q; there are: %s", args[0], kinds))
}

// host prints what a server of a kind is to be told about the site.
func (p *program) host(kind string, f hostFlags) error {
	s, err := openSite(f.source)
	if err != nil {
		return err
	}
	defer s.Close()
	opt, err := p.options(buildFlags{jobs: 2, baseURL: f.baseURL}, s)
	if err != nil {
		return err
	}
	snap, _, err := snapshot.Of(s, 0, snapshot.State{}, opt)
	if err != nil {
		return err
	}
	if worst, _ := snap.Diagnostics.Worst(); worst == diag.Error || snap.Site == nil {
		wrong, _ := foremost(snap.Diagnostics)
		return p.refuse(wrong)
	}
	text, err := host.Text(kind, snap.Site, cmp.Or(f.folder, "."), p.lang)
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(p.stdout, text)
	return err
}
