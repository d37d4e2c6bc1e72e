package search

import (
	"bytes"
	"encoding/binary"
	"slices"

	"golang.org/x/sync/errgroup"
)

// batch is how many of n documents one of several gathers at a time.
func batch(n int) int { return max(64, n/40) }

// full is how many keys are noted before they are packed, if those of a batch are more:
// they and the room in which they are sorted are 16 MiB for each core.
const full = 1 << 20

// gatherer reads documents and notes which keys they have.
type gatherer struct {
	noted []noted
	read  int // documents since the last run
	// kept to be written into again
	text    []rune
	literal []byte
	room    []noted
	packed  []byte
	begun   []begin // leaves of what is packed
	leaves  []leaf
}

// begin is where a leaf begins, behind a key.
type begin struct {
	key key
	at  int
}

// noted is that a document has a key at some place: from the highest bits on the key, which
// of the documents since the last run it is, and the part.
type noted uint64

const (
	partBits   = 2
	numberBits = 64 - keyBits - partBits
)

func place(number int, in part) noted { return noted(number)<<partBits | noted(in) }

func (n noted) with(k key) noted { return n | noted(k)<<(numberBits+partBits) }
func (n noted) key() key         { return key(n >> (numberBits + partBits)) }
func (n noted) number() int      { return int(n >> partBits & (1<<numberBits - 1)) }
func (n noted) in() part         { return part(n & (1<<partBits - 1)) }

// part is where a document has a key first.
type part uint8

const (
	title part = iota
	prose
	beside
)

// add reads one document more, and gives its text as a literal, which the
// next one takes the place of.
func (g *gatherer) add(d *Document) ([]byte, error) {
	g.literal = openText(g.literal[:0])
	err := d.blocks(func(in part, block []byte) {
		g.text = fold(g.text[:0], block)
		g.noted = appendKeys(g.noted, g.text, place(g.read, in))
		g.literal = appendBlock(g.literal, in, block)
	})
	g.literal = closeText(g.literal)
	g.read++
	return g.literal, err
}

// blocks hands each block of a document to visit, the title first.
func (d *Document) blocks(visit func(in part, block []byte)) error {
	visit(title, []byte(d.Title))
	if !d.Excerpt {
		visit(prose, []byte(d.Summary))
	}
	html, err := d.Prose()
	if err != nil {
		return err
	}
	Blocks(html, func(block []byte) { visit(prose, block) })
	for _, value := range d.Beside {
		visit(beside, []byte(value))
	}
	return nil
}

// sort puts what was noted into the order of keys, those of each as they came: eleven
// bits at a time, the lowest first.
func (g *gatherer) sort() {
	const bits = 11
	if cap(g.room) < len(g.noted) {
		g.room = make([]noted, len(g.noted))
	}
	g.room = g.room[:len(g.noted)]
	var next [(keyBits + bits - 1) / bits][1 << bits]int32
	for _, n := range g.noted {
		n >>= 64 - keyBits
		for i := range next {
			next[i][n>>(i*bits)%(1<<bits)]++
		}
	}
	for i := range next {
		from := int32(0)
		for d, n := range next[i] {
			next[i][d] = from
			from += n
		}
		for _, n := range g.noted {
			at := &next[i][n>>(64-keyBits+i*bits)%(1<<bits)]
			g.room[*at] = n
			*at++
		}
		g.noted, g.room = g.room, g.noted
	}
}

// run is what was noted of documents, which have these numbers.
func (g *gatherer) run(numbers []int) run {
	g.pack(numbers)
	return g.held()
}

// held is what was packed.
func (g *gatherer) held() run {
	r, packed := slices.Clone(g.leaves), bytes.Clone(g.packed)
	for i := range r {
		n := len(r[i].packed)
		r[i].packed, packed = packed[:n:n], packed[n:]
	}
	return r
}

// pack packs what was noted of documents, which have these numbers, and forgets it.
func (g *gatherer) pack(numbers []int) {
	g.sort()
	packed, begun := g.packed[:0], g.begun[:0]
	before, last := key(0), -1
	for rest := g.noted; len(rest) > 0; {
		first, times := rest[0], 1
		for times < len(rest) && rest[times]>>partBits == first>>partBits {
			times++
		}
		rest = rest[times:]
		if k := first.key(); k != before {
			if before != 0 {
				packed = append(packed, 0)
			}
			if len(begun) == 0 || len(packed)-begun[len(begun)-1].at >= leafSize {
				begun = append(begun, begin{before, len(packed)})
			}
			packed = binary.AppendUvarint(packed, uint64(k-before))
			before, last = k, -1
		}
		doc := numbers[first.number()]
		packed = appendPosting(packed, doc-last, first.in(), times)
		last = doc
	}
	if before != 0 {
		packed = append(packed, 0)
	}
	g.leaves = g.leaves[:0]
	for i, from := range begun {
		to := len(packed)
		if i+1 < len(begun) {
			to = begun[i+1].at
		}
		g.leaves = append(g.leaves, leaf{before: from.key, packed: packed[from.at:to]})
	}
	g.noted, g.read, g.packed, g.begun = g.noted[:0], 0, packed, begun
}

// gather reads some of a segment's documents, in runs, and holds their texts; the
// segment's first has the number base.
func gather(docs []Document, which []int, base int, read *held, to *stowing, jobs int) ([]run, error) {
	batches := slices.Collect(slices.Chunk(which, batch(len(which))))
	runs := make([][]run, len(batches))
	jobs = max(1, min(jobs, len(batches)))
	var group errgroup.Group
	for j := range jobs {
		group.Go(func() error {
			var g gatherer
			for i := j; i < len(batches); i += jobs {
				from := 0
				for at, n := range batches[i] {
					literal, err := g.add(&docs[n])
					if err != nil {
						return err
					}
					if err := read.put(base+n, literal); err != nil {
						return err
					}
					if len(g.noted) >= full || at+1 == len(batches[i]) {
						r, err := to.stow(&g, batches[i][from:at+1])
						if err != nil {
							return err
						}
						runs[i] = append(runs[i], r)
						from = at + 1
					}
				}
			}
			return nil
		})
	}
	err := group.Wait()
	return slices.Concat(runs...), err
}
