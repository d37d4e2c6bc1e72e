package content

import (
	"strings"
	"testing"

	"qinglian/internal/config"
	"qinglian/internal/markdown"
)

// TestUnknownTable: the cure takes out the table, not the line that another field has.
func TestUnknownTable(t *testing.T) {
	const fields = "+++\ntitle = \"甲\"\ndate = 2024-05-01\nsource = \"乙\"\n"
	for _, header := range []string{"[menu.main]", "[menu]", "[bar.baz]", "[[resources]]"} {
		d := defaults(t).Compile("content/examples/a.md", []byte(fields+header+" # 别处\nname = \"丙\"\n+++\n"))
		if len(d.Problems) != 1 || d.Problems[0].Source != header+" # 别处" || !strings.HasPrefix(d.Problems[0].Hint.ZH, "删去这个表") {
			t.Errorf("%s: got %v", header, d.Problems)
		}
	}
	const inYAML = "---\n标题: 甲\n日期: 2024-05-01\n来源: 乙\n"
	for matter, cure := range map[string]string{
		"menu: main\n": "删去这一行", "menu:\n  main:\n    weight: 5\n": "删去这一行和下面属于它的各行", "menu:\n- main\n": "删去这一行和下面属于它的各行",
	} {
		d := defaults(t).Compile("content/examples/a.md", []byte(inYAML+matter+"---\n"))
		if len(d.Problems) != 1 || !strings.HasSuffix(d.Problems[0].Hint.ZH, cure) {
			t.Errorf("%q: got %v", matter, d.Problems)
		}
	}
	d := defaults(t).Compile("content/examples/a.md", []byte(fields+"[[tag]]\nname = \"丙\"\n+++\n"))
	if len(d.Problems) != 1 || !strings.HasPrefix(d.Problems[0].Hint.ZH, "是不是想写") {
		t.Errorf("a slip of the pen: got %v", d.Problems)
	}
}

// TestMeantField: the cure names a field that can be meant, so that typing it mends the
// article; else the fields that there are, as they are typed there.
func TestMeantField(t *testing.T) {
	const fields = "---\n标题: 甲\n日期: 2024-05-01\n来源: 乙\n"
	sections := ""
	for section, kind := range map[string]string{"notices": "notice", "model-sites": "model-site", "regulations": "regulation"} {
		sections += "[sections." + section + "]\ntitle = \"" + section + "\"\nkind = \"" + kind + "\"\n"
	}
	conf, _ := config.Parse([]byte(sections))
	compiler := Compiler{Config: conf, Dialect: markdown.New()}
	for _, c := range []struct{ section, line, hint string }{
		{"regulations", "文号: 清政发〔2024〕1号", "是不是想写“发文字号”？"},
		{"model-sites", "电话: 0999-555-0100", "是不是想写“预约电话”？"},
		{"model-sites", "命名: 2024-05-01", "是不是想写“命名单位”或“命名文号”或“命名日期”？"},
		{"notices", "文号: 清政发〔2024〕1号", "可用的有：标题、日期、"},
		{"notices", "副标题: 丙", "可用的有：标题、日期、"},
		{"notices", "标鉴: [丙]", "是不是想写“标签”？"},
		{"notices", "编码: official", "是不是想写“编号”？"},
	} {
		d := compiler.Compile("content/"+c.section+"/a.md", []byte(fields+c.line+"\n---\n"))
		var hints []string
		for _, p := range d.Problems {
			if p.Rule == "unknown-field" {
				hints = append(hints, p.Hint.ZH)
			}
		}
		if len(hints) != 1 || !strings.HasPrefix(hints[0], c.hint) {
			t.Errorf("%s: %s: got %q", c.section, c.line, hints)
		}
	}
	d := compiler.Compile("content/notices/a.md", []byte("+++\ntitle = \"甲\"\ndate = 2024-05-01\nsource = \"乙\"\nmenu_order = 3\n+++\n"))
	if len(d.Problems) != 1 || !strings.HasPrefix(d.Problems[0].Hint.ZH, "可用的有：title、date、") {
		t.Errorf("in TOML: got %v", d.Problems)
	}
}

// TestMeantAddress: what an address lacks is put in front of it.
func TestMeantAddress(t *testing.T) {
	for typed, want := range map[string]string{
		"mp.weixin.qq.com/s/x": "写成 公众号链接: https://mp.weixin.qq.com/s/x",
		"//mp.weixin.qq.com/s": "写成 公众号链接: https://mp.weixin.qq.com/s",
		"已发":                   "写成 公众号链接: https://…",
	} {
		d := defaults(t).Compile("content/notices/a.md", []byte("---\n标题: 甲\n日期: 2024-05-01\n来源: 乙\n公众号链接: "+typed+"\n---\n"))
		if len(d.Problems) != 1 || d.Problems[0].Hint.ZH != want {
			t.Errorf("%s: got %v", typed, d.Problems)
		}
	}
}
