package image

import (
	"net/url"
	"slices"
	"strings"

	"qinglian/internal/diag"
)

// A drawing may show a part of itself again by its name, and that part another: a
// file of a thousand bytes then draws what no browser comes to the end of. What is
// drawn must stay near what is written.
const (
	maxAgain    = 50_000 // elements drawn besides ten times those that are written
	maxNames    = 100    // how many names lead from one to the next
	maxMentions = 1_000_000
)

// expansion counts what a drawing comes to.
type expansion struct {
	nodes    []node
	open     []int          // the nodes that have not ended
	named    map[string]int // the first node with each id, as browsers take it
	mentions []mention
	rules    []rule
	drawn    map[int]int // how much a node comes to; -1 while it is counted
}

// node is an element. Those inside it follow it, up to end.
type node struct {
	name    string
	end     int
	points  int // where a marker may stand, at most
	classes []string
}

// mention is a name of another element in one.
type mention struct {
	at    int // the node
	id    string
	again bool // at each of its points, if it is a marker's
}

// rule is a name in a style sheet, with the classes that it is for; none: for all.
type rule struct {
	classes []string
	id      string
	again   bool
}

// shows are the elements that draw what they lead to; a link and an animation do not.
var shows = names("use pattern feImage tref")

func (e *expansion) start(name string) {
	e.open = append(e.open, len(e.nodes))
	e.nodes = append(e.nodes, node{name: name})
}

// attribute takes in an attribute of the element that was started last.
func (e *expansion) attribute(name, value string) {
	at := len(e.nodes) - 1
	switch name {
	case "id":
		if e.named == nil {
			e.named = map[string]int{}
		}
		if _, taken := e.named[value]; !taken {
			e.named[value] = at
		}
	case "class":
		e.nodes[at].classes = strings.Fields(value)
	case "d", "points":
		e.nodes[at].points = len(value)/4 + 1
	case "href", "xlink:href":
		if id, ok := strings.CutPrefix(strings.TrimSpace(value), "#"); ok && shows[e.nodes[at].name] {
			e.mentions = append(e.mentions, mention{at: at, id: id})
		}
	default:
		again := name == "marker" || name == "marker-mid" || name == "style" && atEachPoint(value)
		for _, id := range mentioned(value) {
			e.mentions = append(e.mentions, mention{at, id, again})
		}
	}
}

func (e *expansion) finish() {
	last := len(e.open) - 1
	e.nodes[e.open[last]].end = len(e.nodes)
	e.open = e.open[:last]
}

// sheet takes in a style sheet. A block that can't be known to be for some classes
// alone is taken to be for any element.
func (e *expansion) sheet(css string) {
	left := map[string]int{} // names that no block was found for
	for _, id := range mentioned(css) {
		left[id]++
	}
	css, plain := withoutComments(css)
	for plain {
		open := strings.IndexByte(css, '{')
		if open < 0 {
			break
		}
		selectors, rest := css[strings.LastIndexAny(css[:open], "};")+1:open], css[open+1:]
		end := strings.IndexAny(rest+"}", "{}")
		if end < len(rest) && rest[end] == '{' { // @media, or a block in a block
			css = rest
			continue
		}
		for _, id := range mentioned(rest[:end]) {
			left[id]--
			for selector := range strings.SplitSeq(selectors, ",") {
				e.rules = append(e.rules, rule{classesIn(selector), id, atEachPoint(rest[:end])})
			}
		}
		css = rest[min(len(rest), end+1):]
	}
	for id, n := range left {
		if n > 0 {
			e.rules = append(e.rules, rule{nil, id, true})
		}
	}
}

// withoutComments is a style sheet without what nobody reads. It is not plain if a
// quoted text could be taken for a block.
func withoutComments(css string) (out string, plain bool) {
	var b strings.Builder
	quote := byte(0)
	plain = true
	for i := 0; i < len(css); i++ {
		switch c := css[i]; {
		case quote != 0:
			plain = plain && !strings.ContainsRune("{}*", rune(c))
			if c == quote || c == '\n' {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case strings.HasPrefix(css[i:], "/*"):
			end := strings.Index(css[i+2:], "*/")
			if end < 0 {
				return b.String(), plain
			}
			i += end + 3
			continue
		}
		b.WriteByte(css[i])
	}
	return b.String(), plain
}

// classesIn are the classes that a selector names; none if it says what must not be.
func classesIn(selector string) (classes []string) {
	if strings.Contains(selector, "(") {
		return nil
	}
	for _, part := range strings.Split(selector, ".")[1:] {
		end := strings.IndexAny(part, " \t\r\n\f>+~:[#*")
		if end < 0 {
			end = len(part)
		}
		classes = append(classes, part[:end])
	}
	return classes
}

// atEachPoint reports style by which a marker stands at each point of a line.
func atEachPoint(css string) bool {
	css = strings.ToLower(strings.Join(strings.Fields(css), ""))
	return strings.Contains(css, "marker-mid") || strings.Contains(css, "marker:")
}

// mentioned are the names in url(#…).
func mentioned(css string) (ids []string) {
	lower := strings.ToLower(css)
	if len(lower) != len(css) {
		lower = css // letters whose small ones are longer stand in no property
	}
	for at := 0; ; {
		next := strings.Index(lower[at:], "url(")
		if next < 0 {
			return ids
		}
		at += next + len("url(")
		rest := strings.TrimLeft(css[at:], " \t\r\n\f\"'")
		if id, ok := strings.CutPrefix(rest, "#"); ok {
			if end := strings.IndexAny(id, "\"')"); end >= 0 {
				id = id[:end]
			}
			ids = append(ids, strings.TrimSpace(id))
		}
	}
}

// problem is what is said of a drawing that comes to too much; nil if it does not.
func (e *expansion) problem() *diag.Diagnostic {
	if len(e.mentions)+len(e.rules) == 0 || len(e.nodes) == 0 {
		return nil
	}
	if !e.applyRules() {
		return endless()
	}
	slices.SortStableFunc(e.mentions, func(a, b mention) int { return a.at - b.at })
	e.drawn = map[int]int{}
	if _, ok := e.count(0, 0); !ok {
		return endless()
	}
	return nil
}

// applyRules has each element mention what the style sheets say for it. ok is false
// if that is too much to look at.
func (e *expansion) applyRules() (ok bool) {
	for _, r := range e.rules {
		for at, n := range e.nodes {
			if r.classes != nil && !slices.ContainsFunc(n.classes,
				func(c string) bool { return slices.Contains(r.classes, c) }) {
				continue
			}
			if to, found := e.find(r.id); !found || to <= at && at < e.nodes[to].end {
				continue // a rule for all that is also for its own parts is not meant so
			}
			e.mentions = append(e.mentions, mention{at, r.id, r.again})
			if len(e.mentions) > maxMentions {
				return false
			}
		}
	}
	return true
}

// find finds what a name leads to, if that draws anything again: a gradient does
// not, however often it is named.
func (e *expansion) find(id string) (at int, found bool) {
	at, found = e.named[id]
	if !found {
		if plain, err := url.PathUnescape(id); err == nil {
			at, found = e.named[plain]
		}
	}
	return at, found && !strings.HasSuffix(e.nodes[at].name, "Gradient")
}

// count is how many elements are drawn for one with all that it names. ok is false
// if they are too many, or it names itself, which browsers take in different ways.
// What is counted once is not counted again: the work stays near the bound.
func (e *expansion) count(at, deep int) (n int, ok bool) {
	if n, known := e.drawn[at]; known {
		return n, n >= 0
	}
	if deep > maxNames {
		return 0, false
	}
	e.drawn[at] = -1
	end := e.nodes[at].end
	n = end - at
	first, _ := slices.BinarySearchFunc(e.mentions, at, func(m mention, at int) int { return m.at - at })
	for _, m := range e.mentions[first:] {
		if m.at >= end {
			break
		}
		to, found := e.find(m.id)
		if !found {
			continue
		}
		one, ok := e.count(to, deep+1)
		if !ok {
			return 0, false
		}
		if m.again && e.nodes[to].name == "marker" {
			one *= max(1, e.nodes[m.at].points)
		}
		if n += one; n > maxAgain+10*len(e.nodes) {
			return 0, false
		}
	}
	e.drawn[at] = n
	return n, true
}

func endless() *diag.Diagnostic {
	return &diag.Diagnostic{Rule: "huge-picture", Severity: diag.Error,
		Message: diag.Say("这个 SVG 里的图形一层层互相引用，展开后太多，浏览器画不完",
			"the parts of this SVG show each other again and again; that is more than a browser can draw"),
		Hint: diag.Say("用绘图软件打开，把重复引用的图形展开或合并，另存为 SVG 或 PNG",
			"open it in a drawing program, expand or merge what is repeated, and save it as SVG or PNG")}
}
