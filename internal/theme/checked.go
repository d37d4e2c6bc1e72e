package theme

import (
	"errors"
	"maps"
	"slices"
	"sync"

	"qinglian/internal/digest"
	"qinglian/internal/flat"
	"qinglian/internal/stencil"
)

// Checked is what a theme came to in which layouts and assets are in order. Who loads
// the very same files again need not check and minify them: a layout is made ready when
// it is executed for the first time. The zero Checked is that of no theme.
type Checked struct {
	of      digest.Digest // the files, and the keys that kinds have
	layouts []checkedLayout
	assets  []Asset
}

type checkedLayout struct {
	name   string
	digest digest.Digest
}

// Tape records or plays a Checked.
func (c *Checked) Tape(t *flat.Tape) {
	t.Bytes(c.of[:])
	flat.Slice(t, &c.layouts, func(t *flat.Tape, l *checkedLayout) {
		t.String(&l.name)
		t.Bytes(l.digest[:])
	})
	flat.Slice(t, &c.assets, func(t *flat.Tape, a *Asset) {
		text := string(a.Bytes)
		t.String(&a.Path)
		t.String(&a.file)
		t.String(&text)
		a.Bytes = []byte(text)
	})
}

// Same reports whether two came of the same files.
func (c Checked) Same(other Checked) bool { return c.of == other.of }

// Checked is what is to be kept of a theme; zero if its layouts or assets are not in order.
func (t *Theme) Checked() Checked { return t.checked }

// digest stands for all that checking a theme looks at, but for the program.
func (l *loader) digest() digest.Digest {
	h := digest.New("theme").String(l.name).String(l.fields...)
	for _, name := range slices.Sorted(maps.Keys(l.files)) {
		h.String(name, l.files[name].shown, l.files[name].text)
	}
	return h.Sum()
}

// make fills in the theme's assets and layouts, those that are known to be in order
// without looking at them again.
func (l *loader) make(t *Theme, c contract, known Checked) {
	now := Checked{of: l.digest()}
	if known.of == now.of {
		t.checked, t.Assets = known, known.assets
		for _, k := range known.layouts {
			t.layouts[k.name] = l.later(t, k, c)
		}
		return
	}
	before := len(l.problems)
	var assets sync.WaitGroup
	assets.Go(func() { t.Assets = l.assets() })
	l.parseAll()
	assets.Wait()
	l.layouts(t, c)
	if len(l.problems) > before {
		return
	}
	now.assets = t.Assets
	for _, name := range slices.Sorted(maps.Keys(t.layouts)) {
		now.layouts = append(now.layouts, checkedLayout{name, t.layouts[name].Digest})
	}
	t.checked = now
}

// later is a layout that was checked and is made ready when it is needed.
func (l *loader) later(t *Theme, k checkedLayout, c contract) *Layout {
	return &Layout{Digest: k.digest, Needs: c.Layouts[k.name].needs(),
		set: sync.OnceValues(func() (*stencil.Set, error) {
			made := l.layout(t, l.set("layouts/"+k.name+".html"))
			if made == nil || made.Digest != k.digest {
				return nil, errors.New("the theme is not as it was when it was checked")
			}
			return made.set()
		})}
}
