package main

import (
	"context"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
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
	for _, mode := range []string{"plain", "large+contrast"} {
		do(t, tab, chromedp.Navigate(base+"regulations/small-powers.html?mode="+mode))
		out, err := exec.Command(pdftotext, "-bbox", printed(t, tab), "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		checkPaper(t, mode, out)
	}
}

// printed is a file with the page that a tab shows, as the browser prints it.
func printed(t *testing.T, tab context.Context) string {
	t.Helper()
	sized := true
	paper, err := chromedp.Call(tab, chrome.PrintToPDF, chrome.PrintToPDFParams{PreferCSSPageSize: &sized})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(file, paper.Data, 0o644); err != nil {
		t.Fatal(err)
	}
	return file
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

// sheets is on how many pages of paper a page of each class has room, at most.
var sheets = map[string]int{"home": 7, "section": 4, "article": 9, "terms": 2, "term": 4, "map": 3, "search": 1, "output": 4, "missing": 1}

// onScreenOnly is how lines begin of what has no use on paper, and are if they are short.
var onScreenOnly = regexp.MustCompile(`^(跳到正文|大字|高对比|朗读|搜索|当前位置：|打电话[0-9]|在高德地图里找|上一篇|下一篇|相关文章$|` +
	`哪些文章引用了这里的条文|标签：|站点地图|主办单位：|扫一扫|再看几个$|在这些学习路线上|挑选、对比示范点|更多条件|加入对比|下载名单|回到首页|交卷$|更早$|筛选$|目录$)`)

var han = regexp.MustCompile(`\p{Han}`)

// TestBrowserPaper prints a page of each class, and an article of each section: without
// what only a screen has a use for, on few pages, none of them empty or with nothing but
// a code, none that ends with a heading, and with records and charts whole.
func TestBrowserPaper(t *testing.T) {
	pdftotext := tool(t, "pdftotext", "poppler-utils")
	output := sampleOutput(t)
	base := serveFolder(t, output, "/")
	tab, _ := openTab(t, openBrowser(t), base)
	classes := map[string]bool{}
	for _, name := range onePerClass(t, output) {
		do(t, tab, chromedp.Navigate(base+name))
		page := eval[onScreen](t, tab, `(() => {
			const text = e => e.innerText.replace(/\s/g, "");
			const ends = e => [text(e.querySelector("h2")), text([...e.querySelectorAll("tr, dd, [data-search]")].pop()).slice(0, 6)];
			return {
				class: document.body.className.split(" ")[0].replace("page-", ""),
				title: text(document.querySelector("h1")),
				headings: [...document.querySelectorAll("h1, h2, h3, h4")].map(text),
				whole: [...document.querySelectorAll(".record, .visit, .chart-box")].map(ends),
			};
		})()`)
		classes[page.Class] = true
		out, err := exec.Command(pdftotext, "-layout", printed(t, tab), "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		page.check(t, name, strings.Split(strings.TrimSuffix(string(out), "\f"), "\f"))
	}
	for class := range sheets {
		if !classes[class] {
			t.Errorf("no page of class %s was printed", class)
		}
	}
}

// onScreen is what a page has that is looked for on paper.
type onScreen struct {
	Class    string
	Title    string
	Headings []string
	Whole    [][]string // how what has to stay whole begins and ends
}

func (p onScreen) check(t *testing.T, name string, papers []string) {
	t.Helper()
	if most, known := sheets[p.Class]; !known || len(papers) > most {
		t.Errorf("%s, of class %s, has %d pages", name, p.Class, len(papers))
	}
	for i, paper := range papers {
		var lines []string
		for line := range strings.Lines(paper) {
			line = strings.Join(strings.Fields(line), "")
			if number := strings.Trim(line, "—0123456789") == ""; !number {
				lines = append(lines, line)
			}
			if line != p.Title && onScreenOnly.MatchString(line) {
				t.Errorf("%s: page %d has %s", name, i+1, line)
			}
		}
		papers[i] = strings.Join(lines, "")
		if len(han.FindAllString(papers[i], 4)) < 4 {
			t.Errorf("%s: page %d has nothing: %s", name, i+1, lines)
			continue
		}
		if last := lines[len(lines)-1]; i < len(papers)-1 && slices.Contains(p.Headings, last) {
			t.Errorf("%s: page %d ends with the heading %s", name, i+1, last)
		}
	}
	for _, ends := range p.Whole {
		if !slices.ContainsFunc(papers, func(paper string) bool { return strings.Contains(paper, ends[0]) && strings.Contains(paper, ends[1]) }) {
			t.Errorf("%s: what begins with %s and ends with %s is on no page", name, ends[0], ends[1])
		}
	}
}

// onePerClass is a page of each class: of articles one of each section, of terms a topic,
// too, and all that the theme makes besides.
func onePerClass(t *testing.T, output string) (names []string) {
	t.Helper()
	seen := map[string]bool{}
	class := regexp.MustCompile(`<body class="page-(\w+)`)
	for _, name := range files(t, output, ".html") {
		b, err := os.ReadFile(filepath.Join(output, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		is := class.FindSubmatch(b)
		if is == nil {
			continue // it leads on to where an article is now
		}
		key, folder := string(is[1]), strings.Split(name, "/")[0]
		if key == "article" || key == "output" || folder == "topics" {
			key += folder
		}
		if !seen[key] {
			names = append(names, name)
		}
		seen[key] = true
	}
	return names
}
