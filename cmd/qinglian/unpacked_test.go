package main

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// unpacked is the program out of an archive like a release's: linked in the same way,
// packed, and unpacked in a new folder that is named as offices name theirs.
func (w *workshop) unpacked() string {
	w.Helper()
	built, archive := filepath.Join(w.dir, "built"), filepath.Join(w.dir, "qinglian-1.2.3.tar.gz")
	link := "-s -w -X main.version=1.2.3 -X main.commit=0123456789abcdef -X main.committed=2026-11-24T08:00:00Z"
	if said, err := exec.Command("go", "build", "-buildvcs=false", "-ldflags", link, "-o", built, ".").CombinedOutput(); err != nil {
		w.Fatalf("%v\n%s", err, said)
	}
	w.check(archived(archive, map[string]string{"qinglian": built, "使用说明.html": "../../release/guide.html", "LICENSE": "../../LICENSE"}))
	folder := filepath.Join(w.dir, "下载 (新)")
	w.check(os.MkdirAll(folder, 0o755))
	if said, err := exec.Command("tar", "-xzf", archive, "-C", folder).CombinedOutput(); err != nil {
		w.Fatalf("%v\n%s", err, said)
	}
	program := filepath.Join(folder, "qinglian-1.2.3", "qinglian")
	said, err := exec.Command(program, "version", "--lang", "zh").CombinedOutput()
	if !strings.HasPrefix(string(said), "qinglian 1.2.3（提交 0123456789ab，2026-11-24，用 "+runtime.Version()) {
		w.Errorf("version: %v %s", err, said)
	}
	return program
}

// archived makes an archive of files by their names in it, below a folder.
func archived(name string, files map[string]string) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	z, _ := gzip.NewWriterLevel(f, gzip.BestSpeed) // the level is one
	t := tar.NewWriter(z)
	for inside, from := range files {
		b, read := os.ReadFile(from)
		head := t.WriteHeader(&tar.Header{Name: "qinglian-1.2.3/" + inside, Mode: 0o755, Size: int64(len(b))})
		_, wrote := t.Write(b)
		err = errors.Join(err, read, head, wrote)
	}
	return errors.Join(err, t.Close(), z.Close(), f.Close())
}
