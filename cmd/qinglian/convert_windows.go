package main

import (
	"os/exec"
	"strconv"
)

// endTogether has a program end with those that it has started: soffice.com starts
// soffice.bin, which would go on.
func endTogether(c *exec.Cmd) {
	c.Cancel = func() error {
		return exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(c.Process.Pid)).Run()
	}
}
