package main

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"strconv"
	"strings"
	"text/template"
	"time"
	"unicode"
	"unicode/utf8"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/desk"
	"qinglian/internal/diag"
)

// beginning holds the files of a site to begin with. What they say is true of it on its
// first day: nothing has to be deleted.
//
//go:embed empty
var beginning embed.FS

// founding is what a new site is given about itself.
type founding struct {
	Name, Region, For string
	Date              string // of the first notice
}

// initEmpty writes a site to begin with into a folder that is empty or not there.
func (p *program) initEmpty(dir string, f founding) error {
	for _, typed := range []*string{&f.Name, &f.Region, &f.For} {
		*typed = strings.TrimSpace(*typed)
		if !utf8.ValidString(*typed) || strings.ContainsFunc(*typed, unicode.IsControl) {
			return usage(diag.Say("“%s”里有换行之类的控制字符，只写一行字",
				"there is a control character, such as a line break, in %q: write one line of text", *typed))
		}
	}
	if err := vacant(dir); err != nil {
		return err
	}
	defaults, _ := config.Parse(nil)
	f.Name = cmp.Or(f.Name, f.Region+defaults.Title)
	f.Date = time.Now().In(defaults.Zone).Format("2006-01-02 15:04")
	text, err := f.file("config.toml")
	if err != nil {
		return err
	}
	notice, err := f.file("opening.md")
	if err != nil {
		return err
	}
	if err := settle(dir, text, desk.New(content.Folder+"/notices/opening.md", notice)); err != nil {
		return err
	}
	fmt.Fprintln(p.stdout, p.say(diag.Say("网站已建在 %s。进入这个文件夹，边写边看：qinglian serve；写一篇动态：qinglian new notice \"标题\"",
		"the site is in %s. Go there; see it while you write: qinglian serve; write a notice: qinglian new notice \"TITLE\"",
		dir)))
	return nil
}

// file is one of the files as this site has it.
func (f founding) file(name string) ([]byte, error) {
	quoted := func(s string) string { // between the quotes of TOML and of YAML
		s = strconv.Quote(s)
		return s[1 : len(s)-1]
	}
	t, err := template.New(name).Funcs(template.FuncMap{"text": quoted}).ParseFS(beginning, "empty/"+name)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, f)
	return b.Bytes(), err
}
