package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"qinglian/internal/build"
	"qinglian/internal/channel/wechat"
	"qinglian/internal/site"
	"qinglian/internal/snapshot"
)

// TestWeChatOfPages: what can be read in the article of each page of the sample site,
// in each of the themes, can be read in what is made of it for WeChat. What wechat's
// TestWhole asks of the views that pages are made of, this asks of the pages.
func TestWeChatOfPages(t *testing.T) {
	for _, theme := range []string{"lotus", "plain"} {
		_, snap := sampleSnapshot(t, theme)
		kinds := map[string]bool{}
		for _, page := range snap.Site.Pages {
			if !page.Index {
				kinds[page.Card.Kind] = true
				sameStory(t, theme, snap, page)
			}
		}
		for kind := range snap.Site.Config.Kinds {
			if kind != "term" && !kinds[kind] {
				t.Errorf("the sample site has no article of the kind %s", kind)
			}
		}
	}
}

func sameStory(t *testing.T, theme string, snap snapshot.Snapshot, page *site.Page) {
	t.Helper()
	a, err := wechat.Of(snap.Site, page, snap.Theme.File)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(snap.Outputs, func(o build.Output) bool { return o.Path == page.Path })
	var b bytes.Buffer
	if err := snap.Outputs[i].Render(&b); err != nil {
		t.Fatal(err)
	}
	story := strings.Join(readable(t, a.Fragment, "body"), "")
	read := readable(t, b.String(), "article")
	if len(read) < 5 {
		t.Errorf("%s, %s: there is hardly anything to read: %v", theme, page.Path, read)
	}
	others := aboutOthers(page)
	for _, text := range read {
		if !strings.Contains(story, text) && !slices.Contains(others, text) {
			t.Errorf("%s, %s: %s is not in the article for WeChat", theme, page.Path, text)
		}
	}
}

// aboutOthers is what a page says of the articles around it.
func aboutOthers(p *site.Page) (texts []string) {
	all := append([]*site.Page{p.Newer, p.Older}, p.Related...)
	for _, c := range p.Citations {
		all = append(all, c.From)
	}
	for _, other := range all {
		if other != nil {
			texts = append(texts, closed(other.Card.Title), closed(other.Card.Summary))
		}
	}
	return texts
}

// closed is a text without what themes set apart by.
func closed(text string) string {
	return strings.NewReplacer("（", "", "）", "", "，", "").Replace(strings.Join(strings.Fields(text), ""))
}

// Of an article's page these say nothing of the article that WeChat's has not in another
// way, or they are on its list of what is left out: elements, classes, and texts.
var (
	framing   = []string{"script", "svg", "nav", "time", "h1", "video", "audio"}
	otherwise = []string{"article-foot", "share", "onward", "cited", "about", "byline", "editor", "glance", "jump"}
	worded    = []string{
		"示范点档案", "基本信息", "去看看", "打电话", "在高德地图里找", "这家单位的示范点命名已经撤销。", // lotus, of what stands in the box
		"指标", "名称", "数值", "计量单位", "数据来源", "年度", "星数", "说明", "站点", "去处", "时间", "内容", // columns that are no table
		"eight-steps.svg", "SVG", "pond.mp4", "MP4", "改之前/改之后", // what is seen, or played, or two titles
		"标签：", "相关文章", "上一篇：", "下一篇：", "在公众号里看这一篇", "↩︎", "引用",
	}
)

// readable is the texts inside of an element, put together.
func readable(t *testing.T, page, inside string) (texts []string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(strings.ReplaceAll(page, "<wbr>", ""))) // a title in one piece
	if err != nil {
		t.Fatal(err)
	}
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		if n.Data == inside && n.Type == html.ElementNode {
			depth++
		}
		if depth > 1 || slices.Contains(framing, n.Data) || slices.ContainsFunc(n.Attr, isOtherwise) {
			return // an article in it is a card
		}
		text := closed(n.Data)
		if depth > 0 && n.Type == html.TextNode && text != "" && !slices.Contains(worded, text) {
			texts = append(texts, text)
		}
		for c := range n.ChildNodes() {
			walk(c, depth)
		}
	}
	walk(root, 0)
	return texts
}

func isOtherwise(a html.Attribute) bool {
	classed := func(class string) bool { return slices.Contains(otherwise, class) }
	return a.Key == "class" && slices.ContainsFunc(strings.Fields(a.Val), classed)
}
