package check

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/pinyin"
)

// Lexicon is the phrases that the owner of a site watches over: the files of [Folder].
// None comes with the program: there is no open list that is safe to ship.
//
// A file has one phrase a line. What is typed as it stands there is right, and what is
// nearly that is reported. A phrase in front of => is one that must not be written, with
// what to write in its place behind it, if there is anything:
//
//	# 固定表述，一个字都不能错
//	全面从严治党永远在路上
//	# 不这样写的
//	罪犯嫌疑人 => 犯罪嫌疑人
type Lexicon struct {
	phrases []phrase
	pairs   index           // by the first two characters of a phrase, and by its last two: those of which are ^phrase
	sounds  index           // phrases by how their first three characters are read
	heard   [1 << 10]uint64 // a bit for the head of each triple: most need not be looked up
	digest  digest.Digest   // of the files: quicker than of each phrase
}

// phrase is one of the owner's.
type phrase struct {
	text    string
	runes   []rune
	sounds  []pinyin.Sound
	wrong   bool // it must not be written
	instead string
}

// pairOf is two characters that stand beside each other, as one number.
func pairOf(a, b rune) uint64 { return uint64(a)<<32 | uint64(b) }

// tripleOf is three sounds as one number.
func tripleOf(a, b, c pinyin.Sound) uint64 { return uint64(a)<<32 | uint64(b)<<16 | uint64(c) }

// longestPhrase is how many characters a phrase has at most.
const longestPhrase = 200

// Read adds the phrases of a file, and reports lines that are none.
func (x *Lexicon) Read(file string, text []byte) (problems diag.List) {
	x.digest = digest.New("lexicon").Digest(x.digest).Digest(digest.Of(text)).Sum()
	at := 0
	for line := range strings.Lines(string(text)) {
		from := at
		at += len(line)
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		p := phrase{text: line}
		if wrong, instead, ok := strings.Cut(line, "=>"); ok {
			p = phrase{text: strings.TrimSpace(wrong), wrong: true, instead: strings.TrimSpace(instead)}
		}
		if n := utf8.RuneCountInString(p.text); n < 2 || n > longestPhrase || p.wrong && p.text == p.instead {
			problems = append(problems, diag.Diagnostic{Rule: "bad-phrase", Severity: diag.Warning,
				Message: diag.Say("这一行不是可以检查的词句", "this line is no phrase to check for"),
				Hint: diag.Say("一行一个词句，两个字以上；不能写的词用 => 隔开：错的 => 对的；说明以 # 开头",
					"one phrase a line, of two characters or more; what must not be written as: wrong => right; comments begin with #"),
			}.Over(file, text, from, from+len(strings.TrimRight(string(text[from:at]), "\r\n"))))
			continue
		}
		x.phrases = append(x.phrases, p)
	}
	return problems
}

// Empty reports that there is nothing to watch over.
func (x *Lexicon) Empty() bool { return x == nil || len(x.phrases) == 0 }

// nearFrom is from how many characters on a phrase is looked for that is not quite typed;
// soundsFrom, from how many on one that is read alike.
const (
	nearFrom   = 4
	soundsFrom = 3
)

// Prepare makes the lexicon ready to be searched by. What comes first in the lists comes
// first in a chain, so the last phrase is added first.
func (x *Lexicon) Prepare() {
	size := 0
	for _, p := range x.phrases {
		size += utf8.RuneCountInString(p.text)
	}
	x.pairs, x.sounds = newIndex(2*len(x.phrases)), newIndex(len(x.phrases))
	runes, sounds := make([]rune, 0, size), make([]pinyin.Sound, 0, size)
	for i := range slices.Backward(x.phrases) {
		p := &x.phrases[i]
		from := len(runes)
		for _, c := range p.text {
			runes = append(runes, c)
		}
		sounds = pinyin.Append(sounds, runes[from:])
		p.runes, p.sounds = runes[from:], sounds[from:]
		x.enter(p, i)
	}
}

// enter adds a phrase to what it is found by.
func (x *Lexicon) enter(p *phrase, i int) {
	n := len(p.runes)
	if !p.wrong && n == nearFrom { // two characters exchanged in its middle leave neither pair
		x.pairs.add(pairOf(p.runes[0], p.runes[2]), i)
	}
	if !p.wrong && n >= nearFrom {
		x.pairs.add(pairOf(p.runes[n-2], p.runes[n-1]), ^i)
	}
	x.pairs.add(pairOf(p.runes[0], p.runes[1]), i)
	if !p.wrong && n >= soundsFrom && p.sounds[0] != 0 {
		read := tripleOf(p.sounds[0], p.sounds[1], p.sounds[2])
		x.sounds.add(read, i)
		word, bit := hearing(read)
		x.heard[word] |= bit
	}
}

// hit is a place in a text where a phrase stands, or nearly so.
type hit struct {
	phrase   *phrase
	from, to int // characters
	how      slip
}

// slip is how a phrase was typed.
type slip uint8

const (
	exact slip = iota
	replaced
	dropped
	added
	swapped
	homophone // it is read alike
)

// letters is a text as its characters, without what stands between the lines, and where
// each of them is.
type letters struct {
	runes []rune
	at    []int // bytes; one more than there are runes
}

func lettersOf(s string) letters {
	l := letters{make([]rune, 0, len(s)/2), make([]int, 0, len(s)/2+1)}
	for i, c := range s {
		if c == '\n' || c == '\u200b' || c == '\ufeff' || c == ' ' || c == '\u3000' {
			continue
		}
		l.runes = append(l.runes, c)
		l.at = append(l.at, i)
	}
	l.at = append(l.at, len(s))
	return l
}

// end is where a text's characters up to one end, in bytes.
func (l letters) end(s string, to int) int {
	if to == 0 {
		return 0
	}
	_, size := utf8.DecodeRuneInString(s[l.at[to-1]:])
	return l.at[to-1] + size
}

// search finds the phrases in a text that are not typed right.
func (x *Lexicon) search(text []rune) (hits []hit) {
	var right []stretch // that are phrases as they should be
	for i := 0; i+1 < len(text); i++ {
		for e := range x.pairs.all(pairOf(text[i], text[i+1])) {
			if e < 0 {
				if h, ok := x.phrases[^e].nearlyEnding(text, i+2); ok {
					hits = append(hits, h)
				}
				continue
			}
			p := &x.phrases[e]
			switch {
			case hasAt(text, i, p.runes) && p.wrong:
				hits = append(hits, hit{p, i, i + len(p.runes), exact})
			case p.wrong:
			case hasAt(text, i, p.runes):
				right = append(right, stretch{i, i + len(p.runes)})
			default:
				if h, ok := p.nearly(text, i); ok {
					hits = append(hits, h)
				}
			}
		}
	}
	if len(hits) == 0 {
		return nil
	}
	slices.SortStableFunc(hits,
		func(a, b hit) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	covered := 0
	return slices.DeleteFunc(hits, func(h hit) bool {
		if h.from < covered || h.how != exact && within(right, h) {
			return true
		}
		covered = h.to
		return false
	})
}

// stretch is some characters that stand together.
type stretch struct{ from, to int }

// within reports a hit that lies in, or around, one of some stretches.
func within(stretches []stretch, h hit) bool {
	for _, r := range stretches {
		if r.from <= h.from && h.to <= r.to || h.from <= r.from && r.to <= h.to {
			return true
		}
	}
	return false
}

func hasAt[T rune | pinyin.Sound](text []T, at int, want []T) bool {
	if at < 0 || at+len(want) > len(text) {
		return false
	}
	for i, c := range want {
		if text[at+i] != c {
			return false
		}
	}
	return true
}

// nearly finds a phrase at a place that is one slip off, behind its first character and
// before its last one: what lacks an end is another phrase, most often.
func (p *phrase) nearly(text []rune, at int) (h hit, ok bool) {
	n := len(p.runes)
	if n < nearFrom {
		return h, false
	}
	k := 0
	for k < n && at+k < len(text) && text[at+k] == p.runes[k] {
		k++
	}
	if k == 0 || k >= n-1 {
		return h, false
	}
	rest := p.runes[k+1:]
	switch {
	case k+2 <= n && at+k+1 < len(text) && text[at+k] == p.runes[k+1] && text[at+k+1] == p.runes[k] &&
		hasAt(text, at+k+2, p.runes[k+2:]):
		return hit{p, at, at + n, swapped}, true
	case hasAt(text, at+k+1, rest) && unicode.Is(unicode.Han, text[at+k]):
		return hit{p, at, at + n, replaced}, true
	case hasAt(text, at+k, rest):
		return hit{p, at, at + n - 1, dropped}, true
	case at+k < len(text) && unicode.Is(unicode.Han, text[at+k]) && hasAt(text, at+k+1, p.runes[k:]):
		return hit{p, at, at + n + 1, added}, true
	}
	return h, false
}

// nearlyEnding is nearly for a phrase that ends at a place.
func (p *phrase) nearlyEnding(text []rune, end int) (hit, bool) {
	n := len(p.runes)
	for _, from := range []int{end - n, end - n + 1, end - n - 1} {
		if from < 0 || text[from] != p.runes[0] {
			continue
		}
		if h, ok := p.nearly(text, from); ok && h.to == end {
			return h, true
		}
	}
	return hit{}, false
}
