package target

import (
	"context"
	"fmt"
	"time"
)

// Place is where a target is and who asks for it. What a protocol has no use for is empty.
type Place struct {
	Scheme string // folder, zip, or that of To
	To     string // an address without secrets, or the path of a folder or archive
	Ledger string // zip: the file of the ledger
	Now    time.Time
}

// Open connects to a place.
func Open(ctx context.Context, at Place) (Target, error) {
	switch at.Scheme {
	case "folder":
		return OpenFolder(at.To)
	case "zip":
		return OpenZip(at.To, at.Ledger, at.Now), nil
	}
	return nil, fmt.Errorf("%w: nothing is known of %s", ErrRefused, at.Scheme)
}
