package check

import (
	"unicode"

	"qinglian/internal/config"
	"qinglian/internal/markdown"
	"qinglian/internal/pinyin"
)

// phraseHit is what was found of the owner's phrases in a passage.
type phraseHit struct {
	hit
	passage *Passage
	at, end int // bytes
	typed   string
	alike   bool // the one character that differs is read like the right one
	loose   bool // its first or its last character may be another word's
}

// Phrases are what is found of the owner's phrases in all that is written for readers.
func (a *Article) phraseHits() []phraseHit {
	if a.searched || a.lexicon.Empty() {
		return a.phrases
	}
	a.searched = true
	passages := a.Passages()
	for i := range passages {
		if p := &passages[i]; a.isProse(p) {
			a.search(p)
		}
	}
	return a.phrases
}

// isProse reports a passage that is written for readers: no name, code or setting.
func (a *Article) isProse(p *Passage) bool {
	switch p.In {
	case Prose:
		return p.Block != markdown.InCode
	case Field:
		f, ok := a.Config.Kinds[a.Doc.Card.Kind].Field(p.Key)
		return ok && (!f.Engine || f.Type == config.TypeLong) && !f.Type.Names() && f.Type != config.TypeURL
	}
	return p.In == Alt || p.In == Attached || p.In == Setting
}

func (a *Article) search(p *Passage) {
	l := lettersOf(p.Text)
	if len(l.runes) < 2 {
		return
	}
	var near []stretch
	hits := a.lexicon.search(l.runes)
	for _, h := range hits {
		near = append(near, stretch{h.from, h.to})
	}
	if len(a.lexicon.sounds.links) > 0 {
		for _, h := range a.lexicon.alike(l.runes, pinyin.Append(nil, l.runes)) {
			if !within(near, h) {
				hits = append(hits, h)
			}
		}
	}
	for _, h := range hits {
		a.phrases = append(a.phrases,
			phraseHit{h, p, l.at[h.from], l.end(p.Text, h.to), string(l.runes[h.from:h.to]), h.readAlike(l.runes),
				h.loose(l.runes)})
	}
}

// loose reports that what is missing leaves one character alone at an end, beside which
// there are others: 军人代表大会 is another word than 人民代表大会 without its second character.
func (h hit) loose(text []rune) bool {
	if h.how != dropped {
		return false
	}
	phrase := h.phrase.runes
	begins := text[h.from+1] != phrase[1] && h.from > 0 && unicode.Is(unicode.Han, text[h.from-1])
	ends := text[h.to-2] != phrase[len(phrase)-2] && h.to < len(text) && unicode.Is(unicode.Han, text[h.to])
	return begins || ends
}

// readAlike reports that the one character that is another is read like the right one.
func (h hit) readAlike(text []rune) bool {
	if h.how != replaced {
		return false
	}
	for i, c := range text[h.from:h.to] {
		if c != h.phrase.runes[i] {
			return pinyin.SoundOf(c) == h.phrase.sounds[i]
		}
	}
	return false
}
