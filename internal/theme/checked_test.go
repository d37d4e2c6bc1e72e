package theme

import (
	"bytes"
	"maps"
	"reflect"
	"slices"
	"sync"
	"testing"
	"testing/fstest"

	"qinglian/internal/flat"
	"qinglian/themes"
)

// kept is a Checked as the next process has it.
func kept(t *testing.T, c Checked) (back Checked) {
	t.Helper()
	var recorded flat.Tape
	c.Tape(&recorded)
	played := flat.Play(string(recorded.Recorded()))
	if back.Tape(played); !played.Whole() {
		t.Fatal("not whole")
	}
	return back
}

// TestChecked: a theme that is known to be in order is the theme that was checked, to
// the byte, also when all cores ask for its layouts at once.
func TestChecked(t *testing.T) {
	th := load(t, none)
	again, problems, err := Load("lotus", themes.FS, none, keys(), kept(t, th.Checked()))
	if err != nil || len(problems) > 0 || !again.Checked().Same(th.Checked()) {
		t.Fatal(err, problems)
	}
	if !reflect.DeepEqual(again.Assets, th.Assets) || len(again.Outputs) != len(th.Outputs) {
		t.Error("not the same assets or outputs")
	}
	if was, now := slices.Sorted(maps.Keys(th.layouts)), slices.Sorted(maps.Keys(again.layouts)); !slices.Equal(was, now) {
		t.Fatalf("layouts %v, want %v", now, was)
	}
	var all sync.WaitGroup
	for name, layout := range again.layouts {
		was := th.layouts[name]
		if layout.Digest != was.Digest || !reflect.DeepEqual(layout.Needs, was.Needs) {
			t.Errorf("%s has another digest, or other needs", name)
		}
		if classes[name] == "" {
			continue
		}
		all.Go(func() {
			for _, page := range pages(classes[name]) {
				var got, want bytes.Buffer
				failed, wanted := layout.Execute(&got, page), was.Execute(&want, page)
				if got.String() != want.String() || (failed == nil) != (wanted == nil) {
					t.Errorf("%s: not the same page, %v", name, failed)
				}
			}
		})
	}
	all.Wait()
}

// TestCheckedOther: what is known of other files, or of other kinds, counts for nothing,
// and nothing is known of a theme with a mistake.
func TestCheckedOther(t *testing.T) {
	known := load(t, none).Checked()
	for name, site := range map[string]fstest.MapFS{
		"a partial":       {"themes/lotus/partials/trail.html": file1("<p>{{.Title}}</p>")},
		"a layout":        {"layouts/home.html": file1(`{{define "main"}}<p>{{.Title}}</p>{{end}}`)},
		"a new layout":    {"layouts/fancy.html": file1(`{{define "main"}}<p>{{.Title}}</p>{{end}}`)},
		"an asset":        {"themes/lotus/assets/lotus.js": file1("let x = 1")},
		"a mistake":       {"layouts/home.html": file1(`{{define "main"}}{{.Titel}}{{end}}`)},
		"not a template":  {"layouts/home.html": file1(`{{define "main"}}{{if}}`)},
		"an asset's sign": {"themes/lotus/assets/lotus.css": file1("a{")},
	} {
		want, said, err := Load("lotus", themes.FS, site, keys(), Checked{})
		if err != nil {
			t.Fatal(err)
		}
		got, also, err := Load("lotus", themes.FS, site, keys(), known)
		if err != nil || !reflect.DeepEqual(also, said) || !reflect.DeepEqual(got.Assets, want.Assets) {
			t.Errorf("%s: %v, said %v, want %v", name, err, also, said)
		}
		for layout := range want.layouts {
			if got.layouts[layout].Digest != want.layouts[layout].Digest {
				t.Errorf("%s: layout %s is that of other files", name, layout)
			}
		}
		if got.Checked().Same(known) || len(said) > 0 && !got.Checked().Same(Checked{}) {
			t.Errorf("%s: it is taken for the one that is known, or for one without mistakes", name)
		}
	}
	if th, _, _ := Load("lotus", themes.FS, none, append(keys(), "more"), known); th.Checked().Same(known) {
		t.Error("with another field it is taken for the same")
	}
}
