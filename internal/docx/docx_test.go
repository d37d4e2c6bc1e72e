package docx

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"unicode"

	"qinglian/internal/manuscript"
	"qinglian/internal/markdown"
	"qinglian/internal/ooxml"
)

// picture is the beginning of a file, as much as is looked at.
const (
	jpeg = "\xff\xd8\xff\xe0picture"
	png  = "\x89PNG\r\n\x1a\npicture"
)

var styleSheet = part("w:styles", `
	<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
	<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:rPr><w:b/></w:rPr></w:style>
	<w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/><w:basedOn w:val="1"/></w:style>
	<w:style w:type="paragraph" w:styleId="own"><w:name w:val="章"/><w:basedOn w:val="2"/></w:style>
	<w:style w:type="paragraph" w:styleId="outlined"><w:name w:val="目"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
	<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>
	<w:style w:type="paragraph" w:styleId="C"><w:name w:val="caption"/></w:style>
	<w:style w:type="paragraph" w:styleId="items"><w:name w:val="款"/><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>
	<w:style w:type="paragraph" w:styleId="round1"><w:name w:val="r1"/><w:basedOn w:val="round2"/></w:style>
	<w:style w:type="paragraph" w:styleId="round2"><w:name w:val="r2"/><w:basedOn w:val="round1"/></w:style>
	<w:style w:type="character" w:styleId="S"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
	<w:style w:type="character" w:styleId="H"><w:name w:val="secret"/><w:rPr><w:vanish/></w:rPr></w:style>`)

var numbers = part("w:numbering", `
	<w:abstractNum w:abstractNumId="0">
		<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
		<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
		<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
		<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%3.%4"/></w:lvl>
	</w:abstractNum>
	<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl>
		<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
	<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>
	<w:abstractNum w:abstractNumId="3">
		<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1章"/></w:lvl>
		<w:lvl w:ilvl="1"><w:start w:val="9"/><w:numFmt w:val="chineseCounting"/><w:lvlRestart w:val="0"/><w:lvlText w:val="第%2条"/></w:lvl>
		<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="ideographTraditional"/><w:pStyle w:val="items"/><w:suff w:val="nothing"/><w:lvlText w:val="%3"/></w:lvl>
	</w:abstractNum>
	<w:num w:numId="5"><w:abstractNumId w:val="3"/></w:num>
	<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
	<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
	<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
	<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>`)

func style(id string) string { return `<w:pStyle w:val="` + id + `"/>` }

func numbered(id, level string) string {
	return `<w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + id + `"/></w:numPr>`
}

const center, right = `<w:jc w:val="center"/>`, `<w:jc w:val="right"/>`

// fixture is a document and what becomes of it.
type fixture struct {
	what string
	body string
	more parts
	want string   // in Markdown
	left []string // what is listed, in Chinese
}

var fixtures = []fixture{
	{what: "runs that a program divided are one text", body: p("", run("各乡")+run("镇人民")+"<w:proofErr/>"+run("政府：")), want: "各乡镇人民政府："},
	{what: "bold, struck, raised; by a style; on and off", body: p("", run("请于")+styled("<w:b/>", "六月")+styled("<w:b/>", "一日")+run("前报送")) +
		p("", styled(`<w:rStyle w:val="S"/>`, "重点")) + p("", styled(`<w:rStyle w:val="S"/><w:b w:val="0"/>`, "不重")) +
		p("", run("甲")+styled("<w:strike/>", "乙")+run("丙")) + p("", run("10m")+styled(`<w:vertAlign w:val="superscript"/>`, "2")),
		want: "请于**六月一日**前报送\n\n**重点**\n\n不重\n\n甲~~乙~~丙\n\n10m<sup>2</sup>"},
	{what: "headings by name, by what they rest on, by level; styles that rest on each other in a circle",
		body: p(style("1"), run("总则")) + p(style("2"), run("目的")) + p(style("own"), run("范围")) + p(style("outlined"), run("细目")) +
			p(`<w:outlineLvl w:val="0"/>`, run("附则")) + p(style("1")+`<w:outlineLvl w:val="9"/>`, run("正文")) + p(style("round1"), run("循环")),
		want: "## 总则\n\n### 目的\n\n### 范围\n\n#### 细目\n\n## 附则\n\n**正文**\n\n循环"},
	{what: "headings that begin below the first level", body: p(style("2"), run("目的")) + p(style("outlined"), run("细目")), want: "## 目的\n\n### 细目"},
	{what: "a chart that no program but Word shows", body: p("", run("见图")+`<w:r><mc:AlternateContent><mc:Choice><w:drawing><c:chart r:id="c1"/></w:drawing></mc:Choice></mc:AlternateContent></w:r>`),
		more: parts{"word/_rels/document.xml.rels": related(relates("c1", "chart", "charts/chart1.xml")), "word/charts/chart1.xml": part("c:chartSpace", "<a:t>比例</a:t><c:v>12</c:v>")},
		want: "见图", left: []string{"图形、图表，请截成图片：word/charts/chart1.xml（在“见图”后面）", "图形、图表，请截成图片：“比例12”"}},
	{what: "numbers as they are shown, and where they begin anew",
		body: p(numbered("1", "0"), run("总体要求")) + p(numbered("1", "1"), run("提高认识")) + p(numbered("1", "2"), run("学习")) +
			p(numbered("1", "2"), run("讨论")) + p(numbered("1", "3"), run("每周")) + p(numbered("1", "1"), run("压实责任")) + p(numbered("1", "2"), run("分工")) +
			p(numbered("1", "0"), run("保障")) + p(numbered("2", "2"), run("经费")) + p(numbered("4", "0"), run("甲")) + p(numbered("4", "0"), run("乙")) +
			p(numbered("0", "0"), run("无号")),
		want: "一、总体要求\n\n（一）提高认识\n\n1\\. 学习\n\n2\\. 讨论\n\n1.2.1 每周\n\n（二）压实责任\n\n1\\. 分工\n\n二、保障\n\n1\\. 经费\n\nc) 甲\n\nd) 乙\n\n无号"},
	{what: "chapters and clauses: these count on; a paragraph in which nothing stands counts, one that was deleted does not",
		body: p(numbered("5", "0"), run("总则")) + p(numbered("5", "1"), run("目的")) + p(numbered("5", "1"), "") +
			p(numbered("5", "0"), run("职责")) + p("<w:rPr><w:del/></w:rPr>"+numbered("5", "1"), "") + p(numbered("5", "1"), run("分工")) + p(numbered("5", "2"), run("类")) + p(style("items"), run("等")),
		want: "第一章　总则\n\n第九条　目的\n\n第二章　职责\n\n第十一条　分工\n\n甲类\n\n乙等"},
	{what: "bullets are lists", body: p(numbered("3", "0"), run("甲")) + p(numbered("3", "1"), run("乙")) + p(numbered("3", "0"), run("丙")), want: "- 甲\n  - 乙\n- 丙"},
	{what: "line breaks, tabs, page breaks, hyphens", body: p("", "<w:r><w:t>联系人：张三</w:t><w:br/><w:t>电话：</w:t><w:tab/><w:t>0999</w:t><w:noBreakHyphen/><w:t>1</w:t>"+
		`<w:br w:type="page"/></w:r>`), want: "联系人：张三\n电话： 0999-1"},
	{what: "indents and empty paragraphs", body: p("", run("　　正文")) + p("", "") + p("", run(" 　 ")) + p("", run("　　又一段　")), want: "正文\n\n又一段"},
	{what: "what stands in the middle and at the right", body: p("", run("正文。")) + p(center, run("中间")) + p(right, run("清源县人民政府")) + p(`<w:jc w:val="end"/>`, run("2026年10月1日")),
		want: "正文。\n\n:::居中\n中间\n:::\n\n:::落款\n清源县人民政府\n2026年10月1日\n:::"},
	{what: "links: by relation, by field; one into the document and one to a disk are text",
		body: p("", `<w:hyperlink r:id="l1">`+run("官网")+"</w:hyperlink>"+`<w:hyperlink w:anchor="b">`+run("见后")+"</w:hyperlink>"+`<w:hyperlink r:id="l2">`+run("附表")+"</w:hyperlink>") +
			p("", `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://a.example/x" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`+
				run("通知")+`<w:r><w:fldChar w:fldCharType="end"/></w:r>`),
		more: parts{"word/_rels/document.xml.rels": related(relates("l1", "hyperlink", "https://www.a.example/") + relates("l2", "hyperlink", "file:///C:/表.xls"))},
		want: "[官网](<https://www.a.example/>)见后附表\n\n[通知](<https://a.example/x>)",
		left: []string{"指到文件以外，没有去取：file:///C:/表.xls（在“官网见后”后面）"}},
	{what: "fields: what they came to stays, the numbers of pages and contents do not",
		body: p("", `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \o "1-3"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`+run("总则")+"<w:r><w:tab/></w:r>"+run("1")) +
			p("", run("附则2")+`<w:r><w:fldChar w:fldCharType="end"/></w:r>`) + p("", run("表")+`<w:fldSimple w:instr="SEQ 表">`+run("1")+"</w:fldSimple>"+`<w:fldSimple w:instr="HYPERLINK &quot;https://a.example/&quot;">`+run("名单")+"</w:fldSimple>") +
			p("", `<w:fldSimple w:instr=" PAGE ">`+run("7")+"</w:fldSimple>"),
		want: "表1[名单](<https://a.example/>)", left: []string{"页码、目录等，网页自己会有：“总则1附则2”（在最前面）", "页码、目录等，网页自己会有：“7”（在“表1名单”后面）"}},
	{what: "tracked changes, comments, hidden text",
		body: p("", run("原文")+`<w:ins w:author="李四">`+run("新增")+`</w:ins><w:del w:author="张三"><w:r><w:delText>删去</w:delText></w:r></w:del>`+
			`<w:moveFrom w:author="王五">`+run("移走")+`</w:moveFrom><w:moveTo w:author="王五">`+run("移来")+"</w:moveTo>"+
			`<w:r><w:commentReference w:id="0"/></w:r>`+styled("<w:vanish/>", "藏着")+styled(`<w:rStyle w:val="H"/>`, "的话")+run("。")),
		more: parts{"word/comments.xml": part("w:comments", `<w:comment w:id="0" w:author="赵六">`+p("", run("再核实"))+"</w:comment>")},
		want: "原文新增移来。",
		left: []string{"修订中已删除（张三）：“删去”（在“原文新增”后面）", "修订中已移到别处（王五）：“移走”（在“原文新增”后面）", "隐藏的文字：“藏着的话”（在“原文新增移来”后面）",
			"批注（赵六）：“再核实”（在“原文新增移来”后面）"}},
	{what: "notes; one without a mark", body: p("", run("见注")+`<w:r><w:footnoteReference w:id="2"/></w:r>`+run("和尾注")+`<w:r><w:endnoteReference w:id="2"/></w:r>`),
		more: parts{"word/footnotes.xml": part("w:footnotes", `<w:footnote w:id="0" w:type="separator">`+p("", "")+`</w:footnote><w:footnote w:id="2">`+
			p("", "<w:r><w:footnoteRef/></w:r>"+run(" 第一段"))+p("", run("第二段"))+`</w:footnote><w:footnote w:id="3">`+p("", run("多余"))+"</w:footnote>"),
			"word/endnotes.xml": part("w:endnotes", `<w:endnote w:id="2">`+p("", run("尾"))+"</w:endnote>")},
		want: "见注[^1]和尾注[^2]\n\n[^1]: 第一段\n\n    第二段\n\n[^2]: 尾", left: []string{"正文没有用到：“多余”"}},
	{what: "headers, footers, building blocks, files inside, a picture that nothing shows", body: p("", run("正文")),
		more: parts{"word/header1.xml": part("w:hdr", p("", run("内部资料"))), "word/footer1.xml": part("w:ftr", p("", run("- ")+run("1")+run(" -"))),
			"word/glossary/document.xml": part("w:glossaryDocument", p("", run("点此输入"))), "word/embeddings/a.xlsx": "PK", "word/media/image9.png": png,
			"word/theme/theme1.xml": "<broken"},
		want: "正文", left: []string{"页眉、页脚：“内部资料”", "页眉、页脚：“- 1 -”", "正文没有用到：“点此输入”", "嵌在里面的文件，请单独保存：word/embeddings/a.xlsx",
			"正文没有用到：word/media/image9.png", "读不懂的部分：word/theme/theme1.xml"}},
	{what: "a table; one that frames a text; one with merged cells, in which a table stands",
		body: tbl(row(cell("", "姓名"), cell("", "单位")), row(cell("", "张*"), cell("", "财政局|预算股"))) + tbl(row(cell("", "框里的话"))) +
			tbl(row(cell(`<w:gridSpan w:val="2"/>`, "合计"), cell(`<w:vMerge w:val="restart"/>`, "备注")),
				row(cell("", "甲<"), cell("", "1"), cell(`<w:vMerge/>`, "")), row("<w:tc>"+tbl(row(cell("", "内"), cell("", "层")))+p("", "")+"</w:tc>", cell("", "2"), cell("<w:vMerge/>", "续"))),
		want: "| 姓名 | 单位 |\n| --- | --- |\n| 张\\* | 财政局&#124;预算股 |\n\n框里的话\n\n" +
			"<table>\n<tr><th colspan=\"2\">合计</th><th rowspan=\"3\">备注<br>续</th></tr>\n<tr><td>甲&lt;</td><td>1</td></tr>\n" +
			"<tr><td><table>\n<tr><td>内</td><td>层</td></tr>\n</table></td><td>2</td></tr>\n</table>"},
	{what: "pictures with captions, of both kinds; one twice; formats; what is linked to",
		body: p(center, shows("p1", "")) + p(center, run("图1　培训现场")) + p("", shows("p2", "会场全景")) + p("", run("正文。")) +
			p("", `<w:r><w:pict><v:shape><v:imagedata r:id="p1"/></v:shape></w:pict></w:r>`+shows("p3", "")+shows("p4", "")+shows("none", "")),
		more: parts{"word/_rels/document.xml.rels": related(relates("p1", "image", "media/image1.jpeg") + relates("p2", "image", "/word/media/Image2.png") +
			relates("p3", "image", "media/image3.emf") + relates("p4", "image", "https://tracker.example/x.png")),
			"word/media/image1.jpeg": jpeg, "word/media/image2.png": png, "word/media/image3.emf": "\x01\x00\x00\x00"},
		want: "![图1 培训现场](1-pei-xun-xian-chang.jpg)\n\n:::居中\n图1　培训现场\n:::\n\n![会场全景](2-hui-chang-quan-jing.png)\n\n正文。\n\n" +
			"![图1 培训现场](1-pei-xun-xian-chang.jpg)",
		left: []string{"网页不能显示的图片，请另存为 JPG 或 PNG 再放进来：image3.emf（在“正文。”后面）", "指到文件以外，没有去取：https://tracker.example/x.png（在“正文。”后面）"}},
	{what: "what stands in front of all text has a place, too", body: p("", `<w:r><w:commentReference w:id="0"/></w:r>`+shows("p1", "")) + p("", run("正文")),
		more: parts{"word/_rels/document.xml.rels": related(relates("p1", "image", "media/image1.emf")), "word/media/image1.emf": "\x01\x00\x00\x00",
			"word/comments.xml": part("w:comments", `<w:comment w:id="0" w:author="赵六">`+p("", run("改题"))+`</w:comment><w:comment w:id="1" w:author="钱七">`+p("", run("散的"))+"</w:comment>"),
			"word/header1.xml":  part("w:hdr", p("", run("内部")))},
		want: "正文", left: []string{"网页不能显示的图片，请另存为 JPG 或 PNG 再放进来：image1.emf（在最前面）", "批注（赵六）：“改题”（在最前面）", "批注（钱七）：“散的”", "页眉、页脚：“内部”"}},
	{what: "pictures beside a text stand alone: below it, above a caption, above a signature",
		body: p("", beside("p1")+run("在亭子里说。")) + p(center, run("▲ 说事亭")) + p("", run("正文。")) + p(center, beside("p2")+run("图2 合影")) + p("", run("又一段。")+shows("p1", "")) +
			p(right, run("县纪委")) + p(right, `<w:r><w:pict><v:shape style="position:absolute;left:0"><v:imagedata r:id="p2"/></v:shape></w:pict></w:r>`+run("2026年10月1日")),
		more: parts{"word/_rels/document.xml.rels": related(relates("p1", "image", "media/1.png") + relates("p2", "image", "media/2.png")), "word/media/1.png": png, "word/media/2.png": png},
		want: "在亭子里说。\n\n![▲ 说事亭](1-shuo-shi-ting.png)\n\n:::居中\n▲ 说事亭\n:::\n\n正文。\n\n![图2 合影](2-he-ying.png)\n\n:::居中\n图2 合影\n:::\n\n又一段。![▲ 说事亭](1-shuo-shi-ting.png)\n\n" +
			"![图2 合影](2-he-ying.png)\n\n:::落款\n县纪委\n2026年10月1日\n:::"},
	{what: "what was pushed to the right by hand stands there; what is attached, a long line and an item do not",
		body: p("", run("附件：1.甲")) + p("", run("　　　　　2.乙")) + p("", run(strings.Repeat("　", 13)+"东镇人民政府")) + p("", run(strings.Repeat(" ", 24)+"2026年3月5日")) + p("", run("此件公开。")) +
			p(`<w:ind w:leftChars="1400" w:left="4480"/>`, run("县纪委")) + p(`<w:ind w:start="3600"/>`, run("2026年3月6日")) +
			p(`<w:ind w:left="4000"/>`, run(strings.Repeat("长", 31))) + p(`<w:ind w:left="4000"/>`+numbered("3", "0"), run("项")) + p(`<w:ind w:left="x"/>`, run("正文")),
		want: "附件：1.甲\n\n2.乙\n\n:::落款\n东镇人民政府\n2026年3月5日\n:::\n\n此件公开。\n\n:::落款\n县纪委\n2026年3月6日\n:::\n\n" + strings.Repeat("长", 31) + "\n\n- 项\n\n正文"},
	{what: "captions that point at the picture above", body: p("", shows("p1", "")) + p("", run("图为学习现场。张三 摄")) + p("", run("正文。")) + p("", shows("p1", "")) + p("", run("图书馆里。")),
		more: parts{"word/_rels/document.xml.rels": related(relates("p1", "image", "media/1.png")), "word/media/1.png": png},
		want: "![图为学习现场。张三 摄](1-tu-wei-xue-xi-xian-chang-zhang-san.png)\n\n:::居中\n图为学习现场。张三 摄\n:::\n\n正文。\n\n![图为学习现场。张三 摄](1-tu-wei-xue-xi-xian-chang-zhang-san.png)\n\n图书馆里。"},
	{what: "text boxes in both ways, one that says something else; equations; readings; words as a picture",
		body: p("", run("正文")+"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>"+p("", run("框"))+"</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"+
			"<mc:Fallback><w:pict><v:textbox><w:txbxContent>"+p("", run("框"))+"</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"+
			"<mc:AlternateContent><mc:Choice><w:t>新</w:t></mc:Choice><mc:Fallback><w:t>旧</w:t></mc:Fallback></mc:AlternateContent></w:r>"+
			"<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath><w:r><w:ruby><w:rt>"+run("lián")+"</w:rt><w:rubyBase>"+run("廉")+"</w:rubyBase></w:ruby></w:r>"+
			`<w:r><w:pict><v:shape><v:textpath string="红头"/></v:shape></w:pict></w:r>`),
		want: "正文新廉", left: []string{"文本框，看不出应该放在哪里：“框”（在“正文”后面）", "给旧软件看的另一种内容：“旧”（在“正文新”后面）", "公式，请截成图片：“x=1”（在“正文新”后面）",
			"字上面的注音：“lián”（在“正文新”后面）", "图形、图表，请截成图片：“红头”（在“正文新廉”后面）"}},
	{what: "symbols, soft hyphens, marks of direction", body: p("", `<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>同意</w:t><w:sym w:font="Webdings" w:char="F041"/></w:r>`+run("Qing&#173;yuan&#8207;")),
		want: "☑同意Qingyuan", left: []string{"符号字体里的字，读者的电脑上没有：Webdings F041（在“☑同意”后面）", "看不见的字符：2 个"}},
	{what: "private characters of fonts of symbols", body: p("", run("\uf0b7 报名")+run("\uf0a8同意\uf041")), want: "• 报名□同意",
		left: []string{"符号字体里的字，读者的电脑上没有：f041（在“• 报名”后面）"}},
	{what: "what wraps text, known or not: controls, smart tags, elements of tomorrow",
		body: `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>` + p("", `<w:smartTag w:element="place">`+run("清源")+"</w:smartTag><w:sdt><w:sdtContent>"+run("县")+"</w:sdtContent></w:sdt>"+
			`<w:bdo w:val="rtl">`+run("纪")+`</w:bdo><x:new xmlns:x="urn:x">`+run("委")+"</x:new>") + "</w:sdtContent></w:sdt>" + `<x:new xmlns:x="urn:x">` + p("", run("通知")) + "</x:new>" + run("散的"),
		want: "清源县纪委\n\n通知\n\n散的"},
	{what: "what would be marks", body: p("", run("赵**称，138****1234，*为必填")) + p("", run("# 号、1. 项、- 项")) + p("", run("# 号")) + p("", run("1. 项")) + p("", run("- 项")) +
		p("", run(":::callout")) + p("", run("&lt;b&gt; &amp;amp; [甲](乙) |丙| `丁` $x$ {#id}")),
		want: "赵\\*\\*称，138\\*\\*\\*\\*1234，\\*为必填\n\n\\# 号、1. 项、- 项\n\n\\# 号\n\n1\\. 项\n\n\\- 项\n\n\\:::callout\n\n\\<b> \\&amp; \\[甲\\](乙) &#124;丙&#124; \\`丁\\` \\$x\\$ \\{#id}"},
}

func cell(properties, text string) string {
	return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + p("", run(strings.ReplaceAll(text, "<", "&lt;"))) + "</w:tc>"
}
func row(cells ...string) string { return "<w:tr>" + strings.Join(cells, "") + "</w:tr>" }
func tbl(rows ...string) string  { return "<w:tbl>" + strings.Join(rows, "") + "</w:tbl>" }

func (f fixture) pack(t testing.TB) []byte {
	more := parts{"word/styles.xml": styleSheet, "word/numbering.xml": numbers}
	for name, content := range f.more {
		more[name] = content
	}
	return pack(t, f.body, more)
}

// TestRead: what becomes of a document, and what is listed.
func TestRead(t *testing.T) {
	for _, f := range fixtures {
		t.Run(f.what, func(t *testing.T) {
			m, refused := Read(f.pack(t))
			if refused.ZH != "" {
				t.Fatal(refused)
			}
			if got := strings.TrimSpace(m.Markdown(markdown.New())); got != f.want {
				t.Errorf("got\n%s\nnot\n%s", got, f.want)
			}
			listed := map[string]bool{}
			for _, o := range m.Left {
				listed[o.Said().ZH] = true
			}
			for _, want := range f.left {
				if !listed[want] {
					t.Errorf("%q is not listed", want)
				}
				delete(listed, want)
			}
			for more := range listed {
				t.Errorf("%q is listed", more)
			}
		})
	}
}

// TestStrict: the strict dialect has the same elements under other names.
func TestStrict(t *testing.T) {
	for _, f := range fixtures {
		more := parts{}
		for name, content := range f.more {
			more[name] = strict(content)
		}
		more["word/styles.xml"], more["word/numbering.xml"] = strict(styleSheet), strict(numbers)
		if more["word/_rels/document.xml.rels"] == "" {
			more["word/_rels/document.xml.rels"] = strict(related(""))
		}
		more["word/document.xml"] = strict("<w:document" + spaces + "><w:body>" + f.body + "</w:body></w:document>")
		m, refused := Read(pack(t, "", more))
		if refused.ZH != "" {
			t.Fatal(refused)
		}
		if got := strings.TrimSpace(m.Markdown(markdown.New())); got != f.want {
			t.Errorf("%s: got\n%s\nnot\n%s", f.what, got, f.want)
		}
	}
}

func strict(xml string) string {
	xml = strings.ReplaceAll(xml, typeBase, "http://purl.oclc.org/ooxml/officeDocument/relationships/")
	for _, name := range []string{"wordprocessingml/2006/main", "officeDocument/2006/relationships", "officeDocument/2006/math",
		"drawingml/2006/main", "drawingml/2006/wordprocessingDrawing", "drawingml/2006/chart"} {
		xml = strings.ReplaceAll(xml, "http://schemas.openxmlformats.org/"+name, "http://purl.oclc.org/ooxml/"+strings.Replace(name, "/2006/", "/", 1))
	}
	return xml
}

// TestNothingLost: each character of each part is in the blocks or listed.
func TestNothingLost(t *testing.T) {
	for _, f := range fixtures {
		t.Run(f.what, func(t *testing.T) { checkKept(t, f.pack(t)) })
	}
}

// checkKept counts the characters of a document, by a walk of its own over all of its
// parts, and those of what was read.
func checkKept(t *testing.T, raw []byte) {
	t.Helper()
	m, refused := Read(raw)
	if refused.ZH != "" {
		t.Skip(refused)
	}
	have := map[rune]int{}
	add(have, 1, contained(t, raw))
	for _, blocks := range append(m.Notes, m.Blocks) {
		addBlocks(have, blocks)
	}
	for _, o := range m.Left {
		add(have, -1, o.Text)
	}
	for c, n := range have {
		if n > 0 {
			t.Errorf("%q: %d are lost", c, n)
		}
	}
}

// add counts the characters of a text, but for spaces and for private ones: these become
// others.
func add(have map[rune]int, by int, text string) {
	for _, c := range manuscript.Letters(text) {
		if !unicode.Is(unicode.Co, c) {
			have[c] += by
		}
	}
}

func addBlocks(have map[rune]int, blocks []manuscript.Block) {
	for _, b := range blocks {
		for _, s := range b.Spans {
			if !s.Made {
				add(have, -1, s.Text)
			}
		}
		for _, row := range b.Rows {
			for _, c := range row {
				addBlocks(have, c.Blocks)
			}
		}
	}
}

// contained is the text of all parts of a document that can be read at all. What stands
// in a second way to show the same thing is counted once.
func contained(t *testing.T, raw []byte) string {
	t.Helper()
	a, refused := ooxml.Open(raw, ooxml.Format{})
	if refused.ZH != "" {
		t.Fatal(refused)
	}
	var all strings.Builder
	for _, name := range a.Names {
		content, _ := a.Content(name)
		if !strings.HasSuffix(name, ".xml") {
			continue
		}
		in := xml.NewDecoder(bytes.NewReader(content))
		if text, err := charactersIn(in); err == io.EOF {
			all.WriteString(text)
		}
	}
	return all.String()
}

// charactersIn is the text up to the end of the element that was begun.
func charactersIn(in *xml.Decoder) (string, error) {
	text, counts := "", 0
	for {
		token, err := in.Token()
		if err != nil {
			return text, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "t", "delText", "v":
				counts++
				continue
			case "AlternateContent":
				ways, err := ways(in)
				if err != nil {
					return text, err
				}
				text += ways
				continue
			}
			inside, err := charactersIn(in)
			if text += inside; err != nil {
				return text, err
			}
		case xml.EndElement:
			if counts == 0 {
				return text, nil
			}
			counts--
		case xml.CharData:
			if counts > 0 {
				text += string(token)
			}
		}
	}
}

// ways is the text of several ways to show something: that of the first, and of those
// that say something else.
func ways(in *xml.Decoder) (string, error) {
	first, all := "", ""
	for {
		token, err := in.Token()
		if err != nil {
			return all, err
		}
		switch token.(type) {
		case xml.StartElement:
			text, err := charactersIn(in)
			if err != nil {
				return all, err
			}
			if first == "" {
				first, all = text, all+text
			} else if text != first {
				all += text
			}
		case xml.EndElement:
			return all, nil
		}
	}
}
