package wechat

import (
	"cmp"
	"html"
	"strconv"
	"strings"

	nethtml "golang.org/x/net/html"

	"qinglian/internal/display"
	"qinglian/internal/markdown"
	"qinglian/internal/site"
	"qinglian/internal/view"
)

// use is a directive of the text with where its arguments lead.
type use struct {
	markdown.Directive
	page *site.Page
}

func (u use) text(key string) string {
	for _, a := range u.Args {
		if a.Key == key {
			return a.Value
		}
	}
	return ""
}

// target is where an argument leads on the site; ok is false if nowhere.
func (u use) target(key string) (t site.Target, ok bool) {
	for _, a := range u.Args {
		if a.Key == key && a.Ref >= 0 {
			t = u.page.Targets[a.Ref]
			return t, t.State == site.Found
		}
	}
	return t, false
}

// directive writes a directive in the form that WeChat has for it. One that a
// theme added is its title and what it encloses.
func (w *writer) directive(n *nethtml.Node) {
	i, err := strconv.Atoi(attribute(n, "n"))
	if err != nil || i >= len(w.directives) {
		return
	}
	u := use{w.directives[i], w.page}
	inner := children(n)
	write, ok := w.forms()[u.Name]
	if !ok { // a theme's own
		write = w.titled
	}
	write(u, inner)
}

// forms is how each of the directives is written that every theme shows.
func (w *writer) forms() map[string]func(use, []*nethtml.Node) {
	return map[string]func(use, []*nethtml.Node){
		"callout": w.callout, "gallery": w.gallery, "video": w.media, "audio": w.media, "attachment": w.attachment,
		"stats": w.figures, "timeline": w.titled, "compare": w.compare, "quote": w.quoted, "longpic": w.longPicture,
		"quiz": w.titled, "card": w.card,
	}
}

func (w *writer) titled(u use, inner []*nethtml.Node) {
	w.title(u.text("title"))
	w.blocks(inner)
}

func (w *writer) callout(u use, inner []*nethtml.Node) {
	kind, role := u.text("type"), "box"
	if kind == "warning" || kind == "important" {
		role = "warning"
	}
	w.boxIn(role, cmp.Or(u.text("title"), calloutTitles[kind], "提示"), inner)
}

func (w *writer) quoted(u use, inner []*nethtml.Node) {
	w.quote(inner)
	if from := u.text("from"); from != "" {
		w.text("p", "caption", "——"+from)
	}
}

func (w *writer) figures(u use, inner []*nethtml.Node) {
	w.title(u.text("title"))
	w.stats(inner)
}

func (w *writer) gallery(u use, inner []*nethtml.Node) {
	columns, _ := strconv.Atoi(u.text("columns"))
	if cells[columns] == "" {
		columns = 2 // as the page on a phone
	}
	w.beside(inner, columns)
	if title := u.text("title"); title != "" {
		w.text("p", "caption", title)
	}
}

func (w *writer) longPicture(u use, inner []*nethtml.Node) {
	if t, ok := u.target("src"); ok && t.File != nil {
		w.shown(t.File, u.text("caption"))
	}
	w.box("图中文字", inner)
}

// calloutTitles are what callouts without a title are called, by their type.
var calloutTitles = map[string]string{"tip": "小贴士", "warning": "注意", "important": "重要"}

func (w *writer) title(text string) {
	if text != "" {
		w.text("p", "h4", text)
	}
}

// box is what stands out of the text.
func (w *writer) box(title string, inner []*nethtml.Node) { w.boxIn("box", title, inner) }

func (w *writer) boxIn(role, title string, inner []*nethtml.Node) {
	w.open("section", role)
	w.text("p", role+"-title", title)
	w.blocksIn(inner, "box-text")
	w.close("section")
}

// compare writes two boxes, divided by the rule that stands between them.
func (w *writer) compare(u use, inner []*nethtml.Node) {
	w.title(u.text("title"))
	titles := []string{cmp.Or(u.text("before"), "之前"), cmp.Or(u.text("after"), "之后")}
	for side := 0; side < len(titles); side++ {
		end := len(inner)
		for i, n := range inner {
			if n.Data == "hr" && side == 0 {
				end = i
				break
			}
		}
		if end > 0 {
			w.box(titles[side], inner[:end])
		}
		inner = inner[min(end+1, len(inner)):]
	}
}

// stats writes each item of a list as its figure with what it says.
func (w *writer) stats(nodes []*nethtml.Node) {
	for _, list := range nodes {
		if list.Data != "ul" && list.Data != "ol" {
			w.blocks([]*nethtml.Node{list})
			continue
		}
		for item := range list.ChildNodes() {
			if item.Data != "li" {
				continue
			}
			figure, rest := "", []*nethtml.Node{}
			for _, c := range children(item) {
				if figure == "" && c.Data == "strong" {
					figure = words(c)
				} else {
					c.Data = strings.TrimLeft(c.Data, " ")
					rest = append(rest, c)
				}
			}
			w.open("section", "box")
			w.text("p", "number", figure)
			w.open("p", "label")
			w.inlines(rest)
			w.close("p")
			w.close("section")
		}
	}
}

// media is a picture that says what there is, and how to get to the page.
func (w *writer) media(u use, inner []*nethtml.Node) {
	kind := map[string]string{"video": "视频", "audio": "音频"}[u.Name]
	if t, ok := u.target("poster"); ok && t.File != nil {
		w.shown(t.File, "")
	}
	if title := u.text("title"); title != "" {
		kind += "：" + title
	}
	w.played(kind, recorded[u.Name])
	w.blocks(inner)
}

// attachment: a file of the site's is loaded from the page.
func (w *writer) attachment(u use, _ []*nethtml.Node) {
	name, href := u.text("title"), u.text("file")
	w.open("p", "paragraph")
	w.write("附件：")
	if t, ok := u.target("file"); ok {
		var l view.Link
		w.display.Target(display.Through(""), &l, t, t.Path)
		l.Title = cmp.Or(name, l.Title)
		w.write(html.EscapeString(fileNamed(l)))
		if w.article.SourceURL != "" {
			w.write("（点“阅读原文”下载）")
		}
	} else {
		name = cmp.Or(name, href)
		w.linkedText(name, w.lead(href))
	}
	w.close("p")
}

func (w *writer) card(u use, _ []*nethtml.Node) {
	t, ok := u.target("to")
	if !ok || t.Page == nil {
		return
	}
	w.open("section", "box")
	w.open("p", "box-title")
	w.linkedText(cmp.Or(u.text("title"), t.Page.Card.Title), w.leadTo(t.Path))
	w.close("p")
	if t.Page.Card.Summary != "" {
		w.text("p", "box-text", t.Page.Card.Summary)
	}
	w.close("section")
}

// ending says who the article is from, and where more is.
func (w *writer) ending(v *view.Article) {
	kind := w.site.Config.Kinds[v.Kind]
	var lines []string
	if w.article.AI != "" {
		lines = append(lines, html.EscapeString(w.article.AI))
	}
	for _, line := range []struct{ key, text string }{
		{"source", v.Source}, {"author", v.Author}, {"editor", v.Editor}, {"tags", titles(v.Tags)},
	} {
		if field, _ := kind.Field(line.key); line.text != "" {
			lines = append(lines, html.EscapeString(field.Label+"："+line.text))
		}
	}
	if w.article.SourceURL != "" {
		lines = append(lines, "点“阅读原文”，看网页版")
	}
	if lines != nil {
		w.open("p", "ending")
		w.write(strings.Join(lines, "<br>"))
		w.close("p")
	}
}

func titles(links []view.Link) string {
	var all []string
	for _, l := range links {
		all = append(all, l.Title)
	}
	return strings.Join(all, "、")
}
