package search

import (
	"iter"
	"strings"
	"unicode/utf8"
)

// A shard is a text of entries, each ended by a ~. An entry begins with a digit of
// 0 to 47. What is left of it by 3 is 0 if the key is of one character, 1 if of
// two, 2 if it begins with the first character of the key before, which is then left
// out; the rest are the bits of form. Then come the key and the set of documents that
// have it; then, each if there is any, | and those of them that have it in the title,
// ` and those that have it often, `` and those that have it beside their text only, as
// sets of places among the documents.

// form says which of an entry's sets are in bits.
type form uint8

const (
	docsInBits form = 1 << iota
	titledInBits
	oftenInBits
	besideInBits
)

// often is how many times a document must have a key to have it often.
const often = 3

// posting is a document that has a key.
type posting struct {
	doc                   int // in its segment
	titled, often, beside bool
}

// entry is the documents that have a key, as a shard has them.
type entry struct {
	key  key
	form form
	sets string // between the key and the ~
}

// appendTo writes an entry behind that of another key.
func (e entry) appendTo(to []byte, before key) []byte {
	head := byte(e.form) * 3
	switch {
	case e.key.second() == 0:
		to = append(to, digits[head])
		to = utf8.AppendRune(to, e.key.first())
	case before != 0 && before.first() == e.key.first():
		to = append(to, digits[head+2])
		to = utf8.AppendRune(to, e.key.second())
	default:
		to = append(to, digits[head+1])
		to = utf8.AppendRune(to, e.key.first())
		to = utf8.AppendRune(to, e.key.second())
	}
	return append(append(to, e.sets...), '~')
}

// entries reads a shard.
func entries(shard string) iter.Seq[entry] {
	return func(yield func(entry) bool) {
		before := rune(0)
		for rest := shard; rest != ""; {
			head := values[rest[0]]
			rest = rest[1:]
			next := func() rune {
				r, n := utf8.DecodeRuneInString(rest)
				rest = rest[n:]
				return r
			}
			e := entry{form: form(head / 3)}
			switch head % 3 {
			case 0:
				e.key = pair(next(), 0)
			case 1:
				a := next()
				e.key = pair(a, next())
			default:
				e.key = pair(before, next())
			}
			before = e.key.first()
			e.sets, rest, _ = strings.Cut(rest, "~")
			if !yield(e) {
				return
			}
		}
	}
}

// firstKey is that of a shard's first entry.
func firstKey(shard string) key {
	for e := range entries(shard) {
		return e.key
	}
	return 0
}

// codec turns postings into entries and back. Its room is used again: postings
// that it gave are gone with the next call.
type codec struct {
	docs, titled, often, beside []int
	postings                    []posting
	sets                        []byte
}

// entry writes postings in the order of their documents.
func (c *codec) entry(k key, postings []posting) entry {
	c.docs, c.titled, c.often, c.beside, c.sets = c.docs[:0], c.titled[:0], c.often[:0], c.beside[:0], c.sets[:0]
	for i, p := range postings {
		c.docs = append(c.docs, p.doc)
		if p.titled {
			c.titled = append(c.titled, i)
		}
		if p.often {
			c.often = append(c.often, i)
		}
		if p.beside {
			c.beside = append(c.beside, i)
		}
	}
	e := entry{key: k}
	add := func(set []int, bit form) {
		var bits bool
		if c.sets, bits = appendSet(c.sets, set); bits {
			e.form |= bit
		}
	}
	add(c.docs, docsInBits)
	if len(c.titled) > 0 {
		c.sets = append(c.sets, '|')
		add(c.titled, titledInBits)
	}
	if len(c.often) > 0 {
		c.sets = append(c.sets, '`')
		add(c.often, oftenInBits)
	}
	if len(c.beside) > 0 {
		c.sets = append(c.sets, "``"...)
		add(c.beside, besideInBits)
	}
	e.sets = string(c.sets)
	return e
}

// read gives the postings of an entry.
func (c *codec) read(e entry) []posting {
	docs, besides, _ := strings.Cut(e.sets, "``")
	docs, oftens, _ := strings.Cut(docs, "`")
	docs, titles, _ := strings.Cut(docs, "|")
	c.docs = readSet(c.docs[:0], docs, e.form&docsInBits != 0)
	c.postings = c.postings[:0]
	for _, n := range c.docs {
		c.postings = append(c.postings, posting{doc: n})
	}
	c.docs = readSet(c.docs[:0], titles, e.form&titledInBits != 0)
	for _, i := range c.docs {
		c.postings[i].titled = true
	}
	c.docs = readSet(c.docs[:0], oftens, e.form&oftenInBits != 0)
	for _, i := range c.docs {
		c.postings[i].often = true
	}
	c.docs = readSet(c.docs[:0], besides, e.form&besideInBits != 0)
	for _, i := range c.docs {
		c.postings[i].beside = true
	}
	return c.postings
}

// has reports whether an entry has one of the documents of gone, whose last one is
// gone too. It is asked of every entry when one document changes.
func (e entry) has(gone []bool) bool {
	docs := e.sets
	if e.form&docsInBits != 0 {
		if end := strings.IndexAny(docs, "|`"); end >= 0 {
			docs = docs[:end]
		}
		for n, is := range gone {
			if is && n/6 < len(docs) && values[docs[n/6]]>>(n%6)&1 != 0 {
				return true
			}
		}
		return false
	}
	for next := 0; docs != "" && docs[0] != '|' && docs[0] != '`'; next++ {
		var gap int
		gap, docs = number(docs)
		if next += gap; next >= len(gone) {
			return false
		}
		if gone[next] {
			return true
		}
	}
	return false
}

// cut divides entries, in the order of their keys, into shards of about target
// bytes, each of which is gone with the next. An entry counts by its order of
// magnitude, so that one document more rarely moves anything, and what moves is set
// right again at one of the next ends.
func cut(all iter.Seq[entry], target int) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		var shard []byte
		before, size := key(0), 0
		for e := range all {
			weight := 8
			for weight < len(e.sets) {
				weight *= 2
			}
			if size >= 2*target || size >= target/4 && scatter(e.key)%uint64(target) < uint64(weight)*3/2 {
				if !yield(shard) {
					return
				}
				shard, before, size = shard[:0], 0, 0
			}
			shard = e.appendTo(shard, before)
			before = e.key
			size += weight
		}
		if size > 0 {
			yield(shard)
		}
	}
}

// scatter is a number that looks as if it had nothing to do with the key.
func scatter(k key) uint64 {
	x := uint64(k) * 0x9e3779b97f4a7c15
	x ^= x >> 32
	x *= 0xd6e8feb86659fd93
	return x ^ x>>32
}
