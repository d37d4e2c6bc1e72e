package palette

import (
	"fmt"
	"testing"

	"github.com/lucasb-eyer/go-colorful"
)

// TestOf: a palette is made of any colour that can be read, and of no other.
func TestOf(t *testing.T) {
	for _, c := range []struct{ given, nearest string }{
		{"#9c2a20", ""}, {"#1d4f91", ""}, {"#1b6570", ""}, {"#000000", ""}, {"#a21", ""}, {"#333333", ""},
		{"#ffcc00", "#806606"}, {"#ffffff", "#696969"}, {"red", ""}, {"", ""}, {"#12345", ""},
	} {
		p, nearest := Of(c.given)
		if nearest != c.nearest {
			t.Errorf("%s: nearest %q, want %q", c.given, nearest, c.nearest)
		}
		if made, want := p != (Palette{}), c.nearest == "" && c.given != "red" && len(c.given)%3 == 1 && c.given != ""; made != want {
			t.Errorf("%s: made %v", c.given, made)
		}
	}
}

// TestPairs: whatever the colour, what must stand out does, in both palettes; and the
// nearest to one that is refused is accepted.
func TestPairs(t *testing.T) {
	made := 0
	for r := 0; r < 256; r += 23 {
		for g := 0; g < 256; g += 23 {
			for b := 0; b < 256; b += 23 {
				given := fmt.Sprintf("#%02x%02x%02x", r, g, b)
				_, nearest := Of(given)
				if nearest != "" {
					if p, _ := Of(nearest); p == (Palette{}) {
						t.Errorf("%s: the nearest, %s, is refused, too", given, nearest)
					}
					continue
				}
				made++
				tone, err := colorful.Hex(given)
				if err != nil {
					t.Fatal(err)
				}
				dark := darkOf(tone)
				for _, pair := range pairs {
					if c := contrast(dark[pair.ground], dark[pair.text]); c < pair.least {
						t.Errorf("%s, dark: %s on %s: %.2f", given, pair.text, pair.ground, c)
					}
				}
			}
		}
	}
	if made < 300 {
		t.Errorf("%d colours were accepted", made)
	}
}
