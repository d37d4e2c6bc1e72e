// Package host turns what a server must know of a Site into text: which page stands for
// an address that leads nowhere, what its files are, how long a browser may keep them,
// which addresses have moved and where to, what is compressed.
//
// Some servers read that in the published folder. For them it is made with [Outputs],
// by `kind` of [host] in config.toml:
//
//	apache   .htaccess
//	iis      web.config
//	tomcat   WEB-INF/web.xml, WEB-INF/rewrite.config, META-INF/context.xml
//	pages    .nojekyll, without which GitHub Pages leaves files out
//
// Others are told by their administrators: [Text] is what to tell them, for any kind of
// server. It is the same that the files say; the templates of both are in servers/.
//
// What all say:
//
//   - Files whose name changes with what is in them ([address.Lasting]) may be kept for a year, all
//     others for five minutes ([shortly]); then the browser asks whether they have changed.
//   - An address that an article had before is answered with 301. The page that stands
//     there ([channel/web]) is for where no server can be told, a memory stick among them.
//   - Types of files are named ([types]), encodings are not: every page of ours names its
//     own, and an old page of static/ may be in GBK.
//   - No folder is listed, and no name that begins with a dot is served but .well-known/.
//   - nosniff, Referrer-Policy, and that only the site itself may show its pages in frames.
//     What pages may load they say themselves: the same said once more by the server would
//     hold for the pages of static/, too, which may have scripts of their own.
package host

import (
	"bytes"
	"embed"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"text/template"

	"qinglian/internal/address"
	"qinglian/internal/build"
	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/site"
)

//go:embed servers
var servers embed.FS

// How long files may be kept, in seconds.
const (
	year    = 365 * 24 * 60 * 60
	shortly = 5 * 60
)

const secondsOfDay = 24 * 60 * 60

// file is a file of the published folder that a kind of server reads.
type file struct{ path, template string }

// files are those of each kind. None for the kinds that read nothing there.
var files = map[string][]file{
	"apache": {{".htaccess", "apache-rules"}},
	"iis":    {{"web.config", "iis"}},
	"tomcat": {{"META-INF/context.xml", "tomcat-context"}, {"WEB-INF/rewrite.config", "tomcat-rewrite"},
		{"WEB-INF/web.xml", "tomcat-web"}},
	config.Pages: {{".nojekyll", "nojekyll"}},
}

// Kinds are the servers that there is a Text for.
var Kinds = []string{"apache", "caddy", "iis", "nginx", config.Pages, "tomcat"}

// Outputs are the files in the published folder that the site's host reads.
func Outputs(s *site.Site, engine digest.Digest) []build.Output {
	made := files[s.Config.Host.Kind]
	if len(made) == 0 {
		return nil
	}
	var outputs []build.Output
	v := view(s, diag.ZH)
	for _, f := range made {
		key := digest.New("host").Digest(engine).String(f.path, v.Mark, v.Base).Int(int64(v.HSTS))
		for _, m := range v.Moved {
			key.String(m.From, m.To)
		}
		outputs = append(outputs, build.Output{Path: f.path, Rank: build.Feed, Source: config.File + " [host]",
			Key: key.Sum(), Render: func(w io.Writer) error { return render(w, f.template, v) }})
	}
	return outputs
}

// Text is what the administrator of a kind of server is to tell it, one of Kinds, about
// a site whose published files are in a folder there.
func Text(kind string, s *site.Site, folder string, lang diag.Lang) (string, error) {
	v := view(s, lang)
	v.Folder = strings.TrimRight(strings.ReplaceAll(folder, `\`, "/"), "/")
	var b bytes.Buffer
	name := kind
	if kind == config.Pages {
		name = "workflow"
	}
	err := render(&b, name, v)
	return b.String(), err
}

func render(w io.Writer, name string, v server) error {
	t := template.New(name)
	t.Funcs(template.FuncMap{
		"quote": quote, "caddy": caddyQuote, "regexp": regexp.QuoteMeta, "xml": xmlText, "literal": literal,
		"indent": indent,
		"say":    func(zh, en string) string { return diag.Text{ZH: zh, EN: en}.In(v.lang) },
		"part": func(name string) (string, error) {
			var b strings.Builder
			err := t.ExecuteTemplate(&b, name, v)
			return b.String(), err
		},
	})
	if _, err := t.ParseFS(servers, "servers/*.tmpl"); err != nil {
		return err
	}
	return t.ExecuteTemplate(w, name, v)
}

// server is what the templates see.
type server struct {
	Title  string // the site's, on one line
	URL    string // its base_url; may be empty
	Mark   string
	Site   string // the part of base_url before the path, as Caddy names a site
	Name   string // of the machine; "" for any
	Port   string
	TLS    bool
	Base   string // the path of base_url as it is read, with a slash at both ends
	Link   string // the same as it is written in addresses
	Folder string
	Moved  []moved
	HSTS   int // seconds

	Lasting       string // a regular expression of paths below Base
	Year, Shortly int

	lang diag.Lang
}

// moved is an address that an article had, and the one that it has.
type moved struct{ From, To string }

// Outer is From as a folder's address, if it is that of a folder's page; else "".
func (m moved) Outer() string {
	outer, ok := strings.CutSuffix(m.From, "index.html")
	if !ok || outer != "" && !strings.HasSuffix(outer, "/") {
		return ""
	}
	return outer
}

func view(s *site.Site, lang diag.Lang) server {
	c := s.Config
	v := server{Title: remark(c.Title), URL: remark(c.BaseURL), Mark: build.Mark(c.ID), Site: ":80", Port: "80",
		Base: c.BasePath(), Moved: addresses(s), Lasting: address.LastingPattern, Year: year, Shortly: shortly,
		lang: lang}
	v.Link = written(v.Base)
	u, err := url.Parse(c.BaseURL)
	if err != nil || u.Host == "" {
		return v
	}
	v.Site = u.Scheme + "://" + u.Host
	v.Name, v.TLS = u.Hostname(), u.Scheme == "https"
	if v.TLS {
		v.Port, v.HSTS = "443", c.Host.HSTS*secondsOfDay
	}
	if u.Port() != "" {
		v.Port = u.Port()
	}
	return v
}

// addresses are all that articles had before, in their order.
func addresses(s *site.Site) (all []moved) {
	for _, page := range slices.Concat(s.Pages, s.Tombstones) {
		for _, alias := range page.Card.Aliases {
			if alias != page.Path {
				all = append(all, moved{alias, strings.TrimPrefix(s.URL(page.Path), s.Config.BaseURL)})
			}
		}
	}
	slices.SortFunc(all, func(a, b moved) int { return strings.Compare(a.From, b.From) })
	return all
}

// Bare is Base without its last slash.
func (v server) Bare() string { return strings.TrimSuffix(v.Base, "/") }

// LinkBare is Link without its last slash.
func (v server) LinkBare() string { return strings.TrimSuffix(v.Link, "/") }

// header is one that every answer has.
type header struct{ Name, Value string }

// Headers are those.
func (v server) Headers() []header {
	all := []header{
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "strict-origin-when-cross-origin"},
		{"X-Frame-Options", "SAMEORIGIN"},
		{"Content-Security-Policy", "frame-ancestors 'self'"},
	}
	if v.HSTS > 0 {
		all = append(all, header{"Strict-Transport-Security", "max-age=" + number(v.HSTS)})
	}
	return all
}
