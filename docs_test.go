package qinglian_test

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"qinglian/internal/channel/wechat"
	"qinglian/internal/theme"
	"qinglian/themes"
)

var (
	// quotedName is a word that a table's cell has as code.
	quotedName = regexp.MustCompile("`([^`]+)`")
	// testName is a test of a package: folder.TestName, or TestName of this one.
	testName = regexp.MustCompile(`^(?:([a-z/]+)\.)?((?:Test|Fuzz)[A-Za-z]+)$`)
)

// TestThreats: each row of docs/security.md's table names what tests it, and all that
// is named is there.
func TestThreats(t *testing.T) {
	text, err := os.ReadFile("docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "\n| 途径 Route |")
	table, _, _ = strings.Cut(table, "\n\n")
	rows := strings.Split(table, "\n")[2:] // without the head
	if len(rows) < 20 {
		t.Errorf("only %d rows", len(rows))
	}
	var named []string
	for _, row := range rows {
		cells := strings.Split(strings.Trim(row, "| "), " | ")
		if len(cells) != 4 {
			t.Errorf("%d cells: %s", len(cells), row)
			continue
		}
		found := quotedName.FindAllStringSubmatch(cells[3], -1)
		if len(found) == 0 {
			t.Errorf("no test: %s", row)
		}
		for _, m := range found {
			named = append(named, m[1])
		}
	}
	for _, name := range slices.Compact(slices.Sorted(slices.Values(named))) {
		if !tested(t, name) {
			t.Errorf("docs/security.md names %s, which is not there", name)
		}
	}
}

// TestDirectives: docs/manual.md has a row for each directive that every theme shows,
// and in it each of its arguments.
func TestDirectives(t *testing.T) {
	text, err := os.ReadFile("docs/manual.md")
	if err != nil {
		t.Fatal(err)
	}
	declared, err := theme.Directives(themes.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range declared {
		row := ""
		for line := range strings.Lines(string(text)) {
			if strings.HasPrefix(line, "| `") && strings.Contains(line, "`"+d.Name+"` "+d.Label) {
				row = line
			}
		}
		for _, a := range d.Args {
			if !strings.Contains(row, "`"+a.Key+"`") {
				t.Errorf("the row of %s has no %s: %q", d.Name, a.Key, row)
			}
		}
	}
}

// TestStyles: docs/themes.md has each role of a style for WeChat.
func TestStyles(t *testing.T) {
	text, err := os.ReadFile("docs/themes.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "\n## 公众号文章的样式\n")
	table, _, _ = strings.Cut(table, "\n## ")
	for _, role := range slices.Concat(wechat.Colours, wechat.Roles) {
		if !strings.Contains(table, "`"+role+"`") {
			t.Errorf("the table of roles has no %s", role)
		}
	}
}

// tested reports whether a test, or a script of one, exists.
func tested(t *testing.T, name string) bool {
	t.Helper()
	m := testName.FindStringSubmatch(name)
	if m == nil {
		info, err := os.Stat(filepath.FromSlash(name))
		return err == nil && info.Mode().IsRegular() && strings.Contains(name, "testdata/")
	}
	files, err := filepath.Glob(path.Join(".", m[1], "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(files, func(file string) bool {
		source, err := os.ReadFile(file)
		return err == nil && strings.Contains(string(source), "\nfunc "+m[2]+"(")
	})
}

// TestGuide: the guide that goes with a release shows pictures that are there, and the
// buttons and notices that it quotes are the program's or the installer's.
func TestGuide(t *testing.T) {
	text, err := os.ReadFile("release/guide.html")
	if err != nil {
		t.Fatal(err)
	}
	pictures := regexp.MustCompile(`<img src="([^"]+)" alt="[^"]+"`).FindAllSubmatch(text, -1)
	if len(pictures) < 5 {
		t.Errorf("only %d pictures", len(pictures))
	}
	for _, p := range pictures {
		if _, err := os.Stat(filepath.Join("release", string(p[1]))); err != nil {
			t.Error(err)
		}
	}
	pages, err := filepath.Glob("internal/serve/assets/*.html")
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for _, name := range append(pages, "release/setup.nsi", "release/winres.json", "release/qinglian.desktop") {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		said.Write(b)
	}
	others := []string{"Windows 已保护你的电脑", "更多信息", "仍要运行", "允许", "信任", "不是有效的 Win32 应用程序",
		"与你运行的 Windows 版本不兼容", "显示更多选项", "应用", "草稿: true"}
	for _, m := range regexp.MustCompile(`“([^”]+)”`).FindAllSubmatch(text, -1) {
		if quoted := string(m[1]); !strings.Contains(said.String(), quoted) && !slices.Contains(others, quoted) {
			t.Errorf("nothing says %q", quoted)
		}
	}
}

// TestWorkflows: what makes a release elsewhere can be read, and runs only what is there.
func TestWorkflows(t *testing.T) {
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{".github/workflows/release.yml", ".gitlab-ci.yml", "release/goreleaser.yaml"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var all map[string]any
		if err := yaml.Unmarshal(text, &all); err != nil || len(all) == 0 {
			t.Errorf("%s: %v", name, err)
		}
		for _, m := range regexp.MustCompile(`\bmake ([a-z-]+) VERSION`).FindAllSubmatch(text, -1) {
			if !regexp.MustCompile(`(?m)^` + string(m[1]) + `:`).Match(makefile) {
				t.Errorf("%s: there is no make %s", name, m[1])
			}
		}
		for _, m := range regexp.MustCompile(`\brelease/[a-z.]+\b`).FindAll(text, -1) {
			if _, err := os.Stat(string(m)); err != nil {
				t.Error(err)
			}
		}
	}
}
