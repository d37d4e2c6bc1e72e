package main

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	pixels "qinglian/internal/image"
)

// secret stands in every picture of these tests where cameras note things.
const secret = "SECRET PLACE"

// photograph is a JPEG as a camera writes it: held sideways, with notes.
func photograph(t testing.TB, w, h int) string {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, color.RGBA{uint8(x * 255 / w), uint8(y * 255 / h), uint8(128 + 100*math.Sin(float64(x+y)/40)), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	notes := "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x02" + // two entries
		"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00" + // turned to the left
		"\x01\x3b\x00\x02\x00\x00\x00\x0d\x00\x00\x00\x26\x00\x00\x00\x00" + secret + "\x00" // by whom
	head := "\xff\xd8\xff\xe1" + string([]byte{byte((len(notes) + 2) >> 8), byte(len(notes) + 2)}) + notes
	return head + b.String()[2:]
}

// newPhotographs is a workshop with an article of pictures.
func newPhotographs(t testing.TB) *workshop {
	w := newWorkshop(t)
	w.write("content/examples/photos/hall.jpg", photograph(t, 1200, 2000))
	w.write("content/examples/photos/plan.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><metadata>`+secret+`</metadata><script>x()</script><path d="M0 0h40v30z"/></svg>`)
	w.write("content/examples/photos/index.md", "---\n标题: 照片\n日期: 2026-10-01\n来源: 本站\n摘要: 照片。\n封面: {src: hall.jpg, focus: [0.7, 0.3]}\n---\n"+
		"一段话。\n\n![大厅](hall.jpg)\n\n![平面图](plan.svg)\n\n[看照片](hall.jpg)\n")
	return w
}

// TestPictures: what is published of pictures is upright, in the sizes that
// pages name, and without what is private; and each is worked on once.
func TestPictures(t *testing.T) {
	t.Parallel()
	w := newPhotographs(t)
	first := w.build()
	if first.status != exitDone {
		t.Fatal(first.said)
	}
	page := first.files["examples/photos.html"]
	for _, want := range []string{
		`src="photos/hall.jpg" srcset="photos/hall.480w.jpg 480w, photos/hall.960w.jpg 960w, photos/hall.jpg 1600w"`,
		`width="1600" height="960" alt="大厅" loading="lazy"`,
		`src="photos/plan.svg" width="40" height="30" alt="平面图"`,
		`<a href="photos/hall.jpg">看照片</a>`,
		`/examples/photos/hall.share.jpg`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	sizes := map[string]image.Point{}
	for name, text := range first.files {
		if strings.Contains(text, secret) || strings.Contains(text, "<script>x()") {
			t.Errorf("%s holds what is private", name)
		}
		if strings.HasSuffix(name, ".jpg") {
			c, err := jpeg.DecodeConfig(strings.NewReader(text))
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			sizes[strings.TrimPrefix(name, "examples/photos/")] = image.Pt(c.Width, c.Height)
		}
	}
	want := map[string]image.Point{"hall.jpg": {1600, 960}, "hall.960w.jpg": {960, 576}, "hall.480w.jpg": {480, 288}, "hall.share.jpg": {1200, 720}}
	for name, size := range want {
		if sizes[name] != size {
			t.Errorf("%s is %v, want %v", name, sizes[name], size)
		}
	}

	if again := w.build(); again.report.Rendered > 0 {
		t.Errorf("a second build rendered %d", again.report.Rendered)
	}
	made := w.made()
	w.remove("public")
	for _, name := range w.list(".qinglian") {
		if !strings.Contains(name, "/pictures/") {
			w.remove(name) // the rest of the cache
		}
	}
	if again := w.build(); !maps.Equal(again.files, first.files) {
		t.Errorf("another site without a cache: %s", again.said)
	}
	if after := w.made(); !maps.Equal(after, made) {
		t.Error("pictures were made again")
	}
}

// made are the pictures that were made, with when.
func (w *workshop) made() map[string]int64 {
	w.Helper()
	out := map[string]int64{}
	entries, err := os.ReadDir(w.at(pictures))
	w.check(err)
	for _, e := range entries {
		info, err := e.Info()
		w.check(err)
		out[e.Name()] = info.ModTime().UnixNano()
	}
	return out
}

// TestClean: what nothing uses any more is reported, and goes; what drafts and
// articles to come use stays, and so does all where it can't be told.
func TestClean(t *testing.T) {
	t.Parallel()
	w := newPhotographs(t)
	for name, fields := range map[string]string{"unseen": "日期: 2026-10-01\n草稿: true\n", "to-come": "日期: 2099-10-01\n"} {
		w.write("content/examples/"+name+"/own.jpg", photograph(t, 500, 300+len(name))) // no two are the same
		w.write("content/examples/"+name+"/index.md", "---\n标题: "+name+"\n来源: 本站\n摘要: 没有公开。\n"+fields+"---\n![照片](own.jpg)\n")
	}
	public := w.build()
	shown := len(w.made())
	all := w.build("--drafts", "--future")
	before := len(w.made())
	if public.status != exitDone || all.status != exitDone || before < shown+2 {
		t.Fatalf("%d pictures, %d with what is not public: %s", shown, before, all.said)
	}
	clean := func(want int, flags ...string) string {
		t.Helper()
		var said bytes.Buffer
		if status := run(append([]string{"clean", "--source", w.site}, flags...), &said, &said); status != want {
			t.Errorf("status %d: %s", status, said.String())
		}
		return said.String()
	}
	if said := clean(exitDone); !strings.Contains(said, "删去 0 个") || len(w.made()) != before {
		t.Errorf("%s", said)
	}
	w.write("content/examples/photos/hall.jpg", photograph(t, 1000, 1500))
	w.build("--drafts", "--future")
	grown := len(w.made())
	if said := clean(exitDone, "--dry-run"); strings.Contains(said, "有 0 个") || len(w.made()) != grown {
		t.Errorf("%s", said)
	}
	w.write("content/news/bad.md", "没有开头\n")
	if clean(exitSite); len(w.made()) != grown {
		t.Error("pictures of a site with errors were deleted")
	}
	w.remove("content/news/bad.md")
	clean(exitDone)
	if left := len(w.made()); left >= grown {
		t.Errorf("%d of %d are left", left, grown)
	}
	if again := w.build("--drafts", "--future"); again.report.Rendered > 0 {
		t.Errorf("what is used was deleted: %d rendered", again.report.Rendered)
	}
}

// TestReplacedPictures: all that shows a picture follows when another takes its
// name, whatever of its sizes stays; so do pages that show the site's.
func TestReplacedPictures(t *testing.T) {
	t.Parallel()
	w := newWorkshop(t)
	head := "---\n标题: 照片\n日期: 2026-10-01\n来源: 本站\n摘要: 照片。\n"
	w.write("content/examples/shown/index.md", head+"封面: ../photo.jpg\n---\n一段话。\n")
	w.write("content/examples/text.md", head+"---\n![照片](photo.jpg)\n")
	w.write("content/examples/embed.md", head+"---\n::card{to=/examples/bridge.md cover=photo.jpg}\n\n::card{to=shown/index.md}\n")
	w.write("static/one.png", "")
	w.write("static/two.png", "")
	for n := range 5 {
		w.write("content/examples/photo.jpg", photo(n))
		w.change("config.toml", func(s string) string {
			return "picture = " + pick(n, `"one.png"`, `"two.png"`) + "\n" + strings.TrimPrefix(strings.TrimPrefix(s, "picture = \"one.png\"\n"), "picture = \"two.png\"\n")
		})
		got, want := w.build(), w.clean()
		if got.status != exitDone {
			t.Fatal(got.said)
		}
		if d := differ(got.files, want.files); d != "" {
			t.Errorf("photo %d: %s", n, d)
		}
	}
}

// TestBadPictures: what can't be published is told with its cure, and nothing is
// published of it.
func TestBadPictures(t *testing.T) {
	t.Parallel()
	whole := photograph(t, 600, 400)
	for rule, file := range map[string]string{
		"broken-picture":  whole[:len(whole)/2],
		"unshown-picture": "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
		"unsafe-svg":      "<svg xmlns=\"http://www.w3.org/2000/svg\"><g></svg>",
	} {
		t.Run(rule, func(t *testing.T) {
			w := newPhotographs(t)
			name := "content/examples/photos/hall.jpg"
			if rule == "unsafe-svg" {
				name = "content/examples/photos/plan.svg"
			}
			w.write(name, file)
			m := w.build()
			told := slices.ContainsFunc(m.report.Diagnostics, func(f finding) bool {
				return f.Rule == rule && f.File == name && f.Severity == "error" && f.Hint != ""
			})
			if m.status != exitSite || !told || len(m.files) > 0 {
				t.Errorf("status %d, %d files: %s", m.status, len(m.files), m.said)
			}
		})
	}
	w := newPhotographs(t)
	w.write("content/examples/photos/IMG_1", whole)
	w.change("content/examples/photos/index.md", func(s string) string { return s + "\n![无名](IMG_1)\n" })
	if m := w.build(); m.status != exitSite || !strings.Contains(m.said, "misnamed-picture") {
		t.Errorf("a photograph without an ending: status %d: %s", m.status, m.said)
	}
	w = newPhotographs(t)
	w.write("static/office.jpg", whole)
	if m := w.build(); m.status != exitDone || !strings.Contains(m.said, "private-picture") {
		t.Errorf("status %d: %s", m.status, m.said)
	}
}

// TestSamplePictures: no picture of the sample site holds anything private.
func TestSamplePictures(t *testing.T) {
	public := sampleOutput(t)
	count := 0
	for _, ext := range []string{".jpg", ".png", ".gif", ".svg", ".webp"} {
		for _, name := range files(t, public, ext) {
			raw, err := os.ReadFile(filepath.Join(public, filepath.FromSlash(name)))
			if err != nil {
				t.Fatal(err)
			}
			count++
			if info, problems := pixels.Inspect(name, raw); info.Private || len(problems) > 0 {
				t.Errorf("%s: %v", name, problems)
			}
		}
	}
	if count < 20 {
		t.Errorf("only %d pictures", count)
	}
}

// TestVariants: a browser loads the picture that its screen has pixels for, and
// nothing moves when it has come.
func TestVariants(t *testing.T) {
	browser := openBrowser(t)
	dir := copyOf(t, sampleSite(t))
	w := newPhotographs(t)
	if err := os.CopyFS(filepath.Join(dir, "content", "examples", "photos"), os.DirFS(w.at("content/examples/photos"))); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "build", "--source", dir, "--now", "2026-11-24")
	base := serveFolder(t, filepath.Join(dir, "public"), "/")
	for _, c := range []struct {
		width int64
		sharp float64
		want  string
	}{{375, 1, "hall.480w.jpg"}, {375, 2, "hall.960w.jpg"}, {1280, 1, "hall.960w.jpg"}, {1280, 2, "hall.jpg"}} {
		tab, _ := openTab(t, browser, base)
		do(t, tab, chromedp.EmulateViewport(c.width, 800, chromedp.EmulateScale(c.sharp)), chromedp.Navigate(base+"examples/photos.html"))
		got := eval[string](t, tab, `(async () => {
			const p = document.querySelector(".prose img");
			p.loading = "eager";
			p.scrollIntoView();
			await p.decode();
			return p.currentSrc.split("/").pop();
		})()`)
		if got != c.want {
			t.Errorf("at %d px, %g times: %s, want %s", c.width, c.sharp, got, c.want)
		}
		shift := eval[float64](t, tab, `new Promise(done => {
			let sum = 0;
			new PerformanceObserver(l => { for (const e of l.getEntries()) sum += e.value; }).observe({type: "layout-shift", buffered: true});
			setTimeout(() => done(sum), 300);
		})`)
		if shift > 0 {
			t.Errorf("at %d px, %g times: what is shown moved by %g", c.width, c.sharp, shift)
		}
	}
}
