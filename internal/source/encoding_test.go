package source

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"qinglian/internal/diag"
)

const article = "---\n标题: 柳河村：三本账\n日期: 2024-05-01\n---\n一进村口，老槐树下围满了人。\n"

func gbk(t testing.TB, s string) string {
	t.Helper()
	b, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func wide(t testing.TB, s string, order unicode.Endianness, bom unicode.BOMPolicy) string {
	t.Helper()
	b, err := unicode.UTF16(order, bom).NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecode(t *testing.T) {
	const le, be = unicode.LittleEndian, unicode.BigEndian
	for _, c := range []struct{ raw, text, encoding string }{
		{"", "", UTF8},
		{article, article, UTF8},
		{"\ufeff" + article, article, UTF8},
		{wide(t, article, le, unicode.UseBOM), article, UTF16},
		{wide(t, article, be, unicode.UseBOM), article, UTF16},
		{wide(t, article, le, unicode.IgnoreBOM), article, UTF16},
		{wide(t, article, be, unicode.IgnoreBOM), article, UTF16},
		{wide(t, "plain text\n", le, unicode.IgnoreBOM), "plain text\n", UTF16},
		{wide(t, "一一一\n一一\n𠂇\n\n\n\n\n", le, unicode.UseBOM), "一一一\n一一\n𠂇\n\n\n\n\n", UTF16},
		{gbk(t, article), article, GB18030},
		{"\x84\x31\x95\x33" + gbk(t, article), article, GB18030},
		{gbk(t, "标题"), "标题", GB18030},
		{gbk(t, "朱镕基、㐀、𠂇和一二三四五六七八九十人"), "朱镕基、㐀、𠂇和一二三四五六七八九十人", GB18030},
		{gbk(t, "花了10") + "\x80", "花了10€", GB18030},
		// GBK that is valid UTF-8: ت̽, ѧУ.
		{gbk(t, "学校"), "学校", GB18030},
		{"title: " + gbk(t, "学校") + "\n", "title: 学校\n", GB18030},
		// Letters that are none.
		{"5·1 café 3±1\n", "5·1 café 3±1\n", UTF8},
		{"title = \"Привет, мир\"\n", "title = \"Привет, мир\"\n", UTF8},
		{"an α in a formula", "an α in a formula", UTF8},
		{"nǐ hǎo", "nǐ hǎo", UTF8},
		{"学校 ѧУ", "学校 ѧУ", UTF8},
	} {
		r := Decode([]byte(c.raw))
		if string(r.Text) != c.text || r.Encoding != c.encoding || len(r.Bad) > 0 {
			t.Errorf("%q\ngot  %q in %s, bad at %v\nwant %q in %s", c.raw, r.Text, r.Encoding, r.Bad, c.text, c.encoding)
		}
	}
}

// TestLaterCodes: what GB18030-2022 moved out of private use, and what users
// draw themselves.
func TestLaterCodes(t *testing.T) {
	for code, want := range map[string]string{
		"\xa6\xd9": "︐", "\xa6\xda": "︒", "\xa6\xdb": "︑", "\xa6\xf3": "︙",
		"\xfe\x59": "龴", "\xfe\xa0": "龻", "\xa8\xbc": "ḿ", "\xfe\x51": "𠂇", "\xfe\x91": "𤇾",
		"\x81\x35\xf4\x37": "ḿ", "\x82\x35\x90\x37": "龴", "\x84\x31\x82\x36": "︐",
		"\xaa\xa1": "\ufffd\ufffd", "\xa1\x40": "\ufffd@", "\xff": "\ufffd", "\x81": "\ufffd", "\x81\x30": "\ufffd0",
	} {
		if got := decodeGB18030([]byte(code)); string(got.Text) != want {
			t.Errorf("%X: got %q, want %q", code, got.Text, want)
		}
	}
}

// TestDamaged: UTF-8 that lost a byte is never taken for GB18030, whichever
// byte it is, even where all of it is valid GB18030.
func TestDamaged(t *testing.T) {
	valid := 0
	for _, text := range []string{
		article,
		"老槐树下围满了人",
		"老槐树下围满了人。",
		"清廉建设示范点的做法和经验值得各地学习借鉴",
		"会议强调，要把权力关进制度的笼子里",
		"三本账",
	} {
		for i, b := range []byte(text) {
			if b < utf8.RuneSelf {
				continue
			}
			raw := []byte(text[:i] + text[i+1:])
			if len(decodeGB18030(raw).Bad) == 0 {
				valid++
			}
			if r := Decode(raw); r.Encoding != UTF8 || len(r.Bad) == 0 {
				t.Errorf("%s without byte %d: %s %q", text, i, r.Encoding, r.Text)
			}
		}
	}
	if valid < 10 {
		t.Errorf("only %d damaged texts were valid GB18030: this test shows nothing", valid)
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct{ raw, text, found string }{
		{"", "", ""},
		{"甲\n乙", "甲\n乙", ""},
		{"\ufeff甲\r\n乙\r丙\n\r\n", "甲\n乙\n丙\n\n", ""},
		{"a\r\r\nb\n\rc", "a\n\nb\n\nc", ""},
		{"\ufeff\ufeff甲", "\ufeff甲", ""}, // only the mark is one
		{"甲\ufffd", "甲\ufffd", ""},       // typed as such
		{"😀\u2028", "😀\u2028", ""},
		{"甲\x01乙\x1b丙\n\tdel\x7f\n\u200b\u200e\u00ad\u202a好", "甲乙丙\n\tdel\n\u200b\u200e\u00ad\u202a好", "warning control-character 1:2 warning control-character 2:5"},
		{"甲\v乙\f丙\u0085丁\u009f\u202e戊\uffff己", "甲 乙 丙丁戊己", "warning control-character 1:2"},
		{"\x01\x02\x03\x04\x05", "", "warning control-character 1:1"},
		{"\xc9\xf9", "声", "note not-utf8 0:0"},
		{"\xff\xfea\x00", "a", "note not-utf8 0:0"},
		{gbk(t, "标题\r\n内容"), "标题\n内容", "note not-utf8 0:0"},
		{"一\r\n二\xe4\xb8三\r四\xff五\xff\n六", "", "error unreadable 2:2 error unreadable 3:2"},
		{"一\x00二", "", "error unreadable 1:2"},
		{"标题: 甲\r\n\r\n正\xd5\xfd文", "", "error unreadable 3:2"},
		{"甲\xe7\x94", "", "error unreadable 1:2"},                              // cut in a character
		{"a\xed\xa0\x80", "", "error unreadable 1:2"},                          // half a surrogate pair
		{"a\xc0\xafb", "a蜡b", "note not-utf8 0:0"},                             // longer than need be, but good GBK
		{"甲\ufffd乙\xff丙", "", "error unreadable 1:4"},                          // not at the one that was typed
		{"甲\n乙\n丙\xff\n\x00", "", "error unreadable 3:2 error unreadable 4:1"}, // each line
		{gbk(t, "一二三四五六七八九十\n甲乙丙丁") + "\xaa\xa1" + gbk(t, "戊"), "", "error unreadable 2:5"},
		{"\xff\xfea\x00b", "", "error unreadable 1:2"},
		{"\xff\xfea\x00\x00\xd8b\x00", "", "error unreadable 1:2"},
		{"abc\x00def", "", "error unreadable 1:4"},
		{"\ufeff" + gbk(t, "标题"), "", "error unreadable 1:1"},
		{article + strings.Repeat("\x00", 5000), "", "error unreadable 6:1"},
		{strings.Repeat("\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR", 40), "", "error unreadable 1:1"},
	} {
		text, problems := Text("a.md", []byte(c.raw))
		var said []string
		for _, d := range problems {
			said = append(said, fmt.Sprintf("%s %s %d:%d", d.Severity, d.Rule, d.Line, d.Column))
		}
		if string(text) != c.text || strings.Join(said, " ") != c.found {
			t.Errorf("%.80q\ngot  %q, %s\nwant %q, %s", c.raw, text, said, c.text, c.found)
		}
	}
}

func TestTextMessages(t *testing.T) {
	for raw, want := range map[string]string{
		gbk(t, "标题"): `提示 a.md 文件是 GB18030 编码，已照此读取 [not-utf8]
    改法：不改也行；文章可用 qinglian fix 存成 UTF-8
`,
		"一\n二\xe4\xb8三": `错误 a.md:2:2 这里有读不出的字节（按 UTF-8 读），字可能丢了 [unreadable]
    二��三
    　^
    改法：照原稿补上“�”处的字，再存成 UTF-8
`,
		strings.Repeat("\xff\n", 11): `错误 a.md:1:1 从这里起有 11 行读不出来，不是 UTF-8、UTF-16 或 GB18030 编码的文字 [unreadable]
    改法：用记事本或 WPS 打开看看，“另存为”纯文本，编码选 UTF-8
`,
	} {
		_, problems := Text("a.md", []byte(raw))
		var b strings.Builder
		for _, d := range problems {
			d.Write(&b, diag.ZH)
		}
		if b.String() != want {
			t.Errorf("got\n%s\nwant\n%s", b.String(), want)
		}
	}
}

// FuzzText: what is read is text; what is not is said with its place; UTF-8 of
// Chinese stays what it is.
func FuzzText(f *testing.F) {
	f.Add([]byte(article))
	f.Add([]byte(gbk(f, article)))
	f.Add([]byte(wide(f, article, unicode.LittleEndian, unicode.IgnoreBOM)))
	f.Add([]byte("a\r\xff\r\n\x81\x30\x81"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		text, problems := Text("a.md", raw)
		if !utf8.Valid(text) || bytes.ContainsAny(text, "\r\x00") {
			t.Errorf("%q: text %q", raw, text)
		}
		if errors := problems.Count(diag.Error); errors > 0 && text != nil || errors == 0 && len(raw) > 4 && text == nil {
			t.Errorf("%q: text %q, found %v", raw, text, problems)
		}
		for _, d := range problems {
			if d.Severity == diag.Error && (d.Line < 1 || d.Column < 1) {
				t.Errorf("%q: no place in %+v", raw, d)
			}
		}
		if utf8.Valid(raw) && bytes.Contains(raw, []byte("的")) && problems.Count(diag.Note) > 0 {
			t.Errorf("%q was converted", raw)
		}
	})
}
