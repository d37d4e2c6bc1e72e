package diag

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestWrite(t *testing.T) {
	text := []byte("+++\ntitle = \"甲\"\ndate = \"2024-13-01\"\n+++\n")
	d := Diagnostic{Rule: "bad-date", Severity: Error,
		Message: Say("日期“%s”读不懂", "the date %q can't be read", "2024-13-01"),
		Hint:    Say("写成 2024-05-01", "write 2024-05-01"),
	}.At("content/examples/a.md", text, strings.Index(string(text), `"2024`))
	whole := Diagnostic{Rule: "no-site", Severity: Warning, Message: Say("没有", "nothing")}
	for _, c := range []struct {
		d    Diagnostic
		lang Lang
		want string
	}{
		{d, ZH, "错误 content/examples/a.md:3:8 日期“2024-13-01”读不懂 [bad-date]\n" +
			"    date = \"2024-13-01\"\n" +
			"           ^\n" +
			"    改法：写成 2024-05-01\n"},
		{d, EN, "error content/examples/a.md:3:8 the date \"2024-13-01\" can't be read [bad-date]\n" +
			"    date = \"2024-13-01\"\n" +
			"           ^\n" +
			"    try: write 2024-05-01\n"},
		{whole, ZH, "警告 没有 [no-site]\n"},
		{whole.In("config.toml"), EN, "warning config.toml nothing [no-site]\n"},
		{Diagnostic{Rule: "r", File: "a.md", Line: 3, Source: "整行", Message: Say("字", "word")}, ZH, "提示 a.md:3 字 [r]\n    整行\n"},
		{Diagnostic{Rule: "r", File: "a.md", Line: 3, Column: 2, Source: " \t", Message: Say("字", "word")}, EN, "note a.md:3:2 word [r]\n"},
	} {
		var b strings.Builder
		if err := c.d.Write(&b, c.lang); err != nil {
			t.Fatal(err)
		}
		if b.String() != c.want {
			t.Errorf("got\n%swant\n%s", b.String(), c.want)
		}
	}
}

// TestCaret: white space before the caret is as wide as the text above it, and
// a long line is cut to what surrounds the caret.
func TestCaret(t *testing.T) {
	long := strings.Repeat("0123456789", 10)
	wide := strings.Repeat("一二三四五六七八九十", 10)
	for _, c := range []struct {
		source string
		column int
		line   string
		before string
	}{
		{"abc", 1, "abc", ""},
		{"abc", 3, "abc", "  "},
		{"abc", 4, "abc", "   "}, // after the end
		{"标题: x", 5, "标题: x", "\u3000\u3000  "},
		{"ａ（“x", 4, "ａ（“x", "\u3000\u3000\u3000"},
		{"\ta\tb", 4, "\ta\tb", "\t \t"},
		{long[:60], 60, long[:60], strings.Repeat(" ", 59)},
		{long, 1, long[:60] + "…", ""},
		{long, 31, "…" + long[1:61] + "…", "\u3000" + strings.Repeat(" ", 29)},
		{long, 100, "…" + long[40:], "\u3000" + strings.Repeat(" ", 59)},
		{long, 101, "…" + long[40:], "\u3000" + strings.Repeat(" ", 60)},
		{wide, 50, "…" + strings.Repeat("一二三四五六七八九十", 6) + "…", strings.Repeat("\u3000", 30)},
	} {
		var b strings.Builder
		d := Diagnostic{Rule: "r", File: "a", Line: 1, Column: c.column, Source: c.source, Message: Say("字", "word")}
		if err := d.Write(&b, EN); err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf("note a:1:%d word [r]\n    %s\n    %s^\n", c.column, c.line, c.before)
		if b.String() != want {
			t.Errorf("got\n%swant\n%s", b.String(), want)
		}
	}
}

// TestCarets: all that is meant is marked, as wide as it is, as far as it is shown.
func TestCarets(t *testing.T) {
	long := strings.Repeat("0123456789", 10)
	for _, c := range []struct {
		text     string
		from, to int
		marks    string
	}{
		{"abc", 1, 1, " ^"},
		{"abc", 1, 2, " ^"},
		{"abc", 1, 3, " ^^"},
		{"abc", 0, 99, "^^^"},
		{"a标题b", 1, len("a标题"), " ^^^^"},
		{"a\tb\tc", 2, 5, " \t^\t^"},
		{"a\tb", 1, 3, " ^^"}, // a tab that is meant itself is marked
		{"“标”: x\ny", 0, len("“标”"), "^^^^^^"},
		{"abc\ndef", 1, 5, " ^^"}, // up to the line's end
		{"abc\n\n", 3, 4, "   ^"}, // the line's end itself
		{long, 50, 90, "\u3000" + strings.Repeat(" ", 29) + strings.Repeat("^", 33)}, // with what stands for the rest
	} {
		var b strings.Builder
		d := Diagnostic{Rule: "r", Message: Say("字", "word")}.Over("a", []byte(c.text), c.from, c.to)
		if err := d.Write(&b, EN); err != nil {
			t.Fatal(err)
		}
		if got := strings.Split(b.String(), "\n")[2]; got != "    "+c.marks {
			t.Errorf("%q from %d to %d: got\n%s\nwant\n    %s", c.text, c.from, c.to, got, c.marks)
		}
	}
}

// TestOver: the end is that of the character behind what is meant, on whatever line.
func TestOver(t *testing.T) {
	text := "标题: 甲\n\n末"
	for _, c := range []struct {
		from, to int
		want     string
	}{
		{0, 0, "1:1 0:0"},
		{3, 2, "1:2 0:0"},
		{0, len("标题"), "1:1 1:3"},
		{len("标题"), len("标题: 甲"), "1:3 1:6"},
		{0, len("标题: 甲\n"), "1:1 2:1"},
		{len("标题: "), len(text), "1:5 3:2"},
		{-1, len(text) + 9, "1:1 3:2"},
		{len(text) + 1, len(text) + 9, "3:2 0:0"},
	} {
		d := Diagnostic{}.Over("a.md", []byte(text), c.from, c.to)
		if got := fmt.Sprintf("%d:%d %d:%d", d.Line, d.Column, d.EndLine, d.EndColumn); got != c.want {
			t.Errorf("from %d to %d: got %s, want %s", c.from, c.to, got, c.want)
		}
		if placed := (Diagnostic{}).Placed(d); placed != d {
			t.Errorf("a place loses something: %+v, %+v", d, placed)
		}
	}
}

// TestLongLineWithoutColumn: the beginning is shown, and no caret.
func TestLongLineWithoutColumn(t *testing.T) {
	var b strings.Builder
	if err := (Diagnostic{Rule: "r", File: "a", Line: 1, Source: strings.Repeat("x", 61), Message: Say("字", "word")}).Write(&b, ZH); err != nil {
		t.Fatal(err)
	}
	if want := "提示 a:1 字 [r]\n    " + strings.Repeat("x", 60) + "…\n"; b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}

func TestAt(t *testing.T) {
	text := "标题: 甲\r\n\n日期：x\n末"
	for _, c := range []struct {
		offset int
		want   string
	}{
		{-1, "1:1 标题: 甲"},
		{0, "1:1 标题: 甲"},
		{strings.Index(text, "题"), "1:2 标题: 甲"},
		{strings.Index(text, "甲"), "1:5 标题: 甲"},
		{strings.Index(text, "\n"), "1:7 标题: 甲"},
		{strings.Index(text, "\n\n") + 1, "2:1 "},
		{strings.Index(text, "x"), "3:4 日期：x"},
		{strings.Index(text, "末"), "4:1 末"},
		{len(text), "4:2 末"},
		{len(text) + 9, "4:2 末"},
	} {
		d := Diagnostic{}.At("a.md", []byte(text), c.offset)
		if got := fmt.Sprintf("%d:%d %s", d.Line, d.Column, d.Source); got != c.want || d.File != "a.md" {
			t.Errorf("%d: got %q in %s, want %q", c.offset, got, d.File, c.want)
		}
	}
}

func TestSay(t *testing.T) {
	kind := Say("典型案例", "example")
	got := Say("“%s”里没有“%s”", "%[2]q is not in %[1]s", kind, "titel")
	if want := (Text{"“典型案例”里没有“titel”", `"titel" is not in example`}); got != want {
		t.Errorf("got %q", got)
	}
	if got := Say("100%", "100%"); got.ZH != "100%" || got.EN != "100%" {
		t.Errorf("a sentence without args is not a format: %q", got)
	}
}

func TestNearest(t *testing.T) {
	keys := []string{"title", "description", "base_url", "tags", "标题", "日期", "更新时间"}
	for word, want := range map[string]string{
		"title":       "title",
		"titel":       "title", // two exchanged
		"tilte":       "title",
		"titl":        "title",
		"titlee":      "title",
		"xitle":       "title",
		"tag":         "tags",
		"tgas":        "tags",
		"tgsa":        "",
		"descripiton": "description",
		"descrption":  "description",
		"baseurl":     "base_url",
		"base-url":    "base_url",
		"标提":          "标题",
		"题标":          "标题",
		"更新时":         "更新时间",
		"作者":          "",
		"author":      "",
		"":            "",
	} {
		if got := Nearest(word, keys); got != want {
			t.Errorf("%s: got %q, want %q", word, got, want)
		}
	}
	if got := Nearest("ac", []string{"ab", "ad"}); got != "ab" {
		t.Errorf("of two that are as near the first is meant, got %q", got)
	}
	if got := Nearest("a", nil); got != "" {
		t.Errorf("of none got %q", got)
	}
}

// TestSort: one order whatever the order was before, and nothing said twice.
func TestSort(t *testing.T) {
	place := func(file string, line, column int, rule, en string) Diagnostic {
		return Diagnostic{File: file, Line: line, Column: column, Rule: rule, Message: Text{"字", en}}
	}
	want := List{
		place("", 0, 0, "z", "z"),
		place("a", 0, 0, "z", "z"),
		place("a", 2, 1, "z", "z"),
		place("a", 10, 0, "z", "z"),
		place("a", 10, 2, "a", "z"),
		place("a", 10, 2, "b", "a"),
		place("a", 10, 2, "b", "b"),
		place("b", 1, 1, "a", "a"),
	}
	severe := want[7]
	severe.Severity = Error
	hinted := want[7]
	hinted.Hint = Text{"改", "mend"}
	want = append(want, hinted, severe)
	for turn := range len(want) {
		l := slices.Concat(want[turn:], want[:turn], want)
		slices.Reverse(l[:turn])
		if got := l.Sort(); !slices.Equal(got, want) {
			t.Errorf("turn %d: got\n%v\nwant\n%v", turn, got, want)
		}
	}
}

func TestList(t *testing.T) {
	if s, ok := (List{}).Worst(); s != Note || ok {
		t.Errorf("of nothing: %v, %v", s, ok)
	}
	l := List{{Severity: Warning}, {Severity: Note, File: "a", Line: 1, Column: 2, Rule: "r", Message: Text{"字", "word"}}, {Severity: Warning}}
	if s, ok := l.Worst(); s != Warning || !ok {
		t.Errorf("got %v, %v", s, ok)
	}
	if l.Count(Warning) != 2 || l.Count(Note) != 1 || l.Count(Error) != 0 {
		t.Errorf("counted %d, %d, %d", l.Count(Warning), l.Count(Note), l.Count(Error))
	}
	if got, want := l[1:2].Error(), "a:1:2: word [r]"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
