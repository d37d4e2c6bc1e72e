package check

import "qinglian/internal/diag"

// foreignHost lists the sites that articles link to, each once, for somebody to see
// whether they are still what they were. One that is meant can be allowed by its name.
var foreignHost = Rule{Name: "foreign-host", Sure: Medium, Article: func(a *Article) {
	for _, l := range a.outside() {
		host := hostOf(l.URL)
		a.found = append(a.found,
			Finding{Subject: host, Once: true, Diagnostic: diag.Diagnostic{Rule: "foreign-host", Severity: diag.Note,
				Message: diag.Say("链接到别的网站：%s", "a link to another site: %s", host),
				Hint: diag.Say("看看那个网站还在不在、内容合不合适；放心的，写在 config.toml 的 check.allow 里",
					"see whether it is there and what it should be; one that is trusted goes into check.allow in config.toml"),
			}.Placed(l.Where)})
	}
}}
