package deploy

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync"

	"qinglian/internal/deploy/target"
	"qinglian/internal/digest"
)

// line is the way to a target: a connection, and another when that one breaks.
type line struct {
	open  func(context.Context) (target.Target, error)
	again func(ctx context.Context, try int) error

	mu   sync.Mutex
	made int // connections
	conn target.Target
}

// get is the connection that there is, or a new one, and which it is.
func (l *line) get(ctx context.Context) (target.Target, int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn != nil {
		return l.conn, l.made, nil
	}
	conn, err := l.open(ctx)
	if err != nil {
		return nil, l.made, err
	}
	l.made++
	l.conn = conn
	return conn, l.made, nil
}

// drop ends a connection that failed, unless that is done.
func (l *line) drop(which int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn != nil && l.made == which {
		l.conn.Close() //nolint:errcheck // it failed
		l.conn = nil
	}
}

// close ends the last connection. Of a delivery that was not finished nothing is kept
// that is not there yet.
func (l *line) close(finished bool) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	conn := l.conn
	l.conn = nil
	switch {
	case conn == nil:
		return nil
	case !finished:
		return target.Abandon(conn)
	}
	return conn.Close()
}

// do does something at the target, on new connections if it fails for what may be mended so.
func (l *line) do(ctx context.Context, what func(target.Target) error) error {
	for try := 0; ; try++ {
		conn, which, err := l.get(ctx)
		if err == nil {
			err = what(conn)
		}
		switch {
		case ctx.Err() != nil:
			return errors.Join(ctx.Err(), err)
		case err == nil || final(err) || l.again == nil:
			return err
		}
		l.drop(which)
		if ended := l.again(ctx, try); ended != nil {
			return err
		}
	}
}

// final reports whether an error is an answer: asking again brings no other.
func final(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) || errors.Is(err, target.ErrRefused)
}

// stat reports on a file; there is false if there is none. The error is target.ErrNoFile
// where something else stands.
func (l *line) stat(ctx context.Context, name string) (s target.Stat, there bool, err error) {
	err = l.do(ctx, func(t target.Target) (err error) {
		s, err = t.Stat(ctx, name)
		return err
	})
	if errors.Is(err, fs.ErrNotExist) && !errors.Is(err, target.ErrNoFile) {
		return s, false, nil
	}
	return s, err == nil, err
}

// read is what a file holds, up to a number of bytes.
func (l *line) read(ctx context.Context, name string, most int64) (body []byte, err error) {
	err = l.do(ctx, func(t target.Target) error {
		in, err := t.Read(ctx, name)
		if err != nil {
			return err
		}
		body, err = io.ReadAll(io.LimitReader(in, most))
		return errors.Join(err, in.Close())
	})
	return body, err
}

// put writes a file and looks whether it is there. Where it may be there already and the
// target knows its MD5, it is only looked at. What an earlier try left beside it is swept.
func (l *line) put(ctx context.Context, name string, body []byte, m target.Meta, perhaps bool) error {
	again := perhaps
	return l.do(ctx, func(t target.Target) error {
		body, sweep := body, again
		again = true
		if t.Encodes() && name != Name {
			if small, ok := Pack(name, body); ok {
				body, m.Encoding = small, "gzip"
			}
		}
		if perhaps {
			if s, err := t.Stat(ctx, name); err == nil && s.MD5 != "" && same(s, body) == nil {
				return nil
			}
		}
		if err := t.Write(ctx, name, body, m); err != nil {
			return err
		}
		s, err := t.Stat(ctx, name)
		if errors.Is(err, fs.ErrNotExist) {
			return errors.New("it is not there after it was sent") // no answer to what was asked: it is tried again
		}
		if err != nil {
			return err
		}
		if err := same(s, body); err != nil || !sweep {
			return err
		}
		return t.Sweep(ctx, name, digest.Of(body))
	})
}

// same reports, as an error, that what a target says of a file is not what was sent.
func same(s target.Stat, body []byte) error {
	if s.Size != int64(len(body)) {
		return fmt.Errorf("%d bytes arrived of %d", s.Size, len(body))
	}
	if sum := md5.Sum(body); s.MD5 != "" && s.MD5 != hex.EncodeToString(sum[:]) {
		return errors.New("what arrived is not what was sent (MD5)")
	}
	return nil
}

// holds reports whether a file of ours would be the same as what was found.
func holds(found []byte, f File, sum func([]byte) bool) bool {
	if int64(len(found)) == f.Size && sum(found) {
		return true
	}
	plain := Unpack(found)
	return !bytes.Equal(plain, found) && sum(plain)
}
