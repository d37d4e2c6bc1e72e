package image

import (
	"fmt"
	"strings"
	"testing"
)

func TestCheckSVG(t *testing.T) {
	for _, c := range []struct{ svg, want string }{
		{`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1"/></svg>`, ""},
		{"\ufeff<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<!-- 甲 -->\n<svg><title>荷</title></svg>\n", ""},
		{`<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg/>`, ""},
		{`<svg><defs><linearGradient id="a"/></defs><rect fill="url(#a)" style="stroke: url( '#a' )"/><use href="#b"/><use xlink:href=" #b"/></svg>`, ""},
		{`<svg><image href="data:image/png;base64,AAAA"/><image xlink:href="data:image/jpeg;base64,AAAA"/></svg>`, ""},
		{`<svg><style>.a{fill:red} .b{fill:url("#a")} @font-face{src:url(data:font/woff2;base64,AAAA)}</style><style><![CDATA[.c>.d{fill:blue}]]></style></svg>`, ""},
		{`<svg><style/><text>@import url(a) &lt;script&gt; javascript: onload= <![CDATA[<script>]]> <!-- <script> --></text></svg>`, ""},
		{`<svg xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" inkscape:export-filename="C:\图 (1)\a.png"/>`, ""},
		{`<svg><animate attributeName="opacity" values="0;1" dur="1s"/></svg>`, ""},

		{`<svg><script>alert(1)</script></svg>`, "1:6 <script>"},
		{"<svg>\n<g>荷<SCRIPT/></g></svg>", "2:5 <SCRIPT>"},
		{`<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script href="#a"/></s:svg>`, "1:45 <script>"},
		{`<svg><foreignObject><div/></foreignObject></svg>`, "1:6 <foreignObject>"},
		{`<svg><iframe/></svg>`, "1:6 <iframe>"},
		{`<svg><object/></svg>`, "1:6 <object>"},
		{`<svg><embed/></svg>`, "1:6 <embed>"},
		{`<svg><handler/></svg>`, "1:6 <handler>"},
		{`<svg onload="alert(1)"/>`, "1:1 onload=…"},
		{`<svg><g OnClick=""/></svg>`, "1:6 OnClick=…"},
		{`<svg><a href="javascript:alert(1)"/></svg>`, "1:6 href=…"},
		{"<svg><a href=\" java\n\tscript:alert(1)\"/></svg>", "1:6 href=…"},
		{`<svg><a xlink:href="java&#10;script&#58;alert(1)"/></svg>`, "1:6 href=…"},
		{`<svg><a href="https://a.example/"/></svg>`, "1:6 href=…"},
		{`<svg><use xlink:href="//a.example/b.svg#c"/></svg>`, "1:6 href=…"},
		{`<svg><image href="b.png"/></svg>`, "1:6 href=…"},
		{`<svg><use href="data:image/svg+xml;base64,AAAA#a"/></svg>`, "1:6 href=…"},
		{`<svg><image href="data:text/html,a"/></svg>`, "1:6 href=…"},
		{`<svg><set attributeName="xlink:href" to="#a"/></svg>`, "1:6 attributeName=…"},
		{`<svg><animate attributeName=" href " values="#a"/></svg>`, "1:6 attributeName=…"},
		{`<svg><animate values="#a;Java Script:alert(1)"/></svg>`, "1:6 values=…"},
		{`<svg style="fill:url(http://a.example/)"/>`, "1:1 style=…"},
		{"<svg fill=\"URL(\nhttps://a.example/)\"/>", "1:1 fill=…"},
		{`<svg style="fill:url('https://a.example/')"/>`, "1:1 style=…"},
		{`<svg style="fill:url(#a);stroke:url(&quot;//a.example/&quot;)"/>`, "1:1 style=…"},
		{`<svg filter="url(b.svg#a)"/>`, "1:1 filter=…"},
		{`<svg fill="u\72l(//a.example/)"/>`, "1:1 fill=…"},
		{`<svg><set attributeName="fill" to="url(//a.example/)"/></svg>`, "1:6 to=…"},
		{`<svg><style>.a{fill:url(//a.example/)}</style></svg>`, "1:6 <style>"},
		{`<svg><style>@im<!-- -->p<![CDATA[ort]]> "//a.example/a.css";</style></svg>`, "1:6 <style>"},
		{`<svg><style>@import "//a.example/a.css";<style></style></style></svg>`, "1:6 <style>"},
		{`<svg><style>@\69mport "//a.example/a.css";</style></svg>`, "1:6 <style>"},
		{`<svg><style>.a{cursor:image-set("//a.example/" 1x)}</style></svg>`, "1:6 <style>"},
		{`<svg><meta xmlns="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0;https://a.example/"/></svg>`, "1:6 <meta>"},
		{`<svg xmlns:h="http://www.w3.org/1999/xhtml"><h:img src="//a.example/"/></svg>`, "1:45 <img>"},
		{`<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>`, "1:1 <!DOCTYPE […]>"},
		{`<!DOCTYPE svg [<?a '?>]><svg><script/><!-- '>><svg> --></svg>`, "1:1 <!DOCTYPE […]>"}, // to us no script, to a browser one
		{`<?xml version="1.0"?><?xml-stylesheet href="a.css"?><svg/>`, "1:22 <?xml-stylesheet"},

		{`<svg><path d="M0`, "1:6 not a whole SVG"},
		{`<svg><g></g>`, "1:13 not a whole SVG"},
		{"<svg \xff=\"\"/>", "1:1 not a whole SVG"},
		{"<?xml version=\"1.0\" encoding=\"GBK\"?><svg><title>\xc9\xf9</title></svg>", "1:49 not a whole SVG"},
		{"", "1:1 not a whole SVG"},
		{"荷花", "1:3 not a whole SVG"},
		{"<html></html>", "1:14 not a whole SVG"},
		{"<svg><g></svg>", "1:9 not a whole SVG"},
		{"<svg width=1/>", "1:1 not a whole SVG"},
		{"\x89PNG\r\n\x1a\n", "1:1 not a whole SVG"},
	} {
		got := ""
		for _, d := range checkSVG("content/a.svg", []byte(c.svg)) {
			why := strings.TrimPrefix(d.Message.EN, "this SVG can't be published: ")
			got = fmt.Sprintf("%d:%d %s", d.Line, d.Column, strings.TrimPrefix(why, "it holds "))
			if d.Rule != "unsafe-svg" || d.File != "content/a.svg" || d.Source != "" || d.Hint.ZH == "" {
				t.Errorf("%s: %+v", c.svg, d)
			}
		}
		if got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.svg, got, c.want)
		}
	}
}
