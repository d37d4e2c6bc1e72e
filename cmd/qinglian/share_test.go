package main

import (
	"bytes"
	"encoding/base64"
	"html"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

var (
	canonical = regexp.MustCompile(`<link rel="canonical" href="([^"]*)"`)
	shownCode = regexp.MustCompile(`<img src="data:image/png;base64,([^"]*)"`)
)

// TestShare: each page that is for reading shows its own address as a QR code,
// which a reader of codes reads.
func TestShare(t *testing.T) {
	output := sampleOutput(t)
	read := 0
	for _, name := range files(t, output, ".html") {
		page, err := os.ReadFile(filepath.Join(output, name))
		if err != nil {
			t.Fatal(err)
		}
		code := shownCode.FindSubmatch(page)
		if code == nil {
			continue
		}
		picture, err := base64.StdEncoding.DecodeString(html.UnescapeString(string(code[1])))
		if err != nil {
			t.Fatal(err)
		}
		im, err := png.Decode(bytes.NewReader(picture))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		bitmap, err := gozxing.NewBinaryBitmapFromImage(im)
		if err != nil {
			t.Fatal(err)
		}
		got, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if want := canonical.FindSubmatch(page); want == nil || got.GetText() != string(want[1]) {
			t.Errorf("%s: the code leads to %s", name, got)
		}
		read++
	}
	if read < 80 {
		t.Errorf("only %d pages have a code", read)
	}
}
