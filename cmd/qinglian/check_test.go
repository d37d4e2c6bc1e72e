package main

import (
	"strings"
	"testing"
)

// TestPreviewChecks: what checking finds in an article stands in the bar of its page and
// beside it for WeChat, changes with the text, and keeps nothing from being shown. With
// the gate it is an error as a build says it.
func TestPreviewChecks(t *testing.T) {
	w := newWorkshop(t)
	const name, address = "content/notices/checked.md", "notices/checked.html"
	article := func(text string) string {
		return "---\n标题: 名单\n日期: 2024-05-01\n来源: 县民政局\nslug: checked\n---\n" + text + "\n"
	}
	w.write(name, article("张三 11010119900307002X"))
	p := w.serve()
	p.shows(address, "11010119900307002X")
	for _, page := range []string{address, ".preview/wechat?page=" + address} {
		if body := p.get(page).body; !strings.Contains(body, "这是一个身份证号码 [id-number]") {
			p.Errorf("%s does not say what was found", page)
		}
	}
	slip := p.get(".preview/slip?page=" + address).body
	if !strings.Contains(slip, "信息发布审核单") || !strings.Contains(slip, "错误，第 7 行：这是一个身份证号码") {
		p.Errorf("the slip is\n%s", slip)
	}
	p.write(name, article(`张三 11\*\*\*02X`))
	p.shows(address, "11***02X")
	if strings.Contains(p.get(address).body, "[id-number]") {
		p.Error("what was mended is still said")
	}
	p.write("config.toml", p.read("config.toml")+"\n[check]\ngate = \"error\"\n")
	p.write(name, article("李四 11010119900307002X"))
	p.complains(address, "id-number")
}
