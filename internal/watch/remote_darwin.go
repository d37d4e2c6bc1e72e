package watch

import "golang.org/x/sys/unix"

// remote reports whether a folder is on another machine, which does not report
// what happens in it.
func remote(dir string) bool {
	var s unix.Statfs_t
	return unix.Statfs(dir, &s) == nil && s.Flags&unix.MNT_LOCAL == 0
}
