package watch

import "golang.org/x/sys/unix"

// remote reports whether a folder is on a file system that does not report what
// happens in it: one shared with other machines, or made by a program. The
// numbers are those of statfs(2).
func remote(dir string) bool {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return false
	}
	switch uint32(s.Type) {
	case unix.NFS_SUPER_MAGIC, unix.SMB_SUPER_MAGIC, unix.CIFS_SUPER_MAGIC, unix.SMB2_SUPER_MAGIC,
		unix.V9FS_MAGIC, unix.FUSE_SUPER_MAGIC, unix.CEPH_SUPER_MAGIC, unix.AFS_SUPER_MAGIC, unix.AFS_FS_MAGIC,
		unix.CODA_SUPER_MAGIC,
		0x786f4256: // vboxsf, the shared folders of VirtualBox
		return true
	}
	return false
}
