package markdown

import (
	"slices"
	"strings"
	"unicode/utf8"

	"qinglian/internal/diag"
)

// DirectiveSpec says what may be written of one directive. Which there are is
// declared beside the templates that show them; package theme reads it.
type DirectiveSpec struct {
	Name  string    `toml:"-"`     // as typed after the colons, in ASCII
	Label string    `toml:"label"` // its Chinese name, which may be typed as well
	Body  string    `toml:"body"`  // [NoBody], [MayBody], [MustBody] or [QuizBody]
	Args  []ArgSpec `toml:"args"`
}

// ArgSpec says what one argument of a directive may be.
type ArgSpec struct {
	Key      string   `toml:"key"`
	Label    string   `toml:"label"` // its Chinese name, which may be typed as well
	Kind     string   `toml:"kind"`  // [TextArg], [PictureArg], [LinkArg] or [ArticleArg]
	Required bool     `toml:"required"`
	Choices  []string `toml:"choices"` // the only values that it may have; none: any
}

// What a directive's body may be.
const (
	NoBody   = ""     // ::name{…} on a line
	MayBody  = "may"  // either
	MustBody = "must" // :::name{…} … :::
	QuizBody = "quiz" // the same, around numbered questions with their choices
)

// What the value of an argument is.
const (
	TextArg    = ""
	PictureArg = "picture" // a picture of the site
	LinkArg    = "link"    // an article or file of the site, or an address elsewhere
	ArticleArg = "article" // an article of the site
)

// Directive is one use of a directive in a text.
type Directive struct {
	Name  string
	Args  []Arg // as typed, by their keys
	Where diag.Diagnostic
}

// Arg is one argument of a directive. An address that leads out of the site is
// safe to be linked to; one inside it is only known by its Ref.
type Arg struct {
	Key     string
	Value   string
	Ref     int  // index in Refs of what the value refers to; -1 if it doesn't
	Outside bool // the value is an address that leads out of the site
}

// directiveNamed finds a directive by its name or label: one of the dialect's own
// blocks, or one of a theme's.
func directiveNamed(specs []DirectiveSpec, name string) (spec DirectiveSpec, own, ok bool) {
	if spec, own = specNamed(ownBlocks, name); own {
		return spec, true, true
	}
	spec, ok = specNamed(specs, name)
	return spec, false, ok
}

func specNamed(specs []DirectiveSpec, name string) (DirectiveSpec, bool) {
	i := slices.IndexFunc(specs, func(s DirectiveSpec) bool { return name == s.Name || name == s.Label })
	if i < 0 {
		return DirectiveSpec{}, false
	}
	return specs[i], true
}

// directive writes what a directive encloses between its holes. The theme's
// template gets it, so it may also leave it out or put it elsewhere.
func (r *renderer) directive(n *directiveNode) {
	if r.plain {
		r.children(n)
		return
	}
	spec, own, ok := directiveNamed(r.directives, n.name)
	switch {
	case !ok:
		r.unknownDirective(n)
		r.inside(n)
		return
	case own:
		r.ownBlock(n, spec)
		return
	}
	r.body(n, spec)
	d := Directive{Name: spec.Name, Args: r.arguments(n, spec), Where: r.where(lineSpan(r.source, n.Pos()))}
	i := len(r.out.Directives)
	r.out.Directives = append(r.out.Directives, d)
	r.out.Holes = append(r.out.Holes, Hole{At: len(r.html), Ref: i, Directive: true})
	if spec.Body == QuizBody && n.colons > 2 {
		r.quiz(n)
	} else {
		r.inside(n)
	}
	r.out.Holes = append(r.out.Holes, Hole{At: len(r.html), Ref: i, Directive: true, End: true})
	r.said = nil
}

func (r *renderer) unknownDirective(n *directiveNode) {
	ascii := strings.IndexFunc(n.name, func(c rune) bool { return c >= utf8.RuneSelf }) < 0
	var names []string
	for _, s := range slices.Concat(r.directives, ownBlocks) {
		if ascii || s.Label == "" {
			names = append(names, s.Name)
		} else {
			names = append(names, s.Label)
		}
	}
	hint := diag.Say("可以写的有：%s；普通文字前面加反斜杠：\\:::",
		"there are: %s; put a backslash before text: \\:::", diag.Listed(names))
	if near := diag.Nearest(n.name, names); near != "" {
		hint = diag.Say("是不是想写 %s%s？", "did you mean %s%s?", strings.Repeat(":", n.colons), near)
	}
	r.problemOver(lineSpan(r.source, n.Pos()), diag.Diagnostic{Rule: "unknown-directive", Severity: diag.Error,
		Message: diag.Say("没有“%s%s”这种写法", "there is no %s%s", strings.Repeat(":", n.colons), n.name), Hint: hint})
}

// body reports a directive that has a body and may not, or the reverse.
func (r *renderer) body(n *directiveNode, spec DirectiveSpec) {
	switch {
	case n.colons > 2 && spec.Body == NoBody:
		r.problemOver(lineSpan(r.source, n.Pos()), diag.Diagnostic{Rule: "directive-body", Severity: diag.Error,
			Message: diag.Say("“%s”里面不放内容", "%s has nothing inside it", spec.Name),
			Hint:    diag.Say("写成一行 ::%s{…}，不用结尾的冒号", "write ::%s{…} on one line, without an end", spec.Name)})
	case n.colons == 2 && (spec.Body == MustBody || spec.Body == QuizBody):
		start := ":::" + spec.Name
		if len(spec.Args) > 0 {
			start += "{…}"
		}
		r.problemOver(lineSpan(r.source, n.Pos()), diag.Diagnostic{Rule: "directive-body", Severity: diag.Error,
			Message: diag.Say("“%s”要把内容包在里面", "%s needs something inside it", spec.Name),
			Hint:    diag.Say("前面写一行 %s，后面写一行 :::", "put a line %s before it and a line ::: after it", start)})
	}
}

// arguments are those of a directive, checked; what they refer to becomes Refs.
func (r *renderer) arguments(n *directiveNode, spec DirectiveSpec) []Arg {
	var args []Arg
	given := map[string]bool{}
	for _, typed := range n.args {
		i := slices.IndexFunc(spec.Args, func(s ArgSpec) bool { return typed.key == s.Key || typed.key == s.Label })
		if i < 0 {
			r.unknownArgument(typed, spec)
			continue
		}
		s := spec.Args[i]
		if given[s.Key] {
			r.problemOver(typed.span, diag.Diagnostic{Rule: "bad-argument", Severity: diag.Error,
				Message: diag.Say("“%s”写了两次", "%s is there twice", typed.key), Hint: diag.Say("留一个", "keep one")})
			continue
		}
		given[s.Key] = true
		if len(s.Choices) > 0 && !slices.Contains(s.Choices, typed.value) {
			r.problemOver(typed.span, diag.Diagnostic{Rule: "bad-argument", Severity: diag.Error,
				Message: diag.Say("“%s”不能是“%s”", "%s can't be %q", typed.key, typed.value),
				Hint:    diag.Say("可以是：%s", "it can be: %s", diag.Listed(s.Choices))})
			continue
		}
		if arg, ok := r.argument(typed, s); ok {
			args = append(args, arg)
			r.facts.argument(typed, s, spec, arg)
		}
	}
	for _, s := range spec.Args {
		if s.Required && !given[s.Key] && !n.unread {
			r.problemOver(lineSpan(r.source, n.Pos()), diag.Diagnostic{Rule: "missing-argument", Severity: diag.Error,
				Message: diag.Say("“%s”缺少“%s”", "%s lacks %q", spec.Name, s.Key),
				Hint: diag.Say("写成 %s%s{%s=…}",
					"write %s%s{%s=…}", strings.Repeat(":", n.colons), spec.Name, s.Key)})
		}
	}
	return args
}

func (r *renderer) unknownArgument(typed typedArg, spec DirectiveSpec) {
	var keys []string
	for _, s := range spec.Args {
		keys = append(keys, s.Key)
	}
	hint := diag.Say("可以写的有：%s", "there are: %s", diag.Listed(keys))
	if len(keys) == 0 {
		hint = diag.Say("后面不用写花括号", "it needs no braces")
	}
	if near := diag.Nearest(typed.key, keys); near != "" {
		hint = diag.Say("是不是想写 %s=？", "did you mean %s=?", near)
	}
	r.problemOver(typed.span, diag.Diagnostic{Rule: "unknown-argument", Severity: diag.Error,
		Message: diag.Say("“%s”没有“%s”这一项", "%s has no %q", spec.Name, typed.key), Hint: hint})
}

// argument is one argument by its spec. What it refers to is entered into the
// text's Refs, checked as the address of a picture or link; an address that
// can't be used is left out.
func (r *renderer) argument(typed typedArg, s ArgSpec) (Arg, bool) {
	a := Arg{Key: s.Key, Value: typed.value, Ref: -1}
	switch s.Kind {
	case PictureArg:
		a.Ref = r.pictureRef(typed.span, typed.value, "", "")
		return a, a.Ref >= 0
	case LinkArg, ArticleArg:
		switch dest, sort := classify(typed.value); {
		case local(dest):
			r.localPath(typed.span, dest, false)
			return a, false
		case s.Kind == ArticleArg && sort != inside:
			r.problemOver(typed.span, diag.Diagnostic{Rule: "bad-argument", Severity: diag.Error,
				Message: diag.Say("“%s”要写本站的一篇文章，不能是“%s”", "%s names an article of this site, not %q", s.Key, dest),
				Hint: diag.Say("写文章文件的路径，如 %s=../examples/a.md；别的网址用普通链接",
					"give the path of its file, such as %s=../examples/a.md; use a link for other addresses", s.Key)})
			return a, false
		case sort == refused, sort == anchor:
			r.unsafeLink(typed.span, dest)
			return a, false
		case sort == inside:
			a.Ref = r.fileRef(typed.span, dest, "")
			r.out.Refs[a.Ref].Article = s.Kind == ArticleArg
		default:
			a.Value, a.Outside = dest, true
		}
	}
	return a, true
}
