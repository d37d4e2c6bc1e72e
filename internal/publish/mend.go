package publish

import (
	"errors"
	"slices"
	"strings"

	"qinglian/internal/build"
	"qinglian/internal/flat"
	"qinglian/internal/source"
)

// Mend is [Dir.Make] where all outputs but those of an edit stand as the manifest has
// them, which [Dir.Stands] found just now, and no page goes. It takes time by the edit.
// What it comes to is an edit of the manifest.
func (d *Dir) Mend(m Manifest, edit flat.Edit[build.Output], how How) (out Outcome, made flat.Edit[Made], err error) {
	slices.SortFunc(edit.Put, func(a, b build.Output) int { return strings.Compare(a.Path, b.Path) })
	slices.Sort(edit.Gone)
	if err := d.free(m, edit.Put, how); err != nil {
		return out, made, err
	}
	if err := d.stageAll(edit.Put, how); err != nil {
		return out, made, errors.Join(err, d.Discard())
	}
	out.Rendered, out.Written, out.Deleted = len(edit.Put), len(d.staged), len(edit.Gone)
	if err := how.meanwhile(func() error { return d.commitEdit(m, edit, how.Owner.ID) }); err != nil {
		return out, made, err
	}
	fresh := 0
	for _, o := range edit.Put {
		if _, known := m.Find(o.Path); !known {
			fresh++
		}
		if stamp := d.stamp(o.Path); stamp != (source.Stamp{}) {
			made.Put = append(made.Put, madeOf(o, stamp))
		}
	}
	made.Gone = edit.Gone
	out.Unchanged = len(m) + fresh - len(edit.Gone) - out.Written
	return out, made, nil
}

// free refuses to publish where something else stands in the place of a new output.
func (d *Dir) free(m Manifest, put []build.Output, how How) error {
	var inTheWay []barred
	for _, o := range put {
		_, there, in, err := d.at(o.Path)
		if err != nil {
			return err
		}
		if _, ours := m.Find(o.Path); ours || !there && in.blocked == "" {
			continue
		}
		if obstacle := d.obstacle(o.Path); obstacle != "" {
			inTheWay = append(inTheWay, barred{o, obstacle})
		}
	}
	_, err := d.settle(inTheWay, nil, how)
	return err
}

// commitEdit is [Dir.Commit] of an edit. The journal stands if it has the same paths.
func (d *Dir) commitEdit(m Manifest, edit flat.Edit[build.Output], id string) error {
	var fresh []string
	for _, o := range edit.Put {
		if _, known := m.Find(o.Path); !known {
			fresh = append(fresh, o.Path)
		}
	}
	if len(fresh)+len(edit.Gone) == 0 {
		return d.place()
	}
	ours := make(map[string]bool, len(edit.Gone)) // nothing is asked of others
	gone := make([]Change, len(edit.Gone))
	for i, p := range edit.Gone {
		ours[p], gone[i] = true, Change{Path: p, Gone: true}
	}
	slices.SortFunc(gone, Order)
	d.owned = func() map[string]bool { return ours }
	all, stay, err := amended(d.record.entries, fresh, edit.Gone)
	if err != nil {
		return err
	}
	return d.replace(id, all, gone, stay)
}

// amended is the entries of a journal with paths that come, and these without those that
// go, all in the order of paths.
func amended(entries string, come, leave []string) (all, stay string, err error) {
	for _, p := range come {
		if !listable(p) {
			return "", "", unlistable(p)
		}
	}
	var with, without strings.Builder
	with.Grow(len(entries) + 64*len(come))
	without.Grow(len(entries) + 64*len(come))
	add := func(line string) {
		with.WriteString(line)
		without.WriteString(line)
	}
	for line := range strings.Lines(entries) {
		p := strings.TrimSuffix(line, "\n")
		if p[0] == '"' {
			p, _ = Listed(p)
		}
		for len(come) > 0 && come[0] < p {
			add(Entry(come[0]) + "\n")
			come = come[1:]
		}
		if len(leave) > 0 && leave[0] == p {
			with.WriteString(line)
			leave = leave[1:]
			continue
		}
		add(line)
	}
	for _, p := range come {
		add(Entry(p) + "\n")
	}
	return with.String(), without.String(), nil
}
