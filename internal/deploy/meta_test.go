package deploy

import "testing"

// TestMeta: how long a file may be kept is what servers are told, too.
func TestMeta(t *testing.T) {
	for name, want := range map[string]string{
		"assets/lotus.d5b790065d.css": "public, max-age=31536000, immutable", "search/w6veotl.js": "public, max-age=31536000, immutable",
		"index.html": "public, max-age=300", "search/index.js": "public, max-age=300", "examples/a.480w.jpg": "public, max-age=300",
		"a/form.0123456789.pdf": "public, max-age=300", // somebody's own name, which says nothing of what is in it
	} {
		if got := meta(name).Cache; got != want {
			t.Errorf("%s: %s, not %s", name, got, want)
		}
	}
}
