package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"golang.org/x/sync/errgroup"
)

// buildFloor does what any generator has to do, and nothing else.
func buildFloor(from, into string) error {
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote),
		goldmark.WithParserOptions(parser.WithAutoHeadingID()))
	var group errgroup.Group
	group.SetLimit(2)
	made := map[string]bool{}
	err := filepath.WalkDir(from, func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".md") {
			return err
		}
		inside, _ := filepath.Rel(from, name)
		to := filepath.Join(into, strings.TrimSuffix(inside, ".md")+".html")
		if dir := filepath.Dir(to); !made[dir] {
			made[dir] = true
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return err
			}
		}
		group.Go(func() error { return floorPage(md, name, to) })
		return nil
	})
	if err != nil {
		return err
	}
	return group.Wait()
}

func floorPage(md goldmark.Markdown, name, to string) error {
	raw, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	front, body, _ := bytes.Cut(bytes.TrimPrefix(raw, []byte("+++\n")), []byte("\n+++\n"))
	var head map[string]any
	if err := toml.Unmarshal(front, &head); err != nil {
		return err
	}
	var page bytes.Buffer
	title, _ := head["title"].(string)
	page.WriteString("<!DOCTYPE html><meta charset=utf-8><title>" + title + "</title><h1>" + title + "</h1>")
	if err := md.Convert(body, &page); err != nil {
		return err
	}
	return os.WriteFile(to, page.Bytes(), 0o644)
}
