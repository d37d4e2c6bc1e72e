package markdown

import (
	"strconv"
	"strings"

	"qinglian/internal/pattern"
)

// clause is the number of a clause of a regulation: 第三条, 第12条之一.
type clause struct {
	name  string // as typed, without spaces
	alias string // t3, t12-1
}

var clausePattern = pattern.Of(`^第[\s　]*(` + numeral + `)[\s　]*条(?:之(` + numeral + `))?`)

// mentions are the words after the number of a clause that is only spoken of:
// 第三条规定的情形……
var mentions = []string{"、", "，", ",", "和", "及", "与", "或", "至", "到", "第", "的", "规定", "所称", "所列", "所述", "所规定", "中", "以",
	"款", "项"}

// clauseAt finds the number of a clause that a text begins with.
func clauseAt(text string) (clause, bool) {
	m := clausePattern().FindStringSubmatch(text)
	if m == nil {
		return clause{}, false
	}
	for _, word := range mentions {
		if strings.HasPrefix(text[len(m[0]):], word) {
			return clause{}, false
		}
	}
	n, ok := number(m[1])
	if !ok {
		return clause{}, false
	}
	c := clause{name: "第" + m[1] + "条", alias: "t" + strconv.Itoa(n)}
	if m[2] != "" {
		part, ok := number(m[2])
		if !ok {
			return clause{}, false
		}
		c.name += "之" + m[2]
		c.alias += "-" + strconv.Itoa(part)
	}
	return c, true
}
