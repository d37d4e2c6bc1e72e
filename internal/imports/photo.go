package imports

import (
	"cmp"
	"net/http"
	"path"
	"slices"
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/manuscript"
	"qinglian/internal/pattern"
)

// Photo is a picture's file that was handed in beside a document.
type Photo struct {
	Name    string
	Content []byte
}

// IsPhoto reports a file that is a picture by its name, and so no document; whether
// browsers show it is another question. Those of saved pages have names that say nothing,
// 640 or 0(1).
func IsPhoto(name string, content []byte) bool {
	if Foreign(name) != (diag.Text{}) && shown[http.DetectContentType(content)] != "" {
		return true
	}
	return slices.Contains([]string{".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".gif", ".webp",
		".heic", ".heif", ".avif", ".bmp", ".tif", ".tiff"}, strings.ToLower(path.Ext(name)))
}

// shown are the pictures that browsers show, and how their names end.
var shown = map[string]string{"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp"}

// photos are those that came beside a document, in the order of their names, and what
// of them is not shown by browsers.
func (d Document) photos() (photos []manuscript.Photo, left []manuscript.Omission) {
	for _, p := range slices.SortedStableFunc(slices.Values(d.Photos), byName) {
		ending := shown[http.DetectContentType(p.Content)]
		if ending == "" {
			left = append(left, manuscript.Omission{Why: manuscript.BadPicture, What: p.Name})
			continue
		}
		picture := manuscript.Picture{Content: p.Content, Ending: ending}
		photos = append(photos, manuscript.Photo{File: p.Name, Picture: picture})
	}
	return photos, left
}

var digits = pattern.Of(`[0-9]+`)

// byName compares names as people order them: 2.jpg comes before 10.jpg.
func byName(a, b Photo) int {
	padded := func(name string) string {
		return digits().ReplaceAllStringFunc(name,
			func(n string) string { return strings.Repeat("0", max(0, 20-len(n))) + n })
	}
	return cmp.Compare(padded(a.Name), padded(b.Name))
}
