package deploy

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"qinglian/internal/build"
	"qinglian/internal/deploy/target"
	"qinglian/internal/digest"
	"qinglian/internal/publish"
)

// The ledger at a place says what earlier deliveries put there:
//
//	qinglian deploy 1
//	DIGEST                              of all below this line
//	site ID
//	version DIGEST 2026-11-29T10:30:00Z the last whole one and its time; "version -" before it
//	state whole                         or moving, while one is on its way
//	back DIGEST …                       versions that were taken back
//	DIGEST SIZE page examples/a.html    in the order of paths, which are quoted as in a journal
//	?DIGEST SIZE list examples/b.html   what the place has of it is unsure
//
// A text that is not exactly what [Ledger.Text] writes is none.

// Name is the ledger's at the place.
const Name = ".qinglian-deploy"

const head = "qinglian deploy "

// Ledger is what a place's ledger says.
type Ledger struct {
	Site    string
	Version digest.Digest // zero before the first whole delivery
	At      time.Time     // of that version, in seconds
	Moving  bool
	Back    []digest.Digest
	Entries []Entry
}

// Entry is a file of ours at the place.
type Entry struct {
	File
	Unsure bool
}

// ranks are the ranks by name.
var ranks = []string{build.Asset: "asset", build.Page: "page", build.List: "list", build.Feed: "feed"}

// mostBack is how many versions that were taken back are remembered.
const mostBack = 20

// Text is the whole of a ledger.
func (l Ledger) Text() string {
	var b strings.Builder
	b.WriteString("site " + l.Site + "\nversion ")
	if l.Version == (digest.Digest{}) {
		b.WriteString("-")
	} else {
		b.WriteString(l.Version.String() + " " + l.At.UTC().Format(time.RFC3339))
	}
	state := "whole"
	if l.Moving {
		state = "moving"
	}
	b.WriteString("\nstate " + state + "\nback")
	for _, v := range l.Back {
		b.WriteString(" " + v.String())
	}
	b.WriteByte('\n')
	for _, e := range l.Entries {
		if e.Unsure {
			b.WriteByte('?')
		}
		b.WriteString(e.Sum.String() + " " + strconv.FormatInt(e.Size, 10) + " " + ranks[e.Rank] + " " +
			publish.Entry(e.Path) + "\n")
	}
	body := b.String()
	return head + "1\n" + digest.Of([]byte(body)).String() + "\n" + body
}

// Parse reads a ledger.
func Parse(text string) (l Ledger, ok bool) {
	lines := strings.SplitAfter(text, "\n")
	if len(lines) < 6 {
		return l, false
	}
	field := func(n int, name string) string {
		value, found := strings.CutPrefix(strings.TrimSuffix(lines[n], "\n"), name)
		ok = ok && found
		return strings.TrimPrefix(value, " ")
	}
	ok = true
	l.Site, l.Moving = field(2, "site"), field(4, "state") == "moving"
	if version := field(3, "version"); version != "-" {
		sum, at, _ := strings.Cut(version, " ")
		var err error
		l.At, err = time.Parse(time.RFC3339, at)
		l.Version = sumOf(sum, &ok)
		ok = ok && err == nil
	}
	for _, v := range strings.Fields(field(5, "back")) {
		l.Back = append(l.Back, sumOf(v, &ok))
	}
	last := ""
	for _, line := range lines[6:] {
		if line == "" || !ok {
			break
		}
		var e Entry
		e, ok = parseEntry(line)
		ok = ok && e.Path > last
		last = e.Path
		l.Entries = append(l.Entries, e)
	}
	if !ok || l.Text() != text {
		return Ledger{}, false
	}
	return l, true
}

// sumOf reads a digest; ok becomes false if it is none.
func sumOf(text string, ok *bool) digest.Digest {
	d, read := digest.Parse(text)
	*ok = *ok && read
	return d
}

func parseEntry(line string) (e Entry, ok bool) {
	line, ok = strings.CutSuffix(line, "\n")
	rest, unsure := strings.CutPrefix(line, "?")
	sum, rest, _ := strings.Cut(rest, " ")
	size, rest, _ := strings.Cut(rest, " ")
	rank, name, _ := strings.Cut(rest, " ")
	e.Unsure, e.Sum = unsure, sumOf(sum, &ok)
	var err error
	if e.Size, err = strconv.ParseInt(size, 10, 64); err != nil || e.Size < 0 {
		ok = false
	}
	path, listed := publish.Listed(name)
	known := slices.Index(ranks, rank)
	e.Path, e.Rank = path, build.Rank(max(0, known))
	return e, ok && listed && known >= 0
}

// newer reports whether a text that is no ledger was written by a program to come.
func newer(text string) bool {
	form, ok := strings.CutPrefix(text, head)
	return ok && !strings.HasPrefix(form, "1\n") && !strings.HasPrefix(form, "1\r")
}

// Delivered is what readers can find at the place, in the order of paths: all that has
// arrived and was not taken away. It is what counts as published.
func (l Ledger) Delivered() []Entry {
	return slices.DeleteFunc(slices.Clone(l.Entries), func(e Entry) bool { return e.Unsure })
}

// Files are the files of a whole version.
func (l Ledger) Files() []File {
	files := make([]File, len(l.Entries))
	for i, e := range l.Entries {
		files[i] = e.File
	}
	return files
}

// Pages is how many pages are at the place.
func (l Ledger) Pages() (n int) {
	for _, e := range l.Entries {
		if publish.IsPage(e.Path) {
			n++
		}
	}
	return n
}

// Had reports whether a path is listed, as more than what the first delivery was about to
// write when it was cut.
func (l Ledger) Had(path string) bool {
	e, ok := l.find(path)
	return ok && !(e.Unsure && l.Version == (digest.Digest{}))
}

// find is the entry of a path.
func (l Ledger) find(path string) (Entry, bool) {
	i, ok := slices.BinarySearchFunc(l.Entries, path,
		func(e Entry, path string) int { return strings.Compare(e.Path, path) })
	if !ok {
		return Entry{}, false
	}
	return l.Entries[i], true
}

// served is how a ledger is kept.
var served = target.Meta{Type: "text/plain; charset=utf-8", Cache: "no-store"}
