package main

import (
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	chrome "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// millimetre is in points, which a PDF counts in.
const millimetre = 72 / 25.4

// TestBrowserPrint: an article on paper is a page of GB/T 9704, numbered, without
// what only a screen has a use for.
func TestBrowserPrint(t *testing.T) {
	pdftotext := tool(t, "pdftotext", "poppler-utils")
	browser := openBrowser(t)
	base := serveFolder(t, sampleOutput(t), "/")
	tab, _ := openTab(t, browser, base)
	sized := true
	for _, mode := range []string{"plain", "large+contrast"} {
		do(t, tab, chromedp.Navigate(base+"regulations/small-powers.html?mode="+mode))
		printed, err := chromedp.Call(tab, chrome.PrintToPDF, chrome.PrintToPDFParams{PreferCSSPageSize: &sized})
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), mode+".pdf")
		if err := os.WriteFile(file, printed.Data, 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(pdftotext, "-bbox", file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		checkPaper(t, mode, out)
	}
}

// checkPaper reads what pdftotext says of each word's place.
func checkPaper(t *testing.T, mode string, words []byte) {
	var doc struct {
		Pages []struct {
			Width  float64 `xml:"width,attr"`
			Height float64 `xml:"height,attr"`
			Words  []struct {
				Left   float64 `xml:"xMin,attr"`
				Right  float64 `xml:"xMax,attr"`
				Top    float64 `xml:"yMin,attr"`
				Bottom float64 `xml:"yMax,attr"`
				Text   string  `xml:",chardata"`
			} `xml:"word"`
		} `xml:"body>doc>page"`
	}
	decoder := xml.NewDecoder(strings.NewReader(string(words)))
	decoder.Strict = false
	decoder.Entity = xml.HTMLEntity
	if err := decoder.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	if n := len(doc.Pages); n < 2 || n > 6 {
		t.Errorf("%s: %d pages", mode, n)
	}
	for i, p := range doc.Pages {
		if p.Width < 594 || p.Width > 596 || p.Height < 841 || p.Height > 843 {
			t.Errorf("%s: page %d is %.0f × %.0f", mode, i+1, p.Width, p.Height)
		}
		numbered := false
		for _, w := range p.Words {
			if w.Top > p.Height-35*millimetre {
				numbered = numbered || strings.Contains(w.Text, string(rune('1'+i)))
				continue
			}
			const near, tall = 3, 14 // a glyph may be wider than its place, and a font's box higher than a line
			if w.Left < 28*millimetre-near || w.Right > p.Width-26*millimetre+near || w.Top < 37*millimetre-tall || w.Bottom > p.Height-35*millimetre+tall {
				t.Errorf("%s: page %d: %q stands in the margin", mode, i+1, w.Text)
			}
			if w.Text == "大字" || w.Text == "当前位置：" {
				t.Errorf("%s: page %d has %s", mode, i+1, w.Text)
			}
		}
		if !numbered {
			t.Errorf("%s: page %d has no number", mode, i+1)
		}
	}
}
