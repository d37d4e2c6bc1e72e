package host

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"qinglian/internal/build"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/markdown"
	"qinglian/internal/site"
)

// linked is a site of articles that had addresses before, one each.
func linked(t *testing.T, settings string, aliases ...string) *site.Site {
	t.Helper()
	c, problems := config.Parse([]byte(settings))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	compiler := content.Compiler{Config: c, Dialect: markdown.New()}
	var docs []*content.Doc
	for i, alias := range aliases {
		d := compiler.Compile(fmt.Sprintf("content/examples/a%d.md", i),
			fmt.Appendf(nil, "---\n标题: 甲\n日期: 2024-05-01\n来源: 丙\n旧网址: [%s]\n---\n", alias))
		docs = append(docs, &d)
	}
	s, problems := site.Link(c, docs, nil, site.Selection{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return s
}

func rendered(t *testing.T, o build.Output) string {
	t.Helper()
	var b bytes.Buffer
	if err := o.Render(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func told(t *testing.T, kind string, s *site.Site, folder string, lang diag.Lang) string {
	t.Helper()
	text, err := Text(kind, s, folder, lang)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestOutputs: each kind has its files, and no other has any. They are marked as ours where
// they can be, and depend on nothing but the address, the aliases and what [host] says.
func TestOutputs(t *testing.T) {
	const id = "id = \"k3v9x2m7q4t8w6r5\"\ntitle = \"甲\"\nbase_url = \"https://a.example/x/\"\n"
	for kind, want := range map[string]string{"": "", "apache": ".htaccess", "iis": "web.config", "pages": ".nojekyll",
		"tomcat": "META-INF/context.xml WEB-INF/rewrite.config WEB-INF/web.xml"} {
		settings := id
		if kind != "" {
			settings += "[host]\nkind = \"" + kind + "\"\n"
		}
		one := Outputs(linked(t, settings, "old/1.html"), digest.Digest{})
		var names []string
		for _, o := range one {
			names = append(names, o.Path)
			if text := rendered(t, o); !strings.Contains(text, "qinglian k3v9x2m7q4t8w6r5") && kind != config.Pages {
				t.Errorf("%s is not marked: %s", o.Path, text)
			}
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: %s", kind, got)
		}
		titled := Outputs(linked(t, strings.Replace(settings, "甲", "乙", 1), "old/1.html"), digest.Digest{})
		moved := Outputs(linked(t, settings, "old/2.html"), digest.Digest{})
		placed := Outputs(linked(t, strings.Replace(settings, "/x/", "/y/", 1), "old/1.html"), digest.Digest{})
		for i, o := range one {
			if o.Key != titled[i].Key || rendered(t, o) != rendered(t, titled[i]) {
				t.Errorf("%s: another title counts", o.Path)
			}
			if o.Key == moved[i].Key || o.Key == placed[i].Key {
				t.Errorf("%s: other addresses do not count", o.Path)
			}
		}
	}
}

// elements are those of a web.config that IIS 7 and later know without any module, each
// with its attributes, as the reference of its configuration has them.
var elements = map[string][]string{
	"configuration": nil, "system.webServer": nil, "files": nil, "clear": nil, "customHeaders": nil, "staticContent": nil, "httpProtocol": nil,
	"location":        {"path"},
	"defaultDocument": {"enabled"},
	"directoryBrowse": {"enabled"},
	"add":             {"value", "name"},
	"remove":          {"statusCode", "subStatusCode", "name", "fileExtension"},
	"httpErrors":      {"errorMode", "existingResponse"},
	"error":           {"statusCode", "path", "responseMode"},
	"mimeMap":         {"fileExtension", "mimeType"},
	"clientCache":     {"cacheControlMode", "cacheControlMaxAge"},
	"urlCompression":  {"doStaticCompression"},
	"httpRedirect":    {"enabled", "destination", "exactDestination", "httpResponseStatus"},
}

// TestIIS: web.config is XML of elements that every IIS knows, names each ending and each
// path once, since IIS refuses a second, and stays below the size that IIS reads.
func TestIIS(t *testing.T) {
	var aliases []string
	for i := range 2000 {
		aliases = append(aliases, fmt.Sprintf("old/%d.html", i))
	}
	for _, settings := range []string{"", "base_url = \"https://a.example/a&b'\\\"/\"\n[host]\nhsts = 30\n"} {
		text := told(t, "iis", linked(t, settings, aliases...), "", diag.ZH)
		if len(text) > 250_000 || strings.Count(text, "<httpRedirect ") < 500 {
			t.Errorf("%d bytes, %d redirects", len(text), strings.Count(text, "<httpRedirect "))
		}
		var once []string
		for d := xml.NewDecoder(strings.NewReader(text)); ; {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			start, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			allowed, known := elements[start.Name.Local]
			if !known {
				t.Errorf("IIS knows no <%s>", start.Name.Local)
			}
			for _, a := range start.Attr {
				if !slices.Contains(allowed, a.Name.Local) {
					t.Errorf("<%s> has no %s", start.Name.Local, a.Name.Local)
				}
			}
			if name := start.Name.Local; name == "mimeMap" || name == "location" {
				once = append(once, name+" "+start.Attr[0].Value)
			}
		}
		slices.Sort(once)
		if len(slices.Compact(slices.Clone(once))) != len(once) {
			t.Error("something is said twice")
		}
	}
}

// TestText: what a person typed stays text, in the language of the messages.
func TestText(t *testing.T) {
	s := linked(t, "title = \"甲\\n} --> 乙\"\nbase_url = \"http://a.example:8080/清 廉/$x;'\\\"{/\"\n", "old/", "old/b.htm")
	for _, kind := range Kinds {
		zh, en := told(t, kind, s, `C:\web "1"\`, diag.ZH), told(t, kind, s, "/srv/a/", diag.EN)
		if strings.Contains(zh, "\n} -") || strings.Contains(en, "打印") {
			t.Errorf("%s: %s", kind, zh)
		}
		if kind == "nginx" {
			for _, want := range []string{`alias "C:/web \"1\"/";`, `location ^~ "/清 廉/$x;'\"{/" {`, `listen 8080;`,
				`location = "/清 廉/$x;'\"{/old/" { return 301 /%E6%B8%85%20%E5%BB%89/%24x%3B%27%22%7B/examples/a0.html; }`} {
				if !strings.Contains(zh, want) {
					t.Errorf("no %s in %s", want, zh)
				}
			}
		}
		if kind == "apache" && !strings.Contains(en, `old/b\\.htm$" "/清 廉/\\$x;'\"{/examples/a1.html"`) {
			t.Errorf("%s", en)
		}
	}
	if _, err := Text("none", s, "", diag.ZH); err == nil {
		t.Error("there is a text for a server that nobody knows")
	}
}

// TestManual: the manual has the workflow for GitHub Pages as it is printed.
func TestManual(t *testing.T) {
	manual, err := os.ReadFile("../../../docs/manual.md")
	if err != nil {
		t.Fatal(err)
	}
	if text := told(t, config.Pages, linked(t, ""), "", diag.ZH); !strings.Contains(string(manual), "```yaml\n"+text+"```\n") {
		t.Errorf("the manual does not have\n%s", text)
	}
}
