package watch

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// remote reports whether a folder is on another machine: by a network path or
// a drive letter that stands for one.
func remote(dir string) bool {
	volume, err := windows.UTF16PtrFromString(filepath.VolumeName(dir) + `\`)
	return err == nil && windows.GetDriveType(volume) == windows.DRIVE_REMOTE
}
