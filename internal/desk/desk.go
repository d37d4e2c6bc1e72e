// Package desk is the only writer of a site's own files: what stands in content/,
// static/ and data/, and config.toml.
//
// A change is one file or several, such as an article and its pictures. All are
// staged first: each is written beside its place, under a name that is hidden and so
// no content ([source.Ignored]), and brought to the disk. Then each takes its place
// in one step, in the order in which they were given: what refers to the others, the
// text, is the last. A reader sees the old file or the new one, a cut leaves the one
// or the other, and a change that fails is taken back.
//
// Nothing is written over what the writer of the change has not seen. A new file
// takes no place that is taken, and one that was edited only the place of the bytes
// that were read: they are compared just before the new ones take it. It cannot be
// done in one step with it, so an editor who saves in that very moment loses.
//
// All goes through the site's [os.Root]. A link is left alone, as is what lies behind
// a linked folder, which is not read either.
//
// What is in the way of a change is for a person to look at: it is returned as a
// sentence, which a command and the preview's form each show in their way.
package desk

import (
	"bytes"
	"errors"
	"io/fs"
	"os"

	"qinglian/internal/diag"
	"qinglian/internal/source"
)

// A File is one file of a change: a [New] one, or one that was [Edited].
type File struct {
	path    string // slash-separated, in the site's folder
	edited  bool
	read    []byte // if edited
	content []byte
}

// New is a file where there is none.
func New(path string, content []byte) File { return File{path: path, content: content} }

// Path is where a file goes.
func (f File) Path() string { return f.path }

// Content is what a file will be.
func (f File) Content() []byte { return f.content }

// Edited is a file that was read and is to have another content.
func Edited(path string, read, content []byte) File { return File{path, true, read, content} }

// Write makes a change, all of it or nothing. refused says what is in its way.
func Write(s *source.Site, files ...File) (refused diag.Text, err error) {
	if refused, err = Check(s, files...); err != nil || refused != (diag.Text{}) {
		return refused, err
	}
	c := change{Site: s, files: files}
	if refused, err = c.write(); err != nil || refused != (diag.Text{}) {
		return refused, errors.Join(err, c.undo())
	}
	c.tidy()
	return refused, nil
}

// Check is what Write would refuse.
func Check(s *source.Site, files ...File) (refused diag.Text, err error) {
	for _, f := range files {
		if refused, err = f.check(s); err != nil || refused != (diag.Text{}) {
			return refused, err
		}
	}
	return refused, nil
}

// check looks whether the place of a file is as the writer of the change saw it.
func (f File) check(s *source.Site) (refused diag.Text, err error) {
	if refused, err = f.barred(s.Root); err != nil || refused != (diag.Text{}) {
		return refused, err
	}
	info, err := s.Root.Lstat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !f.edited:
		return refused, nil
	case errors.Is(err, fs.ErrNotExist):
		return overtaken(f.path), nil
	case err != nil:
		return refused, err
	case !f.edited:
		return taken(f.path), nil
	case info.Mode()&fs.ModeSymlink != 0:
		return diag.Say("%s 是一个链接，没有改；请改它指向的文件",
			"%s is a link and was left alone; correct the file that it leads to", f.path), nil
	}
	now, err := s.Read(f.path)
	if err == nil && !bytes.Equal(now, f.read) {
		refused = overtaken(f.path)
	}
	return refused, err
}

// barred is what stands in the place of a folder that the file is in.
func (f File) barred(root *os.Root) (refused diag.Text, err error) {
	for _, folder := range folders(f.path) {
		info, err := root.Lstat(folder)
		if errors.Is(err, fs.ErrNotExist) {
			return refused, nil
		}
		if err != nil {
			return refused, err
		}
		if !info.IsDir() {
			return diag.Say("%s 应该是一个文件夹，却是链接或别的文件，没有往里写；先给它改名",
				"%s should be a folder and is a link or another file: nothing was written into it; rename it first",
				folder), nil
		}
	}
	return refused, nil
}

// folders are those that a file is in, the outermost first.
func folders(file string) (all []string) {
	for i, c := range file {
		if c == '/' {
			all = append(all, file[:i])
		}
	}
	return all
}

func taken(name string) diag.Text {
	return diag.Say("%s 已经有了，没有覆盖", "%s is there already and was left alone", name)
}

func overtaken(name string) diag.Text {
	return diag.Say("%s 刚刚被别的程序改动或删去，没有覆盖；请再做一次",
		"%s was changed or deleted by another program just now and was left alone; do it once more", name)
}
