package manuscript

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// annex is a file that a document says to be attached to it.
type annex struct {
	number int // 0: none
	name   string
}

const annexNumber = `([0-9]{1,2}|[一二三四五六七八九十]{1,3})`

var (
	// annexes begins a list of them: 附件：1. 报名表.
	annexes = pattern.Of(`^附\s*件\s*[：:]\s*(.*)$`)
	// numberedAnnex is one on a line of its own: 附件1：报名表.
	numberedAnnex = pattern.Of(`^附\s*件\s*` + annexNumber + `\s*(?:[：:.．、]|\s)\s*(\S.*)$`)
	// annexHere is what stands above one that is in the document itself.
	annexHere = pattern.Of(`^附\s*件\s*` + annexNumber + `?$`)
	// nextAnnex begins each in a list.
	nextAnnex = pattern.Of(`(?:^|\s)([0-9]{1,2})\s*[.．、]\s*`)
)

// annexReader finds the lines that name what is attached.
type annexReader struct {
	found []annex
	open  bool        // the line above is in a list with numbers
	here  map[int]int // by number: those that are in the document
	lines []int       // the blocks that name some, and nothing else
}

// Annex sees to the files that a document says to be attached, as its kind has a field
// for them. ordered are those that came with it, in the order in which it names them,
// then the others. Those that did not come are listed. If all did, the lines that name
// them are taken out of the text: the field shows them.
func (m *Manuscript) Annex(files []string) (ordered []string, doubt diag.Text) {
	r := annexReader{here: map[int]int{}}
	for i, b := range m.Blocks {
		r.block(i, b, i+1 < len(m.Blocks) && m.Blocks[i+1].Kind == Table)
	}
	rest := slices.Clone(files)
	missing := false
	for _, a := range r.found {
		if i := slices.IndexFunc(rest, a.is); i >= 0 {
			ordered = append(ordered, rest[i])
			rest = slices.Delete(rest, i, i+1)
			continue
		}
		if r.here[a.number] == 0 {
			m.Left = append(m.Left, Omission{Why: Annexed, What: a.name})
		}
		missing = true
	}
	if !missing {
		for _, i := range slices.Backward(r.lines) {
			m.remove(i, i+1)
		}
	}
	if len(rest) > 0 && len(r.found) > 0 {
		doubt = diag.Say("文档里没有提到：%s", "the document does not name %s", strings.Join(rest, "、"))
	}
	return append(ordered, rest...), doubt
}

// block reads the lines of a block.
func (r *annexReader) block(i int, b Block, table bool) {
	if b.Kind == Table {
		r.open = false
		return
	}
	all := true
	before := len(r.found)
	for _, line := range linesOf(b) {
		all = r.line(line, table) && all
	}
	if all && len(r.found) > before || all && r.open {
		r.lines = append(r.lines, i)
	}
}

// line reads a line; ok is false for one that names nothing. table says that a table
// follows: what stands above that is its heading.
func (r *annexReader) line(line string, table bool) (ok bool) {
	if m := annexes().FindStringSubmatch(line); m != nil {
		r.open = m[1] == "" || nextAnnex().FindStringIndex(m[1]) != nil && strings.IndexFunc(m[1], unicode.IsDigit) == 0
		if !r.open {
			r.add(0, m[1])
			return true
		}
		r.list(m[1])
		return true
	}
	if m := numberedAnnex().FindStringSubmatch(line); m != nil {
		r.open = false
		n := numeral(m[1])
		if table || slices.ContainsFunc(r.found, func(a annex) bool { return a.number == n }) {
			r.here[n]++
			return false
		}
		r.add(n, m[2])
		return true
	}
	if m := annexHere().FindStringSubmatch(line); m != nil {
		r.open = false
		r.here[numeral(m[1])]++
		return false
	}
	if r.open = r.open && nextAnnex().FindStringIndex(line) != nil && unicode.IsDigit(rune(line[0])); r.open {
		r.list(line)
	}
	return r.open
}

// list reads what is attached on one line: 1. 报名表 2. 名单.
func (r *annexReader) list(line string) {
	marks := nextAnnex().FindAllStringSubmatchIndex(line, -1)
	for i, m := range marks {
		end := len(line)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		r.add(numeral(line[m[2]:m[3]]), line[m[1]:end])
	}
}

func (r *annexReader) add(number int, name string) {
	if name = strings.TrimSpace(strings.TrimRight(strings.TrimSpace(name), "；;。")); name != "" {
		r.found = append(r.found, annex{number: number, name: name})
	}
}

// numberedFile begins the names of files: 附件1, 附件2：名单.
var numberedFile = pattern.Of(`^附\s*件\s*` + annexNumber + `?`)

// is reports whether a file is what is attached, by its name: one is in the other, or
// they have one number.
func (a annex) is(file string) bool {
	stem := strings.TrimSuffix(path.Base(file), path.Ext(file))
	if m := numberedFile().FindStringSubmatch(stem); m != nil && m[1] != "" && a.number > 0 {
		return numeral(m[1]) == a.number
	}
	said, have := lettersAlone(a.name), lettersAlone(numberedFile().ReplaceAllString(stem, ""))
	if utf8.RuneCountInString(said) < 2 || utf8.RuneCountInString(have) < 2 {
		return said == have
	}
	return strings.Contains(said, have) || strings.Contains(have, said)
}

// lettersAlone is a text without its marks and spaces.
func lettersAlone(s string) string {
	return strings.ToLower(strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return c
		}
		return -1
	}, s))
}
