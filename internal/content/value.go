package content

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/markdown"
	"qinglian/internal/pattern"
)

// fact checks what was typed against the type of its field. ok is false when
// it says nothing, or was reported.
func (f *fields) fact(field config.Field, e entry) (fact Fact, ok bool) {
	fact = Fact{Key: field.Key, Label: field.Label, Type: field.Type}
	switch field.Type {
	case config.TypeDate:
		fact.Values, ok = f.date(field, e)
	case config.TypeSwitch:
		fact.Values, ok = f.toggle(field, e)
	case config.TypeReason:
		fact.Values, ok = f.reason(field, e)
	case config.TypeList:
		fact.Values, ok = f.list(field, e)
	case config.TypeImage, config.TypeFile, config.TypeReference:
		fact.Values, ok = f.paths(field, e)
	case config.TypeTable:
		fact.Rows, ok = f.rows(field, e)
	case config.TypeExtra:
		fact.Rows, ok = f.extra(field, e)
	default:
		fact.Values, ok = f.scalar(field, e)
	}
	return fact, ok
}

func (f *fields) wrong(field config.Field, e entry, want diag.Text) {
	f.report(e, diag.Diagnostic{Rule: "wrong-type",
		Message: diag.Say("“%s”应该是%s", "%s must be %s", name(field), want),
		Hint:    diag.Say("写成 %s", "write %s", f.sample(field))})
}

// date is a moment in RFC 3339, in the site's zone.
func (f *fields) date(field config.Field, e entry) (values []string, ok bool) {
	var t time.Time
	switch v := e.value.(type) {
	case string:
		t, ok = ParseDate(v, f.zone)
	case moment:
		t, ok = v.time.In(f.zone), true
		if !v.zoned { // the clock on the site's wall, not the machine's
			y, m, d := v.time.Date()
			t = time.Date(y, m, d, v.time.Hour(), v.time.Minute(), v.time.Second(), 0, f.zone)
		}
	}
	if !ok || t.Year() < 1 || t.Year() > 9999 {
		f.report(e, diag.Diagnostic{Rule: "bad-date",
			Message: diag.Say("“%s”的日期读不懂", "the date in %s can't be read", name(field)),
			Hint:    diag.Say("写成 2024-05-01、2024-05-01 09:30 或 2024年5月1日", "write 2024-05-01 or 2024-05-01 09:30")})
		return nil, false
	}
	return []string{t.Format(time.RFC3339)}, true
}

func (f *fields) toggle(field config.Field, e entry) (values []string, ok bool) {
	switch e.value {
	case true, "是":
		return []string{"true"}, true
	case false, "否":
		f.off[field.Key] = true
		return nil, false
	}
	f.wrong(field, e, diag.Say("开关，也就是 true（是）或 false（否）", "true or false"))
	return nil, false
}

// reason is "true", or the text that says why.
func (f *fields) reason(field config.Field, e entry) (values []string, ok bool) {
	switch typed, text := e.value.(string); {
	case !text, typed == "是", typed == "否":
		return f.toggle(field, e)
	case strings.TrimSpace(typed) == "":
		return nil, false
	default:
		return f.scalar(field, e)
	}
}

func (f *fields) list(field config.Field, e entry) (values []string, ok bool) {
	list, ok := e.value.([]string)
	if !ok {
		items := "\"党建\", \"普法\""
		if typed, ok := e.value.(string); ok {
			items = `"` + strings.Join(strings.FieldsFunc(typed, betweenItems), `", "`) + `"`
		}
		f.report(e, diag.Diagnostic{Rule: "wrong-type",
			Message: diag.Say("“%s”应该是一个列表", "%s must be a list", name(field)),
			Hint:    diag.Say("写成 [%s]", "write [%s]", items)})
		return nil, false
	}
	for _, item := range list {
		if strings.ContainsAny(item, "，、") && field.Terms {
			f.report(e, diag.Diagnostic{Rule: "one-tag",
				Message: diag.Say("“%s”会被当成一个标签", "%q would be one tag", item),
				Hint: diag.Say("用英文逗号分开：[\"%s\"]",
					"separate tags with commas: [\"%s\"]",
					strings.Join(strings.FieldsFunc(item, betweenItems), "\", \""))})
			return nil, false
		}
		item = strings.TrimSpace(item)
		if item != "" && len(field.Choices) > 0 && !f.chosen(field, e, item) {
			return nil, false
		}
		if item != "" && !slices.Contains(values, item) {
			values = append(values, item)
		}
	}
	return values, len(values) > 0
}

// betweenItems reports what people put between the items of a list.
func betweenItems(c rune) bool { return strings.ContainsRune("，、；,;", c) }

// paths is one path or a list of them.
func (f *fields) paths(field config.Field, e entry) (values []string, ok bool) {
	if typed, is := e.value.(cells); is && field.Key == "cover" {
		if e, ok = f.cover(field, e, typed); !ok {
			return nil, false
		}
	}
	list, ok := e.value.([]string)
	if one, is := e.value.(string); is {
		list, ok = []string{one}, true
	}
	if !ok || field.Key == "cover" && len(list) > 1 {
		f.wrong(field, e, diag.Say("文件的路径", "the path of a file"))
		return nil, false
	}
	for _, path := range list {
		if path = strings.TrimSpace(path); path == "" {
			continue
		}
		if field.Type == config.TypeImage && !f.own && elsewhere(path) {
			f.outsidePicture(field, e, path)
			continue
		}
		if strings.Contains(path, ":") || strings.HasPrefix(path, "//") || strings.Contains(path, "\\") {
			f.report(e, diag.Diagnostic{Rule: "outside-file",
				Message: diag.Say("“%s”里的“%s”不是本站的文件", "%s: %q is not a file of this site", name(field), path),
				Hint:    diag.Say("把文件放在文章旁边，写它的文件名", "put the file beside the article and give its name")})
			return nil, false
		}
		values = append(values, path)
	}
	return values, len(values) > 0
}

// elsewhere reports an address on another site.
func elsewhere(path string) bool {
	lower := strings.ToLower(path)
	return strings.HasPrefix(lower, "https://") || strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "//")
}

// outsidePicture warns of a picture of another site, which is left out.
func (f *fields) outsidePicture(field config.Field, e entry, path string) {
	f.problems = append(f.problems, diag.Diagnostic{Rule: "outside-picture", Severity: diag.Warning,
		Message: diag.Say("“%s”的图片在别的网站 %s 上，没有采用", "%s: the picture is on another site, %s, and was left out",
			name(field), markdown.Host(path)),
		Hint: diag.Say("把图片下载下来，放在文章旁边，写它的文件名", "put the picture beside the article and give its file name"),
	}.Over(f.file, f.text, e.at, f.end(e.at)))
}

// cover takes a cover apart that says where to look: { src, focus }. What is
// left of the entry is the path alone.
func (f *fields) cover(field config.Field, e entry, typed cells) (entry, bool) {
	known := []config.Field{{Key: "src", Label: "图片"}, {Key: "focus", Label: "焦点"}}
	path := entry{at: e.at, value: ""}
	for _, cell := range typed {
		switch {
		case known[0].Named(cell.name):
			path.value = cell.value
		case known[1].Named(cell.name):
			if !f.setFocus(cell) {
				return e, false
			}
		default:
			f.unknown(cell, name(field), known)
			return e, false
		}
	}
	if path.value == "" {
		f.report(e, diag.Diagnostic{Rule: "wrong-type",
			Message: diag.Say("“%s”里没有写图片", "%s does not say which picture", name(field)),
			Hint:    diag.Say("写成 { src: hall.jpg, focus: [0.5, 0.3] }", "write { src: hall.jpg, focus: [0.5, 0.3] }")})
		return e, false
	}
	return path, true
}

// setFocus reads two numbers from 0 to 1.
func (f *fields) setFocus(e entry) bool {
	list, _ := e.value.([]string)
	var at [2]float64
	for i, typed := range list {
		n, err := strconv.ParseFloat(typed, 64)
		if len(list) != 2 || err != nil || n < 0 || n > 1 {
			list = nil
			break
		}
		at[i] = n
	}
	if len(list) != 2 {
		f.report(e, diag.Diagnostic{Rule: "bad-focus",
			Message: diag.Say("封面的焦点读不懂", "the focus of the cover can't be read"),
			Hint: diag.Say("写离左边、离上边多远，各从 0 到 1，如 [0.5, 0.3]",
				"say how far from the left and from the top, each from 0 to 1, such as [0.5, 0.3]")})
		return false
	}
	percent := func(n float64) int { return int(math.Round(n * 100)) }
	f.focus = FocusAt(percent(at[0]), percent(at[1]))
	return true
}

// rows is a table: each row's cells are checked as fields are.
func (f *fields) rows(field config.Field, e entry) (rows []Row, ok bool) {
	typed, ok := e.value.(table)
	if !ok {
		text, _ := e.value.(string)
		f.report(e, diag.Diagnostic{Rule: "wrong-type",
			Message: diag.Say("“%s”应该是一个表格，每行写出各项", "%s must be a table, each row with its columns", name(field)),
			Hint:    diag.Say("写成 %s", "write %s", f.sampleOf(field, numberIn(text)))})
		return nil, false
	}
	kind := config.Kind{Fields: field.Columns}
	for _, cells := range typed {
		given := map[string]Fact{}
		for _, cell := range cells {
			column, known := kind.Field(cell.name)
			if !known {
				f.unknown(cell, name(field), field.Columns)
				continue
			}
			if _, twice := given[column.Key]; twice {
				f.twice(column, cell)
				continue
			}
			if fact, ok := f.fact(column, cell); ok {
				given[column.Key] = fact
				f.places[cellPlace(field.Key, len(rows), column.Key)] = cell.at
			}
		}
		var row Row
		for _, column := range field.Columns {
			if fact, ok := given[column.Key]; ok {
				row = append(row, fact)
			}
		}
		if row != nil {
			rows = append(rows, row)
		}
	}
	return rows, len(rows) > 0
}

func (f *fields) scalar(field config.Field, e entry) (values []string, ok bool) {
	s, ok := e.value.(string)
	if m, is := e.value.(moment); is {
		s, ok = m.time.Format("2006-01-02"), true
	}
	if list, is := e.value.([]string); is && field.Type == config.TypeTelephone {
		s, ok = strings.Join(list, "、"), true
	}
	s = strings.TrimSpace(s)
	if !ok {
		f.wrong(field, e, diag.Say("一段文字", "a text"))
		return nil, false
	}
	if s == "" {
		return nil, false
	}
	switch field.Type {
	case config.TypeNumber:
		if _, err := strconv.ParseFloat(s, 64); err != nil {
			f.report(e, diag.Diagnostic{Rule: "wrong-type",
				Message: diag.Say("“%s”应该是一个数字，不带别的字", "%s must be a number and nothing else", name(field)),
				Hint:    diag.Say("写成 %s", "write %s", f.sampleOf(field, numberIn(s)))})
			return nil, false
		}
	case config.TypeChoice:
		ok = f.chosen(field, e, s)
	case config.TypeURL:
		if !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://") {
			return nil, f.address(field, e, s)
		}
	case config.TypeTelephone:
		ok = f.telephone(field, e, s)
	}
	return []string{s}, ok
}

// address reports a text that is no address, or one that lacks its beginning.
func (f *fields) address(field config.Field, e entry, s string) bool {
	d := diag.Diagnostic{Rule: "wrong-type",
		Message: diag.Say("“%s”应该是 https:// 开头的网址", "%s must be an address that begins with https://", name(field)),
		Hint:    diag.Say("写成 %s", "write %s", f.line(field, "https://…", `"https://…"`))}
	if meant := "https://" + strings.TrimLeft(s, "/"); hostLike().MatchString(meant) {
		d.Hint = diag.Say("写成 %s", "write %s", f.line(field, meant, strconv.Quote(meant)))
	}
	f.report(e, d)
	return false
}

// hostLike is an address with the name of a machine: https://mp.weixin.qq.com/s/x.
var hostLike = pattern.Of(`^https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(/\S*)?$`)

// digits is a number in a text, and dialled one that a telephone dials.
var (
	digits  = pattern.Of(`\d+`)
	dialled = pattern.Of(`[+(（]?\d[-\d+() （）]{4,}\d`)
)

// numberIn is the number in a text; 1 if there is none.
func numberIn(text string) string {
	if number := digits().FindString(text); number != "" {
		return number
	}
	return "1"
}

// telephone reports what is more, or less, than one number that can be dialled.
func (f *fields) telephone(field config.Field, e entry, s string) bool {
	if strings.Trim(s, "0123456789-+ ()") == "" {
		return true
	}
	first := dialled().FindString(s)
	if first == "" {
		f.wrong(field, e, diag.Say("电话号码", "a telephone number"))
		return false
	}
	rest := strings.Trim(strings.Replace(s, first, "", 1), " 　、，,;；/()（）:：")
	f.report(e, diag.Diagnostic{Rule: "wrong-type",
		Message: diag.Say("“%s”只能写一个电话号码，点一下就拨号", "%s is one telephone number, which a tap dials", name(field)),
		Hint: diag.Say("写成 %s；“%s”写进正文",
			"write %s, and %q into the text", f.line(field, first, `"`+first+`"`), rest)})
	return false
}

// chosen reports a value that is not one of the field's choices.
func (f *fields) chosen(field config.Field, e entry, s string) bool {
	if slices.Contains(field.Choices, s) {
		return true
	}
	hint := diag.Say("可选：%s", "choose one of: %s", diag.Listed(field.Choices))
	if near := diag.Nearest(s, field.Choices); near != "" {
		hint = diag.Say("是不是想写“%s”？可选：%s", "did you mean %s? Choose one of: %s", near, diag.Listed(field.Choices))
	}
	f.report(e, diag.Diagnostic{Rule: "not-a-choice",
		Message: diag.Say("“%s”不能是“%s”", "%s can't be %q", name(field), s), Hint: hint})
	return false
}
