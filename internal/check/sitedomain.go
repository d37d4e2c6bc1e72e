package check

import (
	"net/netip"
	"strings"

	"qinglian/internal/diag"
)

// siteDomain is about the address of the site itself: a government's ends in .gov.cn, and
// no site's is a number.
var siteDomain = Rule{Name: "site-domain", Sure: High, Site: func(w *Whole) {
	host := hostOf(w.Config.BaseURL)
	d := diag.Diagnostic{Rule: "site-domain", Severity: diag.Warning}
	_, number := netip.ParseAddr(host)
	switch {
	case host == "":
		return
	case number == nil:
		d.Message = diag.Say("网站地址用了 IP 地址 %s", "the site's address is a number: %s", host)
		d.Hint = diag.Say("写域名", "give a name")
	case w.Config.Profile == "gov" && !strings.HasSuffix(host, ".gov.cn") && !strings.HasSuffix(host, ".政务") &&
		!strings.HasSuffix(host, ".xn--zfr164b"):
		d.Message = diag.Say("政府网站的域名应以 .gov.cn 结尾，不是 %s",
			"the domain of a government's site ends in .gov.cn, not as %s does", host)
		d.Hint = diag.Say("base_url 写正式的域名；不是政府机关的，改 profile",
			"give the official domain as base_url; who is no government body has another profile")
	default:
		return
	}
	w.Report(d.Placed(w.Config.Where("base_url")))
}}
