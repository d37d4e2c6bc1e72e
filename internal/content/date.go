package content

import (
	"strings"
	"time"

	"qinglian/internal/diag"
	matter "qinglian/internal/front"
)

// ParseDate reads a date as people write it, in a time zone. ok is false for
// anything else, and for days and times that do not exist: no date is guessed.
func ParseDate(s string, zone *time.Location) (t time.Time, ok bool) {
	s = strings.TrimSpace(s)
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.In(zone), true
	}
	m, ok := matter.ReadMoment(s)
	if !ok {
		return time.Time{}, false
	}
	return time.Date(m.Year, time.Month(m.Month), m.Day, m.Hour, m.Minute, m.Second, 0, zone), true
}

// NoDate answers what was typed for a date and is none.
func NoDate(typed string) diag.Text {
	return diag.Say("时间“%s”读不懂，写成 2024-05-01 09:30", "the time %q can't be read, write 2024-05-01 09:30", typed)
}
