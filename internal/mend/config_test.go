package mend

import (
	"strings"
	"testing"

	"qinglian/internal/config"
)

const id = "k3v9x2m7q4t8w6r5"

// TestConfig: the id stands before the first setting and its comment; what has
// one, or can't be read, stays.
func TestConfig(t *testing.T) {
	const added = "id = \"" + id + "\"   # 本站的记号：不要改，也不要抄给别的网站"
	for in, want := range map[string]string{
		"":                              "ID\n",
		"# 设置":                          "ID\n# 设置",
		"# 设置\n\n":                      "# 设置\n\nID\n",
		"title = \"甲\"\n":               "ID\ntitle = \"甲\"\n",
		"title = \"甲\"\r\n[footer]\r\n": "ID\r\ntitle = \"甲\"\r\n[footer]\r\n",
		"# 设置\n\n# 名字\n# 两行\ntitle = \"甲\"\n":    "# 设置\n\nID\n# 名字\n# 两行\ntitle = \"甲\"\n",
		"\n[footer]\nnote = \"id = 1\"\n":        "\nID\n[footer]\nnote = \"id = 1\"\n",
		"[marks.organ]\npaste = '''\n# x\n'''\n": "ID\n[marks.organ]\npaste = '''\n# x\n'''\n",
		"id = \"abcdefgh\"\n":                    "id = \"abcdefgh\"\n",
		"id = \"\"\n":                            "id = \"\"\n",
		"title = 甲\n":                            "title = 甲\n",
	} {
		got := string(Apply([]byte(in), Config([]byte(in), id)))
		if want = strings.Replace(want, "ID", added, 1); got != want {
			t.Errorf("%q\ngot  %q\nwant %q", in, got, want)
		}
	}
}

// TestID: ids are what config takes, and different for different random bytes.
func TestID(t *testing.T) {
	seen := map[string]bool{}
	for i := range 256 {
		made := config.NewID([16]byte{byte(i), byte(i / 32)})
		c, problems := config.Parse(Apply(nil, Config(nil, made)))
		if seen[made] || c.ID != made || len(problems) > 0 {
			t.Errorf("%s: %v", made, problems)
		}
		seen[made] = true
	}
	for _, bad := range []string{"", "short", "with space", "UPPERCASE", "two--hyphens", "新的记号新的", strings.Repeat("a", 65)} {
		if _, problems := config.Parse([]byte("id = \"" + bad + "\"")); len(problems) != 1 || problems[0].Rule != "config-value" || problems[0].Line != 1 {
			t.Errorf("%q: %v", bad, problems)
		}
	}
}
