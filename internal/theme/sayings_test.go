package theme

import (
	"html/template"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"qinglian/internal/diag"
	"qinglian/internal/stencil"
	"qinglian/internal/view"
)

// TestSaid: what the template packages say of a wrong template is said in Chinese, with
// its names; in English it is as they say it.
func TestSaid(t *testing.T) {
	for _, c := range []struct{ template, want string }{
		{`{{if .Title}}`, `:1 文件到末尾了还缺 {{end}}：每个 {{if}}、{{range}}、{{with}}、{{define}}、{{block}} 都要有一个`},
		{`{{end}}`, `:1 多了一个 {{end}}：前面没有与它配对的 {{if}}、{{range}}、{{with}} 或 {{define}}`},
		{`{{else}}`, `:1 多了一个 {{else}}：前面没有与它配对的 {{if}}、{{range}}、{{with}} 或 {{define}}`},
		{`{{.Title`, `:1 {{ 没有写完，后面缺 }}`},
		{`{{if .Title}}{{end`, `:1 {{ 没有写完，后面缺 }}`},
		{`{{template "a"`, `:1 {{ 没有写完，后面缺 }}`},
		{`{{/* 注`, `:1 注释没有写完，后面缺 */}}`},
		{`{{/* 注 */ }}`, `:1 注释的 */ 后面要紧接 }}`},
		{`{{(.Title}}`, `:1 左括号没有配对的右括号`},
		{`{{.Title)}}`, `:1 右括号没有配对的左括号`},
		{`{{()}}`, `:1 括号里是空的`},
		{`{{“a”}}`, `:1 {{ }} 里不能有““”；标点和引号用英文半角`},
		{`{{"a}}`, `:1 引号里的文字没有写完，后面缺引号`},
		{`{{'ab'}}`, `:1 单引号里只能有一个字：'ab'；文字用双引号`},
		{`{{1x}}`, `:1 "1x" 不是数字；文字两边用双引号`},
		{`{{.Title，}}`, `:1 {{ }} 里不能有“，”；标点和引号用英文半角`},
		{`{{99999999999999999999}}`, `:1 数字太大了`},
		{`{{}}`, `:1 {{ }} 里是空的`},
		{`{{range}}{{end}}`, `:1 {{range}} 后面没有写要用的数据`},
		{`{{| .Title}}`, `:1 这里不该有 |`},
		{`{{.Title | "a"}}`, `:1 竖线后面要写函数，不能是文字、数字或真假`},
		{`{{break}}`, `:1 {{break}} 只能写在 {{range}} 里面`},
		{`{{range $a, $b, $c := .Lists}}{{end}}`, `:1 {{range}} 里的变量太多了`},
		{`{{template nothing .}}`, `:1 {{template}} 后面要写模板的名字，两边用双引号，而不是 nothing`},
		{`{{if .Title}}{{define "x"}}{{end}}{{end}}`, `:1 {{define}} 要写在最外面，不能在别的 {{ }} 和 {{end}} 之间`},
		{`{{if .Title}}{{else}}{{else}}{{end}}`, `:1 这里应是 {{end}}，写的却是 {{else}}`},
		{`{{.Title.}}`, `:1 这里不该有 .`},
		{`{{.Title := 1}}`, `:1 这里不该有 :=`},
		{`{{nothing .Title}}`, `:1 没有名叫“nothing”的函数；文字两边用双引号，数据前面有点：.nothing`},
		{`{{$x}}`, `:1 变量 $x 没有定义，或在这里已经不能用了；先写 {{$x := …}}`},
		{`{{with $y := .Title}}{{end}}{{$y}}`, `:1 变量 $y 没有定义，或在这里已经不能用了；先写 {{$y := …}}`},
		{`{{template "nothing" .}}`, `:1:12 没有名叫“nothing”的模板：检查 partials/ 里的文件名和 {{define}} 的名字`},
		{`{{.Titel}}`, `:1:3 Page 里没有 Titel 这一项`},
		{`{{.Article.Prse}}`, `:1:11 Article 里没有 Prse 这一项`},
		{`{{range .List.Cards}}{{.X}}{{end}}`, `:1:24 Card 里没有 X 这一项`},
		{`{{.Title.X}}`, `:1:9 string 不能再分，后面不能写 .X`},
		{`{{.Lists.a.b}}`, `:1:9 前面的是几样数据，取不出 b；先用 {{range}} 一样一样地取`},
		{`{{.Title 1}}`, `:1:3 Title 是数据，不是函数，后面不能再写别的`},
		{`{{true 1}}`, `:1:3 true 是数据，不是函数，后面不能再写别的`},
		{`{{nil}}`, `:1:3 nil 不能单独写，它什么也不是`},
		{`{{len}}`, `:1:3 len 后面要写 1 样，写了 0 样`},
		{`{{and}}`, `:1:3 and 后面至少要写 1 样，写了 0 样`},
		{`{{contents .Title}}`, `:1:12 类型不对：这里要 []Heading，写的是 string`},
		{`{{contents 1}}`, `:1:12 1 不能用在要 []Heading 的地方`},
		{`{{.Article.Field 1}}`, `:1:18 类型不对：这里要 string，写的是 1`},
		{`{{.Article.Field}}`, `:1:11 Field 后面要写 1 样，写了 0 样`},
		{`{{range .Title}}{{end}}`, `:1:9 string 不是几样数据，不能用 {{range}} 一样一样地取；只有一样的用 {{with}}`},
		{`{{range 3}}{{.X}}{{end}}`, `:1:9 {{range}} 后面要写几样数据，不能写数字`},
		{`{{len .Article.Cover}}`, `:1:15 Picture 没有长度，不能用 len`},
		{`{{index .Site 1}}`, `:1:15 Site 不是几样数据，不能用 index 取其中一样`},
		{`{{index .List.Cards "a"}}`, `:1:21 index 后面的第几样要写数字，写的是 string`},
		{`{{index .Data 1}}`, `:1:15 index 后面要写 string，写的是 int`},
		{`{{index nil 1}}`, `:1:9 这里没有数据，不能用 index 取其中一样；先用 {{with}}`},
		{`{{slice .Site 1}}`, `:1:9 Site 不是几样数据，不能用 slice 取其中一段`},
		{`{{eq .Title}}`, `:1:3 比较要写两样：{{if eq .Kind "notice"}}`},
		{`{{lt .Site .Site}}`, `:1:6 Site 不能比较大小`},
		{`{{html .Title | print}}`, `:1:3 不用写 html：打印出来的文字都已转义`},
		{`<a {{if .Title}}href="{{end}}>`, `:1:9 {{if}} 里开始的标签、引号要在里面结束，几个分支要停在同样的地方`},
		{`{{range .Article.Tags}}<a href="{{end}}`, `:1:9 {{range}} 里开始的标签、引号要在里面结束，几个分支要停在同样的地方`},
		{`<a href="`, ` 模板停在标签、引号或脚本的中间：有一处没有结束`},
		{`<a href={{.Title}}"x>`, ` 属性的值里有 "\""，值的两边要用引号："\"x"`},
		{`<p a"b="c">`, ` 属性的名字里有 "\""：" a\"b=\"c\">"`},
		{`<script>a = "\{{.Title}}"</script>`, ` 脚本或样式里有一段没有写完`},
		{`<script>{{if .Title}}a{{end}}/b`, ` 脚本里的 / 说不准是除号还是正则："/b"`},
		{`<a href="{{if .Title}}/a{{else}}?b={{end}}{{.Title}}">`, `:1:45 {{.Title}} 在网址的什么地方说不准：把分支里的网址写完整`},
		{`{{(index .Article.Fields 900).Text}}`, `:1:4 没有第 900 样（从 0 数起），先用 len 看有几样`},
		{`{{.Article.Newer.Title}}`, `:1:11 前面的一项（Link）是空的，取不出 Title；外面套上 {{with}}`},
		{`{{(.Article.Field "a").Text}}`, `:1:19 前面的一项（Field）是空的，取不出 Text；外面套上 {{with}}`},
		{`{{.Data.x}}`, `:1:8 数据里没有 x 这一项`},
		{`{{.Data.a.b}}`, `:1:8 前面的数据里没有 b 这一项`},
		{`{{eq .Title 1}}`, `:1:3 函数 eq 出错：两边不是同一种数据，不能比较`},
		{`{{call .Title}}`, `:1:3 函数 call 出错：.Title 是数据，不是函数，不能用 call`},
		{`{{slice .Title 9}}`, `:1:3 函数 slice 出错：没有第 9 样（从 0 数起），先用 len 看有几样`},
		{`{{qr "" "a"}}`, `:1:3 qr：没有网址；外面套上 {{if …}}`},
		{`{{asset "x"}}`, `:1:3 主题里没有 assets/x`},
		{`{{template "y" .}}{{define "y"}}{{template "y" .}}{{end}}`, `:1:44 模板套模板太深，可能自己用了自己`},
	} {
		err := wrong(c.template)
		if err == nil {
			t.Errorf("%s is not wrong", c.template)
			continue
		}
		why := diag.Why(err)
		if got := strings.TrimPrefix(why.ZH, "term.html"); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s\nfrom %s", c.template, got, c.want, why.EN)
		}
		if why.EN != err.Error() || !strings.Contains(why.EN, "term.html") {
			t.Errorf("%s: in English %s", c.template, why.EN)
		}
	}
}

// wrong is what is wrong with a template that is parsed, checked and executed.
func wrong(text string) error {
	functions := stencil.FuncMap(functions(&Theme{}, nil))
	made, err := template.New("term.html").Option("missingkey=error").Funcs(functions).Parse(text)
	if err == nil {
		err = checkTypes(made, &view.Page{})
	}
	if err == nil {
		page := view.Page{Title: "甲", Article: &view.Article{}, Data: map[string]any{"a": 1}}
		err = made.Execute(io.Discard, &page)
	}
	return failure(err)
}

// TestUnknownSaying: what no sentence is known for is told as it was said, in a Chinese
// frame.
func TestUnknownSaying(t *testing.T) {
	got := said(`checking "main" at <.X>: internal error: unknown node: x`)
	want := diag.Text{ZH: `模板没有通过检查：checking "main" at <.X>: internal error: unknown node: x`,
		EN: `checking "main" at <.X>: internal error: unknown node: x`}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// TestSayings: each pattern can be compiled and has the names that its sentence uses.
func TestSayings(t *testing.T) {
	for _, s := range sayings {
		groups := regexp.MustCompile(s.EN).NumSubexp()
		for _, m := range regexp.MustCompile(`\$(\d)`).FindAllStringSubmatch(s.ZH, -1) {
			if n, _ := strconv.Atoi(m[1]); n < 1 || n > groups {
				t.Errorf("%s: %s is not in %s", s.ZH, m[0], s.EN)
			}
		}
	}
}
