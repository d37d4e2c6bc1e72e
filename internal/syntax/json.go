package syntax

import (
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf8"

	"qinglian/internal/diag"
)

// JSON is why a text is not JSON.
func JSON(text []byte, err error) Refusal {
	var e *json.SyntaxError
	if !errors.As(err, &e) { // it ends too early
		why, hint := unended()
		return Refusal{len(text), why, hint}
	}
	at := max(0, int(e.Offset)-1)
	for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	why, hint := jsonAt(text, at)
	return Refusal{at, why, hint}
}

// Values is why a text that holds more than one value is not JSON; the second begins
// at an offset.
func Values(at int) Refusal {
	return Refusal{at, diag.Say("文件里不止一个 {} 或 []", "there is more than one {} or []"),
		diag.Say("都放进一个 [] 里，用逗号隔开", "put them into one [], with commas between")}
}

func unended() (why, hint diag.Text) {
	return diag.Say("没有写完：少了括号或引号", "the text ends too early: a bracket or a quote is missing"),
		diag.Say("[ 和 ]、{ 和 }、两边的引号都要成对写", "write brackets and quotes in pairs")
}

// jsonAt reads off the place what is wrong there.
func jsonAt(text []byte, at int) (why, hint diag.Text) {
	if at >= len(text) {
		return unended()
	}
	r, _ := utf8.DecodeRune(text[at:])
	before := strings.TrimRight(string(text[:at]), " \t\r\n")
	switch {
	case (r == '}' || r == ']') && strings.HasSuffix(before, ","):
		return diag.Say("最后一样后面多了逗号", "there is a comma behind the last one"),
			diag.Say("删去 %c 前面的逗号", "take out the comma before the %c", r)
	case marks.Replace(string(r)) != string(r):
		return wideRefusal(string(r))
	case r == '\n' || r == '\t':
		return unpaired(`"`)
	case r == '\'':
		return diag.Say("用了单引号", "there is a single quote"), diag.Say("写成 \"", "write \"")
	case r == '/', r == '#':
		return diag.Say("JSON 里不能写注释", "JSON has no comments"), diag.Say("删去它", "take it out")
	case r == '"' && before != "" && !strings.ContainsAny(before[len(before)-1:], ",:[{"),
		strings.HasSuffix(before, `"`) || strings.HasSuffix(before, "}") || strings.HasSuffix(before, "]"):
		return diag.Say("这里少了逗号或冒号", "a comma or a colon is missing here"),
			diag.Say("两样之间写 ,，名字后面写 :", "write a comma between two of them, a colon behind a name")
	}
	return diag.Say("这里看不懂", "this can't be read"),
		diag.Say("名字和文字两边都要加英文双引号，如 {\"名称\": \"甲\"}", "put names and texts between double quotes: {\"name\": \"…\"}")
}
