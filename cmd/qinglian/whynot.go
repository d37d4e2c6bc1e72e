package main

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"qinglian/internal/build"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/site"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
)

// explain answers for the page or file that was asked for, and reports what is wrong
// with that alone. why says it of what is published.
func (p *program) explain(f buildFlags, r *report, s *source.Site, snap snapshot.Snapshot,
	why func(asked []string) error) error {
	r.quiet = true
	wrong := refused(f, r)
	all := r.problems
	r.problems = nil
	asked, err := p.whyNot(f, s, snap)
	if err != nil || len(asked) == 0 {
		return err
	}
	if wrong == nil {
		return why(asked)
	}
	for _, d := range all {
		if slices.Contains(asked, d.File) {
			r.problems = append(r.problems, d)
		}
	}
	return failure{exitSite, diag.Say("%s 没有不公开的理由；网站有 %d 处错误，改好以前网站保持上一次的样子：qinglian build 列出它们",
		"nothing keeps %s from the public; the site has %d errors, and stays as it was until they are mended: see qinglian build",
		diag.Listed(asked), all.Count(diag.Error))}
}

// whyNot answers for the files below content/ that were asked for and are not
// published. What is left are those that are, by their paths in the site, or what was
// asked if it names no file.
func (p *program) whyNot(f buildFlags, s *source.Site, snap snapshot.Snapshot) (left []string, err error) {
	asked := typedPath(f)
	is := func(o build.Output) bool { return o.Path == asked }
	if snap.Site == nil || slices.ContainsFunc(snap.Outputs, is) {
		return []string{asked}, nil
	}
	files, err := filesNamed(s, asked)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		if text := noFile(s, asked); text != (diag.Text{}) {
			return nil, usage(text)
		}
		return []string{asked}, nil
	}
	for _, file := range files {
		text := whyHidden(file, snap)
		if text == (diag.Text{}) {
			left = append(left, file)
			continue
		}
		fmt.Fprintln(p.stdout, p.say(diag.Text{ZH: file + "：" + text.ZH, EN: file + ": " + text.EN}))
	}
	return left, nil
}

// typedPath is what was asked for, as a path in the site.
func typedPath(f buildFlags) string {
	asked := strings.ReplaceAll(f.explain, "\\", "/")
	if in, err := filepath.Rel(f.source, f.explain); err == nil && filepath.IsLocal(in) && f.source != "." {
		asked = filepath.ToSlash(in)
	}
	return norm.NFC.String(strings.TrimPrefix(path.Clean(asked), "public/"))
}

// filesNamed are the files below content/ with a path, else those whose path ends in
// it: editors name a file as they see it.
func filesNamed(s *source.Site, asked string) (files []string, err error) {
	all, _, err := s.All(content.Folder)
	var ending []string
	for _, f := range all {
		switch name := norm.NFC.String(f.Path); {
		case name == asked, name == content.Folder+"/"+asked:
			files = append(files, f.Path)
		case strings.HasSuffix(name, "/"+asked):
			ending = append(ending, f.Path)
		}
	}
	if len(files) == 0 {
		return ending, err
	}
	return files, err
}

// noFile is about a path below content/ at which there is no file that is read.
func noFile(s *source.Site, asked string) (text diag.Text) {
	if asked != content.Folder && !strings.HasPrefix(asked, content.Folder+"/") {
		return text
	}
	info, err := s.Root.Stat(asked)
	switch {
	case err == nil && info.IsDir():
		return diag.Say("%s 是一个文件夹；写里面一个文件的路径", "%s is a folder: give the path of a file in it", asked)
	case err == nil:
		return diag.Say("%s 没有读取：它在指向别处的链接里，或文件夹套得太深",
			"%s was not read: it lies behind a link, or too deep in folders", asked)
	}
	all, _, _ := s.All(content.Folder)
	names := make([]string, len(all))
	for i, f := range all {
		names[i] = f.Path
	}
	if near := diag.Nearest(asked, names); near != "" {
		return diag.Say("没有文件 %s，是不是想写 %s？", "there is no file %s, did you mean %s?", asked, near)
	}
	return diag.Say("没有文件 %s", "there is no file %s", asked)
}

// whyHidden is why a file below content/ is not published; empty if it is, or if only
// what is wrong with it keeps it back.
func whyHidden(file string, snap snapshot.Snapshot) (text diag.Text) {
	inside := strings.Split(strings.TrimPrefix(file, content.Folder+"/"), "/")
	if i := slices.IndexFunc(inside, source.Ignored); i >= 0 {
		return leftover(inside[i], i < len(inside)-1)
	}
	for _, h := range snap.Site.Held {
		if h.File == file {
			return whyHeld(h)
		}
	}
	switch {
	case slices.ContainsFunc(snap.Outputs, func(o build.Output) bool { return o.Source == file }):
		return text
	case !content.IsArticle(file):
		if text, _, ok := content.MeantAsArticle(path.Base(file)); ok {
			return text
		}
		return diag.Say("没有公开的文章用到这个文件，所以没有发布", "no public article refers to this file, so it is not published")
	case len(inside) == 1, inside[0] == config.TermsFolder,
		len(inside) == 2 && strings.EqualFold(inside[1], "index.md"):
		return text
	}
	if _, ok := snap.Site.Config.Section(inside[0]); ok {
		return text
	}
	var known []string
	for _, in := range snap.Site.Config.Sections {
		known = append(known, in.Name)
	}
	return diag.Say("文件夹 content/%[1]s 不是 config.toml 里的栏目。把文件移到这些文件夹之一：%[2]s；或加上 [sections.%[1]s]",
		"content/%[1]s is not a section of config.toml. Move the file to one of %[2]s, or add [sections.%[1]s]",
		inside[0], diag.Listed(known))
}

// leftover is about a name that editors and systems give to what is no content.
func leftover(name string, folder bool) diag.Text {
	if folder {
		return diag.Say("在文件夹 %s 里，这样的名字不算内容，里面的都不读取；要发布就给文件夹改名",
			"it is in the folder %s: such a folder is no content, and nothing in it is read; rename it to publish that",
			name)
	}
	return diag.Say("%s 这样的名字（以点、~$ 开头，以 ~、.tmp 结尾等）是编辑器、系统留下的，不算内容；要发布就改名",
		"a name like %s (it begins with a dot or ~$, or ends with ~ or .tmp) is a leftover, no content; rename it to publish it",
		name)
}

func whyHeld(h site.Held) diag.Text {
	switch h.Why {
	case content.HoldDraft:
		return diag.Say("是草稿。写好后，删去文章开头“草稿: true”那一行，再生成",
			"it is a draft. When it is done, take the line draft: true out of its front matter and build again")
	case content.HoldFuture:
		at := h.Until.Format("2006-01-02 15:04")
		return diag.Say("日期是 %s，还没到；到了以后再生成一次就公开",
			"its date is %s, which is to come; a build after that publishes it", at)
	case content.HoldExpired:
		return diag.Say("已过期：文章开头的“下线时间”到了，或者比日期还早。还要公开，改后面一些或删去那一行",
			"it has expired: the moment in its field expires has passed, or is before its date; put a later one to publish it")
	}
	if h.Path != "" {
		return diag.Say("已撤下，网址 %s 上只留着说明。还要公开，删去文章开头“已撤下”那一行",
			"it was withdrawn: only the reason stands at %s. To publish it, take the line gone out of its front matter",
			h.Path)
	}
	return diag.Say("已撤下。还要公开，删去文章开头“已撤下: true”那一行",
		"it was withdrawn. To publish it, take the line gone: true out of its front matter")
}
