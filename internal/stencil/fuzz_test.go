package stencil

import (
	"html/template"
	"reflect"
	"regexp"
	"testing"
)

// FuzzEscapers holds our copies of html/template's escapers against the originals.
func FuzzEscapers(f *testing.F) {
	for _, s := range []string{"", "文 <b> & \"'+\x00", "javascript:x", "JAVASCRIPT:", "HTTPS://a/?q=1&b#c", "mailto:a", "a/b:c", ":", "%41%4%zz%", "\xff\u2028\ufdd0", hostile} {
		f.Add(s)
	}
	originals := map[string]func(any) (string, error){}
	for name := range copies {
		original, err := borrow(name)
		if err != nil {
			f.Fatal(err)
		}
		originals[name] = original
	}
	f.Fuzz(func(t *testing.T, text string) {
		for name, e := range copies {
			e.borrowed = originals[name]
			for _, v := range []any{text, len(text), nil, template.HTML(text), template.URL(text), named(text), shown(len(text)), &text} {
				want, err := e.borrowed(v)
				if err != nil {
					t.Fatal(err)
				}
				var s state
				if s.print(reflect.ValueOf(v), []escaper{e}); string(s.out) != want {
					t.Errorf("%s of %T %q: %q, html/template gives %q", name, v, v, s.out, want)
				}
			}
		}
	})
}

var (
	longNumber = regexp.MustCompile(`\d{3}`)
	nested     = regexp.MustCompile(`(?s)\{\{-?\s*(define|block).*(template|block).*(define|block|template)`)
)

// FuzzExecute: any template, of anything, gives what html/template gives.
func FuzzExecute(f *testing.F) {
	for _, text := range append(known, others...) {
		f.Add(text, "文")
		f.Add(text, hostile)
	}
	f.Fuzz(func(t *testing.T, text, data string) {
		if longNumber.MatchString(text) || nested.MatchString(text) || len(text) > 300 || len(data) > 1000 {
			t.Skip("html/template itself might not come to an end")
		}
		compare(t, text, full(data))
	})
}
