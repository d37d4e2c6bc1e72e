package main

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// ownConsole reports whether the program's console was opened for it and no
// shell is there: it was started by a double click.
func ownConsole() bool {
	list := windows.NewLazySystemDLL("kernel32.dll").NewProc("GetConsoleProcessList")
	var processes [2]uint32
	n, _, _ := list.Call(uintptr(unsafe.Pointer(&processes[0])), uintptr(len(processes)))
	return n == 1
}
