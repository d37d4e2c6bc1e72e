package check

import (
	"strings"

	"qinglian/internal/config"
	"qinglian/internal/diag"
)

// retiredDomain is about links to names that are given up, as the owner lists them: who
// buys one shows what they like under it.
var retiredDomain = Rule{Name: "retired-domain", Sure: OwnSense, Article: func(a *Article) {
	for _, l := range a.Facts.Links {
		if retired(a.Config, l.Dest) {
			a.Report(l.Place, Finding{Diagnostic: retiredFound(hostOf(l.Dest))})
		}
	}
}, Site: func(w *Whole) {
	for _, m := range w.Config.Menu {
		if retired(w.Config, m.To) {
			w.Report(retiredFound(hostOf(m.To)).Placed(m.Where))
		}
	}
}}

// retired reports an address under a name that is given up.
func retired(c config.Config, address string) bool {
	host := hostOf(address)
	for _, name := range c.Check.Retired {
		if name = strings.ToLower(name); host == name || strings.HasSuffix(host, "."+name) {
			return true
		}
	}
	return false
}

func retiredFound(host string) diag.Diagnostic {
	return diag.Diagnostic{Rule: "retired-domain", Severity: diag.Warning,
		Message: diag.Say("链接指到停用的域名 %s", "the link leads to %s, which is given up", host),
		Hint: diag.Say("换成现在的网址，或删去链接：停用的域名可能已被别人注册",
			"give the present address or take the link out: somebody else may own that name")}
}
