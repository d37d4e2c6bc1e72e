package markdown

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"qinglian/internal/diag"
)

var update = flag.Bool("update", false, "write what comes out into the case files")

// TestCases runs testdata/cases: one file per feature, the dialect by example.
//
//	What the feature is, in words.
//
//	◆ what this case shows [clauses]
//	input
//	→
//	output
//
// Words in brackets are Options; [summary] shows the summary alone. In the output a line ends after each block;
// ⏎ is a line end in the HTML, «» are holes with what they stand for, and lines
// that begin with ! are messages.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no case files", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) { runCases(t, file) })
	}
}

// declared are the directives that every theme shows; package theme decodes them so,
// too, but imports this one.
func declared(t testing.TB) (specs []DirectiveSpec) {
	t.Helper()
	var file struct {
		Directives map[string]DirectiveSpec `toml:"directives"`
	}
	meta, err := toml.DecodeFile("../../themes/directives.toml", &file)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range meta.Keys() {
		if len(key) == 2 {
			s := file.Directives[key[1]]
			s.Name = key[1]
			specs = append(specs, s)
		}
	}
	return specs
}

// TestCallouts: each type that another tool's callout becomes is one that ours has.
func TestCallouts(t *testing.T) {
	spec, ok := specNamed(declared(t), calloutName)
	if !ok || spec.Args[0].Key != "type" {
		t.Fatalf("got %+v", spec)
	}
	for name, kind := range calloutTypes {
		if !slices.Contains(spec.Args[0].Choices, kind) {
			t.Errorf("%s becomes %s, which is none of %q", name, kind, spec.Args[0].Choices)
		}
	}
}

func runCases(t *testing.T, file string) {
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d, directives := New(), declared(t)
	parts := strings.Split(string(b), "\n◆ ")
	out := parts[0]
	if len(parts) == 1 {
		t.Fatal("no cases")
	}
	for _, part := range parts[1:] {
		name, rest, _ := strings.Cut(part, "\n")
		in, want, ok := strings.Cut("\n"+rest, "\n→\n")
		if !ok {
			t.Fatalf("%s: no line →", name)
		}
		in = strings.TrimPrefix(in, "\n")
		o := options(t, name)
		o.Directives = directives
		o.FieldNamed = func(name string) bool {
			return slices.Contains([]string{"title", "date", "tags", "layout"}, name)
		}
		c := d.Compile("a.md", []byte(in), 0, o)
		checkFacts(t, d, in, o)
		got := shown(c)
		if strings.Contains(name, " [summary") {
			got = c.Summary
		}
		if want = strings.TrimSpace(want); got != want && !*update {
			t.Errorf("%s\n%s\ngot\n%s\nwant\n%s", name, in, got, want)
		}
		out += "\n◆ " + name + "\n" + in + "\n→\n" + got + "\n"
	}
	if *update {
		if err := os.WriteFile(file, []byte(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

var bracketed = regexp.MustCompile(`\[([a-z ]+)\]$`)

func options(t *testing.T, name string) (o Options) {
	m := bracketed.FindStringSubmatch(name)
	if m == nil {
		return o
	}
	for _, word := range strings.Fields(m[1]) {
		switch word {
		case "clauses":
			o.Clauses = true
		case "outline":
			o.Outline = true
		case "official":
			o.Official = true
		case "summary": // that is shown
		case "join", "keep":
			o.Enter = Enter(word)
		default:
			t.Fatalf("%s: no option %s", name, word)
		}
	}
	return o
}

var blockEnd = regexp.MustCompile(`</(?:p|h[1-6]|ul|ol|dl|blockquote|pre|div|section|table|thead|li|dt|dd)>|<hr>|<(?:ul|ol|dl|blockquote|thead|tbody)>|</tr>`)

// shown is what a text became, for readers.
func shown(c Compiled) string {
	parts := []string{}
	from := 0
	for _, h := range c.Holes {
		parts = append(parts, visible(c.HTML[from:h.At]), hole(c, h))
		from = h.At
	}
	all := strings.Join(append(parts, visible(c.HTML[from:])), "")
	lines := []string{strings.TrimSpace(blockEnd.ReplaceAllString(all, "$0\n"))}
	if lines[0] == "" {
		lines = nil
	}
	for _, p := range c.Problems {
		line := fmt.Sprintf("! %s %d:%d %s: %s", p.Severity.Text().In(diag.ZH), p.Line, p.Column, p.Rule, p.Message.In(diag.ZH))
		if hint := p.Hint.In(diag.ZH); hint != "" {
			line += " | " + hint
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func visible(html string) string { return strings.ReplaceAll(html, "\n", "⏎") }

// hole is what stands for a hole: «img a.png 图», «a.md#甲» … «/».
func hole(c Compiled, h Hole) string {
	if h.Directive {
		d := c.Directives[h.Ref]
		if h.End {
			return "«/" + d.Name + "»\n"
		}
		out := "«" + d.Name
		for _, a := range d.Args {
			out += " " + a.Key + "=" + a.Value
			if a.Ref >= 0 {
				out += " (" + c.Refs[a.Ref].Dest + ")"
			}
		}
		return out + "»\n"
	}
	ref := c.Refs[h.Ref]
	switch {
	case h.End:
		return "«/»"
	case ref.Image:
		return "«img " + ref.Dest + " " + ref.Alt + "»"
	}
	return "«" + ref.Dest + "#" + ref.Anchor + "»"
}
