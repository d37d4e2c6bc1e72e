package web

import (
	"cmp"
	"html"
	"html/template"
	"net/url"
	"strings"
	"time"

	"qinglian/internal/display"
	"qinglian/internal/site"
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
type head struct{ strings.Builder }

func (h *head) put(parts ...string) {
	for _, s := range parts {
		h.WriteString(s)
	}
}

// meta writes a <meta>; one without content is left out.
func (h *head) meta(attribute, name, content string) {
	if content = strings.TrimSpace(content); content == "" {
		return
	}
	h.put("<meta ", attribute, `="`, name, `" content="`, html.EscapeString(content), "\">\n")
}

func (h *head) tag(name, content string) { h.meta("name", name, content) }

// link writes a <link> with the attributes given in pairs.
func (h *head) link(attributes ...string) {
	h.put("<link")
	for i := 0; i < len(attributes); i += 2 {
		h.put(" ", attributes[i], `="`, html.EscapeString(attributes[i+1]), `"`)
	}
	h.put(">\n")
}

// put puts a column into one.
func (c column) put(s *display.Sink, to *column) {
	s.Text(&to.name, c.name)
	s.Text(&to.description, c.description)
	s.Text(&to.kind, c.kind)
	display.Each(s, &to.keywords, c.keywords, s.Text)
}

// feedOf puts the feed of a section, which may be nil.
func (p *Plan) feedOf(s *display.Sink, v *sheet, in *site.Section) {
	s.Bool(&v.tags.within, in != nil)
	if s.If(in != nil && p.site.HasNews(in)) {
		s.Text(&v.tags.feed.Title, in.Title)
		s.URL(&v.tags.feed.URL, site.Feeds(in.Name)[0].Path)
	}
}

// roomy is how long the head of most articles is, and more.
const roomy = 6 << 10

// head is what programs read of a page.
func (v *sheet) head() template.HTML {
	h := &head{}
	h.Grow(roomy)
	h.tag("generator", v.tags.mark)
	h.tag("description", v.Description)
	if v.Article != nil && v.Article.Withdrawn {
		h.tag("robots", "noindex")
	}
	h.tag("SiteName", v.Site.Title)
	h.tag("SiteDomain", v.tags.domain)
	h.tag("SiteIDCode", v.Site.IDCode)
	picture := v.tags.picture
	if picture != "" {
		picture = v.tags.baseURL + picture
	}
	if v.Class != missing {
		h.column(v)
	}
	if v.Article != nil {
		h.content(v, picture)
	}
	h.openGraph(v, picture)
	h.meta("itemprop", "description", v.Description)
	h.meta("itemprop", "image", picture)
	if v.Canonical != "" {
		h.link("rel", "canonical", "href", v.Canonical)
	}
	if v.tags.baseURL != "" {
		h.feeds(v)
		h.linkedData(v, picture)
	}
	return template.HTML(h.String())
}

// feeds names those that a reader of the page may follow: that of its section, or
// all of the site's.
func (h *head) feeds(v *sheet) {
	for i, f := range site.Feeds("") {
		if v.tags.news && (!v.tags.within || i == 0) {
			h.link("rel", "alternate", "type", f.Type, "title", v.Site.Title, "href", v.Root+f.Path)
		}
	}
	if feed := v.tags.feed; feed.URL != "" {
		h.link("rel", "alternate", "type", site.Feeds("")[0].Type, "title", v.Site.Title+" "+feed.Title, "href",
			feed.URL)
	}
}

func (h *head) column(v *sheet) {
	c := v.tags.column
	h.tag("ColumnName", c.name)
	h.tag("ColumnDescription", cmp.Or(c.description, v.Description, c.name))
	h.tag("ColumnKeywords", cmp.Or(strings.Join(c.keywords, ","), c.name))
	h.tag("ColumnType", cmp.Or(c.kind, c.name))
}

// content writes the tags of an article's content. A page without a date has none.
func (h *head) content(v *sheet, picture string) {
	if v.tags.published.IsZero() {
		return
	}
	h.tag("ArticleTitle", v.Article.Title)
	h.tag("PubDate", v.tags.published.In(beijing).Format("2006-01-02 15:04"))
	h.tag("ContentSource", cmp.Or(v.Article.Source, v.Site.Footer.Organizer, v.Site.Title))
	h.tag("Keywords", strings.Join(v.tags.keywords, ","))
	h.tag("Author", cmp.Or(v.Article.Author, v.Article.Editor))
	h.tag("Description", v.Description)
	h.tag("Image", picture)
	h.tag("Url", v.Canonical)
}

// openGraph is for what shows a card of a shared page (https://ogp.me). WeChat and
// QQ look for itemprop, too; a <meta> can't have both names.
func (h *head) openGraph(v *sheet, picture string) {
	kind := "website"
	if v.Article != nil {
		kind = "article"
	}
	h.meta("property", "og:type", kind)
	h.meta("property", "og:site_name", v.Site.Title)
	h.meta("property", "og:title", cmp.Or(v.Title, v.Site.Title))
	h.meta("property", "og:description", v.Description)
	h.meta("property", "og:url", v.Canonical)
	h.meta("property", "og:image", picture)
	if v.Article != nil {
		h.meta("property", "article:published_time", v.Article.Date.Machine)
		h.meta("property", "article:modified_time", v.Article.Updated.Machine)
	}
}

func (h *head) linkedData(v *sheet, picture string) {
	switch {
	case v.Class == missing:
	case v.Class == home:
		h.data(schema{Type: "WebSite", Name: v.Site.Title, URL: v.tags.baseURL, Description: v.Site.Description,
			InLanguage: v.Site.Language}, v.organization())
	case v.Article != nil:
		h.data(v.articleSchema(picture), v.trail())
	default:
		h.data(v.trail())
	}
}

func (v *sheet) organization() schema {
	return schema{Type: "Organization", Name: cmp.Or(v.Site.Footer.Organizer, v.Site.Title), URL: v.tags.baseURL}
}

func (v *sheet) articleSchema(picture string) schema {
	publisher := v.organization()
	author := schema{Type: "Person", Name: v.Article.Author}
	if author.Name == "" {
		author = schema{Type: "Organization", Name: cmp.Or(v.Article.Source, publisher.Name)}
	}
	return schema{Type: "Article", Headline: v.Title, Description: v.Description, URL: v.Canonical,
		InLanguage: v.Site.Language,
		Image:      picture, DatePublished: v.Article.Date.Machine,
		DateModified: cmp.Or(v.Article.Updated.Machine, v.Article.Date.Machine),
		Author:       &author, Publisher: &publisher, Keywords: strings.Join(v.tags.keywords, ",")}
}

// trail is the way from the home page to a page, whose own title comes last.
func (v *sheet) trail() schema {
	list := schema{Type: "BreadcrumbList"}
	here, err := url.Parse(v.Canonical)
	for _, l := range v.Trail {
		to, bad := url.Parse(l.URL)
		if err != nil || bad != nil {
			continue
		}
		address := strings.TrimSuffix(here.ResolveReference(to).String(), "index.html")
		list.Elements = append(list.Elements,
			schema{Type: "ListItem", Position: len(list.Elements) + 1, Name: l.Title, Item: address})
	}
	list.Elements = append(list.Elements,
		schema{Type: "ListItem", Position: len(list.Elements) + 1, Name: v.Title, Item: v.Canonical})
	return list
}
