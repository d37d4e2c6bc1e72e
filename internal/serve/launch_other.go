//go:build !windows

package serve

import (
	"os/exec"
	"runtime"
)

// Launch opens a file, folder or address with the program that the system has
// for it.
func Launch(path string) error {
	opener := "xdg-open"
	if runtime.GOOS == "darwin" {
		opener = "open"
	}
	c := exec.Command(opener, path)
	if err := c.Start(); err != nil {
		return err
	}
	go c.Wait() //nolint:errcheck // nobody waits for the answer any more
	return nil
}
