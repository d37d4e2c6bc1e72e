package check

import (
	"strings"
	"sync"

	"github.com/mozillazg/go-pinyin"
)

// sound is how a character is read, without its tone, as a number; 0 for what is no
// Chinese. A character that is read in several ways has its first one.
type sound uint16

// appendSounds adds how the characters of a text are read.
func appendSounds(sounds []sound, text []rune) []sound {
	table := soundTable()
	for _, c := range text {
		read := sound(0)
		if firstRead <= c && c < beyondRead {
			read = table[c-firstRead]
		}
		sounds = append(sounds, read)
	}
	return sounds
}

func soundsOf(text []rune) []sound { return appendSounds(make([]sound, 0, len(text)), text) }

// firstRead is the first character that the table of sounds has, beyondRead the one behind
// its last.
const firstRead, beyondRead = 0x3400, 0xA000

// soundTable is how the characters of the basic plane are read. Worked out one by one as
// they are met they would take longer than all the rest of a search.
var soundTable = sync.OnceValue(func() []sound {
	sounds := make([]sound, beyondRead-firstRead)
	numbers := make(map[string]sound, 2048) // by syllable, with its tone and without
	for c, readings := range pinyin.PinyinDict {
		if c < firstRead || c >= beyondRead {
			continue
		}
		first, _, _ := strings.Cut(readings, ",")
		n, known := numbers[first]
		if !known {
			without := toned.Replace(first)
			if n, known = numbers[without]; !known {
				n = sound(len(numbers) + 1)
				numbers[without] = n
			}
			numbers[first] = n
		}
		sounds[c-firstRead] = n
	}
	return sounds
})

// toned are the vowels with their tones, and the vowel that each is.
var toned = strings.NewReplacer("ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e",
	"ī", "i", "í", "i", "ǐ", "i", "ì", "i", "ō", "o", "ó", "o", "ǒ", "o", "ò", "o", "ū", "u", "ú", "u", "ǔ", "u", "ù",
	"u",
	"ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v", "ü", "v", "ń", "n", "ň", "n", "ǹ", "n", "ḿ", "m", "ê", "e", "\u0304", "",
	"\u0301", "",
	"\u030c", "", "\u0300", "")

// hearing is where the bit of three sounds is.
func hearing(read uint64) (word, bit uint64) {
	read *= 0x9E3779B97F4A7C15
	return read >> 54, 1 << (read >> 48 & 63)
}

// alike finds phrases that are typed with other characters that are read alike: at least
// one is the phrase's own.
func (x *Lexicon) alike(text []rune, sounds []sound) (hits []hit) {
	covered := 0
	for i := 0; i+2 < len(text); i++ {
		if sounds[i] == 0 || i < covered {
			continue
		}
		read := tripleOf(sounds[i], sounds[i+1], sounds[i+2])
		if word, bit := hearing(read); x.heard[word]&bit == 0 {
			continue
		}
		for n := range x.sounds.all(read) {
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
