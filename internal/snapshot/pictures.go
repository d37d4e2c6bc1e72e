package snapshot

import (
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"sync"

	"qinglian/internal/build"
	"qinglian/internal/cache"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/image"
	"qinglian/internal/source"
)

// memory is what all pictures that are worked on at once may take, in bytes. One
// of 12 megapixels takes about 40 MB, so both cores of a small machine are busy.
const memory = 192 << 20

// gallery makes pictures, each once in its life: what was made stays in the
// cache by what it was made from, whatever becomes of the rest of the cache.
// All that is wanted of one file is made together, since decoding costs most. Who
// verifies compares with what is kept: its name is the digest of the picture's bytes,
// which are read again, and of the operation, and it carries a checksum.
type gallery struct {
	site   *source.Site
	folder string // in the site's, of what was made; "" to keep nothing
	budget *image.Budget
	works  map[digest.Digest]*work // by what they are made from: a file may lie beside two articles
}

// work is what is wanted of files with the same bytes.
type work struct {
	mu   sync.Mutex
	from digest.Digest
	ops  []image.Operation
}

func newGallery(s *source.Site, opt Options) *gallery {
	return &gallery{site: s, folder: opt.Pictures,
		budget: image.NewBudget(memory), works: map[digest.Digest]*work{}}
}

// plan notes that an operation is wanted of a file, and is its Render. All is
// planned before anything is rendered.
func (g *gallery) plan(file string, from digest.Digest, op image.Operation) func(io.Writer) error {
	w := g.works[from]
	if w == nil {
		w = &work{from: from}
		g.works[from] = w
	}
	if !slices.Contains(w.ops, op) {
		w.ops = append(w.ops, op)
	}
	return func(out io.Writer) error { return g.render(out, file, w, op) }
}

func (g *gallery) render(out io.Writer, file string, w *work, op image.Operation) error {
	w.mu.Lock() // who comes second finds what the first has made
	defer w.mu.Unlock()
	if made, ok := g.load(w, op); ok {
		_, err := io.WriteString(out, made)
		return err
	}
	missing := g.missing(w, op)
	raw, err := g.site.Read(file)
	if err != nil {
		return build.Machine{Err: err}
	}
	if digest.Of(raw) != w.from {
		return build.Machine{Err: fmt.Errorf("%s changed while it was worked on", file)}
	}
	variants, err := image.Make(context.Background(), g.budget, file, raw, missing...)
	if err != nil {
		return err
	}
	for i, v := range variants {
		if err := g.keep(w, missing[i], v.Bytes); err != nil {
			return build.Machine{Err: err}
		}
		if missing[i] == op {
			if _, err := out.Write(v.Bytes); err != nil {
				return err
			}
		}
	}
	return nil
}

// missing is what is to be made together with an operation.
func (g *gallery) missing(w *work, op image.Operation) []image.Operation {
	if g.folder == "" {
		return []image.Operation{op}
	}
	return slices.DeleteFunc(slices.Clone(w.ops), func(o image.Operation) bool {
		return o != op && cache.Has(g.site.Root, g.kept(w, o))
	})
}

// kept is the name under which a result is kept.
func (g *gallery) kept(w *work, op image.Operation) string {
	return path.Join(g.folder, digest.New("made").Digest(w.from, op.Digest()).Sum().String())
}

func (g *gallery) load(w *work, op image.Operation) (made string, ok bool) {
	if g.folder == "" {
		return "", false
	}
	return cache.Load(g.site.Root, g.kept(w, op), digest.Digest{})
}

func (g *gallery) keep(w *work, op image.Operation, made []byte) error {
	if g.folder == "" {
		return nil
	}
	return cache.Share(g.site.Root, g.kept(w, op), digest.Digest{}, made)
}

// wanted are the names of all results that are planned.
func (g *gallery) wanted() (names []string) {
	for _, w := range g.works {
		for _, op := range w.ops {
			names = append(names, g.kept(w, op))
		}
	}
	return names
}

// drawn are the endings of files that are looked at as pictures, whatever they
// turn out to be.
var drawn = []string{".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".gif", ".webp", ".svg",
	".heic", ".heif", ".avif", ".bmp", ".tif", ".tiff"}

func isDrawn(name string) bool {
	return slices.Contains(drawn, strings.ToLower(path.Ext(name)))
}

// inspect looks at a picture's file, which is published if static as it is.
func inspect(name string, raw []byte, static bool) (info *image.Info, problems diag.List) {
	i, problems := image.Inspect(name, raw)
	switch {
	case !static:
	case i.Format == image.SVG || problems.Count(diag.Error) > 0:
		problems = nil // what lies in static/ is the writer's own affair
	case i.Private:
		problems = diag.List{private(name)}
	default:
		problems = nil
	}
	if problems.Count(diag.Error) > 0 || i.Format == 0 {
		return nil, problems
	}
	return &i, problems
}

// disguised refuses a photograph whose name does not say that it is one: it would
// be published as it is, with all that its camera noted.
func disguised(name string, raw []byte) diag.List {
	info, problems := image.Inspect(name, raw)
	if info.Format == 0 || info.Format == image.SVG {
		return nil
	}
	for i := range problems {
		problems[i].Severity = diag.Error
	}
	return problems
}

// private is the message about a picture that is published with what its camera
// noted.
func private(name string) diag.Diagnostic {
	return diag.Diagnostic{Rule: "private-picture", Severity: diag.Warning, File: name,
		Message: diag.Say("这张图片里有拍摄地点、作者或设备等信息，static 里的文件会原样发布",
			"this picture holds place, author, camera or the like, and what is in static is published as it is"),
		Hint: diag.Say("把图片放到文章旁边，在文章里引用，这些信息会自动去掉",
			"put the picture beside an article and refer to it there: all that is then taken out")}
}
