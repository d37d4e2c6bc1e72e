package content

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"qinglian/internal/config"
	"qinglian/internal/diag"
)

// fields is the front matter of one article, its values checked against the
// fields of its kind.
type fields struct {
	file    string
	text    []byte
	kind    config.Kind
	zone    *time.Location
	texts   map[string][]string // by key; a date, number or switch is one text
	moments map[string]time.Time
	places  map[string]int
	found   diag.List
}

func (c *compiler) fields(kind config.Kind, entries []entry) *fields {
	f := &fields{file: c.file, text: c.text, kind: kind, zone: c.config.Zone,
		texts: map[string][]string{}, moments: map[string]time.Time{}, places: map[string]int{}}
	for _, e := range entries {
		f.take(e)
	}
	for _, field := range kind.Fields {
		if _, ok := f.places[field.Key]; field.Required && !ok {
			f.found = append(f.found, diag.Diagnostic{Rule: "missing-field", Severity: diag.Error,
				Message: diag.Say("缺少“%s”", "%s is missing", name(field)),
				Hint:    diag.Say("在文章开头加一行 %s", "add a line %s to the front matter", f.sample(field)),
			}.At(f.file, f.text, 0))
		}
	}
	return f
}

// name is what a field is called in a message.
func name(f config.Field) diag.Text { return diag.Text{ZH: f.Label, EN: f.Key} }

// sample is how a field is written in this file's front matter.
func (f *fields) sample(field config.Field) string {
	if strings.HasPrefix(string(f.text), "+++") {
		return field.Key + " = \"…\""
	}
	return field.Label + ": …"
}

func (f *fields) report(e entry, d diag.Diagnostic) {
	d.Severity = diag.Error
	f.found = append(f.found, d.At(f.file, f.text, e.at))
}

func (f *fields) take(e entry) {
	field, ok := f.kind.Field(e.name)
	if !ok {
		f.unknown(e)
		return
	}
	if _, twice := f.places[field.Key]; twice {
		f.report(e, diag.Diagnostic{Rule: "field-twice",
			Message: diag.Say("“%s”写了两次", "%s is set twice", name(field)),
			Hint:    diag.Say("留下一行，删去另一行", "keep one of the lines")})
		return
	}
	f.places[field.Key] = e.at
	if e.value == "" {
		if field.Required {
			delete(f.places, field.Key) // an empty field is a missing one
		}
		return
	}
	switch field.Type {
	case config.TypeDate:
		f.date(field, e)
	case config.TypeList:
		f.list(field, e)
	case config.TypeSwitch:
		f.toggle(field, e)
	default:
		f.scalar(field, e)
	}
}

func (f *fields) unknown(e entry) {
	var known []string
	for _, field := range f.kind.Fields {
		known = append(known, field.Key, field.Label)
	}
	hint := diag.Say("这类文章可用的有：%s", "this kind of article has: %s", strings.Join(known, "、"))
	if near := diag.Nearest(e.name, known); near != "" {
		hint = diag.Say("是不是想写“%s”？", "did you mean %s?", near)
	}
	f.report(e, diag.Diagnostic{Rule: "unknown-field",
		Message: diag.Say("“%s”里没有“%s”这一项", "%s has no field %q", diag.Text{ZH: f.kind.Label, EN: f.kind.Name}, e.name), Hint: hint})
}

func (f *fields) wrong(field config.Field, e entry, want diag.Text) {
	f.report(e, diag.Diagnostic{Rule: "wrong-type",
		Message: diag.Say("“%s”应该是%s", "%s must be %s", name(field), want),
		Hint:    diag.Say("写成 %s", "write %s", f.sample(field))})
}

func (f *fields) date(field config.Field, e entry) {
	var t time.Time
	ok := false
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
	if !ok {
		f.report(e, diag.Diagnostic{Rule: "bad-date",
			Message: diag.Say("“%s”的日期读不懂", "the date in %s can't be read", name(field)),
			Hint:    diag.Say("写成 2024-05-01、2024-05-01 09:30 或 2024年5月1日", "write 2024-05-01 or 2024-05-01 09:30")})
		return
	}
	f.moments[field.Key] = t
	f.texts[field.Key] = []string{t.Format("2006年1月2日")}
}

func (f *fields) list(field config.Field, e entry) {
	list, ok := e.value.([]string)
	if !ok {
		f.wrong(field, e, diag.Say("一个列表，如 [\"党建\", \"普法\"]", "a list, such as [\"党建\", \"普法\"]"))
		return
	}
	for _, item := range list {
		if strings.ContainsAny(item, "，、") && field.Key == "tags" {
			f.report(e, diag.Diagnostic{Rule: "one-tag",
				Message: diag.Say("“%s”会被当成一个标签", "%q would be one tag", item),
				Hint:    diag.Say("用英文逗号分开：[\"%s\"]", "separate tags with commas: [\"%s\"]", strings.Join(strings.FieldsFunc(item, func(c rune) bool { return c == '，' || c == '、' }), "\", \""))})
			return
		}
		if item = strings.TrimSpace(item); item != "" && !slices.Contains(f.texts[field.Key], item) {
			f.texts[field.Key] = append(f.texts[field.Key], item)
		}
	}
}

func (f *fields) toggle(field config.Field, e entry) {
	switch e.value {
	case true, "是":
		f.texts[field.Key] = []string{"true"}
	case false, "否":
	default:
		f.wrong(field, e, diag.Say("true（是）或 false（否）", "true or false"))
	}
}

func (f *fields) scalar(field config.Field, e entry) {
	s, ok := e.value.(string)
	if m, is := e.value.(moment); is {
		s, ok = m.time.Format("2006-01-02"), true
	}
	s = strings.TrimSpace(s)
	if !ok {
		f.wrong(field, e, diag.Say("一段文字", "a text"))
		return
	}
	switch field.Type {
	case config.TypeNumber:
		if _, err := strconv.ParseFloat(s, 64); err != nil {
			f.wrong(field, e, diag.Say("一个数字", "a number"))
			return
		}
	case config.TypeChoice:
		if !slices.Contains(field.Choices, s) {
			f.report(e, diag.Diagnostic{Rule: "not-a-choice",
				Message: diag.Say("“%s”不能是“%s”", "%s can't be %q", name(field), s),
				Hint:    diag.Say("可选：%s", "choose one of: %s", strings.Join(field.Choices, "、"))})
			return
		}
	case config.TypeURL:
		if !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://") {
			f.wrong(field, e, diag.Say("https:// 开头的网址", "an address that begins with https://"))
			return
		}
	case config.TypeTelephone:
		if strings.Trim(s, "0123456789-+ ()") != "" {
			f.wrong(field, e, diag.Say("电话号码", "a telephone number"))
			return
		}
	}
	f.texts[field.Key] = []string{s}
}

// text is the value of a field that holds one text, or "".
func (f *fields) value(key string) string {
	if v := f.texts[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}
