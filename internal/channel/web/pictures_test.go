package web

import (
	"strings"
	"testing"
)

// TestShareDrawn: a drawing does not stand for a page elsewhere; the next picture does.
func TestShareDrawn(t *testing.T) {
	f := sample()
	f["content/examples/plan.svg"], f["content/examples/hall.jpg"] = "drawing", "picture"
	f["content/examples/a.md"] = article("甲", "2024-03-01", "封面: plan.svg\n") + "![厅](hall.jpg)\n"
	out, _ := f.outputs(t, "engine")
	page := text(t, out["examples/a.html"])
	if !strings.Contains(page, `<meta property="og:image" content="https://www.example.org/examples/hall.share.jpg">`) {
		t.Errorf("shared by\n%s", page[:strings.Index(page, "<body")])
	}
}

// TestPicturesApart: pictures of one folder may differ in their endings alone.
func TestPicturesApart(t *testing.T) {
	f := sample()
	for _, name := range []string{"hall.jpg", "hall.jpeg", "hall.png"} {
		f["content/examples/"+name] = "bytes"
		f["content/examples/"+strings.Replace(name, ".", "-", 1)+".md"] = article("照片", "2024-03-01", "封面: "+name+"\n")
	}
	out, _ := f.outputs(t, "engine")
	for _, path := range []string{"hall.480w.jpg", "hall.jpeg.480w.jpg", "hall.480w.png", "hall.share.jpg", "hall.jpeg.share.jpg", "hall.png.share.jpg"} {
		if _, ok := out["examples/"+path]; !ok {
			t.Errorf("there is no %s", path)
		}
	}
}

// TestPicturesPlanned: whatever shows a picture finds it planned.
func TestPicturesPlanned(t *testing.T) {
	for _, base := range []string{`base_url = "https://www.example.org/"`, ""} {
		f := sample().edit(t, "config.toml", `base_url = "https://www.example.org/"`, base)
		f["content/examples/cover.png"] = "bytes"
		f["content/examples/a.md"] = article("甲", "2024-03-01", "封面: cover.png\n") + "![图](cover.png)\n\n::card{to=b.md cover=cover.png}\n"
		out, problems := f.outputs(t, "engine")
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		for _, o := range out {
			text(t, o)
		}
	}
}
