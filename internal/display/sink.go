package display

import (
	"html/template"
	"strings"
	"time"

	"qinglian/internal/address"
	"qinglian/internal/digest"
	"qinglian/internal/headline"
	"qinglian/internal/view"
)

// Sink takes the parts of a view. One that fills in writes each part to where it
// belongs. One that digests adds it up instead, and never touches the view: the
// value that it is given then is scrap, and stays zero.
//
// What decides which parts there are (how many, whether there is one) goes through
// the sink as well: that is what [Each] and [Maybe] are for.
type Sink struct {
	hash *digest.Hash // nil: it fills in
	link linking
	root string // from the page to the site's root
}

// linking makes the link to a published path.
type linking func(to string) string

// Digesting is a sink that digests, for a kind of thing.
func Digesting(kind string) *Sink { return &Sink{hash: digest.New(kind)} }

// Filling is a sink that fills in views for the page at a path, relative to which
// their links are.
func Filling(path string) *Sink {
	return &Sink{root: address.Root(path), link: func(to string) string { return address.Rel(path, to) }}
}

// Through is a sink that fills in views for all pages that reach the site's root
// through root.
func Through(root string) *Sink {
	return &Sink{root: root, link: func(to string) string { return root + to }}
}

// Sum is the digest of all that was put into a sink that digests.
func (s *Sink) Sum() digest.Digest { return s.hash.Sum() }

// Reset empties a sink that digests, for another kind of thing.
func (s *Sink) Reset(kind string) { s.hash.Reset(kind) }

// Text puts a text.
func (s *Sink) Text(to *string, text string) {
	if s.hash != nil {
		s.hash.String(text)
		return
	}
	*to = text
}

// HTML puts HTML that is safe.
func (s *Sink) HTML(to *template.HTML, safe string) {
	if s.hash != nil {
		s.hash.String(safe)
		return
	}
	*to = template.HTML(safe)
}

// Headline puts a title with the places where its lines may end.
func (s *Sink) Headline(to *template.HTML, title string, cuts []int) {
	if s.hash == nil {
		*to = headline.HTML(title, cuts)
		return
	}
	s.hash.String(title).Int(int64(len(cuts)))
	for _, at := range cuts {
		s.hash.Int(int64(at))
	}
}

// URL puts the address of a published path; none for "".
func (s *Sink) URL(to *string, path string) {
	switch {
	case s.hash != nil:
		s.hash.String(path)
	case path == "":
		*to = ""
	default:
		*to = s.link(path)
	}
}

// Bool puts whether something is so.
func (s *Sink) Bool(to *bool, is bool) {
	if s.hash != nil {
		s.hash.Bool(is)
		return
	}
	*to = is
}

// Int puts a number.
func (s *Sink) Int(to *int, n int) {
	if s.hash != nil {
		s.hash.Int(int64(n))
		return
	}
	*to = n
}

// Share puts how many of a hundred n of all are.
func (s *Sink) Share(to *float64, n, all int) {
	if s.hash != nil {
		s.hash.Int(int64(n), int64(all))
		return
	}
	*to = percent(n, all)
}

// Date puts a moment, which may be zero.
func (s *Sink) Date(to *view.Date, t time.Time) {
	if s.hash != nil {
		_, east := t.Zone()
		s.hash.Int(t.Unix(), int64(east))
		return
	}
	*to = date(t)
}

// If puts whether a condition holds on which parts depend, and returns it.
func (s *Sink) If(holds bool) bool {
	if s.hash != nil {
		s.hash.Bool(holds)
	}
	return holds
}

// Picture puts a picture, which may be nil.
func (s *Sink) Picture(to **view.Picture, p *picture) {
	if s.hash != nil {
		p.digest(s.hash)
		return
	}
	*to = p.view(s.link)
}

// Made is [From] for a few texts.
func Made[V any](s *Sink, to *V, of []string, fill func(*V, []string)) {
	if s.hash != nil {
		s.hash.Int(int64(len(of))).String(of...)
		return
	}
	fill(to, of)
}

// From puts what is made of a value that has a digest already, and of nothing else:
// fill must be a function that sees no more than it is given.
func From[V, T any](s *Sink, to *V, of T, name digest.Digest, fill func(*V, T)) {
	if s.hash != nil {
		s.hash.Digest(name)
		return
	}
	fill(to, of)
}

// Known puts a value that has a digest already.
func Known[V any](s *Sink, to *V, value V, name digest.Digest) {
	if s.hash != nil {
		s.hash.Digest(name)
		return
	}
	*to = value
}

// Each puts a list, a value for each of from.
func Each[V, T any](s *Sink, to *[]V, from []T, put func(*V, T)) {
	if s.hash != nil {
		s.hash.Int(int64(len(from)))
		if len(*to) == 0 && len(from) > 0 {
			*to = make([]V, 1) // scrap
		}
		for _, t := range from {
			put(&(*to)[0], t)
		}
		return
	}
	*to = make([]V, len(from))
	for i, t := range from {
		put(&(*to)[i], t)
	}
}

// Maybe puts what is there only if from is.
func Maybe[V, T any](s *Sink, to **V, from *T, put func(*V, *T)) {
	if !s.If(from != nil) {
		return
	}
	if *to == nil {
		*to = new(V)
	}
	put(*to, from)
}

// Pick puts one of the values that were put as a list.
func Pick[V any](s *Sink, to *V, list []V, i int) {
	if s.hash != nil {
		s.hash.Int(int64(i))
		return
	}
	*to = list[i]
}

// Keyed puts the value of a key.
func Keyed[V any](s *Sink, to *map[string]V, key string, put func(*V)) {
	if s.hash != nil {
		s.hash.String(key)
	}
	if *to == nil {
		*to = map[string]V{}
	}
	var v V
	put(&v)
	(*to)[key] = v
}

// date is a moment as pages show it.
func date(t time.Time) view.Date {
	if t.IsZero() {
		return view.Date{}
	}
	machine := t.Format(time.RFC3339)
	day, clock, _ := strings.Cut(machine, "T")
	shown := day // a day was given: nobody publishes at midnight
	if hour, minute, second := t.Clock(); hour+minute+second > 0 {
		shown = day + " " + clock[:len("15:04")]
	}
	return view.Date{Machine: machine, Minute: shown, Day: Day(t)}
}

// Day is a day as pages show it.
func Day(t time.Time) string { return t.Format("2006年1月2日") }

// joined is several values as one text.
func joined(values []string) string { return strings.Join(values, "、") }
