package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"
)

// foundPage is what the page of search shows when it has finished.
type foundPage struct {
	State   string
	Total   string
	Results []string
	Status  string
	Marked  string // in the first snippet
	Query   string
	Near    []string
	Columns []string
}

const lookAtFound = `(() => {
	const list = document.getElementById("found");
	const mark = list.querySelector(".snippet mark");
	return {
		state: list.dataset.state || "", total: list.dataset.total || "",
		results: [...list.querySelectorAll("[data-result]")].map(e => e.dataset.result),
		status: document.getElementById("found-status").textContent,
		marked: mark ? mark.textContent : "", query: decodeURIComponent(location.search),
		near: [...document.querySelectorAll("#near a")].map(e => e.textContent),
		columns: [...document.querySelectorAll("#columns:not([hidden]) a")].map(e => e.textContent),
	};
})()`

// searchedTexts are the blocks of text of each page that can be found, as a
// parser of HTML of its own sees them, in the form in which they are compared.
func searchedTexts(t *testing.T, output string) map[string][]string {
	t.Helper()
	texts := map[string][]string{}
	err := filepath.WalkDir(output, func(name string, e fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".html" {
			return err
		}
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		root, err := html.Parse(f)
		if err != nil {
			return err
		}
		var blocks []string
		article := false // a list shows values of its articles, and can't be found itself
		for n := range root.Descendants() {
			if slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "data-search" }) {
				blocks = append(blocks, blocksOf(n)...)
				article = article || n.Data == "h1"
			}
		}
		if article {
			path, err := filepath.Rel(output, name)
			texts[filepath.ToSlash(path)] = blocks
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

var inlineElements = strings.Fields("a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q ruby rb rt rp s samp small span strike strong sub sup time tt u var wbr")
var silentElements = strings.Fields("rt rp script style svg template noscript audio video button select textarea math object iframe")

func blocksOf(root *html.Node) []string {
	var blocks []string
	var b strings.Builder
	end := func() {
		if text := folded(b.String()); text != "" {
			blocks = append(blocks, text)
		}
		b.Reset()
	}
	var visit func(n *html.Node)
	visit = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		block := n.Type == html.ElementNode && !slices.Contains(inlineElements, n.Data)
		if block {
			end()
		}
		if n.Type != html.ElementNode || !slices.Contains(silentElements, n.Data) {
			for c := range n.ChildNodes() {
				visit(c)
			}
		}
		if block {
			end()
		}
	}
	visit(root)
	end()
	return blocks
}

func folded(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(norm.NFKC.String(s)), unicode.IsSpace), " ")
}

// draw draws n substrings of 1 to 8 characters within a block.
func draw(texts map[string][]string, n int) (drawn []string) {
	var all []string
	for _, path := range slices.Sorted(maps.Keys(texts)) {
		all = append(all, texts[path]...)
	}
	r := rand.New(rand.NewPCG(7, 11))
	for len(drawn) < n {
		block := []rune(all[r.IntN(len(all))])
		from := r.IntN(len(block))
		s := strings.TrimSpace(string(block[from:min(len(block), from+1+r.IntN(8))]))
		if s != "" && !strings.ContainsRune(s, '"') {
			drawn = append(drawn, s)
		}
	}
	return drawn
}

// having are the pages with a text in one of their blocks.
func having(texts map[string][]string, s string) (paths []string) {
	for path, blocks := range texts {
		if slices.ContainsFunc(blocks, func(b string) bool { return strings.Contains(b, s) }) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// TestSearchNode asks the real script, in Node, for substrings of the sample's
// articles.
func TestSearchNode(t *testing.T) {
	checkFound(t, sampleOutput(t), 400)
}

// checkFound asks the script for n substrings of a site's articles: every page
// that has one is found, and no other.
func checkFound(t *testing.T, output string, n int) {
	t.Helper()
	node := tool(t, "node", "Node.js")
	texts := searchedTexts(t, output)
	drawn := draw(texts, n)
	asked, err := json.Marshal(drawn)
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(node, "testdata/search.js", output)
	c.Stdin = strings.NewReader(string(asked))
	c.Stderr = os.Stderr
	said, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	var answers [][]string
	if err := json.Unmarshal(said, &answers); err != nil || len(answers) != len(drawn) {
		t.Fatalf("%d answers, %v", len(answers), err)
	}
	for i, s := range drawn {
		slices.Sort(answers[i])
		if want := having(texts, s); !slices.Equal(answers[i], want) {
			t.Errorf("%q: found %q, want %q", s, answers[i], want)
		}
	}
}

// TestSearchPage finds things as readers do.
func TestSearchPage(t *testing.T) {
	browser := openBrowser(t)
	output := sampleOutput(t)
	base := serveFolder(t, output, "/a/b/")
	tab, w := openTab(t, browser, base)
	finished := func() foundPage {
		t.Helper()
		until(t, tab, `document.getElementById("found").dataset.state === "done"`)
		return eval[foundPage](t, tab, lookAtFound)
	}
	ask := func(query string) foundPage {
		t.Helper()
		do(t, tab, chromedp.Navigate(base+"search.html?"+query))
		return finished()
	}
	texts := searchedTexts(t, output)
	for _, s := range draw(texts, 30) {
		f := ask("q=" + url.QueryEscape(`"`+s+`"`))
		got := slices.Sorted(slices.Values(f.Results))
		if want := having(texts, s); !slices.Equal(got, want) || f.Total != fmt.Sprint(len(want)) {
			t.Errorf("%q: %s found %q, want %q", s, f.Total, got, want)
		}
	}
	if f := ask("q=" + url.QueryEscape("税务局 -村")); slices.ContainsFunc(f.Results, func(p string) bool { return slices.Contains(having(texts, "村"), p) }) || len(f.Results) == 0 {
		t.Errorf("without: %+v", f)
	}
	for _, phrase := range []string{`"老槐树下"`, "“老槐树下”", "”老槐树下“"} {
		if f := ask("q=" + url.QueryEscape(phrase)); f.Total != fmt.Sprint(len(having(texts, "老槐树下"))) || f.Total == "0" {
			t.Errorf("%s: %+v", phrase, f)
		}
	}
	village := having(texts, "柳河村")
	for _, typed := range []string{"lhc", "liuhecun", "liu he cun", "liuhc", "lhcun", "LiuHeC"} {
		f := ask("q=" + url.QueryEscape(typed))
		if len(f.Results) == 0 || slices.ContainsFunc(f.Results, func(p string) bool { return !slices.Contains(village, p) }) {
			t.Errorf("%s: %+v", typed, f)
		}
	}
	for typed, meant := range map[string]string{"柳何村": "柳河村", "刘河村": "柳河村", "柳河春": "柳河村", "三本帐": "三本账", "老怀树下": "老槐树下"} {
		f := ask("q=" + url.QueryEscape(typed))
		if f.Total != fmt.Sprint(len(having(texts, meant))) || !strings.Contains(f.Status, "没有找到“"+typed+"”，找的是“"+meant+"”") {
			t.Errorf("%s: %+v", typed, f)
		}
	}
	beside := func(p, word string) bool {
		return !slices.ContainsFunc(texts[p], func(b string) bool { return b != "清源县"+word && strings.Contains(b, word) })
	}
	for _, word := range []string{"融媒体中心", "妇女联合会"} {
		f := ask("q=" + word)
		from := slices.IndexFunc(f.Results, func(p string) bool { return beside(p, word) })
		if from < 0 || slices.ContainsFunc(f.Results[from:], func(p string) bool { return !beside(p, word) }) {
			t.Errorf("%s: what has it beside the text only comes last: %q", word, f.Results)
		}
	}
	if f := ask("q=" + url.QueryEscape("柳河村的鲸鱼")); f.Total != "0" || len(f.Near) < 2 || len(f.Columns) == 0 {
		t.Errorf("nothing: %+v", f)
	}
	if f := ask("q=" + url.QueryEscape("村") + "&section=" + url.QueryEscape("典型案例")); len(f.Results) == 0 || slices.ContainsFunc(f.Results, func(p string) bool { return !strings.HasPrefix(p, "examples/") }) {
		t.Errorf("filter: %+v", f)
	}
	if f := ask(""); f.Total != "0" || len(f.Results) != 0 {
		t.Errorf("empty: %+v", f)
	}
	for _, fault := range w.faults() {
		t.Error(fault)
	}
}

// TestSearchReader: as readers type, with a Chinese input method, with the keyboard
// alone, from a memory stick, without scripts, and what they see on arrival.
func TestSearchReader(t *testing.T) {
	browser := openBrowser(t)
	output := sampleOutput(t)
	base := serveFolder(t, output, "/")
	tab, w := openTab(t, browser, base)
	finished := func(total string) foundPage {
		t.Helper()
		until(t, tab, `document.getElementById("found").dataset.state === "done" && document.getElementById("found").dataset.total === "`+total+`"`)
		return eval[foundPage](t, tab, lookAtFound)
	}
	typed := func(text string, composing bool) {
		t.Helper()
		eval[bool](t, tab, fmt.Sprintf(`(() => {
			const input = document.querySelector("#finding input");
			input.focus();
			if (%v) input.dispatchEvent(new CompositionEvent("compositionstart"));
			input.value = %q;
			input.dispatchEvent(new InputEvent("input", {isComposing: %[1]v}));
			return true;
		})()`, composing, text))
	}

	// What is offered first; nothing is looked for while a word is composed.
	do(t, tab, chromedp.EmulateViewport(phone, 800), chromedp.Navigate(base+"search.html"))
	if f := finished("0"); len(f.Near) != 4 {
		t.Errorf("offered %q", f.Near)
	}
	typed("san ben zhang", true)
	do(t, tab, chromedp.Sleep(600*time.Millisecond))
	if f := eval[foundPage](t, tab, lookAtFound); f.Total != "0" || strings.Contains(f.Query, "san") {
		t.Errorf("composing: %+v", f)
	}
	eval[bool](t, tab, `(() => {
		const input = document.querySelector("#finding input");
		input.value = "三本账";
		input.dispatchEvent(new CompositionEvent("compositionend"));
		return true;
	})()`)
	want := fmt.Sprint(len(having(searchedTexts(t, output), "三本账")))
	until(t, tab, `document.querySelector(".snippet mark") !== null`)
	f := finished(want)
	if !strings.Contains(f.Query, "q=三本账") || !strings.Contains(f.Status, want) || f.Marked != "三本账" {
		t.Errorf("composed: %+v", f)
	}
	checkWidth(t, tab, phone)

	// The arrows go to the results, Enter opens one, where the words are marked.
	do(t, tab, chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter))
	until(t, tab, `document.querySelector("article mark") !== null`)
	if at := eval[string](t, tab, `location.pathname`); !strings.HasSuffix(at, f.Results[0]) {
		t.Errorf("Enter opened %s, the first is %s", at, f.Results[0])
	}
	if marked := eval[string](t, tab, `document.querySelector("[data-search] mark").textContent`); marked != "三本账" {
		t.Errorf("marked %q", marked)
	}

	// On a phone an icon leads to the page of search, and so does a slash.
	do(t, tab, chromedp.Navigate(base+"about.html"), click(".find-link"))
	until(t, tab, `document.getElementById("finding") !== null`)
	// The page before may still say that it is loaded.
	const about = `location.pathname.endsWith("/about.html") && document.readyState === "complete"`
	do(t, tab, chromedp.Navigate(base+"about.html"))
	until(t, tab, about)
	do(t, tab, chromedp.KeyEvent("/"))
	until(t, tab, `document.getElementById("finding") !== null`)

	// Else a slash goes to the box of any page; it leads to the results, and back to it.
	do(t, tab, chromedp.EmulateViewport(desktop, 800), chromedp.Navigate(base+"about.html"))
	until(t, tab, about)
	do(t, tab, chromedp.KeyEvent("/"))
	if !eval[bool](t, tab, `document.activeElement.type === "search"`) {
		t.Error("the slash does not lead to the box")
	}
	eval[bool](t, tab, `(document.activeElement.value = "", true)`) // chromedp types what a keyboard would not
	do(t, tab, chromedp.KeyEvent("税务局"), chromedp.KeyEvent(kb.Enter))
	until(t, tab, `document.getElementById("found") && document.getElementById("found").dataset.state === "done"`)
	if f := eval[foundPage](t, tab, lookAtFound); len(f.Results) == 0 {
		t.Errorf("from the box: %+v", f)
	}
	for _, fault := range w.faults() {
		t.Error(fault)
	}

	// From a memory stick nothing can be fetched: texts are read as scripts.
	do(t, tab, chromedp.Navigate("file://"+output+"/search.html?q="+url.QueryEscape("三本账")))
	until(t, tab, `document.querySelector(".snippet mark") !== null`)
	if f := finished(want); f.Status != "共 "+want+" 篇" || f.Marked != "三本账" {
		t.Errorf("from a file: %+v", f)
	}

	// Without scripts the page says so and leads on.
	withoutScript(t, tab)
	do(t, tab, chromedp.Navigate(base+"search.html"))
	if _, err := chromedp.Run(tab, chromedp.Screenshot(chromedp.CSS(`noscript p a[href$="sitemap.html"]`))); err != nil {
		t.Error("without scripts nothing is said: ", err)
	}
}

// TestSearchMany: of very many hits the first are shown, and an estimate of all,
// which is set right as the reader asks for more. On a dear line that begins sooner.
func TestSearchMany(t *testing.T) {
	browser := openBrowser(t)
	for _, c := range []struct {
		theme             string
		first, dear, more int // shown at once, at once on a dear line, and then at a time
	}{{"lotus", 110, 10, 50}, {"plain", 20, 20, 20}} {
		t.Run(c.theme, func(t *testing.T) {
			tab, w := openTab(t, browser, serveFolder(t, manyOutput(t, c.theme), "/"))
			finished := func(total string) int {
				t.Helper()
				until(t, tab, `document.getElementById("found").dataset.state === "done" && document.getElementById("found-status").textContent === "`+total+`"`)
				return eval[int](t, tab, `document.querySelectorAll("[data-result]").length`)
			}
			do(t, tab, chromedp.Navigate(w.base+"search.html?q="+url.QueryEscape("清风亭")))
			if n := finished("约 130 篇"); n != c.first {
				t.Errorf("%d are shown at once", n)
			}
			for n := c.first; n < 121; n += c.more {
				eval[bool](t, tab, `(document.getElementById("more-found").click(), true)`)
				until(t, tab, fmt.Sprintf(`document.querySelectorAll("[data-result]").length >= %d`, min(121, n+c.more)))
			}
			if n := finished("共 121 篇"); n != 121 {
				t.Errorf("%d are shown in the end", n)
			}
			before(t, tab, `Object.defineProperty(navigator, "connection", {value: {saveData: true}})`)
			do(t, tab, chromedp.Navigate(w.base+"search.html?q="+url.QueryEscape("清风亭")))
			if n := finished("约 130 篇"); n != c.dear {
				t.Errorf("%d are shown at once on a dear line", n)
			}
			for _, fault := range w.faults() {
				t.Error(fault)
			}
		})
	}
}

// manyOutput is a site of 121 articles with 清风亭, and 9 older ones that have 清风 and 风亭
// apart.
func manyOutput(t *testing.T, theme string) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "config.toml"), "title = \"站\"\ntheme = \""+theme+"\"\n[sections.notices]\ntitle = \"通知\"\nkind = \"notice\"\n")
	for n := range 130 {
		text := "村口有清风亭。"
		if n < 9 {
			text = "清风徐来，在春风亭。"
		}
		write(t, filepath.Join(dir, fmt.Sprintf("content/notices/n%03d.md", n)), fmt.Sprintf("---\ntitle: 第%d篇\nsource: 县纪委\ndate: %d-%02d-01\n---\n\n%s\n", n, 2010+n/12, n%12+1, text))
	}
	mustRun(t, "build", "--source", dir)
	return filepath.Join(dir, "public")
}

// TestSearchStale: a browser that kept an older index, whose files are gone, asks
// for the present one.
func TestSearchStale(t *testing.T) {
	browser := openBrowser(t)
	output := sampleOutput(t)
	files := http.FileServer(http.Dir(output))
	named := regexp.MustCompile(`"docs":"[^"]*"`)
	name := regexp.MustCompile(`([0-9a-f])[a-z2-7]{7}`)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/search/index.js" || r.URL.RawQuery != "" {
			files.ServeHTTP(w, r)
			return
		}
		b, err := os.ReadFile(filepath.Join(output, "search", "index.js"))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/javascript")
		//nolint:errcheck // the browser went away
		w.Write(named.ReplaceAllFunc(b, func(docs []byte) []byte {
			return append([]byte(`"docs":`), name.ReplaceAll(docs[len(`"docs":`):], []byte("${1}aaaaaaa"))...)
		}))
	}))
	defer server.Close()
	tab, _ := openTab(t, browser, server.URL+"/")
	do(t, tab, chromedp.Navigate(server.URL+"/search.html?q="+url.QueryEscape("三本账")))
	until(t, tab, `document.getElementById("found").dataset.state === "done"`)
	if f := eval[foundPage](t, tab, lookAtFound); len(f.Results) == 0 {
		t.Errorf("%+v", f)
	}
}
