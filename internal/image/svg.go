package image

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"qinglian/internal/diag"
)

const (
	svgSpace   = "http://www.w3.org/2000/svg"
	xlinkSpace = "http://www.w3.org/1999/xlink"
	xmlSpace   = "http://www.w3.org/XML/1998/namespace"
)

// drawn are the elements of a drawing. Any other, whatever it is, goes with
// all that it encloses: scripts, pages inside the drawing, and what drawing
// programs keep for themselves (with the author, the folder of the file, and
// at times a second copy of the drawing before the last changes).
var drawn = names(`svg g defs symbol use switch a title desc style view
	path rect circle ellipse line polyline polygon image text tspan tref textPath
	linearGradient radialGradient stop pattern clipPath mask marker filter
	feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
	feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode
	feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
	animate animateMotion animateTransform mpath set`)

func names(text string) map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(text) {
		set[name] = true
	}
	return set
}

// looksLikeSVG reports whether a text may be meant as an SVG.
func looksLikeSVG(raw []byte) bool {
	head := raw[:min(len(raw), 64<<10)]
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	return hasPrefix(head, "<") && bytes.Contains(head, []byte("svg"))
}

// svgCleaner writes a drawing anew from what it understood of it, so that no
// reader can find in it what we did not see.
type svgCleaner struct {
	picture
	out     bytes.Buffer
	uses    expansion
	skip    int      // how many elements deep we are in one that goes
	open    []string // what is open in out
	style   strings.Builder
	started bool
	tag     int // where the start tag ends that was written last
}

func readSVG(raw []byte) (picture, *diag.Diagnostic) {
	c := svgCleaner{}
	c.Format = SVG
	c.Label = findLabel(raw)
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	d.Entity = map[string]string{}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && c.started && len(c.open) == 0 {
			break
		}
		if err != nil {
			return c.picture, unsafeDrawing(diag.Say("不是完整的 SVG", "not a whole SVG"))
		}
		switch t := token.(type) {
		case xml.Directive:
			d.Entity = entities(t)
		case xml.ProcInst:
			if t.Target != "xml" {
				c.drop("<?" + t.Target)
			}
		case xml.Comment:
			c.Private = true
		default:
			c.token(token)
		}
	}
	clean := c.out.Bytes()
	c.parts = [][]byte{clean}
	if problems := checkSVG("", clean); len(problems) > 0 {
		return c.picture, unsafeDrawing(impossible)
	}
	c.Private = c.Private && !bytes.Equal(raw, clean)
	return c.picture, c.uses.problem()
}

// impossible is said if a cleaned drawing is not what checkSVG lets pass. That
// has no case: the check is there because what it guards against has no end.
var impossible = diag.Say("有去不掉的内容", "what it holds can't be removed")

func unsafeDrawing(why diag.Text) *diag.Diagnostic {
	d := unsafe("", nil, 0, why)[0]
	d.Line, d.Column = 0, 0
	return &d
}

// entity is an abbreviation as drawing programs declare it for the addresses
// of their namespaces.
var entity = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`<!ENTITY\s+([A-Za-z_][\w.-]*)\s+(?:"([^"&%<]{0,200})"|'([^'&%<]{0,200})')\s*>`)
})

// entities are the abbreviations in a DOCTYPE. They hold none themselves, nor
// long texts: those are made to fill memory.
func entities(doctype []byte) map[string]string {
	found := map[string]string{}
	for _, m := range entity().FindAllSubmatch(doctype, -1) {
		found[string(m[1])] = string(m[2]) + string(m[3])
	}
	return found
}

func (c *svgCleaner) drop(what string) {
	if !slices.Contains(c.dropped, what) {
		c.dropped = append(c.dropped, what)
	}
}

func (c *svgCleaner) token(token xml.Token) {
	switch t := token.(type) {
	case xml.StartElement:
		c.start(t)
	case xml.CharData:
		switch {
		case c.skip > 0 || len(c.open) == 0:
		case c.open[len(c.open)-1] == "style":
			c.style.Write(t)
		default:
			_ = xml.EscapeText(&c.out, t) // a Buffer takes all
		}
	case xml.EndElement:
		if c.skip > 0 {
			c.skip--
			return
		}
		c.endStyle()
		if len(c.open) == 1 && c.Label.Made() {
			c.out.WriteString("<metadata>" + c.Label.rdf() + "</metadata>")
		}
		if c.out.Len() == c.tag {
			c.out.Truncate(c.tag - 1)
			c.out.WriteString("/>")
		} else {
			c.out.WriteString("</" + c.open[len(c.open)-1] + ">")
		}
		c.open = c.open[:len(c.open)-1]
		c.uses.finish()
	}
}

// endStyle writes the style sheet that ends here, if it loads nothing.
func (c *svgCleaner) endStyle() {
	if c.open[len(c.open)-1] != "style" {
		return
	}
	css := c.style.String()
	c.style.Reset()
	if loads(css) {
		c.drop("<style>")
		return
	}
	_ = xml.EscapeText(&c.out, []byte(css))
	c.uses.sheet(css)
}

func (c *svgCleaner) start(t xml.StartElement) {
	ours := (t.Name.Space == "" || t.Name.Space == svgSpace) && drawn[t.Name.Local]
	inStyle := len(c.open) > 0 && c.open[len(c.open)-1] == "style"
	switch {
	case c.skip == 0 && ours && !inStyle && c.started == (len(c.open) > 0) && (c.started || t.Name.Local == "svg"):
	default:
		if c.skip == 0 && (t.Name.Space == "" || t.Name.Space == svgSpace || strings.Contains(t.Name.Space, "xhtml")) &&
			t.Name.Local != "metadata" {
			c.drop("<" + t.Name.Local + ">")
		}
		c.skip++
		c.Private = true
		return
	}
	c.out.WriteString("<" + t.Name.Local)
	c.uses.start(t.Name.Local)
	if !c.started {
		c.started = true
		c.size(t)
		c.out.WriteString(` xmlns="` + svgSpace + `" xmlns:xlink="` + xlinkSpace + `"`)
	}
	seen := map[string]bool{}
	for _, a := range t.Attr {
		name, ok := attributeName(a.Name)
		if !ok || seen[name] {
			c.Private = c.Private || !ok && a.Name.Space != "xmlns" && a.Name.Local != "xmlns"
			continue
		}
		seen[name] = true
		if value, ok := c.attribute(t, a); ok {
			c.uses.attribute(name, value)
			c.out.WriteString(" " + name + `="`)
			_ = xml.EscapeText(&c.out, []byte(value))
			c.out.WriteString(`"`)
		}
	}
	c.out.WriteString(">")
	c.tag = c.out.Len()
	c.open = append(c.open, t.Name.Local)
}

// attributeName is how an attribute is written, if it is one of a drawing's.
func attributeName(n xml.Name) (string, bool) {
	switch {
	case n.Space == "" && n.Local != "xmlns":
		return n.Local, true
	case (n.Space == xlinkSpace || n.Space == "xlink") && (n.Local == "href" || n.Local == "title"):
		return "xlink:" + n.Local, true
	case (n.Space == xmlSpace || n.Space == "xml") && (n.Local == "space" || n.Local == "lang"):
		return "xml:" + n.Local, true
	}
	return "", false
}

// attribute is the value of an attribute that is safe to publish.
func (c *svgCleaner) attribute(t xml.StartElement, a xml.Attr) (string, bool) {
	if a.Name.Local == "href" && strings.HasPrefix(strings.TrimSpace(a.Value), "data:") {
		inside, ok := c.embedded(a.Value)
		if !ok {
			c.drop("href=…")
		}
		return inside, ok
	}
	one := xml.StartElement{Name: t.Name, Attr: []xml.Attr{a}}
	if what := unsafeElement(one); what != "" {
		c.drop(what)
		return "", false
	}
	return a.Value, true
}

// embedded is a picture inside the drawing, without what is private in it.
func (c *svgCleaner) embedded(address string) (string, bool) {
	_, data, _ := strings.Cut(strings.Join(strings.Fields(address), ""), ";base64,")
	raw, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		return "", false
	}
	p, problem := read(raw)
	if problem != nil || p.Format != PNG && p.Format != JPEG { // an SVG in an SVG could hold one, and so on
		return "", false
	}
	c.Private = c.Private || p.Private
	c.Label = c.Label.or(p.Label)
	return "data:image/" + strings.ToLower(p.Format.String()) + ";base64," +
		base64.StdEncoding.EncodeToString(p.clean()), true
}

// size reads how large the drawing says that it is.
func (c *svgCleaner) size(t xml.StartElement) {
	var box []string
	for _, a := range t.Attr {
		switch a.Name.Local {
		case "width":
			c.Width = pixelLength(a.Value)
		case "height":
			c.Height = pixelLength(a.Value)
		case "viewBox":
			box = strings.FieldsFunc(a.Value, func(r rune) bool { return strings.ContainsRune(" ,\t\r\n", r) })
		}
	}
	if (c.Width == 0 || c.Height == 0) && len(box) == 4 {
		c.Width, c.Height = pixelLength(box[2]), pixelLength(box[3])
	}
	if c.Width == 0 || c.Height == 0 {
		c.Width, c.Height = 0, 0
	}
}

// units are the lengths that have a size of their own, in pixels.
var units = map[string]float64{"": 1, "px": 1, "pt": 4. / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}

func pixelLength(length string) int {
	length = strings.TrimSpace(length)
	number := strings.TrimRight(length, "abcdefghijklmnopqrstuvwxyz%")
	n, err := strconv.ParseFloat(number, 64)
	unit, ok := units[length[len(number):]]
	if err != nil || !ok || !(n > 0) || n*unit > 100_000 {
		return 0
	}
	return max(1, int(n*unit+.5))
}
