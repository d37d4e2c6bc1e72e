//go:build !windows

package main

import "syscall"

// diskFull is how the system says that a disk has no room.
const diskFull = syscall.ENOSPC
