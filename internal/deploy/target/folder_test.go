package target

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// reads is what a target has of a file.
func reads(t *testing.T, at Target, name string) string {
	t.Helper()
	in, err := at.Read(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	b, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "www")
	if _, err := OpenFolder(filepath.Join(dir, "below")); !errors.Is(err, ErrRefused) {
		t.Errorf("a folder was made where its own is missing: %v", err)
	}
	at, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer at.Close()
	ctx := t.Context()
	for _, body := range []string{"one", "second"} {
		if err := at.Write(ctx, "a/b/c.html", []byte(body), Meta{}); err != nil {
			t.Fatal(err)
		}
		if s, err := at.Stat(ctx, "a/b/c.html"); err != nil || s.Size != int64(len(body)) || reads(t, at, "a/b/c.html") != body {
			t.Errorf("%+v %v", s, err)
		}
	}
	if _, err := at.Stat(ctx, "none.html"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if _, err := at.Stat(ctx, "a"); err == nil {
		t.Error("a folder is said to be a file")
	}
	if err := errors.Join(at.Delete(ctx, "a/b/c.html"), at.Delete(ctx, "a/b/c.html")); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left: %v %v", left, err)
	}
}

// TestFolderLinks: no link leads out of the folder, and one in a file's place is replaced.
func TestFolderLinks(t *testing.T) {
	base := t.TempDir()
	dir, outside := filepath.Join(base, "www"), filepath.Join(base, "outside")
	if err := errors.Join(os.Mkdir(dir, 0o755), os.Mkdir(outside, 0o755)); err != nil {
		t.Fatal(err)
	}
	precious := filepath.Join(outside, "precious.html")
	err := errors.Join(os.WriteFile(precious, []byte("theirs"), 0o644),
		os.Symlink(outside, filepath.Join(dir, "out")), os.Symlink(precious, filepath.Join(dir, "a.html")))
	if err != nil {
		t.Skip(err)
	}
	at, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer at.Close()
	if at.Write(t.Context(), "out/precious.html", []byte("ours"), Meta{}) == nil || at.Delete(t.Context(), "out/precious.html") == nil {
		t.Error("a link was followed out")
	}
	if err := at.Write(t.Context(), "a.html", []byte("ours"), Meta{}); err != nil {
		t.Error(err)
	}
	if b, err := os.ReadFile(precious); string(b) != "theirs" {
		t.Errorf("outside there is %q (%v)", b, err)
	}
}

func TestZip(t *testing.T) {
	dir := t.TempDir()
	name, ledger := filepath.Join(dir, "上传.zip"), filepath.Join(dir, "ledger")
	ctx := t.Context()
	for _, c := range []struct {
		abandoned bool
		want      string
	}{{true, ""}, {false, "site/a.html=one\nsite/b.png=two\n" + toDrop}} {
		at := OpenZip(name, ledger, time.Unix(1_800_000_000, 0))
		if _, err := at.Read(ctx, ledgerName); !errors.Is(err, fs.ErrNotExist) {
			t.Fatalf("a ledger before there is one: %v", err)
		}
		err := errors.Join(at.Write(ctx, ledgerName, []byte("moving"), Meta{}), at.Write(ctx, "a.html", []byte("one"), Meta{}),
			at.Write(ctx, "b.png", []byte("two"), Meta{}), at.Delete(ctx, "old.html"), at.Write(ctx, ledgerName, []byte("whole"), Meta{}))
		if s, stat := at.Stat(ctx, "b.png"); err != nil || stat != nil || s.Size != 3 || reads(t, at, ledgerName) != "whole" {
			t.Fatal(err, stat, s)
		}
		if c.abandoned {
			err = Abandon(at)
		} else {
			err = at.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := packed(t, name); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
	at := OpenZip(name, ledger, time.Time{})
	if got := reads(t, at, ledgerName); got != "whole" {
		t.Errorf("the ledger is %q", got)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*.part"))
	if err != nil || len(left) > 0 {
		t.Errorf("left: %s %v", left, err)
	}
}

// packed is what an archive holds: NAME=CONTENT, of the list only its name.
func packed(t *testing.T, name string) string {
	t.Helper()
	r, err := zip.OpenReader(name)
	if errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var out []string
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == toDrop {
			if !strings.HasSuffix(string(b), "\r\nold.html\r\n") {
				t.Errorf("the list is %q", b)
			}
			out = append(out, f.Name)
			continue
		}
		out = append(out, f.Name+"="+string(b))
	}
	return strings.Join(out, "\n")
}
