package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/gofrs/flock"
)

// lockFile is what builds into one folder lock. It stays: if it were deleted, one
// could wait for a lock on a file that is gone while another makes a new one.
const lockFile = ".qinglian-lock"

// lock waits until no other build publishes into the folder, of whatever site;
// busy is called if it has to wait. A folder that can't be written needs no lock.
func (d *Dir) lock(busy func()) error {
	// Made in the folder, the file is no link that leads out of it.
	f, err := d.root.OpenFile(lockFile, os.O_CREATE|os.O_RDONLY, 0o644)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return nil
	}
	if err != nil {
		return err
	}
	f.Close()
	l := flock.New(filepath.Join(d.root.Name(), lockFile))
	free, err := l.TryLock()
	if err == nil && !free {
		busy()
		err = l.Lock()
	}
	if err != nil {
		return err
	}
	d.unlock = l.Unlock
	return nil
}
