package search

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"iter"
	"slices"
	"strings"
	"sync/atomic"
	"unicode/utf16"
	"unicode/utf8"

	"qinglian/internal/digest"
)

// What a hit is verified by and shown with is its text, which is a seventh of its page.
// Texts stand together in files, since a file for each would make half as many files
// again as the site has; a server gives the piece of one that is asked for. So where a
// text stands must be known, and most texts are Chinese: the files are in UTF-16, in which
// Han take two bytes instead of three and a place is what it is in the script's strings.

// textKind begins the names of files of texts.
const textKind = "t-"

// Texts reports whether a file of the index has texts: without these it is whole, and
// pages are read in their place.
func (f File) Texts() bool { return strings.HasPrefix(f.Path, Folder+textKind) }

// Textless tells the script that there are no files of texts.
const Textless = `qinglianSearch("textless",true)`

// A group is documents whose titles stand in one file and whose texts in another: from
// least to most of them. It is so small that a server which gives no pieces gives no more
// with the whole than with a page.
const (
	least = 4
	most  = 12
	ends  = 6 // one in so many documents ends its group, if it may
)

// Groups cuts documents, by the paths that they have in their order, into groups: each
// from one number to before another. Where one ends is decided by the path of its last, so
// documents that come and go change few others, whatever the numbers behind them.
func Groups(paths iter.Seq[string]) iter.Seq2[int, int] {
	return func(yield func(from, to int) bool) {
		from, n := 0, 0
		for path := range paths {
			n++
			size := n - from
			if size < most && (size < least || crc32.ChecksumIEEE([]byte(path))%ends != 0) {
				continue
			}
			if !yield(from, n) {
				return
			}
			from = n
		}
		if from < n {
			yield(from, n)
		}
	}
}

// groups cuts documents into groups.
func groups(docs []Document) iter.Seq2[int, []Document] {
	return func(yield func(from int, group []Document) bool) {
		paths := func(yield func(string) bool) {
			for i := range docs {
				if !yield(docs[i].Path) {
					return
				}
			}
		}
		for from, to := range Groups(paths) {
			if !yield(from, docs[from:to]) {
				return
			}
		}
	}
}

// text is that of a document as a literal of a script: its blocks, the title first, parted
// by line ends.
type text struct {
	literal []byte // in UTF-16; nil if it is not held
	at      Place  // where it was put away, if it was
	size    int    // of the literal, in units of UTF-16
	of      digest.Digest
}

// away reports whether the text is not at hand.
func (t text) away() bool { return t.literal == nil && t.at.Size == 0 }

// group is what is kept of a group of documents.
type group struct {
	from  digest.Digest // stands for what the texts are made from
	of    digest.Digest // stands for the texts
	sizes []int
	docs  digest.Digest // of the value that its hits are shown by

	// Where the documents are at hand: what they are shown by, and what makes the file of
	// their texts.
	shown [][3]string
	made  making
}

// fromOf stands for what the texts of documents are made from.
func fromOf(docs []Document) digest.Digest {
	of := digest.New("group")
	for _, d := range docs {
		of.Digest(d.Text)
	}
	return of.Sum()
}

// holding is how many bytes of texts are held from when they are read until they are
// written, as many as an edit takes. Others are put away or, where there is no room, read
// once more.
const holding = 1 << 20

// held is the texts of documents that were read, by their numbers.
type held struct {
	texts []text
	bytes atomic.Int64
	room  Room
}

// put puts a literal there, which is the caller's again afterwards.
func (h *held) put(n int, literal []byte) (err error) {
	t := text{size: len(literal) / 2, of: digest.Of(literal)}
	if h.bytes.Add(int64(len(literal))) <= holding {
		t.literal = bytes.Clone(literal)
	} else if h.room.Put != nil {
		t.at, err = h.room.Put(literal)
	}
	h.texts[n] = t
	return err
}

// groups are all groups, the texts as far as they are known as they were.
func (h *held) groups(docs []Document, old []group) (all []group, err error) {
	known := make(map[digest.Digest]group, len(old))
	for _, g := range old {
		known[g.from] = g
	}
	for first, docs := range groups(docs) {
		g, ok := known[fromOf(docs)]
		if !ok {
			if g, err = h.group(first, docs); err != nil {
				return nil, err
			}
		}
		g.hold(h, first, docs)
		all = append(all, g)
	}
	return all, nil
}

// hold has a group's files made of its documents.
func (g *group) hold(h *held, first int, docs []Document) {
	g.made = h.file(first, docs, g.sizes)
	g.shown = make([][3]string, len(docs))
	for i, d := range docs {
		g.shown[i] = [3]string{d.Path, d.Title, d.Day}
	}
}

// group makes the file of the texts of a group, whose first document has a number.
// Documents that were not read for their keys are read here.
func (h *held) group(first int, docs []Document) (group, error) {
	t := group{from: fromOf(docs), sizes: make([]int, len(docs))}
	of := digest.New("texts")
	var b []byte
	for i := range docs {
		if h.texts[first+i].size == 0 {
			b = b[:0]
			if err := docs[i].read(&b); err != nil {
				return t, err
			}
			if err := h.put(first+i, b); err != nil {
				return t, err
			}
		}
		t.sizes[i] = h.texts[first+i].size
		of.Digest(h.texts[first+i].of)
	}
	t.of = of.Sum()
	return t, nil
}

// file is what the file of a group's texts consists of. It fails if a text that is read once
// more is another one.
func (h *held) file(first int, docs []Document, sizes []int) making {
	texts := h.texts[first : first+len(docs)]
	if !slices.ContainsFunc(texts, text.away) {
		docs = nil // they take more room than all else that is kept of them
	}
	return func(b []byte, name string) (_ []byte, err error) {
		size := len(name) + 24
		for _, s := range sizes {
			size += s + 1
		}
		b = wide(append(slices.Grow(b, 2*size), 0xff, 0xfe), `qinglianSearch("`+name+`",[`)
		for i, t := range texts {
			if i > 0 {
				b = wide(b, ",")
			}
			switch start := len(b); {
			case t.literal != nil:
				b = append(b, t.literal...)
			case !t.away():
				b, err = h.room.Append(b, t.at)
			default:
				err = docs[i].read(&b)
				if err == nil && len(b)-start != 2*sizes[i] {
					err = fmt.Errorf("the text of %s is not what it was", docs[i].Path)
				}
			}
			if err != nil {
				return b, err
			}
		}
		return wide(b, "])"), nil
	}
}

// read appends the text of a document as a literal.
func (d *Document) read(to *[]byte) error {
	b := openText(*to)
	err := d.blocks(func(in part, block []byte) { b = appendBlock(b, in, block) })
	*to = closeText(b)
	return err
}

// A literal consists of what openText, appendBlock and closeText append.
func openText(b []byte) []byte { return wide(b, `"`) }

// appendBlock appends a block. It has no spaces but single ones, as the script has it too.
func appendBlock(b []byte, in part, block []byte) []byte {
	start := len(b)
	spaced := false
	for len(block) > 0 {
		if r := han(block); r != 0 && !spaced {
			b, block = append(b, byte(r), byte(r>>8)), block[3:]
			continue
		}
		r, n := utf8.DecodeRune(block)
		block = block[n:]
		if space(r) {
			spaced = len(b) > start
			continue
		}
		if spaced {
			b, spaced = append(b, ' ', 0), false
		}
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', 0, byte(r), 0)
		case r < 0x10000:
			b = append(b, byte(r), byte(r>>8))
		default:
			high, low := utf16.EncodeRune(r)
			b = append(b, byte(high), byte(high>>8), byte(low), byte(low>>8))
		}
	}
	if len(b) == start && in != title {
		return b
	}
	return wide(b, parted)
}

// parted is what stands behind each block but the last.
const parted = `\n`

func closeText(b []byte) []byte { return wide(b[:len(b)-2*len(parted)], `"`) }

// wide appends ASCII in UTF-16.
func wide(b []byte, ascii string) []byte {
	for i := range len(ascii) {
		b = append(b, ascii[i], 0)
	}
	return b
}
