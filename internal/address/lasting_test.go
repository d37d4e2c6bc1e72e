package address

import "testing"

// TestLasting: names that change with what is in them, and those like them that do not.
func TestLasting(t *testing.T) {
	for path, want := range map[string]bool{
		"assets/lotus.d5b790065d.css": true, "assets/qing-dark.c5d6639ffb.css": true, "search/w6veotl.js": true, "search/t-w6veotl.js": true,
		"search/index.js": false, "assets/lotus.css": false, "assets/a/lotus.d5b790065d.css": false, "x/assets/lotus.d5b790065d.css": false,
		"assets/lotus.d5b790065d.css.html": false, "search/w6veotl.json": false, "index.html": false, "examples/a.480w.jpg": false,
	} {
		if Lasting(path) != want {
			t.Errorf("%s: %v", path, !want)
		}
	}
}
