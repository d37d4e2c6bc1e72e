package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
)

// publicFolder is where a site is published unless another folder is named.
const publicFolder = "public"

// outputFolder is where the site is published, and whether that is outside of the
// site's folder. Folders that hold what the site is made from are refused: by
// their names, since they need not be there yet, and by what is on the disk,
// since a name can be spelled in many ways and lead through links.
func outputFolder(f buildFlags) (output string, outside bool, err error) {
	if output, err = filepath.Abs(f.output); err != nil {
		return "", false, err
	}
	from, err := filepath.Abs(f.source)
	if err != nil {
		return "", false, err
	}
	if output, err = resolved(output); err != nil {
		return "", false, err
	}
	if from, err = resolved(from); err != nil {
		return "", false, err
	}
	if within(output, from) {
		return "", false, usage(diag.Say("不能把网站输出到它自己的文件夹 %s",
			"the site can't be published into its own folder %s", output))
	}
	for _, name := range append([]string{own}, snapshot.Folders...) {
		if within(filepath.Join(from, name), output) {
			return "", false, usage(diag.Say("不能把网站输出到 %s 里", "the site can't be published into %s", name))
		}
	}
	return output, !within(from, output), nil
}

// resolved is a path without symbolic links; what is not there yet stays as it is.
func resolved(name string) (string, error) {
	to, err := filepath.EvalSymlinks(name)
	switch dir := filepath.Dir(name); {
	case err == nil:
		return to, nil
	case !errors.Is(err, fs.ErrNotExist) || dir == name:
		return name, nil // opening it will say what is wrong
	default:
		above, err := resolved(dir)
		return filepath.Join(above, filepath.Base(name)), err
	}
}

// within reports whether a path is a folder's or leads into it. Letter case counts
// for nothing: on some systems it tells no folders apart.
func within(folder, name string) bool {
	there, err := os.Stat(folder)
	for ; ; name = filepath.Dir(name) {
		if source.Same(strings.TrimRight(name, ". "), strings.TrimRight(folder, ". ")) {
			return true
		}
		if here, missing := os.Stat(name); err == nil && missing == nil && os.SameFile(there, here) {
			return true
		}
		if filepath.Dir(name) == name {
			return false
		}
	}
}
