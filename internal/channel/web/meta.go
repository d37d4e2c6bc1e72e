package web

import (
	"cmp"
	"html"
	"html/template"
	"net/url"
	"strings"
	"time"

	"qinglian/internal/build"
	"qinglian/internal/site"
	"qinglian/internal/view"
)

// Page tags follow the annex of 政府网站发展指引 (国办发〔2017〕47号): site tags
// on every page, column tags on the home page, columns and articles, content
// tags on articles. A tag without a value is left out.

// beijing is the zone of PubDate.
var beijing = time.FixedZone("CST", 8*3600)

// column is what the tags say of a column.
type column struct {
	name, description, kind string
	keywords                []string
}

// columnTypes are the types of columns that hold a built-in kind, from the
// open list of the annex; others are called by their title.
var columnTypes = map[string]string{"notice": "工作动态", "regulation": "政策文件", "page": "概况信息"}

func columnOf(s *site.Section) column {
	kind := s.Type
	if kind == "" {
		kind = columnTypes[s.Kind]
	}
	return column{s.Title, s.Description, kind, s.Keywords}
}

// head writes the head of a page. All that it writes is escaped here, by
// hand and once: with a template this took more time than all the rest of a page.
type head struct{ b []byte }

// meta writes a <meta>; one without content is left out.
func (h *head) meta(attribute, name, content string) {
	if content = strings.TrimSpace(content); content == "" {
		return
	}
	h.b = append(h.b, "<meta "...)
	h.b = append(h.b, attribute...)
	h.b = append(h.b, `="`...)
	h.b = append(h.b, name...)
	h.b = append(h.b, `" content="`...)
	h.b = append(h.b, html.EscapeString(content)...)
	h.b = append(h.b, "\">\n"...)
}

func (h *head) tag(name, content string) { h.meta("name", name, content) }

// link writes a <link> with the attributes given in pairs.
func (h *head) link(attributes ...string) {
	h.b = append(h.b, "<link"...)
	for i := 0; i < len(attributes); i += 2 {
		h.b = append(h.b, ' ')
		h.b = append(h.b, attributes[i]...)
		h.b = append(h.b, `="`...)
		h.b = append(h.b, html.EscapeString(attributes[i+1])...)
		h.b = append(h.b, '"')
	}
	h.b = append(h.b, ">\n"...)
}

// head is what programs read of a page.
func (c *composer) head(v *view.Page, p *plan) template.HTML {
	h := &head{b: make([]byte, 0, 4096)}
	g := c.site.Config
	h.tag("generator", build.Mark(g.ID))
	h.tag("description", v.Description)
	h.tag("SiteName", g.Title)
	h.tag("SiteDomain", c.host())
	h.tag("SiteIDCode", g.IDCode)
	picture := ""
	switch {
	case p.class == "missing":
	case p.article != nil:
		picture = c.articleTags(h, v, p.article)
	case p.class == "home":
		h.column(v, column{name: "首页", description: g.Description, kind: "首页", keywords: []string{g.Title}})
	case p.class == "section":
		h.column(v, columnOf(p.in))
	default:
		h.column(v, column{name: v.Title})
	}
	c.openGraph(h, v, picture)
	h.meta("itemprop", "description", v.Description)
	h.meta("itemprop", "image", picture)
	if v.Canonical != "" {
		h.link("rel", "canonical", "href", v.Canonical)
	}
	if g.BaseURL != "" {
		c.offer(h, v, p.in)
		c.linkedData(h, v, p, picture)
	}
	return template.HTML(h.b)
}

// offer names the feeds that a reader of the page may follow: those of its
// section, or all of the site's.
func (c *composer) offer(h *head, v *view.Page, in *site.Section) {
	g := c.site.Config
	for i, f := range site.Feeds("") {
		if (in == nil || i == 0) && c.site.HasNews(nil) {
			h.link("rel", "alternate", "type", f.Type, "title", g.Title, "href", v.Root+f.Path)
		}
	}
	if in != nil && c.site.HasNews(in) {
		f := site.Feeds(in.Name)[0]
		h.link("rel", "alternate", "type", f.Type, "title", g.Title+" "+in.Title, "href", v.Root+f.Path)
	}
}

func (c *composer) host() string {
	u, err := url.Parse(c.site.Config.BaseURL)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

func (h *head) column(v *view.Page, col column) {
	h.tag("ColumnName", col.name)
	h.tag("ColumnDescription", cmp.Or(col.description, v.Description, col.name))
	h.tag("ColumnKeywords", cmp.Or(strings.Join(col.keywords, ","), col.name))
	h.tag("ColumnType", cmp.Or(col.kind, col.name))
}

// articleTags gives an article the tags of its column and of its content, and
// returns the address of its picture. A page without a date is a column of its
// own.
func (c *composer) articleTags(h *head, v *view.Page, p *site.Page) (picture string) {
	if p.In != nil {
		h.column(v, columnOf(p.In))
	} else {
		h.column(v, column{name: p.Card.Title, kind: columnTypes["page"]})
	}
	if share := c.share(p); share != "" {
		picture = c.site.URL(share)
	}
	if p.Card.Date.IsZero() {
		return picture
	}
	h.tag("ArticleTitle", p.Card.Title)
	h.tag("PubDate", p.Card.Date.In(beijing).Format("2006-01-02 15:04"))
	h.tag("ContentSource", cmp.Or(p.Card.Source, c.site.Config.Footer.Organizer, c.site.Config.Title))
	h.tag("Keywords", strings.Join(p.Card.Tags, ","))
	h.tag("Author", cmp.Or(p.Card.Author, p.Card.Editor))
	h.tag("Description", p.Card.Summary)
	h.tag("Image", picture)
	h.tag("Url", v.Canonical)
	return picture
}

// openGraph is for what shows a card of a shared page (https://ogp.me). WeChat and
// QQ look for itemprop, too; a <meta> can't have both names.
func (c *composer) openGraph(h *head, v *view.Page, picture string) {
	kind := "website"
	if v.Article != nil {
		kind = "article"
	}
	h.meta("property", "og:type", kind)
	h.meta("property", "og:site_name", c.site.Config.Title)
	h.meta("property", "og:title", cmp.Or(v.Title, c.site.Config.Title))
	h.meta("property", "og:description", v.Description)
	h.meta("property", "og:url", v.Canonical)
	h.meta("property", "og:image", picture)
	if v.Article != nil {
		h.meta("property", "article:published_time", v.Article.Date.Machine)
		h.meta("property", "article:modified_time", v.Article.Updated.Machine)
	}
}

func (c *composer) linkedData(h *head, v *view.Page, p *plan, picture string) {
	g := c.site.Config
	switch {
	case p.class == "missing":
	case p.class == "home":
		h.data(schema{Type: "WebSite", Name: g.Title, URL: g.BaseURL, Description: g.Description, InLanguage: g.Language}, c.organization())
	case v.Article != nil:
		h.data(c.articleSchema(v, p.article, picture), c.trail(v))
	default:
		h.data(c.trail(v))
	}
}

func (c *composer) organization() schema {
	g := c.site.Config
	return schema{Type: "Organization", Name: cmp.Or(g.Footer.Organizer, g.Title), URL: g.BaseURL}
}

func (c *composer) articleSchema(v *view.Page, p *site.Page, picture string) schema {
	publisher := c.organization()
	author := schema{Type: "Person", Name: p.Card.Author}
	if author.Name == "" {
		author = schema{Type: "Organization", Name: cmp.Or(p.Card.Source, publisher.Name)}
	}
	return schema{Type: "Article", Headline: p.Card.Title, Description: p.Card.Summary, URL: v.Canonical, InLanguage: c.site.Config.Language,
		Image: picture, DatePublished: v.Article.Date.Machine, DateModified: cmp.Or(v.Article.Updated.Machine, v.Article.Date.Machine),
		Author: &author, Publisher: &publisher, Keywords: strings.Join(p.Card.Tags, ",")}
}

// trail is the way from the home page to a page, whose own title comes last.
func (c *composer) trail(v *view.Page) schema {
	list := schema{Type: "BreadcrumbList"}
	here, err := url.Parse(v.Canonical)
	for _, l := range v.Trail {
		to, bad := url.Parse(l.URL)
		if err != nil || bad != nil {
			continue
		}
		address := strings.TrimSuffix(here.ResolveReference(to).String(), "index.html")
		list.Elements = append(list.Elements, schema{Type: "ListItem", Position: len(list.Elements) + 1, Name: l.Title, Item: address})
	}
	list.Elements = append(list.Elements, schema{Type: "ListItem", Position: len(list.Elements) + 1, Name: v.Title, Item: v.Canonical})
	return list
}
