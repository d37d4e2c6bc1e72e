package serve

import (
	"bytes"
	"net/http"
	"time"

	"qinglian/internal/address"
	"qinglian/internal/diag"
)

// longestWait is how long a request waits for the page of an article that was only just
// written.
const longestWait = 10 * time.Second

// page leads to the page of an article, once there is one. An article with errors that
// had none before has no page: the errors are over every other.
func (s *Server) page(w http.ResponseWriter, r *http.Request, file string) {
	news := s.hub.join("")
	defer s.hub.leave(news)
	late := time.NewTimer(longestWait)
	defer late.Stop()
	for {
		p := s.latest.Load()
		if article := p.article(file); article != nil && article.Path != "" {
			http.Redirect(w, r, s.root()+article.Path, http.StatusFound)
			return
		}
		if p.wrong(file) {
			http.Redirect(w, r, s.root(), http.StatusFound)
			return
		}
		select {
		case <-news:
		case <-late.C:
			s.answer(w, http.StatusNotFound, diag.Say("没有 %s 的网页", "there is no page of %s", file))
			return
		case <-r.Context().Done():
			return
		}
	}
}

// wrong reports a file with errors.
func (p *Preview) wrong(file string) bool {
	for _, d := range p.snap.Diagnostics {
		if d.File == file && d.Severity == diag.Error {
			return true
		}
	}
	return false
}

// show answers with one of our own pages.
func (p pages) show(w http.ResponseWriter, status int, name string, v any) {
	var b bytes.Buffer
	if err := p.all.ExecuteTemplate(&b, name, v); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", address.MediaType(".html"))
	w.Header().Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; form-action 'self'")
	w.WriteHeader(status)
	w.Write(b.Bytes()) //nolint:errcheck // the reader went away
}

func (s *Server) noPlace(w http.ResponseWriter) {
	s.answer(w, http.StatusConflict, diag.Say("config.toml 还读不了，不知道文章该放在哪里",
		"config.toml can't be read yet, so there is no place for an article"))
}
