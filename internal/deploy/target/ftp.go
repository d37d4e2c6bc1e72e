package target

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/textproto"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/jlaffaye/ftp"

	"qinglian/internal/digest"
)

// FTP says where a folder is that is reached by FTP, and who asks for it.
//
// With TLS, which is asked for unless Plain, both the commands and the files are kept
// from others; a server without it is refused. Each file's connection continues the
// session of the one that asks for it, as vsftpd and ProFTPD want it.
//
// A file is written beside its place, its size compared, and renamed into it. Most servers
// replace in one step: readers find the old file or the new one. On one that does not,
// readers find nothing for the moment between two renames.
//
// A folder that is a link is followed only as long as the server says that it is in the
// place; whether a file is one, FTP does not tell. Names are in UTF-8.
type FTP struct {
	Host     string // a name or an address, with its port where that is not the usual one
	Plain    bool   // without TLS: everybody on the way can read the password
	Implicit bool   // TLS from the first byte; so it is at port 990 in any case
	User     string
	Password string
	Folder   string // where the site lies: from the user's folder on, or from the root with "/" before it
	Trust
}

// ftpStreams is how many connections a server is asked for. Many take no more from one
// machine; of one that takes fewer, the rest is not asked for again.
const ftpStreams = 4

// ftpStale is how long a connection may lie idle before it is tried out.
const ftpStale = 20 * time.Second

// ftpTarget is some connections by FTP, on each of which one thing happens at a time.
type ftpTarget struct {
	at      FTP
	address string
	tls     *tls.Config // nil: plain
	turns   chan struct{}
	folders folders

	mutex  sync.Mutex
	idle   []*ftpSession
	open   int    // sessions, idle and used
	folder string // as the server says it
}

// OpenFTP connects to a server. What is not there yet of the folder is made by the first Write.
func OpenFTP(ctx context.Context, at FTP) (Target, error) {
	f := &ftpTarget{at: at, turns: make(chan struct{}, ftpStreams)}
	_, port, _ := net.SplitHostPort(at.Host)
	f.at.Implicit = !at.Plain && (at.Implicit || port == "990")
	f.address = withPort(at.Host, map[bool]string{false: "21", true: "990"}[f.at.Implicit])
	if !at.Plain {
		host, _, err := net.SplitHostPort(f.address)
		if err != nil {
			return nil, err
		}
		if f.tls, err = at.config(host); err != nil {
			return nil, err
		}
	}
	err := f.use(ctx, func(s *ftpSession) error { return f.find(s) })
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// find asks where the place is; if it is not there yet, that is where it will be.
func (f *ftpTarget) find(s *ftpSession) error {
	home, err := s.folder()
	if err != nil {
		return err
	}
	f.folder = path.Join(home, f.at.Folder)
	if path.IsAbs(f.at.Folder) {
		f.folder = path.Clean(f.at.Folder)
	}
	if err := s.enter(f.folder); missing(err) {
		return nil
	} else if err != nil {
		return err
	}
	f.folders.add(".")
	f.folder, err = s.folder()
	return err
}

func (f *ftpTarget) path(name string) string { return path.Join(f.folder, name) }

// enter sees to it that a folder and those above it are there and in the place.
func (f *ftpTarget) enter(s *ftpSession, folder string, create bool) error {
	if f.folders.has(folder) {
		return nil
	}
	if folder == "." {
		if !create {
			return fs.ErrNotExist
		}
		if err := s.create(f.folder); err != nil {
			return err
		}
		f.folders.add(folder)
		return nil
	}
	if err := f.enter(s, path.Dir(folder), create); err != nil {
		return err
	}
	err := s.enter(f.path(folder))
	if missing(err) && create {
		err = s.answer(s.client.MakeDir(f.path(folder)))
		if err != nil && !s.broken { // another stream may have made it
			if s.enter(f.path(folder)) == nil {
				err = nil
			}
		}
	} else if err == nil {
		err = f.within(s, folder)
	} else if missing(err) {
		err = fs.ErrNotExist
	}
	if err == nil {
		f.folders.add(folder)
	}
	return err
}

// within refuses a folder that the server, which is in it, says to be elsewhere.
func (f *ftpTarget) within(s *ftpSession, folder string) error {
	at, err := s.folder()
	if err != nil {
		return err
	}
	place := strings.ToLower(strings.TrimSuffix(f.folder, "/") + "/")
	if !strings.HasPrefix(strings.ToLower(at), place) {
		return refused(errors.New(folder + " is a link that leads out of " + f.folder))
	}
	return nil
}

func (f *ftpTarget) Stat(ctx context.Context, name string) (found Stat, err error) {
	if err := check(name); err != nil {
		return Stat{}, err
	}
	err = f.use(ctx, func(s *ftpSession) error {
		if err := f.enter(s, path.Dir(name), false); err != nil {
			return err
		}
		found, err = s.stat(f.path(name))
		return err
	})
	return found, err
}

func (f *ftpTarget) Read(ctx context.Context, name string) (io.ReadCloser, error) {
	if err := check(name); err != nil {
		return nil, err
	}
	s, err := f.take(ctx)
	if err != nil {
		return nil, err
	}
	if err = f.enter(s, path.Dir(name), false); err == nil {
		var body *ftp.Response
		if body, err = s.client.Retr(f.path(name)); err == nil {
			return &ftpFile{body: body, from: f, on: s, ctx: ctx}, nil
		}
		if err = s.answer(err); missing(err) {
			err = fs.ErrNotExist
		}
	}
	return nil, f.give(ctx, s, err)
}

// ftpFile is a file that is being read. It ends well only when the server says so: a line
// that is cut ends in the same way as a file, and not all servers end TLS as they should.
type ftpFile struct {
	body   *ftp.Response
	from   *ftpTarget
	on     *ftpSession
	ctx    context.Context
	ended  error
	closed bool
}

func (r *ftpFile) Read(b []byte) (int, error) {
	if r.ended != nil {
		return 0, r.ended
	}
	n, err := r.body.Read(b)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		if err = r.on.answer(r.body.Close()); err == nil {
			err = io.EOF
		}
	} else if err != nil {
		r.on.broken = true
	}
	if err != nil && r.ctx.Err() != nil {
		err = r.ctx.Err()
	}
	r.ended = err
	return n, err
}

func (r *ftpFile) Close() error {
	if r.closed {
		return nil
	}
	r.closed = true
	if r.ended == nil { // somebody has seen enough: what the server says of that is of no interest
		r.on.broken = true
	}
	return r.from.give(r.ctx, r.on, nil)
}

func (f *ftpTarget) Write(ctx context.Context, name string, body []byte, _ Meta) error {
	if err := check(name); err != nil {
		return err
	}
	return f.use(ctx, func(s *ftpSession) error {
		err := f.write(s, name, body)
		if missing(err) { // somebody has taken the folder away since it was seen
			f.folders.forget(path.Dir(name))
			err = f.write(s, name, body)
		}
		return err
	})
}

func (f *ftpTarget) write(s *ftpSession, name string, body []byte) error {
	if err := f.enter(s, path.Dir(name), true); err != nil {
		return err
	}
	from, to := f.path(beside(name, digest.Of(body))), f.path(name)
	err := s.answer(s.client.Stor(from, bytes.NewReader(body)))
	if err != nil && !s.broken && s.remove(from) == nil { // some servers let nothing be written over
		err = s.answer(s.client.Stor(from, bytes.NewReader(body)))
	}
	if err == nil {
		err = s.whole(from, int64(len(body)))
	}
	if err == nil {
		err = replace(s, from, to, f.path(aside(name)))
	}
	if err != nil && !s.broken {
		s.remove(from) // if that fails, the next run sweeps it
	}
	return err
}

func (f *ftpTarget) Delete(ctx context.Context, name string) error {
	if err := check(name); err != nil {
		return err
	}
	return f.use(ctx, func(s *ftpSession) error {
		err := f.enter(s, path.Dir(name), false)
		if err == nil {
			err = s.delete(f.path(name))
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := s.enter(f.folder); missing(err) { // out of the folder that is to go
			return nil
		} else if err != nil {
			return err
		}
		for folder := path.Dir(name); folder != "."; folder = path.Dir(folder) {
			f.folders.forget(folder)
			if err := s.answer(s.client.RemoveDir(f.path(folder))); s.broken {
				return err
			}
		}
		return nil
	})
}

func (f *ftpTarget) Sweep(ctx context.Context, name string, sum digest.Digest) error {
	if err := check(name); err != nil {
		return err
	}
	return f.use(ctx, func(s *ftpSession) error {
		err := f.enter(s, path.Dir(name), false)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		for _, left := range []string{beside(name, sum), aside(name)} {
			if err == nil {
				err = s.remove(f.path(left))
			}
			if errors.Is(err, fs.ErrNotExist) {
				err = nil
			}
		}
		return err
	})
}

func (f *ftpTarget) Streams() int { return ftpStreams }

func (f *ftpTarget) Encodes() bool { return false }

// Close ends what is idle; what is still in use ends with its call.
func (f *ftpTarget) Close() error {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	var errs []error
	for _, s := range f.idle {
		if err := s.client.Quit(); err != nil && !lost(err) {
			errs = append(errs, fmt.Errorf("saying goodbye: %w", err))
		}
		s.kill()
	}
	f.idle = nil
	return errors.Join(errs...)
}

// missing reports whether a server says that something is not there. It says the same of
// much that it does not want to do.
func missing(err error) bool {
	var said *textproto.Error
	return errors.As(err, &said) && (said.Code == 550 || said.Code == 553) && !errors.Is(err, ErrRefused)
}
