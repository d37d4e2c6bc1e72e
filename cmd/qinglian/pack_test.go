package main

import (
	"archive/zip"
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"

	"github.com/rogpeppe/go-internal/testscript"
)

// pack is the script command `pack FOLDER FILE`: it makes a document of Word of the
// parts in a folder. A .jpeg or .png in it, which a script can't hold, becomes a picture.
func pack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: pack FOLDER FILE")
	}
	parts := map[string][]byte{}
	folder := os.DirFS(ts.MkAbs(args[0]))
	ts.Check(fs.WalkDir(folder, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		parts[name], err = fs.ReadFile(folder, name)
		return err
	}))
	f, err := os.Create(ts.MkAbs(args[1]))
	ts.Check(err)
	ts.Check(packed(f, parts))
	ts.Check(f.Close())
}

// packed writes a document of its parts.
func packed(to io.Writer, parts map[string][]byte) error {
	z := zip.NewWriter(to)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		content := parts[name]
		if ext := path.Ext(name); ext == ".jpeg" || ext == ".png" {
			content = painted(ext, len(content))
		}
		w, err := z.Create(name)
		if err != nil {
			return err
		}
		if _, err = w.Write(content); err != nil {
			return err
		}
	}
	return z.Close()
}

// paint is the script command `paint FILE…`: it makes pictures.
func paint(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: paint FILE…")
	}
	for i, name := range args {
		ts.Check(os.WriteFile(ts.MkAbs(name), painted(path.Ext(name), i), 0o644))
	}
}

// painted is a picture of one colour.
func painted(ext string, shade int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 480, 320))
	for i := range m.Pix {
		m.Pix[i] = uint8(0x60 + 40*shade*(i%4))
	}
	m.Set(0, 0, color.White)
	var out bytes.Buffer
	if ext == ".png" {
		png.Encode(&out, m) //nolint:errcheck // a buffer takes all
	} else {
		jpeg.Encode(&out, m, nil) //nolint:errcheck // a buffer takes all
	}
	return out.Bytes()
}
