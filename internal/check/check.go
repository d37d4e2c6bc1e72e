// Package check inspects a site before it is published: what a building program need
// not know and a public body must not show.
//
// It is made of rules, each in a file of its own and each with a page in package rules
// that says what it is about, on what it rests and how surely. A [Rule] of articles is
// asked where an article is compiled, over its text and its facts ([Article]); one of
// the site over linked pages and what is published ([Whole]). What is found is a
// [Finding]: a Diagnostic with its place, as severe as the rule finds it.
//
// What rules of articles find depends on the file, the configuration for compiling and
// the owner's lists alone, which [Checker.Digest] stands for: so it is kept beside the
// Doc, by the file's stamp and bytes, and an article that has not changed is not read
// again. How serious a rule is, what an article excuses itself from and which articles
// count is decided each time ([Checker.Report]); and what depends on today is found by
// rules of the site, whose findings are never kept. So are those about links to other
// sites ([Outside]): somebody else opens them and hands in what came of it ([Answer]).
//
// A rule that rests on what is only recalled is a hint at most. Nothing that this
// package finds keeps a site from being published, unless config.toml says so.
package check

import (
	"slices"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/flat"
	"qinglian/internal/manuscript"
	"qinglian/internal/markdown"
)

// Folder is where the owner's lists are.
const Folder = "lexicon"

// Confidence says how surely a rule is asked for.
type Confidence string

// From surely to barely: said by two or more texts of public bodies, by one, by nothing
// that was found; or a rule that this program thinks wise.
const (
	High     Confidence = "H"
	Medium   Confidence = "M"
	Low      Confidence = "L"
	OwnSense Confidence = "own"
)

// Rule is one thing that an inspection looks for.
type Rule struct {
	Name string // in words; also that of its page

	// Profiles are the levels that it has for a profile of config.toml, in place of
	// those that its findings have. Off is one, too.
	Profiles map[string]Level
	Sure     Confidence

	Article  func(*Article) // reports what an article has of it; nil for a rule of the site
	Files    bool           // it is asked of attachments, too, and of the texts in config.toml
	Settings bool           // it is asked of the texts in config.toml alone, besides articles
	Site     func(*Whole)   // reports what the site as a whole has of it; nil for a rule of articles
	Online   bool           // it is asked only where links to other sites were opened
}

// all are the rules, in the order in which an article is put to them.
var all = []Rule{idNumber, mobileNumber, bankCard, passportNumber, plateNumber, homeAddress, minor, nearPhrase,
	wrongPhrase, soundPhrase, traditionalCharacter, rareCharacter,
	missingAlt, vagueLink, bareLink, tableHeader, silentMedia, longPicture,
	vagueSource, reprint, noAuthor, noCredit, mapNumber, aiLabel, emblem, hiddenContent, fileAuthor, changedSinceReview,
	idleExcuse,
	staleHome, staleColumn, staleAccount, emptyColumn, lateTask, yearReport, dueSoon, vanishedAddress, changedDate,
	foreignHost, retiredDomain, emptyLink, unlinkedFile, insecureResource, outsideDeadLink, outsideMovedLink,
	outsideUnreachedLink, siteDomain, thinTags, noOriginal, doubtfulDate, repealed}

// Rules are all rules.
func Rules() []Rule { return slices.Clone(all) }

// Find finds a rule by its name.
func Find(name string) (Rule, bool) {
	i := slices.IndexFunc(all, func(r Rule) bool { return r.Name == name })
	if i < 0 {
		return Rule{}, false
	}
	return all[i], true
}

// Finding is something that a rule found.
type Finding struct {
	diag.Diagnostic

	// Subject is what was found, if it may be allowed for the whole site: a number.
	Subject string

	// Once is of a finding that is said once for each Subject: a number under which a
	// public body is reached is published on purpose, or it is not.
	Once bool
}

func (f *Finding) tape(t *flat.Tape) {
	f.Diagnostic.Tape(t)
	t.Shared(&f.Subject)
	t.Bool(&f.Once)
}

// Looked is what was found in one file, as long as that stays what it is.
type Looked struct {
	File     string
	Findings []Finding
	Excuses  []content.Excuse
	Links    []Outside // for whoever opens them

	// Unread says why the file could not be looked into; empty for nearly all.
	Unread diag.Text

	// Of are the articles that a file is attached to, whose excuses hold for it. It is not
	// kept.
	Of []string
}

// Tape records or plays what was found.
func (l *Looked) Tape(t *flat.Tape) {
	t.Shared(&l.File)
	flat.Slice(t, &l.Findings, func(t *flat.Tape, f *Finding) { f.tape(t) })
	flat.Slice(t, &l.Excuses, func(t *flat.Tape, e *content.Excuse) {
		t.String(&e.Rule)
		t.String(&e.Reason)
		e.Where.Tape(t)
	})
	flat.Slice(t, &l.Links, func(t *flat.Tape, o *Outside) { o.tape(t) })
	t.String(&l.Unread.ZH)
	t.String(&l.Unread.EN)
}

// Checker inspects one site; it is used from all cores.
type Checker struct {
	config  config.Config
	lexicon *Lexicon         // nil without one
	levels  map[string]Level // by rule, of those that have another than their findings
}

// New is the Checker of a site. A lexicon is to be prepared; it may be nil.
func New(c config.Config, lexicon *Lexicon) *Checker {
	return &Checker{config: c, lexicon: lexicon, levels: levels(c)}
}

// Digest stands for all that findings of files depend on, besides the files and the
// program.
func (c *Checker) Digest() digest.Digest {
	h := digest.New("check").Digest(c.config.CompileDigest()).String(c.config.Language, c.config.BaseURL).
		String(c.config.Check.Retired...)
	if !c.lexicon.Empty() {
		h.Digest(c.lexicon.digest)
	}
	return h.Sum()
}

// Article inspects one article.
func (c *Checker) Article(text []byte, doc *content.Doc, facts content.Facts) Looked {
	a := c.article(text, doc, facts)
	for _, r := range all {
		if r.Article != nil {
			r.Article(a)
		}
	}
	return Looked{File: doc.Path, Findings: a.found, Excuses: facts.Excuses, Links: a.outside()}
}

func (c *Checker) article(text []byte, doc *content.Doc, facts content.Facts) *Article {
	return &Article{File: doc.Path, Text: text, Doc: doc, Facts: facts, Config: c.config, lexicon: c.lexicon,
		lines: diag.NewLines(doc.Path, text)}
}

// Article is what a rule sees of an article.
type Article struct {
	File   string
	Text   []byte
	Doc    *content.Doc
	Facts  content.Facts
	Config config.Config

	lines    *diag.Lines
	passages []Passage
	numbers  []number
	scanned  bool
	maskings []masking
	lexicon  *Lexicon
	phrases  []phraseHit
	searched bool
	attached bool // it is no article but a file that is published as it is
	hidden   []manuscript.Why
	authors  []string
	insecure []markdown.Place // of what a page loads without https
	found    []Finding
}

// Report adds a finding at a place in the article's file.
func (a *Article) Report(at markdown.Place, f Finding) {
	f.Diagnostic = a.lines.Over(int(at.From), int(at.To), f.Diagnostic)
	a.found = append(a.found, f)
}

// ReportFile adds a finding about the article as a whole.
func (a *Article) ReportFile(f Finding) {
	f.Diagnostic = f.Diagnostic.In(a.File)
	a.found = append(a.found, f)
}
