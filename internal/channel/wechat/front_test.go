package wechat

import (
	"cmp"
	"fmt"
	"html"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"

	"qinglian/internal/config"
	"qinglian/internal/display"
	"qinglian/internal/site"
	"qinglian/internal/view"
	"qinglian/themes"
)

// unseen are the fields of views that readers don't see as they are, or not on the
// page of an article: what of a page is left out though they see it is in LeftOut.
var unseen = map[string]string{
	"Article.Kind": "chooses the layout", "Article.Prose": "the text itself, of which TestCases is",
	"Field.Key": "for templates", "Field.Type": "for templates", "Field.Number": "is in Text", "Field.Date": "is in Text",
	"Field.Text": "is Values joined", "Field.Newest": "is one of Rows", "Field.Heads": "are the labels of the cells",
	"Article.Headline": "is Title",
	"Link.URL":         "where it leads", "Mention.URL": "where it leads", "Mention.Key": "chooses the label", "Mention.Kind": "for templates", "Link.Tel": "is in Title", "Link.Current": "of menus", "Link.Outside": "of menus",
	"Picture.SrcSet": "smaller files", "Picture.Width": "of the file", "Picture.Height": "of the file",
	"Page.Class": "chooses the layout", "Page.Head": "for programs", "Page.Kind": "chooses the layout", "Page.Prose": "of a list's introduction",
	"Page.List": "of lists", "Page.Term": "of terms", "Page.Groups": "of the home page", "Page.Taxonomies": "of lists", "Page.Singles": "of the map",
	"Page.Also": "of sections", "Page.AI": "of a list's introduction", "Article.Withdrawn": "has no article for WeChat", "Page.Lists": "of lists", "Page.Counts": "of lists", "Page.Data": "of a theme's own",
}

// everyKind is a site with an article of each kind, in a section of its own, that
// fills in all fields. One kind more has a field of each type.
func everyKind(t *testing.T) *site.Site {
	t.Helper()
	settings := address + "[kinds.every]\nlabel = \"每种\"\nfields = [\n"
	for i, of := range config.Types {
		settings += fmt.Sprintf("{ key = \"t%d\", label = \"项%d\", type = %q%s },\n", i, i, of, map[config.Type]string{
			config.TypeChoice: `, choices = ["甲"]`, config.TypeTable: `, columns = [{ key = "a", label = "列", type = "text" }, { key = "b", label = "行", type = "number" }]`,
		}[of])
	}
	settings += "]\n"
	c, problems := config.Parse([]byte(settings))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	files := map[string]string{}
	for name, kind := range c.Kinds {
		settings += fmt.Sprintf("[sections.%s]\nkind = %q\n", name, name)
		text := "---\n"
		for _, f := range kind.Fields {
			switch f.Key {
			case "draft", "gone", "expires", "review", "outline", "enter", "signature", "layout", "slug", "aliases": // how it is read, and where it is
			default:
				text += f.Key + ": " + typedFor(f) + "\n"
			}
		}
		files["content/"+name+"/a.md"] = text + "---\n正文的话。\n"
	}
	files[config.File] = settings + "[sections.examples]\n"
	files["content/examples/other.md"] = "---\n标题: 别的一篇\n日期: 2024-01-01\n来源: 本站\n---\n话。\n"
	return linked(t, files)
}

// typedFor is a value that a field can have, which stands nowhere else if that can be.
func typedFor(f config.Field) string {
	switch f.Type {
	case config.TypeText, config.TypeLong:
		return "话 " + f.Key + " <&>"
	case config.TypeDate:
		return fmt.Sprintf("2025-0%d-1%d", len(f.Key)%9+1, len(f.Label)%9+1)
	case config.TypeNumber:
		return "4"
	case config.TypeSwitch:
		return "true"
	case config.TypeChoice:
		return f.Choices[0]
	case config.TypeList:
		if len(f.Choices) > 0 {
			return "[" + f.Choices[0] + "]"
		}
		return "[一 " + f.Key + ", 二 " + f.Key + "]"
	case config.TypeURL:
		return "https://mp.weixin.qq.com/s/" + f.Key
	case config.TypeTelephone:
		return "0999-555-0100"
	case config.TypeImage:
		return "../examples/" + map[bool]string{true: "hall.jpg", false: "drawing.svg"}[f.Key == "cover"]
	case config.TypeFile:
		return "../examples/" + cmp.Or(map[string]string{"video": "film.mp4", "audio": "sound.mp3"}[f.Key], "list.csv")
	case config.TypeReference:
		return "../examples/other.md"
	case config.TypeTable:
		var cells []string
		for _, column := range f.Columns {
			cells = append(cells, column.Key+": "+typedFor(column))
		}
		return "[{" + strings.Join(cells, ", ") + "}]"
	case config.TypeExtra:
		return "{旧编号: \"0123\"}"
	}
	return ""
}

// TestWhole: whatever the page of an article shows, of each kind, is in what is made of
// it for WeChat, in each style of each theme, or on the list of what is left out. A
// field that is added to a kind, or to a view, is one of these before this passes.
func TestWhole(t *testing.T) {
	s := everyKind(t)
	if len(s.Pages) != len(s.Config.Kinds)+1 {
		t.Errorf("%d articles for %d kinds", len(s.Pages), len(s.Config.Kinds))
	}
	checklist := newChecklist()
	for _, p := range s.Pages {
		shown := pageView(s, p)
		for name, style := range everyStyle(t) {
			a, err := Compose(s, p, style)
			if err != nil {
				t.Fatal(err)
			}
			for _, missed := range checklist.missed(a, "", reflect.ValueOf(shown)) {
				t.Errorf("%s, %s: %s", p.Path, name, missed)
			}
			if found := Check(a.Fragment); len(found) > 0 {
				t.Errorf("%s, %s: %v", p.Path, name, found)
			}
		}
	}
	for field := range checklist.wanted {
		if !checklist.met[field] {
			t.Errorf("no article shows %s: leave it out on purpose, or fill it in here", field)
		}
	}
	for field := range checklist.left {
		if !checklist.there[field] {
			t.Errorf("there is no %s to be left out", field)
		}
	}
}

// TestCutShort: the test of the whole sees when something is missing.
func TestCutShort(t *testing.T) {
	s := everyKind(t)
	i := slices.IndexFunc(s.Pages, func(p *site.Page) bool { return p.Card.Kind == "route" })
	a, err := Compose(s, s.Pages[i], plain())
	if err != nil {
		t.Fatal(err)
	}
	shown := reflect.ValueOf(pageView(s, s.Pages[i]))
	for _, part := range []string{"别的一篇", "话 look &lt;&amp;&gt;", "话 author", "适合", "0999-555-0100", "二 tags"} {
		cut := a
		if cut.Fragment = strings.ReplaceAll(a.Fragment, part, ""); len(newChecklist().missed(cut, "", shown)) == 0 {
			t.Errorf("%s is not missed", part)
		}
	}
	if a.Pictures = nil; len(newChecklist().missed(a, "", shown)) == 0 {
		t.Error("the cover is not missed")
	}
}

// pageView is what the page of an article shows of it.
func pageView(s *site.Site, p *site.Page) view.Page {
	d, sink, v := display.New(s, display.Form{}), display.Through(""), view.Article{}
	d.Article(sink, &v, p)
	d.ArticleCover(sink, &v, p)
	d.ArticleTerms(sink, &v, p)
	d.NamedBy(sink, &v, p)
	v.NamedBy = slices.DeleteFunc(v.NamedBy, func(m view.Mention) bool { return m.Key != "replaces" && m.Key != "original" })
	v.AI = p.AI()
	for i := range v.Fields {
		unlabelled(&v.Fields[i])
	}
	return view.Page{Article: &v}
}

// unlabelled takes out of a view what the form of a field stands for, here as on the
// page: what a table and its columns are called that is not written as one, the name,
// kind and size of a file that is played, or of a picture.
func unlabelled(f *view.Field) {
	if f.Type == string(config.TypeImage) || recorded[f.Key] != "" {
		f.Values = nil
		for i := range f.Links {
			f.Links[i].Title, f.Links[i].Kind, f.Links[i].Size = "", "", ""
		}
	}
	if _, formed := tableForms[f.Key]; formed {
		f.Label = ""
		for _, row := range f.Rows {
			for i := range row {
				row[i].Label = ""
			}
		}
	}
}

// everyStyle is all styles of the built-in themes.
func everyStyle(t *testing.T) map[string]Style {
	t.Helper()
	names, err := fs.Glob(themes.FS, "*/"+StylesFile)
	if err != nil || len(names) < 2 {
		t.Fatal(names, err)
	}
	all := map[string]Style{}
	for _, name := range names {
		text, err := fs.ReadFile(themes.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		styles, problems := Styles(name, string(text))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		for style := range maps.Keys(styles) {
			all[name+" "+style] = styles[style]
		}
	}
	return all
}

// checklist is which fields of views are wanted in an article for WeChat.
type checklist struct {
	left   map[string]bool // on purpose, or since nobody sees them
	there  map[string]bool // fields of left that views have
	wanted map[string]bool
	met    map[string]bool // fields of wanted that an article filled in
}

func newChecklist() checklist {
	c := checklist{left: map[string]bool{}, there: map[string]bool{}, wanted: map[string]bool{}, met: map[string]bool{}}
	for _, o := range LeftOut {
		c.left[o.Part] = true
	}
	for part := range unseen {
		c.left[part] = true
	}
	delete(c.left, "Article.NamedBy") // only routes are left out: see pageView
	c.want(reflect.TypeFor[view.Page]())
	return c
}

// want notes all fields that a type has, but for what is in those that are left out.
func (c checklist) want(of reflect.Type) {
	switch of.Kind() {
	case reflect.Pointer, reflect.Slice:
		c.want(of.Elem())
	case reflect.Struct:
		for i := range of.NumField() {
			field := of.Name() + "." + of.Field(i).Name
			switch {
			case c.left[field]:
				c.there[field] = true
			case !c.wanted[field]:
				c.wanted[field] = true
				c.want(of.Field(i).Type)
			}
		}
	}
}

// missed are the parts of a view that the article lacks.
func (c checklist) missed(a Article, field string, v reflect.Value) (all []string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return c.missed(a, field, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			all = append(all, c.missed(a, field, v.Index(i))...)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Name() + "." + v.Type().Field(i).Name
			if part := v.Field(i); !c.left[field] && !part.IsZero() {
				c.met[field] = true
				all = append(all, c.missed(a, field, part)...)
			}
		}
	case reflect.String:
		if said := v.String(); said != "" && !has(a, field, said) {
			all = append(all, field+" "+said)
		}
	default:
		all = append(all, field+" is of a type that this does not look at")
	}
	return all
}

// has reports whether an article says something, or shows it if it is a picture.
func has(a Article, field, said string) bool {
	if field == "Picture.URL" {
		return slices.ContainsFunc(a.Pictures, func(p Picture) bool {
			return p.File != nil && p.File.Path == said && strings.Contains(a.Fragment, p.Name)
		})
	}
	return strings.Contains(textOf(a.Fragment), said)
}

// textOf is what can be read of a fragment.
func textOf(fragment string) string {
	var b strings.Builder
	for z := nethtml.NewTokenizer(strings.NewReader(fragment)); z.Next() != nethtml.ErrorToken; {
		switch t := z.Token(); t.Type {
		case nethtml.TextToken:
			b.WriteString(t.Data)
		case nethtml.StartTagToken:
			if t.Data != "span" && t.Data != "a" {
				b.WriteString("\n")
			}
		}
	}
	return html.UnescapeString(b.String())
}

// TestCodes: there are no more codes than the site wants, and none without its address.
func TestCodes(t *testing.T) {
	const text = "[乙](b.md)、[丙](../notices/c.md)、[戊](ee.md)、[表](list.csv)。\n\n::video{src=film.mp4}\n"
	for settings, want := range map[string]int{
		address: 3, address + "[wechat]\ncodes = 0\n": 0, address + "[wechat]\ncodes = 9\n": 5, "": 0,
	} {
		a := compose(t, settings, text)
		if got := strings.Count(a.Fragment, `src="codes/`); got != want || len(a.Pictures) != want {
			t.Errorf("%q: %d codes of %d, want %d", settings, got, len(a.Pictures), want)
		}
	}
}

// TestHiddenStop: a stop that is not public keeps its place on the route.
func TestHiddenStop(t *testing.T) {
	head := "---\n标题: 路\n日期: 2025-01-01\n来源: 本站\n"
	s := linked(t, map[string]string{
		"content/routes/a.md": head + "站点:\n  - {去处: b.md, 看什么: 墙}\n  - {去处: c.md}\n---\n",
		"content/routes/b.md": head + "草稿: 是\n站点: [{看什么: 门}]\n---\n",
		"content/routes/c.md": head + "站点: [{看什么: 门}]\n---\n",
	})
	for _, p := range s.Pages {
		if p.Doc.Path != "content/routes/a.md" {
			continue
		}
		a, err := Compose(s, p, plain())
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range []string{"1. \n（暂时不公开）", "看什么：墙", "2. \n路"} {
			if said := textOf(a.Fragment); !strings.Contains(said, part) {
				t.Errorf("%s is not in %s", part, said)
			}
		}
	}
}

// TestLead: where links lead from an article of a site in a folder.
func TestLead(t *testing.T) {
	const folder = "base_url = \"https://www.example.org/sub/\"\n"
	for _, c := range []struct {
		settings, href string
		want           lead
	}{
		{folder, "b.html#x", lead{address: "https://www.example.org/sub/examples/b.html", own: true, title: "乙"}},
		{folder, "https://www.example.org/sub/examples/b.html?a=1", lead{address: "https://www.example.org/sub/examples/b.html", own: true, title: "乙"}},
		{folder, "../showcase.html?level=%E7%9C%81#x", lead{address: "https://www.example.org/sub/showcase.html?level=%E7%9C%81", own: true}},
		{folder, "../notices/index.html", lead{address: "https://www.example.org/sub/notices/", own: true}},
		{folder, "../../other/", lead{address: "https://www.example.org/other/"}},
		{folder, "https://www.example.org/other/#x", lead{address: "https://www.example.org/other/#x"}},
		{folder, "//a.cn/examples/b.html", lead{address: "https://a.cn/examples/b.html"}},
		{folder, "d.html", lead{within: "https://mp.weixin.qq.com/s/d"}},
		{folder, "a.html#x", lead{}},
		{folder, "%", lead{}},
		{"", "b.html", lead{}},
		{"", "d.html", lead{within: "https://mp.weixin.qq.com/s/d"}},
		{"", "../../other/", lead{}},
		{"", "https://a.cn/", lead{address: "https://a.cn/"}},
	} {
		s := fewArticles(t, c.settings, "字")
		i := slices.IndexFunc(s.Pages, func(p *site.Page) bool { return p.Doc.Path == "content/examples/a.md" })
		w := writer{site: s, page: s.Pages[i], article: &Article{}}
		if got := w.lead(c.href); got != c.want {
			t.Errorf("%q %s: %+v, want %+v", c.settings, c.href, got, c.want)
		}
	}
}
