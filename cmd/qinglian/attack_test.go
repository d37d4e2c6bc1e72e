package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// attacks are the lines of a list in testdata/attacks, as bodies.txt tells.
func attacks(t *testing.T, list string) []string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata/attacks", list))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSuffix(line, "\n")
		if line != "" && !strings.HasPrefix(line, "% ") {
			lines = append(lines, unfold(line))
		}
	}
	return lines
}

var typedSigns = strings.NewReplacer("⏎", "\n", "⇥", "\t", "␀", "\x00", "␌", "\f", "␍", "\r")

var coded = regexp.MustCompile(`⟨[0-9a-f]+⟩`)

// unfold is a line of a list as it is typed.
func unfold(line string) string {
	return coded.ReplaceAllStringFunc(typedSigns.Replace(line), func(code string) string {
		r, _ := strconv.ParseUint(strings.Trim(code, "⟨⟩"), 16, 32) // too large a one is U+FFFD
		return string(rune(r))
	})
}

// quoted is a text as YAML and TOML both have it.
func quoted(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err) // no text fails
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// texts are the fields of each section's kind that take a text: %[1]s is the value.
var texts = []struct{ section, fields string }{
	{"notices", "单位: %[1]s"},
	{"model-sites", "类别: 机关\n级别: 省级\n地区: %[1]s\n单位: %[1]s\n牵头单位: %[1]s\n命名单位: %[1]s\n命名文号: %[1]s\n批次: %[1]s\n" +
		"品牌: %[1]s\n荣誉: [%[1]s]\n开放时间: %[1]s\n到达方式: %[1]s\n星级:\n  - {年度: 2026, 星数: 5, 说明: %[1]s}"},
	{"examples", "地区: %[1]s\n指标:\n  - {名称: %[1]s, 数值: %[1]s, 计量单位: %[1]s, 数据来源: %[1]s}"},
	{"education", "类型: 警示\n对象: [%[1]s]\n系列: %[1]s"},
	{"regulations", "状态: 现行有效\n发布机关: %[1]s\n发文字号: %[1]s"},
	{"tasks", "牵头单位: %[1]s\n配合单位: [%[1]s]\n办结期限: 2027-01-01\n进度: 推进中\n进展:\n  - {时间: 2026-10-01, 内容: %[1]s}"},
	{"activities", "活动时间: 2026-10-01\n地点: %[1]s\n主办单位: %[1]s"},
	{"routes", "站点:\n  - {去处: ../notices/kept.md, 看什么: %[1]s, 停留: %[1]s}\n全程: %[1]s\n适合: [%[1]s]\n集合: %[1]s"},
}

const plainDrawing = `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><path d="M0 0h9v9z"/></svg>`

// attacked is a site that is nothing but attacks.
type attacked struct {
	t      *testing.T
	source string
	parts  map[string]int // how many attacks there are of each list
}

func (a *attacked) write(name, text string) {
	a.t.Helper()
	if err := tryWrite(filepath.Join(a.source, filepath.FromSlash(name)), text); err != nil {
		a.t.Fatal(err)
	}
}

func tryWrite(name, text string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text), 0o644)
}

func (a *attacked) article(section, name, head, body string) {
	a.t.Helper()
	a.write("content/"+section+"/"+name+".md", "---\n"+head+"\n---\n"+body+"\n")
}

const ordinary = "标题: 通知\n日期: 2026-05-01\n来源: 县监委\n"

// newAttacked writes down the site: each attack in an article of its own, so that none
// hides another.
func newAttacked(t *testing.T) *attacked {
	a := &attacked{t: t, source: filepath.Join(t.TempDir(), "site"), parts: map[string]int{}}
	config, err := os.ReadFile("testdata/attacks/config.toml")
	if err != nil {
		t.Fatal(err)
	}
	a.write("config.toml", string(config))
	a.write("content/notices/pond.svg", plainDrawing)
	a.write("content/notices/x", plainDrawing)
	a.article("notices", "kept", ordinary, "甲。")
	for i, body := range attacks(t, "bodies.txt") {
		a.article("notices", a.name("bodies", i), ordinary, body)
	}
	var honours strings.Builder
	for i, v := range attacks(t, "values.txt") {
		v, own := quoted(v), quoted(fmt.Sprintf("%s %03d", v, i)) // a page of its own
		kind := texts[i%len(texts)]
		const all = "标题: %[1]s\n日期: 2026-05-01\n来源: %[1]s\n摘要: %[1]s\n作者: %[1]s\n责任编辑: %[1]s\n%[2]s: [%[3]s]\n"
		head := fmt.Sprintf(all+kind.fields, v, []string{"标签", "专题"}[i%2], own)
		a.article(kind.section, a.name("values", i), head, "乙。")
		fmt.Fprintf(&honours, "[[honours]]\nyear = 2026\ntitle = %s\nname = %[1]s\nawarded_by = %[1]s\n", v)
	}
	a.write("data/honours.toml", honours.String())
	for i, line := range attacks(t, "fields.txt") {
		key, _, _ := strings.Cut(line, ":")
		head := regexp.MustCompile("(?m)^"+regexp.QuoteMeta(key)+": .*\n").ReplaceAllString(ordinary, "")
		a.article("notices", a.name("fields", i), head+line, "丙。\n\n![图](pond.svg)")
	}
	a.named()
	for i, drawing := range attacks(t, "drawings.txt") {
		name := a.name("drawings", i)
		drawing = strings.ReplaceAll(drawing, "<svg S", `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="900" height="900"`)
		a.write("content/education/"+name+"/d.svg", drawing)
		a.article("education", name+"/index", "标题: 画\n日期: 2026-05-01\n来源: 县监委\n类型: 警示\n封面: d.svg", "![画](d.svg)")
	}
	return a
}

// named writes files with the names of the list. Not every system takes all.
func (a *attacked) named() {
	for i, name := range attacks(a.t, "names.txt") {
		folder := "content/notices/" + a.name("names", i) + "/"
		head := ordinary + "封面: " + quoted(name+".svg") + "\n附件: [" + quoted(name+".pdf") + "]"
		below := filepath.Join(a.source, filepath.FromSlash(folder), name)
		if tryWrite(below+".svg", plainDrawing) == nil && tryWrite(below+".pdf", "%PDF-1.4") == nil {
			tryWrite(below+".md", "---\n"+head+"\n---\n丁。\n") //nolint:errcheck // what is not written is not attacked
		}
		tryWrite(filepath.Join(a.source, "static", name+".txt"), "戊") //nolint:errcheck // the same
	}
}

// name is that of an article with an attack of a list.
func (a *attacked) name(list string, i int) string {
	a.parts[list]++
	return fmt.Sprintf("%s-%03d", list, i)
}

// build publishes what is not refused, and returns the output folder.
func (a *attacked) build(flags ...string) (output string) {
	a.t.Helper()
	output = a.t.TempDir()
	for range 9 {
		var said, failed bytes.Buffer
		status := run(append([]string{"build", "--json", "--source", a.source, "--output", output, "--now", "2026-11-24"}, flags...), &said, &failed)
		if status == exitDone {
			return output
		}
		var r report
		if err := json.Unmarshal(said.Bytes(), &r); err != nil {
			a.t.Fatalf("status %d: %v\n%s%s", status, err, said.String(), failed.String())
		}
		for _, d := range r.Diagnostics {
			if d.Severity == "error" {
				a.remove(d)
			}
		}
	}
	a.t.Fatal("what is refused does not come to an end")
	return ""
}

// remove takes away what an error is about: an article with all that it has beside it.
func (a *attacked) remove(d finding) {
	file := d.File
	if d.Rule == "control-in-name" { // it is told as Go quotes it
		file, _ = strconv.Unquote(`"` + file + `"`)
	}
	parts := strings.SplitN(file, "/", 4)
	switch {
	case len(parts) > 1 && parts[0] == "static":
	case len(parts) > 2 && parts[0] == "content" && d.File != "content/notices/pond.svg":
		parts = parts[:3]
	default:
		a.t.Fatalf("refused is %q: %s", d.File, d.Message)
	}
	if err := os.RemoveAll(filepath.Join(a.source, filepath.FromSlash(strings.Join(parts, "/")))); err != nil {
		a.t.Fatal(err)
	}
}

// plain publishes the site with the other theme, without the texts: these are the same
// in all themes.
func (a *attacked) plain() string {
	a.t.Helper()
	texts, err := filepath.Glob(filepath.Join(a.source, "content/notices/bodies-*"))
	if err != nil {
		a.t.Fatal(err)
	}
	for _, name := range texts {
		if err := os.Remove(name); err != nil {
			a.t.Fatal(err)
		}
	}
	return a.build("--theme", "plain")
}

// published checks that enough of each list is: what is refused runs nothing, but proves
// nothing either.
func (a *attacked) published() {
	a.t.Helper()
	left := map[string]int{}
	for _, name := range files(a.t, a.source, ".md") {
		for list := range a.parts {
			if strings.Contains(filepath.ToSlash(name), "/"+list+"-") {
				left[list]++
			}
		}
	}
	for list, least := range map[string]int{"bodies": 350, "values": 110, "fields": 15, "names": 40, "drawings": 80} {
		if left[list] < least {
			a.t.Errorf("of %d attacks in %s only %d are published", a.parts[list], list, left[list])
		}
	}
}
