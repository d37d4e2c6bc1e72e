// Package config decodes and validates a site's config.toml.
//
// The file is written by hand, by people who are not programmers. So: every
// key that is not known is an error which names the nearest one that is; all
// problems are reported in one go; and what is left out has a default that
// does the useful thing. An empty file is a valid configuration.
//
//	id          = "k3v9x2m7q4t8w6r5"          the mark of this site alone; made by init
//	                                           and fix, see id.go
//	title       = "清源清风"                    site name, on every page
//	description = "……"                         one sentence about the site
//	base_url    = "https://www.example.org/"   where the site will stand; feeds,
//	                                           sitemap and canonical links need it
//	language    = "zh-CN"                      BCP 47, for <html lang>
//	timezone    = "Asia/Shanghai"              in which dates are read and shown
//	theme       = "lotus"                      a folder in themes/, or a built-in one
//	tone        = "qing"                       its colours: qing, red or blue
//
//	profile     = "gov"                        who publishes it: gov, party or institution;
//	                                           what such a site must show is asked for
//	id_code     = "bm00000000"                 网站标识码, on every page
//	picture     = "share.jpg"                  in static/, for pages without a picture of
//	                                           their own where they are shared
//
//	[footer]                                   each line is shown if it is there
//	organizer = "主办单位"   contact = "联系方式"   note = "……"
//	icp = "京ICP备12345678号-1"   police = "京公网安备11010502030143号"
//
//	[brand]                                    the owner's own look, see brand.go
//	logo = "logo.svg"   favicon = "icon.png"   color = "#9c2a20"   hero = "hall.jpg"   motto = "……"
//	columns = [{ title = "友情链接", links = [{ title = "……", to = "https://…" }] }]
//
//	[marks.organ]                              党政机关网站标识; [marks.mistakes]: 网站找错
//	paste = '''<script …>'''                   what its owner was given, see mark.go
//	picture = "mark.png"   to = "https://…"    or a picture of static/ that is a link
//
//	[search]                                   finding articles by their words
//	on = true   suggest = ["清廉村居", "办事"]     what is offered before anything is typed
//
//	[sections.examples]                        a folder of content/
//	title = "典型案例"   kind = "example"   order = 2   description = "……"
//	keywords = ["案例"]   type = "工作动态"       for the page tags of a column
//	fresh = "14天"   owner = "……"               how long it may go without a new article, and
//	                                           who sees to it, see fresh.go
//
//	[[menu]]                                   without any, the sections
//	section = "examples"                       or title = "……" and to = "about.md"
//
//	[markdown]
//	enter = "keep"                             every line break in articles shows; "join":
//	                                           none; without it, decided for each block
//
//	[pictures]                                 what lies on another site is shown as a link;
//	outside = "error"                          "error": nothing is published before it is here
//
//	[host]                                     the server that publishes the site, see host.go
//	kind = "iis"   hsts = 180                  what it reads is made in the output folder
//	[check]                                    the inspection, see check.go
//	gate = "error"                             nothing is published that has errors in it
//	allow = ["13800138000"]                    numbers that are published on purpose
//	fresh = "14天"   owner = "……"   ahead = 7   when the home page is stale, who sees to it, and
//	                                           how many days before it is said
//	record = true                              what is published is remembered, see package published
//	retired = ["old.example.org"]              names of hosts that are given up
//	[check.levels]                             how serious a rule is: error, warning, hint or off
//	missing-alt = "error"
//
//	[slip]                                     the sheet on which an article is signed for
//	stages = ["初审：李四", "复审", "终审"]        who signs one after the other, see slip.go
//
//	[wechat]                                   articles of a WeChat account
//	style = "青莲"   author = "……"               a style of the theme; in place of each article's
//	color = "#1b6b6f"   size = 16              its main colour, the size of its text
//	justify = true   indent = true             lines end at the edge; first lines stand in
//	title = 64   digest = 120                  how many characters the account's editor takes
//	codes = 3                                  how many QR codes stand in an article; the
//	                                           addresses of other links are listed
//	end = "· 完 ·"                              a mark below the text
//	[wechat.follow]                            asks to follow the account
//	text = "……"   picture = "follow.png"       in static/
//
//	[deploy.web]                               where it is carried to, see deploy.go
//	to = "sftp://web@www.example.org/var/www"  a folder, "zip", or a server; no password
//	keep = 3   site = "https://…"              versions to go back to; where to look at it
//	key = "~/.ssh/id_ed25519"                  sftp: a file with the private key
//	certificate = "SHA-256"                    ftps, s3: of a server's own certificate
//	endpoint = "https://…"   region = "…"      s3, with path_style = true where the bucket
//	                                           is in the path
//
//	[taxonomies.units]                         see taxonomy.go
//	[kinds.NAME]                               see kinds.toml
package config

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // Windows has no time zones that Go can read

	"qinglian/internal/address"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
)

// File is the name of the configuration in a site's folder.
const File = "config.toml"

const defaultTheme = "lotus"

// Tones are the sets of colours that a theme has, the default one first.
var Tones = []string{"qing", "red", "blue"}

// Config is a site's configuration, validated and with its defaults filled in.
type Config struct {
	ID          string          `toml:"id"` // "" for a site that has none
	Title       string          `toml:"title"`
	Description string          `toml:"description"`
	BaseURL     string          `toml:"base_url"` // "" or absolute, ending in a slash
	Language    string          `toml:"language"`
	Timezone    string          `toml:"timezone"`
	Theme       string          `toml:"theme"`
	Tone        string          `toml:"tone"`    // one of Tones
	Profile     string          `toml:"profile"` // one of Profiles; may be empty
	IDCode      string          `toml:"id_code"` // 网站标识码; may be empty
	Picture     string          `toml:"picture"` // of static/, for pages without one; may be empty
	Footer      Footer          `toml:"footer"`
	Brand       Brand           `toml:"brand"`
	Search      Search          `toml:"search"`
	Marks       Marks           `toml:"marks"`
	Markdown    Markdown        `toml:"markdown"`
	Pictures    Pictures        `toml:"pictures"`
	Host        Host            `toml:"host"`
	Check       Check           `toml:"check"`
	Slip        Slip            `toml:"slip"`
	WeChat      WeChat          `toml:"wechat"`
	Menu        []MenuItem      `toml:"menu"`
	Sections    []Section       `toml:"-"` // in their order
	Taxonomies  []Taxonomy      `toml:"-"` // in their order
	Kinds       map[string]Kind `toml:"-"`
	Deploys     []Deploy        `toml:"-"` // the one that is meant by default first

	Zone *time.Location `toml:"-"`

	text []byte // that it was read from
}

// Footer is what stands at the foot of every page.
type Footer struct {
	Organizer string `toml:"organizer"`
	Contact   string `toml:"contact"`
	ICP       string `toml:"icp"`
	Police    string `toml:"police"`
	Note      string `toml:"note"`
}

// Markdown is how articles are read.
type Markdown struct {
	Enter string `toml:"enter"` // what becomes of single line breaks: join, keep, or "" for by block
}

// Enters are what may be said of single line breaks.
var Enters = []string{"join", "keep"}

// Pictures is what is done with pictures.
type Pictures struct {
	Outside string `toml:"outside"` // one of Outsides: what becomes of those that lie on another site
}

// Refuse is that they are errors.
const Refuse = "error"

// Outsides are what may be said of pictures on other sites, the default first.
var Outsides = []string{"link", Refuse}

// WeChat is how articles are made for an account of WeChat's.
type WeChat struct {
	Style   string `toml:"style"`
	Color   string `toml:"color"`   // in place of the style's main colour, or else the brand's; may be empty
	Size    int    `toml:"size"`    // of the text, in pixels; 0 for the style's
	Justify bool   `toml:"justify"` // lines end at the edge
	Indent  *bool  `toml:"indent"`  // first lines stand two characters in; nil: those of official texts
	Author  string `toml:"author"`
	Title   int    `toml:"title"`  // characters; 0 for what the contract says
	Digest  int    `toml:"digest"` // the same
	Codes   int    `toml:"codes"`  // how many QR codes an article may show; 3 unless it says otherwise
	End     string `toml:"end"`    // the mark below the text; may be empty
	Follow  Follow `toml:"follow"`
	Fresh   string `toml:"fresh"` // how long the account may go without an article; "" for as the profile has it
	Owner   string `toml:"owner"` // who sees to it; may be empty
}

// Follow asks the readers of an article for WeChat to follow the account.
type Follow struct {
	Text    string `toml:"text"`
	Picture string `toml:"picture"` // of static/
}

// Search is the page that finds articles by their words.
type Search struct {
	On      bool     `toml:"on"`      // true unless it says otherwise
	Suggest []string `toml:"suggest"` // what the page offers before anything is typed
}

// Section is a folder of content/ and how it is shown.
type Section struct {
	Name        string   `toml:"-"` // the folder
	Title       string   `toml:"title"`
	Kind        string   `toml:"kind"`
	Order       int      `toml:"order"`
	Description string   `toml:"description"`
	Keywords    []string `toml:"keywords"`
	Type        string   `toml:"type"`  // ColumnType of the page tags
	Fresh       string   `toml:"fresh"` // how long it may go without a new article; "" for as its profile has it
	Owner       string   `toml:"owner"` // who sees to it; may be empty
}

// defaultSections are those of a site whose config.toml names none.
func defaultSections() map[string]Section {
	return map[string]Section{
		"model-sites": {Title: "示范点", Kind: "model-site", Order: 1},
		"examples":    {Title: "典型案例", Kind: "example", Order: 2},
		"education":   {Title: "教育材料", Kind: "material", Order: 3},
		"notices":     {Title: "动态", Kind: "notice", Order: 4},
	}
}

// file is config.toml as it is decoded.
type file struct {
	Config
	Sections   map[string]Section  `toml:"sections"`
	Taxonomies map[string]Taxonomy `toml:"taxonomies"`
	Kinds      map[string]Kind     `toml:"kinds"`
	Deploys    map[string]Deploy   `toml:"deploy"`
}

// Parse decodes and validates the text of a config.toml. Even with errors in
// the list the Config is complete enough to go on looking for more of them.
func Parse(text []byte) (Config, diag.List) {
	p := parser{text: trimBOM(text)}
	f := file{Config: Config{
		Title:    "清廉建设",
		Language: "zh-CN",
		Timezone: "Asia/Shanghai",
		Theme:    defaultTheme,
		Tone:     Tones[0],
		Search:   Search{On: true},
		WeChat:   WeChat{Codes: 3},
		Pictures: Pictures{Outside: Outsides[0]},
		Check:    Check{Gate: Gates[0], Ahead: Ahead},
		Slip:     Slip{Stages: []string{"初审", "复审", "终审"}},
	}}
	if !p.decode(&f) {
		c, _ := Parse(nil) // what is only missing because nothing was read is no mistake
		return c, p.problems.List()
	}
	if len(f.Sections) == 0 {
		f.Sections = defaultSections()
	}
	c := f.Config
	c.text = p.text
	c.Kinds = kinds(f.Kinds)
	p.kinds(f.Kinds, c.Kinds)
	c.Taxonomies = p.taxonomies(f.Taxonomies, c.Kinds)
	c.Sections = p.sections(f.Sections, c)
	c.Deploys = p.deploys(f.Deploys)
	p.items(c, c.Menu, diag.Say("菜单", "the menu"), "menu")
	p.brand(&c)
	c.BaseURL = p.baseURL(c.BaseURL)
	c.Zone = p.zone(c.Timezone)
	p.language(c.Language)
	c.ID = p.id(c.ID)
	p.idCode(c.IDCode)
	c.Profile = p.profile(c.Profile)
	c.Marks = p.marks(c.Marks)
	p.footer(c.Footer)
	c.Tone = p.tone(c.Tone)
	c.WeChat.Codes = p.codes(c.WeChat.Codes)
	c.Markdown.Enter = p.enter(c.Markdown.Enter)
	c.Pictures.Outside = p.outside(c.Pictures.Outside)
	c.Check = p.inspection(c.Check)
	c.Slip = p.slip(c.Slip)
	c.WeChat = p.wechat(c.WeChat)
	c.Host = p.host(c.Host, c.BaseURL)
	p.periods(&c)
	if !address.ValidSlug(c.Theme) {
		p.report(diag.Diagnostic{Rule: "config-value",
			Message: diag.Say("主题名“%s”不能用", "%q can't be a theme's name", c.Theme),
			Hint: diag.Say("写 themes/ 里一个文件夹的名字，如 theme = \"lotus\"",
				"give the name of a folder in themes/, such as theme = \"lotus\""),
		}, "theme")
		c.Theme = defaultTheme
	}
	return c, p.problems.List().Sort()
}

// Section finds a section by its folder.
func (c Config) Section(name string) (Section, bool) {
	for _, s := range c.Sections {
		if s.Name == name {
			return s, true
		}
	}
	return Section{}, false
}

// FieldKeys are the keys that fields of any kind, and columns of their tables,
// have.
func (c Config) FieldKeys() []string {
	keys := map[string]bool{}
	for _, k := range c.Kinds {
		for _, f := range k.Own() {
			keys[f.Key] = true
			for _, column := range f.Columns {
				keys[column.Key] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(keys))
}

// CompileDigest stands for all of the configuration that the compiler of one
// article looks at.
func (c Config) CompileDigest() digest.Digest {
	h := digest.New("config/compile").String(c.Timezone, c.Markdown.Enter, c.Pictures.Outside)
	kindOf := map[string]string{} // the order of sections is nothing to an article
	for _, s := range c.Sections {
		kindOf[s.Name] = s.Kind
	}
	h.Int(int64(len(kindOf)))
	for _, name := range slices.Sorted(maps.Keys(kindOf)) {
		h.String(name, kindOf[name])
	}
	for _, name := range slices.Sorted(maps.Keys(c.Kinds)) {
		c.Kinds[name].digest(h)
	}
	return h.Sum()
}

// BasePath is the path of base_url, with a slash at both ends: "/" without one.
func (c Config) BasePath() string {
	if u, err := url.Parse(c.BaseURL); err == nil && u.Path != "" {
		return u.Path
	}
	return "/"
}

func trimBOM(text []byte) []byte {
	return []byte(strings.TrimPrefix(string(text), "\ufeff"))
}

func (p *parser) sections(table map[string]Section, c Config) []Section {
	var out []Section
	for name, s := range table {
		s.Name = name
		if !address.ValidSlug(name) || c.reserved(name) {
			p.report(diag.Diagnostic{Rule: "config-value",
				Message: diag.Say("栏目文件夹“%s”不能作网址", "the section folder %q can't be an address", name),
				Hint: diag.Say("用小写字母、数字和连字符，如 examples；不能用 %s",
					"use lower-case letters, digits and hyphens, such as examples; not %s",
					strings.Join(c.reservedNames(), "、"))}, "sections", name)
		}
		if s.Title == "" {
			s.Title = name
		}
		if s.Kind == "" {
			s.Kind = "page"
		}
		if _, ok := c.Kinds[s.Kind]; !ok {
			p.report(diag.Diagnostic{Rule: "unknown-kind",
				Message: diag.Say("没有“%s”这种文章", "there is no kind %q", s.Kind),
				Hint:    c.meantKind(s.Kind)}, "sections", name, "kind")
			s.Kind = "page"
		}
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b Section) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), strings.Compare(a.Name, b.Name))
	})
	return out
}

// reservedNames are folders of the site that are not sections.
func (c Config) reservedNames() []string {
	names := []string{"assets", TermsFolder}
	for _, t := range c.Taxonomies {
		names = append(names, t.Name)
	}
	return names
}

func (c Config) reserved(name string) bool { return slices.Contains(c.reservedNames(), name) }
