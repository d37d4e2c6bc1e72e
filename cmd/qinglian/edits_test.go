package main

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/goccy/go-yaml"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// edit is one kind of thing that people, and machines, do to a site. A file
// that is not there any more is left alone; n makes one edit differ from the
// next of its kind.
type edit struct {
	name  string
	files func(*workshop) []string // what it may be done to; nil: it needs no file
	do    func(w *workshop, file string, n int)
}

// breaking edits are likely to have the site refused.
var breaking = regexp.MustCompile(`^(break|delete-article|rename-carelessly)`)

// edits is the alphabet of TestEqual.
var edits = []edit{
	// What a writer does to an article.
	{"prose", anywhere, func(w *workshop, file string, n int) {
		w.change(file, func(s string) string { return fmt.Sprintf("%s\n新的一段%d。\n", s, n) })
	}},
	{"first-words", anywhere, func(w *workshop, file string, n int) {
		w.body(file, func(s string) string { return fmt.Sprintf("开头%d。\n\n%s", n, s) })
	}},
	{"lengthen", dated, func(w *workshop, file string, _ int) {
		w.change(file, func(s string) string {
			return s + "\n" + strings.Repeat("这是一段足够长的正文，后面的字不会进摘要。", 12) + "\n"
		})
	}},
	{"later-words", lengthy, func(w *workshop, file string, n int) {
		w.change(file, func(s string) string { return fmt.Sprintf("%s\n后面的一段%d，%c。\n", s, n, 0x4e00+n) })
	}},
	{"heading", anywhere, func(w *workshop, file string, n int) {
		w.change(file, func(s string) string { return fmt.Sprintf("%s\n## 标题%d\n\n话。\n", s, n%3) })
	}},
	{"title", anywhere, func(w *workshop, file string, n int) { w.set(file, "标题", "title", fmt.Sprintf("新题%d", n)) }},
	{"summary", anywhere, func(w *workshop, file string, n int) {
		w.set(file, "摘要", "summary", fmt.Sprintf("新摘要%d。", n))
	}},
	{"date", dated, func(w *workshop, file string, n int) {
		w.set(file, "日期", "date", fmt.Sprintf("2026-%02d-%02d 10:00", 1+n%12, 1+n%28))
	}},
	{"other-year", dated, func(w *workshop, file string, n int) {
		w.set(file, "日期", "date", fmt.Sprintf("%d-05-01", 2024+n%3))
	}},
	{"updated", dated, func(w *workshop, file string, n int) {
		w.set(file, "更新时间", "updated", fmt.Sprintf("2026-11-%02d", 1+n%28))
	}},
	{"tags", dated, func(w *workshop, file string, n int) {
		w.setList(file, "标签", "tags", pick(n, "", "服务", "监督", "新标签"))
	}},
	{"topics", dated, func(w *workshop, file string, n int) {
		w.setList(file, "专题", "topics", pick(n, "", "回头看", "进万家"))
	}},
	{"unit", in("sites", "examples", "activities", "notices"), func(w *workshop, file string, n int) {
		w.set(file, "单位", "unit", pick(n, "", "税务局", "公证处", "新单位"))
	}},
	{"author", dated, func(w *workshop, file string, n int) { w.set(file, "作者", "author", pick(n, "", "甲", "乙")) }},
	{"own-field", in("sites"), func(w *workshop, file string, n int) { w.set(file, "品牌", "brand", pick(n, "", "青莲", "清风")) }},
	{"slug", anywhere, func(w *workshop, file string, n int) { w.set(file, "网址名", "slug", fmt.Sprintf("name-%d", n)) }},
	{"alias", anywhere, func(w *workshop, file string, n int) {
		w.setList(file, "旧网址", "aliases", pick(n, "", "old/2.html", "old/3.html"))
	}},
	{"cover", anywhere, func(w *workshop, file string, n int) {
		w.set(file, "封面", "cover", pick(n, "", "/sites/tree.svg", "/sites/tax/hall.svg"))
	}},
	{"partners", in("sites"), func(w *workshop, file string, n int) {
		w.set(file, "结对共建", "partners", pick(n, "", "/sites/tax/index.md", "/sites/village.md"))
	}},
	{"layout", anywhere, func(w *workshop, file string, n int) { w.set(file, "版式", "layout", pick(n, "", "fancy", "page")) }},
	{"state", in("rules"), func(w *workshop, file string, n int) {
		w.set(file, "状态", "state", pick(n, "现行有效", "已废止"))
	}},
	{"link", anywhere, func(w *workshop, file string, n int) {
		w.change(file, func(s string) string {
			return s + "\n也见[别处](" + pick(n, "/examples/bridge.md", "/sites/tax/index.md", "/notices/soon.md", "/examples/draft.md", "/form.txt") + ")。\n"
		})
	}},
	{"embed", anywhere, func(w *workshop, file string, n int) {
		w.change(file, func(s string) string {
			return s + "\n" + pick(n, "::card{to=/examples/bridge.md}", "::price{name=水泥}", "![图](/sites/tree.svg)", "::card{to=/notices/soon.md cover=/sites/tree.svg}", "::card{to=/terms/units/tax.md}") + "\n"
		})
	}},
	{"cite", dated, func(w *workshop, file string, n int) {
		w.change(file, func(s string) string {
			return s + "\n照[条文](/rules/powers.md#" + pick(n, "t1", "第二条", "t3") + ")。\n"
		})
	}},
	{"format", anywhere, func(w *workshop, file string, _ int) { w.convert(file) }},
	{"encoding", anywhere, func(w *workshop, file string, n int) {
		w.change(file, func(s string) string {
			switch n % 3 {
			case 0:
				return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\n", "\r\n")
			case 1:
				return "\ufeff" + strings.TrimPrefix(s, "\ufeff")
			}
			if gbk, err := simplifiedchinese.GB18030.NewEncoder().String(s); err == nil {
				return gbk
			}
			return s
		})
	}},

	// An article's life.
	{"draft", dated, func(w *workshop, file string, n int) { w.set(file, "草稿", "draft", pick(n, "true", "false")) }},
	{"un-draft", only("content/examples/draft.md"), func(w *workshop, file string, n int) { w.set(file, "草稿", "draft", pick(n, "false", "true")) }},
	{"gone", dated, func(w *workshop, file string, n int) {
		w.set(file, "已撤下", "gone", pick(n, "true", "false", "数字有误，已撤下。"))
	}},
	{"ai", anywhere, func(w *workshop, file string, n int) { w.set(file, "人工智能", "ai", pick(n, "true", "false")) }},
	{"review", anywhere, func(w *workshop, file string, n int) {
		w.set(file, "复核日期", "review", w.now.AddDate(0, 0, n%7-2).Format("2006-01-02"))
	}},
	{"original", in("notices", "lessons"), func(w *workshop, file string, n int) {
		w.set(file, "原文", "original", pick(n, "", "/rules/powers.md", "/rules/old.md"))
	}},
	{"schedule", dated, func(w *workshop, file string, n int) {
		w.set(file, "日期", "date", w.now.AddDate(0, 0, n%7-2).Format("2006-01-02 15:04"))
	}},
	{"expire", dated, func(w *workshop, file string, n int) {
		w.set(file, "下线时间", "expires", w.now.AddDate(0, 0, n%7-2).Format("2006-01-02 15:04"))
	}},
	{"now", nil, func(w *workshop, _ string, n int) { w.now = w.now.AddDate(0, 0, n%31-12) }},
	{"flags", nil, func(w *workshop, _ string, n int) {
		w.flags = [][]string{nil, {"--drafts"}, {"--future"}, {"--jobs", "1"}, {"--base-url", "https://c.example/sub/"}, {"--theme", "lotus"}}[n%6]
	}},

	// Files that come, go and move.
	{"new-article", in("examples", "notices", "news"), func(w *workshop, file string, n int) {
		name := fmt.Sprintf("%s/new-%d.md", path.Dir(file), n%5)
		w.write(name, fmt.Sprintf("---\n标题: 新文章%d\n日期: 2026-11-%02d\n来源: 本站\n标签: [服务]\n---\n见[桥](/examples/bridge.md)。\n", n, 1+n%28))
	}},
	{"delete-article", anywhere, func(w *workshop, file string, _ int) { w.broken[file] = true; w.remove(file) }},
	{"delete-index", only("content/index.md", "content/notices/index.md", "content/terms/units/index.md"), func(w *workshop, file string, _ int) { w.remove(file) }},
	{"re-create", deleted, func(w *workshop, file string, _ int) { w.write(file, w.first[file]) }},
	{"rename", articlesAlone, func(w *workshop, file string, n int) {
		w.move(file, fmt.Sprintf("%s-%d.md", strings.TrimSuffix(file, ".md"), n%3))
	}},
	{"rename-carelessly", articlesAlone, func(w *workshop, file string, n int) {
		if w.has(file) {
			w.broken[file] = true
			to := fmt.Sprintf("%s-%d.md", strings.TrimSuffix(file, ".md"), n%3)
			w.broken[to] = true
			w.check(os.Rename(w.at(file), w.at(to)))
		}
	}},
	{"move", in("notices", "news"), func(w *workshop, file string, _ int) {
		to := strings.Replace(file, "content/notices/", "content/news/", 1)
		if to == file {
			to = strings.Replace(file, "content/news/", "content/notices/", 1)
		}
		if path.Base(file) != "index.md" {
			w.move(file, to)
		}
	}},
	{"bundle", articlesAlone, func(w *workshop, file string, _ int) { w.move(file, strings.TrimSuffix(file, ".md")+"/index.md") }},
	{"static", nil, func(w *workshop, _ string, n int) {
		switch name := pick(n, "static/a.txt", "static/robots.txt", "static/form.txt", "static/sub/b.txt"); n % 3 {
		case 0, 1:
			w.write(name, fmt.Sprint(n))
		default:
			w.remove(name)
		}
	}},
	{"picture", only("content/sites/tax/hall.svg", "content/sites/tree.svg", "content/terms/topics/back.svg"), func(w *workshop, file string, n int) {
		w.write(file, fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="30"><path d="M0 0h4v3z"/></svg>`, 10+n%40))
	}},
	{"photo", anywhere, func(w *workshop, file string, n int) {
		w.write("content/sites/photo.jpg", photo(n))
		if n%2 == 0 {
			w.set(file, "封面", "cover", "/sites/photo.jpg")
			return
		}
		w.append(file, "\n![照片](/sites/photo.jpg)\n")
	}},
	{"replace-photo", only("content/sites/photo.jpg"), func(w *workshop, file string, n int) {
		w.change(file, func(string) string { return photo(n) })
	}},
	{"focus", anywhere, func(w *workshop, file string, n int) {
		w.change(file, func(s string) string {
			return strings.NewReplacer(`封面: "/sites/photo.jpg"`, fmt.Sprintf(`封面: {src: "/sites/photo.jpg", focus: [0.%d, 0.5]}`, n%10)).Replace(s)
		})
	}},
	{"term-text", nil, func(w *workshop, _ string, n int) {
		name := "content/terms/tags/service.md"
		if n%3 == 0 {
			w.remove(name)
			return
		}
		w.write(name, fmt.Sprintf("---\n标题: 服务\n摘要: 摘要%d\n---\n服务的话%d。\n", n, n))
	}},
	{"archived", only("content/terms/topics/back.md"), func(w *workshop, file string, n int) { w.set(file, "已结束", "archived", pick(n, "false", "true")) }},
	{"clause", only("content/rules/powers.md"), func(w *workshop, file string, n int) {
		w.change(file, func(s string) string {
			return regexp.MustCompile(`第三条　.*`).ReplaceAllString(s, fmt.Sprintf("第三条　改了%d。", n))
		})
	}},

	// What pages show of others, and of the settings of kinds.
	{"named", only("content/terms/units/tax.md"), func(w *workshop, file string, n int) {
		w.set(file, "见", "named", pick(n, "/lessons/film.md", "/examples/bridge.md", "/notices/soon.md", ""))
	}},
	{"sized", only("content/notices/list/a.csv", "content/notices/list/b.txt"), func(w *workshop, file string, n int) {
		w.write(file, strings.Repeat("甲乙丙\n", 1+n%500))
	}},
	{"kind", nil, func(w *workshop, _ string, n int) { w.reform(n) }},

	// What is behind the articles.
	{"config", nil, func(w *workshop, _ string, n int) { w.configure(n) }},
	{"partial", nil, func(w *workshop, _ string, n int) {
		w.append(pick(n, "themes/plain/partials/card.html", "themes/plain/partials/footer.html", "themes/plain/partials/term.html"), fmt.Sprintf("<i>%d</i>", n))
	}},
	{"template", nil, func(w *workshop, _ string, n int) {
		name := pick(n, "layouts/section.html", "layouts/notice.html", "layouts/topics.html", "layouts/fancy.html")
		w.write(name, fmt.Sprintf(`{{define "main"}}<h1>%d{{.Title}}</h1>{{.Prose}}{{with .List}}{{range .Cards}}{{template "card" .}}{{end}}{{end}}{{end}}`, n))
	}},
	{"template-gone", nil, func(w *workshop, _ string, n int) {
		w.remove(pick(n, "layouts/section.html", "layouts/notice.html", "layouts/topics.html"))
	}},
	{"directive", nil, func(w *workshop, _ string, n int) {
		w.append("themes/plain/directives/"+pick(n, "price", "card", "callout", "quote")+".html", fmt.Sprintf("<i>%d</i>", n))
	}},
	{"needs", nil, func(w *workshop, _ string, n int) {
		w.change("themes/plain/theme.toml", func(s string) string {
			return regexp.MustCompile(`count = \d+`).ReplaceAllString(s, fmt.Sprintf("count = %d", 1+n%4))
		})
	}},
	{"asset", nil, func(w *workshop, _ string, n int) {
		w.write("themes/plain/assets/plain.css", fmt.Sprintf("body { width: %dpx; }\n", n))
	}},
	{"data", nil, func(w *workshop, _ string, n int) {
		switch n % 4 {
		case 0:
			w.write("data/honours.toml", fmt.Sprintf("[[honours]]\nyear = %d\ntitle = \"星\"\nname = \"税务局\"\n", n))
		case 1:
			w.remove("data/honours.toml")
		default:
			w.write("data/prices.csv", fmt.Sprintf("name,price\n水泥,%d\n", n))
		}
	}},

	// Nothing that matters.
	{"touch", everything, func(w *workshop, file string, n int) {
		if w.has(file) {
			then := time.Now().Add(-time.Duration(n) * time.Second)
			w.check(os.Chtimes(w.at(file), then, then))
		}
	}},
	{"same-size", everything, func(w *workshop, file string, n int) { w.sameSize(file, n) }},

	// What breaks a site.
	{"break-link", anywhere, func(w *workshop, file string, n int) {
		w.spoil(file, fmt.Sprintf("\n见[别处](/examples/missing-%d.md)。\n", n%3))
	}},
	{"break-picture", anywhere, func(w *workshop, file string, n int) {
		w.spoil(file, fmt.Sprintf("\n![图](/examples/missing-%d.svg)\n", n%3))
	}},
	{"break-anchor", anywhere, func(w *workshop, file string, n int) { w.spoil(file, "\n见[条](/rules/powers.md#第九条)。\n") }},
	{"break-directive", anywhere, func(w *workshop, file string, n int) {
		w.spoil(file, pick(n, "\n:::callot\n错\n:::\n", "\n::card{to=/nothing.md}\n", "\n::price{nam=水泥}\n"))
	}},
	{"break-front", anywhere, func(w *workshop, file string, n int) {
		w.broken[file] = true
		w.set(file, "日期", "date", pick(n, "昨天", "2026-13-01"))
	}},
	{"break-clause", only("content/rules/powers.md"), func(w *workshop, file string, _ int) {
		w.broken[file] = true
		w.change(file, func(s string) string { return strings.Replace(s, "第二条　", "第四条　", 1) })
	}},
	{"break-slug", anywhere, func(w *workshop, file string, n int) {
		w.broken[file] = true
		w.set(file, "网址名", "slug", "bridge")
	}},
	{"break-config", nil, func(w *workshop, _ string, n int) {
		w.broken["config.toml"] = true
		w.append("config.toml", pick(n, "\n[sections.more]\nkind = \"notise\"\n", "\n[[menu]]\ntitle = \"无\"\nto = \"nothing.md\"\n", "\n[footer\n", "\ntitel = \"x\"\n"))
	}},
	{"break-template", nil, func(w *workshop, _ string, n int) {
		w.broken["layouts/section.html"] = true
		w.write("layouts/section.html", pick(n, `{{define "main"}}{{.Titel}}{{end}}`, `{{define "main"}}{{if}}{{end}}`, `{{define "main"}}{{(index .List.Cards 20).Title}}{{end}}`))
	}},
	{"break-data", nil, func(w *workshop, _ string, n int) {
		w.broken["data/honours.toml"] = true
		w.write("data/honours.toml", "[[honours]]\nyear = 二〇二六\n")
	}},
	{"break-svg", nil, func(w *workshop, _ string, n int) {
		w.broken["content/sites/tree.svg"] = true
		w.write("content/sites/tree.svg", `<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`)
	}},
	{"break-address", nil, func(w *workshop, _ string, n int) {
		name := pick(n, "static/examples/bridge.html", "static/notices.html/x.txt", "static/rules") // none within another
		w.broken[name] = true
		w.write(name, "在别人的网址上")
	}},
	{"create-missing", nil, func(w *workshop, _ string, n int) {
		name := fmt.Sprintf("content/examples/missing-%d", n%3)
		if n%2 == 0 {
			w.write(name+".svg", w.first["content/sites/tree.svg"])
			return
		}
		w.write(name+".md", "---\n标题: 原来没有的\n日期: 2026-05-09\n来源: 本站\n---\n现在有了。\n")
	}},
	{"mend", nil, func(w *workshop, _ string, _ int) {
		for name := range w.broken {
			w.restore(name)
		}
		clear(w.broken)
	}},
	{"start-over", nil, func(w *workshop, _ string, _ int) { w.restoreAll() }},

	// What happens to the output, the cache and the machine.
	{"alter-output", outputFiles, func(w *workshop, file string, n int) {
		w.change(file, func(s string) string { return pick(n, "", s+"改", s[:len(s)/2]) })
	}},
	{"delete-output", outputFiles, func(w *workshop, file string, _ int) { w.remove(file) }},
	{"delete-all-output", nil, func(w *workshop, _ string, _ int) { w.remove("public") }},
	{"foreign-file", nil, func(w *workshop, _ string, n int) { w.write("public/"+foreignFile, fmt.Sprint(n)) }},
	{"spoil-cache", cached, func(w *workshop, file string, n int) {
		w.change(file, func(s string) string {
			if s == "" {
				return "x"
			}
			b := []byte(s)
			switch at := n * 7919 % len(b); n % 4 {
			case 0:
				return s[:at]
			case 1:
				return s + s
			case 2:
				return strings.Repeat("\x00", len(s))
			default:
				b[at] ^= 1 << (n % 8)
				return string(b)
			}
		})
	}},
	{"delete-cache", nil, func(w *workshop, _ string, _ int) { w.remove(own) }},
	{"refused-build", anywhere, func(w *workshop, file string, n int) {
		if before := w.read(file); before != "" {
			w.append(file, pick(n, "\n见[别处](/nowhere.md)。\n", "\n:::callot\n"))
			w.build() // published, if the article is not public
			w.write(file, before)
		}
	}},
	{"failed-build", nil, func(w *workshop, _ string, _ int) {
		if m := w.build("--output", w.at("config.toml")); m.status == exitDone {
			w.Error("a site was published into a file")
		}
	}},
	{"kill", nil, func(w *workshop, _ string, n int) { w.kill(time.Duration(n) * 200 * time.Microsecond) }},
}

// photo is one of many photographs. Some are of one size, some only once they
// are cut for a cover; some have fewer variants than others.
func photo(n int) string {
	sizes := []image.Point{{600, 400}, {600, 480}, {600, 400}, {900, 560}, {300, 200}, {400, 600}, {600, 500}}
	m := image.NewGray(image.Rectangle{Max: sizes[n%len(sizes)]})
	for i := range m.Pix {
		m.Pix[i] = uint8(n + i%m.Stride/8)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		panic(err) // memory does not fail
	}
	return b.String()
}

// foreignFile is a file in the output that qinglian did not write.
const foreignFile = "mine.txt"

// The files that edits are done to.

func anywhere(w *workshop) []string { return w.articles() }

func in(sections ...string) func(*workshop) []string {
	return func(w *workshop) []string { return w.articles(sections...) }
}

func only(names ...string) func(*workshop) []string {
	return func(*workshop) []string { return names }
}

// dated are the articles that have a date and a source.
func dated(w *workshop) []string {
	return slices.DeleteFunc(w.articles(), func(name string) bool {
		return path.Base(name) == "index.md" && strings.Count(name, "/") == 2 || strings.HasPrefix(name, "content/terms/") || strings.Count(name, "/") == 1
	})
}

// lengthy are articles of which no other page shows the end.
func lengthy(w *workshop) []string {
	return slices.DeleteFunc(w.articles(), func(name string) bool { return len(w.read(name)) < 1000 })
}

// articlesAlone are the articles that have no folder of their own.
func articlesAlone(w *workshop) []string {
	return slices.DeleteFunc(w.articles(), func(name string) bool { return path.Base(name) == "index.md" })
}

func everything(w *workshop) []string { return w.sources() }
func outputFiles(w *workshop) []string {
	return slices.DeleteFunc(w.list("public"), func(name string) bool {
		return path.Base(name) == foreignFile || strings.HasPrefix(path.Base(name), ".qinglian")
	})
}

func deleted(w *workshop) []string {
	var names []string
	for name := range w.first {
		if !w.has(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func cached(w *workshop) []string {
	entries, _ := os.ReadDir(w.at(own))
	var names []string
	for _, e := range entries {
		if e.Type().IsRegular() && e.Name() != "lock" && e.Name() != ".gitignore" {
			names = append(names, own+"/"+e.Name())
		}
	}
	return names
}

// pick is one of some values.
func pick(n int, values ...string) string { return values[n%len(values)] }

func (w *workshop) append(name, text string) {
	w.change(name, func(s string) string { return s + text })
}

// spoil adds to an article what has it refused.
func (w *workshop) spoil(name, text string) {
	w.broken[name] = true
	w.append(name, text)
}

// restore makes a file what it was at first.
func (w *workshop) restore(name string) {
	w.Helper()
	text, ok := w.first[name]
	switch {
	case !ok:
		w.remove(name)
	case !w.has(name) || w.read(name) != text:
		// A file may stand where its folder was, and the other way round.
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if info, err := os.Stat(w.at(dir)); err == nil && !info.IsDir() {
				w.remove(dir)
			}
		}
		if info, err := os.Stat(w.at(name)); err == nil && info.IsDir() {
			w.remove(name)
		}
		w.write(name, text)
	}
}

// restoreAll makes the site what it was at first.
func (w *workshop) restoreAll() {
	w.Helper()
	for _, name := range w.sources() {
		w.restore(name)
	}
	for name := range w.first {
		w.restore(name)
	}
	clear(w.broken)
}

// move moves an article, and the links to it with it.
func (w *workshop) move(from, to string) {
	if !w.has(from) || w.has(to) || w.has(strings.TrimSuffix(from, ".md")) && path.Base(to) == "index.md" {
		return
	}
	w.write(to, w.read(from))
	w.remove(from)
	link := strings.NewReplacer(strings.TrimPrefix(from, "content"), strings.TrimPrefix(to, "content"))
	for _, name := range append(w.articles(), "config.toml") {
		if text := w.read(name); link.Replace(text) != text {
			w.write(name, link.Replace(text))
		}
	}
}

// body changes what stands below the front matter.
func (w *workshop) body(name string, change func(string) string) {
	w.change(name, func(s string) string {
		head, body, ok := cutFront(s)
		if !ok {
			return s
		}
		return head + change(body)
	})
}

// cutFront cuts an article behind its front matter.
func cutFront(s string) (head, body string, ok bool) {
	if len(s) < 4 || s[:4] != "---\n" && s[:4] != "+++\n" {
		return "", s, false
	}
	at := strings.Index(s[4:], "\n"+s[:4])
	if at < 0 {
		return "", s, false
	}
	at += 4 + 1 + 4
	return s[:at], s[at:], true
}

// set sets a line of an article's front matter; "" takes it out.
func (w *workshop) set(name, yamlKey, tomlKey, value string) {
	switch value {
	case "":
		w.setting(name, yamlKey, tomlKey, "", "")
	case "true", "false":
		w.setting(name, yamlKey, tomlKey, value, value)
	default:
		w.setting(name, yamlKey, tomlKey, value, `"`+value+`"`)
	}
}

// setList is set for a list of one value.
func (w *workshop) setList(name, yamlKey, tomlKey, value string) {
	if value == "" {
		w.setting(name, yamlKey, tomlKey, "", "")
		return
	}
	w.setting(name, yamlKey, tomlKey, "["+value+"]", `["`+value+`"]`)
}

func (w *workshop) setting(name, yamlKey, tomlKey, inYAML, inTOML string) {
	w.change(name, func(s string) string {
		if _, _, ok := cutFront(s); !ok {
			return s
		}
		lines := strings.SplitAfter(s, "\n")
		fence := lines[0]
		end := 1 + slices.Index(lines[1:], fence)
		lines = append(lines[:0:0], lines...)
		head := slices.DeleteFunc(slices.Clone(lines[1:end]), func(l string) bool {
			key, _, _ := strings.Cut(l, " ")
			key = strings.Trim(strings.TrimSuffix(key, ":"), `"`)
			return key == yamlKey || key == tomlKey
		})
		line := ""
		switch {
		case inYAML == "":
		case fence == "+++\n":
			line = tomlKey + " = " + inTOML + "\n"
		default:
			line = yamlKey + ": " + inYAML + "\n"
		}
		return fence + line + strings.Join(head, "") + strings.Join(lines[end:], "")
	})
}

// convert turns TOML front matter into YAML, and the other way round.
func (w *workshop) convert(name string) {
	w.change(name, func(s string) string {
		head, body, ok := cutFront(s)
		if !ok {
			return s
		}
		inner := head[4 : len(head)-4]
		var table map[string]any
		var out bytes.Buffer
		if head[0] == '+' {
			if toml.Unmarshal([]byte(inner), &table) != nil {
				return s
			}
			b, err := yaml.Marshal(table)
			w.check(err)
			return "---\n" + string(b) + "---\n" + body
		}
		if yaml.Unmarshal([]byte(inner), &table) != nil || toml.NewEncoder(&out).Encode(table) != nil {
			return s
		}
		return "+++\n" + out.String() + "+++\n" + body
	})
}

// sameSize changes a character of a file into another of its size, and hides
// it as well as a program can: the time of modification is what it was.
func (w *workshop) sameSize(name string, n int) {
	if !w.has(name) || path.Ext(name) == ".jpg" { // which it would break
		return
	}
	info, err := os.Stat(w.at(name))
	w.check(err)
	w.change(name, func(s string) string {
		return strings.NewReplacer("一", pick(n, "二", "三"), "二", "一", "三", "一", "px", "em", "1", pick(n, "2", "3")).Replace(s)
	})
	w.check(os.Chtimes(w.at(name), info.ModTime(), info.ModTime()))
}

// configure changes one setting.
func (w *workshop) configure(n int) {
	changes := [][2]string{
		{`(?m)^title       = .*`, fmt.Sprintf(`title       = "新站%d"`, n)},
		{`(?m)^description = "一个.*`, fmt.Sprintf(`description = "一个新站%d"`, n)},
		{`(?m)^base_url .*`, pick(n/20, `base_url    = "https://b.example/x/"`, `base_url    = "https://a.example/"`, `base_url    = ""`)},
		{`(?m)^theme .*`, pick(n/20, `theme       = "lotus"`, `theme       = "plain"`)},
		{`(?m)^contact .*`, fmt.Sprintf(`contact   = "0999-555-%04d"`, n)},
		{`(?m)^section = .*`, pick(n/20, `section = "examples"`, `section = "notices"`)},
		{`(?m)^to = "about.md"`, pick(n/20, `to = "fancy.md"`, `to = "about.md"`)},
		{`(?m)^title = "案例"`, fmt.Sprintf(`title = "案例%d"`, n)},
		{`(?m)^order = 2$`, fmt.Sprintf(`order = %d`, n%9)},
		{`(?m)^keywords = .*`, fmt.Sprintf(`keywords = ["动态", "%d"]`, n)},
		{`(?m)^type  = .*`, fmt.Sprintf(`type  = "动态%d"`, n)},
		{`(?m)^label = "地点"`, fmt.Sprintf(`label = "地点%d"`, n)},
		{`(?m)^"公证处" = .*`, fmt.Sprintf(`"公证处" = "notary-%d"`, n%5)},
		{`(?m)^weight = 3`, pick(n/20, "weight = 0", "weight = 3", "weight = 9")},
		{`(?m)^field = "unit"`, pick(n/20, `field = "region"`, `field = "unit"`)},
		{`(?m)^title = "归档"`, fmt.Sprintf(`title = "归档%d"`, n)},
		{`(?m)^kind  = "example"`, `kind  = "material"`},
		{`(?m)^description = "走进.*`, fmt.Sprintf(`description = "走进%d"`, n)},
		{`(?m)^id_code .*`, fmt.Sprintf(`id_code     = "bm%08d"`, n)},
		{`(?m)^kind = "(iis|apache|pages)"$`, pick(n/20, `kind = "apache"`, `kind = "iis"`, `kind = "pages"`)},
		{`(?m)^organizer = .*`, fmt.Sprintf(`organizer = "清廉办%d"`, n)},
	}
	c := changes[n%len(changes)]
	w.change("config.toml", func(s string) string { return regexp.MustCompile(c[0]).ReplaceAllString(s, c[1]) })
	if strings.Contains(c[1], "material") {
		w.broken["config.toml"] = true
	}
}

// reform changes what config.toml says of a kind: a field, a column, a choice or a
// label comes, goes, is renamed or moved.
func (w *workshop) reform(n int) {
	const name, count, per = `{ key = "name", label = "名称", type = "text" }`, `{ key = "count", label = "数量", type = "text" }`, `{ key = "per", label = "单位", type = "text" }`
	changes := [][2]string{
		{`(?m)^columns = .*`, `columns = [` + pick(n/10, name+", "+count, count+", "+name, name+", "+count+", "+per, name+", "+per+", "+count, name) + `]`},
		{`(\{ key = "count", label = )"[^"]*"`, fmt.Sprintf(`${1}"数量%d"`, n)},
		{`(\{ key = "name", label = )"[^"]*"`, fmt.Sprintf(`${1}"名称%d"`, n)},
		{`(?m)^choices = .*`, pick(n/10, `choices = ["晴", "雨"]`, `choices = ["雨", "晴"]`, `choices = ["阴", "晴", "雨"]`)},
		{`(?m)^label = "天气.*"`, fmt.Sprintf(`label = "天气%d"`, n)},
		{`(?m)^label = "行程.*"`, fmt.Sprintf(`label = "行程%d"`, n)},
		{`(?m)^label = "走访.*"`, fmt.Sprintf(`label = "走访%d"`, n)},
		{`(label = "见)[^"]*"`, fmt.Sprintf(`${1}%d"`, n)},
		{`(label = "表格)[^"]*"`, fmt.Sprintf(`${1}%d"`, n)},
		{`(?m)^type = "(table|text)"$`, `type = "$1"` + pick(n/10, "", "\nhelp = \"写清楚\"")},
	}
	c := changes[n%len(changes)]
	w.change("config.toml", func(s string) string {
		if strings.Contains(c[1], "help") && strings.Contains(s, "help =") {
			return s
		}
		return regexp.MustCompile(c[0]).ReplaceAllString(s, c[1])
	})
}

// kill starts a build and kills it after a while.
func (w *workshop) kill(after time.Duration) {
	c := w.command()
	w.check(c.Start())
	timer := time.AfterFunc(after, func() { c.Process.Kill() }) //nolint:errcheck // it may have ended
	defer timer.Stop()
	if err := c.Wait(); err != nil {
		if _, ended := err.(*exec.ExitError); !ended {
			w.Fatal(err)
		}
	}
}
