package content

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"qinglian/internal/diag"
)

// dates is what people write: 2024-05-01, 2024/5/1 and 2024年5月1日, each with
// an optional time of day. RFC 3339 is tried before it.
var dates = regexp.MustCompile(`^(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?:[T ]?\s*(\d{1,2}):(\d{2})(?::(\d{2}))?)?$`)

// ParseDate reads a date as people write it, in a time zone. ok is false for
// anything else, and for days and times that do not exist: no date is guessed.
func ParseDate(s string, zone *time.Location) (t time.Time, ok bool) {
	s = strings.TrimSpace(s)
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.In(zone), true
	}
	m := dates.FindStringSubmatch(s)
	if m == nil {
		return t, false
	}
	number := func(groups ...int) int {
		for _, g := range groups {
			if n, err := strconv.Atoi(m[g]); err == nil {
				return n
			}
		}
		return 0
	}
	year, month, day := number(1), number(2, 4, 6), number(3, 5, 7)
	hour, minute, second := number(8), number(9), number(10)
	t = time.Date(year, time.Month(month), day, hour, minute, second, 0, zone)
	// time.Date carries 31 February over into March.
	if t.Month() != time.Month(month) || t.Day() != day || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}, false
	}
	return t, true
}

// NoDate answers what was typed for a date and is none.
func NoDate(typed string) diag.Text {
	return diag.Say("时间“%s”读不懂，写成 2024-05-01 09:30", "the time %q can't be read, write 2024-05-01 09:30", typed)
}
