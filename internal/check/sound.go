package check

import (
	"strings"
	"sync"

	"github.com/mozillazg/go-pinyin"
)

// soundsOf is how characters are read, without tones, each as a number; 0 for what is no
// Chinese. A character that is read in several ways has its first one.
func soundsOf(text []rune) []rune {
	sounds := make([]rune, len(text))
	for i, c := range text {
		sounds[i] = soundOf(c)
	}
	return sounds
}

// firstRead is the first character that the table of sounds has.
const firstRead = 0x3400

// soundTable is how the characters of the basic plane are read. Worked out one by one as
// they are met they would take longer than all the rest of a search.
var soundTable = sync.OnceValue(func() []rune {
	sounds := make([]rune, 0xA000-firstRead)
	for c, readings := range pinyin.PinyinDict {
		if firstRead <= c && c < 0xA000 {
			first, _, _ := strings.Cut(readings, ",")
			sounds[c-firstRead] = sound(first)
		}
	}
	return sounds
})

func soundOf(c rune) rune {
	if c < firstRead || c >= 0xA000 {
		return 0
	}
	return soundTable()[c-firstRead]
}

// toned are the vowels with their tones, and the vowel that each is.
var toned = strings.NewReplacer("ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e",
	"ī", "i", "í", "i", "ǐ", "i", "ì", "i", "ō", "o", "ó", "o", "ǒ", "o", "ò", "o", "ū", "u", "ú", "u", "ǔ", "u", "ù", "u",
	"ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v", "ü", "v", "ń", "n", "ň", "n", "ǹ", "n", "ḿ", "m", "ê", "e", "\u0304", "", "\u0301", "",
	"\u030c", "", "\u0300", "")

// sound is a syllable without its tone, as a number: at most six letters.
func sound(syllable string) (n rune) {
	for _, letter := range toned.Replace(syllable) {
		n = n*31 + letter - 'a' + 1
	}
	return n
}

// alike finds phrases that are typed with other characters that are read alike: at least
// one is the phrase's own.
func (x *Lexicon) alike(text []rune, sounds []rune) (hits []hit) {
	covered := 0
	for i := 0; i+2 < len(text); i++ {
		if sounds[i] == 0 || i < covered {
			continue
		}
		read := tripleOf(sounds[i], sounds[i+1], sounds[i+2])
		if x.heard[read>>54]&(1<<(read>>48&63)) == 0 {
			continue
		}
		for _, n := range x.sounds[read] {
			p := &x.phrases[n]
			if !hasAt(sounds, i, p.sounds) {
				continue
			}
			same := 0
			for j, c := range p.runes {
				if text[i+j] == c {
					same++
				}
			}
			if same > 0 && same < len(p.runes) {
				hits = append(hits, hit{p, i, i + len(p.runes), homophone})
				covered = i + len(p.runes)
				break
			}
		}
	}
	return hits
}
