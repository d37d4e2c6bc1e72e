//go:build !windows

package serve

// drives are those that there are; elsewhere all folders are below one.
func drives() []string { return nil }
