package rules

import (
	"slices"

	"qinglian/internal/diag"
)

// Place is where an editor mends what a rule is about. The chapter of rules is
// divided by it.
type Place string

// The places.
const (
	Article Place = "article" // the lines at the beginning of an article
	Prose   Place = "prose"
	Files   Place = "files"
	Config  Place = "config"
	Theme   Place = "theme"
	Machine Place = "machine"
)

// placed is a place with its heading in the chapter.
type placed struct {
	place Place
	title diag.Text
}

// places are all of them, in the chapter's order.
var places = []placed{
	{Article, diag.Say("文章开头的信息", "The beginning of an article")},
	{Prose, diag.Say("正文", "The text of an article")},
	{Files, diag.Say("文件和文件夹", "Files and folders")},
	{Config, diag.Say("设置 config.toml", "The settings: config.toml")},
	{Theme, diag.Say("主题和模板", "Themes and templates")},
	{Machine, diag.Say("电脑", "The computer")},
}

func (p Place) known() bool {
	return slices.ContainsFunc(places, func(in placed) bool { return in.place == p })
}
