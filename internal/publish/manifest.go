package publish

import (
	"maps"
	"os"
	"slices"

	"qinglian/internal/cache"
	"qinglian/internal/digest"
	"qinglian/internal/flat"
	"qinglian/internal/source"
)

// Manifest is what the last build put into a folder. Unlike the journal it may
// be lost: then everything is rendered and compared again.
type Manifest map[string]Made

// Made is one output as it was published.
type Made struct {
	Key   digest.Digest
	Stamp source.Stamp
	Parts string // build.Parts.Brief of the key
}

// made is one output on a tape.
type made struct {
	path string
	Made
}

func (m *made) tape(t *flat.Tape) {
	t.String(&m.path)
	t.Bytes(m.Key[:])
	m.Stamp.Tape(t)
	t.String(&m.Parts)
}

// Load is the Manifest that the program with the digest engine saved; nil if
// there is nothing whole.
func Load(root *os.Root, name string, engine digest.Digest) Manifest {
	body, ok := cache.Load(root, name, engine)
	if !ok {
		return nil
	}
	var all []made
	t := flat.Play(body)
	flat.Slice(t, &all, func(t *flat.Tape, m *made) { m.tape(t) })
	if !t.Whole() {
		return nil
	}
	m := make(Manifest, len(all))
	for _, one := range all {
		m[one.path] = one.Made
	}
	return m
}

// Save saves a Manifest for [Load], unless it is what was loaded.
func (m Manifest) Save(root *os.Root, name string, engine digest.Digest, loaded Manifest) error {
	if loaded != nil && maps.Equal(m, loaded) {
		return nil
	}
	const each = 160 // bytes that an output takes, about
	t := flat.Record(each * len(m))
	all := make([]made, 0, len(m))
	for _, path := range slices.Sorted(maps.Keys(m)) {
		all = append(all, made{path, m[path]})
	}
	flat.Slice(t, &all, func(t *flat.Tape, m *made) { m.tape(t) })
	return cache.Save(root, name, engine, t.Recorded())
}
