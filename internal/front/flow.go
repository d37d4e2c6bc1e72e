package front

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"qinglian/internal/config"
	"qinglian/internal/diag"
)

// flow checks a list between brackets, which may have several lines. Between
// them quotes and commas are structure.
func (s *scanner) flow(from int) state {
	w := flow{scanner: s, start: true}
	at := from
	for at < s.end && !w.closed {
		if s.text[at] == '\n' && s.fieldFollows(at) {
			break
		}
		at = w.step(at)
	}
	if !w.closed {
		w.unclosed(from, at)
	}
	s.at = s.lineEnd(at) + 1
	return done
}

// unclosed reports brackets that are not closed before the next field, at end.
func (w *flow) unclosed(from, end int) {
	text := strings.TrimRight(string(w.text[from:end]), "\n")
	at := from + len(text)
	var edits []diag.Edit
	if string(w.open) == "[" && w.inText == 0 && !w.remark && !strings.Contains(text, "\n") {
		edits = []diag.Edit{{At: at, End: at, Text: "]"}}
	}
	w.slip(from, at, diag.Diagnostic{Rule: "front-matter-syntax",
		Message: diag.Say("括号只有一边，后面没有配对的“%s”", "there is an opening bracket without its %s", closingOf(w.open)),
		Hint:    diag.Say("在末尾补上“%[1]s”", "put %[1]s at the end", closingOf(w.open))}, edits...)
}

// closingOf are the brackets that close those that are open.
func closingOf(open []byte) string {
	var b strings.Builder
	for _, c := range slices.Backward(open) {
		b.WriteByte(c + 2) // ] and } come two behind [ and {
	}
	return b.String()
}

// fieldFollows reports a line end behind which a field begins: what is open
// there was never closed.
func (s *scanner) fieldFollows(at int) bool {
	line := lineAt(s.text, at+1)
	return strings.TrimLeft(line, spaces) == line && s.startsField(line)
}

// flow is the state between brackets.
type flow struct {
	*scanner
	open   []byte // the brackets that are
	inText int    // full-width brackets that are open inside an item
	start  bool   // an item may begin here
	name   bool   // of a row's column, up to its colon
	closed bool
	remark bool // a comment was gone over
}

func (w *flow) step(at int) int {
	r, size := utf8.DecodeRune(w.text[at:])
	after := at + size
	switch {
	case strings.ContainsRune(spaces+"\n", r):
		return after
	case r == '#' && w.start && w.isTopic(at):
		return w.flowTopic(at)
	case r == '#' && (w.start || strings.IndexByte(" \t\n", w.text[at-1]) >= 0):
		w.remark = true
		return w.lineEnd(at)
	case w.start && (r == '"' || r == '\''):
		w.start = false
		return w.quotedItem(at)
	case w.start && strings.ContainsRune(openers, r):
		w.start = false
		return w.chinese(at)
	case w.name && (r == ':' || strings.ContainsRune(colons, r)):
		w.colon(at, after, r)
		w.start, w.name = true, false
	case r == ',':
		w.item()
	case strings.ContainsRune(commas, r) && (!w.inRow() || w.columnFollows(after)):
		text := ", "
		if after < w.end && w.text[after] == ' ' {
			text = ","
		}
		w.wide(at, after, ",", text)
		w.item()
	case r == '[', r == '{', w.start && (r == '［' || r == '｛'):
		w.bracket(at, r)
		w.open = append(w.open, toASCII(string(r))...)
		w.item()
	case r == '［', r == '｛':
		w.inText++
	case w.inText > 0 && (r == '］' || r == '｝'):
		w.inText--
	case r == ']', r == '}', r == '］', r == '｝':
		w.bracket(at, r)
		w.open = w.open[:len(w.open)-1]
		w.start, w.name = false, false
		w.closed = len(w.open) == 0
	default:
		w.start = false
	}
	return after
}

// columnFollows reports that a column is set next: in a row, a comma that is
// not followed by one belongs to the text.
func (w *flow) columnFollows(at int) bool {
	rest := w.text[at:min(at+longestItem, w.lineEnd(at))]
	i := bytes.IndexAny(rest, ":,{}[]"+colons+commas)
	if i < 0 {
		return false
	}
	_, ok := columns(w.current).Field(clean(string(rest[:i])))
	return ok
}

// inRow reports whether what is open last is a row of a table.
func (w *flow) inRow() bool { return bytes.HasSuffix(w.open, []byte("{")) }

// item is where one may begin.
func (w *flow) item() { w.start, w.name = true, w.inRow() }

// colon checks the one behind the name of a column.
func (w *flow) colon(at, after int, r rune) {
	spaced := after < w.end && strings.IndexByte(" \t\n", w.text[after]) >= 0
	switch {
	case r != ':' && spaced:
		w.wide(at, after, ":", ":")
	case r != ':':
		w.wide(at, after, ":", ": ")
	case !spaced:
		w.slip(at, after, noSpace(), diag.Edit{At: after, End: after, Text: " "})
	}
}

func (w *flow) bracket(at int, r rune) {
	if want, ok := ascii(r); ok {
		w.wide(at, at+utf8.RuneLen(r), want, want)
	}
}

// flowTopic reports an item that is written as a #topic.
func (w *flow) flowTopic(at int) int {
	name, end := w.topic(at)
	w.start = false
	if strings.ContainsAny(name, quotes+openers+"{}[:&*!|>%@`\\#-?"+commas) {
		w.topicSlip(at, end)
	} else {
		w.topicSlip(at, end, diag.Edit{At: at, End: end, Text: name})
	}
	return end
}

// quotedItem goes over an item between ASCII quotes.
func (w *flow) quotedItem(at int) int {
	end := w.lineEnd(at)
	if closeAt := yamlClosing(w.text[at:end]); closeAt >= 0 {
		return at + closeAt + 1
	}
	if after := w.otherQuote(w.current, at, end, true); after >= 0 {
		return after
	}
	last := w.beforeField(end)
	if closeAt := yamlClosing(w.text[at:last]); closeAt >= 0 {
		return at + closeAt + 1
	}
	w.scanner.unclosed(config.Field{}, at, string(w.text[at:end]), true)
	w.closed = true
	return end
}

// chinese goes over an item between Chinese quotes.
func (w *flow) chinese(at int) int {
	_, size := utf8.DecodeRune(w.text[at:])
	closeAt := w.itemEnd(at+size, min(at+longestItem, w.lineEnd(at)))
	if closeAt < 0 {
		return at + size
	}
	w.chineseQuotes(at, closeAt)
	_, size = utf8.DecodeRune(w.text[closeAt:])
	return closeAt + size
}

// longestItem bounds the search for the end of an item, in bytes, so that a
// line of a thousand open quotes is not searched a thousand times.
const longestItem = 1000

// itemEnd finds the quote that closes a text, between two offsets of a line:
// the first that a comma, a bracket or the line's end follows. -1 if there is
// none.
func (s *scanner) itemEnd(from, to int) int {
	for at := from; at < to; {
		r, size := utf8.DecodeRune(s.text[at:])
		if strings.ContainsRune(closers+"\"'", r) && s.itemEnds(at+size) {
			return at
		}
		at += size
	}
	return -1
}

func (s *scanner) itemEnds(at int) bool {
	for at < s.end {
		r, size := utf8.DecodeRune(s.text[at:])
		if !strings.ContainsRune(spaces, r) {
			return strings.ContainsRune(commas+",]］}｝#＃\n", r)
		}
		at += size
	}
	return true
}
