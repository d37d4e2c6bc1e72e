package diag

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Brief is a list as it fits on a screen. What is found in many places in the same
// words is one mistake, made once and copied, so it is one Entry; and what is left is
// cut where the screen ends, so that each rule has its turn, and each file: one that is
// broken a thousand times does not push out one that is broken once.
type Brief struct {
	Entries []Entry
	Left    []Left // what is not among the Entries, by rule
}

// Entry is a diagnostic and where else it was found.
type Entry struct {
	Diagnostic
	Also List
}

// Left is how many diagnostics of a rule were left out.
type Left struct {
	Rule  string
	Count int
}

// From how many places on the same words are one Entry. Each place of an error has to
// be mended, so a few are shown with their lines.
var sharedFrom = [...]int{Note: 2, Warning: 2, Error: 4}

// words are what two diagnostics have in common that are one mistake.
type words struct {
	rule          string
	severity      Severity
	message, hint Text
}

func (d Diagnostic) words() words { return words{d.Rule, d.Severity, d.Message, d.Hint} }

// Brief is the list in at most so many entries, errors before all else.
func (l List) Brief(most int) Brief {
	entries := l.shared()
	order := make([]int, len(entries))
	turns := make([]struct{ inFile, inAll int }, len(entries)) // how many of the same rule stand before
	inFile, inAll := map[[2]string]int{}, map[string]int{}
	for i, e := range entries {
		of := [2]string{e.Rule, e.File}
		order[i], turns[i].inFile, turns[i].inAll = i, inFile[of], inAll[e.Rule]
		inFile[of]++
		inAll[e.Rule]++
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(entries[b].Severity, entries[a].Severity),
			cmp.Compare(turns[a].inFile, turns[b].inFile), cmp.Compare(turns[a].inAll, turns[b].inAll))
	})
	shown := order[:min(most, len(order))]
	slices.Sort(shown)
	var b Brief
	for _, i := range shown {
		b.Entries = append(b.Entries, entries[i])
	}
	for _, i := range order[len(shown):] {
		b.leave(entries[i])
	}
	slices.SortStableFunc(b.Left, func(a, b Left) int { return cmp.Compare(b.Count, a.Count) })
	return b
}

// shared is the list with what was found in many places as one entry, where it was
// found first.
func (l List) shared() (entries []Entry) {
	places := map[words]int{}
	for _, d := range l {
		places[d.words()]++
	}
	first := map[words]int{}
	for _, d := range l {
		of := d.words()
		if at, ok := first[of]; ok {
			entries[at].Also = append(entries[at].Also, d)
			continue
		}
		if places[of] >= sharedFrom[d.Severity] {
			first[of] = len(entries)
		}
		entries = append(entries, Entry{Diagnostic: d})
	}
	return entries
}

func (b *Brief) leave(e Entry) {
	at := slices.IndexFunc(b.Left, func(l Left) bool { return l.Rule == e.Rule })
	if at < 0 {
		at = len(b.Left)
		b.Left = append(b.Left, Left{e.Rule, 0})
	}
	b.Left[at].Count += 1 + len(e.Also)
}

// Write prints an entry for people: the diagnostic, and a line that says where else.
func (e Entry) Write(w io.Writer, lang Lang) error {
	if err := e.Diagnostic.Write(w, lang); err != nil || len(e.Also) == 0 {
		return err
	}
	_, err := fmt.Fprintf(w, "    %s\n", e.elsewhere().In(lang))
	return err
}

// How many places an entry names besides its own: of other files, and lines of its own.
const (
	mostPlaces = 2
	mostLines  = 9
)

func (e Entry) elsewhere() Text {
	files := map[string]bool{e.File: true}
	for _, d := range e.Also {
		files[d.File] = true
	}
	if len(files) == 1 && e.Line > 0 {
		return e.furtherLines()
	}
	var places []string
	for _, d := range e.Also {
		places = append(places, d.place())
	}
	return Say("同样的还有 %d 处，一共在 %d 个文件里：%s", "the same in %d more places, in %d files in all: %s",
		len(e.Also), len(files), some(places, mostPlaces))
}

// furtherLines are the lines of the entry's own file where it was found too.
func (e Entry) furtherLines() Text {
	var lines []string
	for _, d := range e.Also {
		lines = append(lines, strconv.Itoa(d.Line))
	}
	return Say("这个文件里同样的还有 %d 处：第 %s 行", "the same in %d more places of this file, on lines %s",
		len(e.Also), some(slices.Compact(lines), mostLines))
}

// some are the first of a list.
func some(list []string, most int) Text {
	if len(list) <= most {
		return Text{ZH: strings.Join(list, "、"), EN: strings.Join(list, ", ")}
	}
	return Text{ZH: strings.Join(list[:most], "、") + "……", EN: strings.Join(list[:most], ", ") + ", …"}
}
