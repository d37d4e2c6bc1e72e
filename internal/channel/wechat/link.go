package wechat

import (
	"cmp"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"qinglian/internal/qr"
	"qinglian/internal/site"
)

// lead is how a reader of WeChat gets to where a link leads. The zero lead leads
// nowhere: there is no address, or the reader is there.
type lead struct {
	within  string // address in WeChat itself: the only link that stays
	address string // in full
	own     bool   // it is the site's
	title   string // of the article; empty if it is none
}

// note is a link that is named at the end.
type note struct {
	title string
	lead
}

// nowhere stands for the address of a site that has none, so that links can be
// followed on it.
const nowhere = "https://site.invalid/"

// lead follows a link. A page of the site is one target, wherever on it the link
// leads: a place on it would make the code dense, and each of them a code more.
func (w *writer) lead(href string) lead {
	to, err := url.Parse(href)
	base, wrong := url.Parse(cmp.Or(w.site.Config.BaseURL, nowhere))
	if err != nil || wrong != nil {
		return lead{}
	}
	full := base.ResolveReference(&url.URL{Path: w.page.Path}).ResolveReference(to)
	path, inside := strings.CutPrefix(full.Path, base.Path)
	switch {
	case stays(href):
		return lead{within: href}
	case to.IsAbs() && (full.Host != base.Host || !inside):
		return lead{address: href}
	case full.Host != base.Host || !inside && w.site.Config.BaseURL != "":
		return lead{address: full.String()}
	}
	return w.leadOn(full, w.pageAt(path))
}

// leadOn is the lead to an address of the site's, and to the page there, if it is one.
func (w *writer) leadOn(full *url.URL, page *site.Page) lead {
	switch {
	case page == w.page:
		return lead{}
	case page != nil && page.Card.WeChat != "":
		return lead{within: page.Card.WeChat}
	case w.site.Config.BaseURL == "":
		return lead{}
	}
	full.Fragment, full.RawFragment = "", ""
	to := lead{own: true}
	if page != nil {
		full.RawQuery = "" // which is for the lists that are chosen from
		to.title = page.Card.Title
	}
	to.address = strings.TrimSuffix(full.String(), "index.html")
	return to
}

// leadTo is the lead to a published path.
func (w *writer) leadTo(path string) lead { return w.lead(w.site.Config.BasePath() + path) }

// pageAt is the article at a published path; nil if there is none.
func (w *writer) pageAt(path string) *site.Page {
	if path == "" || strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	i := slices.IndexFunc(w.site.Pages, func(p *site.Page) bool { return p.Path == path })
	if i < 0 {
		return nil
	}
	return w.site.Pages[i]
}

// linkedText writes a text that leads somewhere.
func (w *writer) linkedText(text string, to lead) {
	w.led(to, text, func() { w.write(html.EscapeString(text)) })
}

// led writes what leads somewhere: as a link if WeChat keeps it, else with the
// number of a note. title is what the note says.
func (w *writer) led(to lead, title string, write func()) {
	if to.within != "" {
		w.anchor(to.within)
		write()
		w.close("a")
		return
	}
	write()
	w.noted(title, to)
}

// noted writes the number of a link, which stands at the end, each once.
func (w *writer) noted(title string, to lead) {
	if to.address == "" {
		return
	}
	number, known := w.numbers[to.address]
	if !known {
		w.notes = append(w.notes, note{cmp.Or(to.title, title), to})
		number = len(w.notes)
		w.numbers[to.address] = number
	}
	w.styled("span", fixed["sup"])
	w.write("[" + strconv.Itoa(number) + "]")
	w.close("span")
}

// links writes the links of the text, in their order: the first few of the site's with
// a code, those that follow each other in one card.
func (w *writer) links() {
	if len(w.notes) > 0 {
		w.text("p", "notes", "引用链接")
	}
	inCard := false
	for i, n := range w.notes {
		label := "[" + strconv.Itoa(i+1) + "] " + n.title
		picture, has := "", false
		if n.own {
			picture, has = w.qrCode(n.address)
		}
		switch {
		case has != inCard:
			w.edge(has)
			inCard = has
		case has:
			w.write("<br>") // the column may be wide enough for both
		}
		if has {
			w.besideCode(picture, label, "长按识别，看网页")
			continue
		}
		w.open("p", "note")
		w.write(html.EscapeString(label))
		if n.title != n.address {
			w.write("<br>", html.EscapeString(readable(n.address)))
		}
		w.close("p")
	}
	if inCard {
		w.edge(false)
	}
}

// edge begins a card, or ends it.
func (w *writer) edge(begins bool) {
	if begins {
		w.open("section", "box")
	} else {
		w.close("section")
	}
}

// codeCard writes a card with the QR code of an address. ok is false if it has none.
func (w *writer) codeCard(title, about, address string) (ok bool) {
	picture, ok := w.qrCode(address)
	if ok {
		w.edge(true)
		w.besideCode(picture, title, about)
		w.edge(false)
	}
	return ok
}

// besideCode writes a code with what stands beside it.
func (w *writer) besideCode(picture, title, about string) {
	w.img(picture, "二维码", w.style["qr"])
	w.styled("section", "display:inline-block;width:48%;margin:0 0 0 12px;vertical-align:middle")
	w.text("strong", "strong", title)
	w.write("<br>", html.EscapeString(about))
	w.close("section")
}

// qrCode is the picture of the QR code of an address, each address once. ok is false if
// there is none: there are as many as there may be, or the address is too long.
func (w *writer) qrCode(address string) (picture string, ok bool) {
	if w.codes == w.site.Config.WeChat.Codes || w.coded[address] {
		return "", false
	}
	code, err := qr.Of(address)
	if err != nil {
		return "", false
	}
	w.codes++
	w.coded[address] = true
	name := "codes/" + strconv.Itoa(w.codes) + ".png"
	w.article.Pictures = append(w.article.Pictures, Picture{Name: name, Bytes: code.PNG()})
	return name, true
}

// readable is an address as people read it: what stands for letters that are not
// ASCII is these letters. What can't be seen stays as it is.
func readable(address string) string {
	var b strings.Builder
	for rest := address; rest != ""; {
		n := 1
		if r, size := escaped(rest); size > 0 {
			b.WriteRune(r)
			n = size
		} else {
			b.WriteByte(rest[0])
		}
		rest = rest[n:]
	}
	return b.String()
}

// escaped is the letter that a text begins with in percent signs, with how long it
// is; 0 if it begins with none.
func escaped(text string) (r rune, size int) {
	var bytes []byte
	for len(bytes) < utf8.UTFMax && size+2 < len(text) && text[size] == '%' {
		b, err := strconv.ParseUint(text[size+1:size+3], 16, 8)
		if err != nil {
			return 0, 0
		}
		bytes, size = append(bytes, byte(b)), size+3
		if r, n := utf8.DecodeRune(bytes); n == len(bytes) && r != utf8.RuneError {
			if r < utf8.RuneSelf || !unicode.IsPrint(r) {
				return 0, 0
			}
			return r, size
		}
	}
	return 0, 0
}
