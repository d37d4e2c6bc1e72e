package main

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"qinglian/internal/address"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/mend"
	"qinglian/internal/published"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
)

// move is an article that has another address than when it was published.
type move struct {
	from string // published
	to   string // its file
}

// moved gives articles that are known again under another address the one that they had
// before, and has links to their old files lead to the new ones. Only the files that are
// to be fixed are touched.
func (f *fixer) moved(files []string) error {
	moves, err := f.moves()
	if err != nil {
		return err
	}
	for _, m := range moves {
		if !slices.Contains(files, m.to) {
			continue
		}
		err := f.rewrite(m.to, func(text []byte) []mend.Change {
			changes, ok := mend.Moved(f.compiler, m.to, text, m.from)
			if !ok {
				f.left[m.to] = true
			}
			return changes
		})
		if err != nil {
			return err
		}
	}
	for _, name := range files {
		if len(moves) == 0 || !content.IsArticle(name) {
			continue
		}
		if err := f.rewrite(name, func(text []byte) []mend.Change {
			return mend.Relink(f.compiler, name, text, func(dest string) string { return relinked(moves, name, dest) })
		}); err != nil {
			return err
		}
	}
	return nil
}

// moves are the articles that moved, as far as it is certain which.
func (f *fixer) moves() (moves []move, err error) {
	before, err := snapshot.ReadRecord(f.site)
	if err != nil || len(before) == 0 {
		return nil, err
	}
	docs, err := f.docs()
	if err != nil {
		return nil, err
	}
	there, at := map[string]bool{}, map[string]string{}
	for _, d := range docs {
		if d.Index || d.Section == config.TermsFolder {
			continue
		}
		there[d.Address()], at[d.Address()] = true, d.Path
		for _, alias := range d.Card.Aliases {
			there[alias] = true
		}
	}
	gone := slices.DeleteFunc(slices.Clone(before), func(e published.Entry) bool { return there[e.Path] })
	if len(gone) == 0 {
		return nil, nil
	}
	fresh, err := f.fresh(before, at)
	if err != nil {
		return nil, err
	}
	for _, e := range gone {
		if to, ok := e.Moved(fresh); ok {
			moves = append(moves, move{e.Path, at[to.Path]})
		}
	}
	return moves, nil
}

// fresh are the articles with addresses that were not published, as they would be
// recorded.
func (f *fixer) fresh(before published.Record, at map[string]string) (fresh published.Record, err error) {
	for _, to := range slices.Sorted(maps.Keys(at)) {
		if _, known := before.Find(to); known {
			continue
		}
		raw, err := f.site.ReadUpTo(at[to], source.MaxText)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", at[to], err)
		}
		text, _ := source.Text(at[to], raw)
		doc := f.compiler.Compile(at[to], text)
		fresh = append(fresh, published.EntryOf(f.compiler.Config.Zone, to, &doc))
	}
	return fresh, nil
}

// relinked is what a link in a file is to say, if it leads to the old file of an article
// that moved; "" for any other. The file was called as its address is.
func relinked(moves []move, name, dest string) string {
	dest, part, whole := strings.Cut(dest, "#")
	if whole {
		part = "#" + part
	}
	old := path.Join(path.Dir(name), dest)
	if strings.HasPrefix(dest, "/") {
		old = path.Join(content.Folder, dest)
	}
	if !content.IsArticle(old) {
		return ""
	}
	old = strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(old, content.Folder+"/"), path.Ext(old)), "/index") +
		".html"
	for _, m := range moves {
		switch {
		case m.from != old:
		case strings.HasPrefix(dest, "/"):
			return strings.TrimPrefix(m.to, content.Folder) + part
		default:
			return address.Rel(name, m.to) + part
		}
	}
	return ""
}

// rewrite changes one file and shows how.
func (f *fixer) rewrite(name string, find func(text []byte) []mend.Change) error {
	raw, err := f.site.ReadUpTo(name, source.MaxText)
	if err != nil {
		return err
	}
	text, problems := source.Text(name, raw)
	if problems.Count(diag.Error) > 0 {
		return nil // it is said when the file's own turn comes
	}
	changes := find(text)
	if len(changes) == 0 {
		return nil
	}
	return f.put(name, raw, changes)
}
