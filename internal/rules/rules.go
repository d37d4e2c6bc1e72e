// Package rules holds the page about each rule that a diagnostic can name.
//
// A diagnostic has room for one sentence. Its rule's page says the rest: what
// is meant, why it matters and what to type instead, with what an editor would
// have typed before and after. `qinglian explain` prints the pages, and the
// manual's chapter of rules consists of them.
//
// Each page is a file of pages/, named for its rule and written by hand:
//
//	error prose
//	-- zh --
//	题目
//
//	说明。
//	-- en --
//	Title
//
//	Text.
//	-- before --
//	见[另一篇](dat.md)。
//	-- after --
//	见[另一篇](date.md)。
//
// The first line has the severities that the rule's diagnostics can have, the
// worst first, and the place where an editor mends it (places.go). The title
// is a line without a full stop. Text consists of paragraphs of one line;
// marks in it stand in backticks, so that it is right as Markdown and readable
// as it is.
//
// A rule of `qinglian check` says so in its first line, and on what it rests in a part
// of its own, with how surely (H: said by two or more texts of public bodies, M: by one,
// L: by none that was found, own: this program thinks it wise), first in Chinese:
//
//	error check prose
//	-- source H --
//	国办秘函〔2019〕19号
//	国办秘函〔2019〕19号
//
// The example is one for both languages, since it shows a Chinese site. A part
// of it may name its file (-- before config.toml --). A part of an article is
// a piece of its front matter or of its prose, as the place says, or a whole
// article if it begins with its fence. At the place "files" an example without
// a name is a list of files. There is no example where there is nothing to
// type: the machine failed, or a file has to be saved in another way.
//
// Tests hold the pages against the program: every rule in its source has a
// page and every page a rule, and each example, built as a site, is answered
// by its rule before and by nothing after.
package rules

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"qinglian/internal/diag"
)

// Page is what is said about one rule.
type Page struct {
	Name          string          // of the rule
	Severities    []diag.Severity // the worst first
	Place         Place
	Check         bool   // the rule is one of the inspection, not of building
	Sure          string // how surely it is asked for: H, M, L or own
	Source        diag.Text
	Title         diag.Text
	Text          diag.Text
	Before, After []Example
}

// Example is a part of what an editor typed.
type Example struct {
	File string // "" for an article, or a list of files
	Text string // lines, each with its end
}

//go:embed pages/*.txt
var texts embed.FS

// All is the pages of all rules, by name.
func All() []Page {
	entries, err := fs.ReadDir(texts, "pages")
	if err != nil {
		panic("rules: " + err.Error()) // part of the program
	}
	pages := make([]Page, 0, len(entries))
	for _, e := range entries {
		text, err := fs.ReadFile(texts, path.Join("pages", e.Name()))
		if err != nil {
			panic("rules: " + err.Error())
		}
		p, err := parse(strings.TrimSuffix(e.Name(), ".txt"), string(text))
		if err != nil {
			panic("rules: " + err.Error()) // a test parses them all
		}
		pages = append(pages, p)
	}
	return pages
}

// Find is the page about a rule.
func Find(rule string) (Page, bool) {
	for _, p := range All() {
		if p.Name == rule {
			return p, true
		}
	}
	return Page{}, false
}

// parse reads a page. What it can't use is an error: nothing that was written
// is left out.
func parse(name, text string) (Page, error) {
	p := Page{Name: name}
	first, rest, _ := strings.Cut(text, "\n")
	if err := p.head(strings.Fields(first)); err != nil {
		return p, fmt.Errorf("%s: %w", name, err)
	}
	part, body := "", ""
	for line := range strings.Lines(rest + "-- end --\n") {
		next, ok := partName(line)
		if !ok {
			body += line
			continue
		}
		if err := p.part(part, body); err != nil {
			return p, fmt.Errorf("%s: %w", name, err)
		}
		part, body = next, ""
	}
	return p, nil
}

// partName is what stands between the dashes of -- name --.
func partName(line string) (string, bool) {
	name, begins := strings.CutPrefix(strings.TrimRight(line, "\n"), "-- ")
	name, ends := strings.CutSuffix(name, " --")
	return name, begins && ends
}

func (p *Page) head(words []string) error {
	for _, w := range words {
		switch {
		case w == diag.Error.String():
			p.Severities = append(p.Severities, diag.Error)
		case w == diag.Warning.String():
			p.Severities = append(p.Severities, diag.Warning)
		case w == diag.Note.String():
			p.Severities = append(p.Severities, diag.Note)
		case w == "check":
			p.Check = true
		case p.Place == "" && Place(w).known():
			p.Place = Place(w)
		default:
			return fmt.Errorf("the first line can't say %q", w)
		}
	}
	if len(p.Severities) == 0 || p.Place == "" {
		return errors.New("the first line must say how severe the rule is and where it is mended")
	}
	return nil
}

func (p *Page) part(name, body string) error {
	name, file, _ := strings.Cut(name, " ")
	switch {
	case name == "" && body == "":
	case name == "zh" && file == "":
		p.Title.ZH, p.Text.ZH = titled(body)
	case name == "en" && file == "":
		p.Title.EN, p.Text.EN = titled(body)
	case name == "source" && sureness[file] != (diag.Text{}):
		p.Sure = file
		p.Source.ZH, p.Source.EN = titled(body)
	case name == "before":
		p.Before = append(p.Before, Example{file, body})
	case name == "after":
		p.After = append(p.After, Example{file, body})
	default:
		return fmt.Errorf("there is no part %q", name)
	}
	return nil
}

// titled is the title of a part and the paragraphs under it.
func titled(body string) (title, text string) {
	title, text, _ = strings.Cut(body, "\n")
	return title, strings.TrimSpace(text)
}
