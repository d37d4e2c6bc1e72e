package docx

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"flag"
	"fmt"
	"github.com/rogpeppe/go-internal/txtar"
	"image"
	"image/color"
	"image/gif"
	jpegs "image/jpeg"
	pngs "image/png"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qinglian/internal/markdown"
)

var update = flag.Bool("update", false, "pack testdata/documents, and write what becomes of each document into its case")

const documents = "testdata/documents"

// TestDocuments: what becomes of documents as programs write them, and what is listed.
// How they were made is in the README beside them.
func TestDocuments(t *testing.T) {
	found := named(t, documents, "docx")
	for _, source := range named(t, documents, "txtar") {
		if !slices.Contains(found, strings.TrimSuffix(source, "txtar")+"docx") && !*update {
			t.Errorf("%s has no document", source)
		}
		checkPacked(t, source)
	}
	for _, name := range named(t, documents, "docx") {
		t.Run(filepath.Base(name), func(t *testing.T) {
			raw := readFile(t, name)
			checkKept(t, raw)
			got := became(t, raw)
			file := strings.TrimSuffix(name, "docx") + "case"
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want := string(readFile(t, file)); got != want {
				t.Errorf("%s: got\n%s\nnot\n%s", name, got, want)
			}
		})
	}
}

func named(t *testing.T, folder, ending string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, "*."+ending))
	if err != nil || len(found) == 0 {
		t.Fatalf("no .%s in %s: %v", ending, folder, err)
	}
	return found
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// became is a document as a case has it: its text, its pictures, what is listed.
func became(t *testing.T, raw []byte) string {
	t.Helper()
	m, refused := Read(raw)
	if refused.ZH != "" {
		t.Fatal(refused)
	}
	var out strings.Builder
	out.WriteString(m.Markdown(markdown.New()))
	out.WriteString("\n-- pictures --\n")
	for i, name := range m.Names() {
		fmt.Fprintf(&out, "%s, %d bytes\n", name, len(m.Pictures[i].Content))
	}
	out.WriteString("-- list --\n")
	for _, o := range m.Left {
		out.WriteString(o.Said().ZH + "\n")
	}
	return out.String()
}

// checkPacked compares the parts of a document with those that it was made of.
func checkPacked(t *testing.T, source string) {
	t.Helper()
	archive, err := txtar.ParseFile(source)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{"[Content_Types].xml": contentTypes(archive.Files), "_rels/.rels": []byte(`<Relationships xmlns="` + packageRelations + `">` +
		`<Relationship Id="d" Type="` + typeBase + `officeDocument" Target="word/document.xml"/></Relationships>`)}
	for _, f := range archive.Files {
		all[f.Name] = f.Data
		if string(f.Data) == "paint\n" {
			all[f.Name] = painted(t, path.Ext(f.Name))
		} else if strings.HasSuffix(f.Name, ".xml") {
			all[f.Name] = append([]byte(open), f.Data...)
		}
	}
	file := strings.TrimSuffix(source, "txtar") + "docx"
	if *update {
		writeDocument(t, file, all)
	}
	in, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	for _, f := range in.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if content, err := io.ReadAll(part); err != nil || !bytes.Equal(content, all[f.Name]) {
			t.Errorf("%s: its %s is not that of %s: run with -update", file, f.Name, source)
		}
		delete(all, f.Name)
	}
	for name := range all {
		t.Errorf("%s has no %s", file, name)
	}
}

func writeDocument(t *testing.T, file string, all map[string][]byte) {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(all[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// contentTypes is the part that says what the others are: by it programs find the text.
func contentTypes(files []txtar.File) []byte {
	const wordprocessing = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	var out strings.Builder
	out.WriteString(open + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ` +
		`ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`)
	for _, ending := range []string{"jpeg", "png", "gif", "webp", "bmp", "tiff", "emf", "wmf", "svg"} {
		out.WriteString(`<Default Extension="` + ending + `" ContentType="image/` + ending + `"/>`)
	}
	for _, f := range files {
		kind := strings.TrimRight(strings.TrimSuffix(path.Base(f.Name), ".xml"), "0123456789")
		if path.Dir(f.Name) != "word" {
			continue
		}
		if kind == "document" {
			kind = "document.main"
		}
		out.WriteString(`<Override PartName="/` + f.Name + `" ContentType="` + wordprocessing + kind + `+xml"/>`)
	}
	return []byte(out.String() + "</Types>")
}

// painted is a small picture. Those that the library does not write are the smallest
// that there are.
func painted(t *testing.T, ending string) []byte {
	t.Helper()
	m, out := image.NewPaletted(image.Rect(0, 0, 4, 4), color.Palette{color.Gray{Y: 0x60}}), bytes.Buffer{}
	err := error(nil)
	switch ending {
	case ".jpeg":
		err = jpegs.Encode(&out, m, nil)
	case ".png":
		err = pngs.Encode(&out, m)
	case ".gif":
		err = gif.Encode(&out, m, nil)
	default:
		var content []byte
		content, err = base64.StdEncoding.DecodeString(smallest[ending])
		out.Write(content)
	}
	if err != nil || out.Len() == 0 {
		t.Fatalf("no picture for %s: %v", ending, err)
	}
	return out.Bytes()
}

// smallest are pictures that the library does not write.
var smallest = map[string]string{
	".webp": "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==",
	".bmp":  "Qk06AAAAAAAAADYAAAAoAAAAAQAAAAEAAAABABgAAAAAAAQAAAATCwAAEwsAAAAAAAAAAAAAQGCAAA==",
	".tiff": "SUkqAAoAAACAAAkAAAEDAAEAAAABAAAAAQEDAAEAAAABAAAAAgEDAAEAAAAIAAAAAwEDAAEAAAABAAAABgEDAAEAAAABAAAAEQEEAAEAAAAIAAAAFQEDAAEAAAABAAAAFgEDAAEAAAABAAAAFwEEAAEAAAABAAAAAAAAAA==",
	".emf":  "AQAAAFgAAAAAAAAAAAAAAAoAAAAKAAAAAAAAAAAAAABkAAAAZAAAACBFTUYAAAEAbAAAAAIAAAABAAAAAAAAAAAAAAAAAAAAZAAAAGQAAABkAAAAZAAAAA4AAAAUAAAAAAAAABAAAAAUAAAA",
	".wmf":  "183GmgAAAAAAAAoACgBgAAAAAABxVwEACQAAAwwAAAAAAAMAAAAAAAMAAAAAAA==",
	".svg":  "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI0IiBoZWlnaHQ9IjQiPjxyZWN0IHdpZHRoPSI0IiBoZWlnaHQ9IjQiLz48L3N2Zz4=",
}
