package web

import (
	"strings"
	"testing"
	"time"

	"qinglian/internal/digest"
	"qinglian/internal/site"
)

// TestShowing: what another title, or another summary, of an article moves is among what
// shows it, whichever article of a site that has everything it is.
func TestShowing(t *testing.T) {
	which := site.Selection{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Drafts: true}
	folder := wholeSite(t)
	for _, name := range []string{"index.md", "notices/index.md", "terms/topics/look.md", "terms/units/index.md"} {
		file := "content/" + name
		if folder[file] == "" {
			folder[file] = "---\n标题: 说明\n---\n"
		}
		folder[file] += "\n::card{to=/notices/n20.md}\n"
	}
	for _, name := range []string{"content/notices/n20.md", "content/notices/n40.md"} { // no neighbours
		folder[name] = strings.Replace(folder[name], "来源:", "标签: [远处]\n来源:", 1)
	}
	plan := folder.plan(t, "engine", which)
	was, _, _ := folder.selected(t, "engine", which)
	shown, moved := 0, 0
	for _, p := range plan.site.Pages {
		if p.In == nil || p.Index || alike.MatchString(p.Path) {
			continue
		}
		outputs, ok := plan.Showing([]*site.Page{p})
		if !ok {
			continue // it is in a list of a layout
		}
		showing := map[string]digest.Digest{}
		for _, o := range outputs {
			showing[o.Path] = o.Key
		}
		shown++
		for _, line := range []string{"标题: " + p.Card.Title, "摘要: " + p.Card.Summary} {
			if !strings.Contains(folder[p.Doc.Path], line+"\n") {
				continue
			}
			now, _, _ := folder.edit(t, p.Doc.Path, line, line+"新").selected(t, "engine", which)
			for path, o := range now {
				if o.Key == was[path].Key {
					continue
				}
				moved++
				if showing[path] != was[path].Key {
					t.Errorf("%s: %s moves, and is not among what shows it", p.Path, path)
				}
			}
		}
	}
	if shown < 5 || moved < 5*shown {
		t.Errorf("%d articles, %d pages: too few to say anything", shown, moved)
	}
}
