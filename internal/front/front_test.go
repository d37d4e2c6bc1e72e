package front

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"qinglian/internal/config"
	"qinglian/internal/diag"
)

// kind is that of model sites: it has fields of every type.
func kind(t testing.TB) config.Kind {
	t.Helper()
	c, problems := config.Parse(nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return c.Kinds["model-site"]
}

// read reads a text: the slips with their places, and the text with all edits.
func read(t testing.TB, text string) (slips, mended string) {
	t.Helper()
	_, found := Read([]byte(text), kind(t))
	var b strings.Builder
	for _, s := range found {
		d := s.Over("a.md", []byte(text), s.At, s.End)
		fmt.Fprintf(&b, " %s@%d:%d", d.Rule, d.Line, d.Column)
		if d.Severity == diag.Warning {
			b.WriteByte('?')
		}
	}
	out, _ := Apply([]byte(text), 0, len(text), Edits(found, 0, len(text)))
	return strings.TrimSpace(b.String()), string(out)
}

// slipCase is the lines between the fences, the slips in it (line 1 is the
// fence), and the lines as they are mended: "" if nothing is.
type slipCase struct{ in, slips, mended string }

// TestMeant: a slip has an end, so that what is meant can be marked.
func TestMeant(t *testing.T) {
	for _, c := range []struct{ in, meant string }{
		{"---\n标题：“甲”\n---\n", "： “甲”"},
		{"---\n标题:甲\n日期: ２０２４-05-01\n---\n", ": ２０２４"},
		{"---\n标题: 甲: 乙\n---\n", ": 乙"},
		{"---\n标签: 党建，普法  # 两个\n---\n", "党建，普法"},
		{"---\n标签:\n\t-党建\n---\n", "\t -"},
		{"---\n标签: [党建，普法］\n---\n", "， ］"},
		{"－－－\n标题: 甲\n———\n", "－－－ ———"},
		{"+++\ntitle＝甲\n+++\n", "＝ 甲"},
		{"+++\ntitle = “甲\n+++\n", "“"},
		{"---\n标题: 甲\n\n这里是正文。 \n---\n", "这里是正文。"},
		{"---\n标题: \"三本账\"晒了\n---\n", "\"三本账\"晒了"},
		{"---\n日期: 2026.10.8 # 注\n---\n", "2026.10.8"},
		{"---\nTITLE: 甲\n作者 乙\n---\n", "TITLE 作者"},
		{"---\n标签: [#甲, 乙\n---\n", "[#甲, 乙 #甲"},
		{"---\n标题: 甲\n", "---"},
		{"甲\n", ""}, // all of the article lacks its front matter: a point
	} {
		_, slips := Read([]byte(c.in), kind(t))
		var meant []string
		for _, s := range slips {
			meant = append(meant, c.in[s.At:max(s.At, s.End)])
		}
		if got := strings.Join(meant, " "); got != c.meant {
			t.Errorf("%q: got %q, want %q", c.in, got, c.meant)
		}
	}
}

func checkSlips(t *testing.T, fence string, cases []slipCase) {
	t.Helper()
	for _, c := range cases {
		around := func(s string) string { return fence + "\n" + s + "\n" + fence + "\n正文：“[甲，乙]”\n" }
		slips, mended := read(t, around(c.in))
		want := c.mended
		if want == "" {
			want = c.in
		}
		if slips != c.slips || mended != around(want) {
			t.Errorf("%q\ngot  %s\nwant %s\ngot  %q\nwant %q", c.in, slips, c.slips, mended, around(want))
		}
		if again, _ := read(t, mended); want != c.in && strings.Contains(again, "@") && !strings.Contains(slips, "not-a-field") {
			t.Errorf("%q\nmended, it still has %s", c.in, again)
		}
	}
}

func TestYAML(t *testing.T) {
	checkSlips(t, "---", []slipCase{
		// Prose may have any punctuation.
		{"标题: 柳河村：三本账", "", ""},
		{"摘要: 他说，“好”。", "", ""},
		{"摘要: “一”和“二”、‘三’", "", ""},
		{"标题: “三本账”晒在老槐树下", "", ""},
		{"标题: ２０２４年ＡＢＣ　工作＝要点", "", ""},
		{"标题: \"甲：“乙”，丙\"", "", ""},
		{"标题: '甲：“乙”，丙' # 注：释", "", ""},
		{"摘要: |\n  名字：甲，“乙”\n\n  标签：[甲，乙]\n来源: 乙", "", ""},
		{"摘要: >-\n  名字：甲\n标题: 乙", "", ""},
		{"摘要: 一行：甲\n  二行，“乙”\n标题: 丙", "", ""},
		{"摘要: \"一行\n  二行：“乙”\"\n标题: 丙", "", ""},
		{"标签:\n- 甲\n- 乙，“丙”\n# 注：释\n\n来源: 乙", "", ""},
		{"标签: [甲, \"乙，丙\", '丁、戊'] # 注，释", "", ""},
		{"标签: [\n  甲, # 注，释\n  乙［1］,\n]", "", ""},
		{"开放时间: 9:00—17:30", "", ""},
		{"日期: 2024年5月1日 9:30", "", ""},
		{"  标题: 甲\n  标签:\n    - 乙\n  来源: 丙", "", ""},

		// The colon.
		{"标题：通知", "full-width@2:3", "标题: 通知"},
		{"标题 ： 通知", "full-width@2:4", "标题 : 通知"},
		{"标题：　通知", "full-width@2:3", "标题: 通知"},
		{"标题：", "full-width@2:3", "标题:"},
		{"标题﹕通知", "full-width@2:3", "标题: 通知"},
		{"标题:通知", "no-space@2:3", "标题: 通知"},
		{"日期:2024-05-01 09:30", "no-space@2:3", "日期: 2024-05-01 09:30"},
		{"标题:　通知", "full-width@2:4", "标题: 通知"},
		{"标题 = 通知", "full-width@2:4", "标题 : 通知"},
		{"标题＝通知", "full-width@2:3", "标题: 通知"},
		{"标题：通知：重要", "full-width@2:3", "标题: 通知：重要"},
		{"标题: 通知: 重要", "needs-quotes@2:7", "标题: \"通知: 重要\""},
		{"标题:通知: 重要", "no-space@2:3 needs-quotes@2:6", "标题: \"通知: 重要\""},
		{"标题: 各镇:", "needs-quotes@2:7", "标题: \"各镇:\""},
		{"标题: \\甲: 乙", "needs-quotes@2:7", "标题: '\\甲: 乙'"},

		// The name.
		{"“标题”: 通知", "full-width@2:1", "\"标题\": 通知"},
		{"ｔｉｔｌｅ: x", "full-width@2:1", "title: x"},
		{"　标题: 通知", "full-width@2:1", "标题: 通知"},
		{"来源: 乙\n　标题: 通知", "full-width@3:1", "来源: 乙\n标题: 通知"},
		{"\t标题: 通知", "tab-indent@2:1", "标题: 通知"},
		{"标提：通知", "full-width@2:3", ""},

		// Quotes.
		{"标题: “通知”", "quotes-kept@2:5?", ""},
		{"标题: “通知\"", "full-width@2:5", "标题: \"通知\""},
		{"标题: \"通知”", "full-width@2:8", "标题: \"通知\""},
		{"日期: “2024-05-01”", "full-width@2:5", "日期: \"2024-05-01\""},
		{"标题: [公告]关于", "needs-quotes@2:5", "标题: \"[公告]关于\""},
		{"标题: *重点*", "needs-quotes@2:5", "标题: \"*重点*\""},
		{"标题: @某某", "needs-quotes@2:5", "标题: \"@某某\""},

		// Lists.
		{"标签: [党建，普法]", "full-width@2:8", "标签: [党建, 普法]"},
		{"标签: [党建、 普法]", "full-width@2:8", "标签: [党建, 普法]"},
		{"标签: ［党建，普法］", "full-width@2:5 full-width@2:8 full-width@2:11", "标签: [党建, 普法]"},
		{"标签：[“党建”，“普法”]", "full-width@2:3 full-width@2:5 full-width@2:9 full-width@2:10", "标签: [\"党建\", \"普法\"]"},
		{"标签: [“党建，廉政”]", "full-width@2:6", "标签: [\"党建，廉政\"]"},
		{"标签: [\"党建”, 普法]", "full-width@2:9", "标签: [\"党建\", 普法]"},
		{"标签: 党建，普法", "not-a-list@2:5", "标签: [党建, 普法]"},
		{"标签: 党建、 普法, 三", "not-a-list@2:5", "标签: [党建, 普法, 三]"},
		{"标签: 党建", "not-a-list@2:5", "标签: [党建]"},
		{"标签: “党建”，“普法”", "not-a-list@2:5", ""},
		{"标签:\n\t- 党建\n\t- 普法", "tab-indent@3:1 tab-indent@4:1", "标签:\n  - 党建\n  - 普法"},
		{"标签:\n　- 党建", "full-width@3:1", "标签:\n  - 党建"},
		{"标签:\n－ 党建\n—普法", "full-width@3:1 full-width@4:1", "标签:\n- 党建\n- 普法"},
		{"标签:\n-党建\n-　普法", "no-space@3:1 full-width@4:2", "标签:\n- 党建\n- 普法"},

		// Values that are not prose.
		{"日期: ２０２４－０５－０１", "full-width@2:5", "日期: 2024-05-01"},
		{"日期: 2024-05-01 09：30", "full-width@2:18", "日期: 2024-05-01 09:30"},
		{"草稿: ｔｒｕｅ", "full-width@2:5", "草稿: true"},
		{"网址名: ａ－b", "full-width@2:6", "网址名: a-b"},

		// Tables.
		{"星级:\n  - 年度: 2023\n    星数: 3\n    说明: 复核：“好”\n  - {年度: 2024, 星数: 4}", "", ""},
		{"星级: [{年度: 2023, 星数: 3}, {年度: 2024,\n  星数: 4, 说明: 甲：乙，丙、丁}]\n标题: 丙", "", ""},
		{"星级:\n  - 年度：2023\n    星数:３\n    说明：复核：好\n  －　年度: 2024", "full-width@3:7 no-space@4:7 full-width@4:8 full-width@5:7 full-width@6:3", "星级:\n  - 年度: 2023\n    星数: 3\n    说明: 复核：好\n  - 年度: 2024"},
		{"星级:\n  - 年度: 2023\n    说明: |\n      甲：乙\n  - 年度: 2024\n来源：丙", "full-width@7:3", "星级:\n  - 年度: 2023\n    说明: |\n      甲：乙\n  - 年度: 2024\n来源: 丙"},
		{"星级: [{年度：2023，星数:3}、{年度: 2024｝]", "full-width@2:9 full-width@2:14 no-space@2:17 full-width@2:20 full-width@2:30", "星级: [{年度: 2023, 星数: 3}, {年度: 2024}]"},
		{"星级:\n  - 年：2023", "full-width@3:6", ""},

		// What is no field; the text behind it is left alone.
		{"标题: 甲\n三本账\n来源：乙", "not-a-field@3:1", ""},
		{"标题：甲\n\n各镇、各部门：\n标签：[甲，乙]", "full-width@2:3 not-a-field@4:1", "标题: 甲\n\n各镇、各部门：\n标签：[甲，乙]"},
		{"标题　: 甲", "full-width@2:3", "标题 : 甲"},
		{"标题: 甲\n各单位：\n—— 引用", "full-width@3:4 not-a-field@4:1", ""},
		{"人员: [甲，乙]", "full-width@2:7", ""},
	})
}

func TestTOML(t *testing.T) {
	checkSlips(t, "+++", []slipCase{
		{"title = \"甲：“乙”，丙　丁\" # 注：释", "", ""},
		{"title = '甲：乙'\ntags = ['甲，乙', \"丙、丁\"] # ，", "", ""},
		{"summary = \"\"\"\n－－－\n甲：“乙”\n\"\"\"\ntitle = \"丙\"", "", ""},
		{"summary = '''\n＋＋＋\n+++\n标题：“乙”\n'''", "", ""},
		{"date = 2024-05-01T09:30:00+08:00\ndraft = true\ntelephone = 5", "", ""},
		{"\"标题\" = \"甲\"\n# 注：释\n[extra]\n# a", "", ""},
		{"tags = [\n  \"甲\",\n  \"乙\", # 注，释\n]", "", ""},

		{"title：“通知”", "full-width@2:6 full-width@2:7", "title = \"通知\""},
		{"title = “通知：一”", "full-width@2:9", "title = \"通知：一\""},
		{"title ＝ ‘通知’", "full-width@2:7 full-width@2:9", "title = \"通知\""},
		{"title = “通知\"", "full-width@2:9", "title = \"通知\""},
		{"title = \"通知”", "full-width@2:12", "title = \"通知\""},
		{"title = “他说“好”了”", "full-width@2:9", "title = \"他说“好”了\""},
		{"title = “通知", "full-width@2:9", ""},
		{"title = “通\"知”", "full-width@2:9", ""},
		{"title: \"通知\"", "full-width@2:6", "title= \"通知\""},
		{"标题 = 通知：一 # 注", "needs-quotes@2:1 needs-quotes@2:6", "\"标题\" = \"通知：一\" # 注"},
		{"标题=通知", "needs-quotes@2:1 needs-quotes@2:4", "\"标题\"=\"通知\""},
		{"标题：通知", "needs-quotes@2:1 full-width@2:3 needs-quotes@2:4", "\"标题\" = \"通知\""},
		{"“标题” = \"甲\"", "full-width@2:1", "\"标题\" = \"甲\""},
		{"ｔitle = \"甲\"", "full-width@2:1", "title = \"甲\""},
		{"title = Hello", "needs-quotes@2:9", "title = \"Hello\""},
		{"title　=　\"甲\"", "full-width@2:6 full-width@2:8", "title = \"甲\""},
		{"　title = \"甲\"", "full-width@2:1", " title = \"甲\""},
		{"title = \"甲\" ＃ 注", "full-width@2:13", "title = \"甲\" # 注"},
		{"＃ 注", "full-width@2:1", "# 注"},
		{"date = 2024年5月1日", "needs-quotes@2:8", "date = \"2024年5月1日\""},
		{"date = 2024-05-01 09：30：00", "full-width@2:21 full-width@2:24", "date = 2024-05-01 09:30:00"},
		{"stars = ５", "full-width@2:9", "stars = 5"},
		{"tags = [\"党建\"，\"普法\"]", "full-width@2:13", "tags = [\"党建\", \"普法\"]"},
		{"tags = ［“党建”、“普法”］", "full-width@2:8 full-width@2:9 full-width@2:13 full-width@2:14 full-width@2:18", "tags = [\"党建\", \"普法\"]"},
		{"tags = [党建，普法]", "needs-quotes@2:9 full-width@2:11 needs-quotes@2:12", "tags = [\"党建\", \"普法\"]"},
		{"tags = [\n　\"党建\"，\n]", "full-width@3:1 full-width@3:6", "tags = [\n \"党建\", \n]"},
		{"title = \"甲\"\n\n各镇、各部门：", "not-a-field@4:1", ""},

		{"stars = [{ year = 2023, note = \"甲：乙\" }, { \"年度\" = 2024 }]", "", ""},
		{"stars = [{ year：2023，说明 = “甲”}、｛ year = ２０２４ ｝]\ntitle：\"乙\"", "full-width@2:16 full-width@2:21 needs-quotes@2:22 full-width@2:27 full-width@2:31 full-width@2:32 full-width@2:41 full-width@2:46 full-width@3:6", "stars = [{ year = 2023, \"说明\" = \"甲\"}, { year = 2024 }]\ntitle = \"乙\""},
		{"[[stars]]\nyear = 2023\nnote = \"甲\"", "", ""},
		{"［［星级］］\nyear：2023\nnote = “甲”", "full-width@2:1 needs-quotes@2:3 full-width@2:5 full-width@3:5 full-width@4:8", "[[\"星级\"]]\nyear = 2023\nnote = \"甲\""},
		{"unit_x：“甲”", "full-width@2:7 full-width@2:8", ""},
	})
}

func TestFences(t *testing.T) {
	const matter = "标题: 甲\n"
	for _, c := range []struct{ in, slips, mended string }{
		{"---\n" + matter + "---\n正文", "", ""},
		{"\n　\n---\n" + matter + "---  \n正文", "", ""},
		{"---\n---", "", ""},
		{"－－－\n" + matter + "－－－\n正文", "bad-fence@1:1 bad-fence@3:1", "---\n" + matter + "---\n正文"},
		{"———\n" + matter + "——\n正文", "bad-fence@1:1 bad-fence@3:1", "---\n" + matter + "---\n正文"},
		{"----\n" + matter + "-----\n正文", "bad-fence@1:1 bad-fence@3:1", "---\n" + matter + "---\n正文"},
		{"---\n" + matter + "+++\n正文", "bad-fence@3:1", "---\n" + matter + "---\n正文"},
		{"＋＋＋\ntitle = \"甲\"\n++++\n正文", "bad-fence@1:1 bad-fence@3:1", "+++\ntitle = \"甲\"\n+++\n正文"},
		{"---\n" + matter + "－－－\n正文\n\n---\n", "bad-fence@3:1", "---\n" + matter + "---\n正文\n\n---\n"},
		{"+++\ntitle = \"\"\"甲\n－－－\n+++\n\"\"\"\n+++\n正文", "", ""},
		{"+++\ntitle = \"\"\"甲\n+++\n正文", "", ""},
		{"---\n" + matter + "正文", "open-front-matter@1:1", ""},
		{"---\n" + matter + "\n引言\n----\n正文", "not-a-field@4:1", ""},
		{"题记\n\n---\n" + matter + "---\n正文", "text-before-front-matter@1:1", ""},
		{"题记\n\n---\n标题：甲\n---\n正文", "text-before-front-matter@1:1 full-width@4:3", "题记\n\n---\n标题: 甲\n---\n正文"},
		{"正文\n\n---\n\n又一段\n\n---\n", "no-front-matter@1:1", ""},
		{"", "no-front-matter@1:1", ""},
		{"正文", "no-front-matter@1:1", ""},
	} {
		slips, mended := read(t, c.in)
		want := c.mended
		if want == "" {
			want = c.in
		}
		if slips != c.slips || mended != want {
			t.Errorf("%q\ngot  %s\nwant %s\ngot  %q\nwant %q", c.in, slips, c.slips, mended, want)
		}
	}
}

// TestMessages: the sentence, the line with a caret by display width, and the
// whole line as it should be.
func TestMessages(t *testing.T) {
	for in, want := range map[string]string{
		"---\n标题：通知\n---\n": `错误 a.md:2:3 用了全角“：”，应写半角“:” [full-width]
    标题：通知
    　　^
    改法：写成 标题: 通知（qinglian fix 会自动改）
`,
		"+++\ntitle ＝ “通知”\n+++\n": `错误 a.md:2:7 用了全角“＝”，应写半角“=” [full-width]
    title ＝ “通知”
          ^
    改法：写成 title = "通知"（qinglian fix 会自动改）
错误 a.md:2:9 文字两边用了中文引号，应写英文引号 "" [full-width]
    title ＝ “通知”
          　 ^
    改法：写成 title = "通知"（qinglian fix 会自动改）
`,
		"---\n标签: [党建，普法]\n---\n": `错误 a.md:2:8 用了全角“，”，应写半角“,” [full-width]
    标签: [党建，普法]
    　　   　　^
    改法：写成 标签: [党建, 普法]（qinglian fix 会自动改）
`,
		"---\n标题:通知\n---\n": `错误 a.md:2:3 冒号后面要空一格 [no-space]
    标题:通知
    　　^
    改法：写成 标题: 通知（qinglian fix 会自动改）
`,
		"---\n标题: “通知”\n---\n": `警告 a.md:2:5 两边的中文引号会一起显示出来 [quotes-kept]
    标题: “通知”
    　　  ^
    改法：不要显示，就写 "通知"；要显示，就写 '“通知”'
`,
		"---\n标签:\n\t- 党建\n---\n": "错误 a.md:3:1 缩进用了 Tab，应该用空格 [tab-indent]\n    \t- 党建\n    ^\n    改法：写成   - 党建（qinglian fix 会自动改）\n",
		"---\n标签: 党建，普法\n---\n": `错误 a.md:2:5 “标签”可以有几个，要写成列表 [not-a-list]
    标签: 党建，普法
    　　  ^
    改法：写成 标签: [党建, 普法]（qinglian fix 会自动改）
`,
		"－－－\n标题: 甲\n---\n": `错误 a.md:1:1 这一行应该是三个英文的“-” [bad-fence]
    －－－
    ^
    改法：写成 ---（qinglian fix 会自动改）
`,
		"---\n标题: 甲\n\n一进村口，人都在。\n\n---\n": `错误 a.md:4:1 这一行不是“标题: …”这样的一项 [not-a-field]
    一进村口，人都在。
    ^
    改法：如果正文从这里开始，在它前面加一行 ---；否则照样子写上名字
`,
		"---\n标提：通知\n---\n": `错误 a.md:2:3 用了全角“：”，应写半角“:” [full-width]
    标提：通知
    　　^
    改法：是不是想写“标题”这一项？
`,
		"题记\n\n+++\ntitle = \"甲\"\n+++\n": `错误 a.md:1:1 标题、日期等信息前面有别的文字 [text-before-front-matter]
    题记
    ^
    改法：让 +++ 成为第一行，把它上面的文字移到下面的正文里
`,
	} {
		_, slips := Read([]byte(in), kind(t))
		var b strings.Builder
		for _, s := range slips {
			s.Diagnostic.At("a.md", []byte(in), s.At).Write(&b, diag.ZH)
		}
		if b.String() != want {
			t.Errorf("%q\ngot\n%s\nwant\n%s", in, b.String(), want)
		}
	}
}

// TestOrigin: a place in a mended text leads back to where it was typed.
func TestOrigin(t *testing.T) {
	text := []byte("ab：cd，e")
	mended, origin := Apply(text, 1, len(text), []diag.Edit{{At: 2, End: 5, Text: ": "}, {At: 7, End: 7, Text: `"`}, {At: 7, End: 10, Text: ", "}})
	if string(mended) != `b: cd", e` {
		t.Fatalf("got %q", mended)
	}
	for offset, want := range []int{1, 2, 2, 5, 6, 7, 7, 7, 10, 11} {
		if got := origin(offset); got != want {
			t.Errorf("origin(%d) = %d, want %d", offset, got, want)
		}
	}
}

// FuzzRead: no panic; edits stay on their lines, inside the front matter; and
// mended once, nothing is left to mend.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"---\n标题：通知\n标签: [“党建”，普法］\n---\n正文",
		"+++\n标题 ＝ “通知”\ntags = ［甲，\n乙］\n+++\n",
		"－－－\n标签:\n\t-党建\n　－　普法\n摘要: |\n  甲\n————\n",
		"题记\n---\ntitle: 'a\n b'\n---",
	} {
		f.Add(s)
	}
	k := kind(f)
	f.Fuzz(func(t *testing.T, in string) {
		if len(in) > 4096 {
			return
		}
		text := []byte(in)
		m, slips := Read(text, k)
		if m.Start > m.End || m.End > m.Body || m.Body > len(text) {
			t.Fatalf("%q: %+v", in, m)
		}
		for _, s := range slips {
			if s.At < 0 || s.At > len(text) || s.End != 0 && (s.End < s.At || s.End > len(text)) {
				t.Fatalf("%q: %+v", in, s)
			}
		}
		at := 0
		for _, e := range Edits(slips, 0, len(text)) {
			if e.At < at || e.End < e.At || e.End > m.Body || bytes.Contains(text[e.At:e.End], []byte("\n")) || strings.Contains(e.Text, "\n") {
				t.Fatalf("%q: %+v in %+v", in, e, m)
			}
			at = e.End
		}
		mended, _ := Apply(text, 0, len(text), Edits(slips, 0, len(text)))
		_, again := Read(mended, k)
		if left := Edits(again, 0, len(mended)); len(left) > 0 {
			t.Errorf("%q\nmended %q\nleaves %+v", in, mended, left)
		}
	})
}
