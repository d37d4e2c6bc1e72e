package serve

import (
	"os/exec"

	"golang.org/x/sys/windows"
)

// Launch opens a file, folder or address with the program that the system has
// for it. Markdown often has none: then it is opened in Notepad.
func Launch(path string) error {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return err
	}
	verb, err := windows.UTF16PtrFromString("open")
	if err != nil {
		return err
	}
	err = windows.ShellExecute(0, verb, name, nil, nil, windows.SW_SHOWNORMAL)
	if err == windows.ERROR_NO_ASSOCIATION {
		return exec.Command("notepad.exe", path).Start()
	}
	return err
}
