package verdict

import (
	"strings"
	"unicode/utf8"

	"qinglian/internal/diag"
	"qinglian/internal/digest"
)

// CalendarMark begins each calendar that is made here.
const CalendarMark = "PRODID:-//qinglian//check//ZH"

// Calendar is the deadlines as a calendar (RFC 5545) that Outlook, phones and WPS open:
// each a day with a reminder a week ahead. An event keeps its name when it is made anew,
// so that a calendar that is imported again has nothing twice.
func (r Report) Calendar(lang diag.Lang) []byte {
	var b strings.Builder
	line := func(name, value string) { fold(&b, name+":"+value) }
	fold(&b, "BEGIN:VCALENDAR")
	line("VERSION", "2.0")
	fold(&b, CalendarMark)
	line("X-WR-CALNAME", escaped(r.config().Title))
	for _, d := range r.Deadlines() {
		summary := diag.Text{ZH: d.What.ZH + "：" + d.About.ZH, EN: d.What.EN + ": " + d.About.EN}.In(lang)
		line("BEGIN", "VEVENT")
		line("UID", digest.New("deadline").String(r.config().ID, d.File, d.name).Sum().String()+"@qinglian")
		line("DTSTAMP", r.Now.UTC().Format("20060102T150405Z"))
		fold(&b, "DTSTART;VALUE=DATE:"+d.Day.Format("20060102"))
		line("SUMMARY", escaped(summary))
		line("DESCRIPTION", escaped(diag.Say("%s\n责任人：%s", "%s\nanswers for it: %s", d.File, d.Owner).In(lang)))
		line("CATEGORIES", escaped(d.What.In(lang)))
		line("TRANSP", "TRANSPARENT")
		line("BEGIN", "VALARM")
		line("ACTION", "DISPLAY")
		line("DESCRIPTION", escaped(summary))
		line("TRIGGER", "-P7D")
		line("END", "VALARM")
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	return []byte(b.String())
}

// escaped is a text as a value.
func escaped(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`).Replace(s)
}

// longestLine is how many bytes a line may have, without its end.
const longestLine = 75

// fold writes a line, and what is too long for one in several, each but the first
// behind a space. No character is divided.
func fold(b *strings.Builder, line string) {
	for room := longestLine; len(line) > room; room = longestLine - 1 {
		at := room
		for !utf8.RuneStart(line[at]) {
			at--
		}
		b.WriteString(line[:at])
		b.WriteString("\r\n ")
		line = line[at:]
	}
	b.WriteString(line)
	b.WriteString("\r\n")
}
