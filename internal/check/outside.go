package check

import (
	"net/url"
	"strings"

	"qinglian/internal/diag"
)

// Outside is a link of an article to another site.
type Outside struct {
	URL   string
	Where diag.Diagnostic // its place
}

// outside are the article's links to other sites.
func (a *Article) outside() (all []Outside) {
	for _, l := range a.Facts.Links {
		if host := hostOf(l.Dest); host != "" && host != hostOf(a.Config.BaseURL) {
			all = append(all, Outside{l.Dest, a.lines.Over(int(l.From), int(l.To), diag.Diagnostic{})})
		}
	}
	return all
}

// hostOf is the host that a whole address of the web leads to; "" for any other.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return strings.ToLower(u.Hostname())
}
