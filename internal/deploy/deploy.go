// Package deploy carries a published folder to where readers find it: which files go, in
// which order, what is deleted there, and what is written down about it.
//
// Ownership is as in package publish. At the place lies a ledger, [Name], which lists what
// earlier deliveries of this site put there. Only that is overwritten or deleted. A file
// that it does not list is foreign: if one stands where a file must go, nothing is sent and
// all such files are named, unless it has the very bytes. Another site's ledger is refused,
// and so is one that is not exactly as it was written. If it is lost, what bears the site's
// mark is taken over when somebody says so ([Delivery.Adopt]).
//
// Before the first write the ledger lists what is about to be written as unsure: whether
// the place has the old bytes or the new ones, or nothing yet, will not be known if the
// delivery is cut. So what a cut one left is ours, and is sent again by the next; from time
// to time the ledger says what has arrived, so that this is little. Files go in the order
// of [publish.Order], each rank only when the one before has arrived, so that at any moment
// every page is whole and its parts are there. Deletions are last.
//
// Two deliveries at once are told apart by the ledger: who finds, before writing it, that
// it is not the one that was found or written last, leaves it alone and stops.
//
// Files are known by digest. One whose digest is the ledger's is not sent, from whatever
// machine. What has been sent is compared by size, and by MD5 where the target says one.
//
// The ledger holds nothing secret: where it lies, all that it lists can be read.
//
// Nothing here opens a file, a connection or reads a clock; all that is handed in.
package deploy

import (
	"context"
	"time"

	"qinglian/internal/build"
	"qinglian/internal/deploy/target"
	"qinglian/internal/digest"
)

// File is a published file, by content.
type File struct {
	Path string
	Rank build.Rank
	Sum  digest.Digest
	Size int64
}

// Version stands for what files hold, in the order of paths.
func Version(files []File) digest.Digest {
	h := digest.New("version").Int(int64(len(files)))
	for _, f := range files {
		h.String(f.Path).Digest(f.Sum)
	}
	return h.Sum()
}

// Site is the site that is delivered.
type Site struct{ ID, Title string }

// Delivery is what is to be carried, from where, and how.
type Delivery struct {
	Site  Site
	Files []File // in the order of paths
	Read  func(File) ([]byte, error)

	Open func(context.Context) (target.Target, error)
	// waits before a new connection; an error ends it; nil: there is one only
	Again func(ctx context.Context, try int) error

	Now      time.Time
	Adopt    bool                // take over what bears the site's mark
	Most     func(pages int) int // how many of so many pages may be deleted; nil: any number
	Whole    bool                // send what is there already, too: somebody may have changed it
	Dry      bool                // up to the first write
	Back     bool                // this is an earlier version, in place of the present one
	Anew     bool                // deliver even what was taken back before
	Progress func(Progress)      // may be nil; one call at a time
}

// Progress is how far a delivery is.
type Progress struct {
	Files, OfFiles int
	Bytes, OfBytes int64
}

// Outcome is what a delivery did, or would do.
type Outcome struct {
	New, Changed, Gone []string // paths
	Same               int      // files that were there already
	Bytes              int64    // of New and Changed
	Adopted            []string // of New: what stood there and was taken over
	Before, Ledger     Ledger   // as they were found and left
}

// None reports whether nothing is to be done.
func (o Outcome) None() bool { return len(o.New)+len(o.Changed)+len(o.Gone) == 0 }
