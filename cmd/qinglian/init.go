package main

import (
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"qinglian"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/desk"
	"qinglian/internal/diag"
	"qinglian/internal/mend"
	"qinglian/internal/rooted"
	"qinglian/internal/site"
	"qinglian/internal/source"
)

func (p *program) initCommand() *cobra.Command {
	var empty bool
	var f founding
	c := &cobra.Command{
		Use: "init DIR", Args: exactly(1, "qinglian init DIR [--empty]"),
		Short: p.say(diag.Say("新建一个网站：示例，或加 --empty 从零开始",
			"make a site: the sample, or with --empty one to begin with")),
		RunE: func(c *cobra.Command, args []string) error {
			for _, name := range []string{"name", "region", "for"} {
				if c.Flags().Changed(name) && !empty {
					return usage(diag.Say("--%s 要和 --empty 一起用；示例网站的内容写在 config.toml 里",
						"--%s goes with --empty; what the sample site is about stands in config.toml", name))
				}
			}
			if empty {
				return p.initEmpty(args[0], f)
			}
			return p.initSample(args[0])
		},
	}
	flags := c.Flags()
	flags.BoolVar(&empty, "empty", false, p.say(diag.Say("从零开始：只有栏目、菜单和一篇开通的动态，没有要删的",
		"begin from nothing: sections, menu and a first notice, nothing to be deleted")))
	flags.StringVar(&f.Name, "name", "", p.say(diag.Say("网站的名字，不写就是“地区”加“清廉建设”",
		"the site's name, by default made of the region's")))
	flags.StringVar(&f.Region, "region", "", p.say(diag.Say("哪个地区或单位，如 清源县",
		"which region or body it is of")))
	flags.StringVar(&f.For, "for", "", p.say(diag.Say("给谁看，如 党员干部；不写就是公众",
		"who is to read it, by default the public")))
	return c
}

// initSample writes the sample site into a folder that is empty or not there.
func (p *program) initSample(dir string) error {
	if err := vacant(dir); err != nil {
		return err
	}
	if err := writeSample(dir); err != nil {
		return err
	}
	fmt.Fprintln(p.stdout, p.say(diag.Say("示例网站已建在 %s。进入这个文件夹，运行 qinglian build",
		"the sample site is in %s. Go there and run: qinglian build", dir)))
	return nil
}

// writeSample writes the sample site. A file that is there is an error.
func writeSample(dir string) error {
	var files []desk.File
	err := fs.WalkDir(qinglian.Sample, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || name == config.File {
			return err
		}
		b, err := fs.ReadFile(qinglian.Sample, name)
		files = append(files, desk.New(name, b))
		return err
	})
	if err != nil {
		return err
	}
	text, err := fs.ReadFile(qinglian.Sample, config.File)
	if err != nil {
		return err
	}
	return settle(dir, text, files...)
}

// settle writes a new site, with an id of its own. The configuration comes last: without
// it, the folder is no site. Where more can be put stands ready.
func settle(dir string, text []byte, files ...desk.File) error {
	files = append(files, desk.New(config.File, mend.Apply(text, mend.Config(text, newID()))))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	s, err := source.Open(dir)
	if err != nil {
		return err
	}
	defer s.Close()
	bare, err := furnish(s.Root, text)
	var refused diag.Text
	if err == nil {
		refused, err = desk.Write(s, files...)
	}
	if err == nil && refused != (diag.Text{}) {
		err = usage(refused)
	}
	if err != nil {
		bare()
	}
	return err
}

// furnish makes the folders of a new site in which there is nothing yet. bare takes away
// those that stayed so.
func furnish(root *os.Root, text []byte) (bare func(), err error) {
	folders := []string{site.StaticFolder, content.Folder}
	c, _ := config.Parse(text)
	for _, in := range c.Sections {
		folders = append(folders, content.Folder+"/"+in.Name)
	}
	bare = func() {
		for _, folder := range slices.Backward(folders) {
			rooted.Remove(root, folder) //nolint:errcheck // what has something in it stays
		}
	}
	for _, folder := range folders {
		if err := root.MkdirAll(folder, 0o755); err != nil {
			return bare, err
		}
	}
	return bare, nil
}
