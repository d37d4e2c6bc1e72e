package main

import (
	"os"
	"syscall"
)

// largest is the most resident memory that a process had, in bytes.
func largest(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return int64(usage.Maxrss) * 1024
}
