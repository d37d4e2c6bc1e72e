package docx

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"qinglian/internal/manuscript"
)

// everyDocument is the documents of the tests, and those in a folder of one's own that
// QINGLIAN_DOCX names.
func everyDocument(t *testing.T) []string {
	all := named(t, documents, "docx")
	if folder := os.Getenv("QINGLIAN_DOCX"); folder != "" {
		all = append(all, named(t, folder, "docx")...)
	}
	return all
}

// TestFolder: of documents from anywhere no character is lost.
func TestFolder(t *testing.T) {
	for _, name := range everyDocument(t) {
		t.Run(filepath.Base(name), func(t *testing.T) { checkKept(t, readFile(t, name)) })
	}
}

// theirsAlone are characters that LibreOffice shows and Word does not: it begins 第…条
// anew in each chapter, also where the document says not to.
var theirsAlone = map[string]string{"numbering.docx": "一"}

// TestOracle: no character of what LibreOffice says to be a document's text is lost.
// LibreOffice counts paragraphs by itself too, so that numbers are compared with them.
func TestOracle(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("REQUIRE_ALL") == "1" {
			t.Fatal("there is no soffice: Debian's libreoffice-writer-nogui has it")
		}
		t.Skip("there is no soffice")
	}
	all := everyDocument(t)
	folder := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + filepath.ToSlash(folder) + "/profile", "--headless",
		"--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder}
	for i, name := range all {
		copied := filepath.Join(folder, fmt.Sprintf("%d.docx", i))
		if err := os.WriteFile(copied, readFile(t, name), 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, copied)
	}
	if said, err := exec.Command(soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v: %s", err, said)
	}
	for i, name := range all {
		t.Run(filepath.Base(name), func(t *testing.T) {
			theirs := readFile(t, filepath.Join(folder, fmt.Sprintf("%d.txt", i)))
			m, refused := Read(readFile(t, name))
			if refused.ZH != "" {
				t.Fatal(refused)
			}
			missing := lost(string(theirs), m)
			for _, c := range theirsAlone[filepath.Base(name)] {
				if missing[c]--; missing[c] == 0 {
					delete(missing, c)
				}
			}
			for c, n := range missing {
				t.Errorf("%q: %d are lost, or no more", c, n)
			}
		})
	}
}

// lost are the letters and digits of a text that are not in a manuscript, and how many.
func lost(text string, m manuscript.Manuscript) map[rune]int {
	var ours strings.Builder
	marks := 0
	for _, blocks := range append(m.Notes, m.Blocks) {
		for _, b := range blocks {
			ours.WriteString(b.Said())
			marks += noteMarks(b)
		}
	}
	for _, o := range m.Left {
		ours.WriteString(o.Text)
	}
	for i := range marks { // theirs are 1, 2 and of endnotes i, ii
		fmt.Fprintf(&ours, "%d%s", i+1, numeral("lowerRoman", i+1))
	}
	missing := map[rune]int{}
	for _, c := range text {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			missing[c]++
		}
	}
	for _, c := range ours.String() {
		missing[c]--
	}
	for c, n := range missing {
		if n <= 0 {
			delete(missing, c)
		}
	}
	return missing
}

func noteMarks(b manuscript.Block) (n int) {
	for _, s := range b.Spans {
		if s.Note > 0 {
			n++
		}
	}
	for _, row := range b.Rows {
		for _, c := range row {
			for _, inside := range c.Blocks {
				n += noteMarks(inside)
			}
		}
	}
	return n
}
