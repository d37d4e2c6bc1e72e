package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
)

var coverLine = regexp.MustCompile(`(?m)^封面: .+$`)

// photographed is a copy of the sample site in whose articles the photographs of a
// folder stand for the drawn covers, each in its turn. An office has no drawings.
func photographed(photos, to string) error {
	taken, err := filepath.Glob(filepath.Join(photos, "*.[jJ][pP]*[gG]"))
	if err != nil || len(taken) == 0 {
		return fmt.Errorf("%s: no photographs (*.jpg) (%v)", photos, err)
	}
	config, err := sample(to)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(to, "config.toml"), config, 0o644); err != nil {
		return err
	}
	next := 0
	return filepath.WalkDir(filepath.Join(to, "content"), func(name string, _ os.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".md" {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil || !coverLine.Match(text) {
			return err
		}
		photo, err := os.ReadFile(taken[next%len(taken)])
		if err != nil {
			return err
		}
		file := "photo-" + strconv.Itoa(next) + ".jpg"
		next++
		if err := os.WriteFile(filepath.Join(filepath.Dir(name), file), photo, 0o644); err != nil {
			return err
		}
		line := coverLine.Find(text)
		return os.WriteFile(name, bytes.Replace(text, line, []byte("封面: "+file), 1), 0o644)
	})
}

// sample copies the texts, pictures and tables of the sample site, and returns its
// config.toml.
func sample(to string) (config []byte, err error) {
	for _, name := range []string{"content", "data"} {
		if err := os.CopyFS(filepath.Join(to, name), os.DirFS(name)); err != nil {
			return nil, err
		}
	}
	return os.ReadFile("config.toml")
}
