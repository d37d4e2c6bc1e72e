package wechat

import (
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"qinglian/internal/config"
	"qinglian/themes"
)

// TestDark: what WeChat's own code makes of colours, each line of testdata/dark.txt.
func TestDark(t *testing.T) {
	b, err := os.ReadFile("testdata/dark.txt")
	if err != nil {
		t.Fatal(err)
	}
	facts := 0
	for line := range strings.Lines(string(b)) {
		light, dark, ok := strings.Cut(strings.TrimSpace(line), " → ")
		if strings.HasPrefix(line, "# ") {
			continue
		}
		from, want := strings.Split(light, " | "), strings.Split(dark, " | ")
		if !ok || len(from) != 3 || len(want) != 5 {
			t.Fatalf("not a fact: %s", line)
		}
		facts++
		got := shades(from[0], from[1], from[2])
		for i := range got {
			if want[i] != "-" && got[i] != want[i] {
				t.Errorf("%s%v", line, got)
				break
			}
		}
	}
	if facts < 80 {
		t.Errorf("%d facts", facts)
	}
}

// TestDarkShared: the same of a larger table, which lies beside the checked out
// repository where there is one.
func TestDarkShared(t *testing.T) {
	b, err := os.ReadFile(filepath.FromSlash("../../../../shared/darkmode/cases.json"))
	if errors.Is(err, fs.ErrNotExist) && os.Getenv("REQUIRE_ALL") != "1" {
		t.Skip("it is not there")
	}
	var all []struct {
		Color, Background, Outer string
		Dark                     struct{ Color, Background, Outer, Border string }
	}
	if err := errors.Join(err, json.Unmarshal(b, &all)); err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		got := shades(c.Outer, c.Background, c.Color)
		if want := []string{c.Dark.Outer, c.Dark.Background, c.Dark.Color, c.Dark.Border}; !slices.Equal(got[:4], want) {
			t.Errorf("%s on %s in %s: %v, want %v", c.Color, c.Background, c.Outer, got, want)
		}
	}
}

// shades are the dark forms of a block's background and, in it, of an element's
// background, its text, a border and an underline; of the text that is inherited if
// it has no colour of its own. A hyphen, or nothing, is no colour.
func shades(outer, ground, of string) (dark []string) {
	some := func(name, value string) string {
		if len(value) < 2 {
			return ""
		}
		return name + ":" + value + ";"
	}
	styleOuter, in := darkened(some("background-color", outer), behind{page, text})
	style, _ := darkened(some("background-color", ground)+some("color", of)+some("border-top", of)+some("text-decoration", of), in)
	for _, c := range []struct{ style, name string }{{styleOuter, "background-color"}, {style, "background-color"},
		{styleOuter + ";" + style, "color"}, {style, "border-top"}, {style, "text-decoration"}} {
		value := ""
		for declaration := range strings.SplitSeq(c.style, ";") {
			if v, ok := strings.CutPrefix(declaration, c.name+":"); ok {
				value = v
			}
		}
		dark = append(dark, value)
	}
	return dark
}

// TestReadable: with the styles of the built-in themes all text stands out from
// what it stands on, as WCAG 2.2 AA asks, in the light mode and in the dark one.
func TestReadable(t *testing.T) {
	boxed := map[string]string{"quote-text": "quote", "pre-text": "pre", "box-title": "box", "box-text": "box", "number": "box", "label": "box",
		"warning-title": "warning"}
	names, err := fs.Glob(themes.FS, "*/"+StylesFile)
	if err != nil || len(names) < 2 {
		t.Fatal(names, err)
	}
	for _, file := range names {
		b, err := fs.ReadFile(themes.FS, file)
		if err != nil {
			t.Fatal(err)
		}
		all, problems := Styles(file, string(b))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		for name, style := range all {
			style = style.Dressed(config.Config{}, false)
			for _, role := range Roles {
				around := style["article"]
				light, dark := seenIn(around, shade{colour{255, 255, 255}, text}), seenIn(darkOf(around), shade{page, text})
				_, in := darkened(around, behind{page, text})
				if box := style[boxed[role]]; box != "" {
					var changed string
					light = seenIn(box, light)
					changed, in = darkened(box, in)
					dark = seenIn(changed, dark)
				}
				changed, _ := darkened(style[role], in)
				light, dark = seenIn(style[role], light), seenIn(changed, dark)
				if c := light.contrast(); c < 4.5 {
					t.Errorf("%s %s, %s: %s on %s has a contrast of %.1f", file, name, role, light.text, light.ground, c)
				}
				if c := dark.contrast(); c < 4.5 {
					t.Errorf("%s %s, %s in the dark: %s on %s has a contrast of %.1f", file, name, role, dark.text, dark.ground, c)
				}
			}
		}
	}
}

// shade is a text and what it stands on, as they are seen.
type shade struct{ ground, text colour }

func darkOf(style string) string {
	changed, _ := darkened(style, behind{page, text})
	return changed
}

// seenIn is what declarations make of the shade around them.
func seenIn(style string, around shade) shade {
	for declaration := range strings.SplitSeq(style, ";") {
		name, value, _ := strings.Cut(declaration, ":")
		switch c, ok := parsed(value); {
		case ok && name == "color":
			around.text = c
		case ok && name == "background-color":
			around.ground = c
		}
	}
	return around
}

// contrast is that of https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
func (s shade) contrast() float64 {
	luminance := func(c colour) float64 {
		var linear colour
		for i, v := range c {
			if v /= 255; v <= .04045 {
				linear[i] = v / 12.92
			} else {
				linear[i] = math.Pow((v+.055)/1.055, 2.4)
			}
		}
		return .2126*linear[0] + .7152*linear[1] + .0722*linear[2]
	}
	a, b := luminance(s.ground), luminance(s.text)
	return (max(a, b) + .05) / (min(a, b) + .05)
}
