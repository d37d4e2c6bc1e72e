//go:build !windows

package main

import (
	"os/exec"
	"syscall"
)

// endTogether has a program end with those that it has started: soffice is a script, and
// what it starts would go on.
func endTogether(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
}
