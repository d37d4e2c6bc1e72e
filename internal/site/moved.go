package site

import (
	"path"
	"slices"
	"strings"

	"qinglian/internal/address"
	"qinglian/internal/diag"
	"qinglian/internal/markdown"
)

// former is the article that had an address before; page is nil if it is not public.
type former struct{ page *Page }

// moved is the article that had the address in a link before. The address may begin at
// the site's root, at the page, or at an address that the page itself had before: its
// links may be as old.
func (l *linker) moved(p *Page, ref markdown.Ref) (former, bool) {
	if ref.Image || ref.Article {
		return former{}, false
	}
	if l.byAlias == nil {
		l.findAliases()
	}
	addresses := []string{l.published(p, ref.Dest)}
	if !strings.HasPrefix(ref.Dest, "/") {
		for _, alias := range p.Card.Aliases {
			addresses = append(addresses, path.Join(path.Dir(alias), ref.Dest))
		}
	}
	for _, typed := range addresses {
		if alias, ok := address.Alias(typed); ok {
			if was, ok := l.byAlias[alias]; ok {
				return was, true
			}
		}
	}
	return former{}, false
}

// findAliases enters the addresses that articles had before. One of an article that is
// public is that article's, of several the first's.
func (l *linker) findAliases() {
	l.byAlias = map[string]former{}
	for _, alias := range l.withheld {
		l.byAlias[alias] = former{}
	}
	for _, p := range slices.Concat(l.site.Pages, l.site.Tombstones) {
		for _, alias := range p.Card.Aliases {
			if l.byAlias[alias].page == nil {
				l.byAlias[alias] = former{p}
			}
		}
	}
}

func (l *linker) movedTo(was former, p *Page, ref markdown.Ref) (Target, *diag.Diagnostic) {
	if was.page == nil {
		return hiddenTarget(ref)
	}
	return l.anchored(p, was.page, ref)
}
