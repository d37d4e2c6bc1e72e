// Package imports makes articles of the documents that an office has.
//
// A document comes in as the bytes of a file and its name. By its ending a reader is
// chosen ([Foreign] says what to do with a file that none reads, [Convertible] of which
// another program can make one that is read); what the document says
// of the fields of its kind is filled in, with a doubt wherever it may mean something
// else; the text becomes Markdown, with its pictures beside it. [Make] lays that out as
// files and writes nothing: who asked writes them through package desk, or shows them.
//
// Nothing is lost in silence: what is not in the files is on the list of [Made.Said].
package imports

import (
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/desk"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/docx"
	"qinglian/internal/manuscript"
	"qinglian/internal/markdown"
	"qinglian/internal/ooxml"
	"qinglian/internal/source"
	"qinglian/internal/webpage"
	"qinglian/internal/xlsx"
)

// MaxBytes is the size up to which a document is read; who reads the file stops behind it.
const MaxBytes = ooxml.MaxBytes

// Document is a file as it was handed in.
type Document struct {
	Name      string // with slashes; may have folders
	Content   []byte
	Photos    []Photo        // that came beside it
	Attached  []desk.Picture // files that are attached to it, under the names that readers see
	Beside    fs.FS          // the folder in which a browser has put the files of a page; nil: none
	Converted []byte         // the .docx that another program has made of it; nil: none

	placed []manuscript.Attached // photos of it that a page shows itself
}

// Made is what a document has become.
type Made struct {
	Files  []desk.File // the pictures, then the article
	Filled []manuscript.Filled
	Photos []manuscript.Attached
	Doubts []diag.Text // what somebody should look at, besides
	Left   []manuscript.Omission
}

// Make makes an article of a document, for a place that is known to be there.
func Make(s *source.Site, c config.Config, a desk.Article, d Document, now time.Time) (
	made Made, refused diag.Text, err error,
) {
	to, refused := a.Goes(c)
	if refused != (diag.Text{}) {
		return made, refused, nil
	}
	made, b, refused := d.compose(to.Kind)
	if refused != (diag.Text{}) {
		return made, refused, nil
	}
	a.Given = made.given()
	made.Doubts = append(made.Doubts, assumed(to.Kind, a.Given)...)
	before, err := desk.Imports(s)
	if err != nil {
		return made, refused, err
	}
	if same := before.Named(b.Name, content.Folder); len(same) > 0 {
		made.Doubts = append(made.Doubts, diag.Say("叫这个名字的文档导入过：%s。要是同一份改过的，只留一篇",
			"a document of this name was imported before: %s; if this is the same one, edited, keep one of the two",
			strings.Join(same, "、")))
	}
	made.Files, refused, err = desk.Bundle(s, c, a, b, now)
	return made, refused, err
}

// compose is a document as an article of a kind, before it is known where that stands.
func (d Document) compose(kind config.Kind) (made Made, b desk.Document, refused diag.Text) {
	m, refused := d.read()
	if refused == (diag.Text{}) {
		refused = d.hollow(&m)
	}
	if refused != (diag.Text{}) {
		return made, b, refused
	}
	made.Filled = m.Fill(kind, d.Name)
	attached, refused := d.attach(&m, kind)
	if refused != (diag.Text{}) {
		return made, b, refused
	}
	made.Filled = append(made.Filled, attached...)
	photos, unshown := d.photos()
	made.Photos = append(d.placed, m.Attach(photos)...)
	b = desk.Document{Name: path.Base(d.Name), Digest: digest.Of(d.Content), Text: m.Markdown(markdown.New())}
	names := m.Names()
	if refused = clashing(names, d.Attached); refused != (diag.Text{}) {
		return made, b, refused
	}
	for n, file := range names {
		b.Pictures = append(b.Pictures, desk.Picture{Name: file, Content: m.Pictures[n].Content})
	}
	b.Pictures = append(b.Pictures, d.Attached...)
	made.Left, made.Doubts = append(m.Left, unshown...), m.Doubts
	return made, b, refused
}

// hollow refuses a document in which there is nothing, and says of one that has nothing
// but what was left out.
func (d Document) hollow(m *manuscript.Manuscript) (refused diag.Text) {
	switch {
	case len(m.Blocks) > 0 || len(d.Photos) > 0:
	case len(m.Left) == 0:
		return diag.Say("里面没有文字，也没有图片", "there is neither text nor a picture in it")
	default:
		m.Doubts = append(m.Doubts, diag.Say("文章是空的：文档里的都没有带进来，看下面的单子",
			"the article is empty: all of the document was left out, see below"))
	}
	return refused
}

// read reads a document with the reader for its ending.
func (d *Document) read() (m manuscript.Manuscript, refused diag.Text) {
	if d.Converted != nil {
		m, refused = docx.Read(d.Converted)
		m.Doubts = append(m.Doubts, diag.Say("由 LibreOffice 转换，请对照原稿：版面复杂的地方可能变样",
			"it was converted by LibreOffice: compare it with the original, what was laid out may have changed"))
		return m, refused
	}
	if refused = Foreign(d.Name); refused != (diag.Text{}) {
		return m, refused
	}
	switch ending(d.Name) {
	case ".xlsx":
		w, refused := xlsx.Read(d.Content)
		return w.Manuscript, refused
	case ".html", ".htm", ".xhtml":
		return d.page()
	case ".mht", ".mhtml":
		return webpage.ReadArchive(d.Content)
	}
	return docx.Read(d.Content)
}

// page reads a saved page. Where the folder with its pictures did not come, those that
// came beside it are taken by their names, and stand where the page has them.
func (d *Document) page() (m manuscript.Manuscript, refused diag.Text) {
	if d.Beside != nil {
		return webpage.Read(d.Content, webpage.Folder(d.Beside))
	}
	shows := map[string]bool{}
	m, refused = webpage.Read(d.Content, func(name string) (content []byte, ok bool) {
		i := slices.IndexFunc(d.Photos, func(p Photo) bool { return strings.EqualFold(p.Name, path.Base(name)) })
		if i < 0 {
			return nil, false
		}
		shows[d.Photos[i].Name] = true
		return d.Photos[i].Content, true
	})
	var others []Photo
	for _, p := range d.Photos {
		if shows[p.Name] {
			d.placed = append(d.placed, manuscript.Attached{File: p.Name, Own: true})
		} else {
			others = append(others, p)
		}
	}
	d.Photos = others
	return m, refused
}

// ending is that of a file's name, in lower case.
func ending(name string) string { return strings.ToLower(filepath.Ext(name)) }

// assumed is what a new article says of itself where the document says nothing.
func assumed(kind config.Kind, given content.Given) (doubts []diag.Text) {
	for _, f := range kind.Fields {
		switch {
		case given.Values[f.Key] != "":
		case f.Key == "date":
			doubts = append(doubts, diag.Say("没有认出日期：“%s”和网址名里写的是今天",
				"no date was found: %s and the slug have today's", f.Label))
		case f.Key == "source":
			doubts = append(doubts, diag.Say("没有认出来源：“%s”写的是本站",
				"nothing says where it comes from: %s names this site", f.Label))
		}
	}
	return doubts
}

// given are the fields that were filled in.
func (m Made) given() content.Given {
	given := content.Given{Values: map[string]string{}}
	for _, f := range m.Filled {
		given.Values[f.Field.Key] = f.Text
	}
	return given
}

// Part is a part of the list of what became of a document.
type Part struct {
	Head  diag.Text
	Items []diag.Text
}

// Said lists the fields that were filled in, where photos went, what else is to be looked
// at, and what of the document is not in the files.
func (m Made) Said() (parts []Part) {
	fields := Part{Head: diag.Say("填好的项目：", "the fields that were filled in:")}
	for _, f := range m.Filled {
		fields.Items = append(fields.Items, filled(f))
	}
	photos := Part{Head: diag.Say("一起来的照片：", "the photos that came with it:")}
	for _, p := range m.Photos {
		photos.Items = append(photos.Items, p.Said())
	}
	doubts := Part{Head: diag.Say("请核对：", "please check:"), Items: m.Doubts}
	for _, p := range []Part{fields, photos, doubts} {
		if len(p.Items) > 0 {
			parts = append(parts, p)
		}
	}
	if len(m.Left) == 0 {
		return append(parts, Part{Head: diag.Say("文档里的文字都带进来了", "all of the document's text has come in")})
	}
	left := Part{Head: diag.Say("没有带进来的（%d 处）：", "what was left out (%d):", len(m.Left))}
	for _, o := range m.Left {
		left.Items = append(left.Items, o.Said())
	}
	return append(parts, left)
}

// filled is a field that was filled in as a line of a list.
func filled(f manuscript.Filled) diag.Text {
	text := strings.ReplaceAll(f.Text, "\n", "、")
	said := diag.Text{ZH: f.Field.Label + "：" + text, EN: f.Field.Key + ": " + text}
	if f.Doubt == (diag.Text{}) {
		return said
	}
	return diag.Say("%s（请核对：%s）", "%s (please check: %s)", said, f.Doubt)
}

// convertible are the endings of what another program can make a .docx of.
var convertible = []string{".doc", ".wps", ".wpt", ".dot", ".docm", ".dotx", ".rtf", ".odt", ".ott", ".fodt", ".uot"}

// Convertible reports a file that another program can make a .docx of, by its name.
func Convertible(name string) bool { return slices.Contains(convertible, ending(name)) }

// Foreign says how a file of another format becomes a document that can be read; it is
// empty for one that can.
func Foreign(name string) diag.Text {
	ending := ending(name)
	switch ending {
	case ".docx", ".xlsx", ".html", ".htm", ".xhtml", ".mht", ".mhtml":
		return diag.Text{}
	case ".xls", ".et", ".ett", ".xlt", ".xlsm", ".xltx", ".xlsb", ".ods", ".numbers":
		return diag.Say("%s 先用 Excel 或 WPS 打开，“文件”→“另存为”，类型选“Excel 工作簿（*.xlsx）”，再导入另存的那个文件",
			"open the %s with Excel or WPS, choose File, Save as, Excel workbook (*.xlsx), and import what was saved",
			ending)
	case ".csv", ".tsv":
		return diag.Say("%s 不用导入：给主题用的数据存成 .csv，直接放进 data/；要放在文章里，用 Excel 或 WPS 另存为 .xlsx，再导入",
			"%s needs no import: data for the theme goes into data/ as it is, as .csv; for an article save it as .xlsx "+
				"with Excel or WPS and import that", ending)
	case ".md", ".markdown", ".txt":
		return diag.Say("%s 不用导入：存成 .md，直接放进 content/ 的栏目里",
			"%s needs no import: save it as .md in a section of content/", ending)
	}
	if Convertible(name) {
		return diag.Say("%s 先用 Word 或 WPS 打开，“文件”→“另存为”，类型选“Word 文档（*.docx）”，再导入另存的那个文件；"+
			"装了 LibreOffice 的电脑，加上 --convert 就能直接导入",
			"open the %s with Word or WPS, choose File, Save as, Word document (*.docx), and import what was saved; "+
				"where LibreOffice is installed, --convert imports it as it is", ending)
	}
	return diag.Say("只能导入 .docx、.xlsx 和存下来的网页：别的先用 Office 或 WPS 打开，另存为其中一种",
		"only .docx, .xlsx and saved web pages can be imported: open others with Office or WPS and save them as one of these")
}
