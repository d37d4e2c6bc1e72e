package image

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strings"
)

// Label says that AI had a part in a picture.
type Label struct {
	// AIGC is the label of GB 45438-2025, annex E: a JSON object of the
	// elements known there, as texts.
	AIGC string
	// Source is IPTC's word for the same, which cameras' and other countries'
	// makers write: "trainedAlgorithmicMedia" or
	// "compositeWithTrainedAlgorithmicMedia".
	Source string
}

// Made reports whether there is a label.
func (l Label) Made() bool { return l != Label{} }

// Certainty is how sure a label is that AI made the picture.
type Certainty uint8

// What labels say, the surest last.
const (
	Unlabelled Certainty = iota
	Suspected
	Possible
	Certain
)

// Certainty is what the label says. The standard has a number for each; another
// one, which it does not have, says that there is a label.
func (l Label) Certainty() Certainty {
	var said struct{ Label string }
	switch {
	case !l.Made():
		return Unlabelled
	case l.Source != "" || json.Unmarshal([]byte(l.AIGC), &said) != nil:
		return Certain
	}
	switch said.Label {
	case "2":
		return Possible
	case "3":
		return Suspected
	}
	return Certain
}

func (l Label) or(m Label) Label {
	if l.AIGC == "" {
		l.AIGC = m.AIGC
	}
	if l.Source == "" {
		l.Source = m.Source
	}
	return l
}

const (
	aigcSpace   = "http://www.tc260.org.cn/ns/AIGC/1.0/"
	sourceSpace = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
	sourceWords = "http://cv.iptc.org/newscodes/digitalsourcetype/"
	// maxLabel is the longest label that is kept whole; codes and signatures
	// in it have some hundred bytes. It has to fit into a JPEG's segment.
	maxLabel = 16 << 10
)

// elements are those of the label in the standard's order. What else stands in
// the object goes: it could be anything.
var elements = []string{"Label", "ContentProducer", "ProduceID", "ReservedCode1", "ContentPropagator", "PropagateID",
	"ReservedCode2"}

// xmp is the smallest XMP packet that holds the label, as TC260's guide for
// files writes it; nothing if there is none.
func (l Label) xmp() []byte {
	if !l.Made() {
		return nil
	}
	return []byte(`<x:xmpmeta xmlns:x="adobe:ns:meta/">` + l.rdf() + `</x:xmpmeta>`)
}

func (l Label) rdf() string {
	var b strings.Builder
	b.WriteString(`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""`)
	if l.AIGC != "" {
		b.WriteString(` xmlns:TC260="` + aigcSpace + `"`)
	}
	if l.Source != "" {
		b.WriteString(` xmlns:Iptc4xmpExt="` + sourceSpace + `"`)
	}
	b.WriteString(">")
	if l.AIGC != "" {
		b.WriteString("<TC260:AIGC>")
		_ = xml.EscapeText(&b, []byte(l.AIGC)) // a Builder takes all
		b.WriteString("</TC260:AIGC>")
	}
	if l.Source != "" {
		b.WriteString("<Iptc4xmpExt:DigitalSourceType>" + sourceWords + l.Source + "</Iptc4xmpExt:DigitalSourceType>")
	}
	b.WriteString(`</rdf:Description></rdf:RDF>`)
	return b.String()
}

// findLabel looks for a label in a piece of metadata, wherever makers put it:
// in an XMP packet, in an EXIF text, a comment or the text of a PNG as
// {"AIGC":{…}}, or in a signed manifest (C2PA), whose signature does not
// survive any change but whose word does.
func findLabel(data []byte) Label {
	l := Label{AIGC: xmpAIGC(data), Source: sourceType(data)}
	const tries = 4 // each reads on to its end
	for range tries {
		_, after, ok := bytes.Cut(data, []byte(`"AIGC"`))
		if !ok || l.AIGC != "" {
			break
		}
		l.AIGC = keyed(after)
		data = after
	}
	return l
}

// keyed is the label after its key in JSON.
func keyed(data []byte) string {
	data = bytes.TrimLeft(data, " \t\r\n")
	if !hasPrefix(data, ":") {
		return ""
	}
	var value json.RawMessage
	if json.NewDecoder(bytes.NewReader(data[1:])).Decode(&value) != nil {
		return ""
	}
	var text string
	if json.Unmarshal(value, &text) == nil {
		return known(text)
	}
	return known(string(value))
}

// standard is the label in a text, which is the object of its elements or an
// object with that. What lacks the first element is not a label.
func standard(text string) string {
	var outer struct{ AIGC json.RawMessage }
	if len(text) <= maxLabel && json.Unmarshal([]byte(text), &outer) == nil && outer.AIGC != nil {
		text = string(outer.AIGC)
	}
	return known(text)
}

// known is an object of the known elements.
func known(text string) string {
	var object map[string]json.RawMessage
	if len(text) > maxLabel || json.Unmarshal([]byte(text), &object) != nil {
		return ""
	}
	var b bytes.Buffer
	quote := json.NewEncoder(&b)
	quote.SetEscapeHTML(false)
	for _, name := range elements {
		value, ok := object[name]
		if !ok {
			continue
		}
		var said string
		if json.Unmarshal(value, &said) != nil {
			said = string(value) // a number without quotes
			if len(said) > 20 || strings.ContainsAny(said, `{["`) {
				continue
			}
		}
		b.WriteString(`,"` + name + `":`)
		_ = quote.Encode(said) // a Buffer takes all
		b.Truncate(b.Len() - 1)
	}
	if !hasPrefix(b.Bytes(), `,"Label":`) {
		return ""
	}
	return "{" + b.String()[1:] + "}"
}

// xmpAIGC is the label in the XMP packet that stands somewhere in data.
func xmpAIGC(data []byte) string {
	if !bytes.Contains(data, []byte("AIGC")) {
		return ""
	}
	begin := bytes.Index(data, []byte("<"))
	if begin < 0 {
		return ""
	}
	d := xml.NewDecoder(bytes.NewReader(data[begin:]))
	d.Strict = false // some makers forget to declare their prefix
	var text strings.Builder
	inside := 0
	for {
		token, err := d.RawToken()
		if err != nil {
			return ""
		}
		switch t := token.(type) {
		case xml.StartElement:
			for _, a := range t.Attr {
				if a.Name.Local == "AIGC" && a.Name.Space != "xmlns" {
					if found := standard(a.Value); found != "" {
						return found
					}
				}
			}
			if t.Name.Local == "AIGC" || inside > 0 {
				inside++
			}
		case xml.CharData:
			if inside > 0 && text.Len() <= maxLabel {
				text.Write(t)
			}
		case xml.EndElement:
			if inside--; inside == 0 {
				return standard(text.String())
			}
			inside = max(0, inside)
		}
	}
}

func sourceType(data []byte) string {
	for _, word := range []string{"compositeWithTrainedAlgorithmicMedia", "trainedAlgorithmicMedia"} {
		if bytes.Contains(data, []byte(word)) {
			return word
		}
	}
	return ""
}
