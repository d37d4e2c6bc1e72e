package config

import (
	"maps"
	"slices"

	"qinglian/internal/diag"
)

// Check is how the site is inspected before it is published.
type Check struct {
	Gate    string            `toml:"gate"`    // one of Gates
	Levels  map[string]string `toml:"levels"`  // by rule, one of Levels each
	Allow   []string          `toml:"allow"`   // numbers that are published on purpose
	Record  bool              `toml:"record"`  // what is published is remembered, see package published
	Retired []string          `toml:"retired"` // names of hosts that are given up
	Fresh   string            `toml:"fresh"`   // how long the home page may go without a new article
	Owner   string            `toml:"owner"`   // who sees to it, and to what has no owner of its own
	Ahead   int               `toml:"ahead"`   // how many days before a deadline it is said
}

// Ahead is how many days before a deadline it is said, unless config.toml says otherwise.
const Ahead = 7

// Gates are what keeps a site from being published, the default first: nothing that the
// inspection finds, or its errors.
var Gates = []string{"off", "error"}

// Levels are how serious what a rule finds may be, the worst first.
var Levels = []string{"error", "warning", "hint", "off"}

// inspection takes out what can't be. Which rules there are is not known here.
func (p *parser) inspection(c Check) Check {
	if !slices.Contains(Gates, c.Gate) {
		p.report(diag.Diagnostic{Rule: "config-value",
			Message: diag.Say("“check.gate”不能是“%s”", "check.gate can't be %q", c.Gate),
			Hint: diag.Say("写 \"error\"（检查出错误就不发布）或 \"off\"（照常发布）",
				"write \"error\" to publish nothing while the inspection finds errors, or \"off\""),
		}, "check", "gate")
		c.Gate = Gates[0]
	}
	if c.Ahead < 0 || c.Ahead > 366 {
		p.report(diag.Diagnostic{Rule: "config-value",
			Message: diag.Say("“check.ahead”不能是 %d", "check.ahead can't be %d", c.Ahead),
			Hint:    diag.Say("写提前几天提醒，如 7", "say how many days before a deadline, such as 7"),
		}, "check", "ahead")
		c.Ahead = Ahead
	}
	for _, rule := range slices.Sorted(maps.Keys(c.Levels)) {
		if slices.Contains(Levels, c.Levels[rule]) {
			continue
		}
		p.report(diag.Diagnostic{Rule: "config-value",
			Message: diag.Say("“check.levels.%s”不能是“%s”", "check.levels.%s can't be %q", rule, c.Levels[rule]),
			Hint:    diag.Say("写其中一个：%s（错误、警告、提示、不查）", "write one of: %s", diag.Listed(Levels)),
		}, "check", "levels", rule)
		delete(c.Levels, rule)
	}
	return c
}
