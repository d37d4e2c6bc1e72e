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
	read   read
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
	var speller address.Speller
	titles := make([][]string, len(docs))
	for i, d := range docs {
		titles[i] = strings.FieldsFunc(speller.Slug(d.Title, 0), func(c rune) bool { return c == '-' })
		now.read.Syllables = append(now.read.Syllables, titles[i]...)
	}
	slices.Sort(now.read.Syllables)
	now.read.Syllables = slices.Compact(now.read.Syllables)
	for _, title := range titles {
		var b strings.Builder
		for _, syllable := range title {
			n, _ := slices.BinarySearch(now.read.Syllables, syllable)
			b.WriteRune(firstSyllable + rune(n))
		}
		now.read.Titles = append(now.read.Titles, b.String())
	}
	return now
}
