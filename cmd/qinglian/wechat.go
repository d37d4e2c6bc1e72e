package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"qinglian/internal/channel/wechat"
	"qinglian/internal/diag"
	"qinglian/internal/qr"
	"qinglian/internal/site"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
)

func (p *program) wechatCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "wechat", Args: exactly(0, "qinglian wechat kit | qr | rules"),
		Short: p.say(diag.Say("把文章做成公众号文章，做二维码", "make an article for a WeChat account, make QR codes")),
		RunE: func(c *cobra.Command, _ []string) error {
			return failure{exitUsage, diag.Say("用法：qinglian wechat kit | qr | rules",
				"usage: qinglian wechat kit | qr | rules")}
		},
	}
	c.AddCommand(p.wechatKitCommand(), p.wechatQRCommand(), &cobra.Command{
		Use: "rules", Args: exactly(0, "qinglian wechat rules"),
		Short: p.say(diag.Say("微信留得下什么、放得下多少", "what WeChat keeps, and how much of it")),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprint(p.stdout, wechat.Manual())
			return err
		},
	})
	return c
}

type wechatFlags struct{ source, output string }

func (p *program) wechatKitCommand() *cobra.Command {
	var f wechatFlags
	c := &cobra.Command{
		Use: "kit FILE", Args: exactly(1, "qinglian wechat kit content/….md [--output FILE.zip]"),
		Short: p.say(diag.Say("一篇文章的公众号文件包：正文、封面、图片、二维码、要填的文字",
			"all that a WeChat article needs as a zip: text, covers, pictures, codes, what to type")),
		RunE: func(_ *cobra.Command, args []string) error { return p.wechatKit(args[0], f) },
	}
	c.Flags().StringVar(&f.source, "source", ".", p.say(diag.Say("网站文件夹", "the site's folder")))
	c.Flags().StringVar(&f.output, "output", "", p.say(diag.Say("写到哪个文件；不写就用文章的名字",
		"the file to write; by default it is called after the article")))
	return c
}

func (p *program) wechatQRCommand() *cobra.Command {
	var f wechatFlags
	c := &cobra.Command{
		Use: "qr ADDRESS|FILE", Args: exactly(1, "qinglian wechat qr https://… | content/….md --output FILE.png"),
		Short: p.say(diag.Say("任意网址或一篇文章的二维码，PNG 或 SVG，印海报用",
			"any address, or that of an article, as a QR code, PNG or SVG, for posters")),
		RunE: func(_ *cobra.Command, args []string) error { return p.wechatQR(args[0], f) },
	}
	c.Flags().StringVar(&f.source, "source", ".", p.say(diag.Say("网站文件夹", "the site's folder")))
	c.Flags().StringVar(&f.output, "output", "qr.png", p.say(diag.Say("写到哪个文件，.png 或 .svg",
		"the file to write, .png or .svg")))
	return c
}

// wechatKit writes the kit of one article, drafts included, and says what to mind.
func (p *program) wechatKit(name string, f wechatFlags) error {
	s, err := openSite(f.source)
	if err != nil {
		return err
	}
	defer s.Close()
	snap, page, err := p.articleOf(s, name)
	if err != nil {
		return err
	}
	article, err := wechat.Of(snap.Site, page, snap.Theme.File)
	if problems := (diag.List{}); errors.As(err, &problems) {
		return p.refuse(problems)
	} else if err != nil {
		return err
	}
	if err := article.Load(s.Read); err != nil {
		return err
	}
	kit, err := article.Kit()
	if err != nil {
		return err
	}
	output := f.output
	if output == "" {
		output = strings.TrimSuffix(path.Base(page.Path), ".html") + ".zip"
	}
	if err := p.writeKit(output, article, kit); err != nil {
		return err
	}
	for _, d := range article.Findings {
		d.Write(p.stderr, p.lang) //nolint:errcheck // there is no other place to say it
	}
	fmt.Fprintln(p.stdout, p.say(diag.Say("公众号文件包已写到 %s：先看 copy-sheet.txt",
		"the kit for WeChat is in %s: begin with copy-sheet.txt", output)))
	return nil
}

// articleOf finds the page of a file of content/, which may be named from the
// site's folder or from where the command runs.
func (p *program) articleOf(s *source.Site, name string) (snapshot.Snapshot, *site.Page, error) {
	opt, err := p.options(buildFlags{drafts: true, future: true, jobs: 2}, s)
	if err != nil {
		return snapshot.Snapshot{}, nil, err
	}
	snap, _, err := snapshot.Of(s, 0, snapshot.State{}, opt)
	if err != nil {
		return snap, nil, err
	}
	if snap.Site == nil || snap.Theme == nil {
		wrong, _ := foremost(snap.Diagnostics)
		return snap, nil, p.refuse(wrong)
	}
	page, err := pageOf(s, snap.Site, name)
	return snap, page, err
}

// pageOf finds the page of a file of content/ in a site.
func pageOf(s *source.Site, in *site.Site, name string) (*site.Page, error) {
	wanted, err := fileNamed(s, s.Root.Name(), name)
	if own, none := fileNamed(s, s.Root.Name(), path.Join(name, "index.md")); err != nil && none == nil {
		wanted, err = own, nil // the folder of an article
	}
	if err != nil {
		return nil, err
	}
	for _, page := range in.Pages {
		if page.Doc.Path == wanted {
			return page, nil
		}
	}
	for _, h := range in.Held {
		if h.File == wanted {
			return nil, failure{exitUsage, diag.Say("%s 没有公开：%s", "%s is not public: %s", h.File, whyHeld(h))}
		}
	}
	return nil, failure{exitUsage, diag.Say("没有找到文章“%s”；写 content/ 里的文件，如 content/examples/a.md",
		"there is no article %s; name a file of content/, such as content/examples/a.md", name)}
}

// refuse prints what is wrong with a site.
func (p *program) refuse(problems diag.List) error {
	if err := p.printProblems(problems); err != nil {
		return err
	}
	return failure{exitSite, diag.Say("先改好上面的错误", "mend the errors above first")}
}

// wechatQR writes an address, or that of an article, as a QR code.
func (p *program) wechatQR(address string, f wechatFlags) error {
	if strings.HasSuffix(address, ".md") && !strings.Contains(address, "://") {
		var err error
		if address, err = p.addressOf(address, f.source); err != nil {
			return err
		}
	}
	output := f.output
	code, err := qr.Of(address)
	if err != nil {
		return failure{exitUsage, diag.Say("网址太长，做不成二维码", "the address is too long for a QR code")}
	}
	made := code.PNG()
	switch strings.ToLower(filepath.Ext(output)) {
	case ".svg":
		made = code.SVG()
	case ".png":
	default:
		return failure{exitUsage, diag.Say("--output 写 .png 或 .svg 文件", "--output names a .png or .svg file")}
	}
	if err := p.writeNew(output, made); err != nil {
		return err
	}
	fmt.Fprintln(p.stdout, p.say(diag.Say("二维码已写到 %s", "the code is in %s", output)))
	return nil
}

// addressOf is where an article will be read.
func (p *program) addressOf(name, folder string) (string, error) {
	s, err := openSite(folder)
	if err != nil {
		return "", err
	}
	defer s.Close()
	snap, page, err := p.articleOf(s, name)
	if err != nil {
		return "", err
	}
	if snap.Site.Config.BaseURL == "" {
		return "", failure{exitUsage, diag.Say("config.toml 里没有 base_url，不知道文章的网址",
			"config.toml has no base_url, so the article's address is not known")}
	}
	return snap.Site.URL(page.Path), nil
}

// writeKit writes a kit, over an older one of the same article that nobody has
// changed, and over nothing else.
func (p *program) writeKit(name string, a wechat.Article, kit []byte) error {
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() {
		return p.writeNew(name, kit)
	}
	old, err := os.Open(name)
	if err != nil {
		return err
	}
	ours, err := a.Replaces(old, info.Size())
	if err := errors.Join(err, old.Close()); err != nil {
		return err
	}
	if !ours {
		return taken(name)
	}
	return replace(name, kit, info.Mode().Perm())
}

// replace puts a file in the place of another one, whole or not at all.
func replace(name string, b []byte, mode fs.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".qinglian-*")
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	err = errors.Join(err, f.Chmod(mode), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

func taken(name string) error {
	return failure{exitUsage, diag.Say("%s 已经有了，没有动它；用 --output 换个名字",
		"%s is there already and was left alone; give another name with --output", name)}
}

// writeNew writes a file that was not there, whole or not at all: what is left of one
// would be in the way of the next.
func (p *program) writeNew(name string, b []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return taken(name)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return usage(diag.Say("没有文件夹 %s：先建好，或用 --output 换个地方",
			"there is no folder %s: make it first, or give another place with --output", filepath.Dir(name)))
	}
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}
