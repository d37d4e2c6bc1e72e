package target

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"

	"github.com/pkg/sftp"

	"qinglian/internal/digest"
)

func (s *sftpTarget) Write(ctx context.Context, name string, body []byte, _ Meta) error {
	if err := check(name); err != nil {
		return err
	}
	_, err := do(ctx, func() (struct{}, error) {
		err := s.write(ctx, name, body)
		if errors.Is(err, fs.ErrNotExist) { // somebody has taken the folder away since it was seen
			s.folders.forget(path.Dir(name))
			err = s.write(ctx, name, body)
		}
		return struct{}{}, err
	})
	return err
}

func (s *sftpTarget) write(ctx context.Context, name string, body []byte) error {
	if err := s.enter(path.Dir(name), true); err != nil {
		return err
	}
	from, to := s.at(beside(name, digest.Of(body))), s.at(name)
	err := s.put(ctx, from, body)
	if err == nil && ctx.Err() != nil {
		err = ctx.Err()
	}
	if err == nil {
		err = s.place(from, to, s.at(aside(name)))
	}
	if err != nil {
		s.client.Remove(from) // if that fails, the next run sweeps it
	}
	return err
}

func (s *sftpTarget) put(ctx context.Context, at string, body []byte) error {
	flags := os.O_WRONLY | os.O_CREATE | os.O_EXCL // what is there already may be a link
	file, err := s.client.OpenFile(at, flags)
	if err != nil && s.client.Remove(at) == nil {
		file, err = s.client.OpenFile(at, flags)
	}
	if err != nil {
		return err
	}
	_, err = file.ReadFrom(&stoppable{bytes.NewReader(body), ctx})
	var failure *sftp.StatusError
	if errors.As(err, &failure) && failure.FxCode() == sftp.ErrSSHFxFailure {
		err = fmt.Errorf("the server takes no more of it and does not say why; there may be no room: %w", err)
	}
	return errors.Join(err, file.Close())
}

// stoppable is read until the context ends.
type stoppable struct {
	*bytes.Reader
	ctx context.Context
}

func (s *stoppable) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.Reader.Read(b)
}

func (s *sftpTarget) place(from, to, aside string) error {
	if _, ok := s.client.HasExtension("posix-rename@openssh.com"); ok {
		return s.client.PosixRename(from, to)
	}
	return replace(s, from, to, aside)
}

func (s *sftpTarget) rename(from, to string) error { return s.client.Rename(from, to) }
func (s *sftpTarget) remove(name string) error     { return s.client.Remove(name) }
