package serve

import (
	"crypto/rand"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/source"
)

// Sites is what the start page is given: the code of the commands.
type Sites struct {
	Lang  diag.Lang
	Hosts []string // with the port, that requests may name
	Home  string   // where folders are looked through first

	Proposed func() string  // a folder for a new site
	Known    func() []Known // last opened first
	Open     func(folder string) (Opened, diag.Text)
	Make     func(NewSite) diag.Text
}

// Known is a site that was opened on this machine.
type Known struct {
	Folder, Title string
	There         bool
}

// Opened is a site whose preview runs.
type Opened struct{ Folder, Title, Address string }

// NewSite is a site that is to be made.
type NewSite struct {
	Folder            string
	Sample            bool
	Name, Region, For string // of one that is no sample
}

// Start serves the start page of the program: the sites that it knows, new ones, and the
// folders in which others are.
//
//	TOKEN/             the page; in=FOLDER looks through a folder
//	TOKEN/open         POST folder=PATH: Location is the page of the site
//	TOKEN/make         POST folder=PATH with sample=1, or name, region and for
//	TOKEN/site?n=N     the page of a site that was opened in this run
//
// It answers this machine alone. Since it lists folders, every address begins with a token,
// as with --lan: who else works on the machine does not know it.
type Start struct {
	guard
	how   Sites
	pages pages

	mu     sync.Mutex // one site after the other is opened
	opened []Opened
}

// NewStart is the start page of a run.
func NewStart(how Sites) (*Start, error) {
	p, err := parse()
	return &Start{guard: guard{how.Lang, how.Hosts, strings.ToLower(rand.Text()[:16]), rand.Text()}, how: how,
		pages: p}, err
}

// Root is the path of the page.
func (s *Start) Root() string { return s.root() }

// startPage is what the page shows.
type startPage struct {
	Lang    string
	T       func(zh, en string) string
	Token   string // of the run
	Sites   []Known
	Site    NewSite
	Looking bool // through folders
	In      inFolder
	Refused string
}

// inFolder is a folder as people look through it.
type inFolder struct {
	Folder, Above string // Above is "" at the top
	Site          bool   // it is one
	Drives        []string
	Folders       []subfolder
	More          bool
}

type subfolder struct {
	Name, Path string
	Site       bool
}

// mostFolders is how many folders in one are listed.
const mostFolders = 300

// ServeHTTP answers one request.
func (s *Start) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	protect(w.Header())
	r.Body = http.MaxBytesReader(w, r.Body, longestForm)
	name, ok := s.admit(r)
	if !ok || !local(r) {
		s.refuse(w)
		return
	}
	if r.URL.Path+"/" == s.root() {
		http.Redirect(w, r, s.root(), http.StatusFound)
		return
	}
	methods := []string{http.MethodGet, http.MethodHead}
	if name == "open" || name == "make" {
		methods = []string{http.MethodPost}
	}
	if !allow(w, r, methods...) || r.Method == http.MethodPost && !s.carries(w, r, false) {
		return
	}
	switch name {
	case "":
		s.page(w, r, startPage{})
	case "open":
		s.open(w, r, r.Form.Get("folder"), NewSite{})
	case "make":
		s.make(w, r)
	case "site":
		s.site(w, r)
	default:
		asset(w, r, name)
	}
}

func (s *Start) page(w http.ResponseWriter, r *http.Request, v startPage) {
	v.Lang, v.T, v.Token, v.Sites = language(s.lang), s.say, s.given(r), s.how.Known()
	if v.Site.Folder == "" {
		v.Site = NewSite{Folder: s.how.Proposed()}
	}
	if asked := r.URL.Query(); asked.Has("in") {
		folder := asked.Get("in")
		if !filepath.IsAbs(folder) {
			folder = s.how.Home
		}
		var err error
		v.Looking = true
		if v.In, err = lookThrough(filepath.Clean(folder)); err != nil {
			v.Refused = diag.Say("打不开这个文件夹：%s", "this folder can't be opened: %s", err.Error()).In(s.lang)
		}
	}
	s.pages.show(w, http.StatusOK, "start.html", v)
}

// lookThrough lists the folders in one, without those that are no content.
func lookThrough(folder string) (in inFolder, err error) {
	in = inFolder{Folder: folder, Site: isSite(folder), Drives: drives()}
	if above := filepath.Dir(folder); above != folder {
		in.Above = above
	}
	entries, err := os.ReadDir(folder)
	for _, e := range entries {
		name := filepath.Join(folder, e.Name())
		if info, err := os.Stat(name); source.Ignored(e.Name()) || err != nil || !info.IsDir() {
			continue
		}
		if in.More = len(in.Folders) == mostFolders; in.More {
			break
		}
		in.Folders = append(in.Folders, subfolder{e.Name(), name, isSite(name)})
	}
	return in, err
}

func isSite(folder string) bool {
	info, err := os.Stat(filepath.Join(folder, config.File))
	return err == nil && info.Mode().IsRegular()
}

// make makes a site and opens it.
func (s *Start) make(w http.ResponseWriter, r *http.Request) {
	site := NewSite{Folder: r.Form.Get("folder"), Sample: r.Form.Get("sample") != "",
		Name: r.Form.Get("name"), Region: r.Form.Get("region"), For: r.Form.Get("for")}
	refused := diag.Say("写上放在哪个文件夹", "say in which folder it is to be")
	if site.Folder != "" {
		refused = s.how.Make(site)
	}
	if refused != (diag.Text{}) {
		s.page(w, r, startPage{Site: site, Refused: refused.In(s.lang)})
		return
	}
	s.open(w, r, site.Folder, site)
}

// open opens a site and leads to its page.
func (s *Start) open(w http.ResponseWriter, r *http.Request, folder string, made NewSite) {
	n, refused := s.Open(folder)
	if refused != (diag.Text{}) {
		s.page(w, r, startPage{Site: made, Refused: refused.In(s.lang)})
		return
	}
	w.Header().Set("Location", "site?n="+strconv.Itoa(n))
	w.WriteHeader(http.StatusCreated)
}

// Open opens the site in a folder; its page is that with the number n.
func (s *Start) Open(folder string) (n int, refused diag.Text) {
	s.mu.Lock()
	defer s.mu.Unlock()
	site, refused := s.how.Open(folder)
	if refused != (diag.Text{}) {
		return 0, refused
	}
	if n = slices.Index(s.opened, site); n < 0 {
		n = len(s.opened)
		s.opened = append(s.opened, site)
	}
	return n, diag.Text{}
}

// sitePage is the page of one site.
type sitePage struct {
	Lang string
	T    func(zh, en string) string
	Site Opened
}

func (s *Start) site(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, err := strconv.Atoi(r.URL.Query().Get("n"))
	if err != nil || n < 0 || n >= len(s.opened) {
		http.Redirect(w, r, s.root(), http.StatusFound)
		return
	}
	s.pages.show(w, http.StatusOK, "site.html", sitePage{language(s.lang), s.say, s.opened[n]})
}
