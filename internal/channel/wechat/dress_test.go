package wechat

import (
	"fmt"
	"strings"
	"testing"

	"qinglian/internal/config"
)

// TestDressed: a site's wishes in its style.
func TestDressed(t *testing.T) {
	style := Style{"accent": "#1b6b6f", "deep": "#0f4b4e", "article": "font-size:16px;color:#333", "paragraph": "text-align:left",
		"h2": "font-size:20px;border-bottom:2px solid accent;color:deep", "caption": "font-size:13px"}
	yes, no := true, false
	for _, c := range []struct {
		about      string
		own        config.WeChat
		official   bool
		role, want string
	}{
		{"names are colours", config.WeChat{}, false, "h2", "font-size:20px;border-bottom:2px solid #1b6b6f;color:#0f4b4e"},
		{"which may be the site's, with a deep one made of it", config.WeChat{Color: "#a61f1f"}, false, "h2", "font-size:20px;border-bottom:2px solid #a61f1f;color:#741616"},
		{"all sizes follow that of the text", config.WeChat{Size: 18}, false, "article", "font-size:18px;color:#333"},
		{"in whole pixels", config.WeChat{Size: 18}, false, "caption", "font-size:15px"},
		{"lines may end at the edge", config.WeChat{Justify: true}, false, "paragraph", "text-align:left;text-align:justify"},
		{"official texts stand in", config.WeChat{}, true, "paragraph", "text-align:left;text-indent:2em"},
		{"so may others", config.WeChat{Indent: &yes}, false, "paragraph", "text-align:left;text-indent:2em"},
		{"or none", config.WeChat{Indent: &no}, true, "paragraph", "text-align:left"},
	} {
		if got := style.Dressed(config.Config{WeChat: c.own}, c.official)[c.role]; got != c.want {
			t.Errorf("%s: %s, want %s", c.about, got, c.want)
		}
	}
}

// TestIndent: in an official text the first lines stand two characters in, as on the
// page: not those of a salutation and of what stands apart.
func TestIndent(t *testing.T) {
	text := "各乡镇人民政府：\n{.salutation}\n\n第一段。\n\n> 引文。\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n"
	got := compose(t, "[wechat]\nindent = true\n", text).Fragment
	if strings.Count(got, "text-indent:2em") != 1 || !strings.Contains(got, `text-indent:2em">第一段`) {
		t.Error(lines(got))
	}
	if got := compose(t, "", text).Fragment; strings.Contains(got, "text-indent:2em") {
		t.Errorf("without being asked\n%s", lines(got))
	}
}

// TestBrand: the brand's colour is that of its articles, if [wechat] gives none.
func TestBrand(t *testing.T) {
	style := Style{"accent": "#1b6b6f", "deep": "#0f4b4e", "h2": "color:accent"}
	c := config.Config{Brand: config.Brand{Color: "#a61f1f"}}
	if got := style.Dressed(c, false)["h2"]; got != "color:#a61f1f" {
		t.Error(got)
	}
	c.WeChat.Color = "#114488"
	if got := style.Dressed(c, false)["h2"]; got != "color:#114488" {
		t.Error(got)
	}
}

// TestColourless: a colour for which a style has no use is reported where it was typed.
func TestColourless(t *testing.T) {
	a := compose(t, "[wechat]\ncolor = \"#1b6b6f\"\n", "字。\n")
	got := ""
	for _, d := range a.Findings {
		if d.Rule == "wechat-style" {
			got += fmt.Sprint(d.File, ":", d.Line, " ", d.Message.ZH)
		}
	}
	if want := "config.toml:2 这套样式没有主色，color 不起作用"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	with := Style{"accent": "#1b6b6f"}
	if d, wrong := with.colourless(config.Config{WeChat: config.WeChat{Color: "#1b6b6f"}}); wrong {
		t.Error(d)
	}
}
