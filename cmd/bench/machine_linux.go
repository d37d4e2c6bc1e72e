package main

import (
	"os"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

const defaultPlaces = "/dev/shm,/var/tmp"

// largest is the most resident memory that a process had, in bytes.
func largest(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return int64(usage.Maxrss) * 1024
}

// inMemory tells whether a folder is on a file system that has no disk.
func inMemory(dir string) (bool, error) {
	var s unix.Statfs_t
	err := unix.Statfs(dir, &s)
	return s.Type == unix.TMPFS_MAGIC, err
}

// flush has written what waits to be.
func flush() { unix.Sync() }

// load is how many processes wanted to run in the last minute.
func load() string {
	text, _ := os.ReadFile("/proc/loadavg")
	minute, _, _ := strings.Cut(string(text), " ")
	return minute
}
