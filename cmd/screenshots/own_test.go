package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestChanges: what docs/themes.md says to write for each change is a site that builds.
func TestChanges(t *testing.T) {
	t.Chdir("../..")
	text, err := os.ReadFile(themesPage)
	if err != nil {
		t.Fatal(err)
	}
	all, err := changes(string(text))
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 6 {
		t.Errorf("%d changes", len(all))
	}
	program := filepath.Join(t.TempDir(), "qinglian")
	if said, err := exec.Command("go", "build", "-o", program, "./cmd/qinglian").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	for _, c := range all {
		if _, err := os.Stat(filepath.Join("docs", c.picture)); err != nil {
			t.Error(err)
		}
		site := filepath.Join(t.TempDir(), "site")
		if err := c.write(site); err != nil {
			t.Fatal(err)
		}
		if said, err := exec.Command(program, "build", "--strict", "--source", site).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", c.picture, err, said)
		}
	}
}
