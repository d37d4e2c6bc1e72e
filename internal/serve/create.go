package serve

import (
	"io"
	"net/http"
	"strings"
	"time"

	"qinglian/internal/address"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/desk"
	"qinglian/internal/diag"
	"qinglian/internal/qr"
	"qinglian/internal/snapshot"
)

// form is what the page shows that makes an article.
type form struct {
	Lang    string
	T       func(zh, en string) string
	Token   string // of the run
	Places  []desk.Place
	In      desk.Place
	Title   string
	Terms   []string // that have no text yet, to choose the title from
	Entries []entry
	Refused string
	Made    string
}

// blank is the form for a place, else for the first.
func (s *Server) blank(r *http.Request, p *Preview, place string) (f form, ok bool) {
	f = form{Token: s.given(r), Lang: language(s.how.Lang), T: s.say}
	if p.snap.Site == nil {
		return f, false
	}
	f.Places = desk.Places(p.snap.Site.Config)
	f.In = f.Places[0]
	for _, in := range f.Places {
		if in.Name == place {
			f.In = in
		}
	}
	if f.In.Terms() {
		f.Terms = p.undescribed(f.In.Name)
	}
	return f, true
}

// form shows the form for the section that is asked for.
func (s *Server) form(w http.ResponseWriter, r *http.Request, p *Preview) {
	f, ok := s.blank(r, p, r.URL.Query().Get("section"))
	if !ok {
		s.noPlace(w)
		return
	}
	c := p.snap.Site.Config
	now := p.now.In(c.Zone).Format("2006-01-02 15:04")
	f.Entries = s.entries(p, f.In, content.Given{Values: map[string]string{"date": now, "source": c.Title}})
	s.pages.show(w, http.StatusOK, "new.html", f)
}

// create makes the article and opens it.
func (s *Server) create(w http.ResponseWriter, r *http.Request, p *Preview) {
	f, ok := s.blank(r, p, r.Form.Get("section"))
	if !ok {
		s.form(w, r, p)
		return
	}
	given := typed(r, f.In.Kind)
	f.Title, f.Entries = given.Values["title"], s.entries(p, f.In, given)
	if section := r.Form.Get("section"); section != f.In.Name {
		f.Refused = diag.Say("没有栏目“%s”，在上面选一个", "there is no section %q, choose one above", section).In(s.how.Lang)
		s.pages.show(w, http.StatusConflict, "new.html", f)
		return
	}
	if f.Title == "" {
		f.Refused = diag.Say("先写上标题", "give it a title first").In(s.how.Lang)
		s.pages.show(w, http.StatusOK, "new.html", f)
		return
	}
	file, refused, err := s.lay(desk.Article{Section: f.In.Name, Given: given})
	switch {
	case err != nil:
		f.Refused = machine(err).Message.In(s.how.Lang)
	case refused != (diag.Text{}):
		f.Refused = refused.In(s.how.Lang)
	default:
		f.Made = file
		if err := s.how.Opener.Open(file); err != nil {
			f.Refused = diag.Say("系统没有打开它，请自己打开：%s",
				"the system did not open it, please do: %s", err.Error()).In(s.how.Lang)
		}
	}
	s.pages.show(w, http.StatusOK, "new.html", f)
}

// lay writes the article's file, for the site as it is now.
func (s *Server) lay(a desk.Article) (file string, refused diag.Text, err error) {
	c, refused, err := s.config()
	if err != nil || refused != (diag.Text{}) {
		return "", refused, err
	}
	return desk.Create(s.how.Site, c, a, time.Now())
}

// config is the configuration of the site as it is now.
func (s *Server) config() (c config.Config, refused diag.Text, err error) {
	c, problems, err := snapshot.ReadConfig(s.how.Site)
	if err == nil && problems.Count(diag.Error) > 0 {
		refused = diag.Say("config.toml 有错误，先改好", "config.toml has errors, mend them first")
	}
	return c, refused, err
}

// open opens a file or a folder of the site on this machine.
func (s *Server) open(w http.ResponseWriter, r *http.Request) {
	var err error
	folder := r.Form.Get("folder")
	switch {
	case r.Form.Get("published") != "":
		err = s.openPublished()
	case folder != "":
		err = s.how.Opener.Folder(folder)
	default:
		err = s.how.Opener.Open(r.Form.Get("file"))
	}
	if err != nil {
		s.answer(w, http.StatusConflict, diag.Say("打不开：%s", "can't be opened: %s", err.Error()))
		return
	}
	s.answer(w, http.StatusOK, diag.Say("已打开", "opened"))
}

// qr is the address of a page for phones as a QR code.
func (s *Server) qr(w http.ResponseWriter, page string) {
	code, err := qr.Of(s.how.Phone + strings.TrimSuffix(page, index))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", address.MediaType(".png"))
	w.Write(code.PNG()) //nolint:errcheck // the reader went away
}

// PrintQR prints an address as a QR code for a dark or a light terminal: half
// blocks, two modules a line, on a white field with its quiet zone.
func PrintQR(w io.Writer, address string) error {
	code, err := qr.Of(address)
	if err != nil {
		return err
	}
	var b strings.Builder
	for y := 0; y < code.Size(); y += 2 {
		b.WriteString("\x1b[30;107m")
		for x := range code.Size() {
			b.WriteString([]string{" ", "▀", "▄", "█"}[bit(code.Black(x, y))+2*bit(code.Black(x, y+1))])
		}
		b.WriteString("\x1b[0m\n")
	}
	_, err = io.WriteString(w, b.String())
	return err
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
