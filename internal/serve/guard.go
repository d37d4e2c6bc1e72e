package serve

import (
	"crypto/subtle"
	"net"
	"net/http"
	"slices"
	"strings"

	"qinglian/internal/diag"
)

// admit tells which path of the site a request asks for, and whether it is
// answered at all.
func (s *Server) admit(r *http.Request) (name string, ok bool) {
	if !slices.Contains(s.how.Hosts, r.Host) {
		return "", false // another name that was made to lead here
	}
	if origin := r.Header.Get("Origin"); origin != "" && origin != "http://"+r.Host {
		return "", false
	}
	// Browsers tell who asks. A link on another page may lead here; its scripts,
	// pictures and frames may not.
	switch r.Header.Get("Sec-Fetch-Site") {
	case "cross-site", "same-site":
		if r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document" || r.Method != http.MethodGet {
			return "", false
		}
	}
	if r.Method == http.MethodPost && r.Header.Get("Origin") == "" {
		return "", false
	}
	name = strings.TrimPrefix(r.URL.Path, "/")
	if s.how.Token == "" {
		return name, true
	}
	token, name, _ := strings.Cut(name, "/")
	return name, subtle.ConstantTimeCompare([]byte(token), []byte(s.how.Token)) == 1
}

func (s *Server) refuse(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(http.StatusForbidden)
	w.Write([]byte(diag.Say("预览只回答用它自己给出的网址来的请求。请用 qinglian serve 显示的网址打开。\n", //nolint:errcheck // the reader went away
		"The preview answers only to the address that it gave. Open the one that qinglian serve shows.\n").In(s.how.Lang)))
}

// local reports whether a request comes from this machine.
func local(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	return err == nil && net.ParseIP(host).IsLoopback()
}
