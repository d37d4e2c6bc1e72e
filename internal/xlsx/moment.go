package xlsx

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// The first day of sheets. Theirs have a 29 February 1900, which there was not.
var (
	day0     = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	day01904 = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
)

// lastDay is 9999-12-31, the last that sheets know.
const lastDay = 2958465

// moment is a date or a time as a section shows it; ok is false for what is none.
func (s section) moment(v float64, epoch1904 bool) (shown string, ok bool) {
	if v < 0 || v >= lastDay+1 {
		return "", false
	}
	step := math.Pow10(3 - s.finest())
	ms := math.Round(v*86400_000/step) * step
	days := math.Floor(ms / 86400_000)
	first := day0
	switch {
	case epoch1904:
		first = day01904
	case days < 60:
		first = first.AddDate(0, 0, 1)
	}
	at := first.AddDate(0, 0, int(days)).Add(time.Duration(ms-days*86400_000) * time.Millisecond)
	w := momentWriter{section: s, at: at, total: ms / 1000}
	for i := range s.pieces {
		w.write(i)
	}
	return w.out.String(), true
}

type momentWriter struct {
	section
	at    time.Time
	total float64 // seconds since the first day
	out   strings.Builder
}

func (w *momentWriter) write(i int) {
	p := w.pieces[i]
	switch {
	case p.kind == moment:
		w.part(i, p.text)
	case p.kind == elapsed:
		unit := map[byte]float64{'h': 3600, 'm': 60, 's': 1}[p.text[0]]
		fmt.Fprintf(&w.out, "%0*d", len(p.text), int64(w.total/unit))
	case p.kind == point:
		w.out.WriteByte('.')
		w.out.WriteString(fmt.Sprintf("%03d", w.at.Nanosecond()/1e6)[:w.parts(i)])
	case p.kind == digit:
	case p.kind == general || p.kind == text:
	default:
		w.out.WriteString(p.text)
	}
}

// parts is how many digits of a second stand behind a point.
func (s section) parts(at int) (n int) {
	for i := at + 1; i < len(s.pieces) && n < 3 && s.pieces[i].kind == digit; i++ {
		n++
	}
	return n
}

// finest is how many digits of a second a section shows.
func (s section) finest() (n int) {
	for i, p := range s.pieces {
		if p.kind == point {
			n = max(n, s.parts(i))
		}
	}
	return n
}

func (w *momentWriter) part(i int, p string) {
	switch lower := strings.ToLower(p); {
	case lower == "am/pm":
		w.out.WriteString(w.at.Format("PM"))
	case lower == "a/p":
		w.out.WriteString(w.at.Format("PM")[:1])
	case p == "上午/下午":
		w.out.WriteString(map[bool]string{false: "上午", true: "下午"}[w.at.Hour() >= 12])
	case lower == "aaaa":
		w.out.WriteString("星期" + weekday(w.at))
	case lower == "aaa":
		w.out.WriteString(weekday(w.at))
	case lower[0] == 'y' && len(p) < 3:
		w.number(w.at.Year()%100, 2)
	case lower[0] == 'y' || lower[0] == 'e':
		w.number(w.at.Year(), 4)
	case lower[0] == 'm' && w.minutes(i):
		w.number(w.at.Minute(), len(p))
	case lower[0] == 'm':
		w.month(len(p))
	case lower[0] == 'd':
		w.day(len(p))
	case lower[0] == 'h':
		w.number(w.hour(), len(p))
	default:
		w.number(w.at.Second(), len(p))
	}
}

// number writes a part as a number, in Chinese numerals if the section says so: those of
// a year are digits, of others they count.
func (w *momentWriter) number(n, width int) {
	switch {
	case w.numeral == "":
		fmt.Fprintf(&w.out, "%0*d", min(width, 4), n)
	case width == 4:
		w.out.WriteString(digits(fmt.Sprint(n), w.numeral))
	default:
		w.out.WriteString(counted(n, w.numeral))
	}
}

// counted is a month or a day as it is said: 十二, not 一十二.
func counted(n int, kind string) string {
	said := numeral(fmt.Sprint(n), kind)
	if strings.HasPrefix(said, "一十") {
		said = strings.TrimPrefix(said, "一")
	}
	return said
}

func (w *momentWriter) month(width int) {
	switch name := w.at.Month().String(); {
	case width < 3:
		w.number(int(w.at.Month()), width)
	case w.chinese:
		w.out.WriteString(counted(int(w.at.Month()), "dbnum1") + "月")
	case width == 3:
		w.out.WriteString(name[:3])
	case width == 5:
		w.out.WriteString(name[:1])
	default:
		w.out.WriteString(name)
	}
}

func (w *momentWriter) day(width int) {
	switch name := w.at.Weekday().String(); {
	case width < 3:
		w.number(w.at.Day(), width)
	case w.chinese && width == 3:
		w.out.WriteString("周" + weekday(w.at))
	case w.chinese:
		w.out.WriteString("星期" + weekday(w.at))
	case width == 3:
		w.out.WriteString(name[:3])
	default:
		w.out.WriteString(name)
	}
}

// hour is that of a clock with two halves, if the section says which half it is.
func (w *momentWriter) hour() int {
	for _, p := range w.pieces {
		if p.kind == moment && strings.Contains(p.text, "/") {
			return (w.at.Hour()+11)%12 + 1
		}
	}
	return w.at.Hour()
}

// minutes reports an m behind hours, or in front of seconds: it is no month.
func (w *momentWriter) minutes(i int) bool {
	for k := i - 1; k >= 0; k-- {
		if t := w.pieces[k]; t.kind == moment && !strings.Contains(t.text, "/") || t.kind == elapsed {
			if t.text[0] == 'h' {
				return true
			}
			break
		}
	}
	for _, t := range w.pieces[i+1:] {
		if t.kind == moment && !strings.Contains(t.text, "/") || t.kind == elapsed {
			return t.text[0] == 's'
		}
	}
	return false
}

func weekday(at time.Time) string {
	return string([]rune("日一二三四五六")[at.Weekday()])
}

// signs are the Chinese digits, and the units of four places.
func signs(kind string) (digits, units []rune) {
	if kind == "dbnum2" {
		return []rune("零壹贰叁肆伍陆柒捌玖"), []rune(" 拾佰仟")
	}
	return []rune("〇一二三四五六七八九"), []rune(" 十百千")
}

// digits writes each digit of a number as a Chinese one.
func digits(shown, kind string) string {
	if kind == "dbnum3" { // as wide as Chinese
		return strings.Map(func(c rune) rune {
			if c >= '0' && c <= '9' {
				return c - '0' + '０'
			}
			return c
		}, shown)
	}
	signs, _ := signs(kind)
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return signs[c-'0']
		}
		return c
	}, shown)
}

// numeral writes a number as it is said: 一十二, 一万二千.
func numeral(shown, kind string) string {
	whole, part, pointed := strings.Cut(strings.TrimPrefix(shown, "-"), ".")
	if strings.Trim(whole+part, "0123456789") != "" || len(whole) > 12 || kind == "dbnum3" {
		return digits(shown, kind)
	}
	digit, unit := signs(kind)
	zero := "零"
	if kind == "dbnum1" {
		zero = "〇"
	}
	var out strings.Builder
	gap, group := false, false
	for i, c := range whole {
		place := len(whole) - 1 - i
		switch {
		case c == '0':
			gap = out.Len() > 0
		default:
			if gap {
				out.WriteString(zero)
			}
			out.WriteRune(digit[c-'0'])
			if place%4 > 0 {
				out.WriteRune(unit[place%4])
			}
			gap, group = false, true
		}
		if place%4 == 0 && place > 0 && group {
			out.WriteRune([]rune("  万亿")[place/4+1])
			group = false
		}
	}
	if out.Len() == 0 {
		out.WriteString(zero)
	}
	if pointed {
		out.WriteString("点" + digits(part, kind))
	}
	if strings.HasPrefix(shown, "-") {
		return "-" + out.String()
	}
	return out.String()
}
