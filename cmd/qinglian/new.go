package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/desk"
	"qinglian/internal/diag"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
)

func (p *program) newCommand() *cobra.Command {
	var dir, section, now string
	c := &cobra.Command{
		Use: "new KIND TITLE", Args: exactly(2, "qinglian new KIND TITLE"),
		Short: p.say(diag.Say("新建一篇文章，列好要填的项目", "make an article with its fields laid out")),
		RunE: func(_ *cobra.Command, args []string) error {
			if strings.TrimSpace(args[1]) == "" {
				return usage(diag.Say("标题还空着：写成 qinglian new %s \"标题\"",
					"the title is empty: write qinglian new %s \"TITLE\"", args[0]))
			}
			return p.newArticle(dir, desk.Article{Kind: args[0], Section: section,
				Given: content.Given{Values: map[string]string{"title": args[1], "date": now}}})
		},
	}
	c.Flags().StringVar(&dir, "source", ".", p.say(diag.Say("网站文件夹", "the site's folder")))
	c.Flags().StringVar(&section, "section", "", p.say(diag.Say("放在哪个栏目（content/ 里的文件夹）；term 写哪个分类",
		"the section to put it into (a folder of content/); of a term its taxonomy")))
	c.Flags().StringVar(&now, "now", "", p.say(diag.Say("文章的日期，不写就是现在", "the article's date, by default now")))
	return c
}

// newArticle writes an article's file and prints its path.
func (p *program) newArticle(dir string, article desk.Article) error {
	site, err := openSite(dir)
	if err != nil {
		return err
	}
	defer site.Close()
	c, err := p.siteConfig(site)
	if err != nil {
		return err
	}
	name, refused, err := desk.Create(site, c, article, time.Now())
	if err != nil {
		return err
	}
	if refused != (diag.Text{}) {
		return usage(refused)
	}
	_, err = fmt.Fprintln(p.stdout, name)
	return err
}

// openSite opens a site's folder, which the command line named.
func openSite(dir string) (*source.Site, error) {
	site, err := source.Open(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usage(diag.Say("没有文件夹 %s", "there is no folder %s", dir))
	}
	if info, failed := os.Stat(dir); err != nil && failed == nil && !info.IsDir() {
		return nil, usage(diag.Say("%s 不是文件夹：写网站的文件夹，如 %s", "%s is no folder: name the site's folder, such as %s",
			dir, filepath.Dir(dir)))
	}
	return site, err
}

// siteConfig is the configuration of a site; its errors are printed.
func (p *program) siteConfig(site *source.Site) (config.Config, error) {
	c, problems, err := snapshot.ReadConfig(site)
	if err != nil {
		return c, err
	}
	if len(problems) == 1 && problems[0].Rule == "no-site" {
		return c, usage(diag.Say("%s。改法：%s", "%s; %s", problems[0].Message, problems[0].Hint))
	}
	for _, d := range problems {
		if d.Severity == diag.Note {
			continue
		}
		if err := d.Write(p.stderr, p.lang); err != nil {
			return c, err
		}
	}
	if problems.Count(diag.Error) > 0 {
		return c, failure{status: exitSite}
	}
	return c, nil
}
