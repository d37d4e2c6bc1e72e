// Package hazard says which files run when they are opened.
//
// A site publishes the files that its articles name. Most are read, heard or
// looked at. Some run: a page's scripts run with all that the site may do, in the
// browser of whoever opens it; a program runs on the reader's own machine, or on
// the server. What a file is shows in its name, which servers and systems go by,
// or in how it begins, which browsers and office programs go by; either is enough.
//
// Text that quotes such things does not run: .txt, .csv, .md and their like are
// pages only if they begin as one.
package hazard

import (
	"bytes"
	"strings"
)

// Kind is what running a file would mean.
type Kind uint8

// The kinds, the worst last.
const (
	Inert   Kind = iota
	Macros       // an office document whose macros run where it is opened
	Page         // a browser runs it
	Program      // a system or a server runs it
)

// Of says what a file with this name and these bytes is, and in what, a word of
// no language, that shows: "HTML", ".exe", "VBA".
func Of(name string, raw []byte) (k Kind, what string) {
	if k, what = byName(name); k > Macros {
		return k, what
	}
	if inside, shown := byContent(name, raw); inside > k {
		return inside, shown
	}
	return k, what
}

// The endings of names that run, without their dots.
var (
	pages = words(`html htm xhtml xht xhtm shtml shtm stm mht mhtml mhtm xsl xslt svgz htc swf xap js mjs cjs wasm`)
	// A server may run these though another ending follows: 通知.php.pdf.
	onServers = words(`php php3 php4 php5 php7 php8 phps phtml pht phar asp aspx asa ashx asmx ascx jsp jspx jspf jhtml cgi fcgi pl`)
	programs  = words(`exe com scr pif bat cmd msi msp mst msc ps1 psm1 vbs vbe jse wsf wsh wsc sct hta cpl dll ocx sys reg chm hlp lnk url
		website scf library-ms settingcontent-ms application appref-ms gadget jar jnlp xll wll apk dmg pkg deb rpm command desktop htaccess`)
	macros = words(`docm dotm xlsm xltm xlam xlsb pptm potm ppam ppsm sldm`)
	// What is read as text wherever it is opened. It may quote a page.
	texts = words(`txt text csv tsv md log json geojson yaml yml toml ini tex srt vtt lrc ics vcf css`)
	xmls  = words(`xml svg rss atom rdf opml kml gpx mml xsd wsdl`)
)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// byName goes by the endings of a name, without the dots and spaces that Windows
// takes off its end.
func byName(name string) (Kind, string) {
	for _, part := range endings(name) {
		if onServers[part] {
			return Program, "." + part
		}
	}
	switch last := ending(name); {
	case programs[last]:
		return Program, "." + last
	case pages[last]:
		return Page, "." + last
	case macros[last]:
		return Macros, "." + last
	case strings.EqualFold(base(name), "web.config"), strings.EqualFold(base(name), ".user.ini"):
		return Program, base(name)
	}
	return Inert, ""
}

// endings are the parts of a name behind its dots. Some servers end a name at a
// semicolon.
func endings(name string) []string {
	name = strings.ToLower(strings.TrimRight(base(name), ". "))
	return strings.FieldsFunc(name[strings.IndexByte(name+".", '.'):],
		func(r rune) bool { return r == '.' || r == ';' })
}

// ending is the last of them; "" if there is none.
func ending(name string) string {
	parts := endings(name)
	if len(parts) == 0 {
		return ""
	}
	return parts[len(parts)-1]
}

func base(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }

// byContent goes by how a file begins.
func byContent(name string, raw []byte) (Kind, string) {
	last := ending(name)
	switch {
	case isWindows(raw):
		return Program, "EXE"
	case bytes.HasPrefix(raw, []byte("\x7fELF")):
		return Program, "ELF"
	case bytes.HasPrefix(raw, []byte("L\x00\x00\x00\x01\x14\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46")):
		return Program, "LNK"
	case isFlash(raw) && !texts[last]:
		return Page, "SWF"
	case hasMacros(raw):
		return Macros, "VBA"
	}
	return markup(raw, texts[last], xmls[last])
}

// isWindows reports a program of Windows: its head says where the next one is.
func isWindows(raw []byte) bool {
	if len(raw) < 64 || raw[0] != 'M' || raw[1] != 'Z' {
		return false
	}
	at := int64(raw[60]) | int64(raw[61])<<8 | int64(raw[62])<<16 | int64(raw[63])<<24
	return at+4 <= int64(len(raw)) && (string(raw[at:at+4]) == "PE\x00\x00" || string(raw[at:at+2]) == "NE")
}

func isFlash(raw []byte) bool {
	return len(raw) > 8 && bytes.IndexByte([]byte("FCZ"), raw[0]) >= 0 && string(raw[1:3]) == "WS" && 0 < raw[3] &&
		raw[3] < 64
}
