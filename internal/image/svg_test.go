package image

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

const svgHead = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"`

// TestCleanSVG: what a drawing becomes, and what is said to be gone.
func TestCleanSVG(t *testing.T) {
	for _, c := range []struct{ svg, want, gone string }{
		{`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1"/></svg>`, svgHead + ` viewBox="0 0 1 1"><path d="M0 0h1"/></svg>`, ""},
		{"\ufeff<?xml version=\"1.0\"?>\n<!-- 甲 -->\n<svg><title>荷 &amp; 莲</title></svg>\n", svgHead + `><title>荷 &amp; 莲</title></svg>`, ""},
		{`<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:g xml:space="preserve"/></s:svg>`, svgHead + `><g xml:space="preserve"/></svg>`, ""},
		{`<svg xmlns:l="http://www.w3.org/1999/xlink"><use l:href="#a"/><use href="#b" l:href="#b"/></svg>`, svgHead + `><use xlink:href="#a"/><use href="#b" xlink:href="#b"/></svg>`, ""},
		{`<svg><style><![CDATA[.a>.b{fill:url(#c)}]]></style></svg>`, svgHead + `><style>.a&gt;.b{fill:url(#c)}</style></svg>`, ""},
		{`<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]><svg xmlns="&ns;"><g/></svg>`, svgHead + `><g/></svg>`, ""},
		{`<svg a="&#x22;&lt;&#10;"/>`, svgHead + ` a="&#34;&lt;&#xA;"/>`, ""},
		{`<svg x="1" x="2"/>`, svgHead + ` x="1"/>`, ""},

		{`<svg><script>alert(1)</script><g/></svg>`, svgHead + `><g/></svg>`, "<script>"},
		{`<svg><g><foreignObject><div>甲</div></foreignObject></g></svg>`, svgHead + `><g/></svg>`, "<foreignObject>"},
		{`<svg><h:iframe xmlns:h="http://www.w3.org/1999/xhtml"/></svg>`, svgHead + `/>`, "<iframe>"},
		{`<svg onload="alert(1)" width="2"><g OnClick="" id="a"/></svg>`, svgHead + ` width="2"><g id="a"/></svg>`, "onload=…, OnClick=…"},
		{`<svg><a href="javascript:alert(1)"><text>甲</text></a></svg>`, svgHead + `><a><text>甲</text></a></svg>`, "href=…"},
		{`<svg><a xlink:href="https://a.example/"/></svg>`, svgHead + `><a/></svg>`, "href=…"},
		{`<svg><image href="data:image/svg+xml;base64,AAAA"/><image href="data:image/png,abc"/></svg>`, svgHead + `><image/><image/></svg>`, "href=…"},
		{`<svg><style>@import "//a.example/a.css";</style></svg>`, svgHead + `><style/></svg>`, "<style>"},
		{`<svg style="fill:url(http://a.example/)" fill="red"/>`, svgHead + ` fill="red"/>`, "style=…"},
		{`<svg><set attributeName="href" to="#a"/></svg>`, svgHead + `><set to="#a"/></svg>`, "attributeName=…"},
		{`<?xml-stylesheet href="a.css"?><svg/>`, svgHead + `/>`, "<?xml-stylesheet"},
		{`<svg><SVG/><unknown><path/></unknown></svg>`, svgHead + `/>`, "<SVG>, <unknown>"},
	} {
		p, problem := readSVG([]byte(c.svg))
		if problem != nil || string(p.clean()) != c.want || strings.Join(p.dropped, ", ") != c.gone {
			t.Errorf("%s\ngot  %s (%q, %v)\nwant %s", c.svg, p.clean(), p.dropped, problem, c.want)
		}
		harmless(t, p.clean())
		again, problem := readSVG(p.clean())
		if problem != nil || !bytes.Equal(again.clean(), p.clean()) {
			t.Errorf("%s\nis not stable: %s", c.want, again.clean())
		}
		_, problems := Inspect("a.svg", []byte(c.svg))
		if said := len(problems) == 1 && problems[0].Rule == "cleaned-svg" && strings.HasSuffix(problems[0].Message.EN, c.gone); said != (c.gone != "") {
			t.Errorf("%s: %v", c.svg, problems)
		}
	}
}

func TestSVGSize(t *testing.T) {
	for attributes, want := range map[string][2]int{
		`width="20" height="30"`: {20, 30}, `width="20px" height="1in"`: {20, 96}, `width="100%" height="100%" viewBox="0 0 24 12"`: {24, 12},
		`viewBox="-1,-1, 40.4,20.6"`: {40, 21}, `width="5"`: {0, 0}, `width="5" viewBox="0 0 24 12"`: {24, 12}, `width="1e9" height="NaN"`: {0, 0}, ``: {0, 0}, `width="-3" height="0"`: {0, 0},
	} {
		i, problems := Inspect("a.svg", []byte("<svg "+attributes+"/>"))
		if len(problems) > 0 || i.Width != want[0] || i.Height != want[1] {
			t.Errorf("%s: %d by %d, %v", attributes, i.Width, i.Height, problems)
		}
		out, err := Make(context.Background(), budget, "a.svg", []byte("<svg "+attributes+"/>"), Operation{Width: 3, Format: JPEG})
		if err != nil || out[0].Format != SVG || out[0].Width != want[0] {
			t.Errorf("%s: %+v, %v", attributes, out, err)
		}
	}
}

// harmless is what must hold of any SVG that is published, as another reader
// sees it.
func harmless(t *testing.T, svg []byte) {
	t.Helper()
	if problems := checkSVG("a.svg", svg); len(problems) > 0 {
		t.Fatalf("%s\n%v", svg, problems)
	}
	if bytes.Contains(svg, []byte("<!")) || bytes.Contains(svg, []byte("<?")) {
		t.Fatalf("%s\nhas a declaration", svg)
	}
	known := []string{"metadata", "rdf:rdf", "rdf:description", "tc260:aigc", "iptc4xmpext:digitalsourcetype"}
	for name := range drawn {
		known = append(known, strings.ToLower(name))
	}
	z := html.NewTokenizer(bytes.NewReader(svg))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return
		}
		z.NextIsNotRawText() // to a browser it is XML
		token := z.Token()
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		if !slices.Contains(known, token.Data) {
			t.Fatalf("%s\nhas <%s>", svg, token.Data)
		}
		for _, a := range token.Attr {
			_, name, prefixed := strings.Cut(a.Key, ":")
			if !prefixed {
				name = a.Key
			}
			value := strings.ToLower(strings.TrimSpace(a.Val))
			if strings.HasPrefix(name, "on") || strings.Contains(value, "javascript:") ||
				name == "href" && !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "data:image/png;base64,") && !strings.HasPrefix(value, "data:image/jpeg;base64,") {
				t.Fatalf("%s\nhas %s=%q", svg, a.Key, a.Val)
			}
		}
	}
}
