package target

import (
	"context"
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

// TestEnded: a deadline that has passed is one, also where nobody was told yet.
func TestEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		late := untold{ctx}
		if err := ended(late); err != nil {
			t.Error(err)
		}
		time.Sleep(time.Second)
		if err := ended(late); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("after the deadline: %v", err)
		}
	})
}

// untold is a context that does not know yet that its time is over.
type untold struct{ context.Context }

func (untold) Err() error { return nil }
