package publish

import (
	"bytes"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"qinglian/internal/digest"
)

const (
	journal = ".qinglian"
	header  = "qinglian journal 1\n"
)

// readJournal takes a journal whose checksum is wrong for none: then nothing
// is ours, and nothing that differs from what we publish is overwritten.
func (d *Dir) readJournal() error {
	d.own("")
	b, err := d.root.ReadFile(journal)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	text, ok := bytes.CutPrefix(b, []byte(header))
	sum, paths, cut := strings.Cut(string(text), "\n")
	if !ok || !cut || digest.Of([]byte(paths)).String() != sum {
		return nil
	}
	d.journal = string(b)
	d.own(paths)
	return nil
}

// own takes paths, each on a line, for ours.
func (d *Dir) own(paths string) {
	d.paths = paths
	d.owned = sync.OnceValue(func() map[string]bool {
		owned := make(map[string]bool, strings.Count(paths, "\n"))
		for p := range strings.Lines(paths) {
			owned[strings.TrimSuffix(p, "\n")] = true
		}
		return owned
	})
}

func (d *Dir) writeJournal(owned map[string]bool) error {
	var b strings.Builder
	for _, p := range sorted(owned) {
		b.WriteString(p)
		b.WriteByte('\n')
	}
	text := header + digest.Of([]byte(b.String())).String() + "\n" + b.String()
	if text == d.journal {
		return nil
	}
	if err := d.root.WriteFile(journal+"-new", []byte(text), 0o644); err != nil {
		return err
	}
	if err := d.root.Rename(journal+"-new", journal); err != nil {
		return err
	}
	d.journal = text
	d.own(b.String())
	return nil
}

func sorted(set map[string]bool) []string {
	out := make([]string, 0, len(set))
	for p := range set {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}
