package address

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"qinglian/internal/pinyin"
)

// phraseText lists the words whose reading is not that of their characters one
// by one: 重庆, 银行, 会计, 厦门, 长春. Its first lines say how it is written.
//
//go:embed phrases.txt
var phraseText string

// phrases maps a word to its syllables; longest is the most characters that a word in it
// has, by the first of them.
type phrases struct {
	syllables map[string]string
	longest   map[rune]int
}

var table = sync.OnceValue(func() phrases {
	p := phrases{syllables: map[string]string{}, longest: map[rune]int{}}
	for line := range strings.Lines(phraseText) {
		word, reading, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || strings.HasPrefix(word, "#") {
			continue
		}
		p.syllables[word] = reading
		first, _ := utf8.DecodeRuneInString(word)
		p.longest[first] = max(p.longest[first], utf8.RuneCountInString(word))
	}
	return p
})

// Slug writes a title in lower-case ASCII: Chinese as pinyin without tones, a
// hyphen between syllables; Latin words and digits as they are. It ends before
// the syllable that follows the first limit ones (0: no limit but the length
// of a slug); Latin words and digits do not count. A text without a letter
// gives "".
func Slug(title string, limit int) string {
	runes := []rune(norm.NFKC.String(title))
	var words []string
	said := 0
	for i := 0; i < len(runes); {
		if unicode.Is(unicode.Han, runes[i]) {
			n, syllables := reading(runes[i:])
			i += n
			for _, syllable := range syllables {
				if said++; limit > 0 && said > limit {
					return trim(strings.Join(words, "-"))
				}
				words = append(words, syllable)
			}
			continue
		}
		j := i
		for j < len(runes) && !unicode.Is(unicode.Han, runes[j]) {
			j++
		}
		if w := join(plain(string(runes[i:j]))); w != "" {
			words = append(words, w)
		}
		i = j
	}
	return trim(strings.Join(words, "-"))
}

// reading takes the longest known word from the front of a text that begins
// with a Han character, else that character alone.
func reading(text []rune) (n int, syllables []string) {
	p := table()
	for n = min(p.longest[text[0]], len(text)); n > 1; n-- {
		if s, ok := p.syllables[string(text[:n])]; ok {
			return n, strings.Fields(s)
		}
	}
	syllable := pinyin.Of(text[0])
	if syllable == "" {
		syllable = fmt.Sprintf("u%x", text[0])
	}
	return 1, []string{syllable}
}

// plain takes accents off Latin letters: "Café" becomes "Cafe".
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
}
