package signoff

import (
	"bytes"
	_ "embed"
	"html/template"

	"qinglian/internal/diag"
)

//go:embed page.html
var pageText string

// PageMark stands near the beginning of each page.
const PageMark = `<meta name="generator" content="qinglian slip">`

// Page is the sheet as a page that needs nothing but itself.
func (s Sheet) Page() ([]byte, error) {
	t, err := template.New("sheet").Funcs(template.FuncMap{"say": s.say}).Parse(pageText)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, s)
	return b.Bytes(), err
}

func (s Sheet) say(zh, en string) string { return diag.Text{ZH: zh, EN: en}.In(s.lang) }

// Lang is the language of the sheet's own words.
func (s Sheet) Lang() string { return s.say("zh-CN", "en") }

// The sheet's own sentences.
var (
	heading = diag.Say("信息发布审核单", "Slip for publication")
	record  = diag.Say("审完，把这一行写进文章开头；以后改了文字，检查会提醒：",
		"After the review write this line into the article's front matter; a later edit will be noticed:")
)

// Heading is the sheet's own title.
func (s Sheet) Heading() string { return heading.In(s.lang) }

// Record says what to do with Line.
func (s Sheet) Record() string { return record.In(s.lang) }
