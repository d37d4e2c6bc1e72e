package target

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/textproto"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jlaffaye/ftp"
)

// ftpSession is one connection for commands, and one at a time for a file.
type ftpSession struct {
	client *ftp.ServerConn
	tls    *tls.Config // with the sessions that a file's connection continues
	broken bool        // commands and answers are no longer in step
	used   time.Time
	ctx    context.Context // of the call that uses it
	stop   func() bool     // ends its watch over that

	mutex sync.Mutex
	conns []net.Conn
}

// use does something on a connection of its own.
func (f *ftpTarget) use(ctx context.Context, work func(s *ftpSession) error) error {
	s, err := f.take(ctx)
	if err != nil {
		return err
	}
	return f.give(ctx, s, work(s))
}

// take returns a connection that nobody uses, which has to be given back.
func (f *ftpTarget) take(ctx context.Context) (*ftpSession, error) {
	for {
		select {
		case f.turns <- struct{}{}:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if s := f.rested(); s != nil {
			s.watch(ctx)
			if time.Since(s.used) < ftpStale || s.client.NoOp() == nil {
				return s, nil
			}
			s.stop()
			f.drop(s)
		}
		s, err := f.dial(ctx)
		switch {
		case err == nil:
			return s, nil
		case ended(ctx) != nil:
			err = ended(ctx)
		case full(err) && f.more():
			continue // one fewer than were asked for; whoever is done leaves another turn
		}
		<-f.turns
		return nil, err
	}
}

// rested takes an idle connection, if there is one.
func (f *ftpTarget) rested() *ftpSession {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	last := len(f.idle) - 1
	if last < 0 {
		return nil
	}
	s := f.idle[last]
	f.idle = f.idle[:last]
	return s
}

// more reports whether there are connections that somebody uses now.
func (f *ftpTarget) more() bool {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.open > 0
}

func (f *ftpTarget) drop(s *ftpSession) {
	s.kill()
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.open--
}

// give takes a connection back, and returns what came of its use.
func (f *ftpTarget) give(ctx context.Context, s *ftpSession, err error) error {
	if !s.stop() {
		s.broken = true
		if err != nil {
			err = ctx.Err()
		}
	}
	if s.broken {
		f.drop(s)
	} else {
		s.used = time.Now()
		f.mutex.Lock()
		f.idle = append(f.idle, s)
		f.mutex.Unlock()
	}
	<-f.turns
	return err
}

// full reports whether a server takes no more connections from here.
func full(err error) bool {
	var said *textproto.Error
	if !errors.As(err, &said) {
		return false
	}
	text := strings.ToLower(said.Msg)
	return said.Code == 421 || said.Code == 530 &&
		(strings.Contains(text, "maximum") || strings.Contains(text, "too many"))
}

func (f *ftpTarget) dial(ctx context.Context) (*ftpSession, error) {
	s := &ftpSession{}
	s.watch(ctx)
	options := []ftp.DialOption{ftp.DialWithDialFunc(s.dial)}
	if f.tls != nil {
		s.tls = f.tls.Clone()
		s.tls.ClientSessionCache = tls.NewLRUClientSessionCache(0)
		if f.at.Implicit {
			options = append(options, ftp.DialWithTLS(s.tls))
			options[0] = ftp.DialWithDialFunc(s.dialImplicit)
		} else {
			options = append(options, ftp.DialWithExplicitTLS(s.tls))
		}
	}
	var err error
	if s.client, err = ftp.Dial(f.address, options...); err == nil {
		err = s.client.Login(f.at.User, f.at.Password)
	}
	if err != nil {
		s.stop()
		s.kill()
		return nil, hide(f.refusal(err), f.at.Password)
	}
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.open++
	return s, nil
}

// refusal says what it means that a server does not let somebody in.
func (f *ftpTarget) refusal(err error) error {
	err = untrusted(err)
	var said *textproto.Error
	coded := errors.As(err, &said)
	if lost(err) || coded && (said.Code < 500 || full(err)) {
		return err
	}
	if coded && f.tls != nil && slices.Contains([]int{500, 502, 503, 504, 534}, said.Code) {
		err = fmt.Errorf("the server does not speak TLS here: %w", err)
	}
	if coded && said.Code == 530 {
		return fmt.Errorf("%w: %w", ErrLogin, err)
	}
	return refused(err)
}

// watch closes the connection when the context of a call ends before the call does.
func (s *ftpSession) watch(ctx context.Context) {
	s.ctx, s.stop = ctx, context.AfterFunc(ctx, s.kill)
}

func (s *ftpSession) kill() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, conn := range s.conns {
		conn.Close()
	}
}

// dial connects for commands the first time, then for files.
func (s *ftpSession) dial(network, address string) (net.Conn, error) {
	var dialer net.Dialer
	raw, err := dialer.DialContext(s.ctx, network, address)
	if err != nil {
		return nil, err
	}
	conn := patient{raw, patience}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if len(s.conns) == 0 {
		s.conns = []net.Conn{conn}
		return conn, s.ctx.Err()
	}
	s.conns = append(s.conns[:1], conn)
	if s.tls == nil {
		return conn, s.ctx.Err()
	}
	return &tlsFile{Conn: tls.Client(conn, s.tls)}, s.ctx.Err()
}

func (s *ftpSession) dialImplicit(network, address string) (net.Conn, error) {
	conn, err := s.dial(network, address)
	if plain, ok := conn.(patient); ok && err == nil {
		return tls.Client(plain, s.tls), nil
	}
	return conn, err
}

// tlsFile is a connection for one file. After a file was sent, what the server still says,
// tickets for further sessions, is read to its end: a system that closes a connection
// with something unread resets it, and the server may lose the end of the file.
type tlsFile struct {
	*tls.Conn
	sent bool
}

func (t *tlsFile) Write(b []byte) (int, error) {
	t.sent = true
	return t.Conn.Write(b)
}

func (t *tlsFile) Handshake() error { // of an empty file nothing else is sent
	t.sent = true
	return t.Conn.Handshake()
}

func (t *tlsFile) Close() error {
	if !t.sent {
		return t.Conn.Close()
	}
	err := t.CloseWrite()
	if err == nil {
		enough := time.AfterFunc(5*time.Second, func() { t.NetConn().Close() })
		io.Copy(io.Discard, t.Conn) // the server's answer says whether it has the file
		enough.Stop()
	}
	t.Conn.Close()
	return err
}

// continued is what else it may mean that a connection for a file fails.
const continued = "the server may want the session of TLS continued, which can't be done by TLS 1.2 without tickets, " +
	"nor with an expired certificate"

// answer is what a server says to a command: an error that it means, after which the next
// command can come, or one of the line.
func (s *ftpSession) answer(err error) error {
	if err == nil {
		return nil
	}
	var said *textproto.Error
	if !errors.As(err, &said) || said.Code == 421 {
		s.broken = true
		return err
	}
	text := strings.ToLower(said.Msg)
	if s.tls != nil && (said.Code == 522 || said.Code == 425 && strings.Contains(text, "not permitted")) {
		return refused(fmt.Errorf("%w (%s)", said, continued))
	}
	no := strings.Contains(text, "denied") || strings.Contains(text, "not permitted")
	if no || said.Code == 530 || said.Code == 532 {
		return refused(err)
	}
	return err
}

func (s *ftpSession) enter(folder string) error { return s.answer(s.client.ChangeDir(folder)) }

// folder is where the server is.
func (s *ftpSession) folder() (string, error) {
	at, err := s.client.CurrentDir()
	return strings.ReplaceAll(at, `""`, `"`), s.answer(err)
}

// create makes a folder and those above it.
func (s *ftpSession) create(folder string) error {
	err := s.enter(folder)
	if !missing(err) {
		return err
	}
	if above := path.Dir(folder); above != folder {
		if err := s.create(above); err != nil {
			return err
		}
	}
	if err = s.answer(s.client.MakeDir(folder)); err != nil && !s.broken && s.enter(folder) == nil {
		return nil // another stream was first
	}
	return err
}

func (s *ftpSession) stat(at string) (Stat, error) {
	entry, err := s.client.GetEntry(at)
	switch err := s.answer(err); {
	case err == nil && entry.Type == ftp.EntryTypeFolder, missing(err):
		return Stat{}, fs.ErrNotExist
	case err == nil:
		return Stat{Size: int64(entry.Size), Modified: entry.Time}, nil
	case s.broken || errors.Is(err, ErrRefused):
		return Stat{}, err
	}
	size, err := s.client.FileSize(at) // one that does not know how to describe a file
	if err := s.answer(err); missing(err) {
		return Stat{}, fs.ErrNotExist
	} else if err != nil {
		return Stat{}, err
	}
	modified, err := s.client.GetTime(at)
	if err != nil && s.client.IsGetTimeSupported() {
		return Stat{}, s.answer(err)
	}
	return Stat{Size: size, Modified: modified}, nil
}

// whole compares the size of a file that was sent, where the server knows it: a connection
// that is cut looks to it like the end of the file.
func (s *ftpSession) whole(at string, size int64) error {
	there, err := s.client.FileSize(at)
	var said *textproto.Error
	if errors.As(err, &said) && said.Code >= 500 && said.Code < 505 {
		return nil
	}
	if err := s.answer(err); err != nil {
		return err
	}
	if there != size {
		return fmt.Errorf("of %d bytes, %d have arrived", size, there)
	}
	return nil
}

func (s *ftpSession) rename(from, to string) error { return s.answer(s.client.Rename(from, to)) }

func (s *ftpSession) remove(name string) error {
	err := s.answer(s.client.Delete(name))
	if missing(err) {
		return fs.ErrNotExist
	}
	return err
}

// delete takes a file away. A server answers the same when there is none and when it
// does not want to: that it is still there tells them apart.
func (s *ftpSession) delete(at string) error {
	err := s.remove(at)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, err := s.stat(at); err != nil {
		return err
	}
	return refused(errors.New("the server does not delete " + at))
}
