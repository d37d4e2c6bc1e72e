package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"qinglian/internal/config"
	"qinglian/internal/diag"
)

func (p *program) kindsCommand() *cobra.Command {
	var dir string
	var example bool
	c := &cobra.Command{
		Use: "kinds",
		Args: func(_ *cobra.Command, args []string) error {
			if example && len(args) == 1 {
				return nil
			}
			return exactly(0, "qinglian kinds [--source DIR] [--example [KIND]]")(nil, args)
		},
		Short: p.say(diag.Say("列出各种文章可以写的项目", "list the fields that each kind of article may have")),
		RunE: func(_ *cobra.Command, args []string) error {
			if example && len(args) == 0 {
				_, err := fmt.Fprint(p.stdout, config.Example())
				return err
			}
			return p.kinds(dir, args)
		},
	}
	c.Flags().BoolVar(&example, "example", false, p.say(diag.Say("打印一种自己的文章类型，抄进 config.toml 再改；后面写类型名就打印那一种",
		"print a kind of one's own to be copied into config.toml and changed; with the name of a kind, that one")))
	c.Flags().StringVar(&dir, "source", ".", p.say(diag.Say("网站文件夹", "the site's folder")))
	return c
}

// kinds prints the kinds of a site, its own among them, or the declaration of the
// one that is named.
func (p *program) kinds(dir string, named []string) error {
	site, err := openSite(dir)
	if err != nil {
		return err
	}
	defer site.Close()
	c, err := p.siteConfig(site)
	if err != nil {
		return err
	}
	text := c.KindsManual()
	if len(named) > 0 {
		k, refused := c.KindNamed(named[0])
		if refused != (diag.Text{}) {
			return usage(refused)
		}
		text = k.Example()
	}
	_, err = fmt.Fprint(p.stdout, text)
	return err
}
