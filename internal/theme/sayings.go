package theme

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// What the template packages say of a template they say in English. Authors of themes
// read it in both languages: in English as it was said, in Chinese by this table.

// sayings are what is said of templates: in EN as a pattern of all of it, in ZH with
// what the pattern's groups hold. The first that fits counts.
var sayings = []diag.Text{
	// Parsing, by text/template/parse.
	{EN: `unexpected EOF`, ZH: `文件到末尾了还缺 {{end}}：每个 {{if}}、{{range}}、{{with}}、{{define}}、{{block}} 都要有一个`},
	{EN: `unexpected \{\{(end|else)[^}]*\}\}.*`, ZH: `多了一个 {{$1}}：前面没有与它配对的 {{if}}、{{range}}、{{with}} 或 {{define}}`},
	{EN: `unclosed action.*|(?:unexpected )?bad character U\+007B.*|unexpected "\{" in .*`, ZH: `{{ 没有写完，后面缺 }}`},
	{EN: `unclosed comment.*`, ZH: `注释没有写完，后面缺 */}}`},
	{EN: `comment ends before closing delimiter.*`, ZH: `注释的 */ 后面要紧接 }}`},
	{EN: `unclosed left paren.*`, ZH: `左括号没有配对的右括号`},
	{EN: `unexpected right paren.*`, ZH: `右括号没有配对的左括号`},
	{EN: `unexpected "\)" in .*`, ZH: `右括号没有配对的左括号，或者括号里是空的`},
	{EN: `unterminated (?:raw )?quoted string.*`, ZH: `引号里的文字没有写完，后面缺引号`},
	{EN: `unterminated character constant.*`, ZH: `单引号里的字没有写完；文字用双引号`},
	{EN: `malformed character constant: (.+)`, ZH: `单引号里只能有一个字：$1；文字用双引号`},
	{EN: `(?:unrecognized character in action:|bad character) U\+[0-9A-F]+ '(.+)'.*`,
		ZH: `{{ }} 里不能有“$1”；标点和引号用英文半角`},
	{EN: `(?:bad number syntax|illegal number syntax): (.+)`, ZH: `$1 不是数字；文字两边用双引号`},
	{EN: `(?:integer overflow|(.+) overflows int).*`, ZH: `数字太大了`},
	{EN: `expected :=.*`, ZH: `变量后面应写 := 或 =`},
	{EN: `function "(.+)" not defined`, ZH: `没有名叫“$1”的函数；文字两边用双引号，数据前面有点：.$1`},
	{EN: `undefined variable:? "?(\$[^"]*)"?`, ZH: `变量 $1 没有定义，或在这里已经不能用了；先写 {{$1 := …}}`},
	{EN: `missing value for command`, ZH: `{{ }} 里是空的`},
	{EN: `missing value for parenthesized pipeline`, ZH: `括号里是空的`},
	{EN: `missing value for (.+)`, ZH: `{{$1}} 后面没有写要用的数据`},
	{EN: `empty command`, ZH: `竖线的一边是空的`},
	{EN: `non executable command in pipeline stage \d+`, ZH: `竖线后面要写函数，不能是文字、数字或真假`},
	{EN: `multiple definition of template "(.+)"`, ZH: `“$1”定义了两次`},
	{EN: `\{\{(break|continue)\}\} outside \{\{range\}\}`, ZH: `{{$1}} 只能写在 {{range}} 里面`},
	{EN: `range can only initialize variables`, ZH: `{{range}} 里的变量用 := 定义，不能用 =`},
	{EN: `too many declarations in (.+)`, ZH: `{{$1}} 里的变量太多了`},
	{EN: `expected end; found (.+)`, ZH: `这里应是 {{end}}，写的却是 $1`},
	{EN: `unexpected \. after term (.+)`, ZH: `$1 后面不能接点`},
	{EN: `max expression depth exceeded`, ZH: `括号套得太深`},
	{EN: `unexpected "?(.+?)"? in template clause`, ZH: `{{template}} 后面要写模板的名字，两边用双引号，而不是 $1`},
	{EN: `unexpected "?(.+?)"? in (?:define|block) clause`, ZH: `{{define}} 和 {{block}} 后面要写名字，两边用双引号，而不是 $1`},
	{EN: `unexpected <(define)> in .+`, ZH: `{{$1}} 要写在最外面，不能在别的 {{ }} 和 {{end}} 之间`},
	{EN: `unexpected ["<]?(.+?)[">]?(?: in .+)?`, ZH: `这里不该有 $1`},

	// Names and types, by templatecheck.
	{EN: `can't use field (\S+) in type (string|bool|int|float64|template\.HTML)`, ZH: `$2 不能再分，后面不能写 .$1`},
	{EN: `can't use field (\S+) in type \[\].+`, ZH: `前面的是几样数据，取不出 $1；先用 {{range}} 一样一样地取`},
	{EN: `can't use field (\S+) in type (.+)`, ZH: `$2 里没有 $1 这一项`},
	{EN: `(?:can't evaluate field|cannot access field) "?(\w+)"? (?:in type interface \{\}|of unknown type)`,
		ZH: `前面的数据里没有 $1 这一项`},
	{EN: `can't evaluate field (\w+) in type (.+)`, ZH: `$2 里没有 $1 这一项`},
	{EN: `cannot access field or map element of interface type (.+)`,
		ZH: `不知道它是什么数据（$1），取不出里面的一项；先用 {{with}} 或 {{range}}`},
	{EN: `(\S+) is an unexported field of struct type (.+)`, ZH: `$2 里没有 $1 这一项；名字以大写字母开头`},
	{EN: `(\S+) is not a method but has arguments`, ZH: `$1 是数据，不是函数，后面不能再写别的`},
	{EN: `(\S+) has arguments but cannot be invoked as function`, ZH: `$1 是数据，不是函数，后面不能再写别的`},
	{EN: `can't give argument to non-function (.+)`, ZH: `$1 是数据，不是函数，后面不能再写别的`},
	{EN: `"(.+)" is not a defined function`, ZH: `没有名叫“$1”的函数`},
	{EN: `can't evaluate command (.+)`, ZH: `$1 不是数据，也不是函数`},
	{EN: `nil is not a command`, ZH: `nil 不能单独写，它什么也不是`},
	{EN: `wrong number of args for (\S+): want at least (\d+),? got (\d+)`, ZH: `$1 后面至少要写 $2 样，写了 $3 样`},
	{EN: `wrong number of args for (\S+): want (\d+),? got (\d+)`, ZH: `$1 后面要写 $2 样，写了 $3 样`},
	{EN: `wrong number of args for (\S+): got (\d+) want (?:at least )?(\d+)`, ZH: `$1 后面要写 $3 样，写了 $2 样`},
	{EN: `wrong type(?: for value)?[:;] expected (.+); (?:found|got) (.+)`, ZH: `类型不对：这里要 $1，写的是 $2`},
	{EN: `expected (bool|string|integer|unsigned integer|float|complex); found (.+)`, ZH: `类型不对：这里要 $1，写的是 $2`},
	{EN: `can't handle (.+) for arg of type (.+)`, ZH: `$1 不能用在要 $2 的地方`},
	{EN: `cannot assign nil to (.+)`, ZH: `nil 不能用在要 $1 的地方`},
	{EN: `cannot assign type (.+) to variable (\S+) of type (.+)`, ZH: `变量 $2 是 $3，不能改成 $1`},
	{EN: `range can't iterate over type templatecheck\.number`, ZH: `{{range}} 后面要写几样数据，不能写数字`},
	{EN: `range can't iterate over (?:type )?(.+)`, ZH: `$1 不是几样数据，不能用 {{range}} 一样一样地取；只有一样的用 {{with}}`},
	{EN: `template "(.+)" not defined`, ZH: `没有名叫“$1”的模板：检查 partials/ 里的文件名和 {{define}} 的名字`},
	{EN: `no such template "(.+)"`, ZH: `没有名叫“$1”的模板：检查 partials/ 里的文件名和 {{define}} 的名字`},
	{EN: `"(.+)" is an incomplete or empty template`, ZH: `模板“$1”是空的，或者没有写完`},
	{EN: `inconsistent types for template (\S+): (.+) and (.+)`, ZH: `模板“$1”一处拿到 $2，一处拿到 $3，要拿到同样的`},
	{EN: `len of (?:type )?(.+)`, ZH: `$1 没有长度，不能用 len`},
	{EN: `index of (?:untyped nil|nil pointer)`, ZH: `这里没有数据，不能用 index 取其中一样；先用 {{with}}`},
	{EN: `can't index item of type (.+)`, ZH: `$1 不是几样数据，不能用 index 取其中一样`},
	{EN: `can't slice item of type (.+)`, ZH: `$1 不是几样数据，不能用 slice 取其中一段`},
	{EN: `cannot index slice/array with (?:type )?(.+)`, ZH: `index 后面的第几样要写数字，写的是 $1`},
	{EN: `index has type (.+); should be (.+)`, ZH: `index 后面要写 $2，写的是 $1`},
	{EN: `value (?:is nil|has type (.+)); should be of type (.+)`, ZH: `类型不对：这里要 $2`},
	{EN: `invalid slice index: (\d+) > (\d+)`, ZH: `slice 取的一段从第 $1 样起，却到第 $2 样为止`},
	{EN: `non-function (\S+) of type (.+)`, ZH: `$1 是数据，不是函数，不能用 call`},
	{EN: `missing argument for comparison`, ZH: `比较要写两样：{{if eq .Kind "notice"}}`},
	{EN: `uncomparable type: (.+)`, ZH: `$1 不能比较`},
	{EN: `non-comparable types? (.+)`, ZH: `$1 不能比较`},
	{EN: `cannot compare values of type (.+)`, ZH: `$1 不能比较大小`},
	{EN: `incompatible types for comparison(?:: (.+) and (.+))?`, ZH: `两边不是同一种数据，不能比较`},

	// Escaping, by html/template.
	{EN: `predefined escaper "(.+)" disallowed in template`, ZH: `不用写 $1：打印出来的文字都已转义`},
	{EN: `(?:on range loop re-entry: )?\{\{(\w+)\}\} branches end in different contexts.*`,
		ZH: `{{$1}} 里开始的标签、引号要在里面结束，几个分支要停在同样的地方`},
	{EN: `ends in a non-text context.*`, ZH: `模板停在标签、引号或脚本的中间：有一处没有结束`},
	{EN: `cannot compute output context for template (.+)`, ZH: `算不出模板“$1”停在哪里：标签、引号要在同一个模板里开始和结束`},
	{EN: `(.+) appears in an ambiguous context within a URL`, ZH: `$1 在网址的什么地方说不准：把分支里的网址写完整`},
	{EN: `expected space, attr name, or end of tag, but got (.+)`, ZH: `标签里这里应是空格、属性或 >，写的却是 $1`},
	{EN: `(.+) in unquoted attr: (.+)`, ZH: `属性的值里有 $1，值的两边要用引号：$2`},
	{EN: `(.+) in attribute name: (.+)`, ZH: `属性的名字里有 $1：$2`},
	{EN: `'/' could start a division or regexp: (.+)`, ZH: `脚本里的 / 说不准是除号还是正则：$1`},
	{EN: `unfinished .+`, ZH: `脚本或样式里有一段没有写完`},

	// Execution.
	{EN: `(?:error calling index: )?(?:reflect: slice )?index out of range(?:: (\d+))?.*`,
		ZH: `没有第 $1 样（从 0 数起），先用 len 看有几样`},
	{EN: `nil pointer evaluating (.+)\.(\w+)`, ZH: `前面的一项（$1）是空的，取不出 $2；外面套上 {{with}}`},
	{EN: `nil data; no entry for key "(.+)"`, ZH: `这里没有数据，取不出 $1`},
	{EN: `map has no entry for key "(.+)"`, ZH: `数据里没有 $1 这一项`},
	{EN: `exceeded maximum template depth \(\d+\)`, ZH: `模板套模板太深，可能自己用了自己`},
	{EN: `invalid character .+ in .+|unexpected end of JSON input`, ZH: `做出来的不是 JSON`},
}

// patterns are those of the sayings, compiled when something is wrong for the first time.
var patterns = sync.OnceValue(func() []*regexp.Regexp {
	var all []*regexp.Regexp
	for _, s := range sayings {
		all = append(all, regexp.MustCompile("^(?:"+s.EN+")$"))
	}
	return all
})

// prefix is what the packages put before what they say: their name, and what in the
// template they mean.
var prefix = pattern.Of(`^(?:(?:html/)?template: ?)?(?:(?:checking|executing) "[^"]*" at <.*?>: )?`)

// named is how an error begins that is about all of a template.
var named = pattern.Of(`^(?:html/)?template: ?([^:\s"]+): `)

// called is an error of a function of templates.
var called = pattern.Of(`^error calling (\w+): (.*)$`)

// typeNames are types of package view as messages name them.
var typeNames = pattern.Of(`\*?\bview\.`)

// said is what a template package said of a template, in both languages.
func said(english string) diag.Text {
	if zh, ok := inChinese(english); ok {
		return diag.Text{ZH: zh, EN: english}
	}
	return diag.Say("模板没有通过检查：%s", "%s", english)
}

func inChinese(english string) (zh string, ok bool) {
	short := prefix().ReplaceAllString(english, "")
	for i, pattern := range patterns() {
		if m := pattern.FindStringSubmatch(short); m != nil {
			return typeNames().ReplaceAllString(filled(sayings[i].ZH, m[1:]), ""), true
		}
	}
	if m := called().FindStringSubmatch(short); m != nil {
		why := failed(m[2])
		return "函数 " + m[1] + " 出错：" + why.ZH, true
	}
	return "", false
}

// filled is a sentence with the names in it.
func filled(sentence string, names []string) string {
	var pairs []string
	for i, name := range names {
		pairs = append(pairs, "$"+strconv.Itoa(i+1), name)
	}
	return strings.NewReplacer(pairs...).Replace(sentence)
}

// failed is what was said when a template was executed, with its place.
func failed(english string) diag.Text {
	where, rest := placed(english)
	return diag.Text{ZH: where + said(rest).ZH, EN: english}
}

// placed cuts the place off that the packages put first.
func placed(english string) (where, rest string) {
	m := position().FindStringSubmatch(english)
	if m == nil {
		if m = named().FindStringSubmatch(english); m == nil {
			return "", english
		}
		return m[1] + " ", strings.TrimPrefix(english, m[0])
	}
	where = m[1] + ":" + m[2]
	if column, err := strconv.Atoi(m[3]); err == nil {
		where += ":" + strconv.Itoa(column+1)
	}
	return where + " ", strings.TrimPrefix(english, m[0])
}

// failure is an error of executing a template, in both languages. What a function of
// templates says itself is passed on as it says it.
func failure(err error) error {
	if err == nil {
		return nil
	}
	text := failed(err.Error())
	if inner := (diag.Failure{}); errors.As(err, &inner) {
		where, _ := placed(err.Error())
		text.ZH = where + inner.ZH
	}
	return diag.Failure{Text: text, Err: err}
}
