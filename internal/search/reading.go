package search

import (
	_ "embed"
	"slices"
	"strings"

	"qinglian/internal/address"
	"qinglian/internal/digest"
)

// sounds is the characters of GB 2312, those that are read alike in one word. Readings
// that many dialects do not keep apart (zh and z, ang and an) are alike, too.
//
//go:embed sounds.txt
var sounds string

// readings is how the titles of documents are read.
type readings struct {
	titles digest.Digest
	value  string // a [read] as the file has it
	of     digest.Digest
}

// read is titles in pinyin. A title is a character for each of its syllables, Latin words
// and numbers: U+0100 and which of Syllables it is, so that a title is as short as its own
// characters are.
type read struct {
	Syllables []string `json:"syllables"` // in their order
	Titles    []string `json:"titles"`
}

const firstSyllable = 0x100

// readingsOf reads the titles of documents, or takes what was kept.
func readingsOf(docs []Document, old []readings) readings {
	h := digest.New("readings")
	for _, d := range docs {
		h.String(d.Title)
	}
	now := readings{titles: h.Sum()}
	for _, r := range old {
		if r.titles == now.titles {
			return r
		}
	}
	b := encoded(readTitles(docs))
	now.value, now.of = string(b), digest.Of(b)
	return now
}

func readTitles(docs []Document) (now read) {
	var speller address.Speller
	titles := make([][]string, len(docs))
	for i, d := range docs {
		titles[i] = strings.FieldsFunc(speller.Slug(d.Title, 0), func(c rune) bool { return c == '-' })
		now.Syllables = append(now.Syllables, titles[i]...)
	}
	slices.Sort(now.Syllables)
	now.Syllables = slices.Compact(now.Syllables)
	for _, title := range titles {
		var b strings.Builder
		for _, syllable := range title {
			n, _ := slices.BinarySearch(now.Syllables, syllable)
			b.WriteRune(firstSyllable + rune(n))
		}
		now.Titles = append(now.Titles, b.String())
	}
	return now
}

// made makes the file of the value.
func (r readings) made() making { return at(r.value).script }
