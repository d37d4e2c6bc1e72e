//go:build !linux && !darwin && !windows

package watch

// remote is not known here; --poll is there for who needs it.
func remote(string) bool { return false }
