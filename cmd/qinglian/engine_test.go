package main

import (
	"debug/elf"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"qinglian/internal/digest"
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
			id := buildID(f)
			f.Close()
			if id != want {
				t.Errorf("%s, linked with %s: ID %q, want %q", system, c.link, id, want)
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
	if buildID(f) == "" {
		t.Error("it has none")
	}
}

// TestDamagedEngine: a program whose note can't be read runs all the same, so it is known, too.
func TestDamagedEngine(t *testing.T) {
	const headers = 64 // where those of sections begin, each as long
	names := "\x00.note.go.buildid\x00"
	file, err := binary.Append(nil, binary.LittleEndian, elf.Header64{
		Ident:   [elf.EI_NIDENT]byte{0x7f, 'E', 'L', 'F', byte(elf.ELFCLASS64), byte(elf.ELFDATA2LSB), byte(elf.EV_CURRENT)},
		Machine: uint16(elf.EM_X86_64), Version: uint32(elf.EV_CURRENT),
		Shoff: headers, Shentsize: headers, Shnum: 3, Shstrndx: 2})
	if err != nil {
		t.Fatal(err)
	}
	file, err = binary.Append(file, binary.LittleEndian, []elf.Section64{{},
		{Name: 1, Type: uint32(elf.SHT_NOTE), Size: 1 << 40},
		{Type: uint32(elf.SHT_STRTAB), Off: 4 * headers, Size: uint64(len(names))}})
	if err != nil {
		t.Fatal(err)
	}
	file = append(file, names...)
	name := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(name, file, 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := elf.Open(name)
	if err != nil || f.Section(".note.go.buildid") == nil {
		t.Fatalf("it has no such note: %v", err)
	}
	f.Close()
	if got, err := engineOf(name); err != nil || got != digest.Of(file) {
		t.Errorf("got %s, %v", got, err)
	}
}
