package wechat

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"qinglian/internal/config"
	"qinglian/internal/site"
)

// TestEffect: an article says first whether a regulation is to be followed, and leads to
// the one that is.
func TestEffect(t *testing.T) {
	const head = "---\n标题: %s\n日期: 2025-01-01\n来源: 本站\n"
	const rule = head + "发文字号: 一\n发布机关: 县\n发布日期: 2025-01-01\n施行日期: 2025-01-01\n状态: %s\n"
	for _, c := range []struct{ state, by, want string }{
		{"已废止", "", "这份文件已经废止，不再执行。\n"},
		{"已废止", "取代", "这份文件已经废止，不再执行。\n\n取代它的文件：新办法[1]\n"},
		{"已修订", "取代", "这份文件已经修订，这里是修订前的文本。\n\n修订后的文件：新办法[1]\n"},
		{"征求意见", "取代", "取代它的文件：新办法[1]\n"},
		{"现行有效", "原文", "解读：新办法[1]\n"},
		{"现行有效", "", "发文字号"},
	} {
		in, next := "regulations", fmt.Sprintf(rule, "新办法", "现行有效")
		if c.by == "原文" {
			in, next = "notices", fmt.Sprintf(head, "新办法")
		}
		if c.by != "" {
			next += c.by + ": ../regulations/old.md\n"
		}
		s := linked(t, map[string]string{
			config.File:                  address + "[sections.notices]\nkind = \"notice\"\n[sections.regulations]\nkind = \"regulation\"\n",
			"content/" + in + "/new.md":  next + "---\n新的话。\n",
			"content/regulations/old.md": fmt.Sprintf(rule, "旧办法", c.state) + "---\n正文的话。\n",
		})
		i := slices.IndexFunc(s.Pages, func(p *site.Page) bool { return p.Card.Title == "旧办法" })
		a, err := Compose(s, s.Pages[i], plain())
		if err != nil {
			t.Fatal(err)
		}
		if said := strings.TrimLeft(textOf(a.Fragment), "\n"); !strings.HasPrefix(said, c.want) {
			t.Errorf("%s, %s: %q does not begin with %q", c.state, c.by, said, c.want)
		}
	}
}
