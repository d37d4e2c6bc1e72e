package config

import (
	"slices"
	"strings"
	"unicode/utf8"

	"qinglian/internal/diag"
)

// Slip is the sheet on which an article is signed for before it is published.
type Slip struct {
	Stages []string `toml:"stages"` // 初审, or 初审：李四
}

// Stage is one of those who sign.
type Stage struct{ Name, Person string }

// Signed are the stages with their persons, where config.toml names them.
func (s Slip) Signed() (stages []Stage) {
	for _, typed := range s.Stages {
		name, person, _ := strings.Cut(strings.Replace(typed, "：", ":", 1), ":")
		stages = append(stages, Stage{strings.TrimSpace(name), strings.TrimSpace(person)})
	}
	return stages
}

// What fits on one sheet of A4 beside what is said of the article.
const (
	mostStages   = 6
	longestStage = 20
)

// slip takes out what does not fit on the sheet.
func (p *parser) slip(s Slip) Slip {
	fits := func(stage string) bool {
		n := utf8.RuneCountInString(strings.TrimSpace(stage))
		return 0 < n && n <= longestStage
	}
	i := slices.IndexFunc(s.Stages, func(stage string) bool { return !fits(stage) })
	if i < 0 && 0 < len(s.Stages) && len(s.Stages) <= mostStages {
		return s
	}
	p.report(diag.Diagnostic{Rule: "config-value",
		Message: diag.Say("“slip.stages”要有 1 到 %d 项，每项 1 到 %d 个字",
			"slip.stages has 1 to %d entries of 1 to %d characters each",
			mostStages, longestStage),
		Hint: diag.Say("写 stages = [\"初审：李四\", \"复审\", \"终审\"]，没有固定的人不写名字",
			"write stages = [\"初审：李四\", \"复审\", \"终审\"], without a name where nobody is fixed"),
	}, "slip", "stages")
	s.Stages = slices.DeleteFunc(slices.Clone(s.Stages), func(stage string) bool { return !fits(stage) })
	s.Stages = s.Stages[:min(len(s.Stages), mostStages)]
	return s
}
