package target

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"strings"
	"time"
)

// patience is how long a connection may stand still before it counts as lost. What takes
// longer, a large file on a slow line, moves all the time.
const patience = time.Minute

// patient is a connection that gives up when nothing comes and nothing goes.
type patient struct {
	net.Conn
	patience time.Duration
}

func (p patient) Read(b []byte) (int, error) {
	if err := p.SetDeadline(time.Now().Add(p.patience)); err != nil {
		return 0, err
	}
	return p.Conn.Read(b)
}

func (p patient) Write(b []byte) (int, error) {
	if err := p.SetDeadline(time.Now().Add(p.patience)); err != nil {
		return 0, err
	}
	return p.Conn.Write(b)
}

// ended is the error of a context that has ended. A connection that is made has the
// context's deadline for its own, and may find a moment before that it is over.
func ended(ctx context.Context) error {
	if at, ok := ctx.Deadline(); ok && ctx.Err() == nil && !time.Now().Before(at) {
		return context.DeadlineExceeded
	}
	return ctx.Err()
}

// lost reports whether an error is about the line, not an answer of the server.
func lost(err error) bool {
	var line net.Error
	ended := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	return ended || errors.Is(err, net.ErrClosed) || errors.As(err, &line)
}

// withPort returns the address of a host that may be written without its port.
func withPort(host, port string) string {
	if _, _, err := net.SplitHostPort(host); err == nil {
		return host
	}
	return net.JoinHostPort(strings.Trim(host, "[]"), port)
}

// hide returns an error with no secret in its text: servers repeat what they were told. An
// error that has none stays as it is; of another one, what it wraps goes as well.
func hide(err error, secrets ...string) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	for _, secret := range secrets {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "…")
		}
	}
	switch {
	case text == err.Error():
		return err
	case errors.Is(err, ErrRefused):
		return fmt.Errorf("%w: %s", ErrRefused, strings.TrimPrefix(text, ErrRefused.Error()+": "))
	}
	return errors.New(text)
}

// refused returns an error that says that to ask again is of no use.
func refused(err error) error {
	if err == nil || errors.Is(err, ErrRefused) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrRefused, err)
}

// check reports a name that no target takes: some servers read "\" as "/", and a line break
// as the next command.
func check(name string) error {
	strange := func(r rune) bool { return r < ' ' || r == '\\' || r == 0x7f }
	if !fs.ValidPath(name) || name == "." || strings.ContainsFunc(name, strange) {
		return fmt.Errorf("%w: %q is not a published path", ErrRefused, name)
	}
	return nil
}
