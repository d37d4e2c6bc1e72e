package syntax

import (
	"errors"
	"strings"

	"github.com/BurntSushi/toml"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// TOML is why a text is not TOML.
func TOML(text []byte, err error) Refusal {
	var e toml.ParseError
	if !errors.As(err, &e) {
		why, hint := unreadable(tomlForm())
		return Refusal{0, why, hint}
	}
	at := max(0, e.Position.Start)
	if twice().MatchString(e.Message) {
		r := Refusal{at, diag.Say("“%s”写了两次", "%s is set twice", e.LastKey),
			diag.Say("留下一行，删去另一行", "keep one of the lines")}
		if e.LastKey == "" { // of a [table]
			r.Why, r.Hint = tableTwice(text, at, r.Hint)
		}
		return r
	}
	for _, quote := range []string{`"""`, "'''"} {
		if i := strings.LastIndex(string(text[:min(at, len(text))]), quote); i >= 0 &&
			strings.Contains(e.Message, quote) {
			why, hint := unpaired(quote)
			return Refusal{i, why, hint}
		}
	}
	line, from := lineAround(text, at)
	if before, start := lineAround(text, from-1); from > 0 && open(before) {
		line, at = before, start // what was not closed ends in the next line
	}
	why, hint := tomlLine(line)
	return Refusal{at, why, hint}
}

// tableTwice is why a [table] at a place of a text is refused that is there already: its
// lines belong to the first one, and would to another if only its own line went.
func tableTwice(text []byte, at int, keep diag.Text) (why, hint diag.Text) {
	line, _ := lineAround(text, at)
	header := strings.TrimSpace(tableHeader().FindString(line))
	n := 1
	for other := range strings.Lines(string(text[:at])) {
		if header != "" && strings.TrimSpace(tableHeader().FindString(other)) == header {
			return diag.Say("%s 写了两次", "%s is there twice", header),
				diag.Say("把它下面的几行移到第 %d 行的 %s 下面，再删去这一行",
					"move the lines below it to the %[2]s of line %[1]d, and take this line out", n, header)
		}
		n++
	}
	return diag.Say("同一个名字写了两次", "the same name is set twice"), keep
}

// tableHeader is a line that begins a table.
var tableHeader = pattern.Of(`^\s*\[[^\[\]]+\]`)

var twice = pattern.Of(`already (been )?(defined|exists)|has already`)

// open reports a line of TOML whose bracket is still open or that has no value.
func open(line string) bool {
	bracket := unbalanced(line)
	return strings.HasSuffix(strings.TrimSpace(line), "=") || bracket == "[" || bracket == "{"
}

func tomlForm() diag.Text {
	return diag.Say("每行写成 名字 = \"值\"；文字两边用英文双引号", "write each line as name = \"value\"")
}

// setting is a line of TOML as people write it.
var setting = pattern.Of(`^\s*(["“'‘]?[^"“”'‘’=＝：:\[\]]+["”'’]?)\s*([=＝：:])\s*(.*?)\s*$`)

// tomlLine reads off a line of TOML what is wrong with it.
func tomlLine(line string) (why, hint diag.Text) {
	part := setting().FindStringSubmatch(line)
	if part == nil {
		switch trimmed := strings.TrimSpace(line); {
		case unbalanced(line) != "":
			return diag.Say("方括号没有配对", "a bracket has no other one"), diag.Say("写成 [名字]", "write [name]")
		case header().MatchString(trimmed) && wide(line) == "":
			return diag.Say("方括号里的中文名两边要加引号", "in brackets, a name that is not ASCII needs quotes"),
				diag.Say("写成 %s", "write %s", unbare().ReplaceAllString(trimmed, `${1}"${2}"`))
		case strings.HasPrefix(trimmed, "["), wide(line) != "":
			return wideOr(line)
		}
		return diag.Say("这一行不是“名字 = 值”", "this line is not name = value"), tomlForm()
	}
	name, mark, value := strings.TrimSpace(part[1]), part[2], part[3]
	switch {
	case mark == "=" && dateLike().MatchString(value):
		return diag.Say("没有这个日期，或写法不对", "there is no such date, or it is written otherwise"),
			diag.Say("写成 2024-05-01 那样", "write it like 2024-05-01")
	case strings.HasPrefix(value, `"""`), strings.HasPrefix(value, "'''"):
		return unpaired(value[:3])
	case sideBySide().MatchString(value):
		return diag.Say("两样之间少了逗号", "a comma is missing between two of them"),
			diag.Say("写成 [\"甲\", \"乙\"] 那样", "write it like [\"a\", \"b\"]")
	}
	if meant, ok := tomlMeant(name, value); ok && meant != line {
		return tomlWhy(name, mark, value), diag.Say("写成 %s", "write %s", meant)
	}
	return wideOr(line)
}

func wideOr(line string) (why, hint diag.Text) {
	if mark := wide(line); mark != "" {
		return wideRefusal(mark)
	}
	if bracket := unbalanced(line); bracket != "" {
		return diag.Say("括号“%s”没有配对", "the bracket %s has no other one", bracket),
			diag.Say("[ 和 ]、{ 和 } 要成对写", "write [ and ], { and } in pairs")
	}
	return unreadable(tomlForm())
}

// tomlMeant is a setting as it should be written, if its value is a text, yes or no.
func tomlMeant(name, value string) (line string, ok bool) {
	name = strings.Trim(name, " \t　\"“”'‘’")
	if !bare().MatchString(name) {
		name = `"` + name + `"`
	}
	text := strings.TrimRight(value, ",，;；")
	switch {
	case strings.ContainsAny(firstOf(text), "[{［【｛"), strings.Contains(text, "#") && text[0] != '#':
		return "", false
	case strings.HasPrefix(text, "#"):
		return name + ` = ""`, true
	case switches[strings.ToLower(text)] != "":
		return name + " = " + switches[strings.ToLower(text)], true
	case number().MatchString(narrow(text)):
		return name + " = " + narrow(text), true
	}
	text = unwrapped(text)
	if strings.ContainsAny(text, `"\`) {
		if strings.Contains(text, "'") {
			return "", false
		}
		return name + " = '" + text + "'", true
	}
	return name + ` = "` + text + `"`, true
}

// unwrapped is a text without the quotes around it, of whatever kind; without the first
// one if that is the only quote.
func unwrapped(text string) string {
	for _, pair := range []string{`""`, "“”", "''", "‘’", `"”`, `“"`, `‘"`, `‘'`} {
		runes := []rune(pair)
		inner, begins := strings.CutPrefix(text, string(runes[0]))
		if inner, ends := strings.CutSuffix(inner, string(runes[1])); begins && ends {
			return inner
		}
	}
	if first := firstOf(text); first != "" && strings.Contains("\"'“‘”’", first) && strings.Count(text, first) == 1 {
		return text[len(first):]
	}
	return text
}

// narrow is a text with half-width digits.
func narrow(text string) string {
	return strings.Map(func(c rune) rune {
		if '０' <= c && c <= '９' {
			return c - '０' + '0'
		}
		return c
	}, text)
}

func firstOf(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

var (
	header     = pattern.Of(`^\[{1,2}[\p{Han}A-Za-z0-9_.-]+\]{1,2}$`)
	unbare     = pattern.Of(`([\[.])([A-Za-z0-9_-]*\p{Han}[\p{Han}A-Za-z0-9_-]*)`)
	bare       = pattern.Of(`^[A-Za-z0-9_.-]+$`)
	number     = pattern.Of(`^[-+]?(\d+(\.\d+)?|\d{4}-\d\d-\d\d)$`)
	dateLike   = pattern.Of(`^\d{4}[-./年]\d`)
	sideBySide = pattern.Of(`^\[.*["'][ \t]*["']`)
)

// switches are what people write for true and false.
var switches = map[string]string{"true": "true", "yes": "true", "on": "true", "是": "true",
	"false": "false", "no": "false", "off": "false", "否": "false"}

// tomlWhy says what is wrong with a setting.
func tomlWhy(name, mark, value string) diag.Text {
	first := firstOf(value)
	switch {
	case mark != "=":
		return diag.Say("名字和值之间要写“=”", "between a name and its value there must be a =")
	case value == "", first == "#":
		return diag.Say("“=”后面没有内容", "nothing stands behind the =")
	case !bare().MatchString(strings.Trim(name, `"'`)) && strings.Trim(name, `"'`) == name:
		return diag.Say("中文名两边要加引号", "a name that is not ASCII needs quotes")
	case switches[strings.ToLower(value)] != "":
		return diag.Say("这里写 true 或 false", "this is true or false")
	case number().MatchString(narrow(value)):
		return diag.Say("数字要用半角", "a number has half-width digits")
	case strings.Contains("“”‘’", first):
		return diag.Say("文字两边用了中文引号", "the text stands between Chinese quotes")
	case first != `"` && first != "'":
		return diag.Say("文字两边少了引号", "the text has no quotes around it")
	case strings.Count(value, first) == 1:
		return diag.Say("引号“%s”没有配对", "a %s has no other one", first)
	case strings.Contains(value, `\`):
		return diag.Say("双引号里的“\\”另有用处", "between double quotes a \\ is something else")
	}
	return diag.Say("引号后面多了文字，或文字里也有引号", "there is something behind the quotes, or the text has quotes in it")
}
