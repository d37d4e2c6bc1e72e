package content

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"qinglian/internal/address"
	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/markdown"
)

// Compiler compiles articles of one site; it is used from all cores.
type Compiler struct {
	Config     config.Config
	Dialect    *markdown.Dialect
	Directives []markdown.DirectiveSpec // that articles may use
}

// Digest stands for all that Docs depend on besides their files.
func (c Compiler) Digest() digest.Digest {
	h := digest.New("compiler").Digest(c.Config.CompileDigest()).Int(int64(len(c.Directives)))
	for _, d := range c.Directives {
		h.String(d.Name, d.Label, d.Body).Int(int64(len(d.Args)))
		for _, a := range d.Args {
			h.String(a.Key, a.Label, a.Kind).Bool(a.Required).Int(int64(len(a.Choices))).String(a.Choices...)
		}
	}
	return h.Sum()
}

// compiler is the work on one file.
type compiler struct {
	file    string
	text    []byte
	config  config.Config
	dialect *markdown.Dialect

	directives []markdown.DirectiveSpec
	doc        Doc
	checked    bool // facts are asked for
	facts      Facts
}

// Compile compiles the text of one file (UTF-8, lines ended by \n). It always
// gives a Doc; what is wrong with the file stands in its Problems.
func (c Compiler) Compile(file string, text []byte) Doc {
	w := compiler{file: file, text: text, config: c.Config, dialect: c.Dialect, directives: c.Directives}
	return w.compile()
}

// CompileWithFacts is Compile for who checks the text: what it says and is made of is
// not kept in the Doc.
func (c Compiler) CompileWithFacts(file string, text []byte) (Doc, Facts) {
	w := compiler{file: file, text: text, config: c.Config, dialect: c.Dialect, directives: c.Directives, checked: true}
	return w.compile(), w.facts
}

func (c *compiler) compile() Doc {
	f, body := c.front()
	c.doc.places = f.recorded()
	c.prose(body, f)
	c.headline(body, f)
	c.refs(f)
	c.doc.Problems = append(f.problems.Few(), c.doc.Problems...)
	c.doc.CardDigest = c.doc.Card.digest()
	c.doc.ProseDigest = c.doc.proseDigest()
	return c.doc
}

// Front is the Doc of a file as far as its front matter says: quick to make, and
// all that addresses and terms depend on.
func (c Compiler) Front(file string, text []byte) Doc {
	w := compiler{file: file, text: text, config: c.Config}
	w.front()
	return w.doc
}

// front reads the front matter into the Doc. body is where the prose begins.
func (c *compiler) front() (f *fields, body int) {
	c.doc.Path = c.file
	c.place()
	m := front(c.file, c.text, c.kind())
	f = c.fields(c.kind(), m)
	f.problems = slices.Concat(c.named(), m.problems, slices.DeleteFunc(f.problems, m.hides))
	c.card(f)
	return f, m.body
}

// Kind is the kind of article that a file is by its place.
func (c Compiler) Kind(file string) config.Kind {
	w := compiler{file: file, config: c.Config}
	w.place()
	return w.kind()
}

// place finds out from the path what the file is: its section, the folder that
// it is published in, and whether it introduces its section.
func (c *compiler) place() {
	inside := strings.TrimPrefix(c.file, Folder+"/")
	dirs := strings.Split(path.Dir(inside), "/")
	if dirs[0] == "." {
		dirs = nil
	}
	c.doc.Beside = path.Dir(c.file)
	if len(dirs) > 0 {
		c.doc.Section = dirs[0]
	}
	index := c.isIndex()
	terms := len(dirs) == 2 && dirs[0] == config.TermsFolder
	c.doc.Index = index && (len(dirs) == 0 || len(dirs) == 1 && c.known(dirs[0]) || terms)
	if index && len(dirs) > 0 {
		dirs = dirs[:len(dirs)-1] // a bundle's own folder is its name
	}
	if c.doc.Section != "" && !c.known(c.doc.Section) && len(dirs) == 0 {
		c.doc.Section = "" // a bundle beside the sections: content/about/index.md
	}
	for i, d := range dirs {
		if i > 0 {
			d = address.Folder(d)
		}
		c.doc.Folder = path.Join(c.doc.Folder, d)
	}
}

func (c *compiler) isIndex() bool {
	return strings.EqualFold(path.Base(c.file), "index.md") || c.isForeignIndex()
}

// isForeignIndex reports an index.md that has the name which Hugo gives it.
func (c *compiler) isForeignIndex() bool { return strings.EqualFold(path.Base(c.file), "_index.md") }

// named reports the name of a file that is read as another one.
func (c *compiler) named() (problems diag.List) {
	if c.isForeignIndex() {
		problems = diag.List{diag.Diagnostic{Rule: "index-name", Severity: diag.Warning,
			Message: diag.Say("_index.md 在这里叫 index.md，先照它来读", "_index.md is called index.md here; it is read as that"),
			Hint:    diag.Say("把文件改名为 index.md", "rename the file to index.md")}.In(c.file)}
	}
	return problems
}

func (c *compiler) known(section string) bool {
	_, ok := c.config.Section(section)
	return ok
}

func (c *compiler) kind() config.Kind {
	if s, ok := c.config.Section(c.doc.Section); ok && !c.doc.Index {
		return c.config.Kinds[s.Kind]
	}
	if c.doc.Section == config.TermsFolder {
		return c.config.Kinds["term"]
	}
	return c.config.Kinds["page"]
}

func (c *compiler) card(f *fields) {
	card := Card{
		Kind: f.kind.Name, Title: f.value("title"), Date: f.moment("date"), Updated: f.moment("updated"),
		Expires: f.moment("expires"),
		Summary: f.value("summary"), Source: f.value("source"), Author: f.value("author"), Editor: f.value("editor"),
		Tags: f.facts["tags"].Values, Topics: f.facts["topics"].Values,
		Review: f.moment("review"), Draft: f.value("draft") == "true", AI: f.value("ai") == "true",
		Gone: f.value("gone") != "", Reason: c.reason(f), Layout: f.value("layout"), Cover: -1,
	}
	for _, field := range f.kind.Own() {
		if fact, ok := f.facts[field.Key]; ok {
			card.Facts = append(card.Facts, fact)
		}
	}
	if extra, ok := f.facts["extra"]; ok && extra.Type == config.TypeExtra { // a kind may have one of its own
		card.Extra = extra.Rows[0]
	}
	card.Aliases = c.aliases(f)
	if card.Layout != "" && !address.ValidSlug(card.Layout) && !f.kind.OrdinaryLayout(card.Layout) {
		f.problems = append(f.problems, diag.Diagnostic{Rule: "bad-layout", Severity: diag.Error,
			Message: diag.Say("版式名“%s”不能用", "%q can't be a layout's name", card.Layout),
			Hint: diag.Say("写主题 layouts/ 里一个文件的名字，不带 .html",
				"give the name of a file in the theme's layouts/, without .html"),
		}.Placed(f.over("layout")))
	}
	card.WeChat = f.weChat()
	c.doc.Card = card
	c.doc.Card.Slug = c.slug(f)
}

// slug is the article's name in its address: the one it was given, else its
// file's if that is ASCII, else its day and the beginning of its title, with a mark
// of both. A term's is then that of its page without a text.
func (c *compiler) slug(f *fields) string {
	if slug := f.value("slug"); slug != "" {
		if !address.ValidSlug(slug) {
			f.problems = append(f.problems, diag.Diagnostic{Rule: "bad-slug", Severity: diag.Error,
				Message: diag.Say("网址名“%s”不能用", "the slug %q can't be used", slug),
				Hint: diag.Say("用小写字母、数字和连字符，如 %s", "use lower-case letters, digits and hyphens, such as %s",
					fallback(address.Slug(slug, 0), "shui-wu-ju")),
			}.Placed(f.over("slug")))
			return UnknownSlug(c.file)
		}
		return slug
	}
	name := strings.TrimSuffix(path.Base(c.file), path.Ext(c.file))
	if c.isIndex() {
		name = path.Base(path.Dir(c.file))
	}
	if slug, ok := address.FromName(name); ok {
		return slug
	}
	title, date := c.doc.Card.Title, c.doc.Card.Date
	switch {
	case title == "":
		return UnknownSlug(c.file)
	case c.doc.Section == config.TermsFolder:
		return address.Term(title)
	case date.IsZero():
		return address.Marked(address.Stem("", title), title)
	}
	return address.Marked(address.Stem(date.Format("20060102"), title), title, date.Format(time.DateTime))
}

// UnknownSlug stands for the name of an article while what it comes from is wrong or
// missing: no other article has it, so that this mistake is not a second one, on the
// address.
func UnknownSlug(file string) string { return "x-" + digest.Of([]byte(file)).Short() }

// aliases are the addresses that the article had before, as published paths.
func (c *compiler) aliases(f *fields) []string {
	var out []string
	for _, typed := range f.facts["aliases"].Values {
		alias, ok := address.Alias(typed)
		if !ok {
			f.problems = append(f.problems, diag.Diagnostic{Rule: "bad-alias", Severity: diag.Error,
				Message: diag.Say("旧网址“%s”不能用", "the alias %q can't be used", typed),
				Hint: diag.Say("写本站的旧网址里域名后面的部分，如 examples/old.html",
					"give the part of the old address after the host, such as examples/old.html"),
			}.Placed(f.over("aliases")))
			continue
		}
		out = append(out, alias)
	}
	return out
}

// weChat is where the article is in WeChat. What is elsewhere would not be opened
// from an article there, and one that is there for a preview is gone in a few hours.
func (f *fields) weChat() string {
	typed := f.value("wechat_url")
	d := diag.Diagnostic{Rule: "bad-wechat-url", Severity: diag.Error,
		Hint: diag.Say("在公众号里打开发出的文章，复制链接，如 https://mp.weixin.qq.com/s/AbC123",
			"open the article that was sent, and copy its link, such as https://mp.weixin.qq.com/s/AbC123")}
	u, err := url.Parse(typed)
	switch {
	case typed == "":
		return ""
	case err != nil, u.Scheme != "https", u.Host != "mp.weixin.qq.com",
		u.Path != "/s" && !strings.HasPrefix(u.Path, "/s/"):
		d.Message = diag.Say("“%s”不是公众号文章的地址", "%q is not the address of an article in WeChat", typed)
	case u.Query().Has("tempkey"):
		d.Message = diag.Say("“%s”是预览用的临时地址，过几小时就打不开", "%q is of a preview and is gone in a few hours", typed)
	default:
		return typed
	}
	f.problems = append(f.problems, d.Placed(f.over("wechat_url")))
	return ""
}

func fallback(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func (c *compiler) prose(body int, f *fields) {
	outline := f.value("outline") == "official"
	m := c.dialect.Compile(c.file, c.text, body, markdown.Options{
		Clauses: f.kind.Clauses, Directives: c.directives, Outline: outline,
		Enter:      markdown.Enter(fallback(f.value("enter"), c.config.Markdown.Enter)),
		Official:   f.kind.Official || outline || f.value("signature") == "true",
		Unsigned:   f.off["signature"],
		OwnOnly:    c.config.Pictures.Outside == config.Refuse,
		Summarised: c.doc.Card.Summary != "",
		Facts:      c.checked,
		Organs:     []string{f.value("source"), f.value("unit"), f.value("issuer")},
		FieldNamed: func(name string) bool { _, ok := f.kind.CommonField(name); return ok },
	})
	c.doc.Prose, c.doc.Holes, c.doc.Refs, c.doc.Problems = m.HTML, m.Holes, m.Refs, m.Problems
	c.doc.Recognised = m.Recognised
	if c.checked {
		c.facts = Facts{m.Facts, f.typedFields(), f.excuses(), Reviewed{f.value("reviewed"), f.over("reviewed")}}
	}
	c.doc.anchors = recordAnchors(m.Anchors)
	c.doc.Directives = m.Directives
	if m.Summary != "" {
		c.doc.Card.Summary, c.doc.Card.Excerpt = m.Summary, true
	}
}

// refs turns the paths in fields into references like those of the prose.
func (c *compiler) refs(f *fields) {
	if cover, ok := f.facts["cover"]; ok {
		where := f.path(f.places["cover"], cover.Values[0])
		c.doc.Card.Cover, c.doc.Card.Focus = c.ref(cover.Type, cover.Values[0], where), f.focus
	}
	for i := range c.doc.Card.Facts {
		fact := &c.doc.Card.Facts[i]
		c.follow(fact, f, f.places[fact.Key])
		for n, row := range fact.Rows {
			for j := range row {
				c.follow(&row[j], f, f.places[cellPlace(fact.Key, n, row[j].Key)])
			}
		}
	}
}

// follow enters what a fact names into the text's references.
func (c *compiler) follow(fact *Fact, f *fields, at int) {
	if !fact.Type.Names() {
		return
	}
	for _, path := range fact.Values {
		fact.Refs = append(fact.Refs, c.ref(fact.Type, path, f.path(at, path)))
	}
}

func (c *compiler) ref(of config.Type, path string, where diag.Diagnostic) int {
	c.doc.Refs = append(c.doc.Refs, markdown.Ref{Image: of == config.TypeImage, Article: of == config.TypeReference,
		Dest: path, Where: where})
	return len(c.doc.Refs) - 1
}
