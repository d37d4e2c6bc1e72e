package serve

import (
	"net/http"

	"qinglian/internal/address"
	"qinglian/internal/diag"
	"qinglian/internal/signoff"
	"qinglian/internal/source"
)

// sheetPolicy is that of a sheet to sign, which needs nothing but itself.
const sheetPolicy = "default-src 'none'; style-src 'unsafe-inline'"

// slip answers with the sheet on which an article is signed for, to be printed.
func (s *Server) slip(w http.ResponseWriter, r *http.Request, p *Preview, name string) {
	page := p.pageAt(name)
	if page == nil {
		http.NotFound(w, r)
		return
	}
	raw, err := p.read(page.Doc.Path)
	if err != nil {
		s.answer(w, http.StatusInternalServerError, machine(err).Message)
		return
	}
	found, err := p.inspect(page.Doc.Path)
	if err != nil {
		s.answer(w, http.StatusInternalServerError, machine(err).Message)
		return
	}
	text, _ := source.Text(page.Doc.Path, raw)
	_, facts := p.snap.Facts(page.Doc.Path, text)
	sheet, err := signoff.Of(signoff.Article{Site: p.snap.Site, Page: page, Facts: facts, Found: found,
		Problems: p.problems(name)}, s.how.Lang).Page()
	if err != nil {
		s.answer(w, http.StatusInternalServerError, diag.Why(err))
		return
	}
	w.Header().Set("Content-Type", address.MediaType(".html"))
	w.Header().Set("Content-Security-Policy", sheetPolicy)
	w.Write(sheet) //nolint:errcheck // the reader went away
}
