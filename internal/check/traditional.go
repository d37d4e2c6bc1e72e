package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"qinglian/internal/diag"
)

// traditionalCharacter is about characters in their traditional form, which are for
// calligraphy, old books and names.
var traditionalCharacter = Rule{Name: "traditional-character", Sure: High, Settings: true, Article: func(a *Article) {
	a.eachUnlisted(true, func(p *Passage, found []rune, at int) {
		t := table()
		var simple []rune
		for _, c := range found {
			simple = append(simple, t.traditional[c])
		}
		_, size := utf8.DecodeRuneInString(p.Text[at:])
		a.report(p, at, at+size, Finding{Diagnostic: diag.Diagnostic{Rule: "traditional-character", Severity: diag.Note,
			Message: diag.Say("有繁体字：%s", "there are traditional characters: %s", spaced(found)),
			Hint: diag.Say("写成 %s；引用书法、古籍、姓名的可以照旧",
				"write %s; in calligraphy, old books and names they may stay", spaced(simple))}})
	})
}}

// eachUnlisted visits the passages that have characters outside of the table.
func (a *Article) eachUnlisted(traditional bool, visit func(p *Passage, found []rune, at int)) {
	if !strings.EqualFold(a.Config.Language, "zh-CN") {
		return
	}
	t := table()
	passages := a.Passages()
	for i := range passages {
		p := &passages[i]
		if !a.isProse(p) || isJapanese(p.Text) {
			continue
		}
		if found, at := t.unlisted(p.Text, traditional); found != nil {
			visit(p, found, at)
		}
	}
}

// isJapanese reports a text with more of its letters than a name or an ornament has: its
// characters are not Chinese ones that were typed wrong.
func isJapanese(s string) bool {
	kana := 0
	for _, c := range s {
		if unicode.In(c, unicode.Hiragana, unicode.Katakana) {
			kana++
		}
	}
	return kana >= 3
}

// spaced is some characters, not too many, as a message shows them.
func spaced(found []rune) string {
	more := ""
	if len(found) > 10 {
		found, more = found[:10], "……"
	}
	return strings.Join(strings.Split(string(found), ""), "、") + more
}
