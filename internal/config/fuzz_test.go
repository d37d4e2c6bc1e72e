package config

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"qinglian/internal/address"
	"qinglian/internal/diag"
)

// FuzzParse: any text is settings that can be used, or is refused with where; and what
// was pasted as a mark consists of nothing but what is on the list.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"",
		"\ufefftitle = \"甲\"\nbase_url = \"https://a.example/b\"\ntheme = \"../a\"\ntone = \"red\"\nid_code = \"1\"\ntimezone = \"Asia/Nowhere\"\n",
		"[sections.a]\nkind = \"b\"\n[kinds.b]\nlabel = \"乙\"\n[[menu]]\nsection = \"a\"\n[[menu]]\ntitle = \"丙\"\nto = \"javascript:a()\"\n",
		"[taxonomies.a]\nfield = \"region\"\nweight = -1\n[taxonomies.a.slugs]\n\"甲\" = \"../b\"\n[footer]\nicp = \"1\"\npolice = \"2\"\n",
		"[marks.organ]\npaste = '<script src=\"//a.example/b.js\"></script><a onclick=a href=https://b.example><img src=https://c.example/d.png>'\n",
		"[marks.mistakes]\npaste = '<script>document.write(unescape(\"%3Cspan id=a%3E%3Cscript src=https://a.example/b.js%3E%3C/script%3E\"))</script>'\n",
		"a.a.a = 1\nx = {a = {a = [[1], 2]}}\ntitle = 1\nsections = 2\n[kinds.b.fields.c]\ntype = \"table\"\ncolumns = 3\n",
		"language = \"<script>\"\n[markdown]\nenter = \"x\"\n[pictures]\noutside = \"x\"\n[wechat]\ntitle = -1\n[search]\non = false\nsuggest = [\"<b>\"]\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 4096 {
			return
		}
		c, problems := Parse([]byte(s))
		lines := strings.Count(s, "\n") + 1
		for _, d := range problems {
			if d.File != File || d.Line > lines || d.Rule == "" || d.Message == (diag.Text{}) {
				t.Fatalf("%q: %+v", s, d)
			}
		}
		if !address.ValidSlug(c.Theme) || c.Zone == nil || !slices.Contains(Tones, c.Tone) {
			t.Fatalf("%q: theme %q, zone %v, tone %q", s, c.Theme, c.Zone, c.Tone)
		}
		if u, err := url.Parse(c.BaseURL); err != nil || c.BaseURL != "" && u.Scheme != "http" && u.Scheme != "https" {
			t.Fatalf("%q: base_url %q", s, c.BaseURL)
		}
		harmless(t, c.Marks.Organ)
		harmless(t, c.Marks.Mistakes)
		c.CompileDigest()
		c.FieldKeys()
	})
}

// harmless fails if a mark has an element or an attribute that is not on the list, an
// address that is none of another site, or a script with a text.
func harmless(t *testing.T, m Mark) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(m.HTML))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if kind != html.StartTagToken {
			continue
		}
		tag := z.Token()
		for _, a := range tag.Attr {
			added := tag.Data == "a" && a.Key == "rel"
			if !added && !slices.Contains(pastable[tag.Data], a.Key) ||
				(a.Key == "src" || a.Key == "href") && !secure(a.Val) {
				t.Fatalf("%q: %s has %s=%q in %q", m.Paste, tag.Data, a.Key, a.Val, m.HTML)
			}
		}
		if _, ok := pastable[tag.Data]; !ok {
			t.Fatalf("%q: <%s> in %q", m.Paste, tag.Data, m.HTML)
		}
	}
	for _, host := range slices.Concat(m.Scripts, m.Images) {
		if u, err := url.Parse(host); err != nil || !secure(host) || u.Path != "" ||
			strings.ContainsAny(host, " ;,'\"") {
			t.Fatalf("%q lets in %q", m.Paste, host)
		}
	}
}
