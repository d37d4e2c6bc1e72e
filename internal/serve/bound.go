package serve

import (
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// How many connections are open at once: of this machine, of one other, and of all
// others together. A browser opens six, for all of its tabs. What comes beyond is
// closed, not kept waiting: who is in the network and holds many takes none from
// the editors here, nor from the telephones of others while there are some left.
const (
	mostOwn    = 256
	mostOfOne  = 16
	mostOthers = 128
)

// HTTP is the server that answers on a listener. It gives up on a request
// that takes too long to arrive, an answer that is not read, a connection that is
// idle. The stream of events never ends: there each write has a limit of its own.
func (s *Server) HTTP() *http.Server { return limited(s) }

// HTTP is the server of the start page, with the same limits.
func (s *Start) HTTP() *http.Server { return limited(s) }

func limited(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 5 * time.Minute, IdleTimeout: time.Minute, MaxHeaderBytes: 64 << 10}
}

// Bound is a listener that has no more connections open at once than it should.
func Bound(l *net.TCPListener) net.Listener {
	return &bound{TCPListener: l, open: map[netip.Addr]int{}}
}

type bound struct {
	*net.TCPListener
	mu     sync.Mutex
	open   map[netip.Addr]int // by where they come from; the zero Addr is this machine
	others int
}

// Accept waits for a connection that there is room for.
func (b *bound) Accept() (net.Conn, error) {
	for {
		c, err := b.AcceptTCP()
		if err != nil {
			return nil, err
		}
		from := origin(c.RemoteAddr())
		if b.enter(from) {
			return &counted{TCPConn: c, leave: sync.OnceFunc(func() { b.leave(from) })}, nil
		}
		c.Close() //nolint:errcheck // nobody needs it
	}
}

// origin is the machine at an address.
func origin(a net.Addr) netip.Addr {
	at, err := netip.ParseAddrPort(a.String())
	if err != nil || at.Addr().Unmap().IsLoopback() {
		return netip.Addr{}
	}
	return at.Addr().Unmap().WithZone("")
}

func (b *bound) enter(from netip.Addr) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case !from.IsValid():
		if b.open[from] >= mostOwn {
			return false
		}
	case b.open[from] >= mostOfOne || b.others >= mostOthers:
		return false
	default:
		b.others++
	}
	b.open[from]++
	return true
}

func (b *bound) leave(from netip.Addr) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if from.IsValid() {
		b.others--
	}
	if b.open[from]--; b.open[from] == 0 {
		delete(b.open, from)
	}
}

// counted is a connection that is counted until it is closed.
type counted struct {
	*net.TCPConn
	leave func()
}

// Close closes the connection and makes room for another.
func (c *counted) Close() error {
	defer c.leave()
	return c.TCPConn.Close()
}
