package image

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"strings"
	"testing"
)

const aigc = `{"Label":"1","ContentProducer":"某某公司","ProduceID":"A-2012","ReservedCode1":"","ContentPropagator":"","PropagateID":"","ReservedCode2":""}`

// packet is an XMP packet as makers write it: the label among much else.
func packet(inside string) string {
	return `<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="SECRET toolkit">` +
		`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:TC260="` + aigcSpace + `" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="SECRET creator" xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="SECRET gps">` +
		inside + `</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
}

var escaped = strings.NewReplacer(`"`, "&quot;").Replace

// gifBlocks puts blocks behind the head of a GIF.
func gifBlocks(raw []byte, blocks ...string) []byte {
	at := 13 + gifColours(raw[10])
	return append(append(bytes.Clone(raw[:at]), strings.Join(blocks, "")...), raw[at:]...)
}

// riff puts chunks behind a WebP's.
func riff(raw []byte, add ...string) []byte {
	out := bytes.Clone(raw)
	for _, c := range add {
		out = append(out, c[:4]...)
		out = binary.LittleEndian.AppendUint32(out, uint32(len(c)-4))
		out = append(append(out, c[4:]...), make([]byte, len(c)&1)...)
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out
}

// planted are files with something private in every place that we know, each
// time with SECRET in it.
func planted(t *testing.T) map[string][]byte {
	scene := upright.draw(64, 48)
	jpeg, png, gif := asJPEG(t, scene), asPNG(t, scene), asGIF(t, scene)
	moving := asGIF(t, scene, quarters{white, white, red, blue}.draw(64, 48))
	text := exif(binary.BigEndian, 6, "SECRET camera", "SECRET author", "SECRET comment", "SECRET maker")
	plain := packet("<dc:rights>SECRET rights</dc:rights>")
	thumbnail := "JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x02\x02" + "SECRET thumb"
	behind := func(raw []byte) []byte { return append(bytes.Clone(raw), "SECRET behind the end"...) }
	within := "data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(segments(jpeg, "\xfeSECRET in a picture"))
	return map[string][]byte{
		"exif":          segments(jpeg, "\xe1"+exifHead+text),
		"xmp":           segments(jpeg, "\xe1"+xmpHead+plain),
		"long xmp":      segments(jpeg, "\xe1http://ns.adobe.com/xmp/extension/\x00SECRET"),
		"iptc":          segments(jpeg, "\xedPhotoshop 3.0\x008BIM\x04\x04SECRET"),
		"comment":       segments(jpeg, "\xfeSECRET", "\xfeSECRET"),
		"thumbnail":     segments(jpeg, "\xe0"+thumbnail),
		"jfxx":          segments(jpeg, "\xe0JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00", "\xe0JFXX\x00SECRET"),
		"more pictures": segments(jpeg, "\xe2MPF\x00SECRET"),
		"c2pa":          segments(jpeg, "\xebJP\x00\x01SECRET"),
		"unknown":       segments(jpeg, "\xe7SECRET", "\xf0SECRET", "\xfdSECRET"),
		"adobe":         segments(jpeg, "\xeeAdobe\x00\x64\x00\x00\x00\x00\x01SECRET"),
		"no profile":    segments(jpeg, "\xe2ICC_PROFILE\x00\x01\x01SECRET"),
		"behind jpeg":   behind(jpeg),
		"late comment":  append(bytes.Clone(jpeg[:len(jpeg)-2]), "\xff\xfe\x00\x08SECRET\xff\xd9"...),
		"between":       append(append(bytes.Clone(jpeg[:2+2+132]), "SECRET"...), jpeg[2+2+132:]...),

		"text":           chunks(png, "tEXtAuthor\x00SECRET", "zTXtComment\x00\x00"+string(deflate([]byte("SECRET"))), "iTXtTitle\x00\x00\x00zh\x00\x00SECRET"),
		"png xmp":        chunks(png, "iTXt"+xmpKeyword+"\x00\x00\x00\x00\x00"+plain),
		"png exif":       chunks(png, "eXIf"+text),
		"png exif text":  chunks(png, "zTXtRaw profile type exif\x00\x00"+string(deflate([]byte("SECRET")))),
		"time":           chunks(png, "tIMESECRET!"),
		"png unknown":    chunks(png, "caBXSECRET", "iDOTSECRET", "prVtSECRET"),
		"png no profile": chunks(png, "iCCPSECRET\x00\x00"+string(deflate([]byte("SECRET")))),
		"png behind":     behind(png),

		"gif comment": gifBlocks(gif, "\x21\xfe\x06SECRET\x00"),
		"gif xmp":     gifBlocks(moving, "\x21\xff\x0bXMP DataXMP"+plain+"\x01"+trailer()),
		"gif plain":   gifBlocks(moving, "\x21\x01\x0c\x00\x00\x00\x00\x00\x00\x00\x00\x01\x01\x00\x00\x06SECRET\x00"),
		"gif program": gifBlocks(moving, "\x21\xff\x0bSECRETSECRE\x06SECRET\x00"),
		"gif behind":  behind(moving),

		"webp exif":    riff(file(t, "lossy.webp"), "EXIF"+text),
		"webp xmp":     riff(file(t, "alpha.webp"), "XMP "+plain),
		"webp unknown": riff(file(t, "lossless.webp"), "SECRSECRET"),
		"webp behind":  behind(file(t, "lossy.webp")),

		"svg": []byte(`<?xml version="1.0"?><!-- SECRET --><!DOCTYPE svg [<!ENTITY a "SECRET">]>` +
			`<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" ` +
			`xmlns:xlink="http://www.w3.org/1999/xlink" sodipodi:docname="SECRET.svg" inkscape:export-filename="C:\SECRET\a.png" width="64" height="48">` +
			`<metadata><dc xmlns="x">SECRET</dc></metadata><sodipodi:namedview>SECRET</sodipodi:namedview><image xlink:href="` + within + `"/><rect width="9" height="9"/></svg>`),
	}
}

// trailer is what ends an XMP block of a GIF.
func trailer() string {
	var out []byte
	for i := 255; i >= 0; i-- {
		out = append(out, byte(i))
	}
	return string(append(out, 0))
}

// TestPrivate: nothing private is in what is published, whole or scaled, and
// the picture is still there.
func TestPrivate(t *testing.T) {
	for name, raw := range planted(t) {
		i, problems := Inspect("a", raw)
		if !i.Private {
			t.Errorf("%s: not seen: %+v %v", name, i, problems)
		}
		for _, o := range []Operation{{}, {Width: 20}, {Ratio: Ratio{1, 1}}, i.Share(Focus{})} {
			v := made(t, raw, o)
			if bytes.Contains(v.Bytes, []byte("SECR")) {
				t.Errorf("%s: %+v: still there", name, o)
			}
			if i.Label.Made() {
				t.Errorf("%s: label %+v", name, i.Label)
			}
			if i.Format == SVG && bytes.Contains(decoded(t, v.Bytes), []byte("SECR")) {
				t.Errorf("%s: still in the picture inside", name)
			}
		}
	}
}

// decoded is the picture inside an SVG.
func decoded(t *testing.T, svg []byte) []byte {
	t.Helper()
	_, data, ok := strings.Cut(string(svg), "data:image/jpeg;base64,")
	data, _, _ = strings.Cut(data, `"`)
	raw, err := base64.StdEncoding.DecodeString(data)
	if !ok || err != nil || len(raw) == 0 {
		t.Error("there is no picture inside", err)
	}
	return raw
}

// TestLabel: what says that AI made a picture stays, and nothing but that.
func TestLabel(t *testing.T) {
	scene := upright.draw(64, 48)
	jpeg, png := asJPEG(t, scene), asPNG(t, scene)
	element := packet("<TC260:AIGC>" + escaped(aigc) + "</TC260:AIGC>")
	attribute := strings.Replace(packet(""), "dc:creator=", `TC260:AIGC="`+escaped(aigc)+`" dc:creator=`, 1)
	extra := strings.Replace(aigc, "{", `{"SECRET":"SECRET",`, 1)
	chinese, iptc := Label{AIGC: aigc}, Label{Source: "trainedAlgorithmicMedia"}
	source := packet(`<Iptc4xmpExt:DigitalSourceType>` + sourceWords + `trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>`)
	for name, c := range map[string]struct {
		raw  []byte
		want Label
	}{
		"xmp element":        {segments(jpeg, "\xe1"+xmpHead+element), chinese},
		"xmp attribute":      {segments(jpeg, "\xe1"+xmpHead+attribute), chinese},
		"more elements":      {segments(jpeg, "\xe1"+xmpHead+packet("<TC260:AIGC>"+escaped(extra)+"</TC260:AIGC>")), chinese},
		"exif":               {segments(jpeg, "\xe1"+exifHead+exif(binary.LittleEndian, 1, "SECRET", "", `{"AIGC":`+aigc+`}`)), chinese},
		"exif, quoted":       {segments(jpeg, "\xe1"+exifHead+exif(binary.LittleEndian, 1, `{"AIGC": "`+strings.ReplaceAll(aigc, `"`, `\"`)+`"} SECRET`)), chinese},
		"comment":            {segments(jpeg, "\xfe"+`{"AIGC":`+aigc+`}`), chinese},
		"number":             {segments(jpeg, "\xfe"+`{"AIGC":{"Label":1}}`), Label{AIGC: `{"Label":"1"}`}},
		"iptc":               {segments(jpeg, "\xe1"+xmpHead+source), iptc},
		"c2pa":               {segments(jpeg, "\xebJP\x00\x01SECRET digitalsourcetype/trainedAlgorithmicMedia"), iptc},
		"both":               {segments(jpeg, "\xe1"+xmpHead+element, "\xebcompositeWithTrainedAlgorithmicMedia"), Label{aigc, "compositeWithTrainedAlgorithmicMedia"}},
		"png text":           {chunks(png, "tEXtAIGC\x00"+aigc), chinese},
		"png text in itself": {chunks(png, "tEXtAIGC\x00"+`{"AIGC":`+aigc+`}`), chinese},
		"png international":  {chunks(png, "iTXtAIGC\x00\x00\x00\x00\x00"+aigc), chinese},
		"png packed":         {chunks(png, "iTXt"+xmpKeyword+"\x00\x01\x00\x00\x00"+string(deflate([]byte(element)))), chinese},
		"png zipped":         {chunks(png, "zTXtparameters\x00\x00"+string(deflate([]byte(`SECRET {"AIGC":`+aigc+`}`)))), chinese},
		"png exif":           {chunks(png, "eXIf"+exif(binary.BigEndian, 1, `{"AIGC":`+aigc+`}`)), chinese},
		"gif":                {gifBlocks(asGIF(t, scene, scene), "\x21\xff\x0bXMP DataXMP"+element+"\x01"+trailer()), chinese},
		"webp":               {riff(file(t, "lossy.webp"), "XMP "+element), chinese},
		"webp with alpha":    {riff(file(t, "alpha.webp"), "XMP "+element), chinese},
		"svg":                {[]byte(`<svg xmlns="` + svgSpace + `" width="1" height="1"><metadata>` + element[strings.Index(element, "<x:"):strings.Index(element, "<?xpacket end")] + `</metadata><path d="M0"/></svg>`), chinese},

		"none":         {segments(jpeg, "\xe1"+xmpHead+packet("")), Label{}},
		"only a word":  {segments(jpeg, "\xfeSECRET AIGC \"AIGC\"", "\xfe\"AIGC\":{SECRET"), Label{}},
		"without what": {segments(jpeg, "\xfe"+`{"AIGC":{"ProduceID":"SECRET"}}`), Label{}},
		"not JSON":     {segments(jpeg, "\xe1"+xmpHead+packet("<TC260:AIGC>SECRET</TC260:AIGC>")), Label{}},
		"deep":         {segments(jpeg, "\xfe"+`{"AIGC":`+strings.Repeat(`{"AIGC":`, 5000)), Label{}},
	} {
		t.Run(name, func(t *testing.T) {
			i, problems := Inspect("a", c.raw)
			if i.Label != c.want || len(problems) != 1 {
				t.Fatalf("%+v %v", i.Label, problems)
			}
			for _, o := range []Operation{{}, {Width: 20}, {Format: PNG, Width: 20}, {Format: JPEG, Width: 30}} {
				v := made(t, c.raw, o)
				if j, _ := Inspect("b", v.Bytes); j.Label != c.want {
					t.Errorf("%+v: %+v", o, j.Label)
				}
				if bytes.Contains(v.Bytes, []byte("SECR")) {
					t.Errorf("%+v: more than the label is there", o)
				}
			}
		})
	}
}

// TestProfile: colours stay what they are, in each format and through a change
// of it; a profile for other pixels than are published goes.
func TestProfile(t *testing.T) {
	scene := upright.draw(64, 48)
	p3, long := profileOf("RGB ", "Display P3"), append(profileOf("RGB ", "Adobe RGB"), make([]byte, 150_000)...)
	binary.BigEndian.PutUint32(long, uint32(len(long)))
	pieces := func(p []byte) []string {
		var out []string
		n := (len(p) + 59_999) / 60_000
		for i := range n {
			out = append([]string{"\xe2" + iccHead + string([]byte{byte(i + 1), byte(n)}) + string(p[i*60_000:min(len(p), (i+1)*60_000)])}, out...)
		}
		return out
	}
	packed := func(p []byte) string { return "iCCPSECRET\x00\x00" + string(deflate(p)) }
	for name, c := range map[string]struct {
		raw  []byte
		want []byte
	}{
		"jpeg":         {segments(asJPEG(t, scene), pieces(p3)...), p3},
		"long":         {segments(asJPEG(t, scene), pieces(long)...), long},
		"png":          {chunks(asPNG(t, scene), packed(p3)), p3},
		"srgb":         {segments(asJPEG(t, scene), pieces(profileOf("RGB ", "sRGB IEC61966-2.1"))...), nil},
		"png srgb":     {chunks(asPNG(t, scene), packed(profileOf("RGB ", "sRGB"))), nil},
		"of ink":       {segments(asJPEG(t, scene), pieces(profileOf("CMYK", "Coated"))...), nil},
		"a piece lost": {segments(asJPEG(t, scene), pieces(long)[1:]...), nil},
	} {
		i, _ := Inspect("a", c.raw)
		if i.Profile != (c.want != nil) {
			t.Errorf("%s: %+v", name, i)
		}
		for _, o := range []Operation{{}, {Width: 20}, {Format: PNG}, {Format: JPEG, Width: 30}} {
			p, problem := read(made(t, c.raw, o).Bytes)
			if problem != nil || !bytes.Equal(p.profile, c.want) {
				t.Errorf("%s: %+v: %d bytes are left", name, o, len(p.profile))
			}
		}
	}
	gamma := chunks(asPNG(t, scene), "gAMA\x00\x00\xb1\x8f", "sRGB\x00", "sBIT\x08\x08\x08")
	for _, o := range []Operation{{}, {Width: 20}} {
		if v := made(t, gamma, o); !bytes.Contains(v.Bytes, []byte("gAMA\x00\x00\xb1\x8f")) || !bytes.Contains(v.Bytes, []byte("sRGB\x00")) {
			t.Errorf("%+v: gamma is gone", o)
		}
	}
}
