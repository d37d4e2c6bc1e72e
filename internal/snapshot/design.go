package snapshot

import (
	"errors"
	"io/fs"

	"qinglian/internal/cache"
	"qinglian/internal/check"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/flat"
	"qinglian/internal/markdown"
	"qinglian/internal/source"
	"qinglian/internal/theme"
)

// Design is what a site's articles are put into: its configuration and its
// theme. It is read apart from all else, so that the State can be loaded at the
// same time.
type Design struct {
	config config.Config
	theme  *theme.Theme // nil if it can't be used

	directives []markdown.DirectiveSpec // that articles may use without a theme
	valid      bool                     // the configuration can be read
	problems   diag.List

	misconfigured, unstyled bool // the one, or the other, has errors
}

// Standing is the Design with the configuration, or the theme, of an older one
// in the place of one that has errors now. What is wrong with it is still reported.
func (d Design) Standing(last Design) Design {
	switch {
	case d.misconfigured && last.valid && !last.misconfigured:
		last.problems = d.problems
		return last
	case d.unstyled && last.theme != nil && !last.unstyled:
		d.theme, d.unstyled = last.theme, false
	}
	return d
}

// compiler compiles articles for the Design.
func (d Design) compiler() content.Compiler {
	c := content.Compiler{Config: d.config, Dialect: markdown.New(), Directives: d.directives}
	if d.theme != nil {
		c.Directives = d.theme.Specs
	}
	return c
}

// ReadConfig reads a site's configuration. What is wrong with it, or that there is
// none, is found; the zero Config is one of which no text could be read.
func ReadConfig(s *source.Site) (config.Config, diag.List, error) {
	raw, err := s.ReadUpTo(config.File, source.MaxText)
	if errors.Is(err, fs.ErrNotExist) {
		return config.Config{}, diag.List{{Rule: "no-site", Severity: diag.Error, File: config.File,
			Message: diag.Say("这个文件夹里没有 config.toml，不是一个网站", "there is no config.toml: this folder is not a site"),
			Hint: diag.Say("进入网站文件夹，或用 qinglian init 文件夹名 新建一个",
				"go to the site's folder, or make one with: qinglian init DIR")}}, nil
	}
	if err != nil {
		return config.Config{}, nil, err
	}
	text, problems := source.Text(config.File, raw)
	if problems.Count(diag.Error) > 0 {
		return config.Config{}, problems, nil
	}
	c, more := config.Parse(text)
	return c, append(problems, more...), nil
}

// Draw reads a site's Design.
func Draw(s *source.Site, opt Options) (Design, error) {
	d, err := draw(s, opt)
	if err == nil && d.theme == nil { // what is wrong with the articles is reported all the same
		d.directives, err = theme.Directives(opt.Themes)
	}
	return d, err
}

func draw(s *source.Site, opt Options) (d Design, err error) {
	d.misconfigured = true
	c, problems, err := ReadConfig(s)
	d.say(problems)
	if err != nil || c.Kinds == nil {
		return d, err
	}
	if opt.Theme != "" {
		c.Theme = opt.Theme
	}
	if opt.BaseURL != "" {
		c, problems = c.WithBaseURL(opt.BaseURL)
		d.say(problems)
	}
	d.say(check.Settings(c))
	d.config, d.valid, d.misconfigured = c, true, d.problems.Count(diag.Error) > 0
	known := checked(s, opt)
	d.theme, problems, err = theme.Load(c.Theme, opt.Themes, s.Root.FS(), c.FieldKeys(), known)
	d.say(problems)
	d.unstyled = problems.Count(diag.Error) > 0
	if err != nil || d.theme == nil || opt.Checked == "" || d.theme.Checked().Same(known) {
		return d, err
	}
	now := d.theme.Checked()
	var t flat.Tape
	now.Tape(&t)
	return d, cache.Share(s.Root, opt.Checked, opt.Engine, t.Recorded())
}

// checked is what was kept of the theme.
func checked(s *source.Site, opt Options) (c theme.Checked) {
	if opt.Checked == "" || opt.Verify {
		return c
	}
	body, ok := cache.Load(s.Root, opt.Checked, opt.Engine)
	if t := flat.Play(body); ok {
		c.Tape(t)
		ok = t.Whole()
	}
	if !ok {
		return theme.Checked{}
	}
	return c
}

func (d *Design) say(l diag.List) { d.problems = append(d.problems, l...) }
