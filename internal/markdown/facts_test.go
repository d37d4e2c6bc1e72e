package markdown

import (
	"bytes"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"qinglian/internal/diag"
)

var blockNames = []string{"paragraph", "heading", "item", "quotation", "cell", "caption", "definition", "note", "code"}

// told is facts as a test reads them: runs by block with their lines and columns.
func told(text string, f Facts) string {
	var b strings.Builder
	lines := diag.NewLines("a.md", []byte(text))
	at := func(p Place) string {
		d := lines.Over(int(p.From), int(p.To), diag.Diagnostic{})
		return fmt.Sprintf("%d:%d-%d:%d", d.Line, d.Column, d.EndLine, d.EndColumn)
	}
	for i, r := range f.Runs {
		if i == 0 || r.Block != f.Runs[i-1].Block || r.Kind != f.Runs[i-1].Kind {
			fmt.Fprintf(&b, "%s\n", blockNames[r.Kind])
		}
		fmt.Fprintf(&b, "  %s %q", at(r.Place), r.Text)
		if r.After != 0 {
			fmt.Fprintf(&b, " %q", r.After)
		}
		b.WriteByte('\n')
	}
	for _, h := range f.Headings {
		fmt.Fprintf(&b, "h%d %s %s #%s\n", h.Level, at(h.Place), h.Text, h.ID)
	}
	for _, l := range f.Links {
		fmt.Fprintf(&b, "link %s %s %q %d\n", at(l.Place), l.Dest, l.Text, l.Ref)
	}
	for _, p := range f.Pictures {
		fmt.Fprintf(&b, "picture %s %s %q %q %d\n", at(p.Place), p.Dest, p.Alt, p.Title, p.Ref)
	}
	for _, a := range f.Arguments {
		fmt.Fprintf(&b, "argument %s %s %s=%s %d\n", at(a.Place), a.Directive, a.Key, a.Value, a.Ref)
	}
	return b.String()
}

// TestFacts: what a text says and is made of, with its places as it was typed.
func TestFacts(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"## 一 **二**[三](a.md)\n\n见&lt;[四![图](b.png \"题\")](https://c.cn/)。\n下一行`码`\\*。",
			`heading
  1:4-1:6 "一 "
  1:8-1:9 "二"
  1:12-1:13 "三"
paragraph
  3:1-3:6 "见<"
  3:7-3:8 "四"
caption
  3:20-3:21 "题"
paragraph
  3:39-3:40 "。"
paragraph
  4:1-4:4 "下一行"
code
  4:5-4:6 "码"
paragraph
  4:7-4:10 "*。"
h2 1:4-1:20 一 二三 #一-二三
link 1:11-1:20 a.md "三" 0
link 3:6-3:39 https://c.cn/ "四" -1
picture 3:8-3:23 b.png "图" "题" 1
`},
		{"> 甲\n> 乙\n\n- 丙\n  - 丁\n\n| 一 | 二 |\n|---|---|\n| 1 | |\n\n词\n: 义\n\n文[^1]\n\n[^1]: 注",
			`quotation
  1:3-1:4 "甲" '\n'
  2:3-2:4 "乙"
item
  4:3-4:4 "丙"
item
  5:5-5:6 "丁"
cell
  7:3-7:4 "一"
cell
  7:7-7:8 "二"
cell
  9:3-9:4 "1"
definition
  11:1-11:2 "词"
definition
  12:3-12:4 "义"
paragraph
  14:1-14:2 "文"
note
  16:7-16:8 "注"
`},
		{"名单如下：\n●甲，\n●乙\n\n　　|三|四|\n　　|五\\|六|七|\n\n```\n八\n```",
			`paragraph
  1:1-1:6 "名单如下："
item
  2:2-2:4 "甲，"
item
  3:2-3:3 "乙"
cell
  5:4-5:5 "三"
cell
  5:6-5:7 "四"
cell
  6:4-6:8 "五|六"
cell
  6:9-6:10 "七"
code
  9:1-9:2 "八" '\n'
`},
		{":::quote{from=\"作者\" to=a.md}\n甲\n:::\n::attachment{file=b.pdf title=表}\n::: details 更多\n乙\n:::",
			`caption
  1:16-1:18 "作者"
paragraph
  2:1-2:2 "甲"
caption
  4:31-4:32 "表"
caption
  5:13-5:15 "更多"
paragraph
  6:1-6:2 "乙"
argument 1:10-1:19 quote from=作者 -1
argument 1:20-1:27 quote to=a.md 0
argument 4:14-4:24 attachment file=b.pdf 1
argument 4:25-4:32 attachment title=表 -1
argument 5:13-5:15 details title=更多 -1
`},
		{"甲\n\n![图](a.png \"题\")\n乙![图](b.png \"题\")\n丙", `paragraph
  1:1-1:2 "甲"
caption
  3:13-3:14 "题"
paragraph
  4:1-4:2 "乙" '\n'
caption
  4:14-4:15 "题"
paragraph
  5:1-5:2 "丙"
picture 3:1-3:16 a.png "图" "题" 0
picture 4:2-4:17 b.png "图" "题" 1
`},
		{"> <p>甲&amp;\n> 乙<br>丙</p><p><a href=\"a.md\">丁\n> </a></p><script>戊</script>",
			`quotation
  1:6-1:12 "甲&" ' '
  2:3-2:4 "乙" '\n'
  2:8-2:9 "丙"
quotation
  2:31-2:32 "丁" ' '
link 2:16-2:31 a.md "丁" 0
`},
	} {
		out := New().Compile("a.md", []byte(c.text), 0, Options{Directives: declared(t), Facts: true})
		if got := told(c.text, out.Facts); got != c.want {
			t.Errorf("%s\ngot\n%s\nwant\n%s", c.text, got, c.want)
		}
	}
}

// FuzzFacts: whatever is typed, all that readers see is in the runs, and nothing else.
func FuzzFacts(f *testing.F) {
	for _, s := range []string{"> <p>甲&amp;\n> 乙<br>丙</p>", "[甲![图](b.png \"题\")](c.md)", "●甲\n●乙", "　　|甲|乙|\n　　|丙|丁|", "<td>甲</td>乙<script>丙</script>",
		"**甲**`乙\n丙`\\*", ":::callout{title=\"甲\"}\n乙\n:::", "甲[^1]\n\n[^1]: 乙", "一、甲。乙\n（一）丙。丁", "[甲][1]\n\n[1]: a.md", "a http://b.cn/c (https://d.cn)"} {
		f.Add(s, byte(0))
	}
	d, directives := New(), declared(f)
	forged := regexp.MustCompile(`(?i)fnref|summary|sort|right|:::`) // what the program itself writes
	f.Fuzz(func(t *testing.T, s string, how byte) {
		if len(s) > 4096 || !utf8.ValidString(s) || forged.MatchString(s) {
			return
		}
		enter := []Enter{EnterByBlock, EnterJoin, EnterKeep, EnterByBlock}[how>>2&3]
		checkFacts(t, d, s, Options{Directives: directives, Official: how&1 > 0, Outline: how&2 > 0, Enter: enter})
	})
}

// generated is what stands in the HTML that nobody typed.
var generated = regexp.MustCompile(`<sup id="fnref[^>]*>.*?</sup>|<a href="#fnref[^>]*>.*?</a>|<summary>(?:详细内容|答案和解析)</summary>|<span class="sort">[^<]*</span>|<p class="right">[A-Z、]*</p>`)

// solid is a text without its spaces.
func solid(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || c == '\ufffd' || c == 0 {
			return -1
		}
		return c
	}, s)
}

// checkFacts: gathering facts changes nothing, each character that readers see is in
// exactly one run, and what stands in the place of a run is its text, unless that was
// respelled or escaped.
func checkFacts(t *testing.T, d *Dialect, text string, o Options) {
	t.Helper()
	without := d.Compile("a.md", []byte(text), 0, o)
	o.Facts = true
	c := d.Compile("a.md", []byte(text), 0, o)
	f := c.Facts
	if c.Facts = (Facts{}); !reflect.DeepEqual(c, without) {
		t.Fatalf("%q: with facts it is compiled otherwise", text)
	}
	given := map[string]bool{} // texts that are shown by templates
	for _, p := range f.Pictures {
		given[p.Title] = true
	}
	page := generated.ReplaceAllString(c.HTML, "")
	for _, a := range f.Arguments {
		given[a.Value] = true
		if a.Directive == detailsName {
			page = strings.Replace(page, "<summary>"+string(appendEscaped(nil, a.Value))+"</summary>", "", 1)
		}
	}
	var seen, said strings.Builder
	z := html.NewTokenizer(strings.NewReader(page))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if kind == html.TextToken {
			seen.WriteString(z.Token().Data)
		}
	}
	for _, r := range f.Runs {
		if r.Kind != InCaption || !given[r.Text] {
			said.WriteString(r.Text)
		}
	}
	if solid(seen.String()) != solid(said.String()) {
		t.Errorf("%q\nreaders see %q\nruns say    %q", text, solid(seen.String()), solid(said.String()))
	}
	checkPlaces(t, text, f)
}

func checkPlaces(t *testing.T, text string, f Facts) {
	t.Helper()
	for _, r := range f.Runs {
		if r.From < 0 || r.To < r.From || int(r.To) > len(text) {
			t.Fatalf("%q: %+v", text, r)
		}
		typed := text[r.From:r.To]
		if typed != r.Text && !strings.ContainsAny(typed, `&\`) && letters(typed) != letters(r.Text) && r.Kind != InCaption {
			t.Errorf("%q: %q stands at %q", text, r.Text, typed)
		}
	}
	runs := slices.Clone(f.Runs)
	slices.SortFunc(runs, func(a, b Run) int { return int(a.From - b.From) })
	for i := 1; i < len(runs); i++ {
		if before, r := runs[i-1], runs[i]; before.To > r.From && before.Kind != InCaption && r.Kind != InCaption {
			t.Errorf("%q: %+v and %+v stand on each other", text, before, r)
		}
	}
}

// letters are what respelling leaves as it is.
func letters(s string) string {
	return string(bytes.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return c
		}
		return -1
	}, []byte(s)))
}
