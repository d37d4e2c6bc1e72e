package serve

import (
	"crypto/subtle"
	"errors"
	"mime"
	"net"
	"net/http"
	"slices"
	"strings"

	"qinglian/internal/address"
	"qinglian/internal/diag"
)

// guard decides who is answered, and who may write.
type guard struct {
	lang  diag.Lang
	hosts []string // with the port, that requests may name
	token string   // that every address begins with, or ""
	run   string   // the secret of this run
}

// admit returns which path of the site a request asks for, and whether it is
// answered at all.
func (g guard) admit(r *http.Request) (name string, ok bool) {
	if !slices.Contains(g.hosts, r.Host) {
		return "", false // DNS rebinding: a name of somebody else's that leads here
	}
	if origin := r.Header.Get("Origin"); origin != "" && origin != "http://"+r.Host {
		return "", false
	}
	// Browsers say who asks. A link on another page may lead here; its scripts,
	// pictures and frames may not.
	switch r.Header.Get("Sec-Fetch-Site") {
	case "cross-site", "same-site":
		if r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document" ||
			r.Method != http.MethodGet {
			return "", false
		}
	}
	if r.Method == http.MethodPost && r.Header.Get("Origin") == "" {
		return "", false
	}
	name = strings.TrimPrefix(r.URL.Path, "/")
	if g.token == "" {
		return name, true
	}
	token, name, _ := strings.Cut(name, "/")
	return name, subtle.ConstantTimeCompare([]byte(token), []byte(g.token)) == 1
}

// tokenHeader carries the secret of the run.
const tokenHeader = "X-Qinglian-Token"

// longestForm is how much a request may hold besides its head, in bytes: more than
// anybody types into the form.
const longestForm = 1 << 20

// given is the secret of the run, for the page that answers a request: only a page
// that this machine opens in a tab of its own gets it. What a script or a frame asks
// for can be read by who asks, so it has none. A browser without the header is too old
// to send it and gets the secret.
func (g guard) given(r *http.Request) string {
	if dest := r.Header.Get("Sec-Fetch-Dest"); !local(r) || dest != "" && dest != "document" {
		return ""
	}
	return g.run
}

// allow reports whether a request has one of these methods, and answers if not.
func allow(w http.ResponseWriter, r *http.Request, methods ...string) bool {
	if slices.Contains(methods, r.Method) {
		return true
	}
	w.Header().Set("Allow", strings.Join(methods, ", "))
	http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
	return false
}

// writes reports whether a request for one of the preview's own addresses may do
// what it is about to, with its form read, and answers if not.
func (s *Server) writes(w http.ResponseWriter, r *http.Request, name string) bool {
	if slices.Contains([]string{"open", "new", "import", "publish", "delivery", "wechat/look"}, name) && !local(r) {
		s.answer(w, http.StatusForbidden, diag.Say("只能在运行预览的电脑上操作", "only on the machine that runs the preview"))
		return false
	}
	if r.Method != http.MethodPost {
		return true
	}
	return s.carries(w, r, name == "import")
}

// carries reports whether a POST carries the secret of the run and a form, which is read
// then; one with files may be read part by part. It answers if not.
func (g guard) carries(w http.ResponseWriter, r *http.Request, parts bool) bool {
	if subtle.ConstantTimeCompare([]byte(r.Header.Get(tokenHeader)), []byte(g.run)) != 1 {
		g.answer(w, http.StatusForbidden, diag.Say("这个网页是上一次预览留下的，刷新以后再操作",
			"this page is of an earlier preview; reload it and try again"))
		return false
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if parts && kind == uploadType {
		return true // it is read part by part
	}
	if kind != formType && kind != "" {
		http.Error(w, http.StatusText(http.StatusUnsupportedMediaType), http.StatusUnsupportedMediaType)
		return false
	}
	err := r.ParseForm()
	if _, long := errors.AsType[*http.MaxBytesError](err); long {
		g.answer(w, http.StatusRequestEntityTooLarge, diag.Say("填的内容太长，写进文章里",
			"what was typed is too long; write it into the article"))
		return false
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
	}
	return err == nil
}

// mostBytes is how much a request for a path may hold besides its head, in bytes.
func mostBytes(name string) int64 {
	if name == own+"import" {
		return longestUpload
	}
	return longestForm
}

// formType is how forms are sent. Those with files are taken by the import alone: what
// reads them as forms puts them on the disk.
const formType = "application/x-www-form-urlencoded"

// inert are the kinds of files, or how they begin, that a browser runs nothing of
// where it shows them.
var inert = []string{"image/", "audio/", "video/", "font/", "text/plain", "text/css", "text/csv",
	"text/javascript", "application/json",
	"application/pdf", "application/zip", "application/octet-stream", "application/msword", "application/vnd."}

// contain sandboxes an answer of a kind that could run something: it runs nothing and
// belongs to no origin. PDF is left out, since browsers do not show one in a sandbox.
func contain(w http.ResponseWriter, kind string) {
	isInert := slices.ContainsFunc(inert, func(k string) bool { return strings.HasPrefix(kind, k) })
	if !isInert || strings.Contains(kind, "svg") || strings.Contains(kind, "+xml") {
		w.Header().Set("Content-Security-Policy", "sandbox")
	}
}

func (g guard) refuse(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Connection", "close") // strangers keep none
	w.WriteHeader(http.StatusForbidden)
	w.Write([]byte(diag.Say("预览只回答用它自己给出的网址来的请求。请用 qinglian serve 显示的网址打开。\n", //nolint:errcheck // the reader went away
		"The preview answers only to the address that it gave. Open the one that qinglian serve shows.\n",
	).In(g.lang)))
}

// local reports whether a request comes from this machine.
func local(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	return err == nil && net.ParseIP(host).IsLoopback()
}

func (g guard) answer(w http.ResponseWriter, status int, text diag.Text) {
	w.Header().Set("Content-Type", address.MediaType(".txt"))
	w.WriteHeader(status)
	w.Write([]byte(text.In(g.lang))) //nolint:errcheck // the reader went away
}

func (g guard) say(zh, en string) string { return diag.Text{ZH: zh, EN: en}.In(g.lang) }

// protect has browsers keep an answer to themselves.
func protect(h http.Header) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin") // without any, forms would come from the origin null
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// root is the path at which everything begins.
func (g guard) root() string {
	if g.token == "" {
		return "/"
	}
	return "/" + g.token + "/"
}
