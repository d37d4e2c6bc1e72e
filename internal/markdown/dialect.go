package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// contents is how other tools are asked for a table of contents. The page has one.
var contents = pattern.Of(`(?i)^(?:\[toc\]|\[\[_?toc_?\]\]|@\[toc\](?:\([^()]*\))?|\{:toc\})$`)

// contentsTransformer takes such a line out.
type contentsTransformer struct{}

// Transform looks at the first line of a paragraph.
func (contentsTransformer) Transform(n *ast.Paragraph, reader text.Reader, _ parser.Context) {
	if n.Lines().Len() == 0 || n.Parent().Kind() == ast.KindListItem {
		return
	}
	first := n.Lines().At(0)
	line := first.Value(reader.Source())
	if startsHan(line) {
		return
	}
	line = bytes.TrimSpace(line)
	if len(line) == 0 || strings.IndexByte("[@{", line[0]) < 0 || !contents().Match(line) {
		return
	}
	if n.Lines().Len() == 1 {
		n.Parent().RemoveChild(n.Parent(), n)
		return
	}
	n.Lines().SetSliced(1, n.Lines().Len())
}

// foreign is something that other tools read and we do not. It is shown as typed, and
// reported. Without an end it takes a whole line.
type foreign struct {
	name         diag.Text
	begins, ends string
	pattern      func() *regexp.Regexp // of all of it
	cure         diag.Text
}

// dialects are what is looked for in prose.
var dialects = []foreign{
	{diag.Say("MkDocs 的提示框",
		"a callout of MkDocs"), "!!!", "", pattern.Of(`^!!!\+? +[a-z]+(?: +[a-z]+)*(?: +"[^"]*")?[ \t]*$`),
		diag.Say(`写 :::callout{type=note title="题目"}，内容不缩进，最后单独一行 :::`,
			`write :::callout{type=note title="…"}, the text without indentation, and a line ::: below`)},
	{diag.Say("MkDocs 的折叠框",
		"folded text of MkDocs"), "???", "", pattern.Of(`^\?\?\?\+? +[a-z]+(?: +[a-z]+)*(?: +"[^"]*")?[ \t]*$`),
		diag.Say(`写 :::details{title="题目"}，内容不缩进，最后单独一行 :::`,
			`write :::details{title="…"}, the text without indentation, and a line ::: below`)},
	{diag.Say("别的工具的提示框", "a callout of another tool"), "[!", "", pattern.Of(`^\[![A-Za-z]+\](?:[^(]|$)`),
		diag.Say("在引用的第一行写 > [!NOTE]，也可以是 TIP、IMPORTANT、WARNING、CAUTION",
			"begin a quotation with > [!NOTE], or TIP, IMPORTANT, WARNING, CAUTION")},
	{diag.Say("Hugo 的图片", "a picture of Hugo"), "{{<", ">}}", pattern.Of(`^\{\{< *figure\b`), pictureCure},
	{diag.Say("Hugo 的链接", "a link of Hugo"), "{{<", ">}}", pattern.Of(`^\{\{< *(?:rel)?ref\b`), linkCure},
	{diag.Say("Hugo 的短代码", "a shortcode of Hugo"), "{{<", ">}}", anything, shortcodeCure},
	{diag.Say("Hugo 的短代码", "a shortcode of Hugo"), "{{%", "%}}", anything, shortcodeCure},
	{diag.Say("Hexo 的图片", "a picture of Hexo"), "{%", "%}", pattern.Of(`^\{%-? *asset_(?:img|path)\b`), pictureCure},
	{diag.Say("Hexo 的链接", "a link of Hexo"), "{%", "%}", pattern.Of(`^\{%-? *(?:asset|post)_(?:link|url)\b`), linkCure},
	{diag.Say("模板的标签", "a tag of templates"), "{%", "%}", pattern.Of(`^\{%-? *[a-z]`),
		diag.Say("这里不需要，删去；提示框写 :::callout", "it is not needed here: take it out; write :::callout for a callout")},
	{diag.Say("双方括号的链接",
		"a link of wikis"), "[[", "]]", pattern.Of(`^\[\[(?:[^\[\] \d]|\d+[^\[\]\d])[^\[\]]*\]\]$`), linkCure},
	{diag.Say("Obsidian 的注释", "a comment of Obsidian"), "%%", "%%", pattern.Of(`^%%[^%]+%%$`),
		diag.Say("不给读者看的话写在 <!-- 和 --> 之间", "write what readers should not see between <!-- and -->")},
	{formula, "$$", "$$", pattern.Of(`^\$\$[^$]+\$\$$`), formulaCure},
	{formula, "$$", "", pattern.Of(`^\$\$[ \t]*$`), formulaCure},
	{formula, "$", "$", pattern.Of(`^\$(?:[A-Za-z]|[!-#%-~][ -#%-~]*[\\^_=](?:[ -#%-~]*[!-#%-~])?)\$$`), formulaCure},
	{formula, `\(`, `\)`, inTeX, formulaCure},
	{formula, `\[`, `\]`, inTeX, formulaCure},
}

var (
	anything = pattern.Of(`^`)
	inTeX    = pattern.Of(`\\[a-z]{2,}|[A-Za-z0-9)}]\^`)

	pictureCure   = diag.Say("写 ![说明](图片.png)", "write ![text](picture.png)")
	linkCure      = diag.Say("写 [文字](另一篇.md)，括号里是那篇文章的文件", "write [text](other.md) with the file of that article")
	shortcodeCure = diag.Say("图片写 ![说明](图片.png)，视频写 ::video{src=片子.mp4}，提示框写 :::callout，别的删去",
		"write ![text](picture.png), ::video{src=film.mp4} or :::callout, or take it out")
)

var (
	formula     = diag.Say("数学公式", "a formula")
	formulaCure = diag.Say("上标、下标写 x<sup>2</sup>、H<sub>2</sub>O；复杂的公式截成图片，写 ![公式怎么念](公式.png)",
		"write x<sup>2</sup> and H<sub>2</sub>O; put a picture of a longer formula: ![what it says](formula.png)")
)

// foreignFirst are the bytes that anything of other dialects begins with.
const foreignFirst rare = "!?{[%$\\"

// foreignSyntax looks for what other tools read in a run of prose.
func (r *renderer) foreignSyntax(run text.Segment) {
	for at := run.Start; at < run.Stop; {
		i := r.has.foreign.first(r.source[at:run.Stop])
		if i < 0 {
			return
		}
		at += i
		at += max(r.foreignAt(at), 1)
	}
}

// longestForeign is how many bytes of a line are looked at.
const longestForeign = 500

// foreignAt is how many bytes at an offset are of another dialect, or were looked at.
func (r *renderer) foreignAt(at int) int {
	rest := lineFrom(r.source[at:min(at+longestForeign, len(r.source))])
	for i := range dialects {
		d := &dialects[i]
		if typed := d.in(rest); typed != nil && r.stands(d, at, at+len(typed)) {
			r.foreignFound(d, at)
			return len(typed)
		}
	}
	if rest[0] == '\\' {
		return 2 // what is escaped begins nothing
	}
	return len(rest) - len(bytes.TrimLeft(rest, string(rest[:1])))
}

// in is what a line begins with of a dialect; nil if nothing.
func (d *foreign) in(line []byte) []byte {
	inside, ok := bytes.CutPrefix(line, []byte(d.begins))
	if !ok {
		return nil
	}
	if d.ends != "" {
		i := bytes.Index(inside, []byte(d.ends))
		if i < 0 {
			return nil
		}
		line = line[:len(d.begins)+i+len(d.ends)]
	}
	if !d.pattern().Match(line) {
		return nil
	}
	return line
}

// stands reports whether something of a dialect may be between two offsets, by what
// is around it: US$5 and 100%% are figures, ![[图.svg]] is a picture.
func (r *renderer) stands(d *foreign, from, to int) bool {
	before := r.source[max(0, from-longestForeign):from]
	if d.ends == "" {
		line := before[bytes.LastIndexByte(before, '\n')+1:]
		return len(line) < longestForeign && len(bytes.TrimLeft(line, " \t>-+*0123456789."+wideSpaces)) == 0
	}
	last, next := byte(0), byte(0)
	if from > 0 {
		last = r.source[from-1]
	}
	if to < len(r.source) {
		next = r.source[to]
	}
	switch d.begins {
	case "[[":
		return last != '!' && next != '('
	case "$":
		return !alphanumeric(rune(last)) && last != '$' && !alphanumeric(rune(next)) && next != '$'
	case "%%":
		return !isDigit(rune(last))
	}
	return true
}

// foreignUse is where one kind of foreign syntax stands.
type foreignUse struct {
	*foreign
	places []int // the first of each block
	block  ast.Node
}

func (r *renderer) foreignFound(d *foreign, at int) {
	for i := range r.foreign {
		use := &r.foreign[i]
		if use.name != d.name {
			continue
		}
		if use.block != r.surveyed {
			use.block, use.places = r.surveyed, append(use.places, at)
		}
		return
	}
	r.foreign = append(r.foreign, foreignUse{d, []int{at}, r.surveyed})
}

// fewForeign is how many blocks with the same kind are reported one by one.
const fewForeign = 3

// reportForeign reports what was found, of many of one kind only the first.
func (r *renderer) reportForeign() {
	for _, use := range r.foreign {
		more := diag.Text{}
		if n := len(use.places); n > fewForeign {
			more = diag.Say("（全文共 %d 段）", " (in %d blocks of the text)", n)
			use.places = use.places[:1]
		}
		for _, at := range use.places {
			r.problem(at, diag.Diagnostic{Rule: "foreign-syntax", Severity: diag.Warning,
				Message: diag.Say("“%s”这里不认，原样显示%s",
					"this is %s, which means nothing here and is shown as typed%s", use.name, more),
				Hint: use.cure})
		}
	}
}
