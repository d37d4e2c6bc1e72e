package config

import (
	"net/url"
	"slices"
	"strings"

	"qinglian/internal/diag"
)

// Host is the server that publishes the site, as far as it is told so in the site's
// folder or by it.
type Host struct {
	Kind string `toml:"kind"` // one of HostKinds, which read files there; may be empty
	HSTS int    `toml:"hsts"` // for how many days browsers are to ask by https alone; 0 for no word on it
}

// Pages is the kind of hosts that publish a repository: GitHub Pages, Gitee Pages.
const Pages = "pages"

// HostKinds are the hosts that read files in the published folder.
var HostKinds = []string{"apache", "iis", Pages, "tomcat"}

// deafHosts are known, and read nothing there.
var deafHosts = []string{"nginx", "caddy"}

// hostNames are other names for kinds.
var hostNames = map[string]string{"github": Pages, "gitee": Pages, "gitlab": Pages, "httpd": "apache",
	"apache2": "apache",
	"windows": "iis", "web.config": "iis", ".htaccess": "apache", "tongweb": "tomcat",
	"openresty": "nginx", "tengine": "nginx"}

// mostHSTS is two years, which lists of such sites ask for.
const mostHSTS = 730

// host takes out what can't be.
func (p *parser) host(h Host, baseURL string) Host {
	if h.Kind != "" && !slices.Contains(HostKinds, h.Kind) {
		p.report(diag.Diagnostic{Rule: "config-value",
			Message: diag.Say("“host.kind”不能是“%s”", "host.kind can't be %q", h.Kind),
			Hint:    hostHint(h.Kind)}, "host", "kind")
		h.Kind = ""
	}
	if h.HSTS == 0 {
		return h
	}
	d := diag.Diagnostic{Rule: "config-value"}
	u, err := url.Parse(baseURL)
	switch {
	case h.HSTS < 0 || h.HSTS > mostHSTS:
		d.Message = diag.Say("“host.hsts”不能是 %d", "host.hsts can't be %d", h.HSTS)
		d.Hint = diag.Say("写天数，1 到 %d，如 hsts = 180；不要就删去这一行",
			"write a number of days, 1 to %d, such as hsts = 180, or take the line out", mostHSTS)
	case err != nil || u.Scheme != "https":
		d.Message = diag.Say("网站地址不是 https，不能写“host.hsts”", "host.hsts is for sites whose base_url is https")
		d.Hint = diag.Say("先把 base_url 改成 https://…，或删去 hsts 这一行",
			"make base_url an https://… first, or take hsts out")
	case h.Kind == Pages:
		d.Message = diag.Say("kind = \"pages\" 的网站不能自己定响应头，“host.hsts”不起作用",
			"a site of kind = \"pages\" has no say in its headers: host.hsts does nothing")
		d.Hint = diag.Say("删去 hsts 这一行；到托管的网站上打开“强制 HTTPS”",
			"take hsts out, and have the host enforce HTTPS in its own settings")
	default:
		return h
	}
	p.report(d, "host", "hsts")
	h.HSTS = 0
	return h
}

// HostMeant is the kind of host that was meant, which need not be one that reads files;
// "" if that can't be told.
func HostMeant(typed string) string {
	typed = strings.ToLower(typed)
	if name := hostNames[typed]; name != "" {
		return name
	}
	return diag.Nearest(typed, slices.Concat(HostKinds, deafHosts))
}

// hostHint is what to write in place of a kind of host.
func hostHint(typed string) diag.Text {
	meant := HostMeant(typed)
	switch {
	case slices.Contains(deafHosts, meant):
		return diag.Say("%[1]s 不读网站文件夹里的设置：删去这一行，运行 qinglian host %[1]s，照打印出来的设置",
			"%[1]s reads no settings in the site's folder: take the line out, run qinglian host %[1]s and use what it prints",
			meant)
	case meant != "":
		return diag.Say("是不是想写 %s？", "did you mean %s?", meant)
	}
	return diag.Say("可用的有：%s；别的服务器不读网站文件夹里的设置，不用写",
		"there are: %s; other servers read no settings in the site's folder and need no line here",
		diag.Listed(HostKinds))
}
