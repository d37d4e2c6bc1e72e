package check

import "qinglian/internal/pinyin"

// hearing is where the bit of three sounds is.
func hearing(read uint64) (word, bit uint64) {
	read *= 0x9E3779B97F4A7C15
	return read >> 54, 1 << (read >> 48 & 63)
}

// alike finds phrases that are typed with other characters that are read alike: at least
// one is the phrase's own.
func (x *Lexicon) alike(text []rune, sounds []pinyin.Sound) (hits []hit) {
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
