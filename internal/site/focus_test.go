package site

import (
	"fmt"
	"strings"
	"testing"

	"qinglian/internal/content"
	"qinglian/internal/image"
)

// TestFocus: of photographs as offices take them no form of a cover cuts off the heads,
// unless its writer says where to look.
func TestFocus(t *testing.T) {
	forms := []image.Ratio{{Width: 8, Height: 5}, {Width: 2, Height: 1}, {Width: 1, Height: 1}, {Width: 900, Height: 383}}
	for _, photo := range []struct {
		what          string
		width, height int
		top, bottom   float64 // of the heads, in parts of the height
	}{
		{"a speaker, portrait, as WeChat sends it", 1080, 1440, .2, .34},
		{"a meeting below its banner, 4:3", 1600, 1200, .3, .5},
		{"rows of people, square", 1080, 1080, .22, .45},
		{"a desk seen from the door, 3:2", 1620, 1080, .25, .45},
		{"somebody at a window, as tall as a telephone", 1080, 2340, .27, .36},
	} {
		for _, form := range forms {
			if top, bottom := kept(t, photo.width, photo.height, form, content.Focus{}); top > photo.top || bottom < photo.bottom {
				t.Errorf("%s: %d:%d keeps %.2f to %.2f, the heads are at %.2f to %.2f", photo.what, form.Width, form.Height,
					top, bottom, photo.top, photo.bottom)
			}
		}
	}
	if top, bottom := kept(t, 1000, 1000, forms[1], content.FocusAt(50, 50)); top != .25 || bottom != .75 {
		t.Errorf("the middle, which was asked for, is %.2f to %.2f", top, bottom)
	}
}

// kept is what of a picture's height stays.
func kept(t *testing.T, width, height int, form image.Ratio, f content.Focus) (top, bottom float64) {
	t.Helper()
	var left, right float64
	crop := image.Info{Width: width, Height: height}.Crop(form, Focus(f))
	if _, err := fmt.Sscan(strings.ReplaceAll(crop, "_", " "), &left, &top, &right, &bottom); err != nil {
		t.Fatal(crop, err)
	}
	return top, bottom
}
