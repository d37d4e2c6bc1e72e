// Package view is the theme manual: the plain data that a template may see.
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
//	section    section    List, Prose
//	page       article    Article
//	terms      terms      Terms
//	term       term       List
//	404        missing    –
//
// An article is shown by the layout that its front matter names, else by that
// of its kind (layouts/model-site.html), else by page. Each file in partials/
// is a template named after it: {{template "card" .}} for partials/card.html.
//
// # Functions
//
//	asset "lotus.css"    the address of a file in assets/, from the site's root;
//	                     {{.Root}}{{asset "lotus.css"}} is the link to it
//
// # Addresses
//
// Every URL is relative to the page that shows it, so that a site works under
// any sub-path and from a memory stick. Canonical and the links of the page
// "missing" are the exceptions: they need the site's base_url.
package view

import "html/template"

// Page is what a layout is executed with.
type Page struct {
	Class       string // home, section, article, terms, term or missing
	Title       string // without the site's title
	Description string // one sentence; may be empty
	Root        string // from this page to the site's root: "", "../" …
	Canonical   string // absolute address; empty without a base_url
	Feed        string // the RSS feed; empty without a base_url
	Site        Site
	Menu        []Link
	Trail       []Link // breadcrumbs: home first, this page left out
	Prose       template.HTML
	Article     *Article
	List        *List
	Groups      []Group
	Terms       []Term
}

// Site is what is the same on every page.
type Site struct {
	Title       string
	Description string
	Language    string // BCP 47
	Footer      Footer
}

// Footer is the foot of every page; empty parts are not shown.
type Footer struct {
	Organizer string
	Contact   string
	ICP       string
	Note      string
}

// Link is a named address. Current marks the one that leads to where the
// reader is.
type Link struct {
	Title   string
	URL     string
	Current bool
}

// Date is a moment in the site's time zone. The zero Date is not shown.
type Date struct {
	Machine string // RFC 3339
	Minute  string // 2024-05-01 09:30
	Day     string // 2024年5月1日
}

// Card is what lists show of an article.
type Card struct {
	Title   string
	URL     string
	Date    Date
	Summary string
	Source  string
	Cover   string // address of a picture; may be empty
	Draft   bool
}

// List is one page of a list of articles, newest first.
type List struct {
	Cards  []Card
	Number int    // 0 on the newest page, else the page's number from the oldest
	Newer  string // address of the page with newer articles; may be empty
	Older  string
}

// Group is a section on the home page with its newest articles.
type Group struct {
	Name        string // the section's folder
	Title       string
	URL         string
	Description string
	Cards       []Card
}

// Term is a tag with the number of its articles.
type Term struct {
	Title string
	URL   string
	Count int
}

// Article is one article in full.
type Article struct {
	Kind     string // model-site, example …
	Title    string
	Date     Date
	Updated  Date
	Summary  string
	Source   string
	Author   string
	Editor   string
	Cover    string
	Draft    bool
	Tags     []Link
	Facts    []Fact // what its kind's own fields say
	Contents []Heading
	Prose    template.HTML
	Newer    *Link // neighbours in its section
	Older    *Link
}

// Fact is one field of a kind as readers see it.
type Fact struct {
	Key    string
	Label  string
	Values []string
	Tel    string // for a telephone number: the tel: address
}

// Heading is a line of an article's table of contents.
type Heading struct {
	ID    string
	Title string
	Level int
}
