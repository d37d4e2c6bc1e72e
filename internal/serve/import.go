package serve

import (
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/desk"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/imports"
)

// importing are the imports of this run. One follows the other: of two at once the second
// would not know of the first, and both would be in memory.
type importing struct {
	turn sync.Mutex
	mu   sync.Mutex
	done []imported // the last ones
	last int        // the number of the latest
}

// mostImported is how many imports can be looked at again.
const mostImported = 16

// imported is what became of what was handed in at once.
type imported struct {
	number    int
	Documents []outcome
	Refused   string // all of it
}

// outcome is what became of one document.
type outcome struct {
	Name    string
	Refused string
	Files   []string
	Article string // the file
	Folder  string
	Said    []saidPart
	Lies    bool // the document lies in content/
}

type saidPart struct {
	Head  string
	Items []string
}

// importPage is the page that imports documents, or says what became of them.
type importPage struct {
	Lang   string
	T      func(zh, en string) string
	Token  string // of the run
	Places []desk.Place
	In     desk.Place
	Lying  []lying
	Drop   drop
	Done   *imported
	Gone   bool // what is asked for is not known any more
}

// drop is what a page says of files that are dropped onto it.
type drop struct {
	T              func(zh, en string) string
	Section, Title string // where they go; "": as is chosen on the page
	Most, Files    int    // bytes, and how many
	Megabytes      int
}

func (s *Server) drop() drop {
	return drop{T: s.say, Most: imports.MaxBytes, Files: mostFiles, Megabytes: imports.MaxBytes >> 20}
}

// dropped is what a page of the site says, which belongs to a section or to none.
func (s *Server) dropped(p *Preview, section string) drop {
	d := s.drop()
	if p.snap.Site != nil {
		in := placeNamed(sections(p.snap.Site.Config), section)
		d.Section, d.Title = in.Name, in.Title
	}
	return d
}

// sectionAt is the section to which a page that is no article belongs: its list.
func sectionAt(p *Preview, name string) string {
	folder, _, _ := strings.Cut(name, "/")
	if p.snap.Site != nil {
		if _, ok := p.snap.Site.Config.Section(folder); ok {
			return folder
		}
	}
	return ""
}

// lying is a document in content/, which no article refers to.
type lying struct {
	File     string
	Place    string // the title of the section that it is imported into
	Imported string // the article that it has become, or ""
}

// importForm shows the page: the form, or what became of an import.
func (s *Server) importForm(w http.ResponseWriter, r *http.Request, p *Preview) {
	if p.snap.Site == nil {
		s.noPlace(w)
		return
	}
	asked := r.URL.Query()
	v := importPage{Lang: language(s.how.Lang), T: s.say, Token: s.given(r), Drop: s.drop(),
		Places: sections(p.snap.Site.Config)}
	v.In = placeNamed(v.Places, asked.Get("section"))
	if asked.Has("done") {
		v.Done = s.importing.find(asked.Get("done"))
		v.Gone = v.Done == nil
	}
	if v.Done == nil {
		v.Lying = s.lying(p, v.Places)
	} else {
		v.Drop = s.dropped(p, "") // there is nothing to choose from
	}
	s.pages.show(w, http.StatusOK, "import.html", v)
}

// sections are the places that documents are imported into; the text of a term is
// written by hand.
func sections(c config.Config) (some []desk.Place) {
	for _, p := range desk.Places(c) {
		if !p.Terms() {
			some = append(some, p)
		}
	}
	return some
}

// placeNamed is the place with a name, else the first for notices, as `qinglian import`
// has it, else the first.
func placeNamed(places []desk.Place, name string) desk.Place {
	for _, p := range places {
		if p.Name == name {
			return p
		}
	}
	for _, p := range places {
		if p.Kind.Name == "notice" {
			return p
		}
	}
	return places[0]
}

// sectionOf is the section that a file of content/ lies in, if it is one.
func sectionOf(file string) string {
	inside := strings.TrimPrefix(file, content.Folder+"/")
	folder, _, in := strings.Cut(inside, "/")
	if !in {
		return ""
	}
	return folder
}

// lying are the Word documents in content/ that no article refers to.
func (p *Preview) lying() (names []string) {
	for _, d := range p.snap.Diagnostics {
		if d.Rule == "unused-file" && strings.EqualFold(path.Ext(d.File), ".docx") {
			names = append(names, d.File)
		}
	}
	return names
}

// lying are the documents that lie in content/, with what has become of them.
func (s *Server) lying(p *Preview, places []desk.Place) (all []lying) {
	names := p.lying()
	if len(names) == 0 {
		return nil
	}
	before, err := desk.Imports(s.how.Site)
	if err != nil {
		return nil // the next Preview says what is wrong with the folder
	}
	for _, file := range names {
		article := ""
		if raw, err := s.how.Site.ReadUpTo(file, imports.MaxBytes+1); err == nil { // else the import says why
			article = before.Of(digest.Of(raw))
		}
		all = append(all, lying{file, placeNamed(places, sectionOf(file)).Title, article})
	}
	return all
}

// takeIn imports what was uploaded, or a document that lies in content/, and leads to the
// page that says what became of it.
func (s *Server) takeIn(w http.ResponseWriter, r *http.Request, p *Preview) {
	s.importing.turn.Lock()
	defer s.importing.turn.Unlock()
	if file := r.Form.Get("file"); file != "" {
		done, err := s.importLying(file, p)
		if err != nil {
			s.answer(w, http.StatusConflict, machine(err).Message)
			return
		}
		s.lead(w, done)
		return
	}
	u, refused, err := received(w, r)
	switch {
	case err != nil && refused != (diag.Text{}):
		s.answer(w, http.StatusRequestEntityTooLarge, refused)
		return
	case err != nil:
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.lead(w, s.importUpload(u, refused))
}

// lead says where the page about an import is; the script goes there.
func (s *Server) lead(w http.ResponseWriter, done imported) {
	w.Header().Set("Location", "import?done="+s.importing.keep(done))
	w.WriteHeader(http.StatusCreated)
}

func (s *Server) importUpload(u upload, refused diag.Text) (done imported) {
	var documents []imports.Document
	if refused == (diag.Text{}) {
		documents, refused = u.documents()
	}
	if refused != (diag.Text{}) {
		return imported{Refused: refused.In(s.how.Lang)}
	}
	for _, d := range documents {
		done.Documents = append(done.Documents, s.importOne(u.section, d))
	}
	return done
}

// importLying imports a document that lies in content/ into the section where it lies.
func (s *Server) importLying(file string, p *Preview) (done imported, err error) {
	for _, name := range p.lying() {
		if name != file {
			continue
		}
		raw, err := s.how.Site.ReadUpTo(file, imports.MaxBytes+1)
		if err != nil {
			return done, err
		}
		section := placeNamed(sections(p.snap.Site.Config), sectionOf(file)).Name
		o := s.importOne(section, imports.Document{Name: file, Content: raw})
		o.Lies = true
		return imported{Documents: []outcome{o}}, nil
	}
	return done, &fs.PathError{Op: "import", Path: file, Err: fs.ErrNotExist}
}

// importOne imports one document, for the site as it is now.
func (s *Server) importOne(section string, d imports.Document) (o outcome) {
	o.Name = d.Name
	made, refused, err := s.write(section, d)
	switch {
	case err != nil:
		o.Refused = machine(err).Message.In(s.how.Lang)
		return o
	case refused != (diag.Text{}):
		o.Refused = refused.In(s.how.Lang)
		return o
	}
	for _, f := range made.Files {
		o.Files = append(o.Files, f.Path())
		o.Article, o.Folder = f.Path(), path.Dir(f.Path())
	}
	for _, part := range made.Said() {
		said := saidPart{Head: part.Head.In(s.how.Lang)}
		for _, item := range part.Items {
			said.Items = append(said.Items, item.In(s.how.Lang))
		}
		o.Said = append(o.Said, said)
	}
	return o
}

func (s *Server) write(section string, d imports.Document) (made imports.Made, refused diag.Text, err error) {
	c, refused, err := s.config()
	if err != nil || refused != (diag.Text{}) {
		return made, refused, err
	}
	if section == "" {
		section = placeNamed(sections(c), "").Name
	}
	made, refused, err = imports.Make(s.how.Site, c, desk.Article{Section: section}, d, time.Now())
	if err != nil || refused != (diag.Text{}) {
		return made, refused, err
	}
	refused, err = desk.Write(s.how.Site, made.Files...)
	return made, refused, err
}

// keep keeps what became of an import, and returns its name.
func (i *importing) keep(done imported) string {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.last++
	done.number = i.last
	i.done = append(i.done[max(0, len(i.done)-mostImported+1):], done)
	return strconv.Itoa(done.number)
}

func (i *importing) find(name string) *imported {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, done := range i.done {
		if strconv.Itoa(done.number) == name {
			return &done
		}
	}
	return nil
}
