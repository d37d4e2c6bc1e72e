package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"

	"qinglian/internal/config"
	"qinglian/internal/rooted"
	"qinglian/internal/serve"
	"qinglian/internal/source"
)

// The sites that were opened on this machine are remembered in the user's own folder for
// settings, as a list of folders, the last one first. It is only for the start page: a list
// that is lost, or can't be read, is empty.
const (
	settings    = "qinglian"
	knownFile   = "sites.json"
	mostKnown   = 30
	unfinished  = knownFile + ".new"
	ownSettings = 0o700
)

// knownFolders are the folders of the list.
func knownFolders() (folders []string) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return nil
	}
	text, err := os.ReadFile(filepath.Join(dir, settings, knownFile))
	if err != nil || json.Unmarshal(text, &folders) != nil {
		return nil
	}
	return folders
}

// knownSites are the sites of the list, with their titles as they are now.
func (p *program) knownSites() (sites []serve.Known) {
	for _, folder := range knownFolders() {
		sites = append(sites, knownSite(folder))
	}
	return sites
}

func knownSite(folder string) serve.Known {
	if _, err := os.Stat(filepath.Join(folder, config.File)); err != nil {
		return serve.Known{Folder: folder}
	}
	s, err := source.Open(folder)
	if err != nil {
		return serve.Known{Folder: folder}
	}
	defer s.Close()
	return serve.Known{Folder: folder, Title: siteTitle(s), There: true}
}

// remember puts a site at the head of the list.
func remember(folder string) error {
	dir, err := os.UserConfigDir()
	if err != nil {
		return err
	}
	dir = filepath.Join(dir, settings)
	if err := os.MkdirAll(dir, ownSettings); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	others := slices.DeleteFunc(knownFolders(), func(f string) bool { return f == folder })
	folders := append([]string{folder}, others...)
	text, err := json.Marshal(folders[:min(mostKnown, len(folders))])
	if err != nil {
		return err
	}
	if err := root.WriteFile(unfinished, append(text, '\n'), 0o600); err != nil {
		return err
	}
	return rooted.Rename(root, unfinished, knownFile)
}
