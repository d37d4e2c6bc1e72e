package target

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path"
	"strings"
	"time"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"

	"qinglian/internal/digest"
)

// SFTP says where a folder is that is reached by SFTP, and who asks for it.
//
// The server is one that a file of KnownHosts names, or the answer is [UnknownHost] or
// [ChangedHost]. Who asks is told by the key of KeyFile, then by those of the agent, then
// by the password; what is empty is not tried.
//
// A file is written beside its place and renamed into it. Servers of OpenSSH, and most
// others, replace in one step: readers find the old file or the new one. On one that
// does not, readers find nothing for the moment between two renames.
//
// A folder on the way to a name that is a link is followed only to what lies in the
// place, too; so is a link in a file's place, and writing and deleting change the link.
// Who can make links on the server while it is being asked can still lead out.
type SFTP struct {
	Host       string // a name or an address, with its port where that is not 22
	User       string
	Folder     string // where the site lies: from the user's folder on, or from the root with "/" before it
	KeyFile    string // a private key, in any form that ssh-keygen writes
	Passphrase string // of KeyFile
	Agent      string // the socket of an ssh-agent, or its pipe on Windows
	Password   string
	KnownHosts []string // files that name servers; those that are not there are passed over
}

// keepAlive is how often a server is asked whether it is still there. Its answers keep the
// connection from standing still, so a server that does not answer is one that is lost.
const keepAlive = 15 * time.Second

// sftpTarget is a connection by SFTP, with all its streams on one connection by SSH.
type sftpTarget struct {
	conn    *ssh.Client
	client  *sftp.Client
	folder  string // as SFTP says it
	folders folders
}

// OpenSFTP connects to a server. What is not there yet of the folder is made by the first Write.
func OpenSFTP(ctx context.Context, at SFTP) (Target, error) {
	conn, err := at.connect(ctx)
	if err != nil {
		if over := ended(ctx); over != nil {
			return nil, over
		}
		return nil, hide(err, at.Password, at.Passphrase)
	}
	client, err := do(ctx, func() (*sftp.Client, error) {
		// Writing at several places at once leaves holes when it fails; what failed is never renamed.
		return sftp.NewClient(conn, sftp.UseConcurrentWrites(true))
	})
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	go func() {
		for range time.Tick(keepAlive) {
			if _, _, err := conn.SendRequest("keepalive@openssh.com", true, nil); err != nil {
				return // it is closed; whoever uses it is told so
			}
		}
	}()
	return &sftpTarget{conn: conn, client: client, folder: at.Folder}, nil
}

func (at SFTP) connect(ctx context.Context) (*ssh.Client, error) {
	known, err := readHostKeys(at.KnownHosts)
	if err != nil {
		return nil, err
	}
	who, err := at.login()
	if err != nil {
		return nil, err
	}
	address := withPort(at.Host, "22")
	config := &ssh.ClientConfig{User: at.User, Auth: who.methods}
	config.HostKeyCallback, config.HostKeyAlgorithms = known.verify, known.algorithms(address)
	conn, err := dialSSH(ctx, address, config)
	var none *ssh.AlgorithmNegotiationError
	if errors.As(err, &none) && len(config.HostKeyAlgorithms) > 0 {
		config.HostKeyAlgorithms = nil // the known key is gone: see which one is there instead
		conn, err = dialSSH(ctx, address, config)
	}
	return conn, who.close(err)
}

func dialSSH(ctx context.Context, address string, config *ssh.ClientConfig) (*ssh.Client, error) {
	var dialer net.Dialer
	raw, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { raw.Close() })
	verify, known := config.HostKeyCallback, false
	own := *config
	own.HostKeyCallback = func(address string, remote net.Addr, key ssh.PublicKey) error {
		err := verify(address, remote, key)
		known = err == nil
		return err
	}
	conn, channels, requests, err := ssh.NewClientConn(patient{raw, patience}, address, &own)
	if !stop() && err == nil {
		err = ctx.Err()
	}
	var unknown *UnknownHost
	var changed *ChangedHost
	switch {
	case err == nil:
		return ssh.NewClient(conn, channels, requests), nil
	case errors.As(err, &unknown):
		err = unknown
	case errors.As(err, &changed):
		err = changed
	case known && !lost(err): // servers say no in several ways
		err = fmt.Errorf("%w: %w", ErrLogin, err)
	}
	raw.Close() // err says what happened
	return nil, err
}

// do waits for an answer, but not longer than the context; the library below knows none.
func do[T any](ctx context.Context, ask func() (T, error)) (T, error) {
	type answer struct {
		value T
		err   error
	}
	answers := make(chan answer, 1)
	go func() {
		value, err := ask()
		answers <- answer{value, err}
	}()
	select {
	case a := <-answers:
		if errors.Is(a.err, fs.ErrPermission) {
			a.err = refused(a.err)
		}
		return a.value, a.err
	case <-ctx.Done():
		var zero T
		return zero, ctx.Err()
	}
}

func (s *sftpTarget) at(name string) string { return path.Join(s.folder, name) }

// enter sees to it that a folder and those above it are there and in the place.
func (s *sftpTarget) enter(folder string, create bool) error {
	if s.folders.has(folder) {
		return nil
	}
	look, missing := s.client.Lstat, s.client.Mkdir
	if folder == "." { // the place itself may be a link to where it is
		look, missing = s.client.Stat, s.client.MkdirAll
	} else if err := s.enter(path.Dir(folder), create); err != nil {
		return err
	}
	info, err := look(s.at(folder))
	if errors.Is(err, fs.ErrNotExist) && create {
		if err = missing(s.at(folder)); err == nil {
			s.folders.add(folder)
			return nil
		}
		if info, _ = look(s.at(folder)); info == nil { // else another stream has made it
			return err
		}
		err = nil
	}
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		info, err = s.follow(folder)
	}
	switch {
	case err != nil:
		return err
	case !info.IsDir() && create:
		return refused(errors.New(folder + " is a file"))
	case !info.IsDir():
		return fs.ErrNotExist
	}
	s.folders.add(folder)
	return nil
}

// follow reports on what a link leads to, if that is in the place.
func (s *sftpTarget) follow(name string) (os.FileInfo, error) {
	place, err := s.client.RealPath(s.at("."))
	if err != nil {
		return nil, err
	}
	led, err := s.client.RealPath(s.at(name))
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(led, strings.TrimSuffix(place, "/")+"/") {
		return nil, refused(errors.New(name + " is a link that leads out of " + place))
	}
	return s.client.Stat(s.at(name))
}

func (s *sftpTarget) stat(name string) (os.FileInfo, error) {
	if err := s.enter(path.Dir(name), false); err != nil {
		return nil, err
	}
	info, err := s.client.Lstat(s.at(name))
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		info, err = s.follow(name)
	}
	if err == nil && !info.Mode().IsRegular() {
		return nil, ErrNoFile
	}
	return info, err
}

func (s *sftpTarget) Stat(ctx context.Context, name string) (Stat, error) {
	if err := check(name); err != nil {
		return Stat{}, err
	}
	return do(ctx, func() (Stat, error) {
		info, err := s.stat(name)
		if err != nil {
			return Stat{}, err
		}
		return Stat{Size: info.Size(), Modified: info.ModTime()}, nil
	})
}

func (s *sftpTarget) Read(ctx context.Context, name string) (io.ReadCloser, error) {
	if err := check(name); err != nil {
		return nil, err
	}
	file, err := do(ctx, func() (*sftp.File, error) {
		if _, err := s.stat(name); err != nil {
			return nil, err
		}
		return s.client.Open(s.at(name))
	})
	if err != nil {
		return nil, err
	}
	out, in := io.Pipe()
	go func() {
		_, err := file.WriteTo(in)
		in.CloseWithError(errors.Join(err, file.Close()))
	}()
	stop := context.AfterFunc(ctx, func() { in.CloseWithError(ctx.Err()) })
	return pipe{out, stop}, nil
}

// pipe is the end of a pipe that somebody reads; the context may close it, too.
type pipe struct {
	*io.PipeReader
	stop func() bool
}

func (p pipe) Close() error {
	p.stop()
	return p.PipeReader.Close()
}

func (s *sftpTarget) Delete(ctx context.Context, name string) error {
	if err := check(name); err != nil {
		return err
	}
	_, err := do(ctx, func() (struct{}, error) { return struct{}{}, s.delete(name) })
	return err
}

func (s *sftpTarget) delete(name string) error {
	err := s.enter(path.Dir(name), false)
	if err == nil {
		err = s.client.Remove(s.at(name))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for folder := path.Dir(name); folder != "."; folder = path.Dir(folder) {
		s.folders.forget(folder)
		if err := s.client.RemoveDirectory(s.at(folder)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			var full *sftp.StatusError
			if errors.As(err, &full) {
				return nil
			}
			return err
		}
	}
	return nil
}

func (s *sftpTarget) Sweep(ctx context.Context, name string, sum digest.Digest) error {
	if err := check(name); err != nil {
		return err
	}
	_, err := do(ctx, func() (struct{}, error) { return struct{}{}, s.sweep(name, sum) })
	return err
}

func (s *sftpTarget) sweep(name string, sum digest.Digest) error {
	err := s.enter(path.Dir(name), false)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, left := range []string{beside(name, sum), aside(name)} {
		if err == nil {
			err = s.client.Remove(s.at(left))
		}
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
	}
	return err
}

// Streams is what servers of OpenSSH answer at once without making others wait.
func (s *sftpTarget) Streams() int { return 8 }

func (s *sftpTarget) Encodes() bool { return false }

func (s *sftpTarget) Close() error {
	if err := s.conn.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}
