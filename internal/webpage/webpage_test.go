package webpage

import (
	"encoding/base64"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/simplifiedchinese"

	"qinglian/internal/manuscript"
	"qinglian/internal/markdown"
)

const (
	jpeg = "\xff\xd8\xff\xe0picture"
	png  = "\x89PNG\r\n\x1a\npicture"
)

// beside is the folder that a browser puts beside a page.
var beside = fstest.MapFS{"640.jpg": {Data: []byte(jpeg)}, "a/b c.png": {Data: []byte(png)}, "x.svg": {Data: []byte("<svg/>")},
	"现场.jpg": {Data: []byte(jpeg + "2")}}

func inside(content string) string {
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString([]byte(content))
}

// fixtures are pages, what becomes of each, and what is listed.
var fixtures = []struct {
	what, page, want string
	stated           string // key=text, with ? for a doubt
	doubted          bool
	left             []string
}{
	{what: "an article of WeChat",
		page: `<!DOCTYPE html><html><head><meta charset="utf-8"><title>廉洁文化进校园</title><script>var ct = "1";</script></head><body>
<div id="js_article"><h1 class="rich_media_title" id="activity-name">
  廉洁文化进校园 </h1><div id="meta_content"><span id="js_author_name">王五</span><a id="js_name">清廉清源</a> <em id="publish_time">2026年10月1日 08:05</em></div>
<div id="js_content" style="visibility: hidden; opacity: 0"><section><p style="text-align:center"><img data-src="https://mmbiz.qpic.cn/1/640?wx_fmt=jpeg" src="./廉洁_files/640.jpg" alt="图片"></p>
<p style="text-align: center;"><span style="font-size: 12px">学生参观展馆</span></p><p>　　<span>今天，<strong>清源县</strong>纪委监委</span><span style="font-weight: 700;">开展</span>活动。</p><p><br></p>
<section><img data-src="https://mmbiz.qpic.cn/2/640?wx_fmt=png" src="data:image/svg+xml,%3Csvg%2F%3E"></section><mpchecktext contenteditable="false"></mpchecktext><mpvoice name="诵读" voice_encode_fileid="x"></mpvoice>
<iframe class="video_iframe" data-src="https://v.qq.com/x"></iframe><p style="display:none">埋藏的词</p></section></div></div>
<div class="qr_code_pc">微信扫一扫<br>关注该公众号</div></body></html>`,
		want:   "![学生参观展馆](1-xue-sheng-can-guan-zhan-guan.jpg)\n\n:::居中\n学生参观展馆\n:::\n\n今天，**清源县**纪委监委**开展**活动。",
		stated: "author=王五 date=2026-10-01 08:05 source=清廉清源 title=廉洁文化进校园",
		left: []string{"网上的图片，没有下载，请存下来再放进来：https://mmbiz.qpic.cn/2/640?wx_fmt=png（在“清源县纪委监委开展活动。”后面）",
			"视频、音频、嵌入的内容，请另外放进来：<mpvoice> 诵读（在“清源县纪委监委开展活动。”后面）",
			"视频、音频、嵌入的内容，请另外放进来：<iframe> https://v.qq.com/x（在“清源县纪委监委开展活动。”后面）",
			"隐藏的文字：“埋藏的词”（在“清源县纪委监委开展活动。”后面）",
			"网页里正文以外的：“微信扫一扫 关注该公众号”", "脚本、样式，不是文字：<script> ×1"}},
	{what: "a page of a public body",
		page: `<html><head><title>关于培训的通知_清源县人民政府</title><meta name="ArticleTitle" content="关于培训的通知"><meta name="PubDate" content="2026-10-01 10:00"><meta name="ContentSource" content="县人社局"></head>
<body><ul class="nav"><li><a href="/">首页</a><li><a href="/zwgk">政务公开</a></ul><h1>关于培训的通知</h1><p>浏览次数：12</p><div class="TRS_Editor"><style>p{}</style><p align="justify">各单位：</p><p>定于10月8日开展培训，见<a href="http://a.example/附件.doc">附件</a>。</p>
<p align="right">县人社局<br>2026年9月30日</p></div><form><input type="text"><button>搜索</button></form><p>版权所有</p></body></html>`,
		want:   "各单位：\n\n定于10月8日开展培训，见[附件](<http://a.example/%E9%99%84%E4%BB%B6.doc>)。\n\n:::落款\n县人社局\n2026年9月30日\n:::",
		stated: "date=2026-10-01 10:00 source=县人社局 title=关于培训的通知", doubted: true,
		left: []string{"网页里正文以外的：“首页 政务公开 浏览次数：12”", "网页里正文以外的：“搜索 版权所有”", "脚本、样式，不是文字：<style> ×1"}},
	{what: "a page that says nothing of itself: the prose is where most of it is",
		page: `<title>培训-清源网</title><body><table><tr><td><a href=#>首页</a><td><div id=c><p>2026年10月8日，清源县开展培训，各单位参加，<b>效果很好</b>。<p>发布时间：2026-10-09　来源：县融媒体中心</div></table><div>电话</div>`,
		want: "2026年10月8日，清源县开展培训，各单位参加，**效果很好**。\n\n发布时间：2026-10-09　来源：县融媒体中心", stated: "title=培训?", doubted: true,
		left: []string{"网页里正文以外的：“首页”", "网页里正文以外的：“电话”"}},
	{what: "the line under a title", page: `<h1>培训</h1><p>发布时间：2026/10/9 08:30　来源：县融媒体中心　字号：大 中 小</p><article><p>正文。</p></article>`,
		want: "正文。", stated: "date=2026-10-09 08:30? source=县融媒体中心? title=培训?", doubted: true,
		left: []string{"网页里正文以外的：“发布时间：2026/10/9 08:30 来源：县融媒体中心 字号：大 中 小”"}},
	{what: "what Word saves", page: `<html xmlns:o="urn:o"><body lang=ZH-CN><div class=WordSection1><h1>一、甲</h1><p class=MsoNormal align=center>培训<o:p/></p><p><o:p>&nbsp;</o:p></p><p>正
文<span lang=EN-US>one
two</span></p></div></body></html>`,
		want: "## 一、甲\n\n:::居中\n培训\n:::\n\n正文one two", stated: "title=一、甲?"},
	{what: "lists: numbers as they are shown, items in each other",
		page: `<ul><li>甲<ul><li>子</ul><li><p>乙</p><p>乙的第二段</p></ul><ol start=3><li>丙<li value=7><b>丁</b></ol><ol type=a><li>戊</ol><ul style="list-style: none"><li>己</ul><ol><li>　</ol>`,
		want: "- 甲\n  - 子\n- 乙\n\n乙的第二段\n\n3\\. 丙\n\n**7\\. 丁**\n\na. 戊\n\n己"},
	{what: "tables: merged cells, in each other, without ends, one that only frames",
		page: `<table><caption>表1<tr><td colspan=2>甲<tr><td>乙<td>丙<table><tr><td>丁<td>戊</table></table><table><tr><td><p>框里</p><p>两段</p></table><table><tr><th>己<th>庚<tr><td>1<td>2</table>`,
		want: ":::居中\n表1\n:::\n\n<table>\n<tr><th colspan=\"2\">甲</th></tr>\n<tr><td>乙</td><td>丙<table>\n<tr><td>丁</td><td>戊</td></tr>\n</table></td></tr>\n</table>\n\n框里\n\n两段\n\n| 己 | 庚 |\n| --- | --- |\n| 1 | 2 |"},
	{what: "lines and spaces", page: "<p>第一行<br>第二行<br><br>另一段</p><div>散的<p>段</p>又散的</div><pre>  a\n  b</pre><p>清源\n县 纪委 <b> 监委</b> x\ny</p>",
		want: "第一行\n第二行\n\n另一段\n\n散的\n\n段\n\n又散的\n\na<br>\nb\n\n清源县 纪委 **监委** x y"},
	{what: "marks", page: `<p>H<sub>2</sub>O x<sup>2</sup> <s>删</s> <del>去</del> <span style="text-decoration:line-through">线</span> <b>粗<span style="font-weight:normal">细</span></b> <i>斜</i> <u>下</u></p><p>赵**称 # 1. &lt;b&gt; &amp;amp;</p>`,
		want: "H<sub>2</sub>O x<sup>2</sup> ~~删~~ ~~去~~ ~~线~~ **粗**细 斜 下\n\n赵\\*\\*称 \\# 1. \\<b> \\&amp;"},
	{what: "pictures: inside, beside, elsewhere, none",
		page: `<!-- saved from url=(0022)https://a.example/x/1.html --><p><img src="` + inside(png) + `" alt="会议现场"></p><p><img src="x_files/a/b%20c.png"><a href="../big.html"><img src="file:///C:/存/y.files/现场.jpg"></a></p><p><img src="x_files/none.jpg"><img src="x_files/x.svg"><img src="https://a.example/1.jpg"><img src="x_files/../../secret.png"><img><img src="/etc/passwd"></p><p style="background:url('https://a.example/bg.png')">字</p><figure><img src="x_files/640.jpg"><figcaption>图说</figcaption></figure>`,
		want: "![会议现场](1-hui-yi-xian-chang.png)\n\n![](2.png)[![](3.jpg)](<https://a.example/big.html>)\n\n字\n\n![图说](4-tu-shuo.jpg)\n\n:::居中\n图说\n:::",
		left: []string{"图片不在网页旁边的文件夹里，请存下来再放进来：x_files/none.jpg（在最前面）",
			"网页不能显示的图片，请另存为 JPG 或 PNG 再放进来：x_files/x.svg（在最前面）",
			"网上的图片，没有下载，请存下来再放进来：https://a.example/1.jpg（在最前面）",
			"网上的图片，没有下载，请存下来再放进来：https://a.example/secret.png（在最前面）",
			"网上的图片，没有下载，请存下来再放进来：https://a.example/etc/passwd（在最前面）",
			"文字背后的图片：https://a.example/bg.png（在最前面）"}},
	{what: "a page in one file: the picture is there, and where it was, too", page: `<p>字<img data-src="https://a.example/1.jpg" src="` + inside(png+strings.Repeat("x", longestBlank)) + `"><img data-src="https://a.example/2.jpg" src="` + inside("GIF89a") + `"></p>`,
		want: "字![](1.png)", left: []string{"网上的图片，没有下载，请存下来再放进来：https://a.example/2.jpg（在“字”后面）"}},
	{what: "pictures of a page that does not say where it was", page: `<p>字<img src="1.jpg"><img src="//a.example/2.jpg"><img src="file:///etc/passwd"></p>`, want: "字",
		left: []string{"图片不在网页旁边的文件夹里，请存下来再放进来：1.jpg（在“字”后面）", "网上的图片，没有下载，请存下来再放进来：//a.example/2.jpg（在“字”后面）",
			"图片不在网页旁边的文件夹里，请存下来再放进来：file:///etc/passwd（在“字”后面）"}},
	{what: "what is no prose", page: `<p>甲<ruby>清<rp>(</rp><rt>qīng</rt><rp>)</rp></ruby><svg><title>x</title><text>图里的字</text></svg><math><mi>x</mi></math><select><option>一<option>二</select><textarea>留言</textarea></p><template><p>样板</p></template><noscript>请开脚本</noscript><video src="https://a.example/v.mp4">放不了</video><aside>相关阅读</aside><nav><a href="/">首页</a></nav><p hidden>藏</p><p><a href="file:///c:/x">文</a><a href="javascript:void(0)">件</a></p><mp-common-profile data-nickname="清廉清源"></mp-common-profile>`,
		want: "甲清\n\n文件",
		left: []string{"字上面的注音：“(”（在“甲清”后面）", "字上面的注音：“qīng”（在“甲清”后面）", "字上面的注音：“)”（在“甲清”后面）",
			"图形、图表，请截成图片：“x图里的字”（在“甲清”后面）", "公式，请截成图片：“x”（在“甲清”后面）", "表单：“一 二”：<select>（在“甲清”后面）",
			"表单：“留言”：<textarea>（在“甲清”后面）", "隐藏的文字：“样板”（在“甲清”后面）", "脚本、样式，不是文字：<noscript> ×1",
			"视频、音频、嵌入的内容，请另外放进来：“放不了”：<video> https://a.example/v.mp4（在“甲清”后面）",
			"网页里正文以外的：“相关阅读”（在“甲清”后面）", "网页里正文以外的：“首页”（在“甲清”后面）", "隐藏的文字：“藏”（在“甲清”后面）",
			"指到文件以外，没有去取：file:///c:/x（在“甲清”后面）",
			"视频、音频、嵌入的内容，请另外放进来：<mp-common-profile> 清廉清源（在“甲清文件”后面）"}},
	{what: "tags that cross, and ends without beginnings", page: `</div><p><b>甲<p>乙</b>丙</p></i><div><span>丁</div>戊</td></table><p>己</br>庚`,
		want: "**甲**\n\n乙丙\n\n丁\n\n戊\n\n己\n庚"},
	{what: "no page at all", page: "只有一行字，没有标签", want: "只有一行字，没有标签"},
}

// TestRead: what becomes of a page, and what is listed.
func TestRead(t *testing.T) {
	for _, f := range fixtures {
		t.Run(f.what, func(t *testing.T) {
			m, refused := Read([]byte(f.page), Folder(beside))
			if refused.ZH != "" {
				t.Fatal(refused)
			}
			if got := strings.TrimSpace(m.Markdown(markdown.New())); got != f.want {
				t.Errorf("got\n%s\nnot\n%s", got, f.want)
			}
			if got := statedOf(m); got != f.stated {
				t.Errorf("states %q, not %q", got, f.stated)
			}
			if got := len(m.Doubts) > 0; got != f.doubted {
				t.Errorf("doubts: %v", m.Doubts)
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

func statedOf(m manuscript.Manuscript) string {
	var all []string
	for _, key := range []string{"author", "date", "source", "title"} {
		if f := m.Stated[key]; f.Text != "" {
			if f.Doubt.ZH != "" {
				f.Text += "?"
			}
			all = append(all, key+"="+f.Text)
		}
	}
	return strings.Join(all, " ")
}

// TestMoment: times as pages write them; a day that there is not is none.
func TestMoment(t *testing.T) {
	for text, want := range map[string]string{
		"2026年10月1日 08:05": "2026-10-01 08:05", "2026-10-01T08:05:30+08:00": "2026-10-01 08:05", "发布于 2026/1/2": "2026-01-02",
		"2026.1.2 9:30": "2026-01-02 09:30", "2026-02-30": "", "2026-01-02 25:00": "2026-01-02", "今天": "",
	} {
		if got := moment(text); got != want {
			t.Errorf("%q is %q, not %q", text, got, want)
		}
	}
}

// TestNothingLost: each character of a page's text is in the blocks or listed.
func TestNothingLost(t *testing.T) {
	for _, f := range fixtures {
		t.Run(f.what, func(t *testing.T) { checkKept(t, f.page) })
	}
}

// checkKept counts the characters of a page, by a walk of its own over the tags, and
// those of what was read.
func checkKept(t *testing.T, page string) {
	t.Helper()
	m, refused := Read([]byte(page), Folder(beside))
	if refused.ZH != "" {
		t.Skip(refused)
	}
	have := map[rune]int{}
	add := func(by int, text string) {
		for _, c := range manuscript.Letters(text) {
			have[c] += by
		}
	}
	add(1, contained(page))
	addBlocks(add, m.Blocks)
	for _, o := range m.Left {
		add(-1, o.Text)
	}
	for _, f := range m.Stated {
		add(-1, f.Text)
	}
	if m.Stated["date"].Text != "" {
		add(-1, "年月日/.") // it is written in another way
	}
	for c, n := range have {
		if n > 0 {
			t.Errorf("%q: %d are lost", c, n)
		}
	}
}

func addBlocks(add func(by int, text string), blocks []manuscript.Block) {
	for _, b := range blocks {
		for _, s := range b.Spans {
			if !s.Made {
				add(-1, s.Text)
			}
		}
		for _, row := range b.Rows {
			for _, c := range row {
				addBlocks(add, c.Blocks)
			}
		}
	}
}

// contained is the text of a page, without that of programs.
func contained(page string) string {
	text, refused := decoded([]byte(page))
	if refused.ZH != "" {
		return ""
	}
	z := html.NewTokenizer(strings.NewReader(string(text)))
	var all strings.Builder
	for inside := ""; ; {
		switch z.Next() {
		case html.ErrorToken:
			return all.String()
		case html.StartTagToken:
			name, _ := z.TagName()
			inside = string(name)
		case html.TextToken:
			if !strings.Contains(" script style noscript noembed noframes title ", " "+inside+" ") {
				all.WriteString(z.Token().Data)
			}
			inside = ""
		default:
			inside = ""
		}
	}
}

// TestEncodings: a page is known by its bytes.
func TestEncodings(t *testing.T) {
	const page = `<html><head><meta http-equiv="Content-Type" content="text/html; charset=CHARSET"></head><body><p>清源县纪委监委开展培训</p></body></html>`
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ charset, page, want string }{
		{"utf-8", page, "清源县纪委监委开展培训"},
		{"gb2312", page, "清源县纪委监委开展培训"}, // wrong
		{"gb2312", gbk, "清源县纪委监委开展培训"},
		{"iso-8859-1", gbk, "清源县纪委监委开展培训"},
		{"big5", gbk, ""},
	} {
		m, refused := Read([]byte(strings.Replace(c.page, "CHARSET", c.charset, 1)), nil)
		if got := strings.TrimSpace(m.Markdown(markdown.New())); got != c.want || (refused.ZH == "") != (c.want != "") {
			t.Errorf("%s: %q, %s", c.charset, got, refused.ZH)
		}
	}
}

// TestArchive: a page in one file, as Chrome and as Word write them.
func TestArchive(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(`<p>培训现场如图</p><img src="x.files/1.jpg"><img src="cid:two@x"><img src="https://a.example/3.jpg">`)
	if err != nil {
		t.Fatal(err)
	}
	archive := strings.ReplaceAll("From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/1.html\nSubject: =?utf-8?Q?x?=\nMIME-Version: 1.0\n"+
		"Content-Type: multipart/related;\n\ttype=\"text/html\";\n\tboundary=\"--B\"\n\n----B\nContent-Type: text/html\nContent-Transfer-Encoding: base64\nContent-Location: file:///C:/x.htm\n\n"+
		base64.StdEncoding.EncodeToString([]byte(gbk))+"\n\n----B\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64\nContent-Location: file:///C:/x.files/1.jpg\n\n"+
		base64.StdEncoding.EncodeToString([]byte(jpeg))+"\n\n----B\nContent-Type: image/png\nContent-ID: <two@x>\nContent-Transfer-Encoding: base64\n\n"+
		base64.StdEncoding.EncodeToString([]byte(png))+"\n\n----B\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\nContent-Location: cid:frame@x\n\n=E6=A1=86\n\n----B--\n", "\n", "\r\n")
	m, refused := ReadArchive([]byte(archive))
	if refused.ZH != "" {
		t.Fatal(refused)
	}
	if got, want := strings.TrimSpace(m.Markdown(markdown.New())), "培训现场如图\n\n![](1.jpg)![](2.png)"; got != want {
		t.Errorf("got\n%s\nnot\n%s", got, want)
	}
	if len(m.Left) != 2 || m.Left[0].What != "https://a.example/3.jpg" || m.Left[1].What != "cid:frame@x" {
		t.Errorf("listed: %+v", m.Left)
	}
	const single = "Content-Type: text/html\r\nContent-Location: https://a.example/x/1.html\r\n\r\n<p>见<a href=\"2.html\">另一页</a>"
	if m, _ := ReadArchive([]byte(single)); strings.TrimSpace(m.Markdown(markdown.New())) != "见[另一页](<https://a.example/x/2.html>)" {
		t.Errorf("a link starts from elsewhere: %s", m.Markdown(markdown.New()))
	}
	for _, broken := range []string{"", "<p>x", archive[:len(archive)/2], "Content-Type: multipart/related; boundary=x\r\n\r\n--x--\r\n", "Content-Type: image/png\r\n\r\nx"} {
		if _, refused := ReadArchive([]byte(broken)); refused.ZH == "" || refused.EN == "" {
			t.Errorf("%.20q is read", broken)
		}
	}
}
