// Package search makes the index that a script in the reader's browser searches:
// plain files, fetched piece by piece, so that a site may be served from anywhere,
// a memory stick too.
//
// # Text
//
// What is searched of a page is its title, its summary, its prose and the values of
// its kind's fields, cut into blocks of text ([Blocks]): what stands between two tags
// that are not of phrasing, such as <em> and <a>. Nothing is found across blocks. The
// script reads the same blocks from files of texts, so that what it shows as found was
// seen; or, where it gets none, from the page itself, in the elements that have data-search.
//
// # Keys
//
// A text in NFKC and lower case is a row of runs of letters: Han, kana, hangul,
// Latin, Greek and Cyrillic letters and digits. Each two neighbours in a run are a
// key, and so is the last letter of each run, by itself; so is each character that
// is neither letter nor space. Thus what a word of a query must have is all pairs
// of it; a query of one letter is all keys that begin with it. Words of Latin are
// no keys of their own: any part of one can be found, as with Han.
//
// # Numbers
//
// Documents are numbered from the oldest. They stand in up to three segments: the
// last few, fewer than 64; before them fewer than 1024; and all the rest. So a new
// article moves only the smallest segment, but for each 64th and 1024th. All of it
// depends on the present articles alone, never on how they came to be.
//
// # Files
//
// Each is a script that calls qinglianSearch(name, value), since pages in a file
// system may fetch no other way. All but index.js are named by their contents, so
// those that stay the same are not published again.
//
//	index.js   {v, n, segments: [{base, size, groups: parting}], docs: counted names,
//	           facets: names, readings: names, sounds: name, suggest: [word, …]}
//	groups     parting of some 32 shards
//	shards     entries of keys in their order: see shard.go
//	docs       of a group of some 8 documents: {docs: [[path, title, day], …], texts: name,
//	           sizes: [size of its text, …]}
//	texts      of a group, in UTF-16: [text, …], each its blocks and line ends between them; begun by t-
//	facets     of 1024 documents, in columns: {names: [[value, …], …], of: [[index, …], …]}
//	readings   of 1024 documents: {syllables: [liu, he, …],
//	           titles: [a character of U+0100 and its number for each syllable, …]}
//	sounds     the characters of GB 2312 that are read alike, the same for every site: see sounds.txt
//
// A name is of 7 characters; names stand one behind the other, in a parting
// behind the first key of what they name, each key behind a 1 or 2, for its length, and
// of docs behind how many documents there are.
//
// Of a file of texts the script asks for a range of bytes, a few kilobytes: see texts.go.
//
// Where shards end is decided by keys and the order of magnitude of their lists,
// so a key that is changed leaves all other shards as they are.
//
// # Making it
//
// Documents are read in batches, each packed as a run of sorted keys; the runs are merged
// into entries, a stretch of keys on each core, and these are cut into shards, key by key.
// Shards, texts and all runs but the first 16 MiB (under two bytes for each key of each
// document) are put away as they are made, so what is in memory does not grow with the
// texts. An edit mends the segment's kept shards instead.
package search

import (
	_ "embed"

	"qinglian/internal/digest"
)

//go:embed text.js
var textScript string

//go:embed finder.js
var finderScript string

// Finder is the script that reads the index, for the page of search of any theme.
func Finder() string { return textScript + finderScript }

// Folder is where the files of the index are published.
const Folder = "search/"

// Document is a page that can be found.
type Document struct {
	Path    string // published
	Title   string
	Summary string
	Excerpt bool   // Summary is part of what Prose gives
	Day     string // 2024-05-01; may be empty
	Facets  [4]string
	Beside  []string      // where it comes from and the like: what has a word there only is found last
	Text    digest.Digest // stands for Title, Summary, Beside and what Prose gives
	Prose   func() (string, error)
}

// Facets are what hits can be chosen by, in the order of [Document.Facets].
var Facets = [4]string{"section", "category", "region", "year"}

// File is one of the index. Its bytes are made when they are asked for: most are
// published already.
type File struct {
	Path   string // published
	Digest digest.Digest
	name   string
	made   making
}

// AppendTo appends what the file consists of. It fails if a text that was kept can't be
// read.
func (f File) AppendTo(b []byte) ([]byte, error) { return f.made(b, f.name) }

// making appends a file with a name.
type making func(to []byte, name string) ([]byte, error)
