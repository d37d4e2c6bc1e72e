package manuscript

import (
	"slices"
	"strings"
	"testing"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/markdown"
)

// TestSigns: what would be a mark is a sign, and is written as one would write it.
func TestSigns(t *testing.T) {
	d := markdown.New()
	for _, c := range []struct{ said, want string }{
		{"证人赵**称，刘**到过现场", `证人赵\*\*称，刘\*\*到过现场`},
		{"＊＊重点＊＊", "＊&#65290;重点＊&#65290;"},
		{"1. 甲", `1\. 甲`},
		{"1.甲", "1.甲"},
		{"2026. 甲", `2026\. 甲`},
		{"3) 甲", `3\) 甲`},
		{"- 甲", `\- 甲`},
		{"-甲", `\-甲`},
		{"# 甲", `\# 甲`},
		{"C#语言", "C#语言"},
		{"> 甲", `\> 甲`},
		{":::callout", `\:::callout`},
		{"a_b、_甲_", `a_b、\_甲\_`},
		{"~~甲~~、8:30~12:00", `\~\~甲\~\~、8:30~12:00`},
		{"==甲==", `\=\=甲\=\=`},
		{"甲|乙", "甲&#124;乙"},
		{"a < b && c > d", `a \< b && c > d`},
		{"&lt;", `\&lt;`},
		{"[2026]", `\[2026\]`},
		{"【通知】(https://a.example/x)", `【通知】\(https://a.example/x)`},
		{`C:\照片`, `C:\\照片`},
		{"{#id}", `\{#id}`},
		{"`x`", "\\`x\\`"},
		{"第一行\n- 第二行", "第一行\n\\- 第二行"},
		{"Line one\nline two", "Line one<br>\nline two"},
		{"———", "———"},
		{"---", `\---`},
		{"!!! note", `\!!! note`},
		{"[TOC]", `\[TOC\]`},
	} {
		m := Manuscript{Blocks: []Block{{Spans: []Span{{Text: c.said}}}}}
		got := strings.TrimSpace(m.Markdown(d))
		if got != c.want {
			t.Errorf("%q is written %q, not %q", c.said, got, c.want)
		}
		if read := read(d, got); read != Letters(c.said) {
			t.Errorf("%q is written %q and read %q", c.said, got, read)
		}
	}
}

// TestMarks: bold where the dialect reads it, else in HTML: a mask beats bold.
func TestMarks(t *testing.T) {
	d := markdown.New()
	bold := func(s string) Span { return Span{Text: s, Bold: true} }
	for _, c := range []struct {
		spans []Span
		want  string
	}{
		{[]Span{{Text: "请于"}, bold("6月1日前"), {Text: "报送"}}, "请于**6月1日前**报送"},
		{[]Span{bold("（一）提高认识。"), {Text: "各单位要学习"}}, "**（一）提高认识。**各单位要学习"},
		{[]Span{{Text: "表扬 "}, bold(" 张三 "), {Text: "同志"}}, "表扬  **张三** 同志"},
		{[]Span{bold("甲"), {Text: "乙", Bold: true, Struck: true}}, "**甲~~乙~~**"},
		{[]Span{{Text: "官网", Link: "https://a.example/甲 乙"}}, "[官网](<https://a.example/%E7%94%B2%20%E4%B9%99>)"},
		{[]Span{{Text: "坏的", Link: "http:\ufffd/x"}}, `<a href="http:%EF%BF%BD/x">坏的</a>`},
		{[]Span{{Text: "看！"}, {Text: "官网", Link: "https://a.example/"}}, "看！[官网](<https://a.example/>)"},
		{[]Span{{Text: "see!"}, {Text: "x", Link: "https://a.example/"}}, `see\![x](<https://a.example/>)`},
		{[]Span{{Text: "https://a.example/", Link: "https://a.example/"}}, ""},
		{[]Span{{Text: "X"}, {Text: "2", Raised: true}, {Text: "H"}, {Text: "2", Lowered: true}}, "X<sup>2</sup>H<sub>2</sub>"},
	} {
		m := Manuscript{Blocks: []Block{{Spans: c.spans}}}
		got := strings.TrimSpace(m.Markdown(d))
		if c.want != "" && got != c.want {
			t.Errorf("%+v is written %q, not %q", c.spans, got, c.want)
		}
		if read := read(d, got); read != Letters(m.Blocks[0].Said()) {
			t.Errorf("%q is read %q", got, read)
		}
	}
}

// read is the text that the dialect reads.
func read(d *markdown.Dialect, text string) string {
	out := d.Compile("a.md", []byte(text), 0, markdown.Options{Facts: true, Unsigned: true, Summarised: true})
	said := ""
	for _, run := range out.Facts.Runs {
		said += run.Text
	}
	return Letters(said)
}

// FuzzMarkdown: what is written, compiled, says what the manuscript says. The signs of
// lists are the dialect's to show, and the end of a sentence in a heading is not shown.
func FuzzMarkdown(f *testing.F) {
	for _, seed := range []string{"甲", "● 甲\n● 乙", "赵**称，\x01重点\x01。", "a|b\n---|---", "\x02链接\x02[x](y)", "一、甲。\n二、乙", "1. 甲\n2. 乙",
		"<b>x</b> &amp; `", ":::居中\n甲\n:::", "甲\x04乙", "[^1]: x", "https://a.cn/甲的", "```\nx", "<!-- x", "　　甲\t乙\n甲\t乙", "| 甲 | 乙 |\n| 丙 | 丁 |", "=\n=",
		"附件：1. 甲\n2. 乙", "{{< x >}}", "# x #", "甲\n：乙", "~~~", "\x03x\x03", "［甲］（https://a.cn）", "www.a.cn/甲", "[甲]: https://a.cn", "：：：居中\n甲\n：：：", "> 甲\n＞ 乙", "－ 甲\n－ 乙"} {
		for how := range uint8(8) {
			f.Add(seed, how)
		}
	}
	d := markdown.New()
	f.Fuzz(func(t *testing.T, text string, how uint8) {
		m := typed(strings.ToValidUTF8(text, ""), how)
		m.Settle()
		out := m.Markdown(d)
		want := ""
		for _, b := range m.Blocks {
			want += b.Said()
		}
		found := d.Compile("a.md", []byte(out), 0, markdown.Options{}).Problems
		if slices.ContainsFunc(found, func(p diag.Diagnostic) bool { return p.Rule == "too-complex" }) {
			return // the dialect refuses what is too much, and says so
		}
		if got := shown(read(d, out)); got != shown(Letters(want)) {
			t.Errorf("%q is written\n%s\nand read %q", want, out, got)
		}
	})
}

// shown leaves out what the dialect shows in another way.
func shown(text string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune(bullets+"。；", c) || c < ' ' {
			return -1
		}
		return c
	}, text)
}

// typed makes a manuscript of a text: each line a block, signs that nobody types are
// switches.
func typed(text string, how uint8) (m Manuscript) {
	for i, line := range strings.Split(text, "\n") {
		b := Block{Kind: []Kind{Paragraph, Heading, Item, Table}[(int(how)+i*int(how>>2))%4], Level: 1, Align: Align(how >> 4 % 3)}
		on := map[rune]bool{}
		for _, c := range line {
			switch {
			case c == '\x04':
				b.Spans = append(b.Spans, Span{Text: "\n"})
			case c < '\x04':
				on[c] = !on[c]
			default:
				s := Span{Text: string(c), Bold: on[1], Struck: on[3]}
				if on[2] {
					s.Link = "https://a.example/"
				}
				b.Spans = append(b.Spans, s)
			}
		}
		if b.Kind == Table {
			cell := Cell{Columns: 1 + int(how>>6), Rows: 1, Blocks: []Block{{Spans: b.Spans}}}
			b = Block{Kind: Table, Rows: [][]Cell{{cell, {Columns: 1, Rows: 1}}, {cell, cell}}}
		}
		m.Blocks = append(m.Blocks, b)
	}
	return m
}

// TestTables: a table is Markdown's where Markdown has all of it.
func TestTables(t *testing.T) {
	cell := func(blocks ...Block) Cell { return Cell{1, 1, blocks} }
	said := func(s string) Block { return Block{Spans: []Span{{Text: s}}} }
	note := Block{Spans: []Span{{Text: "数"}, {Note: 1}}}
	m := Manuscript{Notes: [][]Block{{said("含村")}}, Blocks: []Block{
		{Kind: Table, Rows: [][]Cell{{cell(said("甲")), cell(note)}, {cell(said("一"), said("二")), cell()}}},
		{Kind: Table, Rows: [][]Cell{{{2, 1, []Block{note}}}, {cell(Block{Kind: Item, Spans: []Span{{Text: "项"}}}), cell(said("a\nb"))}}},
	}}
	const want = "| 甲 | 数[^1] |\n| --- | --- |\n| 一<br>二 |  |\n\n<table>\n<tr><th colspan=\"2\">数（注：含村）</th></tr>\n<tr><td>• 项</td><td>a<br>b</td></tr>\n</table>\n\n[^1]: 含村\n"
	got := m.Markdown(markdown.New())
	if got != want {
		t.Errorf("%s\nnot\n%s", got, want)
	}
	if m.Settle(); len(m.Doubts) != 1 || !strings.Contains(m.Doubts[0].ZH, "表格里的 1 条脚注") {
		t.Errorf("doubts are %v: the note in a merged cell", m.Doubts)
	}
	out := markdown.New().Compile("a.md", []byte(got), 0, markdown.Options{})
	if len(out.Problems) > 0 || !strings.Contains(string(out.HTML), `<th colspan="2">`) {
		t.Errorf("%v in %s", out.Problems, out.HTML)
	}
}

// TestTableHead: a head of several rows is one, a first column of merged cells is none.
func TestTableHead(t *testing.T) {
	row := func(sizes ...int) (cells []Cell) { // columns and rows, two digits each
		for _, n := range sizes {
			cells = append(cells, Cell{Columns: n / 10, Rows: n % 10})
		}
		return cells
	}
	for _, c := range []struct {
		what string
		rows [][]Cell
		want int
	}{
		{"none", nil, 0},
		{"one row", [][]Cell{row(21)}, 0},
		{"a plain one", [][]Cell{row(11, 11), row(11, 11)}, 1},
		{"two rows", [][]Cell{row(12, 21, 12), row(11, 11), row(11, 11, 11, 11)}, 2},
		{"three rows", [][]Cell{row(13, 21), row(12, 12), row(), row(11, 11, 11)}, 3},
		{"groups at the left", [][]Cell{row(13, 11), row(11), row(11), row(11, 11)}, 1},
		{"a group and a wide cell that is no head", [][]Cell{row(13, 21), row(11, 11), row(11, 11)}, 1},
		{"cells that reach as they like", [][]Cell{row(13, 12, 21), row(11, 11), row(11, 11, 11), row(11, 11, 11, 11)}, 1},
	} {
		if got := headed(c.rows); got != c.want {
			t.Errorf("%s: %d rows, not %d", c.what, got, c.want)
		}
	}
}

// TestHead: what front matter asks for, and where somebody has to look.
func TestHead(t *testing.T) {
	block := func(align Align, s string) Block { return Block{Align: align, Spans: []Span{{Text: s}}} }
	kind := func(k Kind, s string) Block { return Block{Kind: k, Level: 1, Spans: []Span{{Text: s}}} }
	for _, c := range []struct {
		what   string
		blocks []Block
		want   string // title, number, unit, date; ? marks a doubt
	}{
		{"an official document", []Block{block(Center, "清源县人民政府文件"), block(Center, "清政发〔2026〕12号"), block(Center, "关于印发办法的"), block(Center, "通知"),
			block(Left, "各乡镇人民政府："), block(Left, "正文。"), block(Right, "清源县人民政府"), block(Right, "二〇二六年十月十一日"), block(Left, "（此件公开发布）")},
			"关于印发办法的通知?|清政发〔2026〕12号|清源县人民政府|2026-10-11"},
		{"spaces that spread a title out, and one that divides it", []Block{block(Center, "廉洁清源　行稳致远"), block(Center, "通　　知")}, "廉洁清源 行稳致远通知?|||"},
		{"a title by its style", []Block{kind(Title, "培训"), block(Left, "正文。")}, "培训|||"},
		{"the only heading of the first level", []Block{kind(Heading, "培训"), block(Left, "正文。")}, "培训?|||"},
		{"several such headings", []Block{kind(Heading, "一"), kind(Heading, "二")}, "|||"},
		{"brackets of the keyboard", []Block{block(Center, "清政发[2026]3号"), block(Center, "题")}, "题?|清政发[2026]3号?||"},
		{"a number in prose", []Block{block(Left, "根据清政发〔2026〕3号文件，通知如下。")}, "|||"},
		{"a signature by spaces, attachments behind it", []Block{block(Left, "正文。"), block(Left, "县纪委监委"), block(Left, "2026年1月2日"), block(Left, "附件：1.名单"), block(Left, "2.表")},
			"||县纪委监委?|2026-01-02"},
		{"attachments in the document, and what is in them", []Block{block(Left, "正文。"), block(Left, "附件：1.报名表"), block(Left, "2.须知"), block(Right, "县纪委"), block(Right, "2026年1月2日"),
			block(Left, "（此件公开发布）"), block(Left, "附件1"), block(Center, "报名表"), {Kind: Table}, block(Left, "附件2 须知"), block(Left, "按时报到。"), block(Right, "2027年9月9日前交")},
			"报名表?||县纪委|2026-01-02"},
		{"a regulation behind the notice about it", []Block{block(Left, "现印发给你们。"), block(Right, "县政府"), block(Right, "2026年1月2日"), block(Center, "办法"), block(Left, "第一条　为规范管理。")},
			"办法?||县政府?|2026-01-02?"},
		{"a date at the right that nobody signs, and text behind it", []Block{block(Left, "正文。"), block(Right, "2026年1月2日"), block(Left, "正文。")}, "|||2026-01-02?"},
		{"a line about who wrote it under the title", []Block{block(Center, "小莲池映照大清廉"), block(Center, "——侧记"), block(Center, "县纪委宣传部　　张三　李四"), block(Left, "正文。")}, "小莲池映照大清廉——侧记?|||"},
		{"prose that is centred", []Block{block(Center, strings.Repeat("正文", 60))}, "|||"},
		{"the same with 记者", []Block{block(Center, "清廉建设 在路上"), block(Center, "记者 王五")}, "清廉建设 在路上?|||"},
		{"a title that is bold, and a line that is not", []Block{{Align: Center, Spans: []Span{{Text: "题", Bold: true}}}, {Align: Center, Spans: []Span{{Text: "目", Bold: true}, {Text: " "}}}, block(Center, "王五")}, "题目?|||"},
		{"a signature on one line", []Block{block(Right, "县纪委　2026年1月2日")}, "||县纪委|2026-01-02"},
		{"a signature with soft returns", []Block{block(Right, "县纪委\n县监委\n2026年1月2日")}, "||县监委|2026-01-02"},
		{"a date alone", []Block{block(Right, "2026年1月2日")}, "|||2026-01-02"},
		{"a date under the title", []Block{block(Center, "题"), block(Center, "（2026年1月2日）"), block(Left, "正文。")}, "题?|||2026-01-02?"},
		{"a date in prose", []Block{block(Left, "会议于2026年1月2日召开。")}, "|||"},
		{"days that are none", []Block{block(Right, "县纪委"), block(Right, "2026年13月40日")}, "|||"},
		{"nothing", nil, "|||"},
	} {
		m := Manuscript{Blocks: c.blocks}
		h := m.Head()
		var got []string
		for _, f := range []Finding{h.Title, h.Number, h.Unit, h.Date} {
			if f.Doubt.ZH != "" {
				f.Text += "?"
			}
			got = append(got, f.Text)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s: %s, not %s", c.what, strings.Join(got, "|"), c.want)
		}
	}
}

// TestStated: what a document states outside of its text is surer than what the text
// looks like, and a title that stands in both is taken out.
func TestStated(t *testing.T) {
	c, _ := config.Parse([]byte("title = \"清源\"\n"))
	block := func(kind Kind, s string) Block { return Block{Kind: kind, Level: 1, Spans: []Span{{Text: s}}} }
	m := Manuscript{Blocks: []Block{block(Heading, "培训 通知"), block(Paragraph, "2026年10月1日"), block(Paragraph, "正文。")},
		Stated: map[string]Finding{"title": {Text: "培训通知"}, "author": {Text: "王五"}, "date": {Text: "2026-10-02 08:00"}}}
	got := ""
	for _, f := range m.Fill(c.Kinds["notice"], "x.html") {
		got += f.Field.Key + "=" + f.Text + " "
	}
	if want := "title=培训通知 date=2026-10-02 08:00 author=王五 "; got != want {
		t.Errorf("%s, not %s", got, want)
	}
	if len(m.Blocks) != 2 {
		t.Errorf("left are %v", m.Blocks)
	}
}

// TestPlaced: lines at the right whose last is a date are a signature, also those of one
// paragraph.
func TestPlaced(t *testing.T) {
	for said, want := range map[string]string{"县纪委\n2026年1月2日": "落款", "县纪委\n2026年1月2日止": "居右", "县纪委": "居右"} {
		m := Manuscript{Blocks: []Block{{Align: Right, Spans: []Span{{Text: said}}}}}
		if got := m.Markdown(markdown.New()); got != ":::"+want+"\n"+said+"\n:::\n" {
			t.Errorf("%q is written\n%s", said, got)
		}
	}
}

// TestFill: which fields of a kind a document answers, and what stays in the text.
func TestFill(t *testing.T) {
	c, _ := config.Parse([]byte("title = \"清源\"\n"))
	block := func(align Align, s string) Block { return Block{Align: align, Spans: []Span{{Text: s}}} }
	official := []Block{block(Center, "清政发〔2026〕12号"), {Kind: Title, Spans: []Span{{Text: "题"}, {Note: 1}}}, block(Left, "正文。"),
		block(Left, "（来源：清源县融媒体中心）"), block(Right, "清源县人民政府"), block(Right, "2026年10月1日")}
	for _, test := range []struct {
		kind         string
		blocks       []Block
		fields, text string
	}{
		{"regulation", official, "title=题 date=2026-10-01 number=清政发〔2026〕12号 issuer=清源县人民政府 issued=2026-10-01", "|正文。|清源县人民政府|2026年10月1日"},
		{"notice", official, "title=题 date=2026-10-01 source=清源县融媒体中心 unit=清源县人民政府",
			"清政发〔2026〕12号||正文。|（来源：清源县融媒体中心）|清源县人民政府|2026年10月1日"},
		{"material", official[:3], "title=题", "清政发〔2026〕12号||正文。"}, // its number is that of an episode
		{"notice", []Block{block(Left, "正文。")}, "title=培训通知?", "正文。"},
		{"notice", []Block{block(Left, "来源：清源日报 作者：赵六 2026年11月8日")},
			"title=培训通知? date=2026-11-08? source=清源日报 author=赵六", "来源：清源日报 作者：赵六 2026年11月8日"},
		{"notice", []Block{block(Left, "发布时间：2026-11-08 09:30 来源：清源日报 记者 赵六 浏览次数：12")},
			"title=培训通知? date=2026-11-08? source=清源日报 author=赵六", "发布时间：2026-11-08 09:30 来源：清源日报 记者 赵六 浏览次数：12"},
		{"notice", []Block{block(Left, "（来源：县委（宣传部））")}, "title=培训通知?", "（来源：县委（宣传部））"},
		{"notice", []Block{block(Left, "资金来源：财政拨款。"), block(Left, "来源：甲乙，见第三条。")}, "title=培训通知?",
			"资金来源：财政拨款。|来源：甲乙，见第三条。"},
	} {
		m := Manuscript{Blocks: slices.Clone(test.blocks)}
		if test.kind == "regulation" {
			m.Blocks = slices.Delete(m.Blocks, 3, 4)
		}
		var fields, text []string
		for _, f := range m.Fill(c.Kinds[test.kind], "稿/培训通知.docx") {
			if f.Doubt.ZH != "" {
				f.Text += "?"
			}
			fields = append(fields, f.Field.Key+"="+f.Text)
		}
		for _, b := range m.Blocks {
			text = append(text, b.Said())
		}
		if got := strings.Join(fields, " "); got != test.fields {
			t.Errorf("%s: %s, not %s", test.kind, got, test.fields)
		}
		if got := strings.Join(text, "|"); got != test.text {
			t.Errorf("%s: %s, not %s", test.kind, got, test.text)
		}
	}
}
