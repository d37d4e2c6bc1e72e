package target

import (
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"testing/synctest"
	"time"
)

// TestPatience: a connection that stands still is given up; one that moves, however
// slowly, in whichever direction, is not.
func TestPatience(t *testing.T) { synctest.Test(t, tryPatience) }

func tryPatience(t *testing.T) {
	const patience = 400 * time.Millisecond
	ours, theirs := net.Pipe()
	conn := patient{ours, patience}
	go func() {
		for range 6 {
			time.Sleep(patience / 4)
			io.ReadFull(theirs, make([]byte, 1))
		}
		theirs.Write([]byte("x"))
	}()
	came := make(chan error, 1)
	go func() {
		_, err := conn.Read(make([]byte, 1))
		came <- err
	}()
	for range 6 {
		if _, err := conn.Write([]byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	if err := <-came; err != nil {
		t.Errorf("a connection on which something is sent counts as lost: %v", err)
	}
	if _, err := conn.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) || !lost(err) {
		t.Errorf("a connection that stands still ends with %v", err)
	}
}
