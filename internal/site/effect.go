package site

import (
	"path"
	"slices"

	"qinglian/internal/content"
	"qinglian/internal/diag"
)

// What a regulation says of its effect, in kinds.toml's words.
const (
	replacesKey  = "replaces"
	stateKey     = "state"
	effectiveKey = "effective"

	stateInForce = "现行有效"
	stateRevised = "已修订"
)

// effect holds what regulations say of their effect to what others say of them: who
// reads that one was revised must be led to what it says now, and what was replaced is
// not in force.
func (l *linker) effect() {
	replaceable := map[string]bool{} // the kinds of which articles replace each other
	for name, kind := range l.site.Config.Kinds {
		_, replaceable[name] = kind.Field(replacesKey)
	}
	for _, p := range l.site.Pages {
		if !replaceable[p.Card.Kind] {
			continue
		}
		switch state, _ := p.Card.Fact(stateKey); {
		case slices.Contains(state.Values, stateRevised):
			l.revised(p)
		case slices.Contains(state.Values, stateInForce):
			l.inForce(p)
		}
	}
}

// revised reports a regulation that says it was revised, and nothing says by what.
func (l *linker) revised(p *Page) {
	if slices.ContainsFunc(p.NamedBy, func(m Mention) bool { return m.Key == replacesKey }) {
		return
	}
	d := diag.Diagnostic{Rule: "not-replaced", Severity: diag.Error,
		Message: diag.Say("《%s》已修订，但没有哪一篇写明取代了它", "%q was revised, but nothing says that it replaces it", p.Card.Title),
		Hint: diag.Say("在修订后的那一篇开头写上 取代: /%[1]s；没有新文件的，状态写 已废止",
			"in the front matter of its revision write 取代: /%[1]s (replaces); if there is none, the state is 已废止",
			underContent(p.Doc.Path)),
	}
	if next := l.awaitedReplacement(p); next != nil {
		d.Severity = diag.Warning
		d.Message = diag.Say("《%s》已修订，取代它的 %s 还没有公开，读者暂时看不到现行的文本",
			"%q was revised, but what replaces it, %s, is not public yet", p.Card.Title, next.Path)
		d.Hint = diag.Say("两篇一起公开：先公开新的那一篇，或先不改这一篇的状态",
			"publish both at once: first the new one, or leave the state of this one as it was")
	}
	l.say(p.Doc, d.Placed(p.Doc.Where(stateKey)))
}

// underContent is an article's file as a reference from the site's root names it.
func underContent(file string) string { return file[len(content.Folder)+1:] }

// awaitedReplacement is the article that replaces a page and is not public yet; nil
// without one.
func (l *linker) awaitedReplacement(p *Page) *content.Doc {
	for _, d := range l.awaited {
		fact, _ := d.Card.Fact(replacesKey)
		for _, ref := range fact.Refs {
			name, ok := l.source(&Page{Doc: d}, d.Refs[ref].Dest)
			if ok && slices.Contains([]string{name, path.Join(name, "index.md"), name + ".md"}, form(p.Doc.Path)) {
				return d
			}
		}
	}
	return nil
}

// inForce warns of a regulation that says it is in force, though another that is in
// effect by now says that it replaces it.
func (l *linker) inForce(p *Page) {
	for _, m := range p.NamedBy {
		if m.Key != replacesKey || m.From.Card.Moment(effectiveKey).After(l.now) ||
			leadsBack(p, m.From, replacesKey, new([]*Page), map[*Page]bool{}) { // a circle, which was reported
			continue
		}
		l.say(p.Doc, diag.Diagnostic{Rule: "still-in-force", Severity: diag.Warning,
			Message: diag.Say("《%s》写着现行有效，但《%s》取代了它", "%q says that it is in force, but %q replaces it",
				p.Card.Title, m.From.Card.Title),
			Hint: diag.Say("状态改成 已修订 或 已废止；仍然有效的，从 %s 里删去“取代”",
				"set the state to 已修订 (revised) or 已废止 (repealed); if it is in force, take replaces out of %s",
				m.From.Doc.Path),
		}.Placed(p.Doc.Where(stateKey)))
		return
	}
}
