package theme

import (
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"qinglian/internal/digest"
)

// Asset is a file of the theme as it is published.
type Asset struct {
	Path  string // assets/lotus.1a2b3c4d5e.css
	Bytes []byte
	file  string // in the theme: lotus.css
}

// assets are the files of assets/ as they are published. A folder that is named like a
// file is published as one, its files joined in the order of their names, unless there is
// a file of that name.
func (l *loader) assets() []Asset {
	parts := map[string][]string{}
	for name := range l.files {
		if dir := path.Dir(name); path.Dir(dir) == "assets" && path.Ext(dir) != "" {
			parts[dir] = append(parts[dir], name)
		}
	}
	for _, name := range l.in("assets") {
		parts[name] = []string{name}
	}
	var out []Asset
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		var b []byte
		for _, part := range slices.Sorted(slices.Values(parts[name])) {
			small, err := l.minifier.asset(part, []byte(l.files[part].text))
			if err != nil {
				l.problem(l.files[part].shown, 0, 0, unreadable(err.Error()))
			}
			b = append(b, small...)
		}
		base := path.Base(name)
		ext := path.Ext(base)
		out = append(out, Asset{
			Path:  "assets/" + strings.TrimSuffix(base, ext) + "." + digest.Of(b).Short() + ext,
			Bytes: b, file: base,
		})
	}
	return out
}

// digestAssets adds the addresses of the assets that templates, as they are written, name.
func digestAssets(h *digest.Hash, t *Theme, templates ...string) {
	for _, a := range t.Assets {
		quoted := strconv.Quote(a.file)
		if slices.ContainsFunc(templates, func(text string) bool { return strings.Contains(text, quoted) }) {
			h.String(a.Path)
		}
	}
}
