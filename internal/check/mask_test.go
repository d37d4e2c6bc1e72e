package check

import (
	"strings"
	"testing"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/markdown"
)

// TestMask: each number is hidden where it stands, so that the page shows just the mask,
// and masked once more nothing changes.
func TestMask(t *testing.T) {
	const yaml = "---\n标题: 甲\n日期: 2026-05-01\n来源: 乙\n"
	for _, c := range []struct{ text, want string }{
		{head + "甲 11010119900307002X 乙", head + `甲 11\*\*\*\*\*\*\*\*\*\*\*\*\*02X 乙`},
		{head + "甲 13812345678 乙", head + `甲 138\*\*\*\*5678 乙`},
		{head + "**13812345678**", head + `**138\*\*\*\*5678**`},
		{head + "# 13812345678", head + `# 138\*\*\*\*5678`},
		{head + "| a |\n|---|\n| 13812345678 |", head + "| a |\n|---|\n| 138\\*\\*\\*\\*5678 |"},
		{head + "![13812345678](a.png)", head + `![138\*\*\*\*5678](a.png)`},
		{head + "甲 110101199003\n07002X 乙", head + "甲 11\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*02X\n 乙"},
		{head + "> 110101199003\n> 07002X 乙", head + "> 11\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*02X\n>  乙"},
		{head + "`13812345678`", head + "`138****5678`"},
		{head + "<p>13812345678</p>", head + "<p>138****5678</p>"},
		{head + `赵\*\*的 13812345678 和 &lt;13912345678`, head + `赵\*\*的 138\*\*\*\*5678 和 &lt;139\*\*\*\*5678`},
		{head + `**甲\\** 13812345678\`, head + `**甲\\** 138\*\*\*\*5678\`},
		{head + "138 1234 5678 和 １３９１２３４５６７８", head + `138\*\*\*\*5678 和 139\*\*\*\*5678`},
		{yaml + "摘要: 找 13812345678\n---\n", yaml + "摘要: 找 138****5678\n---\n"},
		{yaml + "摘要: 6217001234567890122 银行卡\n---\n", yaml + "摘要: \"" + strings.Repeat("*", 15) + "0122 银行卡\"\n---\n"},
		{yaml + "检查例外: {mobile-number: 公开}\n---\n找 13812345678", yaml + "检查例外: {mobile-number: 公开}\n---\n找 13812345678"},
		{head + "护照号码 E12345678，车牌川A12345", head + `护照号码 E12\*\*\*678，车牌川A\*\*\*45`},
		{head + "护照号：EA1234567", head + `护照号：EA1\*\*\*567`},
		{head + "| 车牌 |\n|---|\n| 闽A·D12345 |", head + "| 车牌 |\n|---|\n| 闽A·\\*\\*\\*\\*45 |"},
		{head + "**车牌号川AD12345**", head + `**车牌号川A\*\*\*\*45**`},
		{head + "![车牌川A12345](a.png)", head + `![车牌川A\*\*\*45](a.png)`},
		{yaml + "摘要: 护照 E12345678\n---\n", yaml + "摘要: 护照 E12***678\n---\n"},
		{yaml + "检查例外: {plate-number: 公务用车公示}\n---\n车牌川A12345", yaml + "检查例外: {plate-number: 公务用车公示}\n---\n车牌川A12345"},
		{head + "联系人：13812345678", head + "联系人：13812345678"},
	} {
		compiler, checker := masker(t)
		masked, left := checker.Mask(compiler, "content/notices/a.md", []byte(c.text))
		if string(masked) != c.want || len(left) > 0 {
			t.Errorf("%q: got %q, left %v", c.text, masked, left)
		}
		if again, _ := checker.Mask(compiler, "content/notices/a.md", masked); string(again) != string(masked) {
			t.Errorf("%q: again %q", c.text, again)
		}
	}
}

func masker(t *testing.T) (content.Compiler, *Checker) {
	t.Helper()
	c, problems := config.Parse(nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return content.Compiler{Config: c, Dialect: markdown.New()}, New(c, nil)
}

// TestMaskByHand: what can't be typed so that the page shows just the mask is left.
func TestMaskByHand(t *testing.T) {
	for _, c := range []struct{ file, text string }{
		{"content/notices/13812345678.md", head},
		{"content/notices/a.md", head + "138&#49;2345678"},
		{"content/notices/a.md", head + "护照 E1234567&#56;"},
		{"content/notices/a.md", head + "车牌 川A<b>123</b>45"},
	} {
		compiler, checker := masker(t)
		masked, left := checker.Mask(compiler, c.file, []byte(c.text))
		if string(masked) != c.text || len(left) != 1 || strings.Contains(left[0].Hint.ZH, "fix --mask") {
			t.Errorf("%q: got %q, left %v", c.text, masked, left)
		}
	}
}
