package docx

import "testing"

// TestNumeral: numbers as Word shows them.
func TestNumeral(t *testing.T) {
	for _, c := range []struct {
		format string
		n      int
		want   string
	}{
		{"decimal", 12, "12"}, {"decimalZero", 7, "07"}, {"decimalZero", 12, "12"}, {"decimalFullWidth", 12, "１２"},
		{"decimalEnclosedCircle", 3, "③"}, {"decimalEnclosedCircleChinese", 21, "21"}, {"decimalEnclosedParen", 2, "⑵"},
		{"upperRoman", 14, "XIV"}, {"lowerRoman", 1999, "mcmxcix"}, {"upperLetter", 3, "C"}, {"lowerLetter", 28, "bb"},
		{"chineseCounting", 1, "一"}, {"chineseCounting", 10, "十"}, {"chineseCounting", 12, "十二"}, {"chineseCounting", 20, "二十"},
		{"chineseCountingThousand", 101, "一百零一"}, {"chineseCountingThousand", 110, "一百一十"}, {"chineseCountingThousand", 1010, "一千零一十"},
		{"chineseLegalSimplified", 12, "壹拾贰"}, {"ideographTraditional", 10, "癸"}, {"ideographTraditional", 11, "11"},
		{"ideographZodiac", 12, "亥"}, {"ideographDigital", 20, "二〇"}, {"none", 3, ""}, {"of tomorrow", 3, "3"}, {"chineseCounting", 0, "0"},
	} {
		if got := numeral(c.format, c.n); got != c.want {
			t.Errorf("%s %d: %s, not %s", c.format, c.n, got, c.want)
		}
	}
}
