package markdown

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"qinglian/internal/diag"
)

// AnchorIndex finds a page's anchors by the names that links give them: one of their
// ids, or what other programs made of their titles (headingid.go), for texts that come
// from there. Those names are made when a link has none of the ids.
type AnchorIndex struct {
	all      []Anchor
	byID     map[string]int
	repeated bool             // a heading's id is numbered, as another has its name
	foreign  []map[string]int // by each of foreignIDs
	letters  map[string]int   // by lettersOf; -1 for several
}

// IndexAnchors makes the index of a page's anchors.
func IndexAnchors(all []Anchor) *AnchorIndex {
	x := &AnchorIndex{all: all, byID: make(map[string]int, 2*len(all))}
	for i, a := range all {
		x.byID[a.Alias] = i
	}
	for i, a := range all {
		x.byID[a.ID] = i // an id is more than another's alias
	}
	delete(x.byID, "")
	for _, a := range all {
		x.repeated = x.repeated || a.Level > 0 && x.numbered(a.ID)
	}
	return x
}

// numbered reports whether an id is another's with a number.
func (x *AnchorIndex) numbered(id string) bool {
	base, number := cutNumber(id)
	_, ok := x.byID[base]
	return ok && number != ""
}

// cutNumber cuts the number off an id that ends in one.
func cutNumber(id string) (base, number string) {
	base = strings.TrimRight(id, "0123456789")
	if number = id[len(base):]; number == "" || !strings.HasSuffix(base, "-") {
		return id, ""
	}
	return strings.TrimSuffix(base, "-"), number
}

// All are the anchors, in the order of the page.
func (x *AnchorIndex) All() []Anchor { return x.all }

// ByID is the place among the anchors of the one that has an id.
func (x *AnchorIndex) ByID(id string) (at int, ok bool) {
	at, ok = x.byID[id]
	return at, ok
}

// Find is the place among the anchors of the one that a link means; -1 if there is
// none. wanted gives the names in all links of the same text to the page. Where one name
// is two headings', by our rule and by another, it is what those links make of it; if
// they leave it open it is ours, and doubt says so.
func (x *AnchorIndex) Find(name string, wanted func() map[string]bool) (at int, doubt *diag.Diagnostic) {
	at, own := x.byID[name]
	if !own {
		name = strings.TrimPrefix(name, "user-content-") // GitHub's prefix, which its script hides
		at, own = x.byID[name]
	}
	if !own {
		return x.findForeign(name)
	}
	if !x.repeated || !x.derived(at) {
		return at, nil // an id that was given, or titles that are not much the same
	}
	other, ok := x.byForeign()[0][name] // GitHub's: all count alike
	if !ok || other == at {
		return at, nil
	}
	if x.countedElsewhere(at, wanted()) {
		return other, nil
	}
	return at, x.doubt(name, at, other)
}

// derived reports whether an anchor is a heading that has its id from its title.
func (x *AnchorIndex) derived(at int) bool {
	a := x.all[at]
	base, _ := cutNumber(a.ID)
	own := headingID(a.Title)
	return a.Level > 0 && !a.Clause && (own == a.ID || own == base)
}

// countedElsewhere reports whether links name a heading, or the second of its name, as
// GitHub does and we don't: the same writer means nothing else by its id.
func (x *AnchorIndex) countedElsewhere(at int, wanted map[string]bool) bool {
	base := githubID(x.all[at].Title)
	second := base + "-1"
	for _, name := range []string{base, second} {
		if _, own := x.byID[name]; !own && wanted[name] {
			return true
		}
	}
	return false
}

// findForeign looks for what other programs made of a title, then for the one title
// that has the same letters.
func (x *AnchorIndex) findForeign(name string) (at int, doubt *diag.Diagnostic) {
	at = -1
	for _, by := range x.byForeign() {
		other, ok := by[name]
		switch {
		case ok && at < 0:
			at = other
		case ok && at != other:
			return at, x.doubt(name, at, other)
		}
	}
	if at >= 0 {
		return at, nil
	}
	letters := lettersOf(name)
	if utf8.RuneCountInString(letters) < 2 { // C, C++ and C# are three things
		return -1, nil
	}
	if at, ok := x.byLetters()[letters]; ok {
		return at, nil
	}
	return -1, nil
}

// byForeign are the headings by their ids as each of foreignIDs makes them. A second
// of one name is numbered 1.
func (x *AnchorIndex) byForeign() []map[string]int {
	if x.foreign != nil {
		return x.foreign
	}
	for _, idOf := range foreignIDs() {
		ids, used := map[string]int{}, map[string]int{}
		for i, a := range x.all {
			id := idOf(a.Title)
			if a.Level == 0 || id == "" {
				continue
			}
			used[id]++
			if n := used[id]; n > 1 {
				id += "-" + strconv.Itoa(n-1)
			}
			if _, taken := ids[id]; !taken { // a browser goes to the first
				ids[id] = i
			}
		}
		x.foreign = append(x.foreign, ids)
	}
	return x.foreign
}

// byLetters are the anchors by the letters of their titles, and by those of their ids.
func (x *AnchorIndex) byLetters() map[string]int {
	if x.letters != nil {
		return x.letters
	}
	x.letters = map[string]int{}
	for i, a := range x.all {
		letters := lettersOf(a.Title)
		if _, taken := x.letters[letters]; taken {
			i = -1
		}
		x.letters[letters] = i
	}
	for i, a := range x.all {
		letters := lettersOf(a.ID)
		if _, taken := x.letters[letters]; !taken {
			x.letters[letters] = i
		}
	}
	return x.letters
}

// lettersOf are the letters and digits of a name, in lower case and without accents.
func lettersOf(name string) string {
	return strings.Map(func(c rune) rune {
		if accent(c) || !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c) {
			return -1
		}
		return c
	}, strings.ToLower(norm.NFKD.String(name)))
}

// doubt is the message about a name that two headings have, by our rule and another.
func (x *AnchorIndex) doubt(name string, at, other int) *diag.Diagnostic {
	here, there := x.all[at], x.all[other]
	return &diag.Diagnostic{Rule: "ambiguous-anchor", Severity: diag.Warning,
		Message: diag.Say("“#%s”可以是两个标题：链接指到了“%s”（#%s），照 GitHub、Hexo 的算法是“%s”（#%s）",
			"#%s may be two headings: the link leads to %q (#%s), by the rules of GitHub and Hexo it is %q (#%s)",
			name, here.Title, here.ID, there.Title, there.ID),
		Hint: diag.Say("给要去的标题起个名字，写在它的后面，如 ## %s {#mingzi}，链接写 #mingzi",
			"give the heading that is meant a name behind its title, such as ## %s {#name}, and write #name in the link",
			there.Title)}
}
