package publish

import (
	"slices"

	"golang.org/x/sync/errgroup"

	"qinglian/internal/digest"
)

// Sum returns what of ours is in the folder, each file with the digest of its bytes.
// The Manifest may be lost or behind the folder: of a file that stands as it says it
// keeps the digest, if it has one, and the key; any other file is read, and will be
// rendered and compared by the next build.
func (d *Dir) Sum(m Manifest, jobs int) (Manifest, error) {
	paths := sorted(d.owned())
	if err := d.lookAt(slices.Values(paths), jobs); err != nil {
		return nil, err
	}
	var group errgroup.Group
	group.SetLimit(max(1, jobs))
	summed := make(Manifest, len(paths))
	for i, name := range paths {
		group.Go(func() (err error) {
			summed[i], err = d.summed(name, m)
			return err
		})
	}
	err := group.Wait()
	return slices.DeleteFunc(summed, func(made Made) bool { return made.Path == "" }), err
}

// summed is one file as it stands; its path is "" if it is not there.
func (d *Dir) summed(name string, m Manifest) (Made, error) {
	here, _, _, err := d.at(name)
	if err != nil || !here.regular {
		return Made{}, err
	}
	made, known := m.Find(name)
	if !known || made.Stamp != here.stamp {
		made = Made{Path: name, Stamp: here.stamp}
	}
	if made.Sum != (digest.Digest{}) {
		return made, nil
	}
	f, err := d.root.Open(name)
	if err != nil {
		return Made{}, err
	}
	defer f.Close()
	made.Sum, err = digest.OfAll(f)
	return made, err
}

// names reports whether the digest is that of some bytes, or was not asked for yet.
func (m Made) names(b []byte) bool { return m.Sum == digest.Digest{} || m.Sum == digest.Of(b) }
