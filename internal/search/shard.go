package search

import (
	"iter"
	"math"
	"strings"
	"unicode/utf8"

	"qinglian/internal/digest"
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

// codec turns postings into entries, and mends these. Its room is used again.
type codec struct {
	docs, titled, often, beside []int
	places, own                 []int // in docs: of those that an entry had, -1 if they are gone, and of new ones
	flagged                     []int
	sets                        []byte
}

// entry writes postings in the order of their documents.
func (c *codec) entry(k key, postings []posting) entry {
	c.sets = c.sets[:0]
	e := c.add(k, postings)
	e.sets = string(c.sets)
	return e
}

// add appends the sets of an entry to those that were written, and gives the rest of it.
func (c *codec) add(k key, postings []posting) entry {
	c.docs, c.titled, c.often, c.beside = c.docs[:0], c.titled[:0], c.often[:0], c.beside[:0]
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
	c.sets = e.add(c.sets, "", c.docs, docsInBits)
	c.sets = e.add(c.sets, "|", c.titled, titledInBits)
	c.sets = e.add(c.sets, "`", c.often, oftenInBits)
	c.sets = e.add(c.sets, "``", c.beside, besideInBits)
	return e
}

// add appends a set behind its sign, if there is anything in it.
func (e *entry) add(to []byte, sign string, set []int, inBits form) []byte {
	if len(set) == 0 {
		return to
	}
	to, bits := appendSet(append(to, sign...), set)
	if bits {
		e.form |= inBits
	}
	return to
}

// mend is an entry with the numbers that its documents have now, in the same order, below
// zero for those that are gone; and with new postings. What else it says is of places among
// its documents, so no postings are made of it.
func (c *codec) mend(e entry, number func(int) int, mine []posting) entry {
	docs, flags := e.parts()
	c.flagged = readSet(c.flagged[:0], docs, e.form&docsInBits != 0)
	c.docs, c.places, c.own = c.docs[:0], c.places[:0], c.own[:0]
	before := func(end int) {
		for len(c.own) < len(mine) && mine[len(c.own)].doc < end {
			c.docs = append(c.docs, mine[len(c.own)].doc)
			c.own = append(c.own, len(c.docs)-1)
		}
	}
	for _, doc := range c.flagged {
		now := number(doc)
		if now < 0 {
			c.places = append(c.places, -1)
			continue
		}
		before(now)
		c.places = append(c.places, len(c.docs))
		c.docs = append(c.docs, now)
	}
	before(math.MaxInt)
	is := entry{key: e.key}
	c.sets = is.add(c.sets[:0], "", c.docs, docsInBits)
	if len(mine) == 0 && len(c.docs) == len(c.places) { // all have their places
		is.form |= e.form &^ docsInBits
		is.sets = string(append(c.sets, flags...))
		return is
	}
	titled, often, beside := divided(flags)
	for _, f := range []struct {
		sign, set string
		inBits    form
		of        func(*posting) bool
	}{
		{"|", titled, titledInBits, func(p *posting) bool { return p.titled }},
		{"`", often, oftenInBits, func(p *posting) bool { return p.often }},
		{"``", beside, besideInBits, func(p *posting) bool { return p.beside }},
	} {
		c.flagged = readSet(c.flagged[:0], f.set, e.form&f.inBits != 0)
		c.sets = is.add(c.sets, f.sign, c.moved(c.flagged, mine, f.of), f.inBits)
	}
	is.sets = string(c.sets)
	return is
}

// moved are the places that some documents have now, and those of new ones.
func (c *codec) moved(was []int, mine []posting, of func(*posting) bool) []int {
	c.titled = c.titled[:0]
	next := 0
	before := func(end int) {
		for ; next < len(mine) && c.own[next] < end; next++ {
			if of(&mine[next]) {
				c.titled = append(c.titled, c.own[next])
			}
		}
	}
	for _, place := range was {
		if now := c.places[place]; now >= 0 {
			before(now)
			c.titled = append(c.titled, now)
		}
	}
	before(math.MaxInt)
	return c.titled
}

// parts are the set of the documents of an entry, and its sets of places among them.
func (e entry) parts() (docs, flags string) {
	if end := strings.IndexAny(e.sets, "|`"); end >= 0 {
		return e.sets[:end], e.sets[end:]
	}
	return e.sets, ""
}

func divided(flags string) (titled, often, beside string) {
	flags, beside, _ = strings.Cut(flags, "``")
	titled, often, _ = strings.Cut(flags, "`")
	return strings.TrimPrefix(titled, "|"), often, beside
}

// of appends the postings of some documents, which are in their order, as far as an
// entry has them. It is asked of every entry when one document changes, so it makes no
// list of all.
func (e entry) of(documents []int, to []posting) []posting {
	docs, flags := e.parts()
	places := find(docs, e.form&docsInBits != 0)
	for _, doc := range documents {
		at, has := places.of(doc)
		if !has {
			continue
		}
		p := posting{doc: doc}
		if flags != "" {
			titled, often, beside := divided(flags)
			_, p.titled = find(titled, e.form&titledInBits != 0).of(at)
			_, p.often = find(often, e.form&oftenInBits != 0).of(at)
			_, p.beside = find(beside, e.form&besideInBits != 0).of(at)
		}
		to = append(to, p)
	}
	return to
}

// cutter divides entries, which are added in the order of their keys, into shards of
// about target bytes. An entry counts by its order of magnitude, so that one document
// more rarely moves anything, and what moves is set right again at one of the next ends.
type cutter struct {
	target int
	put    func(text []byte) (Place, error) // may be nil
	shards []shard
	err    error // the first failure

	text   []byte // of the shard that is begun
	quoted []byte // room for it
	size   int    // of it, as entries count; 0 between two shards
	first  key
	before key
}

func (e entry) weight() int {
	weight := 8
	for weight < len(e.sets) {
		weight *= 2
	}
	return weight
}

// between reports whether no shard is begun.
func (c *cutter) between() bool { return c.size == 0 }

// endBefore ends the shard if that is to be done before an entry.
func (c *cutter) endBefore(e entry) {
	full := c.size >= 2*c.target
	if full || c.size >= c.target/4 && scatter(e.key)%uint64(c.target) < uint64(e.weight())*3/2 {
		c.end()
	}
}

func (c *cutter) add(e entry) {
	c.endBefore(e)
	if c.between() {
		c.first = e.key
	}
	c.text = e.appendTo(c.text, c.before)
	c.before = e.key
	c.size += e.weight()
}

func (c *cutter) end() {
	if c.between() {
		return
	}
	c.quoted = appendQuoted(c.quoted[:0], c.text)
	s := shard{first: c.first, of: digest.Of(c.quoted)}
	if c.put == nil {
		s.text = string(c.text)
	} else if c.err == nil {
		s.at, c.err = c.put(c.text)
	}
	c.take(s)
	c.text, c.before, c.size = c.text[:0], 0, 0
}

// take takes a whole shard between two others.
func (c *cutter) take(s shard) { c.shards = append(c.shards, s) }

// done is all shards.
func (c *cutter) done() ([]shard, error) {
	c.end()
	return c.shards, c.err
}

// scatter is a number that looks as if it had nothing to do with the key.
func scatter(k key) uint64 {
	x := uint64(k) * 0x9e3779b97f4a7c15
	x ^= x >> 32
	x *= 0xd6e8feb86659fd93
	return x ^ x>>32
}
