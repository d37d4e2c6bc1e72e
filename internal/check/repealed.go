package check

import (
	"slices"
	"strings"

	"qinglian/internal/diag"
)

// repealed is about regulations that say they are in force while their own title says
// that they are not: programs that answer questions take them for valid.
var repealed = Rule{Name: "repealed", Sure: Medium, Site: func(w *Whole) {
	for _, p := range w.Site.Pages {
		state, has := p.Card.Fact(stateKey)
		if !has || !slices.Contains(state.Values, "现行有效") {
			continue
		}
		for _, word := range []string{"已废止", "已失效", "已经废止", "（废止）", "（失效）", "停止执行）"} {
			if !strings.Contains(p.Card.Title, word) {
				continue
			}
			w.Report(diag.Diagnostic{Rule: "repealed", Severity: diag.Warning,
				Message: diag.Say("标题说“%s”，状态却是 现行有效",
					"the title says %q, and the state is 现行有效 (in force)", strings.Trim(word, "（）")),
				Hint: diag.Say("状态写 已废止，网页上会标明", "set the state to 已废止 (repealed), and the page says so"),
			}.Placed(p.Where(stateKey)))
			break
		}
	}
}}
