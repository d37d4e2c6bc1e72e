package view

import "html/template"

// Article is one article in full.
type Article struct {
	Kind      string // model-site, example …
	Title     string
	Headline  template.HTML // as a [Card] has it
	Date      Date
	Updated   Date
	Summary   string // as its writer gave it, to stand above Prose; [Card] and [Page] have one made of Prose, too
	Source    string
	Author    string
	Editor    string
	Cover     *Picture // all of it; nil if the text shows it
	Draft     bool
	WeChat    string  // address of the same article in WeChat; may be empty
	Tags      []Link  // terms of the taxonomies that gather tags and topics
	Fields    []Field // what its kind's own fields say, in the kind's order
	Extra     []Field // what its writer keeps besides, of type text or list; its key is its label
	Contents  []Heading
	Prose     template.HTML
	AI        string // the line about AI's part in all of it, which must be shown; may be empty
	Withdrawn bool   // it was taken down: Prose says why, and there is nothing else
	Newer     *Link  // neighbours in its section
	Older     *Link
	Related   []*Card
	CitedBy   []Citation // in the order of the clauses
	NamedBy   []Mention  // articles that name this one in a field, newest first
}

// Directive is one use of a directive in an article's text.
type Directive struct {
	Name  string
	Root  string // from the page to the site's root
	Body  template.HTML
	Args  []Arg
	Data  map[string]any
	Card  *Card // of the article that an argument of kind article names; nil if it is not public
	Count int   // which directive of the page it is, from 1: for ids
}

// Arg is one argument of a directive.
type Arg struct {
	Key  string
	Text string // as typed
	Link *Link  // of a picture, link or article: where it leads; nil if it is not public
}

// Arg is what was typed for a key; "" if nothing was.
func (d Directive) Arg(key string) string {
	for _, a := range d.Args {
		if a.Key == key {
			return a.Text
		}
	}
	return ""
}

// Link is where the argument of a key leads; nil if nowhere.
func (d Directive) Link(key string) *Link {
	for _, a := range d.Args {
		if a.Key == key {
			return a.Link
		}
	}
	return nil
}

// Field is what the article says in a field of its kind; nil if nothing.
func (a *Article) Field(key string) *Field { return find(a.Fields, key) }

// Kept is what the article keeps besides its fields under a name; nil if nothing.
func (a *Article) Kept(name string) *Field { return find(a.Extra, name) }

// Field is one field of a kind as readers see it.
type Field struct {
	Key    string
	Label  string
	Type   string   // text, long, date, number, switch, choice, list, url, telephone, image, file, reference or table
	Text   string   // all values, joined by 、
	Values []string // each value; of a reference the article's title, of a file its name
	Date   Date     // of a date
	Number float64  // of a number
	Links  []Link   // where the values lead: files, articles, telephones, terms; else none
	Heads  []string // of a table: the labels of its columns
	Rows   []Row    // of a table
	Newest Row      // of a table: the row whose first cell is greatest
}

// Row is a row of a table, a Field for each column; the empty ones have no Text.
type Row []Field

// Field is the cell of a column.
func (r Row) Field(key string) Field {
	if f := find(r, key); f != nil {
		return *f
	}
	return Field{Key: key}
}

func find(fields []Field, key string) *Field {
	for i := range fields {
		if fields[i].Key == key {
			return &fields[i]
		}
	}
	return nil
}

// Citation is a clause of this article with the articles that link to it.
type Citation struct {
	Title string // 第三条
	URL   string
	From  []Link
}

// Mention is an article that names this one in a field: a route that leads here, what
// replaces it (replaces), what explains it (original).
type Mention struct {
	Key   string // of the field
	Kind  string
	Title string
	URL   string
}

// Heading is a line of an article's table of contents.
type Heading struct {
	ID    string
	Title string
	Level int
}
