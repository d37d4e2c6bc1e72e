// Package serve shows editors the site while they write it.
//
// A [Server] serves one [Preview], an immutable state of the site, and each
// request sees one: pages are rendered from it when they are asked for, so the
// time from a save to the page does not grow with the site. A [Maker] makes a
// Preview after each change and keeps what stands: a page with a mistake is
// shown as it last was, with the message of the command line over it.
//
// # Addresses
//
// The site stands at the root. What the preview adds to it stands in
// .preview/, which no site can have (names with a dot are not content):
//
//	.preview/preview.js, preview.css, form.js …    what the pages load
//	.preview/events?page=PATH    server-sent events: {"build": N, "go": PATH, "files": [PATH]}
//	.preview/line?page=PATH&near=TEXT    the line of a page's file that says TEXT
//	.preview/open    POST file=PATH, folder=PATH or published=1: opens it on this machine
//	.preview/new     a form that makes an article, and POST of it
//	.preview/import  a form that imports documents, and POST of documents and photos, or
//	                 of file=PATH, a document in content/: Location is what became of it
//	.preview/publish what publishing would change, and POST of it: seen=WHAT WAS SHOWN, with
//	                 back=1 if articles with errors are to wait
//	.preview/delivery how far a delivery is, and POST place=NAME, which begins one, or stop=1
//	.preview/page?file=PATH    leads to the page of an article, as soon as there is one
//	.preview/qr.png?page=PATH    the page's address for a phone, as a QR code
//	.preview/slip?page=PATH    the sheet on which an article is signed for, to print
//	.preview/wechat?page=PATH    the article for a WeChat account, to copy; below it are
//	                             fragment, frame (dark=1, small=1), picture (name=NAME) and
//	                             kit, each with style=NAME and color=#RRGGBB in another
//	                             look than the one that POST to look chose last
//
// Into each page of the theme, before </body>, goes one element, the bar, with the
// script that keeps the page current. Nothing of it is ever in an Output.
//
// # Who is answered
//
// Without a token only this machine is: the listener is the loopback's, and a
// request must name a Host that is this server's own (else a page elsewhere
// could have a name of its own lead here) and come from no other origin. With a
// token (--lan) every address begins with it, and other machines are answered
// too, but cannot open or write anything.
//
// What opens or writes must also carry, in the header X-Qinglian-Token, a secret of
// this run. Only a page of the theme, or the form, that this machine's browser shows
// in a tab of its own is given it, in its text; no address ever has it, so that
// localhost:1313 stays a bookmark. The forms are sent by script for its sake.
//
// What can run a script and is no page of the theme (in static/, say) is answered
// with Content-Security-Policy: sandbox: its scripts do not run, and its origin is
// none, so that it can read nothing and nothing it asks for is answered.
//
// Every response has the header X-Qinglian-Build, the number of the Preview.
package serve

import (
	"bytes"
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"qinglian/internal/address"
	"qinglian/internal/build"
	"qinglian/internal/diag"
	"qinglian/internal/source"
)

//go:embed assets
var assets embed.FS

// own is the folder of what the preview adds to the site.
const own = ".preview/"

// How is what a Server is given at its start.
type How struct {
	Lang    diag.Lang
	Hosts   []string     // with the port, that requests may name
	Token   string       // that every address begins with; "" without --lan
	Phone   string       // the address of the site for phones, or ""
	Site    *source.Site // where new articles are written
	Opener  Opener
	Memory  string                // the folder of the site for what may be lost
	Publish func(Order) Published // the code of the commands; nil if nothing is to be published from here
	Check   func() (Inspected, error)

	Carriage Carriage // of what was published; empty if it goes nowhere
}

// Server serves the latest Preview.
type Server struct {
	guard
	how    How
	latest atomic.Pointer[Preview]
	hub    hub
	pages  pages
	press  press

	importing  importing
	publishing publishing
	delivering delivering
}

// New is a server that has nothing to show yet: requests wait for [Server.Show].
func New(how How) (*Server, error) {
	p, err := parse()
	return &Server{guard: guard{how.Lang, how.Hosts, how.Token, rand.Text()}, how: how, hub: newHub(), pages: p,
		press: press{mu: &sync.Mutex{}}}, err
}

// Show serves a Preview from now on and sends the browsers its number. goTo is a page
// that they are to open, or "".
func (s *Server) Show(p *Preview, goTo string) {
	was := s.latest.Swap(p)
	s.hub.send(event{Build: p.Build, Go: goTo, Files: p.replaced(was)})
}

// Unwatched is the page of the article that was changed, if no browser has it
// open, or "". If several articles were changed at once, it was not an editor who
// saved one.
func (s *Server) Unwatched(p *Preview, changed []string) (path string) {
	for _, file := range changed {
		page := p.article(file)
		if page == nil || page.Path == "" {
			continue
		}
		if path != "" {
			return ""
		}
		path = page.Path
	}
	if s.hub.has(path) {
		return ""
	}
	return path
}

// ServeHTTP answers one request from one Preview.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p := s.latest.Load()
	if p == nil {
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return
	}
	h := w.Header()
	h.Set("X-Qinglian-Build", strconv.Itoa(p.Build))
	protect(h)
	name, ok := s.admit(r)
	r.Body = http.MaxBytesReader(w, r.Body, mostBytes(name))
	if !ok {
		s.refuse(w)
		return
	}
	if s.token != "" && r.URL.Path+"/" == s.root() { // links would lead out of it
		http.Redirect(w, r, s.root(), http.StatusFound)
		return
	}
	if inside, ok := strings.CutPrefix(name, own); ok {
		s.extra(w, r, p, inside)
		return
	}
	if allow(w, r, http.MethodGet, http.MethodHead) {
		s.output(w, r, p, name)
	}
}

// output answers with a file of the site.
func (s *Server) output(w http.ResponseWriter, r *http.Request, p *Preview, name string) {
	if name == "" || strings.HasSuffix(name, "/") {
		name += index
	}
	o, ok := p.snap.Find(name)
	if _, folder := p.snap.Find(name + "/" + index); !ok && folder {
		http.Redirect(w, r, path.Base(name)+"/", http.StatusFound)
		return
	}
	status := http.StatusOK
	if !ok {
		status = http.StatusNotFound
		o, ok = p.snap.Find(missing)
	}
	if !ok { // there is no site yet
		s.bare(w, r, p, name, http.StatusInternalServerError)
		return
	}
	var b bytes.Buffer
	if err := o.Render(&b); err != nil {
		s.bare(w, r, p.with(renderProblem(o, err)), name, http.StatusInternalServerError)
		return
	}
	kind := setType(w, o.Path)
	if o.Rank == build.Asset || !strings.HasPrefix(kind, "text/html") { // no page of the theme
		contain(w, kind)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b.Bytes()))
		return
	}
	html := b.Bytes()
	if o.Path == missing {
		html = s.relocate(html, p)
	}
	html, err := s.dress(html, r, p, name, o)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(html)))
	w.WriteHeader(status)
	w.Write(html) //nolint:errcheck // the reader went away
}

// relocate mends the links of 404.html, the one page whose links begin at the site's
// address: here they lead to this server.
func (s *Server) relocate(html []byte, p *Preview) []byte {
	return bytes.ReplaceAll(html, []byte(`="`+p.snap.Site.Config.BasePath()), []byte(`="`+s.root()))
}

const (
	index   = "index.html"
	missing = "404.html"
)

// contentType is the media type of a file; the system's is asked for last.
func contentType(name string) string {
	if t := address.MediaType(name); t != "" {
		return t
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}

// setType says what a file is.
func setType(w http.ResponseWriter, name string) (kind string) {
	kind = contentType(name)
	w.Header().Set("Content-Type", kind)
	return kind
}

// extra answers with what the preview adds.
func (s *Server) extra(w http.ResponseWriter, r *http.Request, p *Preview, name string) {
	methods := []string{http.MethodGet, http.MethodHead}
	switch name {
	case "open":
		methods = []string{http.MethodPost}
	case "new", "import", "publish", "delivery":
		methods = append(methods, http.MethodPost)
	case "wechat/look":
		methods = []string{http.MethodPost}
	}
	if !allow(w, r, methods...) || !s.writes(w, r, name) {
		return
	}
	asked := r.URL.Query()
	switch {
	case name == "events":
		s.events(w, r, p)
	case name == "line":
		fmt.Fprint(w, p.line(asked.Get("page"), asked.Get("near")))
	case name == "wechat", strings.HasPrefix(name, "wechat/"):
		s.wechat(w, r, p, strings.TrimPrefix(name, "wechat"))
	case name == "slip":
		s.slip(w, r, p, asked.Get("page"))
	case name == "qr.png" && s.how.Phone != "":
		s.qr(w, asked.Get("page"))
	case name == "open":
		s.open(w, r)
	case name == "new" && r.Method == http.MethodPost:
		s.create(w, r, p)
	case name == "new":
		s.form(w, r, p)
	case name == "import" && r.Method == http.MethodPost:
		s.takeIn(w, r, p)
	case name == "import":
		s.importForm(w, r, p)
	case name == "publish" && s.how.Publish != nil && r.Method == http.MethodPost:
		s.publish(w, r)
	case name == "publish" && s.how.Publish != nil:
		s.compare(w, r)
	case name == "delivery" && r.Method == http.MethodPost:
		s.deliver(w, r)
	case name == "delivery":
		s.showDelivery(w, r)
	case name == "page":
		s.page(w, r, asked.Get("file"))
	default:
		asset(w, r, name)
	}
}

// asset answers with what the pages of our own load.
func asset(w http.ResponseWriter, r *http.Request, name string) {
	b, err := fs.ReadFile(assets, path.Join("assets", name))
	if err != nil || path.Ext(name) == ".html" {
		http.NotFound(w, r)
		return
	}
	setType(w, name)
	w.Write(b) //nolint:errcheck // the reader went away
}

func renderProblem(o build.Output, err error) diag.Diagnostic {
	if l := (diag.List{}); errors.As(err, &l) {
		return l[0]
	}
	if m := (build.Machine{}); errors.As(err, &m) {
		return machine(m.Err)
	}
	return build.Problem(o, diag.Why(err))
}

// machine is the message about a failure that is not the writer's.
func machine(err error) diag.Diagnostic {
	return diag.Diagnostic{Rule: "machine", Severity: diag.Error,
		Message: diag.Say("机器出错：%s", "the machine failed: %s", err.Error()),
		Hint: diag.Say("看看文件是不是被别的程序打开着、有没有读取权限；会自动再试",
			"check whether another program holds the file and whether it may be read; it is tried again by itself")}
}
