package imports

import (
	"bytes"
	"encoding/csv"
	"path"
	"regexp"
	"strings"
	"sync"

	"qinglian/internal/data"
	"qinglian/internal/desk"
	"qinglian/internal/diag"
	"qinglian/internal/manuscript"
	"qinglian/internal/source"
	"qinglian/internal/xlsx"
)

// tableName is what a table of data may be called. Compiling it takes 2 MB, which is
// left to those who import one.
var tableName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\p{L}\p{N}_-]{1,60}$`) })

// Table makes a table of data of the only sheet of a workbook, under a name that a theme
// may ask for: its first row has the names of the columns.
func Table(s *source.Site, name string, d Document) (made Made, refused diag.Text, err error) {
	switch {
	case !tableName().MatchString(name):
		return made, diag.Say("“%s”不能做数据的名字：只用字母、数字、连字符，如 honours",
			"%q can't be the name of a table: use letters, digits and hyphens, such as honours", name), nil
	case ending(d.Name) != ".xlsx":
		return made, diag.Say("--data 只用于 .xlsx", "--data is for .xlsx alone"), nil
	}
	if refused, err = free(s, name); err != nil || refused != (diag.Text{}) {
		return made, refused, err
	}
	w, refused := xlsx.Read(d.Content)
	if refused == (diag.Text{}) {
		refused = fits(w)
	}
	if refused != (diag.Text{}) {
		return made, refused, nil
	}
	file := path.Join(data.Folder, name+".csv")
	text := written(w.Sheets[0].Rows)
	if _, problems := data.Decode(file, text); len(problems) > 0 {
		return made, problems[0].Message, nil
	}
	made = Made{Files: []desk.File{desk.New(file, text)}, Left: w.Left}
	for _, b := range w.Blocks {
		if b.Kind != manuscript.Table && b.Kind != manuscript.Heading {
			made.Left = append(made.Left, manuscript.Omission{Why: manuscript.Beside, Text: b.Said()})
		}
	}
	return made, refused, nil
}

// free refuses a name that another table has, in whichever format.
func free(s *source.Site, name string) (refused diag.Text, err error) {
	files, _, err := s.Walk(data.Folder)
	if err != nil {
		return refused, err
	}
	for _, f := range files {
		if taken, ok := data.Name(f.Path); ok && strings.EqualFold(taken, name) {
			return diag.Say("已经有 %s，没有覆盖；换一个名字，或先给它改名",
				"%s is there already and was left alone: take another name, or rename it first", f.Path), nil
		}
	}
	return refused, nil
}

// fits refuses a workbook of which no table can be made.
func fits(w xlsx.Workbook) (refused diag.Text) {
	var names []string
	for _, s := range w.Sheets {
		names = append(names, s.Name)
	}
	switch len(names) {
	case 0:
		return diag.Say("表里没有看得见的内容", "there is nothing to be seen in it")
	case 1:
	default:
		return diag.Say("有 %d 个工作表（%s）：一份数据只用一个，把别的隐藏起来，保存，再导入",
			"there are %d sheets (%s): data is made of one; hide the others, save it and import it again",
			len(names), strings.Join(names, "、"))
	}
	seen := map[string]bool{}
	for _, column := range w.Sheets[0].Rows[0] {
		switch {
		case strings.TrimSpace(column) == "":
			return diag.Say("第一行是各列的名字，有一列没有名字", "the first row has the names of the columns, and one has none")
		case seen[column]:
			return diag.Say("第一行是各列的名字，有两列都叫“%s”",
				"the first row has the names of the columns: two are called %q", column)
		}
		seen[column] = true
	}
	return refused
}

// written is rows as CSV.
func written(rows [][]string) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	_ = w.WriteAll(rows) // a buffer takes all
	return out.Bytes()
}
