package markdown

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// A near miss is prose that was meant as a mark: typed full-width, or with a
// space too many. It is shown as typed and reported, with what to type.

var (
	// linkLike is [text](address) with brackets of any width, or with spaces in
	// the address; openLink has no end.
	linkLike = pattern.Of(`([!！]?)([\[［【])([^\[\]［］【】\n]{0,100})([\]］】])([(（])([^()（）\n]{1,300})([)）])`)
	openLink = pattern.Of(`\[[^\[\]\n]{1,100}\]\((https?://[^()（）\s]+)\s*$`)
	noteLike = pattern.Of(`\[\^([^\[\]\s]+)\]`)
	// addressLike is what an address ends or begins with.
	addressLike = pattern.Of(`(?i)^(https?://|www\.|#|\.{0,2}/|[a-z]:[\\/]|file:)\S|\.(` + fileTypes + `)(#.*)?$`)
	// wideMark is what a line begins with that is a mark in half-width.
	wideMark      = pattern.Of("^(＃{1,6}|＞|·{3,}|｀{3,})")
	wideBox       = pattern.Of(`^(\[\]|\[[√✓✔]\]|［[ xX　√✓✔]?］)[ \t　]`)
	wideDirective = pattern.Of(`^([:：]{3,}|[:：]{2}[\p{L}\p{N}_-]+[{｛])`)
)

// narrow makes half-width marks of full-width ones.
var narrow = strings.NewReplacer("＃", "#", "＞", ">", "·", "`", "｀", "`", "：", ":", "｛", "{", "｝", "}", "＝", "=")

// nearLinks looks at the runs of text and bare addresses that stand side by side
// in a node.
func (r *renderer) nearLinks(n ast.Node) {
	run := text.Segment{}
	for c := n.FirstChild(); ; c = c.NextSibling() {
		s := r.segment(c)
		if s.Len() > 0 && run.Stop == s.Start {
			run.Stop = s.Stop
			continue
		}
		if run.Len() > 0 {
			r.nearLink(run)
		}
		if run = s; c == nil {
			return
		}
	}
}

// segment is where a text or a bare address stands; it is empty for other nodes.
func (r *renderer) segment(n ast.Node) text.Segment {
	switch n := n.(type) {
	case *ast.Text:
		return n.Segment
	case *ast.AutoLink:
		if at := n.Pos(); r.source[at] != '<' {
			return text.NewSegment(at, at+len(n.Label(r.source)))
		}
	}
	return text.Segment{}
}

func (r *renderer) nearLink(run text.Segment) {
	value := run.Value(r.source)
	if r.has.comments {
		r.openComment(run.Start, value)
	}
	r.foreignSyntax(run)
	if !r.has.brackets && bytes.IndexByte(value, '[') < 0 {
		return // as in nearly all prose; the patterns below are slow
	}
	for _, m := range noteLike().FindAllSubmatchIndex(value, -1) {
		if !escapedAt(value, m[0]) {
			name := value[m[2]:m[3]]
			r.problemOver(span{run.Start + m[0], run.Start + m[1]},
				diag.Diagnostic{Rule: "dead-footnote", Severity: diag.Warning,
					Message: diag.Say("没有脚注“%s”，按普通文字显示", "there is no footnote %q; it is shown as text", name),
					Hint: diag.Say("在文末另起一段写 [^%s]: 注释内容",
						"write [^%s]: the note, in a paragraph of its own", name)})
		}
	}
	for _, m := range linkLike().FindAllSubmatchIndex(value, -1) {
		var parts [8]string
		for i := range parts {
			parts[i] = string(value[m[2*i]:m[2*i+1]])
		}
		if !escapedAt(value, m[0]) {
			r.nearParts(span{run.Start + m[0], run.Start + m[1]}, parts)
		}
	}
	if m := openLink().FindSubmatchIndex(value); m != nil && !escapedAt(value, m[0]) {
		typed := string(value[m[0]:m[1]])
		r.problemOver(span{run.Start + m[0], run.Start + m[1]},
			diag.Diagnostic{Rule: "open-link", Severity: diag.Warning,
				Message: diag.Say("链接的括号没有结束，按普通文字显示", "the bracket of this link has no end; it is shown as text"),
				Hint:    diag.Say("补上右括号，写成 %s", "write %s", trimProse(strings.TrimSpace(typed))+")")})
	}
}

func escapedAt(value []byte, at int) bool { return at > 0 && value[at-1] == '\\' }

// nearParts reports what [linkLike] has found: mark, brackets, text and
// address.
func (r *renderer) nearParts(s span, part [8]string) {
	dest := strings.TrimSpace(part[6])
	if !addressLike().MatchString(dest) || strings.ContainsAny(strings.TrimRight(dest, proseMarks), "，。；！？、") ||
		strings.Index(dest, "://") > len("https") {
		return
	}
	if loose := part[5] == "（" || part[2] == "【"; loose && citation(part[3]) || part[2] == "【" && part[5] == "（" {
		return // as in prose
	}
	picture := part[1] != "" && picturePattern().MatchString(dest)
	if local(dest) {
		r.localPath(s, dest, picture)
		return
	}
	wide := part[1] == "！" && picture || part[2] != "[" || part[4] != "]" || part[5] == "（" || part[7] == "）"
	if strings.HasPrefix(dest, "www.") {
		dest = "https://" + dest
	}
	cure := "[" + part[3] + "](" + dest + ")"
	if strings.ContainsAny(dest, " \t　") {
		cure = "[" + part[3] + "](<" + dest + ">)"
	} else if !wide {
		return
	}
	if picture {
		cure = "!" + cure
	}
	if wide {
		r.problemOver(s, diag.Diagnostic{Rule: "full-width-link", Severity: diag.Warning,
			Message: diag.Say("这里用了全角括号或叹号，链接没有生效", "the brackets here are full-width: this is no link"),
			Hint:    diag.Say("用半角符号，写成 %s", "write %s", cure)})
		return
	}
	r.problemOver(s, diag.Diagnostic{Rule: "space-in-link", Severity: diag.Warning,
		Message: diag.Say("地址里有空格，链接没有生效", "there is a space in the address: this is no link"),
		Hint:    diag.Say("给地址加尖括号，写成 %s", "put the address into angle brackets: %s", cure)})
}

// nearLines looks at the beginnings of a block's lines.
func (r *renderer) nearLines(n ast.Node) {
	for i := range n.Lines().Len() {
		s := n.Lines().At(i)
		line := s.Value(r.source)
		if startsHan(line) {
			continue // as most
		}
		switch first, _ := utf8.DecodeRune(line); first {
		case ':', '：':
			r.nearDirective(s.Start, line)
		case '＃', '＞', '·', '｀':
			r.nearMark(s.Start, line)
		}
		if i == 0 && n.Parent().Kind() == ast.KindListItem && wideBox().Match(line) {
			box := span{s.Start, s.Start + len(trimSpaces(wideBox().Find(line)))}
			r.problemOver(box, diag.Diagnostic{Rule: "task-box", Severity: diag.Warning,
				Message: diag.Say("这里的方括号不是任务框，按普通文字显示",
					"the brackets here are no box of a task; they are shown as text"),
				Hint: diag.Say("未办写 - [ ]（中间一个空格），已办写 - [x]", "write - [ ] with a space inside, or - [x]")})
		}
	}
}

func (r *renderer) nearDirective(at int, line []byte) {
	if !bytes.ContainsAny(wideDirective().Find(line), "：｛") {
		return
	}
	r.problemOver(lineSpan(r.source, at), diag.Diagnostic{Rule: "full-width-directive", Severity: diag.Error,
		Message: diag.Say("行首的冒号或后面的花括号是全角的，这一行按普通文字显示",
			"the colons at the beginning of the line, or the braces, are full-width; it is shown as text"),
		Hint: diag.Say("用半角符号，写成 %s",
			"use half-width marks: %s", narrow.Replace(strings.TrimRight(string(line), "\n")))})
}

func (r *renderer) nearMark(at int, line []byte) {
	m := wideMark().Find(line)
	if m == nil {
		return
	}
	mark := narrow.Replace(string(m))
	r.problemOver(span{at, at + len(m)}, diag.Diagnostic{Rule: "full-width-mark", Severity: diag.Warning,
		Message: diag.Say("行首的“%s”不是半角符号，按普通文字显示",
			"%q at the beginning of the line is not the half-width mark; it is shown as text", m),
		Hint: diag.Say("写半角的 %s；标题和引用的符号后面空一格", "write %s, with a space after it for a heading or quotation", mark)})
}

// widePicture turns ！[图](a.png) at the beginning of a block, which reads as
// an exclamation mark and a link, into the picture that it is.
func (r *renderer) widePicture(n ast.Node) {
	mark, ok := n.FirstChild().(*ast.Text)
	if !ok || string(mark.Value(r.source)) != "！" {
		return
	}
	if l, ok := mark.NextSibling().(*ast.Link); ok && picturePattern().Match(l.Destination) {
		picture := ast.NewImage(l)
		picture.SetPos(mark.Segment.Start)
		r.linkEnds[picture.Pos()] = r.linkEnds[l.Pos()]
		n.ReplaceChild(n, l, picture)
		n.RemoveChild(n, mark)
	}
}

// noteTransformer reports footnotes that nothing refers to, before goldmark
// takes them out.
type noteTransformer struct{}

// Transform looks at the notes and changes nothing.
func (noteTransformer) Transform(root *ast.Document, reader text.Reader, pc parser.Context) {
	r := readingOf(pc, reader.Source())
	if !bytes.Contains(r.source, []byte("[^")) {
		return
	}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if f, ok := n.(*extast.Footnote); ok && entering && f.Index < 0 {
			r.problemOver(lineSpan(r.source, f.Pos()), diag.Diagnostic{Rule: "dead-footnote", Severity: diag.Warning,
				Message: diag.Say("正文没有引用脚注“%s”，它不会显示", "nothing refers to the footnote %q; it is not shown", f.Ref),
				Hint:    diag.Say("在正文需要注释的地方写 [^%s]", "write [^%s] where the note belongs", f.Ref)})
		}
		return ast.WalkContinue, nil
	})
}

// local reports whether an address is a place on the writer's own computer.
func local(dest string) bool {
	return strings.ContainsAny(dest[:min(len(dest), 5)], `:\`) && localPattern().MatchString(dest)
}

var (
	localPattern   = pattern.Of(`^(?i:file:|[a-z]:[\\/]|\\\\)`)
	picturePattern = pattern.Of(`(?i)\.(` + pictureTypes + `)$`)
	// unshown are formats of pictures that browsers can't show.
	unshown = pattern.Of(`(?i)\.(heic|heif|tiff?|psd|wmf|emf|raw|cr2|nef)$`)
)

func (r *renderer) localPath(s span, dest string, picture bool) {
	name := path.Base(strings.ReplaceAll(dest, `\`, "/"))
	cure := "[文字](" + name + ")"
	if picture {
		cure = "![说明](" + name + ")"
	}
	r.problemOver(s, diag.Diagnostic{Rule: "local-path", Severity: diag.Error,
		Message: diag.Say("“%s”是您电脑上的位置，别人打不开", "%q is a place on your own computer", dest),
		Hint:    diag.Say("把文件复制到文章旁边，写 %s", "copy the file beside the article and write %s", cure)})
}
