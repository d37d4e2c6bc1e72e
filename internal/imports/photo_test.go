package imports

import (
	"slices"
	"testing"

	"qinglian/internal/manuscript"
)

// TestPhotos: photos come in the order in which people count, by what they are and not
// by how their names end; those that browsers don't show are listed.
func TestPhotos(t *testing.T) {
	d := Document{Photos: []Photo{{"现场10.jpg", []byte("\xff\xd8\xff")}, {"现场9.jpg", []byte("\x89PNG\r\n\x1a\n")},
		{"A.HEIC", []byte("\x00\x00\x00\x18ftypheic")}, {"空.jpg", nil}, {"b.gif", []byte("GIF89a")}, {"c.jpg", []byte("RIFF\x00\x00\x00\x00WEBPVP8 ")}}}
	photos, left := d.photos()
	var names []string
	for _, p := range photos {
		names = append(names, p.File+p.Ending)
	}
	if want := []string{"b.gif.gif", "c.jpg.webp", "现场9.jpg.png", "现场10.jpg.jpg"}; !slices.Equal(names, want) {
		t.Errorf("%q, not %q", names, want)
	}
	if want := []manuscript.Omission{{Why: manuscript.BadPicture, What: "A.HEIC"}, {Why: manuscript.BadPicture, What: "空.jpg"}}; !slices.Equal(left, want) {
		t.Errorf("left out %v", left)
	}
	for _, p := range d.Photos {
		if !IsPhoto(p.Name, nil) {
			t.Errorf("%s is no photo", p.Name)
		}
	}
	if !IsPhoto("640(1)", []byte("\xff\xd8\xff")) {
		t.Error("a picture of a saved page is no photo")
	}
	if IsPhoto("通知.docx", []byte("\xff\xd8\xff")) || IsPhoto("jpg", nil) || IsPhoto("jquery.js", []byte("x")) {
		t.Error("a document is a photo")
	}
}
