package docx

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"strings"

	"qinglian/internal/diag"
)

// What a document may be, expanded. The limits are far above what people write.
const (
	maxParts    = 10_000
	maxPart     = 64 << 20  // bytes of one part
	maxExpanded = 512 << 20 // of all that are read
	maxElements = 2_000_000
	maxText     = 4 << 20 // bytes of text: the longest article
	maxDepth    = 100     // elements in each other
	maxWays     = 8       // of those, the ones that offer several ways to show something
)

// archive is a document's parts, by their names in lower case: letter case has no
// meaning in them.
type archive struct {
	parts    map[string]*zip.File
	names    []string // in their order
	expanded int64
	elements int
	text     int
}

// cfb begins the files of Word before 2007, and documents with a password.
const cfb = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

func unpack(raw []byte) (a *archive, refused diag.Text) {
	switch {
	case len(raw) > MaxBytes:
		return nil, diag.Say("文件超过 %d MB", "the file has more than %d MB", MaxBytes>>20)
	case bytes.HasPrefix(raw, []byte(cfb)):
		return nil, diag.Say("这是加了密码的文档，或旧格式（.doc、.wps）：去掉密码，再用 Word 或 WPS“另存为”.docx",
			"this document has a password or an old format (.doc, .wps): take the password off, save it as .docx")
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, diag.Say("这不是 .docx，或没有传完整：用 Word 或 WPS 打开它，“另存为”.docx",
			"this is no .docx, or not all of one: open it with Word or WPS and save it as .docx")
	}
	if len(z.File) > maxParts {
		return nil, diag.Say("里面超过 %d 个部分", "there are more than %d parts in it", maxParts)
	}
	a = &archive{parts: map[string]*zip.File{}}
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if strings.HasSuffix(name, "/") {
			continue
		}
		if a.parts[name] != nil {
			return nil, diag.Say("文件坏了：“%s”有两份", "the file is broken: there are two of %q", f.Name)
		}
		a.parts[name] = f
		a.names = append(a.names, name)
	}
	return a, refused
}

// content expands a part; nil if there is none. The sizes that a zip gives are not
// believed.
func (a *archive) content(name string) (content []byte, refused diag.Text) {
	f := a.parts[name]
	if f == nil {
		return nil, refused
	}
	broken := diag.Say("文件坏了：“%s”读不出来", "the file is broken: %q can't be read", f.Name)
	in, err := f.Open()
	if err != nil {
		return nil, broken
	}
	defer in.Close()
	content, err = io.ReadAll(io.LimitReader(in, maxPart+1))
	a.expanded += int64(len(content))
	switch {
	case len(content) > maxPart || a.expanded > maxExpanded:
		return nil, diag.Say("展开后太大：“%s”", "it is too large when it is expanded: %q", f.Name)
	case err != nil:
		return nil, broken
	}
	return content, refused
}

// relation is how a part refers to another, or to what is outside.
type relation struct {
	kind    string // the last element of its type
	target  string // a part, or an address
	outside bool
}

// relationsOf are those of a part, by their ids; of "" those of the document.
func (a *archive) relationsOf(part string) (found map[string]relation, refused diag.Text) {
	found = map[string]relation{}
	folder, file := path.Split(part)
	root, refused := a.tree(folder + "_rels/" + file + ".rels")
	if root == nil {
		return found, refused
	}
	for _, n := range root.children {
		rel := relation{path.Base(n.attr("Type")), n.attr("Target"), n.attr("TargetMode") == "External"}
		if !rel.outside {
			target := strings.ReplaceAll(rel.target, `\`, "/")
			if !strings.HasPrefix(target, "/") {
				target = path.Join(folder, target)
			}
			rel.target = strings.ToLower(strings.TrimPrefix(path.Clean(target), "/"))
		}
		found[n.attr("Id")] = rel
	}
	return found, refused
}
