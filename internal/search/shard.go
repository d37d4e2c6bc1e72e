package search

import (
	"unicode/utf8"
)

// A shard is a text of entries, each ended by a ~. An entry begins with 0 and a
// key of one character, or 1 and one of two, or 2 and the second character of a
// key whose first one is that of the entry before. Then come the documents with
// the key in ascending order, each as how many were left out since the one
// before, in digits; then, each if there is any, | and those with it in the title, ` and
// those that have it thrice or more.

// digits are what numbers are written in: printable, never escaped in a script,
// and none of the signs above.
const digits = " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{}"

// The first digit says how many follow: from small, middle and large on one, two
// and three.
const (
	radix  = len(digits)
	small  = 66
	middle = 87
	large  = 89
)

func appendNumber(to []byte, n int) []byte {
	if n < small {
		return append(to, digits[n])
	}
	if n -= small; n < (middle-small)*radix {
		return append(to, digits[small+n/radix], digits[n%radix])
	}
	if n -= (middle - small) * radix; n < (large-middle)*radix*radix {
		return append(to, digits[middle+n/(radix*radix)], digits[n/radix%radix], digits[n%radix])
	}
	n -= (large - middle) * radix * radix
	return append(to, digits[large+n/(radix*radix*radix)], digits[n/(radix*radix)%radix], digits[n/radix%radix], digits[n%radix])
}

// limit is how many documents a site can have: what the longest number writes.
const limit = small + (middle-small)*radix + (large-middle)*radix*radix + (radix-large)*radix*radix*radix

var values = func() (v [256]uint8) {
	for i := range len(digits) {
		v[digits[i]] = uint8(i)
	}
	return v
}()

// number reads what appendNumber wrote.
func number(b []byte) (n int, rest []byte) {
	n = int(values[b[0]])
	if n < small {
		return n, b[1:]
	}
	more, base := 1, small
	from := small
	switch {
	case n >= large:
		more, from, base = 3, large, small+(middle-small)*radix+(large-middle)*radix*radix
	case n >= middle:
		more, from, base = 2, middle, small+(middle-small)*radix
	}
	n -= from
	for _, c := range b[1 : 1+more] {
		n = n*radix + int(values[c])
	}
	return n + base, b[1+more:]
}

// list is the documents that have a key, as a shard has them.
type list struct {
	key   key
	docs  []byte
	title []byte
	many  []byte
}

func (l list) appendTo(to []byte, before key) []byte {
	switch {
	case l.key.second() == 0:
		to = append(to, '0')
		to = utf8.AppendRune(to, l.key.first())
	case before != 0 && before.first() == l.key.first():
		to = append(to, '2')
		to = utf8.AppendRune(to, l.key.second())
	default:
		to = append(to, '1')
		to = utf8.AppendRune(to, l.key.first())
		to = utf8.AppendRune(to, l.key.second())
	}
	to = append(to, l.docs...)
	if len(l.title) > 0 {
		to = append(append(to, '|'), l.title...)
	}
	if len(l.many) > 0 {
		to = append(append(to, '`'), l.many...)
	}
	return append(to, '~')
}

// parse reads the entries of a shard.
func parse(shard []byte) (lists []list) {
	before := rune(0)
	for len(shard) > 0 {
		kind := shard[0]
		shard = shard[1:]
		next := func() rune {
			r, n := utf8.DecodeRune(shard)
			shard = shard[n:]
			return r
		}
		var l list
		switch kind {
		case '0':
			l.key = pair(next(), 0)
		case '1':
			a := next()
			l.key = pair(a, next())
		default:
			l.key = pair(before, next())
		}
		before = l.key.first()
		part, from := &l.docs, 0
		for i, c := range shard {
			if c != '~' && c != '|' && c != '`' {
				continue
			}
			*part = shard[from:i:i]
			from = i + 1
			if c == '|' {
				part = &l.title
			} else {
				part = &l.many
			}
			if c == '~' {
				shard = shard[i+1:]
				break
			}
		}
		lists = append(lists, l)
	}
	return lists
}

// target is about how large a shard is.
const target = 6 << 10

// cut divides the lists, in the order of their keys, into shards. A list counts
// by its order of magnitude, so that one document more rarely moves anything, and
// what moves is set right again at one of the next ends.
func cut(lists []list) (shards [][]list) {
	from, size := 0, 0
	for i, l := range lists {
		weight := 8
		for weight < len(l.docs) {
			weight *= 2
		}
		if i > from && (size >= 2*target || size >= target/4 && scatter(l.key)%target < uint64(weight)*3/2) {
			shards = append(shards, lists[from:i])
			from, size = i, 0
		}
		size += weight
	}
	if from < len(lists) {
		shards = append(shards, lists[from:])
	}
	return shards
}

// scatter is a number that looks as if it had nothing to do with the key.
func scatter(k key) uint64 {
	x := uint64(k) * 0x9e3779b97f4a7c15
	x ^= x >> 32
	x *= 0xd6e8feb86659fd93
	return x ^ x>>32
}
