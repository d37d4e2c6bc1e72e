package config

import (
	"net/url"
	"strings"

	"qinglian/internal/diag"
)

func (p *parser) baseURL(s string) string {
	if s == "" {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" ||
		u.User != nil || u.ForceQuery || u.RawQuery != "" || u.Fragment != "" {
		p.report(BaseURLProblem(s), "base_url")
		return ""
	}
	return strings.TrimSuffix(u.String(), "/") + "/"
}

// BaseURLProblem is the message about a base_url that is not the address of a
// web site; the command line gives it too.
func BaseURLProblem(s string) diag.Diagnostic {
	return diag.Diagnostic{Rule: "config-value", Severity: diag.Error,
		Message: diag.Say("网站地址“%s”不完整", "the base URL %q is not a web address", s),
		Hint: diag.Say("写成 https://www.example.org/ 这样的完整地址",
			"write a whole address such as https://www.example.org/")}
}

// WithBaseURL is the configuration with another base_url, as the command line
// may give it.
func (c Config) WithBaseURL(s string) (Config, diag.List) {
	var p parser
	c.BaseURL = p.baseURL(s)
	problems := p.problems.List()
	for i := range problems {
		problems[i].File = ""
	}
	return c, problems
}
