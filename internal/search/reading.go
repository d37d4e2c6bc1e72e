package search

import (
	_ "embed"
	"encoding/json"
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

// titles are the titles, each its syllables.
func (r read) titles() [][]string {
	titles := make([][]string, len(r.Titles))
	for i, title := range r.Titles {
		for _, c := range title {
			titles[i] = append(titles[i], r.Syllables[c-firstSyllable])
		}
	}
	return titles
}

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
	titles := make([][]string, len(docs))
	for i, d := range docs {
		titles[i] = syllables(d.Title)
	}
	now.write(titles)
	return now
}

// retitled is the readings with one title replaced. Their digest of titles stays empty: the
// other titles are not at hand, so the next Index reads them anew.
func (r readings) retitled(at int, title string) (now readings, ok bool) {
	var was read
	if json.Unmarshal([]byte(r.value), &was) != nil || at >= len(was.Titles) {
		return r, false
	}
	titles := was.titles()
	titles[at] = syllables(title)
	now.write(titles)
	return now, true
}

func syllables(title string) []string {
	return strings.FieldsFunc(address.Slug(title, 0), func(c rune) bool { return c == '-' })
}

// write writes titles, of which each is its syllables.
func (r *readings) write(titles [][]string) {
	var now read
	for _, title := range titles {
		now.Syllables = append(now.Syllables, title...)
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
	b := encoded(now)
	r.value, r.of = string(b), digest.Of(b)
}

// made makes the file of the value.
func (r readings) made() making { return at(r.value).script }
