package snapshot

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"qinglian/internal/cache"
	"qinglian/internal/check"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/flat"
	"qinglian/internal/published"
	"qinglian/internal/site"
	"qinglian/internal/source"
)

// What was found in files is kept in a file of its own: builds, which ask for none of it,
// do not load it. It is sound because each file's findings carry its stamp and its bytes'
// digest, and all of them that of the Checker and of the program.

// inspected is what the last inspection found.
type inspected struct {
	checker digest.Digest
	files   map[string]lookedInto
	changed bool // it is another than on the disk
}

// lookedInto is what was found in one file.
type lookedInto struct {
	stamp  source.Stamp // zero if it can't be trusted
	digest digest.Digest
	check.Looked
}

// inspectedName is the file of what was found, in a site's cache folder.
const inspectedName = "/check"

func loadInspected(root *os.Root, folder string, engine digest.Digest) (k inspected) {
	body, ok := cache.Load(root, folder+inspectedName, engine)
	if !ok {
		return k
	}
	t := flat.Play(body)
	if k.tape(t); !t.Whole() {
		return inspected{}
	}
	return k
}

func (k *inspected) tape(t *flat.Tape) {
	t.Bytes(k.checker[:])
	tapeMap(t, &k.files, func(t *flat.Tape, l *lookedInto) {
		l.stamp.Tape(t)
		t.Bytes(l.digest[:])
		l.Looked.Tape(t)
	})
}

// save keeps what was found, if anything was looked into.
func (k *inspected) save(root *os.Root, folder string, engine digest.Digest) error {
	if !k.changed {
		return nil
	}
	var t flat.Tape
	k.tape(&t)
	k.changed = false
	return cache.Save(root, folder+inspectedName, engine, t.Recorded())
}

// inspector has articles inspected where they are compiled. A nil one inspects nothing
// and takes all as inspected.
type inspector struct {
	*check.Checker
	old map[string]lookedInto

	mu  sync.Mutex
	new map[string]lookedInto
}

// inspects reports whether articles are inspected: somebody asks, or it decides what is published.
func (opt Options) inspects(d Design) bool {
	return opt.Check || d.config.Check.Gate == string(check.Error)
}

// inspects prepares the inspection, if anybody asks for one.
func (t *taker) inspects() error {
	if !t.opt.inspects(t.design) {
		return nil
	}
	lexicon, err := t.lexicon()
	if err != nil {
		return err
	}
	t.inspector = &inspector{Checker: check.New(t.design.config, lexicon), new: map[string]lookedInto{}}
	old := t.old.inspected
	if old.files == nil && t.old.noted != nil {
		old = t.old.noted()
	}
	t.next.inspected.checker = t.inspector.Digest().Plus(t.design.compiler().Digest())
	if old.checker == t.next.inspected.checker {
		t.inspector.old = old.files
	}
	return nil
}

// lexicon reads the owner's lists; nil if there are none.
func (t *taker) lexicon() (*check.Lexicon, error) {
	t.say(t.from.lists.problems)
	lexicon, problems, err := lexicon(t.site, t.from.lists.files)
	t.say(problems)
	return lexicon, err
}

func lexicon(s *source.Site, files []source.File) (lexicon *check.Lexicon, problems diag.List, err error) {
	if len(files) == 0 {
		return nil, nil, nil
	}
	lexicon = &check.Lexicon{}
	for _, f := range files {
		raw, err := s.ReadUpTo(f.Path, source.MaxText)
		if err != nil {
			return nil, problems, fmt.Errorf("%s: %w", f.Path, err)
		}
		text, more := source.Text(f.Path, raw)
		if problems = append(problems, more...); more.Count(diag.Error) == 0 {
			problems = append(problems, lexicon.Read(f.Path, text)...)
		}
	}
	lexicon.Prepare()
	return lexicon, problems, nil
}

// Inspect is what an inspection finds in one article as its file stands now: what the
// preview shows beside it, without inspecting all of the site for that.
func (d Design) Inspect(s *source.Site, name string) (report check.Report, err error) {
	files, _, err := s.Walk(check.Folder)
	if err != nil {
		return report, err
	}
	words, _, err := lexicon(s, files)
	if err != nil {
		return report, err
	}
	raw, err := s.ReadUpTo(name, source.MaxText)
	if err != nil {
		return report, fmt.Errorf("%s: %w", name, err)
	}
	text, problems := source.Text(name, raw)
	if problems.Count(diag.Error) > 0 {
		return report, nil
	}
	checker := check.New(d.config, words)
	doc, facts := d.compiler().CompileWithFacts(name, text)
	return checker.Report([]check.Looked{checker.Article(text, &doc, facts)}, nil), nil
}

// stands reports whether nothing else can be found in a file than before.
func (n *inspector) stands(f source.File) bool {
	if n == nil {
		return true
	}
	was, known := n.old[f.Path]
	if !known || was.stamp != f.Stamp {
		return false
	}
	n.note(f.Path, was)
	return true
}

// unchanged is stands for a file that was read.
func (n *inspector) unchanged(name string, stamp source.Stamp, of digest.Digest) bool {
	if n == nil {
		return true
	}
	was, known := n.old[name]
	if !known || was.digest != of {
		return false
	}
	was.stamp = stamp
	n.note(name, was)
	return true
}

func (n *inspector) note(name string, found lookedInto) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.new[name] = found
}

// compile compiles an article and inspects it.
func (n *inspector) compile(c content.Compiler, of Compiled, name string, raw []byte) *content.Doc {
	found := lookedInto{stamp: of.Stamp, digest: of.Digest, Looked: check.Looked{File: name}}
	text, problems := source.Text(name, raw)
	if problems.Count(diag.Error) > 0 {
		n.note(name, found)
		return noText(name, problems)
	}
	d, facts := c.CompileWithFacts(name, text)
	found.Looked = n.Article(text, &d, facts)
	n.note(name, found)
	d.Problems = append(problems, d.Problems...)
	return &d
}

// attachments inspects the files that are published as they are, and those of which pages
// are made: the tables in data/, and what the site's own theme has.
func (t *taker) attachments(linked *site.Site, others []source.File) error {
	n := t.inspector
	if n == nil {
		return nil
	}
	published := map[string]bool{}
	for _, f := range linked.Files {
		published[f.Source] = true
	}
	var group errgroup.Group
	group.SetLimit(max(1, t.opt.Jobs))
	for _, f := range slices.Concat(others, t.from.data.files, t.from.themes) {
		foreign := strings.HasPrefix(f.Path, "themes/") &&
			!strings.HasPrefix(f.Path, "themes/"+t.design.config.Theme+"/")
		if foreign || strings.HasPrefix(f.Path, content.Folder+"/") && !published[f.Path] || !check.Inspects(f.Path) ||
			n.stands(f) {
			continue
		}
		group.Go(func() error { return t.attachment(f) })
	}
	return group.Wait()
}

func (t *taker) attachment(f source.File) error {
	found := lookedInto{stamp: t.from.trust(f.Stamp), Looked: check.TooLarge(f.Path)}
	if f.Stamp.Size <= check.MaxAttachment {
		raw, err := t.site.Read(f.Path)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Path, err)
		}
		found.digest = digest.Of(raw)
		if t.inspector.unchanged(f.Path, found.stamp, found.digest) {
			return nil
		}
		found.Looked = t.inspector.within(f.Path, raw)
	}
	t.inspector.note(f.Path, found)
	return nil
}

// patience is how long an attachment may take that a module reads which knows no bounds.
const patience = 20 * time.Second

// within inspects an attachment, or gives up.
func (n *inspector) within(name string, raw []byte) check.Looked {
	if !strings.EqualFold(path.Ext(name), ".pdf") {
		return n.File(name, raw)
	}
	done := make(chan check.Looked, 1)
	go func() { done <- n.File(name, raw) }()
	select {
	case looked := <-done:
		return looked
	case <-time.After(patience):
		return check.Unreadable(name, diag.Say("%d 秒没有读完", "it was not read in %d seconds", int(patience.Seconds())))
	}
}

// referring are the articles that each file is attached to.
func referring(linked *site.Site) map[string][]string {
	of := map[string][]string{}
	for _, p := range linked.Pages {
		for _, to := range p.Targets {
			if to.File != nil && !slices.Contains(of[to.File.Source], p.Doc.Path) {
				of[to.File.Source] = append(of[to.File.Source], p.Doc.Path)
			}
		}
	}
	return of
}

// judge says what of the findings counts. What keeps the site from being published is an
// error of the Snapshot.
func (t *taker) judge(linked *site.Site) error {
	n := t.inspector
	if n == nil {
		return nil
	}
	before, err := ReadRecord(t.site)
	if err != nil {
		return err
	}
	t.next.inspected.files = n.new
	t.next.inspected.changed = !sameInspected(n.old, n.new)
	held := map[string]content.Hold{}
	for _, h := range linked.Held {
		held[h.File] = h.Why
	}
	files := make([]check.Looked, 0, len(n.new))
	of := referring(linked)
	for name, l := range n.new {
		l.Of = of[name]
		if why := held[name]; why == "" || t.opt.Check && (why == content.HoldFuture || why == content.HoldErrors) {
			files = append(files, l.Looked)
		}
	}
	slices.SortFunc(files, func(a, b check.Looked) int { return strings.Compare(a.File, b.File) })
	whole := check.Whole{Site: linked, Outputs: t.snap.Outputs, Now: t.opt.Selection.Now, Record: before,
		Answers: t.opt.Answers}
	if t.opt.Answers != nil {
		whole.Outside = n.Outside(files)
	}
	t.snap.Check = n.Report(files, n.Site(whole))
	if t.design.config.Check.Gate != string(check.Error) {
		return nil
	}
	for _, d := range t.snap.Check.Diagnostics() {
		if d.Severity == diag.Error {
			t.say(diag.List{d})
		}
	}
	return nil
}

// ReadRecord reads what a site remembers of what it published; nothing if it has no such
// file.
func ReadRecord(s *source.Site) (published.Record, error) {
	raw, err := s.Read(published.File)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return published.Parse(raw), err
}

func sameInspected(a, b map[string]lookedInto) bool {
	if len(a) != len(b) {
		return false
	}
	for name, l := range b {
		if was := a[name]; was.stamp != l.stamp || was.digest != l.digest {
			return false
		}
	}
	return true
}

// tapeMap records or plays a map in the order of its keys.
func tapeMap[V any](t *flat.Tape, m *map[string]V, each func(*flat.Tape, *V)) {
	keys := slices.Sorted(maps.Keys(*m))
	n := len(keys)
	t.Int(&n)
	if t.Playing() {
		*m = make(map[string]V, max(0, min(n, 1<<20)))
	}
	for i := 0; i < n && !t.Bad(); i++ {
		var key string
		if !t.Playing() {
			key = keys[i]
		}
		t.String(&key)
		v := (*m)[key]
		each(t, &v)
		if t.Playing() {
			(*m)[key] = v
		}
	}
}
