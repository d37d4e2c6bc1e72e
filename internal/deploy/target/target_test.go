package target

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"qinglian/internal/deploy/target/targettest"
	"qinglian/internal/digest"
)

// place is a target to be tried, and the folder on this machine where it puts its files.
type place struct {
	open    func(ctx context.Context, address string) (Target, error)
	address string
	folder  string
	whole   bool // a file is always the old one or the new one
}

func sftpPlace(t *testing.T, o targettest.Options) place {
	server := targettest.SSHD(t, o)
	open := func(ctx context.Context, address string) (Target, error) {
		known := targettest.KnownAs(t, server, address)
		at := SFTP{Host: address, User: server.User, Folder: server.There(server.Folder), KeyFile: server.KeyFile,
			KnownHosts: []string{known}}
		return OpenSFTP(ctx, at)
	}
	return place{open, server.Address, server.Folder, !o.NoReplace}
}

func ftpPlace(t *testing.T, o targettest.FTPOptions) place {
	server := targettest.ProFTPD(t, o)
	open := func(ctx context.Context, address string) (Target, error) {
		at := FTP{Host: address, Plain: o.Plain, Implicit: o.Implicit, User: server.User, Password: server.Password, Folder: "www"}
		at.CA = server.Certificate.CA
		return OpenFTP(ctx, at)
	}
	return place{open, server.Address, filepath.Join(server.Folder, "www"), !o.NoReplace}
}

// TestTargets: whatever a place is reached by, files come to it, are read, replaced and
// taken away in the same manner, and a cut leaves none of them in halves.
func TestTargets(t *testing.T) {
	for name, start := range map[string]func(t *testing.T) place{
		"sftp":                    func(t *testing.T) place { return sftpPlace(t, targettest.Options{}) },
		"sftp that can't replace": func(t *testing.T) place { return sftpPlace(t, targettest.Options{NoReplace: true}) },
		"s3":                      func(t *testing.T) place { return s3Place(t, true) },
		"ftps":                    func(t *testing.T) place { return ftpPlace(t, targettest.FTPOptions{}) },
		"ftps, implicit, TLS 1.2": func(t *testing.T) place {
			return ftpPlace(t, targettest.FTPOptions{Implicit: true, Old: true})
		},
		"ftp that says little and can't replace": func(t *testing.T) place {
			return ftpPlace(t, targettest.FTPOptions{Plain: true, NoReplace: true, NoFacts: true})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t)
			t.Run("files", func(t *testing.T) { tryFiles(t, p) })
			t.Run("folders", func(t *testing.T) { tryFolders(t, p) })
			t.Run("streams", func(t *testing.T) { tryStreams(t, p) })
			t.Run("cut", func(t *testing.T) { tryCut(t, p) })
			t.Run("stall", func(t *testing.T) { tryStall(t, p) })
		})
	}
}

func (p place) connect(t *testing.T) Target {
	t.Helper()
	to, err := p.open(t.Context(), p.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := to.Close(); err != nil {
			t.Error(err)
		}
	})
	return to
}

// has fails unless a place has just these files, by their names and what is in them.
func (p place) has(t *testing.T, want map[string]string) {
	t.Helper()
	got := map[string]string{}
	err := filepath.WalkDir(p.folder, func(name string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name == p.folder {
			return nil // the last file has taken it along
		}
		if err != nil || e.IsDir() {
			return err
		}
		body, err := os.ReadFile(name)
		rel, _ := filepath.Rel(p.folder, name)
		got[filepath.ToSlash(rel)] = string(body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("there are\n%.300q, not\n%.300q", got, want)
	}
}

func read(t *testing.T, from Target, name string) string {
	t.Helper()
	in, err := from.Read(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(in)
	if err := errors.Join(err, in.Close()); err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func tryFiles(t *testing.T, p place) {
	to := p.connect(t)
	large := strings.Repeat("一二三\x00\xff\r\n", 300_000)
	want := map[string]string{}
	for i, name := range []string{"index.html", "文章/2026/通知 一.html", "a/b/c/d/e/f/g.html", "100%.html", "a#b?c&d+e.html",
		"空.txt", "a/" + strings.Repeat("长", 70) + ".html", "-rf/[x]*.html", "引'号\"/~x;$y.html", "大/文件.bin"} {
		want[name] = fmt.Sprintf("<p>%d %s", i, name)
	}
	want["空.txt"], want["大/文件.bin"] = "", large
	for _, round := range []string{"", "第二次 "} {
		for name := range want {
			if name != "空.txt" {
				want[name] = round + want[name]
			}
			if err := to.Write(t.Context(), name, []byte(want[name]), Meta{Type: "text/html; charset=utf-8", Cache: "max-age=60"}); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		p.has(t, want)
	}
	for name, body := range want {
		if got := read(t, to, name); got != body {
			t.Errorf("%s: %d bytes come back, %.40q", name, len(got), got)
		}
		s, err := to.Stat(t.Context(), name)
		if err != nil || s.Size != int64(len(body)) || time.Since(s.Modified).Abs() > time.Minute {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
		if sum := md5.Sum([]byte(body)); s.MD5 != "" && s.MD5 != hex.EncodeToString(sum[:]) {
			t.Errorf("%s: MD5 %s", name, s.MD5)
		}
	}
	for _, name := range []string{"none.html", "none/none.html", "index.html/none.html", "文章", "文章/2026"} {
		if s, err := to.Stat(t.Context(), name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
		if in, err := to.Read(t.Context(), name); err == nil {
			_, err = io.ReadAll(in)
			in.Close()
			t.Errorf("%s is read: %v", name, err)
		} else if !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name := range want {
		if err := to.Delete(t.Context(), name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	p.has(t, map[string]string{})
	for _, name := range []string{"../x", "/x", "a/../x", "", ".", "a\r\nDELE b", `a\b`} {
		if err := to.Write(t.Context(), name, nil, Meta{}); !errors.Is(err, ErrRefused) {
			t.Errorf("%q is written: %v", name, err)
		}
		if err := to.Delete(t.Context(), name); !errors.Is(err, ErrRefused) {
			t.Errorf("%q is deleted: %v", name, err)
		}
	}
}

// tryFolders: folders go when they are empty, and only then; what is not there is no mistake.
func tryFolders(t *testing.T, p place) {
	to := p.connect(t)
	for _, name := range []string{"a/b/c.html", "a/b/d.html", "e.html"} {
		if err := to.Write(t.Context(), name, []byte(name), Meta{}); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"a/b/c.html", "a/b/c.html", "x/y/z.html", "x", "e.html/f"} {
		if err := to.Delete(t.Context(), name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	p.has(t, map[string]string{"a/b/d.html": "a/b/d.html", "e.html": "e.html"})
	for _, name := range []string{"a/b/d.html", "e.html"} {
		if err := to.Delete(t.Context(), name); err != nil {
			t.Error(err)
		}
	}
	if left, err := os.ReadDir(p.folder); err != nil && !errors.Is(err, fs.ErrNotExist) || len(left) > 0 {
		t.Errorf("%v is left (%v)", left, err)
	}
	if err := to.Write(t.Context(), "a/b/c.html", nil, Meta{}); err != nil {
		t.Errorf("a folder that went does not come back: %v", err)
	}
	if err := to.Delete(t.Context(), "a/b/c.html"); err != nil {
		t.Error(err)
	}
}

func tryStreams(t *testing.T, p place) {
	to := p.connect(t)
	want := map[string]string{}
	var each errgroup.Group
	each.SetLimit(to.Streams())
	for i := range 60 {
		name := fmt.Sprintf("%d/%d/%d.html", i%2, i%3, i)
		body := strings.Repeat(name, i*i)
		want[name] = body
		each.Go(func() error { return to.Write(t.Context(), name, []byte(body), Meta{}) })
	}
	if err := each.Wait(); err != nil {
		t.Fatal(err)
	}
	p.has(t, want)
	for name, body := range want {
		each.Go(func() error {
			in, err := to.Read(t.Context(), name)
			if err != nil {
				return err
			}
			got, err := io.ReadAll(in)
			if string(got) != body {
				err = errors.Join(err, fmt.Errorf("%s: %d bytes", name, len(got)))
			}
			return errors.Join(err, in.Close(), to.Delete(t.Context(), name))
		})
	}
	if err := each.Wait(); err != nil {
		t.Fatal(err)
	}
	p.has(t, map[string]string{})
}

// tryCut: wherever the line is cut, a file is the old one or the new one, and when it is
// sent again the new one is in its place and nothing beside it.
func tryCut(t *testing.T, p place) {
	steady, line := p.connect(t), targettest.NewLine(t, p.address)
	before, after := bytes.Repeat([]byte("旧"), 20_000), bytes.Repeat([]byte("新"), 30_000)
	file := filepath.Join(p.folder, "a", "index.html")
	// try returns how many bytes the new file took towards the server.
	try := func(cut int64) (passed int64, err error) {
		if err := steady.Write(t.Context(), "a/index.html", before, Meta{}); err != nil {
			t.Fatal(err)
		}
		to, err := p.open(t.Context(), line.Address)
		if err != nil {
			t.Fatal(err)
		}
		line.CutAfter(cut)
		begin := line.Passed()
		err = to.Write(t.Context(), "a/index.html", after, Meta{})
		passed = line.Passed() - begin
		line.Mend()
		to.Close() // may be cut, too
		body, none := os.ReadFile(file)
		switch {
		case bytes.Equal(body, before) && err != nil, bytes.Equal(body, after):
		case errors.Is(none, fs.ErrNotExist) && err != nil && !p.whole:
		default:
			t.Fatalf("cut after %d bytes: %d bytes are there (%v), and Write returns %v", cut, len(body), none, err)
		}
		return passed, err
	}
	whole, err := try(-1)
	if err != nil {
		t.Fatal(err)
	}
	for _, cut := range cuts(whole) {
		if _, err := try(cut); err == nil || errors.Is(err, ErrRefused) || errors.Is(err, fs.ErrNotExist) {
			t.Fatalf("cut after %d bytes of %d: %v", cut, whole, err)
		}
		p.mends(t, steady, "a/index.html", after)
	}
	if err := steady.Delete(t.Context(), "a/index.html"); err != nil {
		t.Error(err)
	}
}

// cuts are where a line is cut on which so many bytes pass: all over, and among the commands
// that come after the file. What a protocol adds differs a little from time to time, so the
// last of them is before the end.
func cuts(whole int64) (at []int64) {
	for i := range int64(6) {
		at = append(at, 1+whole*i/6)
	}
	for _, back := range []int64{480, 400, 320, 240, 160, 80} {
		if back < whole/6 {
			at = append(at, whole-back)
		}
	}
	return at
}

// mends fails unless a file that is written again, and swept, is alone in its folder. A server that has
// not seen yet that the line was cut may still be at work on what came before that.
func (p place) mends(t *testing.T, to Target, name string, body []byte) {
	t.Helper()
	for begin := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		if err := errors.Join(to.Write(t.Context(), name, body, Meta{}), to.Sweep(t.Context(), name, digest.Of(body))); err != nil {
			t.Fatal(err)
		}
		left, err := os.ReadDir(filepath.Join(p.folder, path.Dir(name)))
		if err == nil && len(left) == 1 {
			return
		}
		if time.Since(begin) > 10*time.Second {
			t.Fatalf("%v (%v)", left, err)
		}
	}
}

// tryStall: nobody waits for a server that has fallen silent once they have had enough.
func tryStall(t *testing.T, p place) {
	line := targettest.NewLine(t, p.address)
	to, err := p.open(t.Context(), line.Address)
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	if err := to.Write(t.Context(), "a.html", bytes.Repeat([]byte("x"), 4<<20), Meta{}); err != nil {
		t.Fatal(err)
	}
	in, err := to.Read(t.Context(), "a.html")
	if err != nil {
		t.Fatal(err)
	}
	in.Close()
	line.Stall()
	defer line.Mend()
	calls := map[string]func(ctx context.Context) error{
		"stat":   func(ctx context.Context) error { _, err := to.Stat(ctx, "a.html"); return err },
		"write":  func(ctx context.Context) error { return to.Write(ctx, "b.html", []byte("x"), Meta{}) },
		"delete": func(ctx context.Context) error { return to.Delete(ctx, "c.html") },
		"read": func(ctx context.Context) error {
			in, err := to.Read(ctx, "a.html")
			if err != nil {
				return err
			}
			_, err = io.ReadAll(in)
			return errors.Join(err, in.Close())
		},
		"open": func(ctx context.Context) error {
			to, err := p.open(ctx, line.Address)
			if err == nil {
				to.Close()
			}
			return err
		},
	}
	for name, call := range calls {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		begin := time.Now()
		err := call(ctx)
		cancel()
		if took := time.Since(begin); !errors.Is(err, context.DeadlineExceeded) || took > patience/2 {
			t.Errorf("%s returns %v after %v", name, err, took)
		}
	}
}
