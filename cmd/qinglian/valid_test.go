package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// missing says that a check could not run, which is a failure only where
// everything has to be checked.
func missing(t *testing.T, sentence string) {
	t.Helper()
	if os.Getenv("REQUIRE_ALL") == "1" {
		t.Fatal(sentence)
	}
	t.Skip(sentence)
}

// tool is a program on this machine.
func tool(t *testing.T, name, from string) string {
	t.Helper()
	found, err := exec.LookPath(name)
	if err != nil {
		missing(t, "no "+name+" here, so what it checks was not: install "+from)
	}
	return found
}

// npm is the folder of a package, installed into the user's cache if it is not
// there yet, with others beside it.
func npm(t *testing.T, name, version string, beside ...string) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = t.TempDir()
	}
	folder := filepath.Join(cache, "qinglian-test", name+"-"+version)
	installed := filepath.Join(folder, "node_modules", name)
	if _, err := os.Stat(installed); err == nil {
		return installed
	}
	install := exec.Command(tool(t, "npm", "Node.js"), append([]string{"install", "--no-audit", "--no-fund", "--prefix", folder, name + "@" + version}, beside...)...)
	if out, err := install.CombinedOutput(); err != nil {
		missing(t, "npm could not install "+name+", so what it checks was not: "+string(out))
	}
	return installed
}

// TestHTML: the Nu HTML checker finds no error in any page, but one in a page that
// was put beside them with one.
func TestHTML(t *testing.T) {
	java := tool(t, "java", "a Java runtime")
	jar := filepath.Join(npm(t, "vnu-jar", "26.9.27"), "build", "dist", "vnu.jar")
	output := sampleOutput(t)
	if n := len(files(t, output, ".html")); n < 120 {
		t.Fatalf("only %d pages", n)
	}
	wrong := filepath.Join(t.TempDir(), "wrong.html")
	write(t, wrong, "<!DOCTYPE html><html lang=\"zh-CN\"><title>错</title><p><b>没有关</p></html>")
	var out bytes.Buffer
	check := exec.Command(java, "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", "--skip-non-html", output, filepath.Dir(wrong))
	check.Stdout = &out
	if err := check.Run(); err != nil {
		t.Fatal(err)
	}
	var found struct {
		Messages []struct {
			Type, URL, Message, Extract string
			LastLine                    int
		}
	}
	if err := json.Unmarshal(out.Bytes(), &found); err != nil {
		t.Fatal(err, out.String())
	}
	told := false
	for _, m := range found.Messages {
		switch {
		case m.Type == "info":
		case strings.HasSuffix(m.URL, "/wrong.html"):
			told = true
		default:
			t.Errorf("%s:%d: %s: %s: %s", m.URL, m.LastLine, m.Type, m.Message, m.Extract)
		}
	}
	if !told {
		t.Error("the checker found nothing in a page that is wrong")
	}
}

// TestSchemas: feeds and sitemaps are what their standards say.
func TestSchemas(t *testing.T) {
	xmllint := tool(t, "xmllint", "libxml2")
	output := sampleOutput(t)
	count := map[string]int{}
	for _, name := range files(t, output, ".xml") {
		schema := []string{"--schema", "testdata/schema/sitemap.xsd"}
		switch filepath.Base(name) {
		case "rss.xml":
			schema = []string{"--relaxng", "testdata/schema/rss.rng"}
		case "atom.xml":
			schema = []string{"--relaxng", "testdata/schema/atom.rng"}
		}
		count[filepath.Base(name)]++
		out, err := exec.Command(xmllint, append(schema, "--noout", "--nonet", filepath.Join(output, name))...).CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
	if count["rss.xml"] < 5 || count["atom.xml"] < 5 || count["sitemap.xml"] < 5 {
		t.Errorf("too few files: %v", count)
	}
}

// TestJSONFeeds: what JSON Feed 1.1 requires is there, in the types that it says.
func TestJSONFeeds(t *testing.T) {
	output := sampleOutput(t)
	feeds := 0
	for _, name := range files(t, output, "feed.json") {
		b, err := os.ReadFile(filepath.Join(output, name))
		if err != nil {
			t.Fatal(err)
		}
		var f struct {
			Version, Title string
			Home           string `json:"home_page_url"`
			Feed           string `json:"feed_url"`
			Items          []struct {
				ID, URL, Title string
				Text           string `json:"content_text"`
				Published      string `json:"date_published"`
			}
		}
		if err := json.Unmarshal(b, &f); err != nil {
			t.Fatal(name, err)
		}
		feeds++
		if f.Version != "https://jsonfeed.org/version/1.1" || f.Title == "" || len(f.Items) == 0 || !strings.HasSuffix(f.Feed, filepath.ToSlash(name)) {
			t.Errorf("%s: %+v", name, f)
		}
		for _, item := range f.Items {
			if item.ID == "" || item.Text == "" || !exists(output, f.Home, item.URL) {
				t.Errorf("%s: %+v", name, item)
			}
		}
	}
	if feeds < 5 {
		t.Errorf("only %d feeds", feeds)
	}
}

// TestAddresses: every address in feeds and sitemaps is that of a page.
func TestAddresses(t *testing.T) {
	output := sampleOutput(t)
	const base = "https://www.qingyuan.example/"
	seen := 0
	for _, name := range files(t, output, ".xml") {
		f, err := os.Open(filepath.Join(output, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for d := xml.NewDecoder(f); ; {
			token, err := d.Token()
			if err != nil {
				break
			}
			if text, ok := token.(xml.CharData); ok && strings.HasPrefix(string(text), base) {
				seen++
				if !exists(output, base, string(text)) {
					t.Errorf("%s: there is no %s", name, text)
				}
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d addresses", seen)
	}
}

// exists reports whether an address below base is a file of the output.
func exists(output, base, address string) bool {
	root := strings.Join(strings.SplitAfterN(base, "/", 4)[:3], "")
	name := strings.TrimPrefix(address, root)
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	_, err := os.Stat(filepath.Join(output, filepath.FromSlash(name)))
	return err == nil
}

// files lists those of an output that end so.
func files(t *testing.T, output, ending string) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(output), ".", func(name string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(name, ending) {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
