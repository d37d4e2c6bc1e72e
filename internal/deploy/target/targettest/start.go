// Package targettest starts real servers on loopback, each serving a folder of the test:
// OpenSSH's, ProFTPD, versitygw. They run as the user who runs the test, with keys and
// certificates made for it, and end with it. Only tests import it.
//
// Where root runs the test, the servers could write anywhere: they are locked into the
// test's folders.
//
// A server that is not installed skips the test, and fails it under REQUIRE_ALL=1. The
// Debian packages are openssh-server, proftpd-core and proftpd-mod-crypto; versitygw
// is built once, into the user's cache.
package targettest

import (
	"bytes"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// missing says that a test could not run, which is a failure only where everything has to.
func missing(t testing.TB, sentence string) {
	t.Helper()
	if os.Getenv("REQUIRE_ALL") == "1" {
		t.Fatal(sentence)
	}
	t.Skip(sentence)
}

// program is the path of a server, in the folders that servers are in.
func program(t testing.TB, name, from string) string {
	t.Helper()
	if found, err := exec.LookPath(name); err == nil {
		return found
	}
	for _, folder := range []string{"/usr/sbin"} {
		if found, err := exec.LookPath(filepath.Join(folder, name)); err == nil {
			return found
		}
	}
	missing(t, "no "+name+" here, so nothing was carried to it: install "+from)
	return ""
}

func write(t testing.TB, name, text string) string {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// me is the user who runs the test.
func me(t testing.TB) *user.User {
	t.Helper()
	u, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// free is an address on loopback that nobody listens at. Its port is none of those that
// systems give to who asks for any: one of those may be somebody's before the server starts.
func free(t testing.TB) string {
	t.Helper()
	for range 100 {
		l, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(15_000+rand.IntN(17_000)))
		if err != nil {
			continue
		}
		defer l.Close()
		return l.Addr().String()
	}
	t.Fatal("no port is free")
	return ""
}

// start runs a server until the test ends, and waits until it listens.
func start(t testing.TB, network, address string, server *exec.Cmd) {
	t.Helper()
	var said bytes.Buffer
	server.Stdout, server.Stderr = &said, &said
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	t.Cleanup(func() {
		server.Process.Kill() // those that it has started end with their connections
		<-ended
		if t.Failed() {
			t.Logf("%s said:\n%s", server.Path, said.Bytes())
		}
	})
	for begin := time.Now(); time.Since(begin) < time.Minute; time.Sleep(10 * time.Millisecond) {
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("%s ended: %v\n%s", server.Path, err, said.Bytes())
		default:
		}
		if conn, err := net.Dial(network, address); err == nil {
			conn.Close()
			return
		}
	}
	t.Fatalf("%s does not listen", server.Path)
}
