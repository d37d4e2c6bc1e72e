package check

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/rules"
)

// Level is how serious what a rule finds is.
type Level string

// The levels, as config.toml has them.
const (
	Error   Level = "error"
	Warning Level = "warning"
	Hint    Level = "hint"
	Off     Level = "off"
)

// severities are those of the levels at which something is said.
var severities = map[Level]diag.Severity{Error: diag.Error, Warning: diag.Warning, Hint: diag.Note}

// Severity is that of a level's findings; ok is false for one at which nothing is said,
// and for what is no level.
func (l Level) Severity() (s diag.Severity, ok bool) {
	s, ok = severities[l]
	return s, ok
}

// levels are those of a site: of its profile, and over them its own.
func levels(c config.Config) map[string]Level {
	levels := map[string]Level{}
	for _, r := range all {
		if l, ok := r.Profiles[c.Profile]; ok {
			levels[r.Name] = l
		}
		if l, ok := c.Check.Levels[r.Name]; ok && !r.excessive(Level(l)) {
			levels[r.Name] = Level(l)
		}
	}
	return levels
}

// excessive reports a level that the rule can't have, for what it rests on.
func (r Rule) excessive(l Level) bool { return r.Sure == Low && (l == Error || l == Warning) }

// Settings are what is wrong with what config.toml says about rules.
func Settings(c config.Config) (problems diag.List) {
	for _, name := range slices.Sorted(maps.Keys(c.Check.Levels)) {
		key := "check.levels." + `"` + name + `"`
		r, known := Find(name)
		if !known {
			message, hint := unknown(name)
			problems = append(problems,
				diag.Diagnostic{Rule: "unknown-rule", Severity: diag.Error, Message: message, Hint: hint}.
					Placed(c.Where(key)))
			continue
		}
		if r.excessive(Level(c.Check.Levels[name])) {
			problems = append(problems, diag.Diagnostic{Rule: "unknown-rule", Severity: diag.Error,
				Message: diag.Say("规则“%s”的依据不足，最多只作提示", "the rule %s rests on too little to be more than a hint", name),
				Hint: diag.Say("写 %[1]s = \"hint\"，或 %[1]s = \"off\"",
					"write %[1]s = \"hint\" or %[1]s = \"off\"", name),
			}.Placed(c.Where(key)))
		}
	}
	return problems
}

// unknown says that there is no such rule to inspect by.
func unknown(name string) (message, hint diag.Text) {
	if _, builds := rules.Find(name); builds {
		return diag.Say("“%s”是生成网站的规则，不是检查的规则", "%s is a rule of building, not of checking", name),
			diag.Say("这一条不能改轻重，也不能例外：把它指出的地方改好", "it can't be changed or excused: mend what it points to")
	}
	message = diag.Say("没有检查规则“%s”", "there is no rule of checking %q", name)
	if near := meant(name); near != "" {
		return message, diag.Say("是不是想写 %s？", "did you mean %s?", near)
	}
	return message, diag.Say("用 qinglian check --rules 看有哪些", "see qinglian check --rules")
}

// meant is the rule that somebody may have meant who wrote what its page is called, or a part
// of that or of its name; "" if that could be several.
func meant(name string) string {
	var called []string
	rule := map[string]string{}
	parts := map[string]bool{}
	for _, r := range all {
		page, _ := rules.Find(r.Name)
		for _, as := range []string{r.Name, page.Title.ZH, page.Title.EN} {
			called, rule[as] = append(called, as), r.Name
			if utf8.RuneCountInString(name) > 1 && strings.Contains(as, name) {
				parts[r.Name] = true
			}
		}
	}
	if len(parts) == 1 {
		return slices.Collect(maps.Keys(parts))[0]
	}
	return rule[diag.Nearest(name, called)]
}
