// Package source is the only reader of a site's files.
//
// It works inside an [os.Root]: no path, link or symbolic link can lead out of
// the site's folder. A symbolic link that leads to a file inside is read like
// that file; one that leads out, or to a folder, is reported and left alone. So is
// what has a control character in its name: it could be listed as two.
// What editors and systems leave lying about (hidden files, Thumbs.db, the
// lock and swap files of Word, WPS and vim) is not content.
package source

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/sync/errgroup"
	"golang.org/x/text/unicode/norm"

	"qinglian/internal/diag"
	"qinglian/internal/digest"
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

// Entry is what a folder has under a name: no link is followed, and what was deleted
// while we looked is not there.
type Entry struct {
	Name  string
	Type  fs.FileMode // of its bits those for the type
	Stamp Stamp
}

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

// A Reader reads files one after the other. What is read in the order of paths is mostly
// in one folder, which it keeps open: a path is followed from the site's folder for each
// file otherwise. It is for one goroutine, and to be closed.
type Reader struct {
	site   *Site
	name   string   // of the folder
	folder *os.Root // nil until one was opened
}

// Reader returns a Reader of the site's files.
func (s *Site) Reader() *Reader { return &Reader{site: s} }

// Close lets go of the folder.
func (r *Reader) Close() error {
	if r.folder == nil {
		return nil
	}
	err := r.folder.Close()
	r.folder = nil
	return err
}

// ReadUpTo is the content of a file, but no more than so many bytes of it: who
// reads a text knows how long one may be, and a film that was called .md need not
// be in memory to be refused.
func (r *Reader) ReadUpTo(name string, most int64) ([]byte, error) {
	if r.folder == nil || r.name != path.Dir(name) {
		if err := r.Close(); err != nil {
			return nil, err
		}
		r.name = path.Dir(name)
		var err error
		if r.folder, err = r.site.Root.OpenRoot(r.name); err != nil {
			return nil, err
		}
	}
	f, err := r.folder.Open(path.Base(name))
	if err != nil { // a link may lead out of the folder, if not out of the site
		f, err = r.site.Root.Open(name)
	}
	if err != nil {
		return nil, err
	}
	return readUpTo(f, most)
}

// ReadUpTo is what [Reader.ReadUpTo] is, of one file.
func (s *Site) ReadUpTo(name string, most int64) ([]byte, error) {
	f, err := s.Root.Open(name)
	if err != nil {
		return nil, err
	}
	return readUpTo(f, most)
}

// readUpTo closes the file, too.
func readUpTo(f *os.File, most int64) ([]byte, error) {
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	text := bytes.NewBuffer(make([]byte, 0, min(info.Size(), most)+bytes.MinRead))
	_, err = text.ReadFrom(io.LimitReader(f, most))
	return text.Bytes(), err
}

// Digest names a file by its content, which need not be in memory.
func (s *Site) Digest(name string) (digest.Digest, error) {
	f, err := s.Root.Open(name)
	if err != nil {
		return digest.Digest{}, err
	}
	defer f.Close()
	return digest.OfAll(f)
}

// MaxText is how many bytes of a file are read as a text: four times the longest
// article, config.toml or table, which may be in UTF-16.
const MaxText = 16 << 20

// Walk lists the regular files below a folder, sorted by path. A folder that
// is not there is empty.
func (s *Site) Walk(dir string) ([]File, diag.List, error) {
	w := walker{root: s.Root, passes: Ignored}
	files, err := w.walk(dir)
	return files, w.problems, err
}

// All lists all files below a folder, also those that are ignored elsewhere.
// plain is false if there is something else as well: links, or a file in the
// folder's place.
func (s *Site) All(dir string) (files []File, plain bool, err error) {
	w := walker{root: s.Root, passes: func(string) bool { return false }}
	files, err = w.walk(dir)
	return files, len(w.problems) == 0 && !w.odd, err
}

type walker struct {
	root   *os.Root
	passes func(name string) bool

	group    errgroup.Group
	mu       sync.Mutex
	files    [][]File // of each folder, in the order of their paths
	problems diag.List
	odd      bool // there are links, or what is no file at all
}

func (w *walker) walk(dir string) ([]File, error) {
	w.group.SetLimit(runtime.GOMAXPROCS(0))
	err := w.top(dir)
	if deeper := w.group.Wait(); err == nil {
		err = deeper
	}
	slices.SortFunc(w.files, func(a, b []File) int { return byPath(a[0], b[0]) })
	all := slices.Concat(w.files...)
	slices.SortFunc(all, byPath) // which they are, but for folders with names such as a and a-b
	return all, err
}

func byPath(a, b File) int { return strings.Compare(a.Path, b.Path) }

// put adds files, if there are any.
func (w *walker) put(files ...File) {
	if len(files) == 0 {
		return
	}
	slices.SortFunc(files, byPath)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.files = append(w.files, files)
}

// top looks at what stands in the folder's place: it is for a writer to mend,
// not for the machine.
func (w *walker) top(dir string) error {
	info, err := w.root.Lstat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	leadsTo, err := w.root.Stat(dir)
	switch {
	case err == nil && !leadsTo.IsDir():
		w.problems = append(w.problems, diag.Diagnostic{Rule: "not-a-folder", Severity: diag.Error, File: dir,
			Message: diag.Say("这应该是一个文件夹", "this must be a folder"),
			Hint:    diag.Say("给这个文件改名，新建文件夹 %s", "rename this file and make a folder %s", dir)})
		return nil
	case info.Mode()&fs.ModeSymlink != 0:
		w.link(dir)
		return nil
	}
	return w.folder(dir)
}

// folder lists a folder; the folders in it are listed by other cores if any
// are free. A file's stamp comes with the listing, without a path being
// followed anew for each.
func (w *walker) folder(dir string) error {
	f, err := w.root.Open(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // deleted while we looked
	}
	if err != nil {
		return err
	}
	defer f.Close()
	most, entries, err := List(f)
	if err != nil {
		return err
	}
	files := make([]File, 0, most)
	var below []string
	for e, err := range entries {
		if err != nil {
			return err
		}
		name := dir + "/" + e.Name
		switch {
		case w.passes(e.Name):
		case strings.ContainsFunc(e.Name, unicode.IsControl):
			w.controls(name)
		case e.Type.IsDir() && strings.Count(name, "/") > maxFolders:
			w.deep(name)
		case e.Type.IsDir():
			below = append(below, name)
		case e.Type == fs.ModeSymlink:
			w.link(name)
		case e.Type.IsRegular():
			files = append(files, File{name, e.Stamp})
		default:
			w.mark()
		}
	}
	w.put(files...)
	for _, name := range below {
		if deeper := func() error { return w.folder(name) }; !w.group.TryGo(deeper) {
			if err := deeper(); err != nil {
				return err
			}
		}
	}
	return nil
}

// maxFolders is how many folders may stand in each other: each path is followed
// from the site's folder on, so what is deep takes time that grows with the square.
const maxFolders = 64

func (w *walker) deep(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.problems = append(w.problems, diag.Diagnostic{Rule: "too-much", Severity: diag.Error, File: name,
		Message: diag.Say("文件夹套了 %d 层以上，里面的文件没有读取",
			"folders stand in each other more than %d deep; what is in this one was not read", maxFolders),
		Hint: diag.Say("多半是误复制的，删去；要用就移到上层", "most often it was copied by mistake: delete it, or move it up")})
}

// controls reports a name with control characters, in a form that shows them.
func (w *walker) controls(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.odd = true
	w.problems = append(w.problems, diag.Diagnostic{
		Rule: "control-in-name", Severity: diag.Error, File: strings.Trim(strconv.QuoteToGraphic(name), `"`),
		Message: diag.Say("名字里有换行之类的控制字符，不能用", "there is a control character, such as a line break, in this name"),
		Hint:    diag.Say("给它改名，只留看得见的字", "rename it, with visible characters alone")})
}

func (w *walker) mark() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.odd = true
}

// link takes in a symbolic link to a file inside the site.
func (w *walker) link(name string) {
	info, err := w.root.Stat(name)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.odd = true
	switch {
	case err == nil && info.Mode().IsRegular():
		w.files = append(w.files, []File{{name, NewStamp(info)}})
	case err == nil && info.IsDir():
		w.problems = append(w.problems, diag.Diagnostic{Rule: "linked-folder", Severity: diag.Warning, File: name,
			Message: diag.Say("这是指向文件夹的链接，没有读取", "this link to a folder was not followed"),
			Hint:    diag.Say("把文件夹本身放到这里", "put the folder itself here")})
	default:
		w.problems = append(w.problems, diag.Diagnostic{Rule: "outside-link", Severity: diag.Error, File: name,
			Message: diag.Say("这个链接指向网站文件夹之外，或指向不存在的文件", "this link leads out of the site's folder, or nowhere"),
			Hint:    diag.Say("把文件本身复制到这里", "copy the file itself here")})
	}
}

// Ignored reports names of files and folders that are not content: hidden ones
// and what editors and systems leave behind. The folder that others ask a site for
// by its name (RFC 8615) is none of them.
func Ignored(name string) bool {
	lower := strings.ToLower(name)
	switch {
	case name == ".well-known":
		return false
	case name == "Icon\r": // macOS keeps a folder's icon in it
		return true
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
