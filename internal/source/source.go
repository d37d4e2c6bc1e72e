// Package source is the only reader of a site's files.
//
// It works inside an [os.Root]: no path, link or symbolic link can lead out of
// the site's folder. A symbolic link that leads to a file inside is read like
// that file; one that leads out, or to a folder, is reported and left alone.
// What editors and systems leave lying about (hidden files, Thumbs.db, the
// lock and swap files of Word, WPS and vim) is not content.
package source

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"qinglian/internal/diag"
)

// A Stamp changes when a file does. On Unix it holds what git looks at: size,
// time of modification and of change, and inode; elsewhere the first two.
type Stamp struct {
	Size    int64
	ModTime int64 // Unix nanoseconds
	Changed int64 // Unix nanoseconds; 0 where the system has none
	Inode   uint64
}

// NewStamp is the stamp of the file that info describes.
func NewStamp(info fs.FileInfo) Stamp {
	s := Stamp{Size: info.Size(), ModTime: info.ModTime().UnixNano()}
	s.Changed, s.Inode = system(info)
	return s
}

// Latest is the later of the stamp's times.
func (s Stamp) Latest() int64 { return max(s.ModTime, s.Changed) }

// File is a regular file of the site.
type File struct {
	Path  string // slash-separated, relative to the site's folder, as on the disk
	Stamp Stamp
}

// Site is a site's folder, open for reading.
type Site struct {
	Root *os.Root
}

// Open opens a site's folder.
func Open(dir string) (*Site, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Site{Root: root}, nil
}

// Close lets go of the folder.
func (s *Site) Close() error { return s.Root.Close() }

// Read is the content of a file.
func (s *Site) Read(name string) ([]byte, error) { return s.Root.ReadFile(name) }

// Walk lists the regular files below a folder, sorted by path. A folder that
// is not there is empty.
func (s *Site) Walk(dir string) ([]File, diag.List, error) {
	w := walker{root: s.Root}
	if err := w.top(dir); err != nil && !(errors.Is(err, fs.ErrNotExist) && w.files == nil) {
		return nil, nil, err
	}
	slices.SortFunc(w.files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return w.files, w.found, nil
}

type walker struct {
	root  *os.Root
	files []File
	found diag.List
}

// top looks at what stands in the folder's place: it is for a writer to mend,
// not for the machine.
func (w *walker) top(dir string) error {
	info, err := w.root.Lstat(dir)
	if err != nil {
		return err
	}
	leadsTo, err := w.root.Stat(dir)
	switch {
	case err == nil && !leadsTo.IsDir():
		w.found = append(w.found, diag.Diagnostic{Rule: "not-a-folder", Severity: diag.Error, File: dir,
			Message: diag.Say("这应该是一个文件夹", "this must be a folder"),
			Hint:    diag.Say("给这个文件改名，新建文件夹 %s", "rename this file and make a folder %s", dir)})
		return nil
	case info.Mode()&fs.ModeSymlink != 0:
		return w.link(dir)
	}
	return w.folder(dir)
}

func (w *walker) folder(dir string) error {
	f, err := w.root.Open(dir)
	if err != nil {
		return err
	}
	entries, err := f.ReadDir(-1)
	f.Close()
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		switch {
		case Ignored(e.Name()):
		case e.IsDir():
			if err := w.folder(name); err != nil {
				return err
			}
		case e.Type()&fs.ModeSymlink != 0:
			if err := w.link(name); err != nil {
				return err
			}
		case e.Type().IsRegular():
			info, err := e.Info()
			if errors.Is(err, fs.ErrNotExist) {
				continue // deleted while we looked
			}
			if err != nil {
				return err
			}
			w.files = append(w.files, File{name, NewStamp(info)})
		}
	}
	return nil
}

// link takes in a symbolic link to a file inside the site.
func (w *walker) link(name string) error {
	info, err := w.root.Stat(name)
	switch {
	case err == nil && info.Mode().IsRegular():
		w.files = append(w.files, File{name, NewStamp(info)})
	case err == nil && info.IsDir():
		w.found = append(w.found, diag.Diagnostic{Rule: "linked-folder", Severity: diag.Warning, File: name,
			Message: diag.Say("这是指向文件夹的链接，没有读取", "this link to a folder was not followed"),
			Hint:    diag.Say("把文件夹本身放到这里", "put the folder itself here")})
	default:
		w.found = append(w.found, diag.Diagnostic{Rule: "outside-link", Severity: diag.Error, File: name,
			Message: diag.Say("这个链接指向网站文件夹之外，或指向不存在的文件", "this link leads out of the site's folder, or nowhere"),
			Hint:    diag.Say("把文件本身复制到这里", "copy the file itself here")})
	}
	return nil
}

// Ignored reports names of files and folders that are not content: hidden ones
// and what editors and systems leave behind.
func Ignored(name string) bool {
	lower := strings.ToLower(name)
	switch {
	case strings.HasPrefix(name, "."), strings.HasPrefix(name, "~$"), strings.HasSuffix(name, "~"),
		strings.HasSuffix(lower, ".tmp"), lower == "thumbs.db", lower == "desktop.ini", name == "4913":
		return true
	}
	ext := path.Ext(lower)
	return len(ext) == 4 && strings.HasPrefix(ext, ".sw") && 'a' <= ext[3] && ext[3] <= 'z' && ext != ".swf"
}

// Same reports whether two paths name one file on every system: Unicode forms
// and letter case do not tell files apart on macOS and Windows.
func Same(a, b string) bool {
	return a == b || strings.EqualFold(norm.NFC.String(a), norm.NFC.String(b))
}
