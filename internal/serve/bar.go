package serve

import (
	"bytes"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"qinglian/internal/address"
	"qinglian/internal/build"
	"qinglian/internal/desk"
	"qinglian/internal/diag"
	"qinglian/internal/markdown"
)

// pages are what the preview shows of its own.
type pages struct{ all *template.Template }

func parse() (pages, error) {
	t, err := template.ParseFS(assets, "assets/*.html")
	return pages{t}, err
}

// bar is what goes into each page.
type bar struct {
	Lang   string
	T      func(zh, en string) string
	Root   string // from the page to the site's root
	Own    string // from the page to what the preview adds
	Page   string // published path
	Build  int
	Token  string // of the run, or ""
	Key    string
	File   string
	Words  int
	Unseen string
	Form   []string // what was decided about the text's form without being asked
	Over   []message
	Found  []message // the other messages about this file
	Away   []link    // pages elsewhere that have errors
	Held   []link    // articles that readers don't see yet, or no more
	Marks  []Mark
	Phone  string
	Folder string
	Opens  bool // it is this machine that asks: files can be opened

	Publishes bool // the site can be published from here
	Section   string
	WeChat    bool // it is an article that WeChat can have
	Lying     int  // documents in content/ that could be imported
	Drop      drop
}

// message is a diagnostic as the command line gives it.
type message struct {
	Severity string
	Text     string
	File     string // to open, or ""
	Line     string // "第 7 行", or ""
}

type link struct{ Title, URL string }

// dress puts the bar into a page.
func (s *Server) dress(html []byte, r *http.Request, p *Preview, name string, o build.Output) ([]byte, error) {
	var b bytes.Buffer
	if err := s.pages.all.ExecuteTemplate(&b, "bar.html", s.bar(r, p, name, o)); err != nil {
		return nil, err
	}
	at := bytes.LastIndex(html, []byte("</body>"))
	if at < 0 {
		at = len(html)
	}
	out := make([]byte, 0, len(html)+b.Len())
	out = append(out, html[:at]...)
	out = append(out, b.Bytes()...)
	return append(out, html[at:]...), nil
}

func (s *Server) bar(r *http.Request, p *Preview, name string, o build.Output) bar {
	root := address.Root(name)
	if o.Path == missing {
		root = s.root()
	}
	if root == "" {
		root = "./"
	}
	b := bar{Lang: language(s.how.Lang), T: s.say, Root: root, Own: root + own, Page: name, Build: p.Build,
		Token: s.given(r), Key: o.Key.String(), Opens: local(r), Marks: p.marks(s.how.Lang),
		Publishes: s.how.Publish != nil}
	if s.how.Phone != "" {
		b.Phone = s.how.Phone + strings.TrimSuffix(name, index)
	}
	for i, d := range p.over(name) {
		if i > 0 && b.Over[i-1].File == d.File {
			b.Over[i-1].File = "" // one button opens it
		}
		b.Over = append(b.Over, s.message(d))
	}
	for _, d := range p.problems(name) {
		if d.Severity != diag.Error {
			b.Found = append(b.Found, s.message(d))
		}
	}
	for _, m := range p.elsewhere(name) {
		b.Away = append(b.Away, link{m.Text, root + m.Path})
	}
	for _, m := range p.held(s.how.Lang) {
		l := link{Title: m.Text}
		if m.Path != "" {
			l.URL = root + m.Path
		}
		b.Held = append(b.Held, l)
	}
	b.Lying = len(p.lying())
	page := p.article(o.Source)
	if page == nil {
		b.Section = sectionAt(p, name)
		b.Drop = s.dropped(p, b.Section)
		return b
	}
	b.File, b.Words, b.Unseen = page.Doc.Path, words(page.Body()), p.unseen(page).In(s.how.Lang)
	b.Folder = b.File[:strings.LastIndexByte(b.File, '/')]
	b.Section = desk.PlaceOf(page.Doc)
	for _, d := range p.findings(page) {
		b.Found = append(b.Found, s.message(d))
	}
	b.Form = s.recognised(page.Doc.Recognised)
	b.WeChat = p.pageAt(name) != nil
	b.Drop = s.dropped(p, b.Section)
	return b
}

// recognised is what was decided about an article's form without being asked, and how
// its writer decides otherwise.
func (s *Server) recognised(r markdown.Recognised) []string {
	var out []string
	add := func(is bool, text diag.Text) {
		if is {
			out = append(out, text.In(s.how.Lang))
		}
	}
	add(r.Kept > 0, diag.Say("%d 段里的换行照样分行；要连成一段，在文章开头写“换行: join”",
		"the line breaks of %d blocks show; to join their lines, write \"enter: join\" in the front matter", r.Kept))
	add(r.Joined > 0, diag.Say("%d 段里的换行连成了一段；要照样分行，在文章开头写“换行: keep”",
		"the lines of %d blocks were joined; to show their line breaks, write \"enter: keep\" in the front matter",
		r.Joined))
	add(r.Salutation, diag.Say("认出了开头的称谓，不缩进；不是称谓，写“落款: false”",
		"the first line was taken for a salutation; if it is none, write \"signature: false\""))
	add(r.Signature, diag.Say("认出了文末的落款，靠右排；不是落款，写“落款: false”",
		"the last lines were taken for a signature; if they are none, write \"signature: false\""))
	return out
}

func language(l diag.Lang) string {
	if l == diag.EN {
		return "en"
	}
	return "zh-CN"
}

func (s *Server) message(d diag.Diagnostic) message {
	var b strings.Builder
	d.Write(&b, s.how.Lang) //nolint:errcheck // a Builder never fails
	line := ""
	if d.Line > 0 {
		line = diag.Say("第 %d 行", "line %d", d.Line).In(s.how.Lang)
	}
	return message{d.Severity.String(), b.String(), d.File, line}
}

// bare answers with a page that has nothing but what is wrong.
func (s *Server) bare(w http.ResponseWriter, r *http.Request, p *Preview, name string, status int) {
	var b bytes.Buffer
	err := s.pages.all.ExecuteTemplate(&b, "bare.html", s.bar(r, p, name, build.Output{}))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	html, err := s.dress(b.Bytes(), r, p, name, build.Output{})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", address.MediaType(".html"))
	w.Header().Set("Content-Length", strconv.Itoa(len(html)))
	w.WriteHeader(status)
	w.Write(html) //nolint:errcheck // the reader went away
}
