package front

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// dates is what people may write: 2024-05-01, 2024/5/1 and 2024年5月1日, each with
// an optional time of day.
var dates = pattern.Of(`^(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)` +
	`(?:[T ]?\s*(\d{1,2}):(\d{2})(?::(\d{2}))?)?$`)

// Moment is what stands on a calendar and a clock.
type Moment struct{ Year, Month, Day, Hour, Minute, Second int }

// ReadMoment reads a date as it may be written, but for RFC 3339. ok is false for
// anything else, and for days and times that do not exist: no date is guessed.
func ReadMoment(text string) (m Moment, ok bool) {
	part := dates().FindStringSubmatch(text)
	if part == nil {
		return m, false
	}
	m = Moment{number(part[1]), number(part[2] + part[4] + part[6]), number(part[3] + part[5] + part[7]),
		number(part[8]), number(part[9]), number(part[10])}
	return m, m.exists()
}

// number is that of digits; 0 for none.
func number(digits string) int {
	n, _ := strconv.Atoi(digits) // no more than four
	return n
}

func (m Moment) exists() bool {
	t := time.Date(m.Year, time.Month(m.Month), m.Day, 0, 0, 0, 0, time.UTC) // carries 31 February over into March
	return t.Month() == time.Month(m.Month) && t.Day() == m.Day && m.Hour < 24 && m.Minute < 60 && m.Second < 60
}

// String is the moment as it may be written: its day, and the time if there is one.
func (m Moment) String() string {
	day := fmt.Sprintf("%04d-%02d-%02d", m.Year, m.Month, m.Day)
	switch {
	case m.Second > 0:
		return fmt.Sprintf("%s %02d:%02d:%02d", day, m.Hour, m.Minute, m.Second)
	case m.Hour+m.Minute > 0:
		return fmt.Sprintf("%s %02d:%02d", day, m.Hour, m.Minute)
	}
	return day
}

// Dates as people write them elsewhere, their spaces and days of the week left out,
// their digits made ASCII: 2026.10.8, 2026年10月8号上午9时, 20261008.
var (
	weekday = pattern.Of(`[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?`)
	chinese = pattern.Of(`[〇○零一二三四五六七八九十]+`)
	loose   = pattern.Of(`^(?:(\d{4})[-./年—–、。](\d{1,2})[-./月—–、。](\d{1,2})[日号]?|(\d{4})(\d{2})(\d{2}))` +
		`[T,，]?(?:(凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|晚)?(\d{1,2})(?:[:时点](半|(\d{1,2})分?)?整?(?:[:](\d{2}))?))?$`)
	ofYear  = pattern.Of(`^(\d{1,2})[-./月](\d{1,2})[日号]?$`)
	ofMonth = pattern.Of(`^(\d{4})[-./年](\d{1,2})月?$`)
)

// meantMoment reads a date as people write it elsewhere. If that is not certain, the
// message says why, and the hint what to write.
func meantMoment(typed string) (m Moment, d diag.Diagnostic, ok bool) {
	d = badDate()
	text := weekday().ReplaceAllString(toASCII(typed), "")
	text = strings.NewReplacer(" ", "", "\t", "").Replace(arabic(text))
	if part := ofYear().FindStringSubmatch(text); part != nil {
		m = Moment{Year: 2024, Month: number(part[1]), Day: number(part[2])}
		d.Message = diag.Say("日期没有写年份", "the date has no year")
		d.Hint = diag.Say("写上年份，如 %s", "say which year, such as %s", m)
		return m, d, false
	}
	if part := ofMonth().FindStringSubmatch(text); part != nil {
		m = Moment{Year: number(part[1]), Month: number(part[2]), Day: 1}
		d.Message = diag.Say("日期没有写是哪一天", "the date does not say which day")
		d.Hint = diag.Say("写上日，如 %s", "say which day, such as %s", m)
		return m, d, false
	}
	part := loose().FindStringSubmatch(text)
	if part == nil {
		d.Message = diag.Say("日期读不懂", "the date can't be read")
		return m, d, false
	}
	m = Moment{number(part[1] + part[4]), number(part[2] + part[5]), number(part[3] + part[6]),
		number(part[8]), number(part[10]), number(part[11])}
	if part[9] == "半" {
		m.Minute = 30
	}
	if m.Hour < 12 && strings.ContainsAny(part[7], "下晚傍") || m.Hour < 3 && part[7] == "中午" && m.Hour > 0 {
		m.Hour += 12
	}
	if !m.exists() {
		d.Message = m.missing()
		return m, d, false
	}
	return m, d, true
}

// badDate is about a date that is not written as one is.
func badDate() diag.Diagnostic {
	return diag.Diagnostic{Rule: "bad-date",
		Message: diag.Say("日期要写成 2024-05-01 或 2024-05-01 09:30", "a date is written as 2024-05-01 or 2024-05-01 09:30"),
		Hint:    diag.Say("写成 2024-05-01、2024-05-01 09:30 或 2024年5月1日", "write 2024-05-01 or 2024-05-01 09:30")}
}

// missing says what of a moment does not exist.
func (m Moment) missing() diag.Text {
	switch {
	case m.Month < 1 || m.Month > 12:
		return diag.Say("日期不对：没有 %d 月", "the date is wrong: there is no month %d", m.Month)
	case m.Hour > 23 || m.Minute > 59 || m.Second > 59:
		return diag.Say("时间不对：没有 %d:%02d", "the time is wrong: there is no %d:%02d", m.Hour, m.Minute)
	}
	return diag.Say("日期不对：%d 年 %d 月没有 %d 日", "the date is wrong: in %d-%02d there is no day %d", m.Year, m.Month, m.Day)
}

// arabic writes Chinese numbers as digits: 二〇二六, 二十一.
func arabic(text string) string {
	return chinese().ReplaceAllStringFunc(text, func(number string) string {
		ten := strings.Index(number, "十")
		if ten < 0 {
			return digits(number)
		}
		tens, ones := digits(number[:ten]), digits(number[ten+len("十"):])
		if tens == "" {
			tens = "1"
		}
		if ones == "" {
			ones = "0"
		}
		return tens + ones
	})
}

func digits(number string) string {
	var b strings.Builder
	for _, r := range number {
		if i := strings.IndexRune("〇一二三四五六七八九", r); i >= 0 {
			b.WriteByte('0' + byte(i/utf8.RuneLen(r)))
		} else {
			b.WriteByte('0') // ○ and 零
		}
	}
	return b.String()
}
