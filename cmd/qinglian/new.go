package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"qinglian/internal/address"
	"qinglian/internal/config"
	"qinglian/internal/content"
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
			return p.newArticle(dir, args[0], args[1], section, now)
		},
	}
	c.Flags().StringVar(&dir, "source", ".", p.say(diag.Say("网站文件夹", "the site's folder")))
	c.Flags().StringVar(&section, "section", "", p.say(diag.Say("放在哪个栏目（content/ 里的文件夹）", "the section to put it into (a folder of content/)")))
	c.Flags().StringVar(&now, "now", "", p.say(diag.Say("文章的日期，不写就是现在", "the article's date, by default now")))
	return c
}

// newArticle writes an article's file and prints its path. The slug is written
// down, so that a corrected title never moves the address.
func (p *program) newArticle(dir, kindName, title, section, now string) error {
	site, err := openSite(dir)
	if err != nil {
		return err
	}
	defer site.Close()
	c, err := p.siteConfig(site)
	if err != nil {
		return err
	}
	kind, ok := c.Kinds[kindName]
	if !ok {
		for _, k := range c.Kinds {
			if k.Label == kindName {
				kind, ok = k, true
			}
		}
	}
	if !ok {
		return usage(diag.Say("没有“%s”这种文章，可用的有：%s", "there is no kind %q, there are: %s", kindName, strings.Join(kindNames(c), "、")))
	}
	folder, err := sectionFolder(c, kind, section)
	if err != nil {
		return err
	}
	date := time.Now().In(c.Zone)
	if now != "" {
		if date, ok = content.ParseDate(now, c.Zone); !ok {
			return badNow(now)
		}
	}
	name, taken, err := writeArticle(site, c, kind, folder, date, map[string]string{"title": title})
	if err != nil {
		return err
	}
	if taken {
		return usage(isThere(name))
	}
	_, err = fmt.Fprintln(p.stdout, name)
	return err
}

func isThere(name string) diag.Text {
	return diag.Say("%s 已经有了，没有覆盖", "%s is there already and was left alone", name)
}

// writeArticle writes the file of a new article with what is given for its
// fields. A file of that name is left alone.
func writeArticle(site *source.Site, c config.Config, kind config.Kind, folder string, date time.Time, given map[string]string) (name string, taken bool, err error) {
	slug := cmp.Or(address.Slug(given["title"], 8), "article")
	given["slug"] = date.Format("20060102") + "-" + slug
	given["date"] = date.Format("2006-01-02 15:04")
	given["source"] = cmp.Or(given["source"], c.Title)
	name = path.Join(folder, given["slug"]+".md")
	if err := site.Root.MkdirAll(folder, 0o755); err != nil {
		return name, false, err
	}
	f, err := site.Root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return name, true, nil
	}
	if err != nil {
		return name, false, err
	}
	_, err = f.WriteString(content.New(kind, given))
	return name, false, errors.Join(err, f.Close())
}

// openSite opens a site's folder, which the command line named.
func openSite(dir string) (*source.Site, error) {
	site, err := source.Open(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usage(diag.Say("没有文件夹 %s", "there is no folder %s", dir))
	}
	return site, err
}

// siteConfig is the configuration of a site; its errors are printed.
func (p *program) siteConfig(site *source.Site) (config.Config, error) {
	c, found, err := snapshot.ReadConfig(site)
	if err != nil {
		return c, err
	}
	if len(found) == 1 && found[0].Rule == "no-site" {
		return c, usage(found[0].Message)
	}
	for _, d := range found {
		if d.Severity == diag.Note {
			continue
		}
		if err := d.Write(p.stderr, p.lang); err != nil {
			return c, err
		}
	}
	if found.Count(diag.Error) > 0 {
		return c, failure{status: exitSite}
	}
	return c, nil
}

// sectionFolder is where an article of a kind goes: the section named, else
// the first of its kind; a page goes beside the sections.
func sectionFolder(c config.Config, kind config.Kind, section string) (string, error) {
	if section != "" {
		s, ok := c.Section(section)
		if !ok {
			var known []string
			for _, s := range c.Sections {
				known = append(known, s.Name)
			}
			return "", usage(diag.Say("没有栏目“%s”，有的是：%s", "there is no section %q, there are: %s", section, strings.Join(known, "、")))
		}
		if s.Kind != kind.Name {
			return "", usage(diag.Say("栏目“%s”里放的是 %s，不是 %s", "the section %q holds %s, not %s", section, s.Kind, kind.Name))
		}
		return path.Join(content.Folder, s.Name), nil
	}
	for _, s := range c.Sections {
		if s.Kind == kind.Name {
			return path.Join(content.Folder, s.Name), nil
		}
	}
	if kind.Name == "page" {
		return content.Folder, nil
	}
	return "", usage(diag.Say("没有放“%s”的栏目，用 --section 指定一个", "no section holds %q, name one with --section", kind.Name))
}

func kindNames(c config.Config) []string {
	var names []string
	for name, k := range c.Kinds {
		names = append(names, name+"（"+k.Label+"）")
	}
	slices.Sort(names)
	return names
}

func badNow(s string) error { return usage(notADate(s)) }

func notADate(s string) diag.Text {
	return diag.Say("时间“%s”读不懂，写成 2024-05-01 09:30", "the time %q can't be read, write 2024-05-01 09:30", s)
}
