package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"qinglian/internal/manuscript"
	"qinglian/internal/markdown"
	"qinglian/internal/ooxml"
)

// The workbooks of these tests are made of their XML, so that what each is about can be
// read.
const (
	spaces = ` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"` +
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	typeBase = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

type parts = map[string]string

// styleSheet has a style for each of some formats, in this order: none, a date, a time,
// per cent, thousands, two decimals, powers of ten, text, nothing, the middle, the right,
// a unit behind a text.
const styleSheet = `<numFmts><numFmt numFmtId="200" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="201" formatCode=";;;"/>` +
	`<numFmt numFmtId="202" formatCode="@&quot;元&quot;"/></numFmts>` +
	`<cellXfs><xf numFmtId="0"/><xf numFmtId="200"/><xf numFmtId="20"/><xf numFmtId="10"/><xf numFmtId="4"/><xf numFmtId="2"/><xf numFmtId="11"/>` +
	`<xf numFmtId="49"/><xf numFmtId="201"/><xf numFmtId="0"><alignment horizontal="center"/></xf><xf numFmtId="0"><alignment horizontal="right"/></xf><xf numFmtId="202"/></cellXfs>`

// pack makes a workbook of the inside of its sheets and of further parts. A name of a
// sheet may have its state behind a colon.
func pack(t testing.TB, names []string, sheets []string, more parts) []byte {
	t.Helper()
	list, relations := "", ""
	all := parts{}
	for i, inside := range sheets {
		name, state, _ := strings.Cut(names[i], ":")
		list += fmt.Sprintf(`<sheet name="%s" sheetId="%d" state="%s" r:id="s%[2]d"/>`, name, i+1, state)
		relations += fmt.Sprintf(`<Relationship Id="s%d" Type="%sworksheet" Target="worksheets/sheet%[1]d.xml"/>`, i+1, typeBase)
		all[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = "<worksheet" + spaces + ">" + inside + "</worksheet>"
	}
	for _, kind := range []string{"styles", "sharedStrings"} {
		relations += `<Relationship Id="` + kind + `" Type="` + typeBase + kind + `" Target="` + kind + `.xml"/>`
	}
	all["xl/workbook.xml"] = "<workbook" + spaces + "><sheets>" + list + "</sheets></workbook>"
	all["xl/_rels/workbook.xml.rels"] = `<Relationships>` + relations + `</Relationships>`
	all["xl/styles.xml"] = "<styleSheet" + spaces + ">" + styleSheet + "</styleSheet>"
	maps.Copy(all, more)
	return zipped(t, all)
}

func zipped(t testing.TB, all parts) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(all[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// table is a sheet's rows, each of cells that stand side by side: a text, or XML.
func table(rows ...[]string) string {
	out := "<sheetData>"
	for _, row := range rows {
		out += "<row>"
		for _, c := range row {
			if !strings.HasPrefix(c, "<") {
				c = inline(c)
			}
			out += c
		}
		out += "</row>"
	}
	return out + "</sheetData>"
}

func inline(text string) string {
	if text == "" {
		return "<c/>"
	}
	return `<c t="inlineStr"><is><t>` + text + "</t></is></c>"
}

// number is a cell with a value, in a style.
func number(style int, value string) string {
	return fmt.Sprintf(`<c s="%d"><v>%s</v></c>`, style, value)
}

func merges(areas ...string) string {
	return `<mergeCells><mergeCell ref="` + strings.Join(areas, `"/><mergeCell ref="`) + `"/></mergeCells>`
}

// fixture is a workbook and what becomes of it.
type fixture struct {
	what   string
	names  []string // Sheet1, if there is one
	sheets []string
	more   parts
	want   string   // in Markdown
	left   []string // what is listed, in Chinese
}

const threads = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"

var strs = "<sst" + spaces + `><si><t>姓名</t></si><si><r><t>张</t></r><r><rPr><b/></rPr><t>三</t></r><rPh><t>zhang</t></rPh></si><si><t>一_x000D_
二</t></si><si><t>没用</t></si></sst>`

var fixtures = []fixture{
	{what: "values as their formats show them", sheets: []string{table(
		[]string{"项目", "值"}, []string{"日期", number(1, "46296")}, []string{"时间", number(2, "0.375")}, []string{"比例", number(3, "0.125")},
		[]string{"金额", number(4, "1234567.5")}, []string{"小数", number(5, "2.675")}, []string{"科学", number(6, "12345")}, []string{"整数", number(0, "42")},
		[]string{"是否", `<c t="b"><v>1</v></c>`}, []string{"算出", `<c t="str"><f>A1</f><v>合计</v></c>`}, []string{"错误", `<c t="e"><f>1/0</f><v>#DIV/0!</v></c>`},
		[]string{"证件", `<c s="7" t="inlineStr"><is><t>110101199003070012</t></is></c>`}, []string{"单位", `<c s="11" t="str"><v>三</v></c>`},
		[]string{"没有算", `<c><f>A1</f></c>`}, []string{"日", `<c s="1" t="d"><v>2026-10-01</v></c>`}, []string{"没有格式", number(99, "1.50")})},
		want: "| 项目 | 值 |\n| --- | --- |\n| 日期 | 2026年10月1日 |\n| 时间 | 9:00 |\n| 比例 | 12.50% |\n| 金额 | 1,234,567.50 |\n| 小数 | 2.68 |\n| 科学 | 1.23E+04 |\n" +
			"| 整数 | 42 |\n| 是否 | TRUE |\n| 算出 | 合计 |\n| 错误 | \\#DIV/0\\! |\n| 证件 | 110101199003070012 |\n| 单位 | 三元 |\n| 没有算 |  |\n| 日 | 2026年10月1日 |\n| 没有格式 | 1.5 |",
		left: []string{"公式的结果没有存在文件里；用 Excel 或 WPS 打开，保存一次，再导入：Sheet1!B14"}},
	{what: "shared texts, with parts that look different; a line break; what no cell has", more: parts{"xl/sharedStrings.xml": strs},
		sheets: []string{table([]string{`<c t="s"><v>0</v></c>`, "备注"}, []string{`<c t="s"><v>1</v></c>`, `<c t="s"><v>2</v></c>`}, []string{`<c t="s"><v>77</v></c>`, "|*x*|"})},
		want:   "| 姓名 | 备注 |\n| --- | --- |\n| 张<strong>三</strong> | 一<br>二 |\n|  | &#124;\\*x\\*&#124; |",
		left:   []string{"字上面的注音：“zhang”", "正文没有用到：“没用”"}},
	{what: "a title, a remark, merged cells", sheets: []string{table([]string{"清源县培训名额表"}, []string{"单位", "名额", ""}, []string{"", "干部", "群众"}, []string{"甲镇", number(0, "1"), number(0, "2")},
		nil, []string{"注：按报名先后"}) + merges("A1:C1", "A2:A3", "B2:C2")},
		want: ":::居中\n清源县培训名额表\n:::\n\n<table>\n<tr><th rowspan=\"2\">单位</th><th colspan=\"2\">名额</th></tr>\n<tr><th>干部</th><th>群众</th></tr>\n<tr><td>甲镇</td><td>1</td><td>2</td></tr>\n</table>\n\n注：按报名先后"},
	{what: "several sheets, one that is hidden, one in which nothing stands", names: []string{"一月", "二月", "底数:hidden", "很深:veryHidden", "空"},
		sheets: []string{table([]string{"一月情况"}, []string{"甲", "乙"}, []string{"1", "2"}) + merges("A1:B1"), table([]string{"丙", "丁"}), table([]string{"密", number(0, "5")}), table([]string{"更密"}), table()},
		want:   "## 一月\n\n:::居中\n一月情况\n:::\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n\n## 二月\n\n| 丙 | 丁 |\n| --- | --- |",
		left:   []string{"隐藏的工作表：“密 5”：底数", "隐藏的工作表：“更密”：很深"}},
	{what: "hidden rows and columns, also under a merged cell; a value that its format hides", sheets: []string{
		`<cols><col min="2" max="3" hidden="1"/><col min="5" max="9" width="0" customWidth="1"/></cols><sheetData><row>` + inline("姓名") + inline("身份证号") + inline("电话") + inline("单位") + inline("密") + `</row>` +
			`<row r="2" hidden="1">` + inline("张三") + inline("1") + inline("2") + inline("甲") + `</row><row r="3" ht="0" customHeight="1">` + inline("李四") + `</row>` +
			`<row>` + inline("王五") + inline("3") + inline("4") + number(8, "7") + `</row><row><c r="A5" t="inlineStr"><is><t>赵六</t></is></c><c r="C5" t="inlineStr"><is><t>乙</t></is></c></row></sheetData>` + merges("C5:D5", "A2:A4")},
		want: "| 姓名 | 单位 |\n| --- | --- |\n| 张三 |  |\n| 赵六 | 乙 |",
		left: []string{"隐藏的行：“1 2 甲 李四”：Sheet1!2:3", "隐藏的列：“身份证号 电话 3 4”：Sheet1!B:C", "隐藏的列：“密”：Sheet1!E:I", "隐藏的文字：“7”：Sheet1!D4", "隐藏的文字：“王五”：Sheet1!A4"}},
	{what: "merged cells that lie over each other", sheets: []string{table([]string{"甲", "乙", "丙"}, []string{"1", "2", "3"}) + merges("A1:B1", "B1:C1", "A2:B2")},
		want: "<table>\n<tr><th colspan=\"2\">甲</th><th>丙</th></tr>\n<tr><td>1</td><td>2</td><td>3</td></tr>\n</table>", left: []string{"隐藏的文字：“乙”：Sheet1!B1"}},
	{what: "rows and columns in which nothing stands; cells far away", sheets: []string{`<sheetData><row r="5"><c r="D5" t="inlineStr"><is><t>甲</t></is></c><c r="XFD5" t="inlineStr"><is><t>乙</t></is></c></row>` +
		`<row r="1048576"><c r="D1048576" t="str"><v>1</v></c><c r="XFD1048576" t="str"><v> </v></c><c r="ZZZ9" t="str"><v>2</v></c></row></sheetData>`},
		want: "| 甲 | 乙 |  |\n| --- | --- | --- |\n| 1 |  | 2 |"},
	{what: "a long number, links, comments, headers", names: []string{"名单"}, more: parts{
		"xl/worksheets/_rels/sheet1.xml.rels": `<Relationships><Relationship Id="c" Type="` + typeBase + `comments" Target="../comments1.xml"/>` +
			`<Relationship Id="l" Type="` + typeBase + `hyperlink" TargetMode="External" Target="https://a.example/x"/><Relationship Id="m" Type="` + typeBase + `hyperlink" TargetMode="External" Target="file:///C:/a"/></Relationships>`,
		"xl/comments1.xml": "<comments" + spaces + `><authors><author>李四</author><author>tc={1}</author></authors><commentList><comment ref="B2" authorId="0"><text><r><t>再</t></r><r><t>核实</t></r></text></comment>` +
			`<comment ref="A2" authorId="1"><text><t>已核</t></text></comment></commentList></comments>`,
	}, sheets: []string{table([]string{"号", "网址"}, []string{number(0, "110101199003070000"), "官网"}) +
		`<hyperlinks><hyperlink ref="B2" r:id="l"/><hyperlink ref="A1" r:id="m"/><hyperlink ref="A2" location="x"/></hyperlinks><headerFooter><oddHeader>&amp;C&amp;"宋体,常规"&amp;12内部资料&amp;P</oddHeader></headerFooter>`},
		want: "## 名单\n\n| 号 | 网址 |\n| --- | --- |\n| 1.10101E+17 | [官网](<https://a.example/x>) |",
		left: []string{"数太长，表里只显示科学计数；要全显示，先把格式改成“文本”或“0”：名单!A2 = 110101199003070000", "指到文件以外，没有去取：file:///C:/a", "页眉、页脚：“内部资料”：名单",
			"批注（李四）：“再核实”：名单!B2", "批注：“已核”：名单!A2"}},
	{what: "conversations beside cells, also resolved ones, with all who speak", sheets: []string{table([]string{"甲", "乙"})}, more: parts{
		"xl/worksheets/_rels/sheet1.xml.rels":      `<Relationships><Relationship Id="c" Type="` + typeBase + `comments" Target="../comments1.xml"/></Relationships>`,
		"xl/comments1.xml":                         "<comments" + spaces + `><authors><author>tc={1F}</author></authors><commentList><comment ref="A1" authorId="0"><text><t>批注: 核实 答复: 好</t></text></comment></commentList></comments>`,
		"xl/threadedComments/threadedComment1.xml": `<ThreadedComments xmlns="` + threads + `"><threadedComment ref="A1" personId="{A}" id="{1f}" done="1"><text>核实</text></threadedComment><threadedComment ref="A1" personId="{B}" id="{2}" parentId="{1F}"><text>好</text></threadedComment><threadedComment personId="{a}" id="{3}" parentId="{1F}"/></ThreadedComments>`,
		"xl/persons/person.xml":                    `<personList xmlns="` + threads + `"><person displayName="刘科长" id="{A}"/><person displayName="王主任" id="{B}"/></personList>`},
		want: "| 甲 | 乙 |\n| --- | --- |", left: []string{"批注（刘科长、王主任）：“批注: 核实 答复: 好”：Sheet1!A1"}},
	{what: "text boxes, charts, pictures, what nobody knows", sheets: []string{table([]string{"甲", "乙"})}, more: parts{
		"xl/drawings/drawing1.xml": `<x xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:t>框</a:t></a:p></x>`,
		"xl/charts/chart1.xml":     `<x xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:t>图</a:t></x>`, "xl/media/image1.png": "\x89PNG",
		"xl/comments9.xml": "<comments" + spaces + `><commentList><comment ref="A1"><text><t>散的</t></text></comment></commentList></comments>`,
		"xl/new.xml":       `<x><t xmlns="urn:x">新</t></x>`, "docProps/app.xml": "<broken"},
		want: "| 甲 | 乙 |\n| --- | --- |", left: []string{"文本框，看不出应该放在哪里：“框”", "图形、图表，请截成图片：“图”", "嵌在里面的文件，请单独保存：xl/media/image1.png",
			"正文没有用到：“新”", "批注：“散的”：A1", "读不懂的部分：docprops/app.xml"}},
	{what: "one column; one cell", sheets: []string{table([]string{"名单"}, []string{"甲"}, []string{"乙"})}, want: "<table>\n<tr><th>名单</th></tr>\n<tr><td>甲</td></tr>\n<tr><td>乙</td></tr>\n</table>"},
	{what: "nothing", sheets: []string{table()}},
}

func (f fixture) pack(t testing.TB) []byte {
	if f.names == nil {
		f.names = []string{"Sheet1"}
	}
	return pack(t, f.names, f.sheets, f.more)
}

// TestRead: what becomes of a workbook, and what is listed.
func TestRead(t *testing.T) {
	for _, f := range fixtures {
		t.Run(f.what, func(t *testing.T) {
			w, refused := Read(f.pack(t))
			if refused.ZH != "" {
				t.Fatal(refused)
			}
			if got := strings.TrimSpace(w.Markdown(markdown.New())); got != f.want {
				t.Errorf("got\n%s\nnot\n%s", got, f.want)
			}
			var listed []string
			for _, o := range w.Left {
				listed = append(listed, o.Said().ZH)
			}
			slices.Sort(listed)
			if slices.Sort(f.left); !slices.Equal(listed, f.left) {
				t.Errorf("listed is\n%s\nnot\n%s", strings.Join(listed, "\n"), strings.Join(f.left, "\n"))
			}
		})
	}
}

// TestStrict: the strict dialect has the same elements under other names.
func TestStrict(t *testing.T) {
	strict := strings.NewReplacer("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
		"http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships",
		"http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main")
	for _, f := range fixtures {
		in, err := zip.NewReader(bytes.NewReader(f.pack(t)), int64(len(f.pack(t))))
		if err != nil {
			t.Fatal(err)
		}
		all := parts{}
		for _, p := range in.File {
			content, err := p.Open()
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(content)
			if err != nil {
				t.Fatal(err)
			}
			all[p.Name] = strict.Replace(string(text))
		}
		w, refused := Read(zipped(t, all))
		if got := strings.TrimSpace(w.Markdown(markdown.New())); refused.ZH != "" || got != f.want {
			t.Errorf("%s: %sgot\n%s\nnot\n%s", f.what, refused.ZH, got, f.want)
		}
	}
}

// TestSheets: the tables alone, as all programs read them: what a merged cell shows
// stands in each row.
func TestSheets(t *testing.T) {
	w, refused := Read(pack(t, []string{"表"}, []string{table([]string{"题目"}, []string{"镇", "村", "户"}, []string{"甲", "子", number(4, "1200")}, []string{"", "丑", number(4, "3")}, []string{"注：略"}) +
		merges("A1:C1", "A3:A4", "A5:C5")}, nil))
	want := [][]string{{"镇", "村", "户"}, {"甲", "子", "1,200.00"}, {"甲", "丑", "3.00"}}
	if refused.ZH != "" || len(w.Sheets) != 1 || !slices.EqualFunc(w.Sheets[0].Rows, want, slices.Equal[[]string]) || w.Sheets[0].Name != "表" {
		t.Errorf("%v %s", w.Sheets, refused.ZH)
	}
}

// TestNothingLost: each character of each part is in the sheets or listed.
func TestNothingLost(t *testing.T) {
	for _, f := range fixtures {
		t.Run(f.what, func(t *testing.T) { checkKept(t, f.pack(t)) })
	}
}

// checkKept counts the characters of all texts in a workbook, by a walk of its own, and
// those of what was read.
func checkKept(t *testing.T, raw []byte) {
	t.Helper()
	w, refused := Read(raw)
	if refused.ZH != "" {
		t.Skip(refused)
	}
	have := map[rune]int{}
	for c := range characters(t, raw) {
		have[c]++
	}
	for _, b := range w.Blocks {
		for _, c := range manuscript.Letters(b.Said()) {
			have[c]--
		}
	}
	for _, o := range w.Left {
		for _, c := range manuscript.Letters(o.Text) {
			have[c]--
		}
	}
	for c, n := range have {
		if n > 0 {
			t.Errorf("%q: %d are lost", c, n)
		}
	}
}

func characters(t *testing.T, raw []byte) func(func(rune) bool) {
	p, refused := ooxml.Open(raw, ooxml.Format{})
	if refused.ZH != "" {
		t.Fatal(refused)
	}
	return func(yield func(rune) bool) {
		for _, name := range p.Names {
			content, _ := p.Content(name)
			if !strings.HasSuffix(name, ".xml") {
				continue
			}
			text, in, inside := "", xml.NewDecoder(bytes.NewReader(content)), ""
			token, err := in.Token()
			for ; err == nil; token, err = in.Token() {
				switch token := token.(type) {
				case xml.StartElement:
					inside = token.Name.Local
				case xml.EndElement:
					inside = ""
				case xml.CharData:
					if inside == "t" {
						text += string(token)
					}
				}
			}
			if err != io.EOF {
				continue
			}
			for _, c := range manuscript.Letters(unescaped(text)) {
				if !yield(c) {
					return
				}
			}
		}
	}
}

// TestRefused: what can't be read, or is made to harm, is refused with a sentence.
func TestRefused(t *testing.T) {
	rows := func(n int, row string) string { return "<sheetData>" + strings.Repeat(row, n) + "</sheetData>" }
	var wide strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&wide, `<row><c r="%s%d" t="str"><v>a</v></c></row>`, columnName(i+1), i+1)
	}
	one := []string{"Sheet1"}
	for _, c := range []struct {
		what string
		raw  []byte
		want string
	}{
		{"nothing", nil, "这不是 .xlsx"},
		{"the old format, or a password", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"), "这是加了密码的文件，或旧格式（.xls、.et）"},
		{"a document", zipped(t, parts{"word/document.xml": "<x/>"}), "这不是 Excel 表格"},
		{"XML that ends too early", pack(t, one, []string{"<sheetData>"}, nil), "文件坏了"},
		{"cells", pack(t, one, []string{rows(MaxCells/2+1, `<row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row>`)}, nil), "表太大"},
		{"cells that lie apart", pack(t, one, []string{"<sheetData>" + wide.String() + "</sheetData>"}, nil), "表太大"},
	} {
		t.Run(c.what, func(t *testing.T) {
			if _, refused := Read(c.raw); !strings.HasPrefix(refused.ZH, c.want) || refused.EN == "" {
				t.Errorf("said %q, not %q", refused.ZH, c.want)
			}
		})
	}
}

// FuzzRead: whatever the parts hold, a workbook is read or refused, and of what is read
// nothing is lost.
func FuzzRead(f *testing.F) {
	for _, x := range fixtures {
		f.Add(x.sheets[0], strs, styleSheet, x.more["xl/comments1.xml"])
	}
	d := markdown.New()
	f.Fuzz(func(t *testing.T, sheet, texts, styles, comments string) {
		raw := pack(t, []string{"甲"}, []string{sheet}, parts{"xl/sharedStrings.xml": texts, "xl/styles.xml": "<styleSheet" + spaces + ">" + styles + "</styleSheet>", "xl/comments1.xml": comments})
		w, refused := Read(raw)
		if refused.ZH != "" {
			return
		}
		w.Markdown(d)
		checkKept(t, raw)
	})
}
