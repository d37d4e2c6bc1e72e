package check

import "qinglian/internal/diag"

// idleExcuse is about excuses themselves: an article that excuses itself from nothing,
// from what is no rule, or without saying why, hides something or has outlived its
// reason. It is found when all else is.
var idleExcuse = Rule{Name: "idle-excuse", Sure: OwnSense}

// idle reports an excuse that is none.
func (j *judge) idle(e *excuse) {
	d := diag.Diagnostic{Rule: "idle-excuse", Severity: diag.Warning}
	of, known := Find(e.Rule)
	switch {
	case !known:
		d.Message, d.Hint = unknown(e.Rule)
	case e.Reason == "":
		d.Message = diag.Say("例外“%s”没有写理由，不算", "the excuse for %s has no reason and does not count", e.Rule)
		d.Hint = diag.Say("写明为什么可以，如 %s: 虚构的示例", "say why it may be, such as %s: an invented example", e.Rule)
	case e.used || j.levels[e.Rule] == Off, of.Online: // another site may be there today and not tomorrow
		return
	default:
		d.Message = diag.Say("例外“%s”没有用到：这篇文章里没有这样的问题",
			"the excuse for %s is idle: the article has nothing of it", e.Rule)
		d.Hint = diag.Say("删去这一项", "take it out")
	}
	j.find(e.file, Finding{Diagnostic: d.Placed(e.Where)})
}
