package web

import (
	"net/url"
	"strings"
	"time"

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

func tag(v *view.Page, name, content string) {
	if content = strings.TrimSpace(content); content != "" {
		v.Meta = append(v.Meta, view.Meta{Name: name, Content: content})
	}
}

func or(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// describe gives a page the tags of the site.
func (c *composer) describe(v *view.Page) {
	tag(v, "SiteName", c.site.Config.Title)
	tag(v, "SiteDomain", c.host())
	tag(v, "SiteIDCode", c.site.Config.IDCode)
}

func (c *composer) host() string {
	u, err := url.Parse(c.site.Config.BaseURL)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// describeColumn gives a page the tags of the site and of a column, and what
// others show of it.
func (c *composer) describeColumn(v *view.Page, col column) {
	c.describe(v)
	c.columnTags(v, col)
	c.openGraph(v, "website", "")
	if c.site.Config.BaseURL != "" {
		v.LinkedData = linked(c.trail(v, ""))
	}
}

func (c *composer) columnTags(v *view.Page, col column) {
	tag(v, "ColumnName", col.name)
	tag(v, "ColumnDescription", or(col.description, v.Description, col.name))
	tag(v, "ColumnKeywords", or(strings.Join(col.keywords, ","), col.name))
	tag(v, "ColumnType", or(col.kind, col.name))
}

func (c *composer) describeHome(v *view.Page) {
	g := c.site.Config
	c.describe(v)
	c.columnTags(v, column{name: "首页", description: g.Description, kind: "首页", keywords: []string{g.Title}})
	c.openGraph(v, "website", "")
	if g.BaseURL != "" {
		v.LinkedData = linked(schema{Type: "WebSite", Name: g.Title, URL: g.BaseURL, Description: g.Description, InLanguage: g.Language},
			c.organization())
	}
}

// describeArticle gives an article all three sets of tags. A page without a
// date and a source is a column of its own.
func (c *composer) describeArticle(v *view.Page, p *site.Page) {
	c.describe(v)
	if p.In != nil {
		c.columnTags(v, columnOf(p.In))
	} else {
		c.columnTags(v, column{name: p.Card.Title, kind: columnTypes["page"]})
	}
	picture := ""
	if cover := p.Cover(); cover != "" && c.site.Config.BaseURL != "" {
		picture = c.site.URL(cover)
	}
	if !p.Card.Date.IsZero() {
		tag(v, "ArticleTitle", p.Card.Title)
		tag(v, "PubDate", p.Card.Date.In(beijing).Format("2006-01-02 15:04"))
		tag(v, "ContentSource", or(p.Card.Source, c.site.Config.Footer.Organizer, c.site.Config.Title))
		tag(v, "Keywords", strings.Join(p.Card.Tags, ","))
		tag(v, "Author", or(p.Card.Author, p.Card.Editor))
		tag(v, "Description", p.Card.Summary)
		tag(v, "Image", picture)
		tag(v, "Url", v.Canonical)
	}
	c.openGraph(v, "article", picture)
	if c.site.Config.BaseURL != "" {
		v.LinkedData = linked(c.articleSchema(v, p, picture), c.trail(v, p.Card.Title))
	}
}

// openGraph is for what shows a card of a shared page (https://ogp.me).
func (c *composer) openGraph(v *view.Page, kind, picture string) {
	add := func(name, content string) {
		if content != "" {
			v.OpenGraph = append(v.OpenGraph, view.Meta{Name: name, Content: content})
		}
	}
	add("og:type", kind)
	add("og:site_name", c.site.Config.Title)
	add("og:title", or(v.Title, c.site.Config.Title))
	add("og:description", v.Description)
	add("og:url", v.Canonical)
	add("og:image", picture)
	if v.Article != nil {
		add("article:published_time", v.Article.Date.Machine)
		add("article:modified_time", v.Article.Updated.Machine)
	}
}

// schema is a thing as schema.org describes it; what is empty is left out.
type schema struct {
	Context       string   `json:"@context,omitempty"`
	Type          string   `json:"@type,omitempty"`
	Name          string   `json:"name,omitempty"`
	Headline      string   `json:"headline,omitempty"`
	Description   string   `json:"description,omitempty"`
	URL           string   `json:"url,omitempty"`
	InLanguage    string   `json:"inLanguage,omitempty"`
	Image         string   `json:"image,omitempty"`
	DatePublished string   `json:"datePublished,omitempty"`
	DateModified  string   `json:"dateModified,omitempty"`
	Author        *schema  `json:"author,omitempty"`
	Publisher     *schema  `json:"publisher,omitempty"`
	Keywords      string   `json:"keywords,omitempty"`
	Position      int      `json:"position,omitempty"`
	Item          string   `json:"item,omitempty"`
	Elements      []schema `json:"itemListElement,omitempty"`
	Graph         []schema `json:"@graph,omitempty"`
}

func linked(things ...schema) schema {
	return schema{Context: "https://schema.org", Graph: things}
}

func (c *composer) organization() schema {
	g := c.site.Config
	return schema{Type: "Organization", Name: or(g.Footer.Organizer, g.Title), URL: g.BaseURL}
}

func (c *composer) articleSchema(v *view.Page, p *site.Page, picture string) schema {
	publisher := c.organization()
	author := schema{Type: "Person", Name: p.Card.Author}
	if author.Name == "" {
		author = schema{Type: "Organization", Name: or(p.Card.Source, publisher.Name)}
	}
	return schema{Type: "Article", Headline: p.Card.Title, Description: p.Card.Summary, URL: v.Canonical, InLanguage: c.site.Config.Language,
		Image: picture, DatePublished: v.Article.Date.Machine, DateModified: or(v.Article.Updated.Machine, v.Article.Date.Machine),
		Author: &author, Publisher: &publisher, Keywords: strings.Join(p.Card.Tags, ",")}
}

// trail is the way from the home page to a page, whose own title comes last.
func (c *composer) trail(v *view.Page, title string) schema {
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
	list.Elements = append(list.Elements, schema{Type: "ListItem", Position: len(list.Elements) + 1, Name: or(title, v.Title), Item: v.Canonical})
	return list
}
