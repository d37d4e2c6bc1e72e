package address

import "testing"

func TestSlug(t *testing.T) {
	for _, c := range []struct {
		title string
		limit int
		want  string
	}{
		{"重庆银行会计", 0, "chong-qing-yin-hang-kuai-ji"},
		{"厦门与长春", 0, "xia-men-yu-chang-chun"},
		{"大会计划", 0, "da-hui-ji-hua"},
		{"清源县税务局：把“权力清单”晒在阳光下", 8, "qing-yuan-xian-shui-wu-ju-ba-quan"},
		{"2024年GDP增长Ｎo.1", 8, "2024-nian-gdp-zeng-zhang-no-1"},
		{"Café 清风", 8, "cafe-qing-feng"},
		{"，。！", 8, ""},
		{"𠮷田", 8, "u20bb7-tian"},
	} {
		if got := Slug(c.title, c.limit); got != c.want {
			t.Errorf("Slug(%q, %d) = %q, want %q", c.title, c.limit, got, c.want)
		}
	}
}

func TestPortable(t *testing.T) {
	for name, want := range map[string]bool{
		"a.txt": true, "申报表 2.pdf": true, ".well-known": true, "con": false, "con.txt": false, "CON.tar.gz": false, "Aux": false, "con .txt": false,
		"lpt9.x": false, "com0": true, "console.txt": true, "a:b": false, "x.": false, "x ": false, "q?.txt": false, "a*": false, `a\b`: false, `"a"`: false,
		"a|b": false, "<a>": false, "a\tb": false, "\xc9\xf9.txt": false, "": false, " x": true, "..x": true,
	} {
		if got := Portable(name); got != want {
			t.Errorf("%q: got %v", name, got)
		}
	}
}

func TestFromName(t *testing.T) {
	for _, c := range []struct {
		name, want string
		ok         bool
	}{
		{"tax-bureau", "tax-bureau", true},
		{"2024 Tax_Bureau (1)", "2024-tax_bureau-1", true},
		{"税务局", "", false},
		{"aux", "aux", false},
		{"---", "", false},
	} {
		if got, ok := FromName(c.name); got != c.want || ok != c.ok {
			t.Errorf("FromName(%q) = %q, %v, want %q, %v", c.name, got, ok, c.want, c.ok)
		}
	}
}

func TestFile(t *testing.T) {
	for name, want := range map[string]string{
		"Photo 1.JPG":  "photo-1.jpg",
		"年度报告.pdf":     "nian-du-bao-gao.pdf",
		"README":       "readme",
		"con.txt":      "file.txt",
		"a.tar.gz":     "a-tar.gz",
		"！.png":        "file.png",
		"a..%2e%2e.md": "a-2e-2e.md",
	} {
		if got := File(name); got != want {
			t.Errorf("File(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestRel(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"index.html", "assets/x.css", "assets/x.css"},
		{"examples/a.html", "assets/x.css", "../assets/x.css"},
		{"examples/a.html", "examples/b.html", "b.html"},
		{"examples/a.html", "index.html", "../index.html"},
		{"tags/dang-jian/index.html", "tags/index.html", "../index.html"},
		{"examples/a.html", "examples/a/b.png", "a/b.png"},
		{"ab/x.html", "ac/x.html", "../ac/x.html"},
	} {
		if got := Rel(c.from, c.to); got != c.want {
			t.Errorf("Rel(%q, %q) = %q, want %q", c.from, c.to, got, c.want)
		}
	}
}
