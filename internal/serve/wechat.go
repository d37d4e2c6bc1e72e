package serve

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"qinglian/internal/address"
	"qinglian/internal/channel/wechat"
	"qinglian/internal/diag"
	"qinglian/internal/site"
)

// press keeps the one article that was last made for WeChat: its page asks for
// each picture on its own.
type press struct {
	mu      *sync.Mutex
	preview *Preview
	page    string
	look    look
	article wechat.Article
}

// wechatArticle is what the page of WeChat shows.
type wechatArticle struct {
	Lang     string
	T        func(zh, en string) string
	Token    string       // of this run; empty where nothing may be kept
	Page     string       // published path
	Query    template.URL // asks for the page in its look
	Build    int
	Styles   []lookChoice
	Tones    []lookChoice
	Own      string   // a colour that is none of Tones
	Lines    []string // of config.toml that the look is not in yet
	Article  wechat.Article
	Counts   []count
	Findings []message
}

// count is how long something is, and how long it may be.
type count struct {
	Label     string
	Text      string
	Now, Most int
}

// article is the page at a path as an article of WeChat's, with its pictures, which
// are made once for all looks.
func (s *Server) article(p *Preview, name string, l look) (wechat.Article, error) {
	s.press.mu.Lock()
	defer s.press.mu.Unlock()
	known := s.press.preview == p && s.press.page == name
	if known && s.press.look == l {
		return s.press.article, nil
	}
	page := p.pageAt(name)
	if page == nil {
		return wechat.Article{}, errNoArticle
	}
	a, err := wechat.Of(l.of(p.snap.Site), page, p.snap.Theme.File)
	switch {
	case err != nil:
		return a, err
	case known:
		return s.press.article.Restyled(a), nil
	}
	if err = a.Load(p.read); err == nil {
		s.press.preview, s.press.page, s.press.look, s.press.article = p, name, l, a
	}
	return a, err
}

var errNoArticle = errors.New("no article")

// pageAt is the article at a published path; nil if there is none.
func (p *Preview) pageAt(name string) *site.Page {
	if p.snap.Site == nil || p.snap.Theme == nil {
		return nil
	}
	o, ok := p.snap.Find(name)
	if !ok {
		return nil
	}
	if page := p.article(o.Source); page != nil && page.Path == name && !page.Index {
		return page
	}
	return nil
}

// wechat answers with what an account's editor needs of a page: what is asked
// for is the page that shows it all, the fragment to copy, a frame that shows it
// as WeChat does, one of its pictures, or all of it as a zip.
func (s *Server) wechat(w http.ResponseWriter, r *http.Request, p *Preview, what string) {
	if p.snap.Site == nil {
		http.NotFound(w, r)
		return
	}
	if what == "/look" {
		s.choose(w, r, p)
		return
	}
	asked := r.URL.Query()
	name, now := asked.Get("page"), s.lookOf(p, asked)
	a, err := s.article(p, name, now)
	if problems := (diag.List{}); errors.As(err, &problems) {
		s.answer(w, http.StatusConflict, problems[0].Message)
		return
	} else if errors.Is(err, errNoArticle) {
		http.NotFound(w, r)
		return
	} else if err != nil {
		s.answer(w, http.StatusInternalServerError, machine(err).Message)
		return
	}
	h := w.Header()
	switch what {
	case "":
		s.wechatPage(w, r, p, a)
	case "/fragment":
		h.Set("Content-Type", address.MediaType(".txt"))
		fmt.Fprint(w, a.Fragment)
	case "/frame":
		fragment := a.WithPictures(func(p wechat.Picture) string {
			return "picture?page=" + template.URLQueryEscaper(name) + "&name=" + p.Name
		})
		class := "light"
		switch {
		case asked.Get("small") != "":
			fragment, class = looked(fragment), "small"
		case asked.Get("dark") != "":
			fragment, class = wechat.Dark(fragment), "dark"
		}
		h.Set("Content-Type", address.MediaType(".html"))
		h.Set("Content-Security-Policy", articlePolicy+"; script-src 'none'; frame-ancestors 'self'")
		fmt.Fprintf(w, framed, class, template.HTMLEscapeString(a.Title), fragment)
	case "/picture":
		b, ok := a.Named(asked.Get("name"))
		if !ok {
			http.NotFound(w, r)
			return
		}
		contain(w, setType(w, asked.Get("name")))
		w.Write(b) //nolint:errcheck // the reader went away
	case "/kit":
		kit, err := a.Kit()
		if err != nil {
			s.answer(w, http.StatusInternalServerError, machine(err).Message)
			return
		}
		h.Set("Content-Type", address.MediaType(".zip"))
		h.Set("Content-Disposition", `attachment; filename="`+strings.TrimSuffix(path.Base(name), ".html")+`.zip"`)
		w.Write(kit) //nolint:errcheck // the reader went away
	default:
		http.NotFound(w, r)
	}
}

// articlePolicy is what pages may load that show an article, whose styles are inline.
const articlePolicy = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'"

// framed is the page of an article in a frame: its class, title and text.
const framed = `<!DOCTYPE html><html lang="zh-CN" class="%s"><head><meta charset="utf-8">` +
	`<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">` +
	`<title>%s</title><link rel="stylesheet" href="../wechat-frame.css"></head><body>%s</body></html>`

// looked is a fragment that is only looked at: nothing in it can be reached with the
// keyboard, and no picture is loaded before it is in view.
func looked(fragment string) string {
	return strings.NewReplacer("<a href=", "<a data-href=", "<img ", `<img loading="lazy" `).Replace(fragment)
}

func (s *Server) wechatPage(w http.ResponseWriter, r *http.Request, p *Preview, a wechat.Article) {
	name, now := r.URL.Query().Get("page"), s.lookOf(p, r.URL.Query())
	v := wechatArticle{Lang: language(s.how.Lang), T: s.say, Token: s.given(r), Page: name, Build: p.Build, Article: a,
		//nolint:gosec // it is escaped
		Query: template.URL("page="+url.QueryEscape(name)+"&") + now.query(), Lines: now.lines(p.said())}
	v.Styles, v.Tones = s.looks(p, now)
	if !slices.ContainsFunc(v.Tones, func(c lookChoice) bool { return c.Chosen }) {
		v.Own = now.Color
	}
	for _, c := range a.Counts(p.snap.Site.Config.WeChat) {
		v.Counts = append(v.Counts, count{c.Said().In(s.how.Lang), c.Text, c.Size, c.Most})
	}
	for _, d := range slices.Concat(a.Findings, p.findings(p.pageAt(name))) {
		v.Findings = append(v.Findings, s.message(d))
	}
	var b bytes.Buffer
	if err := s.pages.all.ExecuteTemplate(&b, "wechat.html", v); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", address.MediaType(".html"))
	w.Header().Set("Content-Security-Policy", articlePolicy)
	w.Write(b.Bytes()) //nolint:errcheck // the reader went away
}
