package main

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"time"
)

// document is docs/performance.md: what runs have measured, each part with its own date,
// the history of that, and what was written by hand.
type document struct {
	history  []map[string]string // by column
	sections map[string]string   // by part and place
	notes    string              // of the last run
	hand     string
}

const (
	begins  = "<!-- bench: " // and the name of a section, then " -->"
	written = "<!-- What was learned: written by hand, kept. -->\n"
	title   = `# 速度 Performance

由 ` + "`make bench`" + ` 写成。比较只看倍数：换一台机器，秒数都会变。
*Written by ` + "`make bench`" + `. Compare by ratios: seconds do not carry over to another machine.*

`
	past = `## 历次 History

每次测量添一行，都是与同时测的另一方之比：构建比耗时（改一处后的增量构建，比 Hugo 重建整站），另比内存和文章页的字节数。
*Each run adds a row, of ratios to what was measured in the same hour: wall clock (after an edit ours as shipped, to a
whole build of Hugo's), peak memory, bytes of an article's page.*

`
)

// columns of the history: the first say which run it was.
func columns() []string {
	all := slices.Clone(identity)
	all = append(all, bareHugo, shippedHugo, bareFloor, shippedFloor, memoryHugo, pageHugo)
	for _, e := range edits {
		all = append(all, e.what)
	}
	return all
}

var identity = []string{"date", "commit", "where", "articles"}

const (
	bareHugo     = "without search : Hugo"
	shippedHugo  = "as shipped : Hugo"
	bareFloor    = "without search : floor"
	shippedFloor = "as shipped : floor"
	memoryHugo   = "memory : Hugo"
	pageHugo     = "page : Hugo"
)

// parse reads what text writes.
func parse(text string) document {
	d := document{sections: map[string]string{}}
	text, d.hand, _ = strings.Cut(text, written)
	made := strings.Split(text, begins)
	for _, section := range made[1:] {
		name, body, _ := strings.Cut(section, " -->\n")
		switch name {
		case "history":
			d.history = rowsOf(body)
		case "notes":
			d.notes = body
		default:
			d.sections[name] = body
		}
	}
	return d
}

// rowsOf reads the rows of the first table in a text, by its columns.
func rowsOf(text string) []map[string]string {
	var names []string
	var rows []map[string]string
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.Trim(line, "| \n"), "|")
		switch {
		case !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "|-"):
		case names == nil:
			names = cells
		default:
			row := map[string]string{}
			for i := range min(len(cells), len(names)) {
				row[strings.TrimSpace(names[i])] = strings.TrimSpace(cells[i])
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// remember adds figures to the row of this run, which is the last one that has the same
// identity, or a new one.
func (d *document) remember(figures map[string]string) {
	for _, row := range slices.Backward(d.history) {
		if !slices.ContainsFunc(identity, func(name string) bool { return row[name] != figures[name] }) {
			maps.Copy(row, figures)
			return
		}
	}
	d.history = append(d.history, figures)
}

func (d *document) text() string {
	var t strings.Builder
	t.WriteString(title + begins + "history -->\n" + past)
	var rows [][]string
	for _, row := range d.history {
		var cells []string
		for _, name := range columns() {
			cells = append(cells, row[name])
		}
		rows = append(rows, cells)
	}
	t.WriteString(table(3, columns(), rows) + "\n")
	for _, p := range parts() {
		for _, where := range []string{"memory", "disk"} {
			name := p.name + " " + where
			if body, ok := d.sections[name]; ok {
				t.WriteString(begins + name + " -->\n" + body)
			}
		}
	}
	if d.notes != "" {
		t.WriteString(begins + "notes -->\n" + d.notes + "\n")
	}
	return t.String() + written + d.hand
}

// table is one in Markdown, whose first columns are words and all others figures.
func table(words int, names []string, rows [][]string) string {
	var t strings.Builder
	line := func(cells []string) { t.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	line(names)
	t.WriteString("|" + strings.Repeat("---|", words) + strings.Repeat("--:|", len(names)-words) + "\n")
	for _, row := range rows {
		line(row)
	}
	return t.String()
}

func today() string { return time.Now().Format("2006-01-02") }

func machine() string {
	return fmt.Sprintf("%d cores, %s/%s, %s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f s", d.Seconds()) }

func mebibytes(n int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d MiB", n>>20)
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

func kilobytes(n int64) string { return fmt.Sprintf("%.1f KB", float64(n)/1e3) }

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1e3)
}

// times writes a ratio, below one as 1/x; 0 is none.
func times(ratio float64) string {
	switch {
	case ratio == 0:
		return ""
	case ratio == 1:
		return "1"
	case ratio < 1:
		return fmt.Sprintf("1/%.1f", 1/ratio)
	}
	return fmt.Sprintf("%.2f", ratio)
}

func lastLine(err error) string {
	lines := strings.Split(strings.TrimSpace(err.Error()), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}
