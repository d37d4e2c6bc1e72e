// Package pinyin is how Han characters are read, without tones; one that is read in
// several ways has its first one. What is known of them is in a text, of which nothing is
// read before somebody asks: the map of the library that it is written from took each
// process 3.6 ms to fill.
package pinyin

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// readings has a line for each syllable, with the characters that are read so. Its first
// lines say where it comes from.
//
//go:embed readings.txt
var readings string

// Sound is how a character is read, as a number: characters that are read alike have the
// same. 0 is that of what is not known to be read in any way.
type Sound uint16

type table struct {
	syllables []string       // by Sound
	common    []Sound        // of the characters from first on
	rare      map[rune]Sound // of those behind them
}

// first is the first character of the table of the common ones, beyond the one behind its
// last: extension A and the characters that Unicode had first.
const first, beyond = 0x3400, 0xA000

var known = sync.OnceValue(func() *table {
	t := &table{syllables: []string{""}, common: make([]Sound, beyond-first), rare: map[rune]Sound{}}
	for line := range strings.Lines(readings) {
		syllable, characters, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if !ok || syllable == "#" {
			continue
		}
		n := Sound(len(t.syllables))
		t.syllables = append(t.syllables, syllable)
		for _, c := range characters {
			if first <= c && c < beyond {
				t.common[c-first] = n
			} else {
				t.rare[c] = n
			}
		}
	}
	return t
})

func (t *table) sound(c rune) Sound {
	if first <= c && c < beyond {
		return t.common[c-first]
	}
	return t.rare[c]
}

// Of is how a character is read, in lower-case ASCII with v for ü; "" if that is not known.
func Of(c rune) string {
	t := known()
	return t.syllables[t.sound(c)]
}

// SoundOf is how a character is read, to be compared.
func SoundOf(c rune) Sound { return known().sound(c) }

// Append adds how the characters of a text are read.
func Append(sounds []Sound, text []rune) []Sound {
	t := known()
	sounds = slices.Grow(sounds, len(text))
	for _, c := range text {
		sounds = append(sounds, t.sound(c))
	}
	return sounds
}
