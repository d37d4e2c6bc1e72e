package webpage

import (
	"encoding/base64"
	"io"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"qinglian/internal/manuscript"
)

// What pictures may be together.
const (
	maxPictures     = 1_000
	maxPictureBytes = 256 << 20
)

// files are those that a page can have pictures from.
type files struct {
	beside Beside            // nil: none
	parts  map[string][]byte // of an archive, by their addresses
	at     *url.URL          // the address of the page in that
	known  map[string]int    // pictures that are in the manuscript, by their addresses
	bytes  int
}

// Beside finds a file of the folder beside a page, by its name in that.
type Beside func(name string) (content []byte, ok bool)

// Folder finds files in a folder on the disk.
func Folder(in fs.FS) Beside {
	return func(name string) (content []byte, ok bool) { return readFile(in, name) }
}

// lazy are the attributes in which scripts keep the address of a picture until it is
// scrolled to. What stands in src by then is a blank, unless the browser has saved it.
var lazy = []string{"data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-url", "original", "_src"}

// picture takes a picture into the line, or lists it.
func (r *reader) picture(n *node, l look) {
	addresses := addressesOf(n)
	if len(addresses) == 0 {
		return // an empty frame
	}
	for _, address := range addresses {
		content, ok := r.files.content(address)
		if !ok {
			continue
		}
		if number := r.take(address, content, n.attr("alt")); number > 0 {
			r.line.add(manuscript.Span{Picture: number, Link: l.link})
		}
		return
	}
	r.absent(addresses[len(addresses)-1])
}

// absent lists a picture that is not at hand.
func (r *reader) absent(address string) {
	why := manuscript.Missing
	u, err := url.Parse(address)
	if _, beside := besideName(address); err == nil && !beside && r.base != nil {
		u = r.base.ResolveReference(u)
		address = u.String()
	}
	if err != nil || u.Host != "" {
		why = manuscript.Unfetched
	}
	r.leave(manuscript.Omission{Why: why, What: short(address)})
}

// longestBlank is how long a data address is that only keeps a picture's place. Longer
// ones are of programs that save a page in one file.
const longestBlank = 1 << 10

// addressesOf are those that a picture may have: where the browser has saved it, and
// where it is on the web. A blank that a script would replace is none of them.
func addressesOf(n *node) (addresses []string) {
	src := strings.TrimSpace(n.attr("src"))
	set, _, _ := strings.Cut(strings.TrimSpace(n.attr("srcset")), " ")
	for _, name := range lazy {
		addresses = append(addresses, strings.TrimSpace(n.attr(name)))
	}
	addresses = append(addresses, set)
	addresses = slices.DeleteFunc(addresses, func(a string) bool { return a == "" })
	blank := strings.HasPrefix(src, "data:") && len(src) < longestBlank && len(addresses) > 0
	if src != "" && !blank {
		addresses = append([]string{src}, addresses...)
	}
	return addresses
}

// take takes a picture in; 0 if it is listed instead.
func (r *reader) take(address string, content []byte, alt string) int {
	if number, ok := r.files.known[address]; ok {
		return number
	}
	ending := manuscript.PictureEnding(content)
	why := manuscript.BadPicture
	if len(r.out.Pictures) >= maxPictures || r.files.bytes+len(content) > maxPictureBytes {
		why, ending = manuscript.TooMuch, ""
	}
	if ending == "" {
		r.leave(manuscript.Omission{Why: why, What: short(address)})
		return 0
	}
	r.files.bytes += len(content)
	picture := manuscript.Picture{Content: content, Ending: ending, Alt: manuscript.MeantAlt(alt)}
	r.out.Pictures = append(r.out.Pictures, picture)
	if r.files.known == nil {
		r.files.known = map[string]int{}
	}
	r.files.known[address] = len(r.out.Pictures)
	return len(r.out.Pictures)
}

// content is a file that is at hand.
func (f files) content(address string) (content []byte, ok bool) {
	if data, is := strings.CutPrefix(address, "data:"); is {
		return inAddress(data)
	}
	if content, ok = f.parts[address]; ok {
		return content, ok
	}
	if u, err := url.Parse(address); err == nil && f.at != nil {
		if content, ok = f.parts[f.at.ResolveReference(u).String()]; ok {
			return content, ok
		}
	}
	name, ok := besideName(address)
	if !ok || f.beside == nil {
		return nil, false
	}
	return f.beside(name)
}

// inAddress is what a data address holds.
func inAddress(data string) (content []byte, ok bool) {
	kind, coded, ok := strings.Cut(data, ",")
	if !ok || !strings.HasSuffix(strings.TrimSpace(kind), "base64") {
		return []byte(data), true // a drawing, which is listed
	}
	if plain, err := url.PathUnescape(coded); err == nil {
		coded = plain
	}
	coded = strings.TrimRight(strings.Join(strings.Fields(coded), ""), "=")
	content, err := base64.RawStdEncoding.DecodeString(coded)
	return content, err == nil
}

// folders are how the folder ends in which a browser, or Word, keeps a page's files.
var folders = []string{"_files", ".files"}

// besideName is the name of a file in the folder beside the page. What the folder was
// called when the page was saved says nothing: both may have been renamed.
func besideName(address string) (name string, ok bool) {
	u, err := url.Parse(strings.ReplaceAll(address, `\`, "/"))
	if err != nil || u.Scheme != "" && u.Scheme != "file" || u.Host != "" {
		return "", false
	}
	elements := strings.Split(path.Clean(u.Path), "/")
	for i, element := range elements[:len(elements)-1] {
		ends := func(ending string) bool { return strings.HasSuffix(strings.ToLower(element), ending) }
		if slices.ContainsFunc(folders, ends) {
			name = strings.Join(elements[i+1:], "/")
			return name, fs.ValidPath(name)
		}
	}
	return "", false
}

// readFile reads a file up to the size that a picture may have.
func readFile(in fs.FS, name string) (content []byte, ok bool) {
	f, err := in.Open(name)
	if err != nil {
		return nil, false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, false
	}
	content, err = io.ReadAll(io.LimitReader(f, maxPictureBytes+1))
	return content, err == nil
}

// background lists the picture behind an element.
func (r *reader) background(n *node) {
	style := n.attr("style")
	if !strings.Contains(strings.ToLower(style), "background") {
		return
	}
	_, rest, ok := strings.Cut(style, "url(")
	if !ok {
		return
	}
	address, _, _ := strings.Cut(rest, ")")
	r.leave(manuscript.Omission{Why: manuscript.Background, What: short(strings.Trim(address, `"' `))})
}
