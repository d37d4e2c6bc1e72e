package main

import (
	"fmt"
	"slices"
	"strings"

	"qinglian/internal/build"
	"qinglian/internal/diag"
	"qinglian/internal/publish"
	"qinglian/internal/snapshot"
)

// partNames are the parts of keys as people call them.
var partNames = map[string]diag.Text{
	"address":    {ZH: "网址", EN: "its address"},
	"engine":     {ZH: "qinglian 的版本", EN: "the version of qinglian"},
	"layout":     {ZH: "主题的模板、样式或脚本", EN: "templates, styles or scripts of the theme"},
	"frame":      {ZH: "每页都有的站名、菜单和页脚", EN: "what every page shows: title, menu, footer"},
	"needs":      {ZH: "主题声明要用的列表、分类或数据", EN: "lists, terms or data that the theme declares"},
	"feeds":      {ZH: "有没有订阅源", EN: "whether there are feeds"},
	"card":       {ZH: "文章开头的信息", EN: "the fields of the article"},
	"picture":    {ZH: "封面或分享用的图片", EN: "its cover, or its picture for sharing"},
	"prose":      {ZH: "正文，或正文里链接、图片指到的地方", EN: "the prose, or where its links and pictures lead"},
	"section":    {ZH: "栏目的设置", EN: "the section's settings"},
	"terms":      {ZH: "所属的标签、专题等", EN: "its terms"},
	"neighbours": {ZH: "上一篇或下一篇", EN: "the articles before and after it"},
	"related":    {ZH: "相关文章", EN: "related articles"},
	"cited":      {ZH: "引用它的文章", EN: "articles that cite it"},
	"list":       {ZH: "列表里的文章", EN: "the articles in its list"},
	"also":       {ZH: "主题另做的页面", EN: "further pages of the theme"},
	"content":    {ZH: "内容", EN: "its content"},
}

// why says why outputs would be made anew: which parts of their keys moved, and which
// articles were edited since the last build.
func (p *program) why(asked []string, snap snapshot.Snapshot, dir *publish.Dir, made publish.Manifest,
	edited []string) error {
	var of []build.Output
	var paths []string
	for _, o := range snap.Outputs {
		paths = append(paths, o.Path)
		if slices.Contains(asked, o.Path) || slices.Contains(asked, o.Source) {
			of = append(of, o)
		}
	}
	if len(of) == 0 {
		if near := diag.Nearest(asked[0], paths); near != "" {
			return usage(diag.Say("网站里没有 %s，是不是想写 %s？", "the site has no %s, did you mean %s?", asked[0], near))
		}
		return usage(diag.Say("网站里没有 %s；写网页的路径，如 examples/a.html，或文章文件的路径",
			"the site has no %s; give the path of a page, such as examples/a.html, or of an article's file", asked[0]))
	}
	for _, o := range of {
		w, err := dir.Why(o, made)
		if err != nil {
			return err
		}
		fmt.Fprintln(p.stdout, p.say(reason(o, w)))
	}
	if len(edited) > 0 {
		fmt.Fprintln(p.stdout, p.say(diag.Say("上次生成以来改动的文章：%s",
			"articles edited since the last build: %s", diag.Listed(edited))))
	}
	return nil
}

func reason(o build.Output, w publish.Why) diag.Text {
	var zh, en []string
	for _, part := range w.Moved {
		zh = append(zh, partNames[part].ZH)
		en = append(en, partNames[part].EN)
	}
	switch {
	case !w.Known:
		return diag.Say("%s 会做出来：上次没有它，或者 .qinglian 文件夹里的记忆不在了",
			"%s would be made: the last build had none, or its memory in .qinglian is gone", o.Path)
	case len(w.Moved) > 0:
		return diag.Text{
			ZH: fmt.Sprintf("%s（%s）会重做，变了的是：%s", o.Path, o.Source, strings.Join(zh, "；")),
			EN: fmt.Sprintf("%s (%s) would be made anew; what moved: %s", o.Path, o.Source, strings.Join(en, "; ")),
		}
	case !w.There:
		return diag.Say("%s 会重做：输出文件夹里的这个文件被改过或删了",
			"%s would be made anew: its file in the output folder was altered or deleted", o.Path)
	}
	return diag.Say("%s 不会重做：它依赖的都没有变", "%s would be kept: nothing that it depends on moved", o.Path)
}

// edited names the articles that differ between two builds.
func edited(before, now snapshot.Docs) []string {
	if len(before) == 0 {
		return nil
	}
	var moved []string
	for _, c := range now {
		if was, ok := before.Find(c.Doc.Path); !ok || !c.Doc.Same(was.Doc) {
			moved = append(moved, c.Doc.Path)
		}
	}
	for _, c := range before {
		if _, ok := now.Find(c.Doc.Path); !ok {
			moved = append(moved, c.Doc.Path)
		}
	}
	slices.Sort(moved)
	return moved
}
