package manuscript

import (
	"strings"
	"unicode/utf8"

	"qinglian/internal/diag"
)

// Why is the reason for which something of a document is left out.
type Why uint8

// The reasons.
const (
	Deleted       Why = iota // a tracked deletion
	Moved                    // the place from which a text was moved
	Comment                  // of a reviewer
	Hidden                   // formatted as hidden
	Field                    // the number of a page, a table of contents: what a site makes itself
	Header                   // of each page, or its footer
	TextBox                  // beside the text
	Equation                 // no Markdown for it
	Reading                  // above its characters
	Symbol                   // of a font that readers do not have
	Unseen                   // characters without a width
	Unused                   // a note that nothing refers to, a building block
	Alternative              // another way to show the same
	Drawing                  // a chart, a diagram, a picture of words
	BadPicture               // a picture in a format that browsers don't show
	Elsewhere                // a file or address outside the document that is not followed
	Embedded                 // another file
	Unread                   // a part that can't be read
	HiddenSheet              // of a workbook
	HiddenRows               // of a sheet
	HiddenColumns            // of a sheet
	Shortened                // a number of which a sheet shows only the first digits
	Uncomputed               // a formula without what it comes to
	Annexed                  // a file that the document says to be attached
	Beside                   // a title or a remark of a table
	Outside                  // of a page, beside its article: menus, footers
	Control                  // of a form
	Player                   // a film, a sound, another page in this one
	Program                  // scripts and styles, which are no text
	Unfetched                // a picture of another host
	Missing                  // a picture that should lie beside the document
	Background               // a picture behind a text
	TooMuch                  // more than an article takes
)

// reasons are the sentences for them.
var reasons = map[Why]diag.Text{
	Deleted:     diag.Say("修订中已删除", "deleted while changes were tracked"),
	Moved:       diag.Say("修订中已移到别处", "moved elsewhere while changes were tracked"),
	Comment:     diag.Say("批注", "a comment"),
	Hidden:      diag.Say("隐藏的文字", "hidden text"),
	Field:       diag.Say("页码、目录等，网页自己会有", "the number of a page or a table of contents, which a site makes itself"),
	Header:      diag.Say("页眉、页脚", "a header or footer"),
	TextBox:     diag.Say("文本框，看不出应该放在哪里", "a text box: where it belongs can't be told"),
	Equation:    diag.Say("公式，请截成图片", "an equation: put a picture of it in"),
	Reading:     diag.Say("字上面的注音", "a reading above its characters"),
	Symbol:      diag.Say("符号字体里的字，读者的电脑上没有", "characters of a font of symbols that readers do not have"),
	Unseen:      diag.Say("看不见的字符", "characters that can't be seen"),
	Unused:      diag.Say("正文没有用到", "nothing in the text refers to it"),
	Alternative: diag.Say("给旧软件看的另一种内容", "another way to show something, for old programs"),
	Drawing:     diag.Say("图形、图表，请截成图片", "a drawing or chart: put a picture of it in"),
	BadPicture: diag.Say("网页不能显示的图片，请另存为 JPG 或 PNG 再放进来",
		"a picture that browsers don't show: save it as JPG or PNG and put it in"),
	Elsewhere: diag.Say("指到文件以外，没有去取", "it leads out of the document and was not followed"),
	Embedded:  diag.Say("嵌在里面的文件，请单独保存", "a file inside the document: save it on its own"),
	Unread:    diag.Say("读不懂的部分", "a part that can't be read"),

	HiddenSheet:   diag.Say("隐藏的工作表", "a hidden sheet"),
	HiddenRows:    diag.Say("隐藏的行", "hidden rows"),
	HiddenColumns: diag.Say("隐藏的列", "hidden columns"),
	Shortened: diag.Say("数太长，表里只显示科学计数；要全显示，先把格式改成“文本”或“0”",
		"the sheet shows this long number with a power of ten; to show it all, set its format to text or 0"),
	Uncomputed: diag.Say("公式的结果没有存在文件里；用 Excel 或 WPS 打开，保存一次，再导入",
		"what a formula comes to is not in the file: open it with Excel or WPS, save it, import that"),
	Annexed: diag.Say("文中的附件没有一起来，把文件放在文章旁边，文件名写进“附件”（导入时可以用 --attach）",
		"an attachment did not come with the text: put its file beside the article and its name into attachments "+
			"(--attach does so)"),
	Beside:    diag.Say("表的标题、说明，不是数据", "a title or a remark, which is no data"),
	Outside:   diag.Say("网页里正文以外的", "of the page, outside of its article"),
	Control:   diag.Say("表单", "a form"),
	Player:    diag.Say("视频、音频、嵌入的内容，请另外放进来", "a film, a sound, something embedded: put it in on its own"),
	Program:   diag.Say("脚本、样式，不是文字", "scripts and styles, which are no text"),
	Unfetched: diag.Say("网上的图片，没有下载，请存下来再放进来", "a picture on the web was not fetched: save it and put it in"),
	Missing: diag.Say("图片不在网页旁边的文件夹里，请存下来再放进来",
		"a picture is not in the folder beside the page: save it and put it in"),
	Background: diag.Say("文字背后的图片", "a picture behind a text"),
	TooMuch:    diag.Say("太多或太大的图片", "a picture too many, or too large"),
}

// Reason is why, as people are told.
func (w Why) Reason() diag.Text { return reasons[w] }

// Omission is something of a document that is not in its blocks.
type Omission struct {
	Why   Why
	By    string // whose it is, of comments and tracked changes
	Text  string // of the document
	What  string // that is no text: the name of a file, an address
	After string // the end of the text that stands in front of it
	First bool   // it stands in front of all text
}

// most is how many characters of an omission's text are shown on its line.
const most = 60

// Said is an omission as a line of a list. Of a long text it has the beginning and how
// long it is, of characters that can't be seen only that.
func (o Omission) Said() diag.Text {
	said := reasons[o.Why]
	if o.By != "" {
		by := legible(o.By)
		said = followed(said, "（"+by+"）", " ("+by+")")
	}
	text := legible(o.Text)
	switch length := utf8.RuneCountInString(text); {
	case o.Why == Unseen:
		said = diag.Say("%s：%d 个", "%s: %d", said, utf8.RuneCountInString(o.Text))
	case length > most:
		said = diag.Say("%s：“%s……”，共 %d 字", "%s: “%s…”, %d characters", said, string([]rune(text)[:most]), length)
	case text != "":
		said = followed(said, "：“"+text+"”", ": “"+text+"”")
	}
	if o.What != "" {
		what := legible(o.What)
		said = followed(said, "："+what, ": "+what)
	}
	switch {
	case o.First:
		said = followed(said, "（在最前面）", " (in front of all text)")
	case o.After != "":
		said = diag.Say("%s（在“%s”后面）", "%s (behind “%s”)", said, legible(o.After))
	}
	return said
}

// legible is a text as it stands in a line: no control and no mark of direction of a
// document's can spoil the list.
func legible(text string) string {
	return strings.Map(seen(&strings.Builder{}), strings.Join(strings.Fields(text), " "))
}

func followed(said diag.Text, zh, en string) diag.Text {
	return diag.Text{ZH: said.ZH + zh, EN: said.EN + en}
}
