package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestEngine: a program is known by the ID that the go command gave it, on every system: the
// same one each time, and another for another program. One whose ID says nothing is read as
// a whole.
func TestEngine(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	made := func(goos, goarch, link string) string {
		name := filepath.Join(dir, "program")
		c := exec.Command("go", "build", "-o", name, "-ldflags", link, ".")
		c.Dir, c.Env = dir, append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0")
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s\n%v", out, err)
		}
		return name
	}
	write("go.mod", "module program\n")
	for _, system := range []string{"linux/loong64", "windows/amd64", "darwin/arm64"} {
		for _, c := range []struct {
			link string
			id   bool
		}{{"-s -w", true}, {"-buildid=", false}, {"-buildid=1.2.3", false}} {
			goos, goarch, _ := strings.Cut(system, "/")
			write("main.go", "package main\n\nfunc main() { println(1) }\n")
			name := made(goos, goarch, c.link)
			want := ""
			if c.id {
				out, err := exec.Command("go", "tool", "buildid", name).Output()
				if err != nil {
					t.Fatal(err)
				}
				want = strings.TrimSpace(string(out))
			}
			f, err := os.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			id, err := buildID(f)
			f.Close()
			if err != nil || id != want {
				t.Errorf("%s, linked with %s: ID %q, %v; want %q", system, c.link, id, err, want)
			}
			first, err := engineOf(name)
			if err != nil {
				t.Fatal(err)
			}
			if again, err := engineOf(name); err != nil || again != first {
				t.Errorf("%s, linked with %s: it is not known again: %v", system, c.link, err)
			}
			write("main.go", "package main\n\nfunc main() { println(2) }\n")
			if second, err := engineOf(made(goos, goarch, c.link)); err != nil || second == first {
				t.Errorf("%s, linked with %s: another program is not told from it: %v", system, c.link, err)
			}
		}
	}
	if _, err := engineOf(filepath.Join(dir, "none")); err == nil {
		t.Error("a program that is not there is known")
	}
}

// TestOwnEngine: the program that runs these tests has such an ID.
func TestOwnEngine(t *testing.T) {
	name, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if id, err := buildID(f); err != nil || id == "" {
		t.Errorf("ID %q, %v", id, err)
	}
}
