package site

import (
	"path"
	"strings"

	"qinglian/internal/config"
	"qinglian/internal/diag"
)

// Mark is what a public body shows at the foot of its pages: a picture of
// static/ that is a link, else what its owner was given to paste.
type Mark struct {
	Title   string
	Picture *File  // nil if HTML shows it
	To      string // of the picture
	HTML    string
	Scripts []string // https://… that HTML loads scripts from
	Images  []string // https://… that it loads pictures from
}

// static finds a file of static/ by how the configuration names it.
func (l *linker) static(name string) *File {
	return l.files[form(path.Join(StaticFolder, path.Clean("/"+name)))]
}

// marks finds what the configuration gives of them, and says what a body of the
// site's profile must still give.
func (l *linker) marks() {
	c := l.site.Config
	for _, m := range []struct {
		title, key string
		config.Mark
	}{{"政府网站找错", "marks.mistakes", c.Marks.Mistakes}, {"党政机关网站标识", "marks.organ", c.Marks.Organ}} {
		if !m.Set() {
			continue
		}
		mark := Mark{Title: m.title, To: m.To, HTML: m.HTML, Scripts: m.Scripts, Images: m.Images}
		if m.Picture != "" {
			mark.Picture = l.static(m.Picture)
			if mark.Picture == nil {
				l.noStatic(m.key+".picture", m.Mark.Picture)
				continue
			}
		}
		l.site.Marks = append(l.site.Marks, mark)
	}
	l.missingMarks()
}

// must is what a body of each profile must show, after the pages' furniture of
// 政府网站发展指引 (国办发〔2017〕47号). The law asks every site for an ICP number.
var must = []struct {
	title, line string
	profiles    string
	given       func(config.Config) bool
}{
	{"网站标识码", "id_code", "gov", func(c config.Config) bool { return c.IDCode != "" }},
	{"主办单位", "organizer", "gov party institution", func(c config.Config) bool { return c.Footer.Organizer != "" }},
	{"联系方式", "contact", "gov party institution", func(c config.Config) bool { return c.Footer.Contact != "" }},
	{"ICP 备案号", "icp", "gov party institution", func(c config.Config) bool { return c.Footer.ICP != "" }},
	{"公安备案号", "police", "gov party", func(c config.Config) bool { return c.Footer.Police != "" }},
	{"党政机关网站标识", "[marks.organ]", "gov party", func(c config.Config) bool { return c.Marks.Organ.Set() }},
	{"政府网站找错入口", "[marks.mistakes]", "gov", func(c config.Config) bool { return c.Marks.Mistakes.Set() }},
}

func (l *linker) missingMarks() {
	c := l.site.Config
	var titles, lines []string
	for _, m := range must {
		if c.Profile != "" && strings.Contains(m.profiles, c.Profile) && !m.given(c) {
			titles = append(titles, m.title)
			lines = append(lines, m.line)
		}
	}
	if titles == nil {
		return
	}
	l.problems = append(l.problems, diag.Diagnostic{Rule: "missing-mark", Severity: diag.Warning, File: config.File,
		Message: diag.Say("这类网站的页面上还应有：%s",
			"a site of this profile must also show: %s",
			diag.Text{ZH: strings.Join(titles, "、"), EN: strings.Join(lines, ", ")}),
		Hint: diag.Say("在 config.toml 里写上 %s",
			"give in config.toml: %s", diag.Text{ZH: strings.Join(lines, "、"), EN: strings.Join(lines, ", ")})})
}

func (l *linker) noStatic(key, name string) {
	l.problems = append(l.problems, diag.Diagnostic{Rule: "missing-picture", Severity: diag.Error,
		Message: diag.Say("static 里没有 %s 写的图片“%s”", "static has no picture as %s says: %q", key, name),
		Hint:    diag.Say("把图片放进 static 文件夹，写它在里面的路径", "put the picture into static and give its path there"),
	}.Placed(l.site.Config.Where(key)))
}
