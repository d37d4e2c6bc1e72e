//go:build !windows

package main

// ownConsole is never so where programs that are double-clicked have no console.
func ownConsole() bool { return false }
