package publish

import (
	"iter"
	"os"
	"slices"
	"sort"
	"strings"

	"qinglian/internal/build"
	"qinglian/internal/cache"
	"qinglian/internal/digest"
	"qinglian/internal/flat"
	"qinglian/internal/source"
)

// Manifest is what the last build put into a folder, in the order of paths, as
// the journal has them. Unlike the journal it may be lost: then everything is
// rendered and compared again.
type Manifest []Made

// Made is one output as it was published.
type Made struct {
	Path   string
	Rank   build.Rank
	Source string // build.Output.Source: the file of an article
	Key    digest.Digest
	Sum    digest.Digest // of its bytes; zero until [Dir.Sum] was asked for it
	Stamp  source.Stamp
	Parts  string // build.Parts.Brief of the key
}

func (m *Made) tape(t *flat.Tape) {
	t.String(&m.Path)
	rank := int(m.Rank)
	t.Int(&rank)
	m.Rank = build.Rank(rank)
	t.String(&m.Source)
	t.Bytes(m.Key[:])
	summed := m.Sum != digest.Digest{}
	if t.Bool(&summed); summed {
		t.Bytes(m.Sum[:])
	}
	m.Stamp.Tape(t)
	t.String(&m.Parts)
}

func (m Manifest) sort() {
	slices.SortFunc(m, func(a, b Made) int { return strings.Compare(a.Path, b.Path) })
}

// Find finds an output by its path.
func (m Manifest) Find(path string) (Made, bool) {
	i, ok := slices.BinarySearchFunc(m, path, func(made Made, path string) int {
		return strings.Compare(made.Path, path)
	})
	if !ok {
		return Made{}, false
	}
	return m[i], true
}

// finder finds where paths are in the manifest, soonest that behind the one before.
func (m Manifest) finder() func(path string) (at int, found bool) {
	next := 0
	return func(path string) (int, bool) {
		at, found := next, next < len(m) && m[next].Path == path
		if !found {
			at, found = sort.Find(len(m), func(i int) int { return strings.Compare(path, m[i].Path) })
		}
		next = at + 1
		return at, found
	}
}

// byPath is where the outputs are in the manifest.
func (m Manifest) byPath() map[string]int {
	index := make(map[string]int, len(m))
	for i := range m {
		index[m[i].Path] = i
	}
	return index
}

// Sources is what each path was made of.
func (m Manifest) Sources() map[string]string {
	of := make(map[string]string, len(m))
	for _, made := range m {
		of[made.Path] = made.Source
	}
	return of
}

// mostAsked is how many files of one folder a part of a manifest has at most: few enough
// that all cores are busy to the end.
const mostAsked = 4 << 10

// parts are those of a manifest, each of files in one folder.
func (m Manifest) parts() (parts []Manifest) {
	for from, i := 0, 1; i <= len(m); i++ {
		if i == len(m) || i-from == mostAsked || dirOf(m[i].Path) != dirOf(m[from].Path) {
			parts, from = append(parts, m[from:i]), i
		}
	}
	return parts
}

// names are those of the files in their folders.
func (m Manifest) names() iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := range m {
			if !yield(baseOf(m[i].Path)) {
				return
			}
		}
	}
}

// lists reports whether these entries of a journal are its paths.
func (m Manifest) lists(paths string) bool {
	for i := range m {
		line, rest, _ := strings.Cut(paths, "\n")
		if line != Entry(m[i].Path) {
			return false
		}
		paths = rest
	}
	return paths == ""
}

// Load is the Manifest that the program with the digest engine saved, and where its log
// ends; nil if there is nothing whole.
func Load(root *os.Root, name string, engine digest.Digest) (Manifest, cache.End) {
	body, changes, end := cache.LoadLog(root, name, engine)
	if end == (cache.End{}) {
		return nil, end
	}
	m := []Made{}
	t := flat.Play(body)
	tapeMade(t, &m)
	whole := t.Whole()
	edits := make([]flat.Edit[Made], len(changes))
	for i, change := range changes {
		t := flat.Play(change)
		edits[i].Tape(t, tapeMade)
		whole = whole && t.Whole()
	}
	if !whole {
		return nil, cache.End{}
	}
	return flat.After(m, edits, pathOf), end
}

func tapeMade(t *flat.Tape, m *[]Made) { flat.Slice(t, m, func(t *flat.Tape, m *Made) { m.tape(t) }) }

func pathOf(m *Made) string { return m.Path }

// Save saves a Manifest for [Load]: what differs from the one that was loaded, behind
// the end of its log.
func (m Manifest) Save(root *os.Root, name string, engine digest.Digest, loaded Manifest, end cache.End) error {
	if end != (cache.End{}) {
		e := flat.Between(loaded, m, pathOf, func(a, b *Made) bool { return *a == *b })
		if added, err := add(root, name, &e, end); added || err != nil {
			return err
		}
	}
	const each = 160 // bytes that an output takes, about
	t := flat.Record(each * len(m))
	tapeMade(t, (*[]Made)(&m))
	_, err := cache.SaveLog(root, name, engine, t.Recorded())
	return err
}

// Amend saves what differs from a Manifest that was loaded, as [Manifest.Save] does.
func (m Manifest) Amend(root *os.Root, name string, engine digest.Digest, e flat.Edit[Made], end cache.End) error {
	if added, err := add(root, name, &e, end); added || err != nil {
		return err
	}
	return Manifest(flat.After(m, []flat.Edit[Made]{e}, pathOf)).Save(root, name, engine, nil, cache.End{})
}

// add puts an edit behind the end of a log, if there is room, or nothing to be put there.
func add(root *os.Root, name string, e *flat.Edit[Made], end cache.End) (added bool, err error) {
	if e.None() {
		return true, nil
	}
	var t flat.Tape
	e.Tape(&t, tapeMade)
	if !end.Room(len(t.Recorded())) {
		return false, nil
	}
	_, err = cache.Add(root, name, end, t.Recorded())
	return true, err
}
