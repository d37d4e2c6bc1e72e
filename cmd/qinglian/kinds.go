package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"qinglian/internal/diag"
)

func (p *program) kindsCommand() *cobra.Command {
	var dir string
	c := &cobra.Command{
		Use: "kinds", Args: exactly(0, "qinglian kinds [--source DIR]"),
		Short: p.say(diag.Say("列出各种文章可以写的项目", "list the fields that each kind of article may have")),
		RunE:  func(*cobra.Command, []string) error { return p.kinds(dir) },
	}
	c.Flags().StringVar(&dir, "source", ".", p.say(diag.Say("网站文件夹", "the site's folder")))
	return c
}

// kinds prints the kinds of a site, its own among them.
func (p *program) kinds(dir string) error {
	site, err := openSite(dir)
	if err != nil {
		return err
	}
	defer site.Close()
	c, err := p.siteConfig(site)
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(p.stdout, c.KindsManual())
	return err
}
