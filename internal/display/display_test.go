package display

import (
	"encoding/json"
	"html/template"
	"path"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/digest"
	"qinglian/internal/image"
	"qinglian/internal/markdown"
	"qinglian/internal/site"
	"qinglian/internal/theme"
	"qinglian/internal/view"
	"qinglian/themes"
)

// wholeSite is the site that fills in all fields, on which channel/web tests pages.
func wholeSite(t *testing.T) *site.Site {
	t.Helper()
	archive, err := txtar.ParseFile("../channel/web/testdata/pages/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	c, _ := config.Parse(archive.Files[0].Data)
	directives, err := theme.Directives(themes.FS)
	if err != nil {
		t.Fatal(err)
	}
	compiler := content.Compiler{Config: c, Dialect: markdown.New(), Directives: directives}
	var docs []*content.Doc
	var files []site.File
	for _, f := range archive.Files {
		if content.IsArticle(f.Name) {
			d := compiler.Compile(f.Name, f.Data)
			docs = append(docs, &d)
			continue
		}
		file := site.File{Source: f.Name, Size: int64(len(f.Data))}
		if path.Ext(f.Name) == ".png" {
			file.Picture = &image.Info{Format: image.PNG, Width: 600, Height: 400}
		}
		if strings.HasPrefix(f.Name, content.Folder) || strings.HasPrefix(f.Name, site.StaticFolder) {
			files = append(files, file)
		}
	}
	s, _ := site.Link(c, docs, files, site.Selection{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Drafts: true})
	return s
}

// TestShared: what is digested once for all pages, cards and frames, is filled in by
// its sink alone: while it is digested nothing of the view is touched. (Of what
// stands on one page channel/web's TestPut says the same.)
func TestShared(t *testing.T) {
	s := wholeSite(t)
	d := New(s, Form{Cover: image.Ratio{Width: 8, Height: 5}, Search: true})
	said := regexp.MustCompile(`:("[^"]+"|[1-9-]|true)`)
	check := func(what string, scrap any) {
		b, err := json.Marshal(scrap)
		if err != nil {
			t.Fatal(err)
		}
		if touched := said.Find(b); touched != nil {
			t.Errorf("%s: %s was filled in while it was digested: %s", what, touched, b)
		}
	}
	var cards []*view.Card
	for _, p := range s.Pages {
		var scrap, card view.Card
		d.card(Digesting("card"), &scrap, p)
		check(p.Path, scrap)
		d.card(Filling("a/b.html"), &card, p)
		cards = append(cards, &card)
	}
	for i := range reflect.TypeFor[view.Card]().NumField() {
		filled := false
		for _, card := range cards {
			filled = filled || !reflect.ValueOf(card).Elem().Field(i).IsZero()
		}
		if !filled {
			t.Errorf("no card has a %s", reflect.TypeFor[view.Card]().Field(i).Name)
		}
	}
	var frame view.Frame
	d.frame(Digesting("frame"), &frame, frameState{current: -1})
	check("frame", frame)
}

// TestSink: each way to put something moves the digest, and fills in what was put.
func TestSink(t *testing.T) {
	day := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	wide := &picture{files: []pictureFile{{"a.png", 600, 400}}}
	one, other := digest.Of([]byte("1")), digest.Of([]byte("2"))
	setText := func(to *string, of string) { *to = of }
	texts := func(to *[]string, of []string) { *to = of }
	var (
		text string
		is   bool
	)
	ways := map[string][]func(*Sink){
		"Text": {func(s *Sink) { s.Text(&text, "甲") }, func(s *Sink) { s.Text(&text, "乙") }, func(s *Sink) { s.Text(&text, "") }},
		"HTML": {func(s *Sink) { s.HTML(new(template.HTML), "甲") }, func(s *Sink) { s.HTML(new(template.HTML), "乙") }},
		"Headline": {func(s *Sink) { s.Headline(new(template.HTML), "甲乙丙", nil) }, func(s *Sink) { s.Headline(new(template.HTML), "甲乙丁", nil) },
			func(s *Sink) { s.Headline(new(template.HTML), "甲乙丙", []int{3}) }, func(s *Sink) { s.Headline(new(template.HTML), "甲乙丙", []int{6}) }},
		"URL":   {func(s *Sink) { s.URL(&text, "a.html") }, func(s *Sink) { s.URL(&text, "b.html") }, func(s *Sink) { s.URL(&text, "") }},
		"Bool":  {func(s *Sink) { s.Bool(&is, true) }, func(s *Sink) { s.Bool(&is, false) }},
		"If":    {func(s *Sink) { s.If(true) }, func(s *Sink) { s.If(false) }},
		"Int":   {func(s *Sink) { s.Int(new(int), 1) }, func(s *Sink) { s.Int(new(int), 2) }},
		"Share": {func(s *Sink) { s.Share(new(float64), 1, 3) }, func(s *Sink) { s.Share(new(float64), 1, 4) }, func(s *Sink) { s.Share(new(float64), 2, 3) }},
		"Date": {func(s *Sink) { s.Date(new(view.Date), day) }, func(s *Sink) { s.Date(new(view.Date), day.Add(time.Minute)) },
			func(s *Sink) { s.Date(new(view.Date), day.In(time.FixedZone("", 3600))) }, func(s *Sink) { s.Date(new(view.Date), time.Time{}) }},
		"Picture": {func(s *Sink) { s.Picture(new(*view.Picture), wide) }, func(s *Sink) { s.Picture(new(*view.Picture), nil) },
			func(s *Sink) { s.Picture(new(*view.Picture), &picture{files: []pictureFile{{"b.png", 600, 400}}}) },
			func(s *Sink) { s.Picture(new(*view.Picture), &picture{files: []pictureFile{{"a.png", 601, 400}}}) },
			func(s *Sink) { s.Picture(new(*view.Picture), &picture{files: []pictureFile{{"a.png", 600, 401}}}) }},
		"Made":  {func(s *Sink) { Made(s, new([]string), []string{"a", "b"}, texts) }, func(s *Sink) { Made(s, new([]string), []string{"ab"}, texts) }},
		"From":  {func(s *Sink) { From(s, &text, "甲", one, setText) }, func(s *Sink) { From(s, &text, "甲", other, setText) }},
		"Known": {func(s *Sink) { Known(s, &text, "甲", one) }, func(s *Sink) { Known(s, &text, "甲", other) }},
		"Each": {func(s *Sink) { Each(s, new([]string), []string{"a", "b"}, s.Text) }, func(s *Sink) { Each(s, new([]string), []string{"b", "a"}, s.Text) },
			func(s *Sink) { Each(s, new([]string), []string{"a"}, s.Text) }, func(s *Sink) { Each(s, new([]string), nil, s.Text) }},
		"Maybe": {func(s *Sink) { Maybe(s, new(*string), &text, func(to, of *string) { s.Text(to, *of) }) },
			func(s *Sink) { Maybe(s, new(*string), nil, func(to, of *string) { s.Text(to, *of) }) }},
		"Pick":  {func(s *Sink) { Pick(s, &text, []string{"a", "b"}, 0) }, func(s *Sink) { Pick(s, &text, []string{"a", "b"}, 1) }},
		"Keyed": {func(s *Sink) { Keyed(s, new(map[string]string), "k", func(to *string) { s.Text(to, "甲") }) }, func(s *Sink) { Keyed(s, new(map[string]string), "l", func(to *string) { s.Text(to, "甲") }) }},
	}
	for name, values := range ways {
		seen := map[digest.Digest]bool{}
		for i, put := range values {
			put(Filling("a.html"))
			s := Digesting("")
			put(s)
			if seen[s.Sum()] {
				t.Errorf("%s: the digest of value %d is that of another", name, i)
			}
			seen[s.Sum()] = true
		}
	}
	for i := range reflect.TypeFor[*Sink]().NumMethod() {
		name := reflect.TypeFor[*Sink]().Method(i).Name
		if _, tried := ways[name]; !tried && name != "Sum" && name != "Reset" {
			t.Errorf("%s is not tried", name)
		}
	}
}
