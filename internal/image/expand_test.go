package image

import (
	"fmt"
	"strings"
	"testing"
)

// layers is a drawing in which each of n layers shows the next k times.
func layers(n, k int, first, last, layer string) string {
	var b strings.Builder
	b.WriteString(svgHead + ">" + first)
	for i := range n {
		fmt.Fprintf(&b, `<g id="l%d">`, i)
		for range k {
			b.WriteString(strings.ReplaceAll(layer, "#n", fmt.Sprintf("#l%d", i+1)))
		}
		b.WriteString("</g>")
	}
	fmt.Fprintf(&b, `<g id="l%d"><path d="M0 0h1"/></g>%s</svg>`, n, last)
	return b.String()
}

// TestExpansion: what draws more than a browser can is refused however it says so;
// what drawing programs make is not.
func TestExpansion(t *testing.T) {
	many := func(n int, one string) string { return svgHead + ">" + strings.Repeat(one, n) + "</svg>" }
	pattern := func(n int, attribute string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `<pattern id="p%d">%s</pattern>`, i, strings.Repeat(fmt.Sprintf(`<rect %s/>`, strings.ReplaceAll(attribute, "N", fmt.Sprint(i+1))), 10))
		}
		return svgHead + ">" + b.String() + `<rect fill="url(#p0)"/></svg>`
	}
	sheet := func(n int, selector string) string {
		var css strings.Builder
		for i := range n {
			fmt.Fprintf(&css, selector+"{fill:url('#p%d')}", i, i+1)
		}
		return strings.Replace(pattern(n, `class="cN"`), ">", "><style>"+css.String()+"</style>", 1)
	}
	for name, c := range map[string]struct {
		svg    string
		bounds bool
	}{
		"uses of uses":               {layers(9, 10, "", "", `<use xlink:href="#n"/>`), true},
		"with the other attribute":   {layers(9, 10, "", "", `<use href="#n"/>`), true},
		"with an escaped name":       {strings.ReplaceAll(layers(9, 10, "", "", `<use href="#n"/>`), `href="#l`, `href="#%6c`), true},
		"two each":                   {layers(40, 2, "", "", `<use href="#n"/>`), true},
		"a long line of names":       {layers(1000, 1, "", "", `<use href="#n"/>`), true},
		"masks":                      {layers(9, 10, "", "", `<rect mask="url(#n)"/>`), true},
		"clips in style":             {layers(9, 10, "", "", `<rect style="clip-path : URL( '#n' )"/>`), true},
		"patterns":                   {pattern(9, `fill="url(#pN)"`), true},
		"a style sheet":              {sheet(9, ".c%d"), true},
		"a style sheet of all":       {sheet(9, ".a,rect"), true},
		"what must not be":           {sheet(9, "rect:not(.x%d)"), true},
		"blocks in blocks":           {strings.Replace(sheet(9, ".c%d"), "<style>", "<style>@media all{", 1), true},
		"comments":                   {sheet(9, ".x/*{*/ , .c%d"), true},
		"a quoted brace":             {sheet(9, `.x{font:"}`+"\n"+`"} .c%d`), true},
		"a marker at each point":     {svgHead + `><marker id="m">` + strings.Repeat("<path/>", 100) + `</marker><path marker-mid="url(#m)" d="` + strings.Repeat("h1v1", 5000) + `"/></svg>`, true},
		"itself":                     {svgHead + `><g id="a"><use href="#a"/></g></svg>`, true},
		"each other, behind a use":   {layers(9, 10, `<use href="#l9"/>`, "", `<use href="#n"/>`), true},
		"a name of the whole":        {svgHead + ` id="a"><use href="#a"/></svg>`, true},
		"some uses":                  {layers(3, 10, "", "", `<use href="#n"/>`), false},
		"many uses of one":           {svgHead + `><path id="a"/>` + strings.Repeat(`<use href="#a"/>`, 50_000) + `</svg>`, false},
		"a gradient in many":         {svgHead + `><linearGradient id="a">` + strings.Repeat("<stop/>", 100) + `</linearGradient>` + strings.Repeat(`<rect fill="url(#a)"/>`, 5000) + `</svg>`, false},
		"a gradient of a gradient":   {svgHead + `><linearGradient id="a"/><linearGradient id="b" href="#a"/><rect fill="url(#b)"/></svg>`, false},
		"a sheet of gradients":       {svgHead + `><style>.a{fill:url(#a)}rect{fill:url(#a);font-family:'Noto Sans'}</style><linearGradient id="a"><stop class="a"/></linearGradient>` + strings.Repeat(`<rect class="a"/>`, 5000) + `</svg>`, false},
		"a clip in many":             {svgHead + `><style>.a{clip-path:url(#a)}</style><clipPath id="a"><rect/></clipPath>` + strings.Repeat(`<rect class="a"/>`, 5000) + `</svg>`, false},
		"an arrow at the end":        {svgHead + `><marker id="m"><path/></marker><path marker-end="url(#m)" d="` + strings.Repeat("h1v1", 100_000) + `"/></svg>`, false},
		"a link and an animation":    {svgHead + `><g id="a"><a href="#a"><path/></a><animate href="#a" attributeName="x"/></g></svg>`, false},
		"a name that nothing has":    {many(100, `<use href="#a"/>`), false},
		"many elements":              {many(150_000, `<path/>`), false},
		"a part that is shown twice": {svgHead + `><g id="a"><g id="b"><path/></g><use href="#b"/></g><use href="#a"/></svg>`, false},
	} {
		_, problems := Inspect("a.svg", []byte(c.svg))
		if said := len(problems) == 1 && problems[0].Rule == "huge-picture"; said != c.bounds || len(problems) > 1 {
			t.Errorf("%s: %v", name, problems)
		}
	}
}
