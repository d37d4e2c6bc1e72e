package serve

import (
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"qinglian/internal/address"
	"qinglian/internal/cache"
	"qinglian/internal/channel/wechat"
	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/site"
)

// look is how the articles for WeChat look: the zero look is what config.toml says.
type look struct {
	Style string
	Color string
}

// The look that an editor chose last is kept in the site's folder of what may be lost,
// since the preview does not rewrite config.toml. It holds until config.toml says
// something else than when it was chosen.

// memorised is the file in that folder.
const memorised = "/wechat"

// lookOf is what a request asks for, or else what was chosen last.
func (s *Server) lookOf(p *Preview, asked url.Values) look {
	if asked.Has("style") || asked.Has("color") {
		return p.possible(look{asked.Get("style"), asked.Get("color")})
	}
	kept, ok := cache.Load(s.how.Site.Root, s.how.Memory+memorised, digest.Digest{})
	parts := strings.Split(kept, "\n")
	if said := p.said(); !ok || len(parts) != 4 || said.Style != parts[2] || said.Color != parts[3] {
		return look{}
	}
	return p.possible(look{parts[0], parts[1]})
}

// choose keeps a look.
func (s *Server) choose(w http.ResponseWriter, r *http.Request, p *Preview) {
	chosen, said := p.possible(look{r.PostForm.Get("style"), r.PostForm.Get("color")}), p.said()
	kept := strings.Join([]string{chosen.Style, chosen.Color, said.Style, said.Color}, "\n")
	if err := cache.Share(s.how.Site.Root, s.how.Memory+memorised, digest.Digest{}, []byte(kept)); err != nil {
		s.answer(w, http.StatusInternalServerError, machine(err).Message)
		return
	}
	w.Header().Set("Content-Type", address.MediaType(".txt"))
	w.WriteHeader(http.StatusOK)
}

// said is the look that config.toml gives.
func (p *Preview) said() look {
	c := p.snap.Site.Config.WeChat
	return look{c.Style, c.Color}
}

// possible is a look with what the theme and eyes allow of it, apart from what it is
// without being chosen.
func (p *Preview) possible(l look) look {
	all := p.styles()
	if _, ok := all[l.Style]; !ok || l.Style == wechat.Chosen(all, p.snap.Site.Config) {
		l.Style = ""
	}
	if l.Color = config.Legible(l.Color); l.Color == p.said().Color {
		l.Color = ""
	}
	return l
}

// styles are those of the theme; none if something is wrong with them.
func (p *Preview) styles() map[string]wechat.Style {
	if p.snap.Theme == nil {
		return nil
	}
	shown, text, _ := p.snap.Theme.File(wechat.StylesFile)
	all, problems := wechat.Styles(shown, text)
	if len(problems) > 0 {
		return nil
	}
	return all
}

// of is the site with a look.
func (l look) of(s *site.Site) *site.Site {
	with := *s
	if l.Style != "" {
		with.Config.WeChat.Style = l.Style
	}
	if l.Color != "" {
		with.Config.WeChat.Color = l.Color
	}
	return &with
}

// query asks for the look.
func (l look) query() template.URL {
	return template.URL(url.Values{"style": {l.Style}, "color": {l.Color}}.Encode()) //nolint:gosec // it is escaped
}

// lookChoice is one of the styles, or of the colours.
type lookChoice struct {
	Name   string // empty for what config.toml says
	Label  string
	Query  template.URL // of its small view
	Chosen bool
}

// colours are some that can be read, for those who have none of their own.
var colours = []struct {
	value  string
	called diag.Text
}{
	{"#116666", diag.Say("青", "teal")}, {"#114488", diag.Say("蓝", "blue")}, {"#aa1111", diag.Say("红", "red")},
	{"#2a6633", diag.Say("绿", "green")}, {"#5b3a8c", diag.Say("紫", "purple")}, {"#222222", diag.Say("墨", "ink")},
}

// looks are the styles and colours to choose from.
func (s *Server) looks(p *Preview, now look) (styles, tones []lookChoice) {
	names := wechat.Names(p.styles())
	shown := now.Style
	if shown == "" {
		shown = wechat.Chosen(p.styles(), p.snap.Site.Config)
	}
	for _, name := range names {
		styles = append(styles, lookChoice{name, name, look{name, now.Color}.query(), name == shown})
	}
	own := diag.Say("样式的", "the style's")
	if c := p.snap.Site.Config; c.WeChat.Color != "" || c.Brand.Color != "" {
		own = diag.Say("网站的", "the site's")
	}
	tones = append(tones, lookChoice{"", own.In(s.how.Lang), "", now.Color == ""})
	for _, c := range colours {
		tones = append(tones, lookChoice{c.value, c.called.In(s.how.Lang), "", c.value == now.Color})
	}
	return styles, tones
}

// lines are what config.toml must say for everybody to have the look; none if it does.
func (l look) lines(said look) (lines []string) {
	if l.Style != "" && l.Style != said.Style {
		lines = append(lines, `style = "`+l.Style+`"`)
	}
	if l.Color != "" && l.Color != said.Color {
		lines = append(lines, `color = "`+l.Color+`"`)
	}
	if lines != nil {
		lines = append([]string{"[wechat]"}, lines...)
	}
	return lines
}
