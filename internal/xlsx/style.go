package xlsx

import (
	"strconv"

	"qinglian/internal/diag"
	"qinglian/internal/manuscript"
)

// builtIn are the formats that files name by number alone, as they are in Chinese.
var builtIn = map[int]string{
	0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "¥#,##0;¥-#,##0", 6: "¥#,##0;¥-#,##0",
	7: "¥#,##0.00;¥-#,##0.00", 8: "¥#,##0.00;¥-#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
	12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
	19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
	27: `yyyy"年"m"月"`, 28: `m"月"d"日"`, 29: `m"月"d"日"`, 30: "m-d-yy", 31: `yyyy"年"m"月"d"日"`,
	32: `h"时"mm"分"`, 33: `h"时"mm"分"ss"秒"`, 34: `上午/下午h"时"mm"分"`, 35: `上午/下午h"时"mm"分"ss"秒"`,
	36: `yyyy"年"m"月"`, 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
	41: `#,##0;-#,##0;"-"`, 42: `¥#,##0;¥-#,##0;¥"-"`, 43: `#,##0.00;-#,##0.00;"-"`,
	44: `¥#,##0.00;¥-#,##0.00;¥"-"`, 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
	50: `yyyy"年"m"月"`, 51: `m"月"d"日"`, 52: `yyyy"年"m"月"`, 53: `m"月"d"日"`, 54: `m"月"d"日"`,
	55: `上午/下午h"时"mm"分"`, 56: `上午/下午h"时"mm"分"ss"秒"`, 57: `yyyy"年"m"月"`, 58: `m"月"d"日"`,
}

// style is how cells look, as far as that has a meaning.
type style struct {
	format format
	bare   bool // there is no format: a number is shown as far as it is short
	align  manuscript.Align
	middle bool // it is said that the cell stands in the middle
}

func (r *reader) readStyles() (refused diag.Text) {
	root, refused := r.Tree(r.related("styles"))
	if root == nil {
		return refused
	}
	r.omit(manuscript.Unused, "", said(root), "")
	codes := map[int]string{}
	for id, code := range builtIn {
		codes[id] = code
	}
	for _, n := range children(root.Child("s:numFmts")) {
		if id, err := strconv.Atoi(n.Attr("numFmtId")); err == nil {
			codes[id] = n.Attr("formatCode")
		}
	}
	parsed := map[string]format{}
	for _, n := range children(root.Child("s:cellXfs")) {
		id, _ := strconv.Atoi(n.Attr("numFmtId"))
		code, ok := codes[id]
		if !ok || code == "" {
			code = "General"
		}
		if _, ok := parsed[code]; !ok {
			parsed[code] = parseFormat(code)
		}
		s := style{format: parsed[code], bare: code == "General"}
		switch n.Child("s:alignment").Attr("horizontal") {
		case "center", "centerContinuous", "distributed":
			s.align, s.middle = manuscript.Center, true
		case "right":
			s.align = manuscript.Right
		}
		r.styles = append(r.styles, s)
	}
	return refused
}

// styleOf is the style that a cell names.
func (r *reader) styleOf(id string) *style {
	if n, err := strconv.Atoi(id); err == nil && n >= 0 && n < len(r.styles) {
		return &r.styles[n]
	}
	return &unstyled
}

// unstyled is the style of cells that name none.
var unstyled = style{format: parseFormat("General"), bare: true}
