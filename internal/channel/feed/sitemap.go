package feed

import (
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"time"

	"qinglian/internal/digest"
	"qinglian/internal/site"
)

// sitemapSize is how many addresses one sitemap may hold (sitemaps.org).
const sitemapSize = 50000

const sitemapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9"

type entry struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// sitemaps plans one for each section, in its folder since it may speak of no
// others, one for the rest, and the index of them all. Dates are those that
// the front matter gives, never a file's time: that changes when a site is
// copied.
func (m *maker) sitemaps() {
	s := m.site
	var index []entry
	var rest []located
	rest = append(rest, located{path: "index.html"})
	for _, p := range s.Pages {
		if p.In == nil && !p.Index {
			rest = append(rest, located{p.Path, changed(&p.Card)})
		}
	}
	for _, t := range s.Taxonomies {
		rest = append(rest, located{path: t.Path})
		for _, term := range t.Terms {
			rest = append(rest, lists(term.Path, term.Pages)...)
		}
	}
	index = append(index, m.sitemap("sitemap-pages", rest)...)
	for _, section := range s.Sections {
		all := append(make([]located, 0, len(section.Pages)*9/8), lists(section.Path, section.Pages)...)
		for _, p := range section.Pages {
			all = append(all, located{p.Path, changed(&p.Card)})
		}
		index = append(index, m.sitemap(section.Name+"/sitemap", all)...)
	}
	key := digest.New("sitemaps").Digest(m.engine)
	for _, e := range index {
		key.String(e.Loc, e.LastMod)
	}
	m.add("sitemap.xml", "sitemap", key, func(w io.Writer) error {
		return m.writeXML(w, struct {
			XMLName  xml.Name
			Sitemaps []entry `xml:"sitemap"`
		}{xml.Name{Space: sitemapSpace, Local: "sitemapindex"}, index})
	})
}

// located is a published path with its date, which may be zero.
type located struct {
	path string
	at   time.Time
}

func lists(index string, pages []*site.Page) []located {
	var out []located
	for _, l := range site.Lists(index, pages) {
		out = append(out, located{path: l.Path})
	}
	return out
}

// sitemap plans the sitemaps of some addresses, more than one if there are too
// many, and returns their entries for the index.
func (m *maker) sitemap(name string, all []located) []entry {
	var index []entry
	for n := 1; len(all) > 0; n++ {
		part := all[:min(sitemapSize, len(all))]
		all = all[len(part):]
		to := name + ".xml"
		if n > 1 {
			to = fmt.Sprintf("%s-%d.xml", name, n)
		}
		key := digest.New("sitemap").Digest(m.engine).String(m.site.Config.BaseURL)
		var latest time.Time
		for _, l := range part {
			_, offset := l.at.Zone()
			key.String(l.path).Int(l.at.Unix(), int64(offset))
			if l.at.After(latest) {
				latest = l.at
			}
		}
		m.add(to, "sitemap "+path.Dir(to), key, func(w io.Writer) error {
			entries := make([]entry, len(part))
			for i, l := range part {
				entries[i] = entry{m.site.URL(l.path), stamp(l.at)}
			}
			return m.writeXML(w, struct {
				XMLName xml.Name
				URLs    []entry `xml:"url"`
			}{xml.Name{Space: sitemapSpace, Local: "urlset"}, entries})
		})
		index = append(index, entry{m.site.URL(to), stamp(latest)})
	}
	return index
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}
