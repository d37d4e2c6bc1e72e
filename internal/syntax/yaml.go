package syntax

import (
	"errors"
	"strings"

	"github.com/goccy/go-yaml"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// YAML is why a text is not YAML.
func YAML(text []byte, err error) Refusal {
	var e yaml.Error
	if !errors.As(err, &e) || e.GetToken() == nil || e.GetToken().Position == nil {
		why, hint := unreadable(yamlForm())
		return Refusal{0, why, hint}
	}
	p := e.GetToken().Position
	from := line(text, p.Line)
	typed, _ := lineAround(text, from)
	at := from + columnAt(typed, p.Column)
	if twice().MatchString(e.GetMessage()) {
		return Refusal{at, diag.Say("同一个名字写了两次", "the same name is set twice"),
			diag.Say("留下一行，删去另一行", "keep one of the lines")}
	}
	why, hint := yamlLine(typed)
	return Refusal{at, why, hint}
}

// columnAt is the offset of a column, which counts characters from 1.
func columnAt(line string, column int) int {
	for i := range line {
		if column--; column <= 0 {
			return i
		}
	}
	return len(line)
}

func yamlForm() diag.Text {
	return diag.Say("每项写成 名字: 内容，标点用半角；下一层用两个空格缩进",
		"write each field as name: value; indent what is inside by two spaces")
}

// pair is a line of YAML that sets a name to something.
var pair = pattern.Of(`^(\s*(?:- )*)([^:：#"'\[{]+?)\s*([:：])(\s*)(.*?)\s*$`)

// yamlLine reads off a line of YAML what is wrong with it.
func yamlLine(line string) (why, hint diag.Text) {
	indent := line[:len(line)-len(strings.TrimLeft(line, " \t　"))]
	switch {
	case strings.Contains(indent, "\t"):
		return diag.Say("缩进用了 Tab", "the line is indented by a tab"), diag.Say("改用空格", "use spaces")
	case strings.Contains(indent, "　"):
		return wideRefusal("　")
	}
	part := pair().FindStringSubmatch(line)
	if part == nil {
		return bracketOr(line)
	}
	head, value := part[1]+part[2]+": ", part[5]
	switch {
	case part[3] == "：":
		return diag.Say("用了全角“：”", "there is a full-width colon"), diag.Say("写成 %s", "write %s", head+value)
	case part[4] == "" && value != "":
		return diag.Say("冒号后面要空一格", "a space must follow the colon"), diag.Say("写成 %s", "write %s", head+value)
	case value != "" && strings.Contains("\"'", value[:1]) && strings.Count(value, value[:1])%2 == 1:
		return unpaired(value[:1])
	case value != "" && needsQuotes(value):
		return diag.Say("这样的文字要加引号", "such a text needs quotes"), diag.Say("写成 %s", "write %s", head+quoted(value))
	}
	return bracketOr(line)
}

// needsQuotes reports a text that is something else in YAML.
func needsQuotes(value string) bool {
	if strings.Contains("\"'", value[:1]) {
		return !strings.HasSuffix(value, value[:1]) || strings.Count(value, value[:1]) > 2
	}
	return strings.Contains("@`&*!%|>-?]}", value[:1]) ||
		strings.Contains(value, ": ") && !strings.Contains("[{", value[:1])
}

// quoted writes a text so that YAML reads it as it is.
func quoted(text string) string {
	if strings.ContainsAny(text, `"\`) {
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return `"` + text + `"`
}

func bracketOr(line string) (why, hint diag.Text) {
	if mark := wide(line); mark != "" && strings.ContainsAny(mark, "［］｛｝【】") {
		return wideRefusal(mark)
	}
	if bracket := unbalanced(line); bracket != "" {
		return diag.Say("括号“%s”没有配对", "the bracket %s has no other one", bracket),
			diag.Say("[ 和 ]、{ 和 } 要成对写", "write [ and ], { and } in pairs")
	}
	return unreadable(yamlForm())
}
