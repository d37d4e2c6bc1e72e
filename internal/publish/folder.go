package publish

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"path"
	"strings"

	"golang.org/x/sync/errgroup"

	"qinglian/internal/source"
)

// folder is a folder of the output as it stood when the build looked at it.
// Listing a folder with the stamps of all that is in it costs a fraction of
// asking for each file by its whole path.
type folder struct {
	there   bool
	files   map[string]found // by name; all, or those that were asked for
	blocked string           // what stands in its place, or in that of a folder above it
}

// found is what stands in a file's place.
type found struct {
	regular bool
	stamp   source.Stamp
}

// look lists a folder.
func (d *Dir) look(dir string) (*folder, error) {
	var files map[string]found
	f, err := d.opened(dir, func(open *os.File) error {
		most, entries, err := source.List(open)
		if err != nil {
			return err
		}
		files = make(map[string]found, most)
		for e, err := range entries {
			if err != nil {
				return err
			}
			files[e.Name] = foundAs(e)
		}
		return nil
	})
	if err == nil && f.there {
		f.files = files
	}
	return f, err
}

// opened has a folder read, if it is there and nothing else in its place. No link is followed
// out of the output.
func (d *Dir) opened(dir string, read func(*os.File) error) (*folder, error) {
	open, err := d.root.Open(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return &folder{}, nil
	}
	if err == nil {
		defer open.Close()
		err = read(open)
	}
	if err != nil {
		return d.blocked(dir, err)
	}
	return &folder{there: true}, nil
}

func foundAs(e source.Entry) found { return found{e.Type.IsRegular(), e.Stamp} }

// blocked is a folder that could not be read since something else stands in
// its place; if nothing does, the error stands.
func (d *Dir) blocked(dir string, err error) (*folder, error) {
	if dir == "." {
		return nil, err
	}
	obstacle := d.obstacle(dir + "/file")
	if obstacle == "" {
		return nil, err
	}
	return &folder{blocked: obstacle}, nil
}

// lookAt lists the folders that paths are in with jobs workers.
func (d *Dir) lookAt(paths iter.Seq[string], jobs int) error {
	var group errgroup.Group
	group.SetLimit(max(1, jobs))
	seen := map[string]bool{}
	last := ""
	for p := range paths {
		dir := dirOf(p)
		if dir == last || seen[dir] {
			continue // neighbours mostly share a folder: a comparison, no look-up
		}
		last, seen[dir] = dir, true
		group.Go(func() error {
			_, err := d.folder(dir)
			return err
		})
	}
	return group.Wait()
}

// dirOf is path.Dir of a path that is clean, as all of ours are.
func dirOf(p string) string {
	if end := strings.LastIndexByte(p, '/'); end >= 0 {
		return p[:end]
	}
	return "."
}

// baseOf is path.Base of such a path.
func baseOf(p string) string { return p[strings.LastIndexByte(p, '/')+1:] }

// folder is a folder of the output, looked at once.
func (d *Dir) folder(dir string) (*folder, error) {
	d.mu.Lock()
	f, known := d.folders[dir]
	d.mu.Unlock()
	if known {
		return f, nil
	}
	f, err := d.look(dir)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.folders[dir] = f
	return f, nil
}

// at is what stands in the place of an output, and in which folder.
func (d *Dir) at(name string) (here found, there bool, in *folder, err error) {
	in, err = d.folder(path.Dir(name))
	if err != nil {
		return here, false, nil, err
	}
	here, there = in.files[path.Base(name)]
	if there || !in.there {
		return here, there, in, nil
	}
	// It was not asked for; or, where letter case does not tell names apart, the listing has another.
	info, err := d.root.Lstat(name)
	if err != nil {
		return here, false, in, nil
	}
	return found{info.Mode().IsRegular(), source.NewStamp(info)}, true, in, nil
}
