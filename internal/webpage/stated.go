package webpage

import (
	"strings"
	"time"

	"qinglian/internal/diag"
	"qinglian/internal/manuscript"
	"qinglian/internal/pattern"
)

// state fills in what the page says of its article outside of it.
func (r *reader) state(page, article *node) {
	s := stated{reader: r, page: page, article: article, all: map[string]manuscript.Finding{}}
	s.title()
	s.elements()
	s.metas()
	s.beside()
	r.out.Stated = s.all
}

type stated struct {
	*reader
	page, article *node
	all           map[string]manuscript.Finding
}

// set fills in a field that nothing surer has filled in.
func (s *stated) set(field, text string, doubt diag.Text) bool {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" || s.all[field].Text != "" || len(text) > 1<<10 {
		return false
	}
	s.all[field] = manuscript.Finding{Text: text, Doubt: doubt}
	return true
}

// shown fills in what an element of the page shows; that is not listed besides.
func (s *stated) shown(field string, n *node, doubt diag.Text) {
	if n != nil && s.set(field, said(n), doubt) {
		s.used[n] = true
	}
}

func (s *stated) find(by string) *node {
	return s.page.first(func(n *node) bool { return n.named(by) })
}

func (s *stated) meta(names ...string) string {
	for _, name := range names {
		n := s.page.first(func(n *node) bool {
			called := strings.EqualFold(n.attr("name"), name) || strings.EqualFold(n.attr("property"), name)
			return n.name == "meta" && called
		})
		if n != nil && strings.TrimSpace(n.attr("content")) != "" {
			return n.attr("content")
		}
	}
	return ""
}

// title: WeChat's, the heading of the page that its window's title has too, what public
// bodies state as ArticleTitle, and in the end the window's title.
func (s *stated) title() {
	s.shown("title", s.find("#activity-name"), diag.Text{})
	window := ""
	if n := s.page.first(func(n *node) bool { return n.name == "title" && len(n.children) > 0 }); n != nil {
		window = strings.Join(strings.Fields(n.children[0].text), " ")
	}
	known := manuscript.Letters(window + s.meta("ArticleTitle"))
	same := func(n *node) bool {
		words := manuscript.Letters(said(n))
		return n.name == "h1" && words != "" && strings.Contains(known, words)
	}
	s.heading(s.page.first(same), diag.Text{})
	s.set("title", s.meta("ArticleTitle"), diag.Text{})
	s.heading(s.page.first(func(n *node) bool { return n.name == "h1" }),
		diag.Say("网页上的大标题", "the large heading of the page"))
	s.set("title", s.meta("og:title"), diag.Say("网页自己说的标题", "the title that the page states"))
	s.set("title", cut(window), diag.Say("浏览器窗口的标题，可能带着网站名",
		"the title of the browser's window, which may have the site's name in it"))
}

// heading takes a heading for the title. In the article it is a block that is taken out.
func (s *stated) heading(n *node, doubt diag.Text) {
	if n == nil || s.all["title"].Text != "" {
		return
	}
	if s.article.first(func(c *node) bool { return c == n }) != nil {
		s.set("title", said(n), doubt)
		return
	}
	s.shown("title", n, doubt)
}

// cut is a window's title without the site's name, which stands behind a sign.
func cut(window string) string {
	for _, sign := range []string{"_", " - ", "-", "|", "——"} {
		if before, _, ok := strings.Cut(window, sign); ok && len(strings.TrimSpace(before)) > 0 {
			return before
		}
	}
	return window
}

// elements are those of WeChat: the account, the author, the time.
func (s *stated) elements() {
	s.shown("source", s.find("#js_name"), diag.Text{})
	s.shown("author", s.find("#js_author_name"), diag.Text{})
	if n := s.find("#publish_time"); n != nil && s.set("date", moment(said(n)), diag.Text{}) {
		s.used[n] = strings.Trim(dated().ReplaceAllString(said(n), ""), " \n") == ""
	}
}

// metas are what pages of public bodies have to state in their heads.
func (s *stated) metas() {
	s.set("date", moment(s.meta("PubDate", "article:published_time")), diag.Text{})
	s.set("source", s.meta("ContentSource"), diag.Text{})
	if s.find(wechat) == nil {
		s.set("author", s.meta("Author"), diag.Say("网页自己说的作者", "the author that the page states"))
	}
}

var (
	published = pattern.Of(`(?:时间|日期)[\s\pZ]*[：:][\s\pZ]*` +
		`([0-9]{4}\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]\s*[0-9]{1,2}日?(?:\s+[0-9]{1,2}:[0-9]{2})?)`)
	origin = pattern.Of(`来源[\s\pZ]*[：:][\s\pZ]*([^\s\pZ：:|｜【】\[\]]{2,30})`)
)

// beside finds the line under the title: 发布时间：2026-10-01 来源：清源县纪委监委.
func (s *stated) beside() {
	var around strings.Builder
	o := outside{reader: &reader{used: s.used}, article: s.article}
	o.read(s.page)
	o.list()
	for _, left := range o.out.Left {
		around.WriteString(left.Text + "\n")
	}
	doubt := diag.Say("写在网页的正文外面", "it stands on the page outside of the article")
	if found := published().FindStringSubmatch(around.String()); found != nil {
		s.set("date", moment(found[1]), doubt)
	}
	if found := origin().FindStringSubmatch(around.String()); found != nil {
		s.set("source", found[1], doubt)
	}
}

// dated is a day as pages write it, and a time.
var dated = pattern.Of(`([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?` +
	`(?:[T\s]*([0-9]{1,2}):([0-9]{2}))?`)

// moment is the first day in a text, with its time, as front matter has it.
func moment(text string) string {
	found := dated().FindStringSubmatch(text)
	if found == nil {
		return ""
	}
	day := strings.Join(found[1:4], "-")
	if at, err := time.Parse("2006-1-2 15:04", day+" "+found[4]+":"+found[5]); err == nil {
		return at.Format("2006-01-02 15:04")
	}
	at, err := time.Parse("2006-1-2", day)
	if err != nil {
		return "" // a day that there is not
	}
	return at.Format(time.DateOnly)
}
