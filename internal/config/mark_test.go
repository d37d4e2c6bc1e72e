package config

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// TestMarks: the official code as owners are given it, and what may not be pasted.
func TestMarks(t *testing.T) {
	const refused = "refused"
	for _, c := range []struct{ paste, html, scripts, images string }{
		// The two forms of the 党政机关 mark.
		{`<script type="text/javascript">document.write(unescape("%3Cspan id='_ideConac' %3E%3C/span%3E%3Cscript src='https://dcs.conac.cn/js/33/CA330.js' type='text/javascript'%3E%3C/script%3E"));</script>`,
			`<span id="_ideConac"></span><script src="https://dcs.conac.cn/js/33/CA330.js"></script>`,
			"https://dcs.conac.cn", ""},
		{"<span id='_ideConac'></span>\n<script src='https://dcs.conac.cn/js/33/CA330.js' type='text/javascript'></script>",
			`<span id="_ideConac"></span><script src="https://dcs.conac.cn/js/33/CA330.js"></script>`,
			"https://dcs.conac.cn", ""},
		{`<span id='_ideConac'></span><script src="//dcs.conac.cn/js/33/CA330.js"></script>`,
			`<span id="_ideConac"></span><script src="https://dcs.conac.cn/js/33/CA330.js"></script>`,
			"https://dcs.conac.cn", ""},
		// 我为政府网站找错.
		{`<!-- 找错 --><span id="_span_jiucuo"><script id="_jiucuo_" sitecode='3300000000' src='https://zfwzgl.www.gov.cn/exposure/jiucuo.js'></script></span>`,
			`<span id="_span_jiucuo"><script id="_jiucuo_" sitecode="3300000000" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script></span>`, "https://zfwzgl.www.gov.cn", ""},
		{`<a target="_blank" href="https://bszs.conac.cn/sitename?method=show&id=1"><img src="https://dcs.conac.cn/image/red.png" border="0"></a>`,
			`<a href="https://bszs.conac.cn/sitename?method=show&amp;id=1" rel="external noopener noreferrer"><img src="https://dcs.conac.cn/image/red.png" alt=""></a>`, "", "https://dcs.conac.cn"},
		// What was not closed is, attributes that could do harm are dropped.
		{`<span style="position:fixed" onclick="x()" id="a"><img onerror="x()" src="https://a.cn/1.png" alt="甲">乙 & 丙`,
			`<span id="a"><img src="https://a.cn/1.png" alt="甲">乙 &amp; 丙</span>`, "", "https://a.cn"},

		{`<script>alert(1)</script><img src="https://a.cn/1.png">`, refused, "", ""},
		{`<script src="http://dcs.conac.cn/js/a.js"></script>`, refused, "", ""},
		{`<script src="//a.cn"></script><script src="//*"></script>`, refused, "", ""},
		{`<script src="https://a.cn;script-src%20*/a.js"></script>`, refused, "", ""},
		{`<script src="https://a.cn 'unsafe-inline'/a.js"></script>`, refused, "", ""},
		{`<script src="https://*/a.js"></script>`, refused, "", ""},
		{`<script src="https://www.gov.cn@a.cn/a.js"></script>`, refused, "", ""},
		{`<a href="javascript:x()">甲</a>`, refused, "", ""},
		{`<iframe src="https://a.cn/"></iframe>`, refused, "", ""},
		{`<script>document.write(unescape("%3Cscript%3Edocument.write(unescape('x'))%3C/script%3E"))</script>`,
			refused, "", ""},
		{`党政机关`, refused, "", ""},
	} {
		config, problems := Parse([]byte("[marks.organ]\npaste = " + strconv.Quote(c.paste)))
		m := config.Marks.Organ
		if c.html == refused {
			if len(problems) != 1 || problems[0].Rule != "bad-mark" || problems[0].Line != 2 || m.Set() {
				t.Errorf("%s\ngave %q, %v", c.paste, m.HTML, problems)
			}
			continue
		}
		if len(problems) > 0 || m.HTML != c.html || strings.Join(m.Scripts, " ") != c.scripts ||
			strings.Join(m.Images, " ") != c.images {
			t.Errorf("%s\ngave %s\nwant %s\nfrom %q and %q, %v", c.paste, m.HTML, c.html, m.Scripts, m.Images, problems)
		}
	}
}

// TestWhere: a value that only linking finds wrong is shown where it was typed.
func TestWhere(t *testing.T) {
	c, problems := Parse([]byte("title = \"站\"\npicture = \"a.png\" # 图\n[marks.organ]\nto = \"https://bszs.conac.cn/\"\n\"picture\" = \"b.png\"\n"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for key, want := range map[string]string{
		"picture":                "config.toml:2:1-2:22 picture = \"a.png\" # 图",
		"marks.organ.picture":    "config.toml:5:1-5:20 \"picture\" = \"b.png\"",
		"marks.mistakes.picture": "config.toml:0:0-0:0 ",
	} {
		d := c.Where(key)
		if got := fmt.Sprintf("%s:%d:%d-%d:%d %s", d.File, d.Line, d.Column, d.EndLine, d.EndColumn, d.Source); got != want {
			t.Errorf("%s: got %s, want %s", key, got, want)
		}
	}
}
