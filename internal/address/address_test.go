package address

import (
	"strings"
	"testing"
	"unicode"
)

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
		"年度报告.pdf":     "nian-du-bao-gao-vztp.pdf",
		"README":       "readme",
		"con.txt":      "con-vgyw.txt",
		"a.tar.gz":     "a-tar.gz",
		"！.png":        "file-6cyv.png",
		"a..%2e%2e.md": "a-2e-2e.md",
	} {
		if got := File(name); got != want {
			t.Errorf("File(%q) = %q, want %q", name, got, want)
		}
	}
}

// TestAlike: what sounds or looks alike has a name of its own, whatever else there is.
func TestAlike(t *testing.T) {
	for _, names := range [][]string{
		{"监察", "检察"}, {"政治", "整治"}, {"法制", "法治"}, {"权力", "权利"}, {"清廉", "青莲"}, {"Docker", "docker", "DOCKER", "Ｄocker"},
		{"B端软件", "B 端软件", "b端软件"}, {"C", "C++", "C#", "c"}, {"！", "？", "term"}, {"index", "Index"},
		{strings.Repeat("清", 40), strings.Repeat("清", 41)}, {"会议(1)", "会议（1）", "会议 1", "会议-1"},
	} {
		terms, folders := map[string]bool{}, map[string]bool{}
		for _, name := range names {
			slug := Term(name)
			if !ValidSlug(slug) || terms[slug] {
				t.Errorf("%v: %q has the address %q", names, name, slug)
			}
			terms[slug] = true
			if slug = Folder(name); !ValidSlug(slug) || folders[slug] && !isASCII(name) {
				t.Errorf("%v: the folder %q has the address %q", names, name, slug)
			}
			folders[slug] = true
		}
	}
	files := map[string]bool{}
	for _, name := range []string{"公示.pdf", "公式.pdf", "公示.PDF", "公示.docx", "照片 1.svg", "照片-1.svg", "会议(1).svg", "会议（1）.svg", "a.表", "a.文", "a", "！.a"} {
		files[File(name)] = true
	}
	if len(files) != 12 {
		t.Errorf("12 files have %d names: %v", len(files), files)
	}
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

func TestStem(t *testing.T) {
	for title, want := range map[string]string{
		"清源县人民政府办公室关于印发甲方案的通知":         "20240501-jia-fang-an",
		"清源县人民政府办公室关于做好乙工作的通知":         "20240501-zuo-hao-yi-gong-zuo",
		"关于转发省政府办公厅关于印发丙办法的通知的通知":      "20240501-bing-ban-fa",
		"清源县人民政府关于丁的实施意见（清政发〔2024〕3号）": "20240501-ding-qing-zheng-fa-2024-3-hao",
		"关于《清源县办法》的说明":                 "20240501-qing-yuan-xian-ban-fa",
		"清源县财政局2024年部门预算公开":            "20240501-2024-nian-bu-men-yu-suan-gong-kai",
		"清源县税务局：把“权力清单”晒在阳光下":          "20240501-ba-quan-li-qing-dan-shai-zai-yang",
		"陈某关于拒贿的故事":                    "20240501-chen-mou-guan-yu-ju-hui-de-gu",
		"重庆银行的会计":                      "20240501-chong-qing-yin-hang-de-kuai-ji",
		"！":                            "20240501-article",
	} {
		if got := Stem("20240501", title); got != want {
			t.Errorf("%s: got %q, want %q", title, got, want)
		}
	}
	for _, title := range []string{strings.Repeat("x", 100), strings.Repeat("装", 100), "", "关于的通知", "con"} {
		stem := Stem("", title)
		for _, slug := range []string{stem, Marked(stem, title), Numbered(stem, 1), Numbered(stem, 12345678)} {
			if !ValidSlug(slug) && slug != "con" {
				t.Errorf("%q can't be a slug", slug)
			}
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
