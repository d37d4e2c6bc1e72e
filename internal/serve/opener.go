package serve

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"qinglian/internal/snapshot"
)

// Opener opens what an editor wants to work on with the programs that the system
// has for it. Paths are those of the site; what is not in its parts, and what
// the system might run instead of show, is not opened.
type Opener struct {
	Root *os.Root
	Run  func(path string) error // opens a whole path: [Launch]
}

// shown are the endings of files that the preview opens: what people write.
var shown = []string{".md", ".markdown", ".toml", ".yaml", ".json", ".csv", ".html", ".css"}

// Open opens a file.
func (o Opener) Open(file string) error {
	info, err := o.Root.Stat(file)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() || !inside(file) || !slices.Contains(shown, strings.ToLower(filepath.Ext(file))) {
		return &fs.PathError{Op: "open", Path: file, Err: fs.ErrInvalid}
	}
	return o.Run(filepath.Join(o.Root.Name(), filepath.FromSlash(file)))
}

// Folder opens a folder.
func (o Opener) Folder(folder string) error {
	info, err := o.Root.Stat(folder)
	if err != nil {
		return err
	}
	if !info.IsDir() || !inside(folder) {
		return &fs.PathError{Op: "open", Path: folder, Err: fs.ErrInvalid}
	}
	return o.Run(filepath.Join(o.Root.Name(), filepath.FromSlash(folder)))
}

// inside reports whether a path is in one of the site's parts.
func inside(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return fs.ValidPath(name) && slices.Contains(snapshot.Parts, first)
}
