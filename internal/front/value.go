package front

import (
	"strings"
	"time"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// quoted checks a value that stands between quotes of any kind, by its field: a text
// may, for others it is reported here.
func (s *scanner) quoted(f config.Field, from, to int, text string) bool {
	if f.Type == config.TypeList && strings.Trim(text, spaces) != "" {
		s.quotedList(f, from, to, text)
		return true
	}
	return s.respell(f, from, to, text)
}

// respell reports a date, a number or a switch that is not written as one.
func (s *scanner) respell(f config.Field, from, to int, text string) bool {
	switch f.Type {
	case config.TypeDate:
		return s.date(from, to, text)
	case config.TypeSwitch, config.TypeReason: // a text that is no such word is a reason
		return s.toggle(from, to, text)
	case config.TypeNumber:
		return s.count(from, to, text)
	case config.TypeTelephone:
		return s.telephone(from, to, text)
	}
	return false
}

// telephone reports dashes that are not those of ASCII. It keeps a text with more than a
// number as it is: its field reports that.
func (s *scanner) telephone(from, to int, typed string) bool {
	meant := strings.Map(func(r rune) rune {
		if strings.ContainsRune(dashes, r) {
			return '-'
		}
		return r
	}, typed)
	switch plain := toASCII(meant); {
	case strings.Trim(plain, "0123456789-+ ()") != "":
		return true
	case plain == toASCII(typed):
		return false
	default:
		at := from + strings.IndexFunc(typed, func(r rune) bool { return r != '-' && strings.ContainsRune(dashes, r) })
		s.slip(at, to, wideProblem(string(firstRune(typed[at-from:])), "-"), diag.Edit{At: from, End: to, Text: plain})
	}
	return true
}

func (s *scanner) date(from, to int, typed string) bool {
	plain := strings.Trim(toASCII(typed), spaces)
	if _, ok := ReadMoment(plain); ok || plain == "" || plain == "null" || plain == "~" {
		return false
	}
	if _, err := time.Parse(time.RFC3339, plain); err == nil || s.fence == TOML && tomlMoment().MatchString(plain) {
		return false
	}
	if zoned := withZone().ReplaceAllString(plain, "${1}T$2$3$4:$5"); zoned != plain {
		zoned = shortTime().ReplaceAllString(zoned, "$1:00$2")
		if _, err := time.Parse(time.RFC3339, zoned); err == nil {
			s.slip(from, to, badDate(), diag.Edit{At: from, End: to, Text: zoned})
			return true
		}
	}
	m, d, ok := meantMoment(plain)
	if !ok {
		s.doubt(from, to, d)
		return true
	}
	text := m.String()
	if s.fence == TOML && strings.Contains(text, " ") {
		text = `"` + text + `"`
	}
	s.slip(from, to, d, diag.Edit{At: from, End: to, Text: text})
	return true
}

// withZone is a moment and its zone as other systems write them, 2024-05-01 09:30 +0800;
// shortTime one without seconds.
var (
	withZone  = pattern.Of(`^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)? ?([-+]\d\d):?(\d\d)$`)
	shortTime = pattern.Of(`(T\d\d:\d\d)([-+])`)
)

// tomlMoment is a date and a time as TOML has them.
var tomlMoment = pattern.Of(`^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)?$`)

// switches are what people write for true and false besides what is read.
var switches = map[string]string{
	"true": "true", "yes": "true", "on": "true", "y": "true", "是": "true", "对": "true", "真": "true", "1": "true",
	"false": "false", "no": "false", "off": "false", "n": "false", "否": "false", "不": "false", "不是": "false",
	"假": "false", "0": "false",
}

func (s *scanner) toggle(from, to int, typed string) bool {
	plain := strings.Trim(toASCII(typed), spaces)
	meant, ok := switches[strings.ToLower(plain)]
	quoted := from+len(typed) < to
	chinese := plain == "是" || plain == "否"
	switch {
	case !ok, chinese && (quoted || s.fence == YAML):
		return false
	case !quoted && (plain == meant || s.fence == YAML && strings.EqualFold(plain, meant)):
		return false // in ASCII, at the most
	}
	s.slip(from, to, diag.Diagnostic{Rule: "wrong-type",
		Message: diag.Say("这里只写 true（是）或 false（否），不加引号", "this is true or false, without quotes"),
		Hint:    diag.Say("写成 %s", "write %s", meant)}, diag.Edit{At: from, End: to, Text: meant})
	return true
}

// measured is a number with a measure word behind it or separators in it: 120人, 第5期,
// 1,200. What is 万 or 亿 is another number.
var measured = pattern.Of(`^第?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(\p{Han}{0,2})$`)

func (s *scanner) count(from, to int, typed string) bool {
	part := measured().FindStringSubmatch(strings.Trim(toASCII(typed), spaces))
	if part == nil || strings.ContainsAny(part[3], "千百十万亿余多来几半") {
		return false
	}
	meant := strings.ReplaceAll(part[1], ",", "") + part[2]
	if toASCII(typed) == meant {
		return false // its digits, at the most
	}
	s.slip(from, to, diag.Diagnostic{Rule: "wrong-type",
		Message: diag.Say("这里只写数字", "this is a number and nothing else"),
		Hint:    diag.Say("写成 %s", "write %s", meant)}, diag.Edit{At: from, End: to, Text: meant})
	return true
}

// doubt reports a value of which it is not certain what was meant.
func (s *scanner) doubt(at, end int, d diag.Diagnostic) {
	s.slip(at, end, d)
	s.slips[len(s.slips)-1].Value = s.sure
}

// hash reports a text that YAML cuts off at a #, where a comment begins: #1, #topic#. It
// is a comment if a space follows the #, and doubtful if another word does.
func (s *scanner) hash(f config.Field, from int, value string) bool {
	kept := uncommented(value)
	if i := strings.IndexByte(value, '#'); i == 0 || i > 0 && s.fence == TOML {
		kept = value[:i]
	}
	rest := value[len(kept):]
	if len(rest) < 2 || strings.ContainsRune(spaces+"#!", firstRune(rest[1:])) || !long(f) &&
		f.Type != config.TypeList ||
		strings.IndexByte("\"'[{|>", value[0]) >= 0 {
		return false
	}
	if f.Type == config.TypeList && kept == "" {
		s.plainList(f, from, value)
		return true
	}
	second := strings.IndexByte(rest[1:], '#')
	number := '0' <= rest[1] && rest[1] <= '9'
	topic := second > 0 && rest[second] != ' ' // the character before the second #
	if f.Type != config.TypeList && (number || topic) && !strings.Contains(rest, " # ") {
		s.unquoted(from+len(kept), from, from+len(value),
			diag.Say("“#”和它后面的文字会被当成注释丢掉", "the # and what follows would be left out, as a comment"))
		return true
	}
	s.slip(from+len(kept), from+len(value), diag.Diagnostic{Rule: "cut-text",
		Message: diag.Say("“#”和它后面的文字当成了注释，不会显示", "the # and what follows is a comment and will not be shown"),
		Hint: diag.Say("要显示，就写 %s；是注释，就在 # 后面空一格", "write %s to show it, or put a space behind the # of a comment",
			s.quote(value))})
	return false
}

// template reports a text that another system would have filled in.
func (s *scanner) template(from int, text string) bool {
	if !strings.HasPrefix(text, "{{") && !strings.HasPrefix(text, "{%") {
		return false
	}
	s.doubt(from, from+len(text), diag.Diagnostic{Rule: "needs-quotes",
		Message: diag.Say("这是别的系统的模板写法，这里不会替换成内容",
			"this is for the templates of another system; nothing fills it in here"),
		Hint: diag.Say("直接写要显示的文字；真要显示这些花括号，就写 %s",
			"write the text itself, or %s to show the braces", s.quote(text))})
	return true
}

// asLink is a link or a picture in Markdown.
var asLink = pattern.Of(`^!?\[[^\]]*\]\(([^()\s"'\[\]{}#&*|>%@` + "`" + `!:,-][^()\s"'\[\]{}#:,]*)\)$`)

// link reports a file that is written as a link to it.
func (s *scanner) link(from int, text string) bool {
	part := asLink().FindStringSubmatch(text)
	if part == nil {
		return false
	}
	s.slip(from, from+len(text), diag.Diagnostic{Rule: "wrong-type",
		Message: diag.Say("这里只写文件名", "this is the name of a file and nothing else"),
		Hint:    diag.Say("写成 %s", "write %s", part[1])}, diag.Edit{At: from, End: from + len(text), Text: part[1]})
	return true
}
