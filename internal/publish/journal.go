package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"qinglian/internal/digest"
	"qinglian/internal/rooted"
)

// The journal says which files of an output folder are ours, and whose we are:
//
//	qinglian journal 2 ID           without the blank and ID for a site without one
//	DIGEST                          of the first line and of all below this one
//	examples/a.html                 the paths in their order, each on a line
//	"a\nb.txt"                      quoted as Go quotes, if it would not be a line as it is
//
// A text that is not exactly what [Dir.writeJournal] writes is none: what it lists could
// be somebody else's. Journal 1 had no id, quoted nothing, and its digest was that
// of the paths alone; it is still read.
const (
	journal    = ".qinglian"
	newJournal = ".qinglian-new" // until it is whole
	first      = "qinglian journal 1"
	second     = "qinglian journal 2"
)

// record is what a journal says.
type record struct {
	id      string
	entries string // paths, each on a line, as they are written
}

// heading is the first two lines of a journal. It has the digest of all of it, so it
// stands for the whole.
func (r record) heading() string {
	head := second
	if r.id != "" {
		head += " " + r.id
	}
	head += "\n"
	return head + digest.OfText(head, r.entries).String() + "\n"
}

// Entry is a path as it stands on its line.
func Entry(p string) string {
	if plain(p) {
		return p
	}
	if strings.HasPrefix(p, `"`) || !utf8.ValidString(p) || strings.ContainsFunc(p, unicode.IsControl) {
		return strconv.Quote(p)
	}
	return p
}

// plain reports whether a path is certainly a line as it is: nearly every one is.
func plain(p string) bool {
	for i := range len(p) {
		if c := p[i]; c <= ' ' || c >= 0x7f || c == '"' {
			return false
		}
	}
	return true
}

// Listed is the path of an [Entry]; ok is false if it is not one of a published file.
func Listed(entry string) (p string, ok bool) {
	p = entry
	if strings.HasPrefix(entry, `"`) {
		var err error
		if p, err = strconv.Unquote(entry); err != nil {
			return "", false
		}
	}
	return p, listable(p) && Entry(p) == entry
}

// listable reports whether a path can be that of a published file: one inside the
// folder that is none of our own.
func listable(p string) bool {
	inside := path.Clean(p) == p && p != "." && p != ".." && !path.IsAbs(p) && !strings.HasPrefix(p, "../")
	return inside && !strings.HasPrefix(p, journal)
}

// list writes paths, in their order, as entries.
func list(paths []string) (string, error) {
	var b strings.Builder
	b.Grow(64 * len(paths))
	for _, p := range paths {
		if !listable(p) {
			return "", unlistable(p)
		}
		b.WriteString(Entry(p))
		b.WriteByte('\n')
	}
	return b.String(), nil
}

func unlistable(p string) error { return fmt.Errorf("%q can't be the path of a published file", p) }

// each yields the paths of entries. ok is false if they are not as list writes
// them, each after the one before it.
func each(entries string, yield func(path string)) (ok bool) {
	last := ""
	for line := range strings.Lines(entries) {
		text, whole := strings.CutSuffix(line, "\n")
		p, ok := Listed(text)
		if !whole || !ok || p <= last {
			return false
		}
		yield(p)
		last = p
	}
	return true
}

// parse reads a journal.
func parse(text string) (r record, ok bool) {
	head, rest, _ := strings.Cut(text, "\n")
	sum, entries, _ := strings.Cut(rest, "\n")
	if head == first {
		return parseFirst(text, sum, entries)
	}
	id, ours := strings.CutPrefix(head, second)
	r = record{strings.TrimPrefix(id, " "), entries}
	if !ours || text[:len(text)-len(entries)] != r.heading() {
		return record{}, false
	}
	return r, each(entries, func(string) {})
}

// parseFirst reads a journal of the first form.
func parseFirst(text, sum, lines string) (r record, ok bool) {
	if text != first+"\n"+sum+"\n"+lines || digest.Of([]byte(lines)).String() != sum {
		return r, false
	}
	var paths []string
	for line := range strings.Lines(lines) {
		p, whole := strings.CutSuffix(line, "\n")
		if !whole {
			return r, false
		}
		paths = append(paths, p)
	}
	var err error
	if r.entries, err = list(paths); err != nil {
		return r, false
	}
	return r, each(r.entries, func(string) {}) // in their order, so that no name is two
}

// standing is how the journal was found.
type standing uint8

const (
	missing  standing = iota
	damaged           // nothing in it is taken for ours
	lineEnds          // it is whole but for its line ends, which something changed
	whole
)

// readJournal reads what is ours. Where there is no journal, or one that is
// damaged, nothing is: nothing is overwritten or deleted.
func (d *Dir) readJournal() error {
	d.own(record{})
	text, err := d.readText(journal)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	r, ok := parse(text)
	d.journal, d.standing = strings.TrimSuffix(text, r.entries), whole
	if !ok {
		d.journal, d.standing = "", lineEnds
		r, ok = parse(strings.ReplaceAll(text, "\r\n", "\n"))
	}
	if !ok {
		d.standing = damaged
		return nil
	}
	d.own(r)
	return nil
}

// readText reads a file, of which no copy is made.
func (d *Dir) readText(name string) (string, error) {
	f, err := d.root.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	var text strings.Builder
	if info, err := f.Stat(); err == nil {
		text.Grow(int(info.Size()))
	}
	_, err = io.Copy(&text, f)
	return text.String(), err
}

// own takes what a journal lists for ours.
func (d *Dir) own(r record) {
	d.record = r
	d.owned = sync.OnceValue(func() map[string]bool {
		owned := make(map[string]bool, strings.Count(r.entries, "\n"))
		each(r.entries, func(p string) { owned[p] = true })
		return owned
	})
}

// writeJournal lists what is ours from now on, in the name of a site.
func (d *Dir) writeJournal(id, entries string) error {
	r := record{id, entries}
	heading := r.heading()
	if heading == d.journal {
		return nil
	}
	if err := d.write(newJournal, heading, entries); err != nil {
		return err
	}
	if err := rooted.Rename(d.root, newJournal, journal); err != nil {
		return err
	}
	d.journal, d.standing, d.record = heading, whole, r
	return nil
}

// write writes a file, of which no copy is made.
func (d *Dir) write(name string, text ...string) error {
	f, err := d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	for _, t := range text {
		if err == nil {
			_, err = f.WriteString(t)
		}
	}
	return errors.Join(err, f.Close())
}

func sorted(set map[string]bool) []string {
	out := make([]string, 0, len(set))
	for p := range set {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}
