// Package ooxml reads the files of Word, WPS and Excel as what they are made of: parts
// of XML in a zip (ISO/IEC 29500), that refer to each other by relations. What the parts
// mean is for the packages that read documents and sheets.
//
// Nothing outside of a file is fetched. What comes from anywhere may be made to harm:
// a zip's parts are counted and measured as they are expanded, elements are counted, and
// how deep they stand in each other is bounded.
package ooxml

import (
	"archive/zip"
	"bytes"
	"cmp"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"qinglian/internal/diag"
)

// MaxBytes is how long a file may be.
const MaxBytes = 256 << 20

// What a file may be, expanded. The limits are far above what people write.
const (
	maxParts    = 10_000
	maxPart     = 64 << 20  // bytes of one part
	maxExpanded = 512 << 20 // of all that are read
	maxElements = 2_000_000
	maxText     = 4 << 20 // bytes of text: the longest article
	maxDepth    = 100     // elements in each other
	maxWays     = 8       // of those, the ones that offer several ways to show something
)

// Format is what kind of file is expected.
type Format struct {
	Ending string // .docx
	Old    string // those that it took the place of: .doc、.wps
}

// Package is a file's parts, by their names in lower case: letter case has no meaning in
// them.
type Package struct {
	Names    []string // of the parts, in their order
	format   Format
	parts    map[string]*zip.File
	expanded int64
	elements int
	text     int
}

// cfb begins the files of Office before 2007, and files with a password.
const cfb = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// Open finds the parts of a file. refused says why they can't be read.
func Open(raw []byte, f Format) (p *Package, refused diag.Text) {
	switch {
	case len(raw) > MaxBytes:
		return nil, diag.Say("文件超过 %d MB", "the file has more than %d MB", MaxBytes>>20)
	case bytes.HasPrefix(raw, []byte(cfb)):
		return nil, diag.Say("这是加了密码的文件，或旧格式（%s）：去掉密码，再用 Office 或 WPS“另存为”%s",
			"this file has a password or an old format (%s): take the password off, save it as %s", f.Old, f.Ending)
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, diag.Say("这不是 %s，或没有传完整：用 Office 或 WPS 打开它，“另存为”%[1]s",
			"this is no %s, or not all of one: open it with Office or WPS and save it as %[1]s", f.Ending)
	}
	if len(z.File) > maxParts {
		return nil, diag.Say("里面超过 %d 个部分", "there are more than %d parts in it", maxParts)
	}
	p = &Package{format: f, parts: map[string]*zip.File{}}
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if strings.HasSuffix(name, "/") {
			continue
		}
		if p.parts[name] != nil {
			return nil, diag.Say("文件坏了：“%s”有两份", "the file is broken: there are two of %q", f.Name)
		}
		p.parts[name] = f
		p.Names = append(p.Names, name)
	}
	return p, refused
}

// A picture is compressed already: one that becomes so many times as long, and as long
// as this, is none.
const (
	mostTimes = 50
	anyLength = 1 << 20
)

// Content expands a part that is no XML, such as a picture; nil if there is none.
func (p *Package) Content(name string) (content []byte, refused diag.Text) {
	in, refused := p.open(name)
	if in == nil {
		return nil, refused
	}
	defer in.Close()
	most := int64(p.parts[name].CompressedSize64)*mostTimes + anyLength
	content, err := io.ReadAll(io.LimitReader(in, most+1))
	switch {
	case in.tooMuch() || in.read > most:
		return nil, in.tooLarge()
	case err != nil:
		return nil, in.broken()
	}
	return content, refused
}

// expanding is a part as it is expanded. The sizes that a zip gives are not believed.
type expanding struct {
	io.ReadCloser
	of   *Package
	name string
	read int64
}

// open begins to expand a part; nil if there is none.
func (p *Package) open(name string) (e *expanding, refused diag.Text) {
	f := p.parts[name]
	if f == nil {
		return nil, refused
	}
	e = &expanding{of: p, name: f.Name}
	in, err := f.Open()
	if err != nil {
		return nil, e.broken()
	}
	e.ReadCloser = in
	return e, refused
}

// Read implements io.Reader; it ends at the limits.
func (e *expanding) Read(to []byte) (n int, err error) {
	if e.tooMuch() {
		return 0, io.ErrUnexpectedEOF
	}
	n, err = e.ReadCloser.Read(to)
	e.read += int64(n)
	e.of.expanded += int64(n)
	return n, err
}

func (e *expanding) tooMuch() bool { return e.read > maxPart || e.of.expanded > maxExpanded }

func (e *expanding) tooLarge() diag.Text {
	return diag.Say("展开后太大：“%s”", "it is too large when it is expanded: %q", e.name)
}

func (e *expanding) broken() diag.Text {
	return diag.Say("文件坏了：“%s”读不出来", "the file is broken: %q can't be read", e.name)
}

// Relation is how a part refers to another, or to what is outside.
type Relation struct {
	Kind    string // the last element of its type
	Target  string // a part, or an address
	Outside bool
}

// Relations are those of a part, by their ids; of "" those of the file.
func (p *Package) Relations(part string) (found map[string]Relation, refused diag.Text) {
	found = map[string]Relation{}
	folder, file := path.Split(part)
	root, refused := p.Tree(folder + "_rels/" + file + ".rels")
	if root == nil {
		return found, refused
	}
	for _, n := range root.Children {
		rel := Relation{path.Base(n.Attr("Type")), n.Attr("Target"), n.Attr("TargetMode") == "External"}
		if !rel.Outside {
			target := strings.ReplaceAll(rel.Target, `\`, "/")
			if !strings.HasPrefix(target, "/") {
				target = path.Join(folder, target)
			}
			rel.Target = strings.ToLower(strings.TrimPrefix(path.Clean(target), "/"))
		}
		found[n.Attr("Id")] = rel
	}
	return found, refused
}

// Main is the part that the others belong to; otherwise, if the file does not say.
func (p *Package) Main(otherwise string) string {
	found, _ := p.Relations("")
	return cmp.Or(Related(found, "officeDocument"), otherwise)
}

// Related is the part of a kind among relations, that of the first id if there are
// several; "" if there is none.
func Related(all map[string]Relation, kind string) string {
	for _, id := range slices.Sorted(maps.Keys(all)) {
		if rel := all[id]; rel.Kind == kind && !rel.Outside {
			return rel.Target
		}
	}
	return ""
}
