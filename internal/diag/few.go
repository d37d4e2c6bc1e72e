package diag

// How many diagnostics of one rule are reported for one line, and for one file: what a
// program pasted wrong it pasted wrong ten thousand times, and nobody mends them
// one by one.
const (
	mostOfLine = 20
	mostOfFile = 100
)

// Few is a list that does not grow without bound: of one rule it takes so many
// on a line and in a file, and says how many more there are. The zero Few is
// empty.
type Few struct {
	list  List
	taken map[among]int // how many were taken
	more  map[among]int // where in the list the first stands that was not, for all of these
	left  []left
}

// among are the diagnostics that are counted together; Line is 0 for all of a
// file's.
type among struct {
	file, rule string
	line       int
}

// left is how many were not taken, from the one at a place in the list on.
type left struct {
	at, count int
	ofFile    bool
}

// Add adds a diagnostic, or counts it.
func (f *Few) Add(d Diagnostic) {
	if f.taken == nil {
		f.taken, f.more = map[among]int{}, map[among]int{}
	}
	ofFile, ofLine := among{d.File, d.Rule, 0}, among{d.File, d.Rule, d.Line}
	switch {
	case d.Line == 0:
		f.list = append(f.list, d) // about the whole file: as many as there are causes
	case f.taken[ofFile] >= mostOfFile:
		f.leave(ofFile, d)
	case f.taken[ofLine] >= mostOfLine:
		f.leave(ofLine, d)
	default:
		f.taken[ofFile]++
		f.taken[ofLine]++
		f.list = append(f.list, d)
	}
}

// leave counts a diagnostic; the first that is counted gives the rest its place.
func (f *Few) leave(of among, d Diagnostic) {
	if i, ok := f.more[of]; ok {
		f.left[i].count++
		return
	}
	f.more[of] = len(f.left)
	f.left = append(f.left, left{len(f.list), 1, of.line == 0})
	f.list = append(f.list, d)
}

// List is what was added, in its order; the first of those that were only
// counted stands for them.
func (f *Few) List() List {
	for _, l := range f.left {
		d := &f.list[l.at]
		d.EndLine, d.EndColumn, d.Edits = 0, 0, "" // it is about more than it pointed to
		d.Message = Say("这样的问题，从这里起到行末还有 %d 处，没有一一列出",
			"there are %d more of these from here to the end of the line", l.count)
		if l.ofFile {
			d.Message = Say("这样的问题，这个文件里从这里起还有 %d 处，没有一一列出",
				"there are %d more of these in this file from here on", l.count)
		}
		d.Hint = Say("先改上面列出的，再运行一次", "mend those above, then run it again")
	}
	return f.list
}

// Few is the list without the many.
func (l List) Few() List {
	var f Few
	for _, d := range l {
		f.Add(d)
	}
	return f.List()
}
