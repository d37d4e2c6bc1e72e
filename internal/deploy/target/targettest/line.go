package targettest

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// Line is a way to a server that can be cut, or stand still.
type Line struct {
	Address string
	t       testing.TB
	state   *state
}

// state is of a line and of those that FTP opens beside it.
type state struct {
	mutex   sync.Mutex
	moves   sync.Cond
	left    int64 // bytes that still pass towards the server; negative: all
	passed  int64 // bytes that did
	stalled bool
	conns   []net.Conn
}

// NewLine makes a way to a server. What a server of plain FTP offers for the files
// themselves leads over the same line.
func NewLine(t testing.TB, to string) *Line {
	l := &Line{t: t, state: &state{left: -1}}
	l.state.moves.L = &l.state.mutex
	l.Address = l.open(to)
	t.Cleanup(func() { l.CutAfter(0) })
	return l
}

func (l *Line) open(to string) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		l.t.Error(err)
		return ""
	}
	l.t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go l.join(conn, to)
		}
	}()
	return listener.Addr().String()
}

// CutAfter cuts all connections once so many bytes more have passed towards the server,
// and those that are made later at once, until Mend.
func (l *Line) CutAfter(bytes int64) { l.state.set(bytes, false) }

// Passed is how many bytes have passed towards the server until now.
func (l *Line) Passed() int64 {
	l.state.mutex.Lock()
	defer l.state.mutex.Unlock()
	return l.state.passed
}

// Stall lets nothing pass towards the server, and cuts nothing, until Mend.
func (l *Line) Stall() { l.state.set(-1, true) }

// Mend lets everything pass again.
func (l *Line) Mend() { l.state.set(-1, false) }

func (s *state) set(left int64, stalled bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.left, s.stalled = left, stalled
	s.cut()
	s.moves.Broadcast()
}

// cut closes all connections when nothing is left.
func (s *state) cut() {
	if s.left != 0 {
		return
	}
	for _, conn := range s.conns {
		conn.Close()
	}
	s.conns = nil
}

func (s *state) add(conns ...net.Conn) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.conns = append(s.conns, conns...)
	s.cut()
}

// pass sends on as much as is left.
func (s *state) pass(to net.Conn, b []byte) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for s.stalled {
		s.moves.Wait()
	}
	if s.left < int64(len(b)) && s.left >= 0 && command(b) {
		s.left = 0
	}
	if s.left >= 0 {
		b = b[:min(int64(len(b)), s.left)]
		s.left -= int64(len(b))
	}
	s.passed += int64(len(b))
	_, err := to.Write(b)
	s.cut()
	return err
}

// command reports whether bytes are a command of FTP. It passes whole or not at all, as in
// a packet: ProFTPD does what half of one says, and so gives a file half of its name.
func command(b []byte) bool { return len(b) < 512 && bytes.HasSuffix(b, []byte("\r\n")) }

func (l *Line) join(from net.Conn, to string) {
	defer from.Close()
	server, err := net.Dial("tcp", to)
	if err != nil {
		return
	}
	defer server.Close()
	l.state.add(from, server)
	go func() {
		defer from.Close() // an end of either side ends both
		defer server.Close()
		l.answer(from, server)
	}()
	buf := make([]byte, 32<<10)
	for {
		n, err := from.Read(buf)
		if wrong := l.state.pass(server, buf[:n]); err != nil || wrong != nil {
			return
		}
	}
}

// passive is how a server of FTP says at which port it has a file.
var passive = regexp.MustCompile(`^229 .*\(\|\|\|(\d+)\|\)`)

// answer sends on what a server says; the ports that it names become lines.
func (l *Line) answer(to io.Writer, server net.Conn) {
	in := bufio.NewReader(server)
	if first, err := in.Peek(3); err != nil || string(first) != "220" { // not FTP
		in.WriteTo(to)
		return
	}
	host, _, _ := net.SplitHostPort(server.RemoteAddr().String())
	for {
		said, err := in.ReadString('\n')
		if m := passive.FindStringSubmatch(said); m != nil {
			_, port, _ := net.SplitHostPort(l.open(net.JoinHostPort(host, m[1])))
			said = strings.Replace(said, m[1], port, 1)
		}
		if _, wrong := io.WriteString(to, said); err != nil || wrong != nil {
			return
		}
		if strings.HasPrefix(said, "234 ") { // TLS from here on
			in.WriteTo(to)
			return
		}
	}
}
