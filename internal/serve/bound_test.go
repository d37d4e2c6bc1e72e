package serve

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"
)

// TestRoom: one machine that holds all it can takes none from others, and all
// others together none from this one; what is closed makes room.
func TestRoom(t *testing.T) {
	b := &bound{open: map[netip.Addr]int{}}
	from := func(i int) netip.Addr { return netip.AddrFrom4([4]byte{192, 0, 2, byte(i)}) }
	own := netip.Addr{}
	for range mostOfOne {
		if !b.enter(from(1)) {
			t.Fatal("no room at the beginning")
		}
	}
	if b.enter(from(1)) {
		t.Error("one machine has more than its own")
	}
	for i := range mostOthers - mostOfOne {
		if !b.enter(from(2 + i%200)) {
			t.Fatalf("no room for another, the %dth", i)
		}
	}
	if b.enter(from(250)) {
		t.Error("the others have more than theirs")
	}
	for range mostOwn {
		if !b.enter(own) {
			t.Fatal("no room for the editor")
		}
	}
	if b.enter(own) {
		t.Error("this machine has more than its own")
	}
	b.leave(own)
	b.leave(from(1))
	if !b.enter(own) || !b.enter(from(250)) || b.enter(from(251)) {
		t.Error("what was closed makes no room, or too much")
	}
	if b.others != mostOthers {
		t.Errorf("%d others are counted", b.others)
	}
}

func TestOrigin(t *testing.T) {
	for address, want := range map[string]string{
		"127.0.0.1:1": "", "[::1]:1": "", "[::ffff:127.0.0.1]:1": "", "[::ffff:192.0.2.1]:1": "192.0.2.1",
		"[fe80::1%eth0]:1": "fe80::1",
	} {
		got := origin(net.TCPAddrFromAddrPort(netip.MustParseAddrPort(address)))
		if want == "" && got.IsValid() || want != "" && got.String() != want {
			t.Errorf("%s is of %s", address, got)
		}
	}
}

// TestBound: a real server with more connections than it takes answers on those
// that it has, closes the rest, and answers again when they are let go.
func TestBound(t *testing.T) {
	b := newBench(t, How{})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	b.must(err)
	b.hosts = []string{l.Addr().String()}
	h := b.HTTP()
	go h.Serve(Bound(l.(*net.TCPListener))) //nolint:errcheck // it is closed
	defer h.Close()
	var held []net.Conn
	for range mostOwn {
		c, err := net.Dial("tcp", l.Addr().String())
		b.must(err)
		held = append(held, c)
	}
	beyond, err := net.Dial("tcp", l.Addr().String())
	b.must(err)
	b.must(beyond.SetReadDeadline(time.Now().Add(5 * time.Second)))
	if n, err := beyond.Read(make([]byte, 1)); n != 0 || err == nil || strings.Contains(err.Error(), "timeout") {
		t.Errorf("one beyond is not closed: %d %v", n, err)
	}
	ask := func(c net.Conn) string {
		b.must(c.SetDeadline(time.Now().Add(5 * time.Second)))
		_, err := io.WriteString(c,
			"GET /notices/one.html HTTP/1.1\r\nHost: "+l.Addr().String()+"\r\nConnection: close\r\n\r\n")
		b.must(err)
		text, _ := io.ReadAll(c)
		return string(text)
	}
	if text := ask(held[0]); !strings.HasPrefix(text, "HTTP/1.1 200 ") {
		t.Errorf("one that is held is answered %.80s", text)
	}
	for _, c := range held {
		c.Close()
	}
	until := time.Now().Add(5 * time.Second)
	for {
		c, err := net.Dial("tcp", l.Addr().String())
		b.must(err)
		if _, err := c.Write([]byte("GET /notices/one.html HTTP/1.1\r\nHost: " + l.Addr().String() + "\r\nConnection: close\r\n\r\n")); err == nil {
			if text, _ := io.ReadAll(c); bytes.HasPrefix(text, []byte("HTTP/1.1 200 ")) {
				return
			}
		}
		if time.Now().After(until) {
			t.Fatal("nobody is answered any more")
		}
	}
}

// TestEventsGoOn: the limits on a request's time are not those of events.
func TestEventsGoOn(t *testing.T) {
	b := newBench(t, How{})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	b.must(err)
	b.hosts = []string{l.Addr().String()}
	h := b.HTTP()
	h.ReadTimeout, h.WriteTimeout = 50*time.Millisecond, 50*time.Millisecond
	go h.Serve(l) //nolint:errcheck // it is closed
	defer h.Close()
	r, err := http.Get("http://" + l.Addr().String() + "/.preview/events?page=index.html")
	b.must(err)
	defer r.Body.Close()
	line := make([]byte, 256)
	_, err = r.Body.Read(line)
	b.must(err)
	time.Sleep(150 * time.Millisecond)
	b.Show(b.maker.Latest(), "notices/one.html")
	if n, err := r.Body.Read(line); err != nil || !strings.Contains(string(line[:n]), "notices/one.html") {
		t.Errorf("after the limits: %q %v", line[:n], err)
	}
}
