package themes

import (
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"testing"
)

var colour = regexp.MustCompile(`--([a-z0-9-]+): #([0-9a-f]{6});`)

// TestTones: in each palette what is read stands out from what it stands on, as
// WCAG 2.2 AA asks.
func TestTones(t *testing.T) {
	for _, tone := range []string{"qing", "qing-dark", "red", "red-dark", "blue", "blue-dark"} {
		css, err := fs.ReadFile(FS, "lotus/assets/"+tone+".css")
		if err != nil {
			t.Fatal(err)
		}
		light := map[string]float64{}
		for _, m := range colour.FindAllStringSubmatch(string(css), -1) {
			light[m[1]] = luminance(m[2])
		}
		if len(light) != 17 {
			t.Errorf("%s has %d colours", tone, len(light))
		}
		hold := func(least float64, grounds []string, inks ...string) {
			for _, ground := range grounds {
				for _, ink := range inks {
					a, b := light[ground], light[ink]
					if ratio := (max(a, b) + .05) / (min(a, b) + .05); ratio < least {
						t.Errorf("%s: %s on %s: %.2f", tone, ink, ground, ratio)
					}
				}
			}
		}
		hold(4.5, []string{"paper", "panel", "wash"}, "ink", "soft", "tone", "tone-deep", "seal")
		hold(4.5, []string{"tone", "tone-deep"}, "paper")
		hold(4.5, []string{"petal-1"}, "ink", "tone-deep") // what is marked, and links in it
		hold(4.5, []string{"ground"}, "ground-ink", "ground-link")
		hold(3, []string{"paper"}, "petal-3") // what is in focus
	}
}

// luminance is WCAG's, of six hexadecimal digits.
func luminance(hex string) float64 {
	n, _ := strconv.ParseUint(hex, 16, 32)
	sum := 0.0
	for i, weight := range []float64{.0722, .7152, .2126} {
		c := float64(n>>(8*i)&255) / 255
		if c <= .04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
