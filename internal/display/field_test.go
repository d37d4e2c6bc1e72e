package display

import (
	"testing"

	"qinglian/internal/image"
	"qinglian/internal/site"
)

// TestFileSize: two digits, in the largest unit that does not make it less than one.
func TestFileSize(t *testing.T) {
	for size, want := range map[int64]string{0: "", 1: "1 B", 999: "999 B", 1000: "1.0 KB", 5 << 10: "5.0 KB", 10 << 10: "10 KB", 999 << 10: "999 KB",
		1000 << 10: "1.0 MB", 3 << 20: "3.0 MB", 3<<20 + 1<<19: "3.5 MB", 250 << 20: "250 MB", 2 << 30: "2.0 GB"} {
		if got := fileSize(site.Target{File: &site.File{Size: size}}); got != want {
			t.Errorf("%d: %q, want %q", size, got, want)
		}
	}
	if got := fileSize(site.Target{File: &site.File{Size: 5, Picture: &image.Info{}}}) + fileSize(site.Target{Page: &site.Page{}}); got != "" {
		t.Errorf("a picture or a page has the size %q", got)
	}
}
