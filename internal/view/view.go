// Package view is the theme manual: the plain data that a template may see. The
// manual's page docs/view.md is made of the comments below and of zh.txt, which
// says the same in Chinese; a test names what either lacks.
//
// Every layout is executed with one [Page]. Nothing in it reaches the site,
// the disk, the clock or a global: what a page shows is here, or it is not
// shown. A field that does not exist is an error when the theme loads, with
// the template's file and line.
//
// # Layouts
//
// A theme has layouts/base.html, the frame of every page, and one file per
// class of page that defines the template "main":
//
//	layout     class      filled in
//	home       home       Groups, Prose
//	section    section    List, Prose, Name, Kind, Also
//	page       article    Article
//	terms      terms      Taxonomies (one), Prose
//	term       term       Term, List, Prose, Name
//	404        missing    –
//	withdrawn  article    Article; may be left out: then page shows it
//	sitemap    map        Groups without Cards, Taxonomies of Terms without Cover, Oldest
//	                      and Newest, Singles; may be left out
//	search     search     –; may be left out: then nothing is searched
//
// An article is shown by the layout that its front matter names, else by that
// of its kind (layouts/model-site.html), else by page. A term is shown by the
// layout that its own text names, else by that of its taxonomy
// (layouts/topics.html), else by term. Each file in partials/ is a template
// named after it: {{template "card" .}} for partials/card.html.
//
// The head of every page says what it may load, {{.Site.Policy}}, and must show
// {{.Head}}: page tags, what chat programs (some of them want <html itemscope>) and
// search engines read, feeds and the canonical address, made by the program so
// that no theme can leave them out.
//
// {{img .Cover "(min-width: 60em) 20em, 100vw"}} is the <img> of a Picture, with
// the files of which browsers choose by how wide it is shown; leadimg is one that
// is loaded at once, for the first of a page.
//
// {{qr .Canonical "alt"}} is the <img> of an address as a QR code, 264 pixels wide
// or more; put {{if}} around it, since without a base_url there is no address.
//
// What many pages show alike is made once: {{frame "header" .}} shows a partial
// that sees nothing but the page's [Frame], {{card "item" .}} one that sees
// nothing but a [Card].
//
// # theme.toml
//
// What a layout wants beyond its own page it declares, by name:
//
//	[layouts.home]
//	terms = ["categories"]                     taxonomies, in Taxonomies
//	data  = ["honours"]                        data/honours.toml, .yaml, .json or .csv, in Data
//	[layouts.home.lists]                       articles, in Lists
//	recent = { section = "examples", count = 5 }
//	due    = { kind = "task", sort = "deadline" }
//
// A list takes all articles of a section or of a kind, newest first or by a
// field; count 0 is all of them. A list may be divided by fields of its kind:
// what it counts is then in Counts under the list's name, in this order. A date
// divides by its year, a table's column by what it says in its Newest row:
//
//	sites = { kind = "model-site", by = ["category", "named_date", "stars.count"] }
//
//	{{range .Counts.sites}}{{.Label}}：{{range .Parts}}{{.Title}} {{len .Cards}}{{end}}{{end}}
//
// Further files of the site are outputs, each with a layout (.html) or a template
// in outputs/ (.json, .csv, .xml, .txt):
//
//	[outputs."ledger.html"]
//	layout = "ledger"   title = "台账"   description = "……"   lists = { tasks = { kind = "task" } }
//	[outputs."showcase.json"]                  made by outputs/showcase.json
//	lists = { sites = { kind = "model-site" } }
//
// How pictures are shown is said once for the theme:
//
//	[pictures]
//	cover = "8:5"                              the form of covers in cards: they are cut to it
//	sizes = "(min-width: 52em) 44em, 100vw"    how wide the text shows a picture
//
// An output whose lists are all empty is left out. What a template of JSON, CSV
// or XML prints is quoted for that format.
//
// # Directives
//
// directives/NAME.html shows :::NAME{…} … ::: and ::NAME{…} of an article's text.
// It is executed with one [Directive]. A theme has one for each of the built-in
// directives that its site's articles use; its own it declares:
//
//	[directives.map]
//	label = "地图"        its Chinese name, which may be typed as well
//	body  = "may"         "must": it encloses text; "quiz": questions; left out: it is one line
//	data  = ["places"]    tables of data/, in Data
//	args  = [{ key = "src", label = "文件", kind = "picture", required = true }]
//
// An argument's kind is picture, link (an article, a file or an address
// elsewhere) or article; left out, it is a text, of choices if there are any.
//
// # Fields of kinds
//
// What a kind's own fields say is read with Field, by key; the manual lists the
// kinds and their fields. A key that no kind has is an error when the theme
// loads.
//
//	{{with .Article.Field "brand"}}{{.Label}}：{{.Text}}{{end}}
//	{{with .Article.Field "stars"}}{{range .Rows}}{{(.Field "year").Text}}{{end}}{{end}}
//
// # Functions
//
//	contents .Contents   a list of links to an article's headings
//	asset "lotus.css"    the address of a file in assets/, from the site's root;
//	                     {{.Root}}{{asset "lotus.css"}} is the link to it; a folder
//	                     of that name is published as one file, joined by name
//
// Directives have asset, img, leadimg and qr as well.
//
// # Addresses
//
// Every URL is relative to the page that shows it, so that a site works under
// any sub-path and from a memory stick. Canonical, parts of Head and the links of
// the page "missing" are the exceptions: they need the site's base_url.
package view

import "html/template"

// Page is what a layout is executed with.
type Page struct {
	Class       string // home, section, article, terms, term, map, search, output or missing
	Title       string // without the site's title
	Description string // one sentence; may be empty
	Canonical   string // absolute address; empty without a base_url
	Head        template.HTML
	*Frame
	Trail      []Link // breadcrumbs: home first, this page left out
	Name       string // of the section or taxonomy: its folder
	Kind       string // of the section's articles
	Prose      template.HTML
	AI         string // the line about AI's part in Prose, which must be shown; may be empty
	Article    *Article
	List       *List
	Term       *Term
	Groups     []Group
	Taxonomies []Taxonomy
	Singles    []Link // pages outside of sections
	Also       []Link // outputs that show the section's kind
	Lists      map[string][]*Card
	Counts     map[string][]Count // of the lists that are divided by fields
	Data       map[string]any
}

// Frame is what a page shows around its content. Many pages share one.
type Frame struct {
	Root  string // from the page to the site's root: "", "../" …
	Home  string // address of the home page
	First bool   // the page is the home page
	Site  Site
	Menu  []Link
}

// Site is what is the same on every page.
type Site struct {
	Title       string
	Description string
	Language    string // BCP 47
	Tone        string // of colours: qing, red or blue
	Domain      string // of a public body's site, which shows it at the head; may be empty
	IDCode      string // 网站标识码; may be empty
	Search      bool   // there is a search.html
	Brand       Brand
	Policy      string // what pages may load, for <meta http-equiv="Content-Security-Policy">
	Footer      Footer
	Marks       []Mark // of a public body: the last belongs at the bottom, in the middle
}

// Brand is the owner's own look; empty parts are the theme's.
type Brand struct {
	Logo    *Picture
	Favicon string   // address of the file
	Light   string   // address of a style sheet that sets the colours of Tone, of the owner's own
	Dark    string   // and of its dark ones
	Hero    *Picture // at the head of the home page
	Motto   string   // the sentence there
	Columns []Column // at the foot
}

// Column is some links under a title.
type Column struct {
	Title string
	Links []Link
}

// Mark is what a public body must show and gets from elsewhere: a picture that
// is a link, else HTML.
type Mark struct {
	Title   string
	URL     string
	Picture *Picture
	HTML    template.HTML
}

// Footer is the foot of every page; empty parts are not shown.
type Footer struct {
	Organizer string
	Contact   string
	ICP       string
	Police    *Link // the number of the police's register, with where it can be looked up
	Note      string
}

// Link is a named address. Current marks the one that leads to where the
// reader is, Outside one to another site.
type Link struct {
	Title   string
	URL     string
	Tel     string   // digits to dial; then there is no URL
	Kind    string   // of a file: its ending in capitals, such as PDF
	Size    string   // of a file: 1.2 MB; empty for a picture
	Picture *Picture // if it leads to one
	Current bool
	Outside bool
}

// Picture is a picture of the site. Width and height are of the file at URL, in
// pixels, 0 if it does not say; an <img> wants them, so that nothing moves when
// it has loaded. SrcSet is for the attribute of that name, which wants sizes
// beside it; empty if there is one file only.
type Picture struct {
	URL           string
	SrcSet        string
	Width, Height int
}

// Date is a moment in the site's time zone. The zero Date is not shown.
type Date struct {
	Machine string // RFC 3339
	Minute  string // 2024-05-01 09:30; 2024-05-01 if no time was given
	Day     string // 2024年5月1日
}

// Card is what lists show of an article.
type Card struct {
	Kind     string
	Title    string
	Headline template.HTML // Title with a <wbr> wherever a line of it may end: wants word-break: keep-all
	URL      string
	Date     Date
	Summary  string
	Source   string
	Cover    *Picture // in the form that theme.toml gives; nil without one
	Draft    bool
	Fields   []Field
}

// Field is what the article says in a field of its kind; nil if nothing.
func (c *Card) Field(key string) *Field { return find(c.Fields, key) }

// List is one page of a list of articles, newest first.
type List struct {
	Cards  []*Card
	Number int    // 0 on the newest page, else the page's number from the oldest
	Newer  string // address of the page with newer articles; may be empty
	Older  string
}

// Count is how the articles of a list divide by what they say in one field.
type Count struct {
	Key   string // as theme.toml has it: stars.count of a table's column
	Label string // of the field
	Total int    // articles in the list
	Parts []Part // choices in the kind's order, years and numbers from the greatest, others by their size
}

// Part is the articles that say the same in a field. An article that says
// several things is in several parts.
type Part struct {
	Title  string // what they say; empty in the last part, of those that say nothing
	URL    string // of the term's page; may be empty
	Cards  []*Card
	Share  float64 // of all articles in the list, in percent
	Length float64 // of the bar in a chart: percent of the largest part
}

// Group is a section with its newest articles.
type Group struct {
	Name        string // the section's folder
	Kind        string
	Title       string
	URL         string
	Description string
	Count       int
	Cards       []*Card
}

// Taxonomy is one way in which articles are gathered.
type Taxonomy struct {
	Name  string // its folder
	Title string
	URL   string
	Terms []Term // those with most articles first; years from the newest
}

// Term is a value that articles are gathered by, with their number.
type Term struct {
	Title    string
	URL      string
	Count    int
	Summary  string
	Cover    *Picture // its own, else that of its newest article that has one
	Oldest   Date     // of its articles
	Newest   Date
	Archived bool // it is over
	Fields   []Field
}

// Field is what the term's own text says in a field; nil if nothing.
func (t Term) Field(key string) *Field { return find(t.Fields, key) }
