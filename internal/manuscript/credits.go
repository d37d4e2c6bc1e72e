package manuscript

import (
	"cmp"
	"regexp"
	"strings"
	"unicode/utf8"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

var (
	// origin begins the line that says where a text comes from, or stands behind its date.
	origin = pattern.Of(`^[（(]?\s*(?:\S*日\s+|[0-9][-/.0-9: ]*\s+|发布(?:时间|日期)\s*[：:]\s*\S.*?\s+)?来源\s*[：:]`)
	// credit is one of the things that such a line says: 来源：清源日报 记者 张三.
	credit = pattern.Of(`(?:^|[\s（(|｜])(来源|作者|记者|通讯员|摄影|责任编辑|编辑|审核|发布时间|发布日期|时间|日期|浏览次数|浏览|阅读)(?:\s*[：:]|\s+)`)
	// numericDate is a date as systems write it: 2026-10-01.
	numericDate = pattern.Of(`\b((?:19|20)[0-9]{2})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})\b`)
)

// longestSource is how many characters the name of a source has: more is a sentence.
const longestSource = 30

// credits are what the line with the source says of a text: that, who wrote it, and when
// it was published.
func (m *Manuscript) credits() (source, author, date Finding) {
	for _, b := range m.Blocks {
		line := b.Line()
		if b.Kind == Table || !origin().MatchString(line) || strings.ContainsAny(line, "。；") {
			continue
		}
		said := creditsIn(line)
		if n := utf8.RuneCountInString(said["来源"]); n < 2 || n > longestSource ||
			strings.ContainsAny(said["来源"], "（）()") {
			continue
		}
		date.Text, _ = dateIn(numericDate().ReplaceAllString(line, "${1}年${2}月${3}日"))
		date.Doubt = nearTitle
		return Finding{Text: said["来源"]}, Finding{Text: cmp.Or(said["作者"], said["记者"])}, date
	}
	return source, author, date
}

// creditsIn are the credits of a line by their labels. A date behind one is no part of it.
func creditsIn(line string) map[string]string {
	said := map[string]string{}
	labels := credit().FindAllStringSubmatchIndex(line, -1)
	for i, at := range labels {
		end := len(line)
		if i+1 < len(labels) {
			end = labels[i+1][0]
		}
		text := line[at[1]:end]
		for _, day := range []*regexp.Regexp{fullDate(), numericDate()} {
			if found := day.FindStringIndex(text); found != nil {
				text = text[:found[0]]
			}
		}
		said[line[at[2]:at[3]]] = strings.Trim(text, " （）()|｜")
	}
	return said
}

var nearTitle = diag.Say("写在标题附近，不一定是发布日期", "it stands near the title and may not be that of publication")
