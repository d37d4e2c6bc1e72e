package target

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"qinglian/internal/digest"
)

// Names inside an archive. The list of what to delete stands beside the folder whose
// content is uploaded, so that it is not uploaded with it.
const (
	inside = "site/"
	toDrop = "删除清单.txt"
)

// archive is a zip for somebody who uploads it. What lies where it goes can't be asked, so
// the ledger is a file of this machine; it is written when the archive is whole.
type archive struct {
	name, ledger string
	now          time.Time

	mu      sync.Mutex
	file    *os.File
	zip     *zip.Writer
	sizes   map[string]int64
	dropped []string
	said    []byte // the ledger as it was written last
}

// OpenZip is an archive with a name, and the name of the file of the ledger of what was
// packed before. Nothing is written before there is something to be packed.
func OpenZip(name, ledger string, now time.Time) Target {
	return &archive{name: name, ledger: ledger, now: now, sizes: map[string]int64{}}
}

func (a *archive) Stat(_ context.Context, name string) (Stat, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	size, ok := a.sizes[name]
	if !ok {
		return Stat{}, fs.ErrNotExist
	}
	return Stat{Size: size}, nil
}

func (a *archive) Read(_ context.Context, name string) (io.ReadCloser, error) {
	if name != ledgerName {
		return nil, fs.ErrNotExist
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.said != nil {
		return io.NopCloser(bytes.NewReader(a.said)), nil
	}
	return os.Open(a.ledger)
}

// ledgerName is the file that is kept on this machine. Package deploy has the name.
const ledgerName = ".qinglian-deploy"

// dense are the endings of what does not become smaller.
var dense = strings.Fields(".jpg .jpeg .png .gif .webp .mp3 .m4a .mp4 .webm .pdf .zip .woff2 .docx .xlsx")

func (a *archive) Write(_ context.Context, name string, body []byte, _ Meta) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sizes[name] = int64(len(body))
	if name == ledgerName {
		a.said = bytes.Clone(body)
		return nil
	}
	method := zip.Deflate
	if slices.Contains(dense, strings.ToLower(path.Ext(name))) {
		method = zip.Store
	}
	return a.add(inside+name, body, method)
}

// add puts a file into the archive, which is begun if it is the first.
func (a *archive) add(name string, body []byte, method uint16) error {
	if a.file == nil {
		var err error
		if a.file, err = os.Create(a.name + ".part"); err != nil {
			return err
		}
		a.zip = zip.NewWriter(a.file)
	}
	w, err := a.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: a.now})
	if err != nil {
		return err
	}
	_, err = w.Write(body)
	return err
}

func (a *archive) Delete(_ context.Context, name string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.dropped = append(a.dropped, name)
	return nil
}

// Sweep: what is not whole has a name of its own beside the archive, not in it.
func (a *archive) Sweep(context.Context, string, digest.Digest) error { return nil }

func (a *archive) Streams() int { return 1 }

func (a *archive) Encodes() bool { return false }

// Close finishes the archive and gives it its name, then writes the ledger.
func (a *archive) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.dropped) > 0 {
		list := "\ufeff把 site 文件夹里的全部传上去以后，再删去服务器上的这些文件：\r\n" +
			"When all that is in the folder site has been uploaded, delete these files on the server:\r\n\r\n" +
			strings.Join(a.dropped, "\r\n") + "\r\n"
		if err := a.add(toDrop, []byte(list), zip.Deflate); err != nil {
			return errors.Join(err, a.abandon())
		}
	}
	if a.file != nil {
		if err := errors.Join(a.zip.Close(), a.file.Close()); err != nil {
			return errors.Join(err, a.abandon())
		}
		if err := os.Rename(a.file.Name(), a.name); err != nil {
			return err
		}
	}
	if a.said == nil {
		return nil
	}
	if err := os.WriteFile(a.ledger+".new", a.said, 0o644); err != nil {
		return err
	}
	return os.Rename(a.ledger+".new", a.ledger)
}

// abandon takes away what there is of the archive.
func (a *archive) abandon() error {
	if a.file == nil {
		return nil
	}
	a.file.Close() //nolint:errcheck // it is deleted
	return os.Remove(a.file.Name())
}

// Abandon ends a connection after which the target need not be whole.
func Abandon(t Target) error {
	if a, ok := t.(*archive); ok {
		return a.abandon()
	}
	return t.Close()
}
