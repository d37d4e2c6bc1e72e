// Package site links Docs into a site: everything that is known across pages.
//
// Linking is pure. It selects what is public, gives every page its address,
// orders sections and the terms of taxonomies, finds each page's neighbours and
// related pages, and resolves what the articles and the menu refer to. What
// does not resolve is reported with its place in the article. The graph is
// linked whole: ten thousand Cards take milliseconds, so there are no edges to
// invalidate. Who has some of the Docs alone gives an [Outline] of the rest.
package site

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"qinglian/internal/address"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/image"
	"qinglian/internal/markdown"
)

// Selection says which articles are public.
type Selection struct {
	Now    time.Time
	Drafts bool // show drafts too
	Future bool // show what is dated after Now too

	Back map[string]diag.List // articles that wait for their errors to be mended, with these

	Outline *Outline // where the Docs are some of the site alone; nil where they are all
}

// Site is all public articles, linked.
type Site struct {
	Config     config.Config
	Home       *Page // introduces the home page; nil without content/index.md
	Menu       []Entry
	Pages      []*Page
	Sections   []*Section  // in their order
	Taxonomies []*Taxonomy // in their order; those without a term are left out
	Vacant     []*Taxonomy // without a term, but the menu leads there
	Texts      []*Page     // what stands on the pages of terms and taxonomies
	Tombstones []*Page     // articles that were taken down with a word on why; nothing lists them
	Held       []Held      // articles that are not public, by file
	Files      []File      // what articles refer to, by published path
	Picture    string      // published path of the one that stands for the site; may be empty
	Brand      Brand
	Follow     *File  // of static/, asks to follow the account; nil if nothing does
	Marks      []Mark // from the first to the last at the foot of each page
	OwnRobots  bool   // static/ has a robots.txt
}

// Entry is an entry of the menu: a published path of the site, or the address
// of another site.
type Entry struct {
	Title string
	Path  string // "" for another site
	URL   string // "" for a place of this site
	Line  int    // of config.toml; 0 if that is not known
}

// URL is the whole address of a published path, a folder's for its index.html;
// it makes sense with a base_url only.
func (s *Site) URL(path string) string {
	if path == "index.html" || strings.HasSuffix(path, "/index.html") {
		path = strings.TrimSuffix(path, "index.html")
	}
	return s.Config.BaseURL + path
}

// Section is a section with its articles, newest first.
type Section struct {
	config.Section
	Path  string // of its first page: examples/index.html
	Intro *Page  // nil without an index.md
	Pages []*Page
}

// Page is a public article with its place in the site.
type Page struct {
	*content.Doc
	Path      string   // published: examples/a.html
	In        *Section // nil for a page of the site itself
	Terms     []*Term
	Newer     *Page
	Older     *Page
	Related   []*Page // the nearest by shared terms, best first
	Citations []Citation
	NamedBy   []Mention // newest first
	Targets   []Target  // what its Refs lead to

	Place int // in Site.Pages; behind them all Site.Texts, and then Site.Tombstones
	Given int // in all Docs
}

// Mention is an article that names this one in a field, which may be a table's cell.
type Mention struct {
	Key  string // of the field
	From *Page
}

// Citation is a link from another article to a clause of this one.
type Citation struct {
	Clause int // index in Anchors
	From   *Page
}

// File is a file that is no article: beside one, published because one refers
// to it, or in static/.
type File struct {
	Source  string      // content/examples/a/b.PNG
	Path    string      // published: examples/a/b.png
	Size    int64       // in bytes
	Picture *image.Info // nil if it is none
}

// Focus is an article's focus as package image names it.
func Focus(f content.Focus) image.Focus {
	right, down := f.Point()
	return image.At(float64(right)/100, float64(down)/100)
}

// Static reports whether the file is published as it is.
func (f File) Static() bool { return strings.HasPrefix(f.Source, StaticFolder+"/") }

// Target is what a Ref leads to.
type Target struct {
	State  State
	Path   string // published
	Anchor string
	Page   *Page // nil for a file
	File   *File // nil for a page
}

// State says how a Ref was resolved.
type State uint8

// A Hidden target exists but is not public now: a link to it is plain text.
const (
	Dead State = iota
	Found
	Hidden
)

// Link links a site. files are all in content/ and static/ that are not
// articles, without their published paths.
func Link(c config.Config, docs []*content.Doc, files []File, sel Selection) (*Site, diag.List) {
	l := linker{
		site:     &Site{Config: c},
		now:      sel.Now,
		pages:    make([]Page, 0, len(docs)),
		byFile:   make(map[string]*Page, len(docs)),
		hidden:   map[string]bool{},
		files:    make(map[string]*File, len(files)),
		sections: map[string]*Section{},
		texts:    map[string][]*Page{},
		anchors:  map[*Page]*markdown.AnchorIndex{},
	}
	var spelled []Spelling
	var aside sync.WaitGroup // beside all that looks at pages
	aside.Go(func() { spelled = Spellings(c, docs) })
	for _, s := range c.Sections {
		section := &Section{Section: s, Path: s.Name + "/index.html"}
		l.sections[s.Name] = section
		l.site.Sections = append(l.site.Sections, section)
	}
	l.named = make([]string, 0, len(files)+len(docs))
	given := slices.Clone(files)
	for i := range given {
		f := &given[i]
		l.named = append(l.named, f.Source)
		l.files[form(f.Source)] = f
		if f.Static() {
			f.Path = strings.TrimPrefix(f.Source, StaticFolder+"/")
		}
	}
	for i, d := range docs {
		l.take(sel.given(i), d, sel)
	}
	if sel.Outline != nil {
		l.whole = wholeOf(sel.Outline, l.pages)
		for _, file := range sel.Outline.Hidden {
			l.hidden[form(file)] = true
		}
	}
	l.order(sel)
	l.taxonomies(sel)
	aside.Wait()
	l.spellings(spelled)
	l.relate(sel)
	for _, p := range l.site.Pages {
		l.resolve(p)
	}
	for _, p := range l.site.Texts {
		l.resolve(p)
	}
	l.cite()
	l.names()
	l.cycles()
	l.effect()
	l.menu()
	l.picture()
	l.brand()
	l.marks()
	_, l.site.OwnRobots = l.files[StaticFolder+"/robots.txt"]
	for _, f := range given {
		if f.Path != "" && !f.Static() {
			l.site.Files = append(l.site.Files, f)
		}
	}
	slices.SortFunc(l.site.Files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return l.site, l.problems
}

// linker looks files up by the Unicode form ([form]) of their paths.
type linker struct {
	site     *Site
	now      time.Time
	byFile   map[string]*Page  // by the article's file
	hidden   map[string]bool   // files of articles that are not public
	byPath   map[string]*Page  // made when a link is looked up there
	byAlias  map[string]former // so too
	withheld []string          // the aliases of articles that are not public
	awaited  []*content.Doc    // articles that wait for their date, or to be finished
	files    map[string]*File
	named    []string          // the paths of all files and articles
	folded   map[string]string // and by their lower-case form; made when a hint first needs it
	pages    []Page            // one piece of memory for all
	whole    whole             // with an Outline
	sections map[string]*Section
	texts    map[string][]*Page // by taxonomy
	anchors  map[*Page]*markdown.AnchorIndex
	wanted   wanted
	inFolder map[bool]map[string][]string // names by folder; of files alone, and with articles
	looked   int                          // names that were compared with what was meant
	strange  map[string]bool              // folders of content/ that are no sections
	vacant   []*Taxonomy                  // without a term
	problems diag.List
}

// take adds one Doc, if it is public.
func (l *linker) take(given int, d *content.Doc, sel Selection) {
	if wrong, back := sel.Back[d.Path]; back {
		l.holdBack(d, wrong)
		return
	}
	in := l.sections[d.Section]
	if d.Section != "" && d.Section != config.TermsFolder && in == nil {
		l.unknownSection(d) // one cause, not every field that its kind would know
		return
	}
	for _, p := range d.Problems {
		l.say(d, p)
	}
	l.named = append(l.named, d.Path)
	if why := d.Card.Hold(sel.Now, sel.Drafts, sel.Future); why != "" {
		l.hold(d, why)
		return
	}
	if d.Card.Reason != "" {
		l.bury(given, d)
		return
	}
	l.review(d)
	l.pages = append(l.pages, Page{Doc: d, In: in, Given: given})
	page := &l.pages[len(l.pages)-1] // there is room for all: none is moved
	l.byFile[form(d.Path)] = page
	switch {
	case d.Section == config.TermsFolder:
		l.text(page)
		return
	case d.Index && page.In == nil:
		page.Path = "index.html"
		l.site.Home = page
	case d.Index:
		page.Path = page.In.Path
		page.In.Intro = page
	default:
		page.Path = d.Address()
		if page.In != nil {
			page.In.Pages = append(page.In.Pages, page)
		}
	}
	l.site.Pages = append(l.site.Pages, page)
}

// say reports what is wrong with an article. What is wrong with a draft is a
// warning, also where drafts are shown: it will be mended before it is
// published. (A draft whose front matter can't be read is not known for one.)
func (l *linker) say(d *content.Doc, p diag.Diagnostic) {
	if d.Card.Draft && p.Severity == diag.Error {
		p.Severity = diag.Warning
	}
	l.problems = append(l.problems, p)
}

func (l *linker) unknownSection(d *content.Doc) {
	if l.strange[d.Section] {
		return
	}
	if l.strange == nil {
		l.strange = map[string]bool{}
	}
	l.strange[d.Section] = true
	var known []string
	for _, s := range l.site.Sections {
		known = append(known, s.Name)
	}
	name := cmp.Or(address.Slug(d.Section, 0), "news")
	hint := diag.Say("把文件移到 %[1]s 之一；要做成新栏目，文件夹叫 %[2]s，在 config.toml 里加三行：[sections.%[2]s]、title = \"%[3]s\"、kind = \"notice\"（各种类型见 qinglian kinds）",
		"move its files to one of %[1]s; for a new section call the folder %[2]s and add three lines to config.toml: [sections.%[2]s], title = \"%[3]s\", kind = \"notice\" (qinglian kinds lists the kinds)",
		strings.Join(known, "、"), name, d.Section)
	if near := diag.Nearest(d.Section, known); near != "" {
		hint = diag.Say("是不是想放在 content/%s？", "did you mean content/%s?", near)
	}
	l.problems = append(l.problems, diag.Diagnostic{Rule: "unknown-section", Severity: diag.Error, File: d.Path,
		Message: diag.Say("文件夹 content/%s 不是 config.toml 里的栏目",
			"content/%s is not a section of config.toml", d.Section), Hint: hint})
}

// newest sorts pages newest first; on one moment by path, so that the order
// never depends on the disk.
func newest(pages []*Page) {
	slices.SortFunc(pages, func(a, b *Page) int {
		if newer := b.Card.Date.Compare(a.Card.Date); newer != 0 {
			return newer
		}
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Doc.Path, b.Doc.Path))
	})
}

func (l *linker) order(sel Selection) {
	newest(l.site.Pages)
	for i, p := range l.site.Pages {
		p.Place = i
	}
	for i, p := range slices.Concat(l.site.Texts, l.site.Tombstones) {
		p.Place = len(l.site.Pages) + i
	}
	for at, s := range l.site.Sections {
		if sel.Outline != nil {
			s.Pages = l.whole.members(sel.Outline.Sections[at])
		} else {
			slices.SortFunc(s.Pages, func(a, b *Page) int { return cmp.Compare(a.Place, b.Place) })
		}
		for i, p := range s.Pages {
			if i > 0 && l.whole.has(p) && l.whole.has(s.Pages[i-1]) {
				p.Newer, s.Pages[i-1].Older = s.Pages[i-1], p
			}
		}
	}
}
