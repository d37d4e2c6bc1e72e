package config

import (
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"

	nethtml "golang.org/x/net/html"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// Profiles are who publishes a site, which decides what must stand on it:
// government bodies, party and discipline bodies, and all others.
var Profiles = []string{"gov", "party", "institution"}

// Marks are what a public body must show and gets from elsewhere.
type Marks struct {
	Organ    Mark `toml:"organ"`    // 党政机关网站标识
	Mistakes Mark `toml:"mistakes"` // 政府网站找错
}

// Mark is one of them: what its owner was given to paste, or a picture with a
// link in its place, which loads nothing from elsewhere.
type Mark struct {
	Paste   string `toml:"paste"`
	Picture string `toml:"picture"` // of static/
	To      string `toml:"to"`

	HTML    string   `toml:"-"` // of Paste: nothing but what pastable allows
	Scripts []string `toml:"-"` // https://… that HTML loads scripts from, and what these load
	Images  []string `toml:"-"` // https://… that HTML loads pictures from
}

// Set reports whether the owner gave anything.
func (m Mark) Set() bool { return m.Paste != "" || m.Picture != "" || m.To != "" }

// pastable is what a pasted mark may consist of: elements, and their attributes
// as their owners' scripts look for them.
var pastable = map[string][]string{
	"span":   {"id", "class"},
	"a":      {"id", "href", "title"},
	"img":    {"id", "src", "alt", "width", "height"},
	"script": {"id", "src", "sitecode"},
}

// marks reads what was pasted.
func (p *parser) marks(m Marks) Marks {
	p.mark(&m.Organ, "organ")
	p.mark(&m.Mistakes, "mistakes")
	return m
}

func (p *parser) mark(m *Mark, name string) {
	wrong := func(message, hint diag.Text, key ...string) {
		at := append([]string{"marks", name}, key...)
		p.report(diag.Diagnostic{Rule: "bad-mark", Message: message, Hint: hint}, at...)
		*m = Mark{}
	}
	switch {
	case !m.Set():
	case m.Paste != "" && (m.Picture != "" || m.To != ""):
		wrong(diag.Say("paste 和 picture、to 只能用一种", "paste and picture with to exclude each other"),
			diag.Say("要么粘贴官方代码，要么写图片和链接", "either paste the official code, or give a picture and a link"))
	case m.Paste == "" && (m.Picture == "" || !secure(m.To)):
		wrong(diag.Say("图片标识没有写全", "the mark's picture or link is missing"),
			diag.Say("写 picture = \"static 里的图片\" 和 to = \"https://…\"",
				"give picture = \"a picture in static\" and to = \"https://…\""))
	case m.Paste != "":
		if message := m.read(m.Paste); message != (diag.Text{}) {
			wrong(message, diag.Say("照官方给的代码原样粘贴；网址要以 https:// 开头；或改用 picture 和 to",
				"paste the official code as it was given, with https:// addresses; or use picture and to"), "paste")
		} else if len(m.Scripts)+len(m.Images) == 0 {
			wrong(diag.Say("粘贴的代码里没有脚本或图片的网址", "what was pasted names no script and no picture"),
				diag.Say("照官方给的代码原样粘贴，或改用 picture 和 to",
					"paste the official code as it was given, or use picture and to"), "paste")
		}
	}
}

// written is a script's text in an old form of the official code, which writes
// the real one.
var written = pattern.Of(`^\s*document\.write\(\s*(?:unescape|decodeURIComponent)\(` +
	`\s*(?:"([^"]*)"|'([^']*)')\s*\)\s*\)\s*;?\s*$`)

// read makes HTML of the allowed elements of a pasted text. Anything else in it is
// refused with the reason.
func (m *Mark) read(text string) (refused diag.Text) {
	z := nethtml.NewTokenizer(strings.NewReader(text))
	var open []string
	inScript := false
	for {
		switch z.Next() {
		case nethtml.ErrorToken:
			for _, name := range slices.Backward(open) {
				m.HTML += "</" + name + ">"
			}
			return diag.Text{}
		case nethtml.TextToken:
			raw := strings.TrimSpace(string(z.Raw()))
			if w := written().FindStringSubmatch(raw); inScript && w != nil {
				inner, err := url.PathUnescape(w[1] + w[2])
				if err != nil || strings.Contains(inner, "document.write") {
					return diag.Say("粘贴的代码里有看不懂的脚本", "what was pasted has a script that can't be read")
				}
				if refused := m.read(inner); refused != (diag.Text{}) {
					return refused
				}
			} else if inScript && raw != "" {
				return diag.Say("粘贴的代码里有直接写的脚本，网站的安全策略不允许",
					"what was pasted has an inline script, which the site's policy forbids")
			} else {
				m.HTML += html.EscapeString(html.UnescapeString(raw))
			}
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			t := z.Token()
			inScript = t.Data == "script" && t.Type == nethtml.StartTagToken
			element, refused := m.element(t)
			if refused != (diag.Text{}) {
				return refused
			}
			m.HTML += element
			if element != "" && t.Data != "img" {
				open = append(open, t.Data)
			}
		case nethtml.EndTagToken:
			t := z.Token()
			inScript = false
			if n := len(open); n > 0 && open[n-1] == t.Data {
				m.HTML += "</" + t.Data + ">"
				open = open[:n-1]
			}
		}
	}
}

// element is an allowed element's start tag; "" for a script that only writes
// another.
func (m *Mark) element(t nethtml.Token) (tag string, refused diag.Text) {
	allowed, ok := pastable[t.Data]
	if !ok {
		return "", diag.Say("粘贴的代码里有 <%s>，这里不能用", "what was pasted has <%s>, which is not allowed here", t.Data)
	}
	source := ""
	b := "<" + t.Data
	for _, a := range t.Attr {
		if !slices.Contains(allowed, a.Key) {
			continue // target, type, border: nothing that the mark depends on
		}
		if a.Key == "src" || a.Key == "href" {
			if strings.HasPrefix(a.Val, "//") {
				a.Val = "https:" + a.Val // as official code has it, to fit any page
			}
			if !secure(a.Val) {
				return "", diag.Say("粘贴的代码里的网址“%s”不是 https:// 开头的完整网址",
					"the address %q in what was pasted is not a whole https:// address", a.Val)
			}
		}
		if a.Key == "src" {
			source = a.Val
		}
		b += " " + a.Key + `="` + html.EscapeString(a.Val) + `"`
	}
	if source != "" {
		u, _ := url.Parse(source) // secure parsed it
		to := &m.Images
		if t.Data == "script" {
			to = &m.Scripts
		}
		if host := "https://" + u.Host; !slices.Contains(*to, host) {
			*to = append(*to, host)
		}
	}
	switch {
	case t.Data == "script" && source == "":
		return "", diag.Text{}
	case t.Data == "a":
		b += ` rel="external noopener noreferrer"`
	case t.Data == "img" && !strings.Contains(b, ` alt="`):
		b += ` alt=""`
	}
	return b + ">", diag.Text{}
}

// host is a name with a port perhaps: nothing that could add to a policy.
var host = pattern.Of(`^[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+(:[0-9]{1,5})?$`)

// secure reports whether an address leads to another site over https.
func secure(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.User == nil && host().MatchString(u.Host)
}

func (p *parser) profile(name string) string {
	if name == "" || slices.Contains(Profiles, name) {
		return name
	}
	p.report(diag.Diagnostic{Rule: "config-value",
		Message: diag.Say("没有“%s”这种网站", "there is no profile %q", name),
		Hint: diag.Say("可用的有：%s（政府机关、党委纪委、其他单位）",
			"there are: %s (government, party and discipline bodies, others)", diag.Listed(Profiles))}, "profile")
	return ""
}

// icpForm is an ICP number: 京ICP备12345678号-1.
var icpForm = pattern.Of(`^\p{Han}ICP备\d{8,10}号(-\d{1,3})?$`)

// policeForm is a number of the police's register: 京公网安备 11010502030143号.
var policeForm = pattern.Of(`^\p{Han}公网安备\s?\d{14}号$`)

// footer checks the numbers that readers can look up.
func (p *parser) footer(f Footer) {
	for _, number := range []struct {
		key, value string
		form       *regexp.Regexp
		sample     string
	}{{"icp", f.ICP, icpForm(), "京ICP备12345678号-1"}, {"police", f.Police, policeForm(), "京公网安备11010502030143号"}} {
		if number.value != "" && !number.form.MatchString(number.value) {
			p.report(diag.Diagnostic{Rule: "config-value",
				Message: diag.Say("备案号“%s”的写法不对", "%q is not written as such a number is", number.value),
				Hint: diag.Say("写成 %s 这样，照备案的文件",
					"write it as in %s, from the official document", number.sample)}, "footer", number.key)
		}
	}
}
