package check

import "qinglian/internal/diag"

// nearPhrase is about the owner's phrases that are typed nearly right: one character is
// another, missing or one too many, or two are exchanged, between the first and the last
// one. It is the commonest serious error there is.
var nearPhrase = Rule{Name: "near-phrase", Sure: Medium, Files: true, Article: func(a *Article) {
	for _, h := range a.phraseHits() {
		if h.how == exact || h.how == homophone {
			continue
		}
		a.report(h.passage, h.at, h.end,
			Finding{Diagnostic: diag.Diagnostic{Rule: "near-phrase", Severity: h.severity(),
				Message: diag.Say("“%s”和词库里的“%s”只差一个字：%s", "%q is one slip off %q, which is in the site's list: %s",
					h.typed, h.phrase.text, h.said()),
				Hint: diag.Say("是不是“%s”？就是要这样写的，把“%s”也写进 lexicon 里的词库",
					"did you mean %q? If it is right, add %q to the list in lexicon", h.phrase.text, h.typed)}})
	}
}}

// longPhrase is from how many characters on a phrase is hardly like another by chance.
const longPhrase = 6

func (h phraseHit) severity() diag.Severity {
	switch {
	case len(h.phrase.runes) >= longPhrase && !h.loose:
		return diag.Error
	case len(h.phrase.runes) >= longPhrase, h.how == swapped, h.alike:
		return diag.Warning
	}
	return diag.Note
}

// said is how the phrase was typed.
func (h phraseHit) said() diag.Text {
	switch {
	case h.how == dropped:
		return diag.Say("少了一个字", "a character is missing")
	case h.how == added:
		return diag.Say("多了一个字", "there is one too many")
	case h.how == swapped:
		return diag.Say("两个字换了位置", "two are exchanged")
	case h.alike:
		return diag.Say("有一个同音字", "one is another that is read alike")
	}
	return diag.Say("有一个字不同", "one is another")
}
