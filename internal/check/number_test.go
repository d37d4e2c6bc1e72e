package check

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/markdown"
)

// inspected is what is found in an article of a site, as rule and text.
func inspected(t *testing.T, settings, text string) (found []string, looked Looked) {
	t.Helper()
	c, problems := config.Parse([]byte(settings))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	compiler := content.Compiler{Config: c, Dialect: markdown.New()}
	doc, facts := compiler.CompileWithFacts("content/notices/a.md", []byte(text))
	looked = New(c, nil).Article([]byte(text), &doc, facts)
	for _, f := range looked.Findings {
		found = append(found, f.Rule+" "+over(text, f.Diagnostic))
	}
	return found, looked
}

// over is the text that a diagnostic is placed at.
func over(text string, d diag.Diagnostic) string {
	if d.Line == 0 {
		return "file"
	}
	var b strings.Builder
	for i, line := range strings.Split(text, "\n")[d.Line-1 : d.EndLine] {
		runes := []rune(line)
		from, to := 0, len(runes)
		if i == 0 {
			from = d.Column - 1
		} else {
			b.WriteString("/")
		}
		if d.Line+i == d.EndLine {
			to = d.EndColumn - 1
		}
		b.WriteString(string(runes[from:to]))
	}
	return b.String()
}

const head = "---\n标题: 甲\n日期: 2026-05-01\n来源: 乙\n---\n"

// TestNumbers: what is a number that must not be published, however it is typed, and
// what only looks like one.
func TestNumbers(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{head + "号码 11010119900307002X。", "id-number 11010119900307002X"},
		{head + "号码11010119900307002x，", "id-number 11010119900307002x"},
		{head + "１１０１０１１９９００３０７００２Ｘ", "id-number １１０１０１１９９００３０７００２Ｘ"},
		{head + "110101 19900307 002X", "id-number 110101 19900307 002X"},
		{head + "110101-19900307-002X", "id-number 110101-19900307-002X"},
		{head + "号码 110101199003\n07002X 的人", "id-number 110101199003/07002X"},
		{head + "> 号码 110101199003\n> 07002X 的人", "id-number 110101199003/> 07002X"},
		{head + "**110101**19900307002X", "id-number 110101**19900307002X"},
		{head + "11010119900307&#48;02X", "id-number 11010119900307&#48;02X"},
		{head + "| 姓名 | 证号 |\n|---|---|\n| 张三 | 11010119900307002X |\n", "id-number 11010119900307002X"},
		{head + "![11010119900307002X](a.png)", "id-number 11010119900307002X"},
		{head + "![图](a.png \"11010119900307002X\")", "id-number 11010119900307002X"},
		{head + "`11010119900307002X`", "id-number 11010119900307002X"},
		{"---\n标题: 张三11010119900307002X\n日期: 2026-05-01\n来源: 乙\n---\n", "id-number 11010119900307002X"},
		{"+++\ntitle = \"甲\"\ndate = 2026-05-01\nsource = \"乙\"\n[[x]]\na = \"11010119900307002X\"\n+++\n", "id-number 11010119900307002X"},
		{head + "身份证号 110101900307002", "id-number 110101900307002"},
		{head + "| 身份证 | 姓名 |\n|---|---|\n| 110101900307002 | 张三 |\n", "id-number 110101900307002"},
		{head + "票号 110101900307002", ""},   // 15 digits without a word
		{head + "11010119900307003X", ""},   // check digit
		{head + "11010119901307002X", ""},   // no such month
		{head + "99010119900307002X", ""},   // no such province
		{head + "211010119900307002X", ""},  // part of a longer one
		{head + "a11010119900307002X", ""},  // part of a word
		{head + "0.110101199003070020", ""}, // a fraction
		{head + "11010119900307002Xa", ""},  // part of a word
		{head + "11\\*\\*\\*\\*02X", ""},    // masked
		{head + "找 13812345678 没人", "mobile-number 13812345678"},
		{head + "| a |\n|---|\n| $13812345678$ |", ""},
		{head + "共￥13812345678", ""},
		{head + "共13812345678元", ""},
		{head + "138 1234 5678", "mobile-number 138 1234 5678"},
		{head + "138-1234-5678", "mobile-number 138-1234-5678"},
		{head + "+86 13812345678", "mobile-number 86 13812345678"},
		{head + "8613812345678", "mobile-number 8613812345678"},
		{head + "１３８１２３４５６７８", "mobile-number １３８１２３４５６７８"},
		{head + "[打电话](tel:13812345678)", "mobile-number 13812345678"},
		{head + "12812345678", ""},
		{head + "订单号：13812345678", ""},
		{head + "138123456789", ""},
		{head + "0591-13812345", ""},
		{head + "id=x13812345678", ""},
		{head + "138 1234 5678 9012", ""},
		{head + "138\\*\\*\\*\\*5678", ""},
		{head + "卡号 6217001234567890122", "bank-card 6217001234567890122"},
		{head + "开户行：农业银行 6217 0012 3456 7890 122", "bank-card 6217 0012 3456 7890 122"},
		{head + "| 户名 | 卡号 |\n|---|---|\n| 张三 | 6222021234567894 |\n", "bank-card 6222021234567894"},
		{head + "编号 6217001234567890122", ""}, // no word of banks
		{head + "卡号 6217001234567890123", ""}, // check
		{head + "卡号 5217001234567890122", ""},
	} {
		found, _ := inspected(t, "", c.text)
		var numbers []string
		for _, f := range found {
			if !strings.HasPrefix(f, "missing-alt") {
				numbers = append(numbers, f)
			}
		}
		if got := strings.Join(numbers, ", "); got != c.want {
			t.Errorf("%q: got %q, want %q", strings.TrimPrefix(c.text, head), got, c.want)
		}
	}
}

// TestRandomNumbers: of a million random numbers of 18 digits at most 25 pass as those of
// identity cards.
func TestRandomNumbers(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	hits := 0
	for range 1_000_000 {
		if isID(fmt.Sprintf("%018d", random.Uint64N(1e18))) {
			hits++
		}
	}
	if hits == 0 || hits > 25 {
		t.Errorf("%d pass", hits)
	}
}

// TestRules: each rule finds in its own name and for something, and what rests on little
// is a hint at most.
func TestRules(t *testing.T) {
	for _, r := range Rules() {
		if r.Name != "idle-excuse" && r.Article == nil && r.Site == nil {
			t.Errorf("%s looks at nothing", r.Name)
		}
		for profile, l := range r.Profiles {
			if r.excessive(l) {
				t.Errorf("%s is more than a hint for %s", r.Name, profile)
			}
		}
	}
}
