package syntax

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/goccy/go-yaml"
)

// refusal decodes a text as a site's files are, and says why it is refused; said is the
// decoder's own sentence.
func refusal(format, text string) (r Refusal, said string) {
	var v any
	var err error
	of := map[string]func([]byte, error) Refusal{"toml": TOML, "yaml": YAML, "json": JSON, "csv": CSV}[format]
	switch format {
	case "toml":
		var table map[string]any
		err = toml.Unmarshal([]byte(text), &table)
	case "yaml":
		err = yaml.Unmarshal([]byte(text), &v)
	case "json":
		err = json.NewDecoder(strings.NewReader(text)).Decode(&v)
	case "csv":
		_, err = csv.NewReader(strings.NewReader(text)).ReadAll()
	}
	if err == nil {
		return Refusal{}, ""
	}
	return of([]byte(text), err), err.Error()
}

// TestRefusal: the place, what is wrong there, and what to type.
func TestRefusal(t *testing.T) {
	for _, c := range []struct{ format, text, want string }{
		{"toml", "title = “站”", "1:9 文字两边用了中文引号；写成 title = \"站\""},
		{"toml", "title = ‘站\"", "1:9 文字两边用了中文引号；写成 title = \"站\""},
		{"toml", "title = 站", "1:9 文字两边少了引号；写成 title = \"站\""},
		{"toml", "title: \"站\"", "1:6 名字和值之间要写“=”；写成 title = \"站\""},
		{"toml", "title：\"站\"", "1:6 名字和值之间要写“=”；写成 title = \"站\""},
		{"toml", "title = \"站", "1:12 引号“\"”没有配对；写成 title = \"站\""},
		{"toml", "title = \"三本账\"晒出来", "1:14 引号后面多了文字，或文字里也有引号；写成 title = '\"三本账\"晒出来'"},
		{"toml", "title = \"a\\图\"", "1:10 双引号里的“\\”另有用处；写成 title = 'a\\图'"},
		{"toml", "title =", "1:7 “=”后面没有内容；写成 title = \"\""},
		{"toml", "title = # 注", "1:9 “=”后面没有内容；写成 title = \"\""},
		{"toml", "[footer\na = 1", "1:8 方括号没有配对；写成 [名字]"},
		{"toml", "［footer］", "1:1 用了中文标点“［”；写成半角 ["},
		{"toml", "［footer]\na = 1", "1:1 方括号没有配对；写成 [名字]"},
		{"toml", "a = [\"甲\"，\"乙\"]", "1:9 用了中文标点“，”；写成半角 ,"},
		{"toml", "a = [\"甲\" \"乙\"]", "1:10 两样之间少了逗号；写成 [\"甲\", \"乙\"] 那样"},
		{"toml", "a = [\"甲\"\nb = 1", "1:1 括号“[”没有配对；[ 和 ]、{ 和 } 要成对写"},
		{"toml", "标题", "1:1 这一行不是“名字 = 值”；每行写成 名字 = \"值\"；文字两边用英文双引号"},
		{"toml", "标题 = \"甲\"", "1:1 中文名两边要加引号；写成 \"标题\" = \"甲\""},
		{"toml", "a = 1\na = 2", "2:1 “a”写了两次；留下一行，删去另一行"},
		{"toml", "[b]\n[a] # 甲\nx = 1\n[c]\n[a]\ny = 2", "5:2 [a] 写了两次；把它下面的几行移到第 2 行的 [a] 下面，再删去这一行"},
		{"toml", "a = １２", "1:5 数字要用半角；写成 a = 12"},
		{"toml", "[sections.走廊]", "1:11 方括号里的中文名两边要加引号；写成 [sections.\"走廊\"]"},
		{"toml", "a = 2024-13-01", "1:5 没有这个日期，或写法不对；写成 2024-05-01 那样"},
		{"toml", "a = yes", "1:5 这里写 true 或 false；写成 a = true"},
		{"toml", "a = { b = 1", "1:11 括号“{”没有配对；[ 和 ]、{ 和 } 要成对写"},
		{"toml", "= 1", "1:1 这一行不是“名字 = 值”；每行写成 名字 = \"值\"；文字两边用英文双引号"},
		{"toml", "a = \"甲\",", "1:8 引号后面多了文字，或文字里也有引号；写成 a = \"甲\""},
		{"toml", "a = \"\"\"甲\n", "1:5 引号“\"\"\"”没有配对；文字两边各写一个 \"\"\""},
		{"yaml", "标题：甲\n来源: 乙", "1:1 用了全角“：”；写成 标题: 甲"},
		{"yaml", "标题:甲\n来源: 乙", "1:1 冒号后面要空一格；写成 标题: 甲"},
		{"yaml", "a: [1\n", "1:4 括号“[”没有配对；[ 和 ]、{ 和 } 要成对写"},
		{"yaml", "a: \"甲\nb: 1", "1:4 引号“\"”没有配对；文字两边各写一个 \""},
		{"yaml", "a: \"三\"账", "1:7 这样的文字要加引号；写成 a: '\"三\"账'"},
		{"yaml", "a: b: c", "1:4 这样的文字要加引号；写成 a: \"b: c\""},
		{"yaml", "a: @甲", "1:4 这样的文字要加引号；写成 a: \"@甲\""},
		{"yaml", "a:\n\t- 甲", "2:1 缩进用了 Tab；改用空格"},
		{"yaml", "a: 1\na: 2", "2:1 同一个名字写了两次；留下一行，删去另一行"},
		{"yaml", "a: {b: 1", "1:4 括号“{”没有配对；[ 和 ]、{ 和 } 要成对写"},
		{"yaml", "a:\n  - 甲\n - 乙", "3:2 这一行看不懂；每项写成 名字: 内容，标点用半角；下一层用两个空格缩进"},
		{"yaml", "a: *x", "1:5 这样的文字要加引号；写成 a: \"*x\""},
		{"yaml", "甲\nb: 1", "1:1 这一行看不懂；每项写成 名字: 内容，标点用半角；下一层用两个空格缩进"},
		{"yaml", "a: ］\nb: \"x\" y", "2:8 这样的文字要加引号；写成 b: '\"x\" y'"},
		{"yaml", "%甲", "1:1 这一行看不懂；每项写成 名字: 内容，标点用半角；下一层用两个空格缩进"},
		{"json", "{\"甲\": 1,}", "1:9 最后一样后面多了逗号；删去 } 前面的逗号"},
		{"json", "[1, 2", "1:6 没有写完：少了括号或引号；[ 和 ]、{ 和 }、两边的引号都要成对写"},
		{"json", "{\"甲\"：1}", "1:5 用了中文标点“：”；写成半角 :"},
		{"json", "{甲: 1}", "1:2 这里看不懂；名字和文字两边都要加英文双引号，如 {\"名称\": \"甲\"}"},
		{"json", "{\"甲\": 1 \"乙\": 2}", "1:9 这里少了逗号或冒号；两样之间写 ,，名字后面写 :"},
		{"json", "{'甲': 1}", "1:2 用了单引号；写成 \""},
		{"json", "{\"甲\": “乙”}", "1:7 用了中文标点““”；写成半角 \""},
		{"json", "// 注\n{}", "1:1 JSON 里不能写注释；删去它"},
		{"json", "{\"甲\": \"一\n二\"}", "1:9 引号“\"”没有配对；文字两边各写一个 \""},
		{"json", "", "1:1 没有写完：少了括号或引号；[ 和 ]、{ 和 }、两边的引号都要成对写"},
		{"json", "{\"甲\": 乙}", "1:7 这里看不懂；名字和文字两边都要加英文双引号，如 {\"名称\": \"甲\"}"},
		{"json", "[1，2]", "1:3 用了中文标点“，”；写成半角 ,"},
		{"csv", "甲,乙\n1,2\n3", "3:1 这一行有 1 格，第一行有 2 格；补上 1 个半角逗号，空着的格也要有"},
		{"csv", "甲,乙\n1，2", "2:1 这一行有 1 格，第一行有 2 格；格与格之间用半角“,”，这里有全角“，”"},
		{"csv", "甲,乙\n1,2,3", "2:1 这一行有 3 格，第一行有 2 格；格里有逗号的，整格两边加 \""},
		{"csv", "甲,乙\n1,他说\"好\"", "2:1 有一格里的引号没有配对，或写在了文字中间；整格两边加 \"，格里的每个 \" 写成 \"\""},
		{"csv", "甲,乙\n\"1\"2,3", "2:1 有一格里的引号没有配对，或写在了文字中间；整格两边加 \"，格里的每个 \" 写成 \"\""},
		{"csv", "甲,乙\n\"1,2\n", "2:1 有一格里的引号没有配对，或写在了文字中间；整格两边加 \"，格里的每个 \" 写成 \"\""},
	} {
		r, _ := refusal(c.format, c.text)
		before := c.text[:min(r.At, len(c.text))]
		line := strings.Count(before, "\n") + 1
		column := len([]rune(before[strings.LastIndexByte(before, '\n')+1:])) + 1
		if got := fmt.Sprintf("%d:%d %s；%s", line, column, r.Why.ZH, r.Hint.ZH); got != c.want {
			t.Errorf("%s %q\ngot  %s\nwant %s", c.format, c.text, got, c.want)
		}
	}
}

// TestOwnWords: no decoder's sentence is in ours.
func TestOwnWords(t *testing.T) {
	for _, format := range []string{"toml", "yaml", "json", "csv"} {
		for _, text := range []string{"a", "a =", "[", "\"", "{", "a: b: c", "a,b\n\"", "\x00", "a = 1e", "a = 'b", "- a\nb", "*", "!!x", "&a *a",
			"a = \"\\x\"", "a = [1,,2]", "a.b = 1\na = 2", "<<: 1", "{a", "nul", "tru", "-", "? a", "a = 99999999999999999999"} {
			r, said := refusal(format, text)
			if said != "" && (r.Why.ZH == "" || r.Why.EN == "" || r.Hint.ZH == "" || strings.Contains(r.Why.EN, said) || r.At > len(text)) {
				t.Errorf("%s %q: %+v for %q", format, text, r, said)
			}
		}
	}
}
