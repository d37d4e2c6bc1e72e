package publish

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"qinglian/internal/build"
	"qinglian/internal/diag"
)

// Page is a page as people know it.
type Page struct{ Path, Title string }

// barred is an output in whose place stands what the journal does not list.
type barred struct {
	build.Output
	by string // its own path, or that of a folder above it
}

// unlisted is what was found in a folder that the journal does not list, and that
// matters to a build.
type unlisted struct {
	mine  []string // planned, with the site's mark or with the very bytes
	ends  int      // of them: their bytes, but for line ends
	gone  []Page   // with the site's mark and not planned
	other diag.List
}

// settle decides about what the journal does not list. It is left alone, and
// nothing is published, unless the site's own is to be adopted; then that is ours.
func (d *Dir) settle(in []barred, planned []string, how How) (unlisted, error) {
	if len(in) == 0 && d.standing >= lineEnds && !how.Adopt {
		return unlisted{}, nil
	}
	u, err := d.judge(in, how)
	if err != nil {
		return u, err
	}
	if how.Owner.ID != "" && (how.Adopt || d.standing < lineEnds) {
		if u.gone, err = d.strays(build.Mark(how.Owner.ID), planned); err != nil {
			return u, err
		}
	}
	if !how.Adopt {
		u.other = append(u.other, d.refused(u)...)
	}
	if len(u.other) > 0 {
		return u, u.other.Sort()
	}
	for _, p := range u.mine {
		d.owned()[p] = true
	}
	for _, p := range u.gone {
		d.owned()[p.Path] = true
	}
	d.adopted = len(u.mine)+len(u.gone) > 0
	return u, nil
}

// judge finds out of what stands in the outputs' places whether it is the site's own.
func (d *Dir) judge(in []barred, how How) (u unlisted, err error) {
	mark := build.Mark(how.Owner.ID)
	var unmarked []build.Output
	said := map[string]bool{}
	for _, b := range in {
		here, _, _, err := d.at(b.Path)
		if err != nil {
			return u, err
		}
		switch {
		case b.by == b.Path && here.regular && how.Owner.ID != "" && d.bears(b.Path, mark):
			u.mine = append(u.mine, b.Path)
		case b.by == b.Path && here.regular:
			unmarked = append(unmarked, b.Output)
		case !said[b.by]:
			said[b.by] = true // many outputs would be in the folder whose place it takes
			u.other = append(u.other, foreign(b.by))
		}
	}
	var mu sync.Mutex
	err = build.Render(unmarked, how.Jobs, func(o build.Output, b []byte) error {
		here, err := d.root.ReadFile(o.Path)
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		switch {
		case bytes.Equal(here, b):
			u.mine = append(u.mine, o.Path)
		case bytes.Equal(unixEnds(here), unixEnds(b)):
			u.mine, u.ends = append(u.mine, o.Path), u.ends+1
		default:
			u.other = append(u.other, d.notOurs(o.Path))
		}
		return nil
	})
	slices.Sort(u.mine)
	return u, err
}

func unixEnds(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")) }

// strays are the pages with the site's mark that are neither listed nor planned.
func (d *Dir) strays(mark string, planned []string) (found []Page, err error) {
	known := make(map[string]bool, len(planned))
	for _, p := range planned {
		known[strings.ToLower(p)] = true // where letter case tells nothing apart, it is that file
	}
	err = fs.WalkDir(d.root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil && name == ".":
			return err
		case err != nil && e.IsDir(), e.IsDir() && name == stage:
			return fs.SkipDir // what we may not read is not ours
		case err != nil || !e.Type().IsRegular() || known[strings.ToLower(name)] || d.owned()[name]:
			return nil
		}
		if h := d.head(name); h.mark == mark {
			found = append(found, Page{name, h.title})
		}
		return nil
	})
	return found, err
}

// refused says why what is the site's own is not taken over.
func (d *Dir) refused(u unlisted) (problems diag.List) {
	if d.standing >= lineEnds { // the journal knows what we wrote: this is not it
		for _, p := range u.mine {
			problems = append(problems, foreign(p))
		}
		return problems
	}
	why := diag.Say("不见了", "is lost")
	if d.standing == damaged {
		why = diag.Say("坏了", "is damaged")
	}
	hint := diag.Say("运行 qinglian build --adopt：列出并收回这些文件，删去不再公开的网页。上传、复制输出文件夹时，连 .qinglian 一起",
		"run: qinglian build --adopt, which lists these files, takes them over and deletes the pages that are not "+
			"public any more. Copy the folder with its .qinglian")
	if len(u.mine) > 0 {
		ends := diag.Text{}
		if u.ends > 0 {
			ends = diag.Say("；其中 %d 个被改过换行（多半是 git 的 core.autocrlf）",
				"; the line ends of %d were changed, most likely by git's core.autocrlf", u.ends)
		}
		problems = append(problems, diag.Diagnostic{Rule: "lost-journal", Severity: diag.Error, Hint: hint,
			Message: diag.Say("输出文件夹里的记录 .qinglian %[1]s，里面有 %[2]d 个本站生成过的文件，没有覆盖：%[3]s%[4]s",
				"the journal .qinglian of the output folder %[1]s; left alone, %[2]d files that this site made: "+
					"%[3]s%[4]s",
				why, len(u.mine), few(u.mine, 6), ends)})
	}
	if len(u.gone) > 0 {
		problems = append(problems, diag.Diagnostic{Rule: "lost-journal", Severity: diag.Error, Hint: hint,
			Message: diag.Say("输出文件夹里的记录 .qinglian %[1]s，里面还有 %[2]d 个本站的网页，文章已经不公开了：%[3]s",
				"the journal .qinglian of the output folder %[1]s; it still has %[2]d pages of this site, not public "+
					"any more: %[3]s",
				why, len(u.gone), titles(u.gone))})
	}
	return problems
}

// few names the first of some things, at most so many.
func few(names []string, most int) diag.Text {
	var shown []string
	for _, name := range names[:min(len(names), most)] {
		shown = append(shown, Entry(name)) // on one line
	}
	t := diag.Text{ZH: strings.Join(shown, "、"), EN: strings.Join(shown, ", ")}
	if len(shown) < len(names) {
		return diag.Text{ZH: t.ZH + "……", EN: t.EN + " …"}
	}
	return t
}

// titles names the first of some pages.
func titles(pages []Page) diag.Text {
	var names []string
	for _, p := range pages {
		name := p.Path
		if p.Title != "" {
			name = "《" + p.Title + "》（" + p.Path + "）"
		}
		names = append(names, name)
	}
	return few(names, 12)
}

// foreign is the message about what stands in an output's place.
func foreign(name string) diag.Diagnostic {
	return diag.Diagnostic{Rule: "foreign-file", Severity: diag.Error, File: Entry(name),
		Message: diag.Say("输出文件夹里已有一个不是 qinglian 写的文件，没有覆盖它",
			"a file that qinglian did not write is in the way and was left alone"),
		Hint: diag.Say("确认不要后删掉它，或用 --output 换一个文件夹",
			"delete it if you don't need it, or choose another folder with --output")}
}

// notOurs is the message about a file; if it is a page of another site, it says of
// which.
func (d *Dir) notOurs(name string) diag.Diagnostic {
	said := foreign(name)
	if h := d.head(name); strings.HasPrefix(h.mark, build.Mark("")+" ") {
		said.Message = diag.Say("输出文件夹里已有另一个网站《%s》的网页，没有覆盖它",
			"a page of another site, %q, is in the way and was left alone", h.site)
	}
	return said
}
