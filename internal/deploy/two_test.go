package deploy

import (
	"errors"
	"testing"

	"qinglian/internal/diag"
)

// TestTwo: of two deliveries at once, the one that finds what the other wrote stops, and
// what the other wrote stays; the next one puts all of it right.
func TestTwo(t *testing.T) {
	for name, before := range map[string]string{"the first ones": "", "later ones": "old.html=1 b.html=1"} {
		p := newPlace(t)
		if before != "" {
			run(t, p.delivery(before))
		}
		one, other := p.delivery("a.css=1 b.html=1"), p.delivery("b.html=2 c.html=2")
		read, meanwhile := one.Read, false
		one.Read = func(f File) ([]byte, error) {
			if !meanwhile {
				meanwhile = true
				run(t, other)
			}
			return read(f)
		}
		_, err := one.Run(t.Context())
		said := diag.List{}
		if !errors.As(err, &said) || said[0].Rule != "two-deliveries" {
			t.Fatalf("%s: it ends with %v", name, err)
		}
		found, err := other.Look(t.Context())
		if err != nil || found.Version != Version(other.Files) || found.Moving {
			t.Errorf("%s: the ledger is %+v (%v)", name, found, err)
		}
		one.Whole = true
		run(t, one)
		if got := p.has(); got != "a.css=1 b.html=1" {
			t.Errorf("%s: %s", name, got)
		}
	}
}
