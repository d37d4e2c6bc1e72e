// Package stencil executes the templates of html/template many times, faster
// than html/template does.
//
// html/template parses a set of templates and decides by context how everything
// that they print is escaped; it writes that into their trees, as calls of its
// escapers. What is left is to run a tree, which it does by asking reflection
// anew for every name and calling every function through reflection. A [Set]
// turns each tree into closures once, in which names are already found.
//
// What holds:
//
//   - The bytes are html/template's. Whatever is not known to be the same is not
//     done: a template with something that this package does not know is left to
//     html/template, and an execution that meets a value of a type, or an error,
//     that it does not know is thrown away and html/template executes the
//     template instead. So the messages of errors are html/template's too.
//   - Nothing is printed that html/template has not decided how to escape: an
//     action that prints and does not end in one of its escapers is not known.
//   - Escapers are html/template's own (see borrow), but for the frequent ones on
//     texts, whose copies here are held against them by a fuzz test.
//   - A Set can be used from all cores at once.
//
// A template is known if it uses text, {{define}}, {{block}}, {{template}},
// {{if}}, {{with}}, {{range}}, {{break}}, {{continue}}, variables, pipelines,
// parentheses, texts, numbers and booleans, the functions and, or, not, eq, ne,
// lt, le, gt, ge, len, index, slice, print, printf and println, and the functions
// and methods that a [Cutter] is given; and if it is shown as text, for what
// html/template makes of it for the inside of a tag can't be got at. Values are
// known if they are of the types that the Cutter's lead to, or what tables of data
// consist of: maps by text, lists, texts, numbers and booleans. Sets have the option
// missingkey=error.
//
// # Before Go is upgraded
//
// What this package needs of html/template and text/template is in part promised by
// nobody. It was read in, and holds for, Go 1.26:
//
//   - Trees. A set that was never executed can be cloned with its trees. The first
//     execution of a template escapes it and all that it includes, even what a false
//     {{if}} hides ([escape] needs that), and never again. The edits are made in the
//     very nodes that Template.Tree leads to. A template that is included in another
//     context than text becomes one under a new name, which Lookup does not find.
//   - Escapers are commands at the end of a pipeline, each one identifier without
//     arguments whose name begins with _html_template_ ([isEscaper]); names with that
//     prefix mean nothing else. text/template finds functions by name at execution, in
//     the tree that html/template shows, so one whose name is changed there is another
//     escaper ([borrow], which tries that with a name that does not exist).
//   - Five escapers have copies here ([copies]): htmlescaper, attrescaper,
//     rcdataescaper, urlfilter and urlnormalizer. What they do with a text, an int, a
//     nil and, the first, with a template.HTML is written down a second time: which
//     bytes become what, which schemes pass, which bytes stay in an address.
//   - The language. Truth, comparisons, len, index, slice, and, or, the order of a map's
//     keys, variables of loops and the argument that comes down a pipeline are
//     text/template's rules written a second time. A new kind of node, function or value
//     does no harm: it is not known. A rule that changes does.
//
// A name or a shape that moved is found at once: templates are left to html/template,
// and TestExecute and the theme's TestOracle fail since nothing may be. A copy that no
// longer agrees is found only by comparing. So before go.mod names another Go, with
// its release notes on both packages read, these must pass:
//
//	go test ./internal/stencil ./internal/theme
//	go test ./internal/stencil -run '^$' -fuzz FuzzEscapers -fuzztime 10m
//	go test ./internal/stencil -run '^$' -fuzz FuzzExecute -fuzztime 10m
package stencil

import (
	"fmt"
	"html/template"
	"io"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"
)

// Cutter makes Sets of templates that are executed with the same types.
type Cutter struct {
	types types

	mu       sync.Mutex
	borrowed map[string]escaper
}

// NewCutter wants a value, or nil pointer, of each type that a template is
// executed with, and the methods that templates may call on what they lead to.
func NewCutter(dots []any, methods []Method) *Cutter {
	return &Cutter{types: survey(dots, methods), borrowed: map[string]escaper{}}
}

// Set is a set of templates, compiled when the first of them is executed.
type Set struct {
	html      *template.Template
	names     []string
	cutter    *Cutter
	functions map[string]Function

	once     sync.Once
	programs map[string]program
	states   sync.Pool
}

// program is a template with what it includes; it is left to html/template if
// unknown says why.
type program struct {
	block   *block
	unknown error
}

// Cut makes a Set of the templates of these names, each of which is shown as
// text. functions are all that the set has of its own. The set must not have
// been executed, and belongs to the Set from now on.
func (c *Cutter) Cut(set *template.Template, names []string, functions map[string]Function) *Set {
	s := &Set{html: set, names: names, cutter: c, functions: functions, programs: map[string]program{}}
	s.states.New = func() any { return new(state) }
	return s
}

func (s *Set) compile() {
	escaped, err := escape(s.html, s.names)
	for _, name := range s.names {
		if err != nil {
			s.programs[name] = program{unknown: err}
			continue
		}
		c := compiler{Cutter: s.cutter, set: escaped, functions: s.functions, blocks: map[string]*block{}}
		b := c.block(name)
		s.programs[name] = program{b, c.unknown}
	}
}

// escape lets html/template escape a copy of a set: it does so when a template
// is first executed, so one is that shows all others, but never does.
func escape(set *template.Template, names []string) (*template.Template, error) {
	clone, err := set.Clone()
	if err != nil {
		return nil, err
	}
	var all strings.Builder
	all.WriteString("{{if false}}")
	for _, name := range names {
		all.WriteString("{{template " + strconv.Quote(name) + "}}")
	}
	all.WriteString("{{end}}")
	none, err := clone.New("\x00").Parse(all.String())
	if err != nil {
		return nil, err
	}
	return clone, none.Execute(io.Discard, nil)
}

// Execute writes the template of a name. Nothing is written if it fails, unless
// html/template executed it.
func (s *Set) Execute(w io.Writer, name string, dot any) error {
	st := s.states.Get().(*state)
	defer s.states.Put(st)
	defer st.clear()
	if err := s.run(st, name, dot); err != nil {
		return s.html.ExecuteTemplate(w, name, dot)
	}
	_, err := w.Write(st.out)
	return err
}

// Append appends the template of a name to b, or says why Execute leaves it
// to html/template.
func (s *Set) Append(b []byte, name string, dot any) ([]byte, error) {
	var st state
	if err := s.run(&st, name, dot); err != nil {
		return b, err
	}
	return append(b, st.out...), nil
}

func (s *Set) run(st *state, name string, dot any) error {
	s.once.Do(s.compile)
	p, ok := s.programs[name]
	if !ok {
		return fmt.Errorf("%q was not compiled", name)
	}
	if p.unknown != nil {
		return p.unknown
	}
	return st.execute(p.block, dot)
}

// state is one execution.
type state struct {
	out   []byte
	dot   reflect.Value
	vars  []reflect.Value // of all templates that are being shown, outermost first
	base  int             // where those of the innermost begin
	depth int             // templates within templates
}

// deepest is how far templates may be nested here; what goes further is for
// html/template to judge.
const deepest = 1000

// execute recovers from what fails, and from what panics in a function or
// method: both are errors in templates.
func (s *state) execute(b *block, dot any) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("executing: %v", r)
		}
	}()
	s.call(b, reflect.ValueOf(dot))
	return nil
}

// call shows a template, whose first variable is $.
func (s *state) call(b *block, dot reflect.Value) {
	if s.depth++; s.depth > deepest {
		fail("templates are nested too deep")
	}
	base, outer := s.base, s.dot
	s.base = len(s.vars)
	for range b.slots {
		s.vars = append(s.vars, reflect.Value{})
	}
	s.vars[s.base], s.dot = dot, dot
	b.show(s)
	s.vars = s.vars[:s.base]
	s.base, s.dot = base, outer
	s.depth--
}

// clear makes a state fit for the next execution, and lets go of what it saw.
func (s *state) clear() {
	vars := s.vars[:cap(s.vars)]
	clear(vars)
	*s = state{out: s.out[:0], vars: vars[:0]}
}

// fail ends an execution that is not known to go as html/template's would.
func fail(format string, args ...any) { panic(fmt.Errorf(format, args...)) }

// block is a template as closures.
type block struct {
	show  action
	slots int // variables that it has at once
}

// compiler turns the trees that one template reaches into blocks. After the
// first thing that it does not know it goes on, to no effect.
type compiler struct {
	*Cutter
	set       *template.Template // escaped
	functions map[string]Function
	blocks    map[string]*block
	unknown   error
}

func (c *compiler) dontKnow(format string, args ...any) {
	if c.unknown == nil {
		c.unknown = fmt.Errorf(format, args...)
	}
}

func (c *compiler) block(name string) *block {
	if b := c.blocks[name]; b != nil {
		return b
	}
	b := new(block)
	c.blocks[name] = b
	t := c.set.Lookup(name)
	if t == nil || t.Tree == nil || t.Tree.Root == nil {
		c.dontKnow("there is no template %q", name)
		return b
	}
	w := writer{compiler: c, vars: []string{"$"}, slots: 1}
	b.show = w.list(t.Tree.Root)
	b.slots = w.slots
	return b
}

// unknownNode is the value of what the compiler does not know.
func (c *compiler) unknownNode(n parse.Node) value {
	c.dontKnow("%s is not known", n)
	return nil
}
