package wechat

import (
	"maps"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"qinglian/internal/config"
	"qinglian/internal/diag"
)

// StylesFile holds the styles of a theme.
const StylesFile = "wechat.toml"

// Style is the declarations for each role, and the colours that they name.
type Style map[string]string

// Roles are the elements that a style has declarations for.
var Roles = []string{
	"article",                     // around all: the font; no padding, no background
	"body",                        // in it, around all: how far it is from the edges
	"paragraph", "h2", "h3", "h4", // text
	"strong", "em", "del", "mark", "code", "small", "link", // parts of it
	"list", "item", "marker", // a list, a row of it, which is a paragraph
	"quote", "quote-text",
	"pre", "pre-text",
	"scroll", "table", "tr", "th", "td",
	"picture", "img", "caption", "qr",
	"rule",
	"box", "box-title", "box-text", // what stands out: callouts, comparisons, cards
	"warning", "warning-title", // a callout that warns
	"number", "label", // a figure and what it says
	"notes", "note", // what stands at the end
	"ending",                // who it is from
	"past",                  // an article to go on with
	"follow", "follow-text", // why to follow the account, and its picture
	"end",       // the mark below the text
	"h2-number", // in h2 a style that counts chapters has a number; without it none has
}

// instead is for roles that a style need not have: the one whose declarations they
// get. An empty one has none.
var instead = map[string]string{
	"body": "", "list": "", "tr": "", "link": "", "h2-number": "",
	"past": "note", "follow": "picture", "follow-text": "caption", "end": "caption",
	"warning": "box", "warning-title": "box-title",
}

// Colours are those that a style may name, and use by their names instead of literal
// ones: the main colour, and a deep one of its kind for headings.
var Colours = []string{"accent", "deep"}

// Styles reads a theme's wechat.toml. shown is how people know the file.
func Styles(shown, text string) (map[string]Style, diag.List) {
	var all map[string]Style
	var problems diag.List
	problem := func(at int, message, hint diag.Text) {
		d := diag.Diagnostic{Rule: "wechat-style", Severity: diag.Error, Message: message, Hint: hint}
		if at >= 0 {
			d = d.At(shown, []byte(text), at)
		}
		problems = append(problems, d.In(shown))
	}
	if _, err := toml.Decode(text, &all); err != nil {
		problem(-1, diag.Say("公众号样式的写法有误：%s", "the styles for WeChat can't be read: %s", err.Error()),
			diag.Say("每行写成 名字 = \"样式\"", "write each line as name = \"declarations\""))
		return nil, problems
	}
	where := config.NewPlaces([]byte(text))
	for _, name := range slices.Sorted(maps.Keys(all)) {
		for _, role := range Roles {
			other, may := instead[role]
			if _, ok := all[name][role]; may && !ok {
				all[name][role] = all[name][other]
			} else if !ok {
				problem(where.Find([]string{name}), diag.Say("样式“%s”里没有 %s", "the style %q has no %s", name, role),
					diag.Say("补上一行 %s = \"…\"", "add a line %s = \"…\"", role))
			}
		}
		for _, role := range slices.Sorted(maps.Keys(all[name])) {
			wrong, hint := checkRole(role, all[name][role])
			for _, message := range wrong {
				problem(where.Find([]string{name, role}), message, hint)
			}
		}
	}
	return all, problems.Sort()
}

// checkRole says what is wrong with one line of a style.
func checkRole(role, value string) (wrong []diag.Text, hint diag.Text) {
	if slices.Contains(Colours, role) {
		if _, ok := parsed(value); !ok {
			wrong = append(wrong, diag.Say("“%s”不是写死的颜色", "%q is no literal colour", value))
		}
		return wrong, diag.Say("写成 %s = \"#1b6b6f\"", "write %s = \"#1b6b6f\"", role)
	}
	if !slices.Contains(Roles, role) {
		return []diag.Text{diag.Say("不认得的名字“%s”", "unknown role %q", role)},
			diag.Say("可用的有：%s", "there are: %s", strings.Join(slices.Concat(Colours, Roles), "、"))
	}
	for _, part := range CheckStyle(value, role == "article") {
		wrong = append(wrong, diag.Say("微信不收“%s”", "WeChat drops %q", part))
	}
	return wrong, diag.Say("只用 qinglian wechat rules 列出的样式，颜色写死，或写 %s",
		"use what qinglian wechat rules lists, with literal colours or %s", diag.Listed(Colours))
}

// tones are the styles that suit the tones of a site.
var tones = map[string]string{"qing": "青莲", "blue": "青莲", "red": "红旗"}

// Names are the names of styles in their order.
func Names(all map[string]Style) []string { return slices.Sorted(maps.Keys(all)) }

// Chosen is the name of the style that Choose finds; empty if it finds none.
func Chosen(all map[string]Style, c config.Config) string {
	for _, name := range []string{c.WeChat.Style, tones[c.Tone]} {
		if _, ok := all[name]; ok {
			return name
		}
	}
	for _, name := range Names(all) {
		return name
	}
	return ""
}

// Choose is the style that the configuration names, or else that of its tone, or
// the first.
func Choose(all map[string]Style, c config.Config) (Style, diag.List) {
	wanted := c.WeChat.Style
	if _, ok := all[wanted]; wanted != "" && !ok {
		return nil, diag.List{{Rule: "wechat-style", Severity: diag.Error, File: config.File,
			Message: diag.Say("主题里没有公众号样式“%s”", "the theme has no style %q for WeChat", wanted),
			Hint:    diag.Say("可用的有：%s", "there are: %s", strings.Join(Names(all), "、"))}}
	}
	if name := Chosen(all, c); name != "" {
		return all[name], nil
	}
	return nil, diag.List{{Rule: "wechat-style", Severity: diag.Error, File: config.File,
		Message: diag.Say("这个主题没有公众号样式", "the theme has no styles for WeChat"),
		Hint: diag.Say("在主题里放一个 wechat.toml，可以抄 qinglian theme export 写出的",
			"put a wechat.toml into the theme, such as the one that qinglian theme export writes")}}
}
