package web

import (
	"html/template"
	"slices"
	"strings"

	"qinglian/internal/site"
	"qinglian/internal/view"
)

// policy is what a page may load: nothing but the site's own files, and no script
// or style that is written into it. The marks of a public body add exactly the
// hosts that they come from: one that runs a script, which shows a picture of the
// same host, to both lists; one that is only a picture to that of pictures.
func (c *composer) policy() string {
	var scripts, images []string
	for _, m := range c.site.Marks {
		scripts = append(scripts, m.Scripts...)
		images = append(images, m.Images...)
	}
	script := ""
	if len(scripts) > 0 {
		script = "script-src 'self'" + sources(scripts) + "; "
	}
	return "default-src 'self'; " + script + "img-src 'self' data:" + sources(append(images, scripts...)) + "; object-src 'none'; base-uri 'self'; form-action 'self'"
}

// sources are hosts as a policy lists them, each once.
func sources(hosts []string) string {
	slices.Sort(hosts)
	return strings.Join(append([]string{""}, slices.Compact(hosts)...), " ")
}

// mark is one as pages show it that reach the site's root through root.
func (c *composer) mark(m site.Mark, root string) view.Mark {
	// What was pasted came through config's list of elements and attributes.
	v := view.Mark{Title: m.Title, URL: m.To, HTML: template.HTML(m.HTML)}
	if m.Picture != nil {
		v.Picture = c.pictures.whole(m.Picture).view(func(to string) string { return root + to })
	}
	return v
}

// police is the number with where readers look it up.
func police(number string) *view.Link {
	if number == "" {
		return nil
	}
	return &view.Link{Title: number, Outside: true, URL: "https://beian.mps.gov.cn/#/query/webSearch?code=" + strings.Map(dialled, number)}
}
