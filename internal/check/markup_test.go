package check

import (
	"fmt"
	"strings"
	"testing"

	"qinglian/internal/config"
)

// insecure are parts of pages, with where what they load without https stands.
var insecure = map[string]string{
	`<img src="http://a.example/1.png">`:                                  "1:11-33",
	"<p>\n<IMG alt='甲' SRC=HTTP://a.example/1.png>":                       "2:18-40",
	`<img srcset="b.png 1x, http://a.example/2.png 2x">`:                  "1:24-46",
	`<img data-src="http://a.example/" src="http://a.example/">`:          "1:40-57",
	`<script src="http://a.example/x.js"></script>`:                       "1:14-35",
	`<link href="http://a.example/x.css" rel="Stylesheet">`:               "1:13-35",
	`<iframe src="http://a.example/"></iframe>`:                           "1:14-31",
	`<object data="http://a.example/x.swf"></object>`:                     "1:15-37",
	`<video poster="http://a.example/v.jpg"></video>`:                     "1:16-38",
	`<svg><image xlink:href="http://a.example/1.png"/></svg>`:             "1:25-47",
	`<base href="http://a.example/">`:                                     "1:13-30",
	`<td background="http://a.example/1.png">`:                            "1:17-39",
	`<p style="background: url('http://a.example/1.png')">`:               "1:28-50",
	`<style>p { background: url( http://a.example/1.png ) }</style>`:      "1:29-51",
	`<style>@import "http://a.example/x.css";</style>`:                    "1:17-39",
	`<style>p { background: image-set("http://a.example/1" 1x) }</style>`: "1:35-53",
	`<img src="http&#58;//a.example/1.png">`:                              "1:1-5",

	`<a href="http://a.example/">甲</a>`:                            "",
	`<link rel="canonical" href="http://a.example/">`:              "",
	`<form action="http://a.example/"></form>`:                     "",
	`<svg xmlns="http://www.w3.org/2000/svg"></svg>`:               "",
	`<img src="https://a.example/?u=http://b.example/">`:           "",
	`<meta property="og:image" content="http://a.example/1.png">`:  "",
	`<!-- <img src="http://a.example/1.png"> -->`:                  "",
	`<script>let a = "http://a.example/"</script>`:                 "",
	`<style>@namespace url(http://www.w3.org/1999/xhtml);</style>`: "",
	`<style>p::after { content: "http://a.example/" }</style>`:     "",
	`<style>/* url(http://a.example/1.png) */</style>`:             "",
}

// TestInsecureResource: what a page in static/ loads without https, and what is near it and
// loads nothing. A style sheet has the same places as one in a page.
func TestInsecureResource(t *testing.T) {
	c, problems := config.Parse(nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	places := func(name, text string) string {
		var said []string
		for _, d := range New(c, nil).File(name, []byte(text)).Findings {
			if d.Rule == "insecure-resource" {
				said = append(said, fmt.Sprintf("%d:%d-%d", d.Line, d.Column, d.EndColumn))
			}
		}
		return strings.Join(said, " ")
	}
	for page, want := range insecure {
		if got := places("static/a.html", page); got != want {
			t.Errorf("%s: got %q, want %q", page, got, want)
		}
		if sheet, ok := strings.CutPrefix(page, "<style>"); ok {
			sheet = strings.Repeat(" ", len("<style>")) + strings.TrimSuffix(sheet, "</style>")
			if got := places("static/a.css", sheet); got != want {
				t.Errorf("%s: got %q, want %q", sheet, got, want)
			}
		}
	}
}
