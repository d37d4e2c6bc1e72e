package main

import "golang.org/x/sys/windows"

// diskFull is how the system says that a disk has no room.
const diskFull = windows.ERROR_DISK_FULL
