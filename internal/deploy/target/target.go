// Package target is where a published folder is carried to: a folder, an archive,
// a server by SFTP or FTP, a bucket of an object store. One file a protocol; what goes
// and in which order is decided above, by package deploy.
//
// Names are published paths ("a/b.html"), below the place that the address names: a
// target makes the folders that a name needs, and never leaves that place, whatever
// links a server has. No password, key or token is in an error or in what a target
// says of itself.
package target

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"qinglian/internal/digest"
)

// ErrRefused is what a target returns when the server does not let the user in or do what
// was asked, when the server's key is not the one that was agreed to, or when a name leads
// out of the place: to ask again is of no use.
var ErrRefused = errors.New("refused")

// ErrNoFile is the fs.ErrNotExist of a place where something else stands, such as a folder,
// from a target that can tell.
var ErrNoFile = fmt.Errorf("no file: %w", fs.ErrNotExist)

// Stat is what a target says of a file without reading it.
type Stat struct {
	Size     int64
	Modified time.Time // zero where the target does not say
	MD5      string    // hexadecimal, of the bytes; "" where the target does not say
}

// Meta is what a file should be served with, where the target can keep that.
type Meta struct {
	Type     string // media type
	Cache    string // Cache-Control
	Encoding string // "gzip" when the body is so compressed; only for a target that says Encodes
}

// Target is an open connection. Its methods may be called by several goroutines, as many
// at once as Streams says. What is not there is fs.ErrNotExist. A method that returns an
// error that is neither that nor [ErrRefused] may be tried again on a new connection.
type Target interface {
	// Stat reports on a file.
	Stat(ctx context.Context, name string) (Stat, error)
	// Read opens a file.
	Read(ctx context.Context, name string) (io.ReadCloser, error)
	// Write puts a file in its place. Readers see the old file or the whole new one
	// wherever the protocol can do that; after an error the place holds either.
	Write(ctx context.Context, name string, body []byte, meta Meta) error
	// Delete takes a file away, then the folders that it leaves empty. Nothing is said
	// of a file that is not there.
	Delete(ctx context.Context, name string) error
	// Sweep takes away what a cut Write of a body with this digest has left beside a
	// file's place; the place stays as it is.
	Sweep(ctx context.Context, name string, sum digest.Digest) error
	// Streams is how many calls may run at once.
	Streams() int
	// Encodes reports whether a Meta.Encoding is kept and served.
	Encodes() bool
	// Close ends the connection; a target that collects (an archive) is whole only after it.
	Close() error
}
