package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/spf13/cobra"

	"qinglian"
	"qinglian/internal/channel/wechat"
	"qinglian/internal/diag"
	"qinglian/internal/rooted"
	"qinglian/themes"
)

func (p *program) themeCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "theme", Short: p.say(diag.Say("写出或检查主题", "write a theme out, or check one")),
		Args: func(_ *cobra.Command, args []string) error {
			return exactly(0, "qinglian theme export | check")(nil, args)
		},
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	var name, dir string
	theme := diag.Say("主题的名字", "the theme's name")
	export := &cobra.Command{
		Use: "export [DIR]", Short: p.say(diag.Say("把自带的主题和它的说明写进一个空文件夹，默认 themes/名字",
			"write a built-in theme and how it is made into an empty folder, by default themes/NAME")),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 2 {
				return nil
			}
			return exactly(1, "qinglian theme export [DIR]")(nil, args)
		},
		RunE: func(_ *cobra.Command, args []string) error {
			return p.exportTheme(name, append(args, filepath.Join("themes", name))[0])
		},
	}
	export.Flags().StringVar(&name, "theme", "lotus", p.say(theme))
	check := &cobra.Command{
		Use: "check", Args: exactly(0, "qinglian theme check [--theme NAME] [--source DIR]"),
		Short: p.say(diag.Say("检查主题：核对模板，再用示例网站的内容把各种网页都做一遍",
			"check a theme: its templates, and every class of page with the sample site's content")),
		RunE: func(*cobra.Command, []string) error { return p.checkTheme(name, dir) },
	}
	check.Flags().StringVar(&name, "theme", "lotus", p.say(theme))
	check.Flags().StringVar(&dir, "source", ".", p.say(diag.Say("网站文件夹，主题在它的 themes/ 里",
		"the site's folder, which has the theme in themes/")))
	c.AddCommand(export, check)
	return c
}

// exportTheme writes a built-in theme into a folder that is empty or not there.
func (p *program) exportTheme(name, dir string) error {
	entries, err := fs.ReadDir(themes.FS, ".")
	if err != nil {
		return err
	}
	var known []string
	for _, e := range entries {
		if e.IsDir() {
			known = append(known, e.Name())
		}
	}
	if !slices.Contains(known, name) {
		return usage(diag.Say("没有自带的主题“%s”，有：%s",
			"there is no built-in theme %q, there are: %s", name, diag.Listed(known)))
	}
	theme, err := fs.Sub(themes.FS, name)
	if err != nil {
		return err
	}
	if err := writeOut(dir, theme); err != nil {
		return err
	}
	manual, err := fs.Sub(qinglian.ThemeManual, "docs")
	if err != nil {
		return err
	}
	if err := os.CopyFS(dir, manual); err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.stdout, p.say(diag.Say(
		"主题 %s 已写到 %s，怎样改见里面的 themes.md。改好后运行 qinglian theme check",
		"the theme %s is in %s, with how to change it in its themes.md. After changes run: qinglian theme check",
		name, dir)))
	return err
}

// writeOut writes files into a folder that is empty or not there.
func writeOut(dir string, from fs.FS) error {
	if err := vacant(dir); err != nil {
		return err
	}
	return os.CopyFS(dir, from)
}

// vacant refuses a folder in which there is something.
func vacant(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(entries) > 0 {
		return usage(diag.Say("文件夹 %s 里已有文件，没有动它；换一个空文件夹",
			"the folder %s is not empty and was left alone; choose an empty one", dir))
	}
	return nil
}

// checkTheme makes the sample site with a theme, in a folder that is gone
// afterwards.
func (p *program) checkTheme(name, dir string) (err error) {
	site, err := os.MkdirTemp("", "qinglian-theme-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rooted.RemoveFolder(site)) }()
	if err := os.CopyFS(site, qinglian.Sample); err != nil {
		return err
	}
	for _, folder := range []string{filepath.Join("themes", name), "layouts"} {
		own := filepath.Join(dir, folder)
		if _, err := os.Stat(own); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := os.CopyFS(filepath.Join(site, folder), os.DirFS(own)); err != nil {
			return err
		}
	}
	f := buildFlags{source: site, output: filepath.Join(site, "public"), theme: name, future: true,
		jobs: runtime.NumCPU()}
	r, made := p.built(f)
	if _, err := p.list(f, r.problems); err != nil {
		return err
	}
	if made != nil {
		return made
	}
	if err := p.checkStyles(os.DirFS(site), name); err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.stdout, p.say(diag.Say("主题 %s 没有问题：示例网站的各种网页都做得出来",
		"the theme %s is sound: it makes every class of page of the sample site", name)))
	return err
}

// checkStyles checks a theme's own styles for WeChat, which no page of the site needs.
func (p *program) checkStyles(site fs.FS, name string) error {
	file := path.Join("themes", name, wechat.StylesFile)
	text, err := fs.ReadFile(site, file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, problems := wechat.Styles(file, string(text)); len(problems) > 0 {
		return p.refuse(problems)
	}
	return nil
}
