package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/spf13/cobra"

	"qinglian/internal/diag"
	"qinglian/internal/rooted"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
)

func (p *program) cleanCommand() *cobra.Command {
	var dir string
	var dry bool
	c := &cobra.Command{
		Use: "clean", Args: exactly(0, "qinglian clean [--dry-run]"),
		Short: p.say(diag.Say("删去做好后没有用到的图片", "delete pictures that were made and are not used any more")),
		RunE:  func(*cobra.Command, []string) error { return p.clean(dir, dry) },
	}
	c.Flags().StringVar(&dir, "source", ".", p.say(diag.Say("网站文件夹", "the site's folder")))
	c.Flags().BoolVar(&dry, "dry-run", false, p.say(diag.Say("只显示，不删", "show it, delete nothing")))
	return c
}

// clean deletes what was made of pictures and is wanted by no page, drafts and
// future articles included. A site with errors is left alone: what it wants is
// not known.
func (p *program) clean(dir string, dry bool) error {
	s, err := openSite(dir)
	if err != nil {
		return err
	}
	defer s.Close()
	now, unlock, err := p.lock(s)
	if err != nil {
		return err
	}
	defer unlock()
	names, err := p.wanted(s, now)
	if err != nil {
		return err
	}
	wanted := make(map[string]bool, len(names))
	for _, name := range names {
		wanted[name] = true
	}
	entries, err := fs.ReadDir(s.Root.FS(), pictures)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	count, size := 0, int64(0)
	for _, e := range entries {
		name := path.Join(pictures, e.Name())
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || wanted[name] {
			continue
		}
		count++
		size += info.Size()
		if dry {
			continue
		}
		if err := rooted.Remove(s.Root, name); err != nil {
			return err
		}
	}
	said := diag.Say("删去 %d 个没有用到的图片，共 %.1f MB",
		"deleted %d pictures that nothing uses, %.1f MB", count, float64(size)/(1<<20))
	if dry {
		said = diag.Say("有 %d 个没有用到的图片，共 %.1f MB；没有删",
			"%d pictures are used by nothing, %.1f MB; none was deleted", count, float64(size)/(1<<20))
	}
	_, err = fmt.Fprintln(p.stdout, p.say(said))
	return err
}

// wanted are the names of the pictures that the site wants.
func (p *program) wanted(s *source.Site, now int64) ([]string, error) {
	opt, err := p.options(buildFlags{drafts: true, future: true, jobs: 2}, s)
	if err != nil {
		return nil, err
	}
	snap, _, err := snapshot.Of(s, now, snapshot.State{}, opt)
	if err != nil {
		return nil, err
	}
	if worst, ok := snap.Diagnostics.Worst(); ok && worst == diag.Error {
		return nil, failure{exitSite, diag.Say("网站有错误，先用 qinglian build 看一看；什么都没有删",
			"the site has errors, see qinglian build; nothing was deleted")}
	}
	return snap.Pictures(), nil
}
