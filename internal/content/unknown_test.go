package content

import (
	"strings"
	"testing"
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
