package content

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/markdown"
)

var beijing = time.FixedZone("CST", 8*3600)

func TestParseDate(t *testing.T) {
	for in, want := range map[string]string{
		"2024-05-01":                "2024-05-01T00:00:00+08:00",
		"2024-05-01 09:30":          "2024-05-01T09:30:00+08:00",
		"2024-05-01T09:30:15":       "2024-05-01T09:30:15+08:00",
		"2024-5-1 9:30":             "2024-05-01T09:30:00+08:00",
		"2024/5/1":                  "2024-05-01T00:00:00+08:00",
		"2024年5月1日":                 "2024-05-01T00:00:00+08:00",
		"2024年5月1日 9:30":            "2024-05-01T09:30:00+08:00",
		"2024年05月01日09:30:15":       "2024-05-01T09:30:15+08:00",
		" 2024-05-01 ":              "2024-05-01T00:00:00+08:00",
		"2024-05-01T01:30:00Z":      "2024-05-01T09:30:00+08:00",
		"2024-05-01T09:30:00+08:00": "2024-05-01T09:30:00+08:00",
		"2024-02-29":                "2024-02-29T00:00:00+08:00",
		"2023-02-29":                "",
		"2024-13-01":                "",
		"2024-05-01 24:00":          "",
		"2024-05-01 9:3":            "",
		"2024-05-01 10:59:59":       "2024-05-01T10:59:59+08:00",
		"2024-05-01 10:75":          "",
		"2024-05-01 10:60":          "",
		"2024-05-01 10:30:60":       "",
		"2024-05-01 25:00":          "",
		"24-05-01":                  "",
		"2024.5.1":                  "",
		"5/1/2024":                  "",
		"2024年5月":                   "",
		"二〇二四年五月一日":                 "",
		"昨天":                        "",
		"2024-05-01 09:30 CST":      "",
	} {
		got, ok := ParseDate(in, beijing)
		if (want == "") == ok || ok && got.Format(time.RFC3339) != want {
			t.Errorf("ParseDate(%q) = %v, %v, want %q", in, got, ok, want)
		}
	}
}

func defaults(t testing.TB) Compiler {
	t.Helper()
	c, problems := config.Parse(nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return Compiler{Config: c, Dialect: markdown.New()}
}

// rules is the rules of problems with their places.
func rules(l diag.List) string {
	var b strings.Builder
	for _, d := range l {
		fmt.Fprintf(&b, "%s@%d:%d ", d.Rule, d.Line, d.Column)
	}
	return strings.TrimSpace(b.String())
}

// TestFields: TOML and YAML, keys and labels mean the same.
func TestFields(t *testing.T) {
	for _, text := range []string{
		"+++\ntitle = \"甲\"\ndate = 2024-05-01T09:30:00+08:00\nsource = \"乙\"\ntags = [\"丙\", \"丁\"]\nunit = \"戊\"\n+++\n正文",
		"+++\n\"标题\" = \"甲\"\n\"日期\" = 2024-05-01T09:30:00\n\"来源\" = \"乙\"\n\"标签\" = [\"丙\", \"丁\", \"丙\"]\n\"单位\" = \"戊\"\n+++\n正文",
		"---\ntitle: 甲\ndate: 2024-05-01 09:30\nsource: 乙\ntags: [丙, 丁]\nunit: 戊\n---\n正文",
		"---\n标题: 甲\n日期: 2024年5月1日 9:30\n来源: 乙\n标签:\n  - 丙\n  - 丁\n单位: 戊\n---\n正文",
		"---  \n标题: \"甲\"\n日期: '2024/5/1 9:30'\n来源: 乙\n标签:\n- 丙\n- 丁\n单位: |-\n  戊\n---\n正文",
	} {
		d := defaults(t).Compile("content/examples/a.md", []byte(text))
		if len(d.Problems) > 0 {
			t.Errorf("%s\nproblems: %s", text, d.Problems.Error())
			continue
		}
		c := d.Card
		if c.Title != "甲" || c.Date.Format(time.RFC3339) != "2024-05-01T09:30:00+08:00" || c.Source != "乙" ||
			!slices.Equal(c.Tags, []string{"丙", "丁"}) || len(c.Facts) != 1 || c.Facts[0].Values[0] != "戊" || c.Summary != "正文" {
			t.Errorf("%s\ngot %+v", text, c)
		}
	}
}

// TestSummary: it is known whether somebody wrote the summary.
func TestSummary(t *testing.T) {
	for _, c := range []struct {
		fields, body, want string
		excerpt            bool
	}{
		{"摘要: 一句话\n", "正文。", "一句话", false},
		{"", "正文。", "正文。", true},
		{"摘要: \"\"\n", "正文。", "正文。", true},
		{"", "## 标题", "", false},
	} {
		d := defaults(t).Compile("content/examples/a.md", []byte("---\n标题: 甲\n日期: 2024-05-01\n来源: 乙\n"+c.fields+"---\n"+c.body))
		if d.Card.Summary != c.want || d.Card.Excerpt != c.excerpt {
			t.Errorf("%q and %q: got %q, %v", c.fields, c.body, d.Card.Summary, d.Card.Excerpt)
		}
	}
}

func TestMistakes(t *testing.T) {
	const ok = "标题: 甲\n日期: 2024-05-01\n来源: 乙\n"
	const tomlOK = "+++\ntitle = \"甲\"\ndate = 2024-05-01\nsource = \"乙\"\n"
	for _, c := range []struct{ in, want string }{
		{"", "no-front-matter@1:1"},
		{"正文", "no-front-matter@1:1"},
		{"---\n标题: 甲", "open-front-matter@1:1"},
		{"---\n---\n", "missing-field@1:1 missing-field@1:1 missing-field@1:1"},
		{"---\n" + ok + "---\n", ""},
		{"---\n" + ok + "标题: 乙\n---\n", "field-twice@5:1"},
		{"---\n" + ok + "title: 乙\n---\n", "field-twice@5:1"},
		{"---\n" + ok + "标签: 丙\n---\n", "not-a-list@5:5"},
		{"---\n" + ok + "标签: [党建，普法]\n---\n", "full-width@5:8"},
		{"---\n" + ok + "标签: [\"党建，普法\"]\n---\n", "one-tag@5:1"},
		{"---\n" + ok + "草稿: 也许\n---\n", "wrong-type@5:1"},
		{"---\n" + ok + "摘药: 丙\n---\n", "unknown-field@5:1"},
		{"---\n" + ok + "更新时间: 昨天\n---\n", "bad-date@5:7"},
		{"---\n" + ok + "网址名: 税务局\n---\n", "bad-slug@5:1"},
		{"---\n" + ok + "网址名: ../x\n---\n", "bad-slug@5:1"},
		{"---\n" + ok + "版式: ../x\n---\n", "bad-layout@5:1"},
		{"---\n" + ok + "封面: https://a.cn/b.png\n---\n", "outside-picture@5:1"},
		{"---\n标题: 甲\n日期: 2024-05-01\n来源:\n---\n", "missing-field@4:1"},
		{"---\n标题: \"  \"\n日期: ~\n来源: # 必填\n---\n", "missing-field@2:1 missing-field@3:1 missing-field@4:1"},
		{"---\n" + ok + "来源:\n---\n", ""}, // nothing is said twice
		{"---\n来源:\n" + ok + "标签: []\n---\n", ""},
		{"---\n" + ok + "作者: 丙\n作者:\n作者: 丁\n---\n", "field-twice@7:1"},
		{"+++\ntitle = \"\"\ndate = 2024-05-01\nsource = \" \"\n+++\n", "missing-field@2:1 missing-field@4:1"},
		{"---\n" + ok + "标签: [甲\n---\n", "front-matter-syntax@5:5"},
		{"---\n- 甲\n---\n", "not-a-field@2:1"},
		{"+++\ntitle = 甲\n+++\n", "needs-quotes@2:9 missing-field@1:1 missing-field@1:1"},
		{"+++\ntitle = \"甲\"\ndate = \"2024-05-01\"\nsource = \"乙\"\nsource = \"乙\"\n+++\n", "field-twice@5:1"},
		{"+++\ntitle = \"甲\"\ndate = \"2024-05-01\"\nsource = \"乙\"\ntags = \"党建，普法\"\n+++\n", "not-a-list@5:8"},

		// A table that is no field stands at its own line.
		{tomlOK + "[menu.main]\nweight = 5\n+++\n", "unknown-field@5:1"},
		{tomlOK + "\n[bar.baz]\na = 1\n[bar]\nb = 2\n[params]\n+++\n", "unknown-field@8:1 unknown-field@10:1"},
		{tomlOK + "[[ menu . main ]]\n[[menu.side]]\n+++\n", "unknown-field@5:1"},
		{tomlOK + "menu.main = 1\n+++\n", "unknown-field@5:1"},

		// A slip hides neither itself elsewhere nor other mistakes, and has no echo.
		{"---\n标题：甲\n日期：昨天\n摘药: 丙\n来源:乙\n---\n", "full-width@2:3 full-width@3:3 bad-date@3:4 no-space@5:3 unknown-field@4:1"},
		{"+++\ntitle ＝ “甲”\ndate = ２０２４-０５-０１\ntags = [\"丙\"，\"丁\"]\n+++\n", "full-width@2:7 full-width@2:9 full-width@3:8 full-width@3:13 full-width@3:16 full-width@4:12 missing-field@1:1"},
		{"---\n标题：甲\n乙\n---\n", "full-width@2:3 not-a-field@3:1"},
		{"---\n标题: 甲\n日期: 昨天\n标签: “乙”，丙\n---\n", "bad-date@3:5 not-a-list@4:5"},
		{"---\n" + ok + "作者: \"丙\n摘要：丁\n---\n", "needs-quotes@5:5 full-width@6:3"},
		{"---\n" + ok + "作者: “丙”\n---\n", "quotes-kept@5:5"},
		{"\n---\n标题: 甲\n---\n", "missing-field@1:1 missing-field@1:1"},
		{"题记\n---\n" + ok + "摘药: 丙\n---\n", "text-before-front-matter@1:1 unknown-field@6:1"},
		{"－－－\n" + ok + "－－－\n", "bad-fence@1:1 bad-fence@5:1"},
	} {
		d := defaults(t).Compile("content/examples/a.md", []byte(c.in))
		if got := rules(d.Problems); got != c.want {
			t.Errorf("%q\ngot  %s\nwant %s\n%s", c.in, got, c.want, d.Problems.Error())
		}
	}
}

// TestDigits: a number stays the digits that were typed; YAML would make 8 of
// 010 and 1.1 of 1.10.
func TestDigits(t *testing.T) {
	d := defaults(t).Compile("content/model-sites/a.md", []byte("---\n标题: 007\n日期: 2024-05-01\n来源: 乙\n批次: 1.10\n星级: [{年度: 010}]\n预约电话: 0999\n---\n"))
	if len(d.Problems) > 0 {
		t.Fatal(d.Problems)
	}
	got := d.Card.Title
	for _, f := range d.Card.Facts {
		if f.Rows != nil {
			f = f.Rows[0][0]
		}
		got += " " + f.Values[0]
	}
	if want := "007 1.10 010 0999"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestChoices: what may be chosen is told.
func TestChoices(t *testing.T) {
	d := defaults(t).Compile("content/model-sites/a.md", []byte("---\n标题: 甲\n日期: 2024-05-01\n来源: 乙\n类别: 工厂\n星级: 多\n预约电话: 找老周\n---\n"))
	if got, want := rules(d.Problems), "not-a-choice@5:1 wrong-type@6:1 wrong-type@7:1"; got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	if got, want := d.Problems[0].Hint.ZH, "可选：机关、村居、学校、医院、国企、民企、家庭"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestTypes: each type of field, in both notations; what is wrong is told with
// its place.
func TestTypes(t *testing.T) {
	const ok = "标题: 甲\n日期: 2024-05-01\n来源: 乙\n"
	for _, c := range []struct{ in, facts, problems string }{
		{"---\n" + ok + "级别: 省级\n荣誉: [甲, 乙]\n---\n", "level=省级 honours=甲,乙", ""},
		{"---\n" + ok + "命名日期: 2024年5月1日\n---\n", "named_date=2024-05-01T00:00:00+08:00", ""},
		{"---\n" + ok + "星级:\n  - {年度: 2023, 星数: 3}\n  - 年度: 2024\n    星数: 4\n    说明: 复核\n---\n", "stars=[year=2023 count=3][year=2024 count=4 note=复核]", ""},
		{"---\n" + ok + "星级:\n  - 年度: 2023\n---\n", "stars=[year=2023]", ""},
		{"+++\ntitle = \"甲\"\ndate = 2024-05-01\nsource = \"乙\"\nstars = [{ year = 2023, count = 3 }, { count = 4 }]\n+++\n", "stars=[year=2023 count=3][count=4]", ""},
		{"+++\ntitle = \"甲\"\ndate = 2024-05-01\nsource = \"乙\"\n[[stars]]\nyear = 2023\n[[stars]]\n\"星数\" = 4\n+++\n", "stars=[year=2023][count=4]", ""},
		{"---\n" + ok + "星级: 5\n---\n", "", "wrong-type@5:1"},
		{"---\n" + ok + "星级:\n  - {年度: 2023, 星星: 3}\n---\n", "stars=[year=2023]", "unknown-field@6:16"},
		{"---\n" + ok + "星级:\n  - {年度: 去年}\n---\n", "", "wrong-type@6:6"},
		{"---\n" + ok + "星级:\n  - {年度: 2023, year: 2024}\n---\n", "stars=[year=2023]", "field-twice@6:16"},
		{"---\n" + ok + "星级:\n  - {年度: 2023}\n  - 五星\n---\n", "", "wrong-type@5:1"},
		{"---\n" + ok + "结对共建: b.md\n---\n", "partners=b.md#0", ""},
		{"---\n" + ok + "结对共建: [b.md, ../c/index.md]\n---\n", "partners=b.md,../c/index.md#0#1", ""},
		{"---\n" + ok + "结对共建: https://a.cn/\n---\n", "", "outside-file@5:1"},
		{"---\n" + ok + "结对共建: C:\\a.md\n---\n", "", "outside-file@5:1"},
		{"---\n" + ok + "封面: [a.png, b.png]\n---\n", "", "wrong-type@5:1"},
		{"---\n" + ok + "旧网址: [/Old/1.html, old/, a]\n下线时间: 2025-05-01\n已撤下: 是\n---\n", "Old/1.html old/index.html a/index.html gone", ""},
		{"---\n" + ok + "公众号链接: http://mp.weixin.qq.com/s/x\n---\n", "", "bad-wechat-url@5:1"},
		{"---\n" + ok + "公众号链接: https://mp.weixin.qq.com.a.cn/s/x\n---\n", "", "bad-wechat-url@5:1"},
		{"---\n" + ok + "公众号链接: https://mp.weixin.qq.com/cgi-bin/home\n---\n", "", "bad-wechat-url@5:1"},
		{"---\n" + ok + "公众号链接: https://mp.weixin.qq.com/s?tempkey=x\n---\n", "", "bad-wechat-url@5:1"},
		{"---\n" + ok + "公众号链接: mp.weixin.qq.com/s/x\n---\n", "", "wrong-type@5:1"},
		{"---\n" + ok + "旧网址: [../x.html, 甲.html, a.php, .x/a.html, //a.cn]\n---\n", "", "bad-alias@5:1 bad-alias@5:1 bad-alias@5:1 bad-alias@5:1 bad-alias@5:1"},
	} {
		d := defaults(t).Compile("content/model-sites/a.md", []byte(c.in))
		var said []string
		for _, f := range d.Card.Facts {
			said = append(said, show(f))
		}
		said = append(said, d.Card.Aliases...)
		if d.Card.Gone {
			said = append(said, "gone")
		}
		if got := strings.Join(said, " "); got != c.facts || rules(d.Problems) != c.problems {
			t.Errorf("%s\ngot  %s, %s\nwant %s, %s", c.in, got, rules(d.Problems), c.facts, c.problems)
		}
	}
}

// show is a fact in one line: key=values#refs or key=[rows].
func show(f Fact) string {
	s := f.Key + "=" + strings.Join(f.Values, ",")
	for _, ref := range f.Refs {
		s += fmt.Sprintf("#%d", ref)
	}
	for _, row := range f.Rows {
		var cells []string
		for _, cell := range row {
			cells = append(cells, show(cell))
		}
		s += "[" + strings.Join(cells, " ") + "]"
	}
	return s
}

// TestPublic: drafts and future articles can be asked for; what has expired or was taken
// down can't. The reason is the one that no flag and no day takes away.
func TestPublic(t *testing.T) {
	now := time.Date(2024, 5, 1, 0, 0, 0, 0, beijing)
	for _, c := range []struct {
		card                Card
		plain, draft, later Hold
	}{
		{Card{Date: now}, "", "", ""},
		{Card{Date: now, Draft: true}, HoldDraft, "", HoldDraft},
		{Card{Date: now.Add(1)}, HoldFuture, HoldFuture, ""},
		{Card{Date: now.Add(1), Draft: true}, HoldDraft, HoldFuture, HoldDraft},
		{Card{Date: now, Gone: true, Draft: true}, HoldWithdrawn, HoldWithdrawn, HoldWithdrawn},
		{Card{Date: now, Gone: true, Reason: "甲", Draft: true}, HoldDraft, "", HoldDraft},
		{Card{Expires: now, Gone: true, Reason: "甲"}, HoldExpired, HoldExpired, HoldExpired},
		{Card{Expires: now.Add(1)}, "", "", ""},
		{Card{Expires: now, Draft: true}, HoldExpired, HoldExpired, HoldExpired},
		{Card{Date: now.Add(2), Expires: now.Add(1)}, HoldExpired, HoldExpired, ""},
	} {
		got := [3]Hold{c.card.Hold(now, false, false), c.card.Hold(now, true, false), c.card.Hold(now, false, true)}
		if got != [3]Hold{c.plain, c.draft, c.later} {
			t.Errorf("%+v: %q", c.card, got)
		}
	}
}

func TestPlace(t *testing.T) {
	for _, c := range []struct{ file, section, folder, slug string }{
		{"content/examples/tax.md", "examples", "examples", "tax"},
		{"content/examples/Tax Bureau.md", "examples", "examples", "tax-bureau"},
		{"content/examples/tax/index.md", "examples", "examples", "tax"},
		{"content/examples/税务局.md", "examples", "examples", "20240501-chong-qing-shui-wu-ju-bhb2"},
		{"content/examples/税务局/index.md", "examples", "examples", "20240501-chong-qing-shui-wu-ju-bhb2"},
		{"content/examples/2024 年/a.md", "examples", "examples/2024-nian-xwr6", "a"},
		{"content/about.md", "", "", "about"},
		{"content/about/index.md", "", "", "about"},
	} {
		d := defaults(t).Compile(c.file, []byte("---\n标题: 重庆税务局\n日期: 2024-05-01\n来源: 乙\n---\n"))
		if d.Section != c.section || d.Folder != c.folder || d.Card.Slug != c.slug || d.Index {
			t.Errorf("%s: section %q, folder %q, slug %q, index %v", c.file, d.Section, d.Folder, d.Card.Slug, d.Index)
		}
	}
	for _, file := range []string{"content/index.md", "content/examples/index.md"} {
		if d := defaults(t).Compile(file, []byte("---\n标题: 甲\n---\n")); !d.Index || len(d.Problems) > 0 {
			t.Errorf("%s: index %v, %v", file, d.Index, d.Problems)
		}
	}
}

// TestNew: what `new` writes is read back as it was meant; only what must be
// filled in is missed.
func TestNew(t *testing.T) {
	c := defaults(t)
	for name, kind := range c.Config.Kinds {
		for _, title := range []string{"甲：乙", `"引号" \ 和#井号`, "- 表", "2024", "true"} {
			text := New(kind, Given{Values: map[string]string{"title": title, "slug": "a-b", "date": "2024-05-01 09:30", "source": "本站: 名"}})
			c.Config.Sections = []config.Section{{Name: "s", Kind: name}}
			d := c.Compile("content/s/x.md", []byte(text))
			unfilled := func(p diag.Diagnostic) bool { return p.Rule == "missing-field" }
			if len(slices.DeleteFunc(d.Problems, unfilled)) > 0 || d.Card.Title != title || d.Card.Slug != "a-b" || !d.Card.Draft {
				t.Errorf("%s, %q: %v\n%s", name, title, d.Problems, text)
			}
		}
	}
}

// TestDigests: a digest moves when, and only when, what it stands for does.
func TestDigests(t *testing.T) {
	c := defaults(t)
	base := c.Compile("content/examples/a.md", []byte("---\n标题: 甲\n日期: 2024-05-01\n来源: 乙\n摘要: 丙\n---\n正文"))
	prose := c.Compile("content/examples/a.md", []byte("---\n标题: 甲\n日期: 2024-05-01\n来源: 乙\n摘要: 丙\n---\n改了"))
	card := c.Compile("content/examples/a.md", []byte("---\n标题: 丁\n日期: 2024-05-01\n来源: 乙\n摘要: 丙\n---\n正文"))
	if base.CardDigest != prose.CardDigest || base.ProseDigest == prose.ProseDigest {
		t.Error("a changed prose must move its digest alone")
	}
	if base.CardDigest == card.CardDigest || base.ProseDigest != card.ProseDigest {
		t.Error("a changed title must move the card's digest alone")
	}
}

// TestOrder: the names of fields that stand at no place of their own come in
// one order, whatever a map's is.
func TestOrder(t *testing.T) {
	text := []byte("+++\ntitledate = 2024-01-02\na.b0 = \"甲\"\nc.d = 1\ne.f = 2\n+++\n")
	first := defaults(t).Compile("content/a.md", text)
	for range 50 {
		if again := defaults(t).Compile("content/a.md", text); !slices.Equal(first.Problems, again.Problems) {
			t.Fatalf("%v\nand then\n%v", first.Problems, again.Problems)
		}
	}
}

func FuzzCompile(f *testing.F) {
	f.Add("---\n标题: 甲\n日期: 2024-05-01\n---\n")
	f.Add("+++\ntitle = \"甲\"\ntags = [1, {a=2}]\n+++\n")
	f.Add("---\n标题：甲\n标签: [乙，丙]\n---\n")
	f.Add("+++\n标题 ＝ “甲”\n+++\n")
	f.Add("---\na: &x [*x]\nb: !!int 3\n? c\n: d\n---\n")
	cfg, _ := config.Parse(nil)
	c := Compiler{Config: cfg, Dialect: markdown.New()}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4096 {
			return
		}
		d := c.Compile("content/examples/a.md", []byte(text))
		for _, p := range d.Problems {
			if p.File == "" || p.Line < 1 || p.Column < 1 {
				t.Errorf("%q: no place in %+v", text, p)
			}
		}
	})
}

// FuzzOrdinary: front matter that is read without the decoder comes to the
// same with it.
func FuzzOrdinary(f *testing.F) {
	for _, text := range []string{
		"title = \"甲\"\ndate = 2024-01-02\n", "a = true # b\n\n# c\n\tb=false", "t = [ \"a\" , \"b\", ]\nu = []", "d = 2024-02-30", "e = 2024-01-02T08:00:00+08:00",
		"e = 2024-01-02T24:00:00Z", "f = \"\"\"\ng = \"\"", "h = \"\\n\"", "i = \"a\tb\x7f\"", "k = \"a\"\nk = \"b\"", "1-_ = \"\" # \x01", "l = [\"a\", 1]", "m = truex", "n = [,]", "o = 2024-01-02 # p",
		"q = 0000-01-01", "r = 2024-01-02T08:00:00-00:00", "s = \"\xff\"", "t = 2024-01-02T08:00:60Z",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := ordinaryFront([]byte(text))
		if !ok {
			return
		}
		want, problem := decodedFront([]byte(text))
		if problem != nil || !slices.EqualFunc(got, want, sameEntry) {
			t.Errorf("%q:\n%v\nwith the decoder %v %v", text, got, want, problem)
		}
	})
}

func sameEntry(a, b entry) bool {
	m, ok := a.value.(moment)
	if n, both := b.value.(moment); ok && both {
		layout := "2006-01-02 15:04:05.999999999"
		return a.name == b.name && a.at == b.at && m.zoned == n.zoned && m.time.Format(layout) == n.time.Format(layout) && (!m.zoned || m.time.Equal(n.time))
	}
	return reflect.DeepEqual(a, b)
}
