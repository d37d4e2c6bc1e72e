package site

import (
	"maps"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"qinglian/internal/address"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/markdown"
)

// StaticFolder holds the files that are published as they are.
const StaticFolder = "static"

// form is a path in Unicode's composed form: macOS may have decomposed the name
// of a file that came from it, while what people type is composed.
func form(name string) string { return norm.NFC.String(name) }

// resolve finds what each Ref of a page leads to.
func (l *linker) resolve(p *Page) {
	var problems diag.List
	p.Targets, problems = l.targets(p)
	if now := p.Written(); now != p.Doc {
		_, problems = l.targets(&Page{Doc: now, Path: p.Path})
	}
	for _, d := range problems {
		l.say(p.Doc, d)
	}
}

func (l *linker) targets(p *Page) ([]Target, diag.List) {
	targets := make([]Target, len(p.Refs))
	var problems diag.Few
	for i, ref := range p.Refs {
		t, message := l.target(p, ref)
		targets[i] = t
		if message != nil {
			problems.Add(message.Placed(ref.Where))
		}
	}
	return targets, problems.List()
}

func (l *linker) target(p *Page, ref markdown.Ref) (Target, *diag.Diagnostic) {
	name, ok := l.source(p, ref.Dest)
	if !ok {
		if was, moved := l.moved(p, ref); moved {
			return l.movedTo(was, p, ref)
		}
		return Target{}, dead(ref, diag.Say("链接不能指到网站之外", "a link can't lead out of the site's folder"))
	}
	for _, candidate := range []string{name, path.Join(name, "index.md"), name + ".md"} {
		if l.hidden[candidate] {
			return hiddenTarget(ref)
		}
		if to := l.byFile[candidate]; to != nil && !ref.Image && to.Path != "" {
			return l.anchored(p, to, ref)
		}
	}
	if l.files[name] == nil && l.unplaced(name) {
		return Target{State: Hidden}, nil // one cause
	}
	if ref.Article {
		return Target{}, &diag.Diagnostic{Rule: "dead-reference", Severity: diag.Error,
			Message: diag.Say("“%s”不是本站的文章",
				"%q is not an article of this site", ref.Dest), Hint: l.nearest(name, ref.Dest, false)}
	}
	if file, ok := l.files[name]; ok {
		l.publish(file)
		return Target{State: Found, Path: file.Path, File: file}, nil
	}
	if !ref.Image {
		if s := l.sections[strings.TrimPrefix(name, content.Folder+"/")]; s != nil {
			return Target{State: Found, Path: s.Path}, nil
		}
		published := l.published(p, ref.Dest)
		if to := l.at(published); to != nil {
			return l.anchored(p, to, ref)
		}
		if l.listed(published) {
			return Target{State: Found, Path: published}, nil
		}
		if was, moved := l.moved(p, ref); moved {
			return l.movedTo(was, p, ref)
		}
	}
	if hint, ok := otherwise(ref); ok {
		return Target{}, dead(ref, hint)
	}
	return Target{}, dead(ref, l.nearest(name, ref.Dest, ref.Image))
}

func hiddenTarget(ref markdown.Ref) (Target, *diag.Diagnostic) {
	return Target{State: Hidden}, &diag.Diagnostic{Rule: "hidden-target", Severity: diag.Warning,
		Message: diag.Say("“%s”现在没有公开，这个链接暂时显示为文字",
			"%q is not public now; the link is shown as text", ref.Dest),
		Hint: diag.Say("那篇文章公开后链接会自动恢复", "the link returns when the article is published")}
}

// unplaced reports a name in a folder of content/ that is no section but has articles.
func (l *linker) unplaced(name string) bool {
	inside, ok := strings.CutPrefix(name, content.Folder+"/")
	section, _, _ := strings.Cut(inside, "/")
	return ok && l.strange[section]
}

// source is the file that an address, as typed in an article, names. An
// address that begins with a slash begins at the site's root: in static/ if
// there is such a file, else in content/.
func (l *linker) source(p *Page, dest string) (string, bool) {
	dest = form(dest)
	if strings.HasPrefix(dest, "/") {
		dest = path.Clean(dest) // no way out above the root
		name := StaticFolder + dest
		if _, ok := l.files[name]; ok {
			return name, true
		}
		return path.Join(content.Folder, dest), true
	}
	name := path.Join(form(p.Beside), dest)
	return name, !strings.HasPrefix(name, "../") && name != ".."
}

// published is an address as a published path, for writers who copied it from
// their browser. index.html by itself is the home page: who means the list of
// the section names its folder.
func (l *linker) published(p *Page, dest string) string {
	if dest == "index.html" {
		return dest
	}
	if !strings.HasPrefix(dest, "/") {
		dest = path.Join(path.Dir(p.Path), dest)
	}
	dest = strings.TrimPrefix(dest, "/")
	if dest == "" || dest == "." || strings.HasSuffix(dest, "/") {
		return strings.TrimPrefix(dest, ".") + "index.html"
	}
	return dest
}

// listed reports whether a list is published at a path, whether or not an article
// introduces it: the home page, or a section's first page.
func (l *linker) listed(published string) bool {
	s := l.sections[path.Dir(published)]
	return published == "index.html" || s != nil && s.Path == published
}

func (l *linker) anchored(p, to *Page, ref markdown.Ref) (Target, *diag.Diagnostic) {
	t := Target{State: Found, Path: to.Path, Anchor: ref.Anchor, Page: to}
	if to.Card.Gone {
		t.Anchor = "" // its page says one thing
	}
	if t.Anchor == "" {
		return t, nil
	}
	anchors := l.anchorsOf(to)
	i, doubt := anchors.Find(ref.Anchor, func() map[string]bool { return l.wantedOf(p, ref.Dest) })
	if i < 0 && to.Unread() {
		return t, nil // one cause
	}
	if i < 0 {
		return t, l.missingAnchor(anchors, ref.Anchor)
	}
	a := anchors.All()[i]
	if t.Anchor = a.ID; a.Clause || ref.Anchor == a.Alias {
		t.Anchor = a.Alias // #t3 survives what chat programs do to #第三条
	}
	return t, doubt
}

func (l *linker) missingAnchor(anchors *markdown.AnchorIndex, id string) *diag.Diagnostic {
	if id == "top" {
		return nil // every page has one
	}
	among := anchors.All()
	if !l.mayLook(len(among)) {
		among = nil
	}
	d := markdown.MissingAnchor(id, among)
	return &d
}

// wantedOf are the places in all links of a page to one address.
func (l *linker) wantedOf(p *Page, dest string) map[string]bool {
	if l.wanted.of != p {
		l.wanted.of, l.wanted.by = p, map[string]map[string]bool{}
		for _, ref := range p.Refs {
			if ref.Anchor == "" {
				continue
			}
			if l.wanted.by[ref.Dest] == nil {
				l.wanted.by[ref.Dest] = map[string]bool{}
			}
			l.wanted.by[ref.Dest][ref.Anchor] = true
		}
	}
	return l.wanted.by[dest]
}

// wanted are the places in the links of a page, by the address as it was typed.
type wanted struct {
	of *Page
	by map[string]map[string]bool
}

// mayLook reports whether there is time to compare one more name with so many.
func (l *linker) mayLook(names int) bool {
	l.looked += names
	return l.looked <= markdown.MostLooking
}

// anchorsOf are a page's anchors, played once for all links to them.
func (l *linker) anchorsOf(p *Page) *markdown.AnchorIndex {
	if l.anchors[p] == nil {
		l.anchors[p] = markdown.IndexAnchors(p.Anchors())
	}
	return l.anchors[p]
}

// publish gives a file its address and has it published. A picture may become
// one of another format.
func (l *linker) publish(f *File) {
	if f.Path != "" {
		return
	}
	dirs := strings.Split(strings.TrimPrefix(path.Dir(f.Source), content.Folder), "/")
	for i := range dirs {
		if i > 0 {
			dirs[i] = address.Folder(dirs[i])
		}
	}
	name := address.File(path.Base(f.Source))
	if f.Picture != nil {
		name = f.Picture.As(f.Picture.Whole()).Named(name)
	}
	f.Path = strings.TrimPrefix(path.Join(append(dirs, name)...), "/")
}

// at is the page at a published path, the first if there are several.
func (l *linker) at(path string) *Page {
	if l.byPath == nil {
		l.byPath = make(map[string]*Page, len(l.pages))
		for i := range l.pages {
			if p := &l.pages[i]; l.byPath[p.Path] == nil && p.Doc.Section != config.TermsFolder {
				l.byPath[p.Path] = p
			}
		}
	}
	return l.byPath[path]
}

// fold is the paths of all files and articles by their lower-case form.
func (l *linker) fold() map[string]string {
	if l.folded == nil {
		l.folded = make(map[string]string, len(l.named))
		for _, name := range l.named {
			l.folded[strings.ToLower(form(name))] = form(name)
		}
	}
	return l.folded
}

// nearest suggests what was meant by a name that is not there, and was typed as dest.
func (l *linker) nearest(name, dest string, image bool) diag.Text {
	if hint, ok := l.near(name, dest, image); ok {
		return hint
	}
	return diag.Say("应有文件 %s；检查名字和文件夹", "there should be a file %s; check its name and folder", name)
}

// near suggests what to type for a name that is much like one that is not there.
func (l *linker) near(name, dest string, image bool) (hint diag.Text, ok bool) {
	folder := dest[:strings.LastIndexByte(strings.TrimRight(dest, "/"), '/')+1] // as it was typed
	if exact, ok := l.fold()[strings.ToLower(name)]; ok && exact != name {
		return diag.Say("大小写不同：文件名是 %s", "the letter case differs: the file is %s", path.Base(exact)), true
	}
	known := l.beside(path.Dir(name), image)
	if !l.mayLook(len(known)) {
		known = nil
	}
	if near := nearestFile(path.Base(name), known); near != "" {
		return diag.Say("是不是想写 %s？", "did you mean %s?", folder+near), true
	}
	return hint, false
}

// nearestFile is the only file that a name is without its ending, or with another one,
// else the one whose name is nearly that. "" if there is none.
func nearestFile(name string, known []string) string {
	stem, only := strings.ToLower(strings.TrimSuffix(name, path.Ext(name))), ""
	for _, file := range known {
		if strings.ToLower(strings.TrimSuffix(file, path.Ext(file))) != stem {
			continue
		}
		if only != "" {
			return diag.Nearest(name, known)
		}
		only = file
	}
	if only != "" {
		return only
	}
	return diag.Nearest(name, known)
}

// beside is the names of what lies in a folder, in order: files, and articles
// unless it is for a picture.
func (l *linker) beside(dir string, image bool) []string {
	if l.inFolder == nil {
		l.inFolder = map[bool]map[string][]string{true: {}, false: {}}
		for _, name := range sorted(slices.Collect(maps.Keys(l.files))) {
			for _, names := range l.inFolder {
				names[path.Dir(name)] = append(names[path.Dir(name)], path.Base(name))
			}
		}
		for name := range l.byFile {
			names := l.inFolder[false]
			names[path.Dir(name)] = append(names[path.Dir(name)], path.Base(name))
		}
		for _, names := range l.inFolder[false] {
			slices.Sort(names)
		}
	}
	return l.inFolder[image][dir]
}

func dead(ref markdown.Ref, hint diag.Text) *diag.Diagnostic {
	if ref.Image {
		return &diag.Diagnostic{Rule: "missing-picture", Severity: diag.Error,
			Message: diag.Say("找不到图片“%s”", "there is no picture %q", ref.Dest), Hint: hint}
	}
	return &diag.Diagnostic{Rule: "dead-link", Severity: diag.Error,
		Message: diag.Say("链接“%s”指向的文章或文件不存在", "the link %q leads to nothing", ref.Dest), Hint: hint}
}

// Cover is the published path of the page's cover, or "".
func (p *Page) Cover() string {
	if f := p.CoverFile(); f != nil {
		return f.Path
	}
	return ""
}

// CoverFile is the file of the page's cover, or nil.
func (p *Page) CoverFile() *File {
	if p.Card.Cover < 0 {
		return nil
	}
	return p.Targets[p.Card.Cover].File
}

// PictureFiles are the pictures of the page's text, in its order.
func (p *Page) PictureFiles() (out []*File) {
	for i, ref := range p.Refs {
		if f := p.Targets[i].File; ref.Image && f != nil && i != p.Card.Cover {
			out = append(out, f)
		}
	}
	return out
}

// FilledDigest stands for the prose with its holes filled, whatever page links
// are relative to.
func (p *Page) FilledDigest() digest.Digest {
	h := digest.New("filled").Digest(p.ProseDigest)
	for i, t := range p.Targets {
		h.Int(int64(t.State)).String(t.Path, t.Anchor, p.Refs[i].Title, p.Refs[i].Alt)
	}
	return h.Sum()
}
