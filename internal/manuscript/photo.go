package manuscript

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// Photo is a picture that came beside a document, as offices send them.
type Photo struct {
	File string // its name
	Picture
}

// Attached is a photo in its place in the text.
type Attached struct {
	File    string
	Caption string
	Place   string // the caption of the document's that it was put above; "": it was put at the end
	Own     bool   // the document itself shows it, in its place
}

var (
	// The number of a picture, in a caption of the text and in the name of a file.
	figureNumber = pattern.Of(`^图\s*([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})`)
	photoNumber  = pattern.Of(`^(?:图片|照片|图)?\s*([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})(?:[\s\-_.、，：:]|$)`)
	// unspoken are names that programs give: they say nothing of what is shown.
	unspoken = pattern.Of(`^(?:微信图片|微信截图|屏幕截图|屏幕快照|截图|截屏|图片|照片|图像|新建图像|未命名|无标题|扫描|QQ图片|QQ截图)?[\s\-_.()（）:：0-9０-９A-Za-z]*$`)
)

// Attach puts photos into the text: one that has the number or the words of a caption
// above which there is no picture goes there, the others go to the end, in front of a
// signature, each with its name for a caption. The text is as [Manuscript.Fill] left it.
func (m *Manuscript) Attach(photos []Photo) (attached []Attached) {
	var others []Photo
	for _, p := range photos {
		at := m.placeOf(p)
		if at < 0 {
			others = append(others, p)
			continue
		}
		caption := &m.Blocks[at]
		caption.Align = Center
		said := caption.Line()
		m.Blocks = slices.Insert(m.Blocks, at, m.shows(p, said))
		attached = append(attached, Attached{File: p.File, Caption: said, Place: said})
	}
	var end []Block
	for _, p := range others {
		said := p.words()
		end = append(end, m.shows(p, said))
		if said != "" {
			end = append(end, Block{Align: Center, Spans: []Span{{Text: said, Made: true}}})
		}
		attached = append(attached, Attached{File: p.File, Caption: said})
	}
	m.Blocks = slices.Insert(m.Blocks, m.closing(), end...)
	return attached
}

// shows is a block that shows a photo.
func (m *Manuscript) shows(p Photo, caption string) Block {
	p.Alt = caption
	m.Pictures = append(m.Pictures, p.Picture)
	return Block{Spans: []Span{{Picture: len(m.Pictures)}}}
}

// placeOf is the caption that waits for a photo, or -1.
func (m *Manuscript) placeOf(p Photo) int {
	for i, b := range m.Blocks {
		if n := b.figureNumber(); n > 0 && (n == p.number() || p.words() != "" && p.words() == wordsOf(b.Line())) {
			if !m.illustrated(i-1) && !m.illustrated(i+1) {
				return i
			}
		}
	}
	return -1
}

// figureNumber is the number of a caption; 0 for what is none.
func (b Block) figureNumber() int {
	line := b.Line()
	found := figureNumber().FindStringSubmatch(line)
	if found == nil || b.Kind != Paragraph && b.Kind != Caption || strings.Contains(line, "。") ||
		utf8.RuneCountInString(line) > longestCaption {
		return 0
	}
	return numeral(narrow(found[1]))
}

// illustrated reports a block that is pictures.
func (m *Manuscript) illustrated(at int) bool {
	return 0 <= at && at < len(m.Blocks) && len(m.Blocks[at].pictures()) > 0
}

// number is that in the name of a photo: 图1 培训现场.jpg, 02.jpg; 0: it has none.
func (p Photo) number() int {
	if found := photoNumber().FindStringSubmatch(p.stem()); found != nil {
		return numeral(narrow(found[1]))
	}
	return 0
}

func (p Photo) stem() string {
	return strings.TrimSpace(strings.TrimSuffix(p.File, path.Ext(p.File)))
}

// words are what the name of a photo says that it shows, if somebody gave it one.
func (p Photo) words() string {
	stem := p.stem()
	if unspoken().MatchString(stem) {
		return ""
	}
	if shown := wordsOf(stem); strings.ContainsFunc(shown, func(c rune) bool { return unicode.Is(unicode.Han, c) }) {
		return shown
	}
	return ""
}

// wordsOf is a caption, or a photo's name, without its number. What may be a date, 10.8,
// stays.
func wordsOf(said string) string {
	said = figureNumber().ReplaceAllString(said, "")
	if at := photoNumber().FindStringIndex(said); at != nil {
		if rest := said[at[1]:]; rest == "" || rest[0] < '0' || '9' < rest[0] {
			said = rest
		}
	}
	return strings.Trim(strings.Join(strings.Fields(said), " "), " -_.、，：:")
}

// narrow are digits as programs have them.
func narrow(digits string) string {
	return strings.Map(func(c rune) rune {
		if '０' <= c && c <= '９' {
			return c - '０' + '0'
		}
		return c
	}, digits)
}

// Said is a photo as a line of a list.
func (a Attached) Said() diag.Text {
	switch {
	case a.Own:
		return diag.Say("%s：放在网页原来的地方", "%s: put where the page shows it", a.File)
	case a.Place != "":
		return diag.Say("%s：放在“%s”上面", "%s: put above “%s”", a.File, a.Place)
	case a.Caption != "":
		return diag.Say("%s：放在文章最后，说明是“%s”（请核对：用了文件名）",
			"%s: put at the end, with the caption “%s” (please check: this is the file's name)", a.File, a.Caption)
	}
	return diag.Say("%s：放在文章最后，没有说明（请核对：文件名看不出拍的是什么，写在 ![] 的方括号里）",
		"%s: put at the end, without a caption (please check: its name does not say what it shows; write that into the brackets of ![])",
		a.File)
}
