package online

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// turn is whose turn it is at a host: it is held during a request, and for a pause after.
type turn struct {
	held chan struct{} // of room for one
	next time.Time     // when the next request may begin
}

// roads are the ways to other sites: straight, where every address that is dialled is
// looked at, and by a proxy, whose own address is nobody's business.
type roads struct {
	*asking
	straight, proxied *http.Transport
}

func (a *asking) opener() *http.Client {
	dialer := &net.Dialer{Timeout: a.Patience}
	if !a.Inside {
		dialer.Control = publicOnly
	}
	proxy := a.Proxy
	if proxy == nil {
		proxy = http.ProxyFromEnvironment
	}
	a.Proxy = proxy
	straight := &http.Transport{DialContext: dialer.DialContext, ForceAttemptHTTP2: true, DisableKeepAlives: true}
	proxied := &http.Transport{Proxy: proxy, ForceAttemptHTTP2: true, DisableKeepAlives: true}
	return &http.Client{Transport: roads{a, straight, proxied}}
}

// RoundTrip makes one request, be it a link's own or one that a redirect asks for, when
// it is its host's turn. Only what heads the answer is waited for.
func (r roads) RoundTrip(request *http.Request) (*http.Response, error) {
	way, err := r.way(request)
	if err != nil {
		return nil, err
	}
	done, err := r.wait(request.Context(), strings.ToLower(request.URL.Host))
	if err != nil {
		return nil, err
	}
	defer done()
	ctx, cancel := context.WithTimeout(request.Context(), r.Patience)
	defer cancel()
	response, err := way.RoundTrip(request.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	response.Body.Close()
	response.Body = http.NoBody
	return response, nil
}

func (r roads) way(request *http.Request) (*http.Transport, error) {
	by, err := r.Proxy(request)
	if err != nil {
		return nil, err
	}
	if by == nil {
		return r.straight, nil
	}
	if !r.Inside && innerName(request.URL.Hostname()) {
		return nil, errPrivate
	}
	return r.proxied, nil
}

// wait waits for a host's turn; done gives it back.
func (a *asking) wait(ctx context.Context, host string) (done func(), err error) {
	a.mu.Lock()
	t := a.turns[host]
	if t == nil {
		t = &turn{held: make(chan struct{}, 1)}
		a.turns[host] = t
	}
	a.mu.Unlock()
	select {
	case t.held <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	select {
	case <-time.After(time.Until(t.next)):
	case <-ctx.Done():
		<-t.held
		return nil, ctx.Err()
	}
	return func() {
		t.next = time.Now().Add(a.Pause)
		<-t.held
	}, nil
}

// publicOnly refuses to dial what is not an address of the public internet.
func publicOnly(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%s: %w", address, err)
	}
	if !public(at.Addr()) {
		return errPrivate
	}
	return nil
}

// shared are the addresses behind a provider's own gateway, and those of "this network".
var shared = []netip.Prefix{netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("0.0.0.0/8")}

func public(at netip.Addr) bool {
	at = at.Unmap().WithZone("")
	for _, in := range shared {
		if in.Contains(at) {
			return false
		}
	}
	return at.IsGlobalUnicast() && !at.IsPrivate()
}

// innerName reports a name that leads into somebody's own network, as far as a name tells.
func innerName(host string) bool {
	if at, err := netip.ParseAddr(host); err == nil {
		return !public(at)
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if !strings.Contains(host, ".") { // of one word, or an address as one number
		return true
	}
	for _, end := range []string{".localhost", ".local", ".internal", ".lan", ".home.arpa"} {
		if strings.HasSuffix(host, end) {
			return true
		}
	}
	return false
}

// Inside reports whether a site's address is one of a private network.
func Inside(ctx context.Context, site string) bool {
	u, err := url.Parse(site)
	if err != nil || u.Hostname() == "" {
		return false
	}
	if at, err := netip.ParseAddr(u.Hostname()); err == nil {
		return !public(at)
	}
	found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", u.Hostname())
	if err != nil {
		return false
	}
	for _, at := range found {
		if public(at) {
			return false
		}
	}
	return true
}
