package main

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/jpeg"
	"slices"
	"strings"
)

// bombs are the table of what grows.
var bombs = slices.Concat(textBombs, htmlBombs, frontBombs, configBombs, dataBombs, pictureBombs, siteBombs)

// one is an article of n pieces.
func one(text func(n int) string) func(n int) map[string]string {
	return func(n int) map[string]string { return map[string]string{"content/a.md": titled(text(n))} }
}

// again is n times the same.
func again(piece string) func(n int) string {
	return func(n int) string { return strings.Repeat(piece, n) }
}

// each is n pieces that differ.
func each(format string) func(n int) string {
	return func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
}

// framed is what stands before and behind the pieces.
func framed(before string, pieces func(n int) string, behind string) func(n int) string {
	return func(n int) string { return before + pieces(n) + behind }
}

var textBombs = []bomb{
	{"text: one line", one(again("清廉")), 50_000, 690_000, "", 5, 250},
	{"text: too long", one(again("清廉")), 50_000, 2_000_000, "too-complex", 5, 200},
	{"text: paragraphs", one(again("清廉\n\n")), 2_000, 49_000, "", 5, 200},
	{"text: headings", one(again("# 甲\n\n")), 1_000, 49_000, "", 5, 250},
	{"text: links to headings", one(framed("# 甲\n\n", each("# 乙%d\n[丙](#丁%[1]d)\n"), "")), 500, 40_000, "dead-anchor", 10, 300},
	{"text: dead links", one(each("[甲](a%d.md)\n\n")), 500, 45_000, "dead-link", 5, 250},
	{"text: dead links on lines", one(again(strings.Repeat("[甲](b.md)", 400) + "\n\n")), 10, 120, "dead-link", 10, 250},
	{"text: too many links", one(again(strings.Repeat("[甲](b.md)", 400) + "\n\n")), 10, 700, "too-complex", 5, 200},
	{"text: pictures", one(each("![甲](a%d.png)\n\n")), 500, 45_000, "missing-picture", 5, 250},
	{"text: bold", one(again("**甲乙。\n\n")), 500, 49_000, "", 5, 250},
	{"text: table", one(framed("|甲|乙|\n|-|-|\n", again("|a|b|\n"), "")), 1_000, 20_000, "", 5, 200},
	{"text: code", one(framed("```\n", again("甲<乙>\n"), "```\n")), 1_000, 90_000, "", 5, 250},
	{"text: quotations", one(again("> ")), 500, 500_000, "too-complex", 5, 200},
	{"text: lists", one(again("- 甲\n")), 1_000, 90_000, "", 10, 250},
	{"text: footnotes", one(each("甲[^%d]\n\n[^%[1]d]: 乙\n\n")), 100, 900, "", 5, 200},
	{"text: definitions", one(each("[甲%d]: b.md\n\n")), 500, 40_000, "", 5, 200},
	{"text: control characters", one(again("\x01\x00\u200b")), 10_000, 800_000, "unreadable", 5, 250},
	{"text: unreadable", func(n int) map[string]string {
		return map[string]string{"content/a.md": titled(strings.Repeat("\xff\xfe甲\n", n))}
	}, 1_000, 500_000, "unreadable", 5, 250},
}

var htmlBombs = []bomb{
	{"HTML: a line of Word's", one(framed("<section>", again(`<p style="margin:0"><span style="font:x">清廉</span></p>`), "</section>\n")), 300, 24_000, "", 5, 200},
	{"HTML: too long a line of Word's", one(framed("<section>", again(`<p style="margin:0"><span style="font:x">清廉</span></p>`), "</section>\n")), 300, 60_000, "too-complex", 5, 200},
	{"HTML: lines of Word's", one(framed("<section>\n", again("<p style=\"margin:0\"><span style=\"font:x\">清廉</span></p>\n"), "</section>\n")), 300, 24_000, "", 10, 200},
	{"HTML: blocks of Word's", one(again("<p style=\"margin:0\"><span style=\"font:x\">清廉</span></p>\n\n")), 300, 24_000, "", 5, 250},
	{"HTML: attributes", one(framed("<p", each(" a%d=b"), ">甲</p>\n")), 300, 400_000, "too-complex", 30, 250},
	{"HTML: attributes in a line", one(framed("甲<b", each(" a%d=b"), ">甲</b>\n")), 300, 300_000, "too-complex", 15, 250},
	{"HTML: classes", one(framed(`<p class="`, each("a%d "), "\">甲</p>\n")), 300, 300_000, "", 5, 200},
	{"HTML: ids", one(each("<p id=\"a\">甲%d</p>\n\n")), 300, 45_000, "", 10, 250},
	{"HTML: depth", one(again("<b>")), 150, 500_000, "too-complex", 5, 200},
	{"HTML: in prose", one(again("<b style=a>甲</b>\n\n")), 300, 45_000, "", 20, 250},
	{"HTML: scripts", one(again("<script>甲</script>")), 300, 49_000, "", 5, 200},
	{"HTML: open tags", one(framed("<div>", again("<a "), "\n")), 300, 99_000, "", 5, 200},
	{"HTML: comments", one(framed("<div>", again("<!-- "), "\n")), 300, 99_000, "", 5, 200},
}

// yamlMatter is an article whose front matter has more fields.
func yamlMatter(fields func(n int) string) func(n int) map[string]string {
	return func(n int) map[string]string {
		return map[string]string{"content/a.md": "---\n标题: 甲\n" + fields(n) + "\n---\n甲\n"}
	}
}

// tomlMatter is one in TOML.
func tomlMatter(fields func(n int) string) func(n int) map[string]string {
	return func(n int) map[string]string {
		return map[string]string{"content/a.md": "+++\ntitle = \"甲\"\n" + fields(n) + "\n+++\n甲\n"}
	}
}

const tooMuch = "too-much"

var frontBombs = []bomb{
	{"front matter: parts of a name", tomlMatter(framed("a", again(".a"), "=1")), 100, 20_000, tooMuch, 5, 200},
	{"front matter: many parts", tomlMatter(framed("a", again(".a"), "=1")), 100, 1_000_000, tooMuch, 5, 200},
	{"front matter: tables in tables", tomlMatter(framed("x=", again("{a="), "1")), 100, 20_000, tooMuch, 5, 200},
	{"front matter: lists in lists", tomlMatter(framed("x=", again("["), "")), 100, 30_000, tooMuch, 5, 200},
	{"front matter: headers", tomlMatter(each("[a%d]\n")), 100, 300_000, tooMuch, 5, 200},
	{"front matter: unknown keys", tomlMatter(each("a%d=1\n")), 100, 300_000, tooMuch, 5, 200},
	{"front matter: unknown keys below the limit", tomlMatter(each("a%d=1\n")), 100, 900, "unknown-field", 5, 200},
	{"front matter: YAML, maps in maps", yamlMatter(func(n int) string {
		return lines(n, func(i int) string { return strings.Repeat(" ", i) + "a:" })
	}), 20, 5_000, tooMuch, 5, 200},
	{"front matter: YAML, flow", yamlMatter(framed("a: ", again("{a: "), "1")), 20, 15_000, tooMuch, 5, 200},
	{"front matter: YAML, lists", yamlMatter(framed("a: ", again("["), "1")), 20, 50_000, tooMuch, 5, 200},
	{"front matter: YAML, dashes", yamlMatter(framed("a:\n ", again("- "), "1")), 20, 30_000, tooMuch, 5, 200},
	{"front matter: YAML, dashes in a list", yamlMatter(framed("tags: [", again("- "), "1")), 20, 30_000, tooMuch, 5, 200},
	{"front matter: full-width brackets", tomlMatter(framed("summary = ", again("［"), "")), 20, 20_000, "full-width", 5, 250},
	{"front matter: full-width marks", tomlMatter(framed("", again("a："), "")), 20, 15_000, "full-width", 5, 200},
	{"front matter: YAML, unknown keys", yamlMatter(each("a%d: 1\n")), 100, 300_000, tooMuch, 5, 200},
	{"front matter: YAML, unknown keys below the limit", yamlMatter(each("a%d: 1\n")), 100, 900, "unknown-field", 5, 200},
	{"front matter: YAML, tags", yamlMatter(framed("tags: [", each("甲%d, "), "乙]")), 100, 300_000, tooMuch, 5, 200},
	{"front matter: YAML, tags below the limit", yamlMatter(framed("tags: [", each("甲%d, "), "乙]")), 100, 900, "", 5, 200},
	{"front matter: YAML, anchors", yamlMatter(framed("a: &a0 [甲]\n", each("a%d: &b%[1]d [*a0, *a0, *a0, *a0, *a0, *a0]\n"), "")), 20, 900, tooMuch, 5, 200},
	{"front matter: YAML, a long value", yamlMatter(framed("summary: ", again("甲"), "")), 1_000, 20_000, "", 5, 200},
	{"front matter: slips", yamlMatter(framed("tags: ［", again("“甲”，"), "］")), 100, 900, "full-width", 5, 200},
	{"front matter: marks", yamlMatter(framed("summary: ", again("＂“"), "")), 100, 8_000, "", 5, 200},
}

// setting is a config.toml of n pieces.
func setting(text func(n int) string) func(n int) map[string]string {
	return func(n int) map[string]string {
		return map[string]string{"config.toml": "title = \"甲\"\n" + text(n) + "\n"}
	}
}

var configBombs = []bomb{
	{"config: parts of a name", setting(framed("a", again(".a"), "=1")), 100, 20_000, tooMuch, 5, 200},
	{"config: tables in tables", setting(framed("x=", again("{a="), "1")), 100, 20_000, tooMuch, 5, 200},
	{"config: parts of a header", setting(framed("[a", again(".a"), "]")), 100, 20_000, tooMuch, 5, 200},
	{"config: lists in lists", setting(framed("x=", again("["), "")), 100, 300_000, tooMuch, 5, 200},
	{"config: unknown keys", setting(each("a%d=1\n")), 100, 300_000, tooMuch, 5, 200},
	{"config: unknown keys below the limit", setting(each("a%d=1\n")), 100, 24_000, "config-unknown-key", 5, 250},
	{"config: wrong values", setting(framed("[taxonomies.tags.slugs]\n", each("a%d=1\n"), "")), 100, 24_000, "config-value", 10, 200},
	{"config: sections", setting(each("[sections.a%d]\ntitle=\"甲%[1]d\"\n")), 50, 5_000, tooMuch, 5, 200},
	{"config: as many sections as may be", setting(each("[sections.a%d]\ntitle=\"甲%[1]d\"\n")), 50, 500, "", 15, 250},
	{"config: menu", setting(each("[[menu]]\ntitle=\"甲%d\"\nto=\"ok.md\"\n")), 50, 5_000, tooMuch, 5, 200},
	{"config: as many menu as may be", setting(each("[[menu]]\ntitle=\"甲%d\"\nto=\"ok.md\"\n")), 50, 500, "", 5, 200},
	{"config: taxonomies", setting(each("[taxonomies.a%d]\nfield=\"tags\"\n")), 50, 5_000, tooMuch, 5, 200},
	{"config: as many taxonomies as may be", setting(each("[taxonomies.a%d]\nfield=\"tags\"\n")), 50, 500, "", 5, 200},
	{"config: kinds", setting(each("[kinds.a%d]\nlabel=\"甲%[1]d\"\n")), 50, 5_000, tooMuch, 5, 200},
	{"config: as many kinds as may be", setting(each("[kinds.a%d]\nlabel=\"甲%[1]d\"\n")), 50, 500, "", 5, 200},
	{"config: fields", setting(framed("[kinds.jia]\nfields=[", each("{key=\"a%d\",label=\"甲%[1]d\",type=\"text\"},"), "]")), 50, 5_000, "", 5, 200},
	{"config: too long", setting(framed("description=\"", again("甲"), "\"")), 1_000, 2_000_000, tooMuch, 5, 200},
}

// tabled is a file of data/ of n pieces.
func tabled(name string, text func(n int) string) func(n int) map[string]string {
	return func(n int) map[string]string { return map[string]string{"data/" + name: text(n)} }
}

var dataBombs = []bomb{
	{"data: TOML, parts of a name", tabled("a.toml", framed("a", again(".a"), "=1")), 20, 20_000, tooMuch, 5, 200},
	{"data: TOML, tables in tables", tabled("a.toml", framed("x=", again("{a="), "1")), 20, 20_000, tooMuch, 5, 200},
	{"data: TOML, rows", tabled("a.toml", each("[[row]]\nname=\"甲%d\"\n")), 100, 20_000, "", 5, 200},
	{"data: YAML, depth", tabled("a.yaml", framed("a: ", again("{a: "), "1")), 20, 15_000, tooMuch, 5, 200},
	{"data: YAML, rows", tabled("a.yaml", each("- name: 甲%d\n")), 100, 40_000, "", 5, 250},
	{"data: YAML, anchors", tabled("a.yaml", func(n int) string {
		return "a0: &a0 [甲]\n" + lines(n, func(i int) string {
			return fmt.Sprintf("a%d: &a%[1]d [%s]", i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 9), ", "))
		})
	}), 3, 25, tooMuch, 5, 200},
	{"data: JSON, depth", tabled("a.json", framed("", again("["), "")), 20, 1_000_000, tooMuch, 5, 200},
	{"data: JSON, rows", tabled("a.json", framed("[", each(`{"name":"甲%d"},`), `{}]`)), 100, 40_000, "", 5, 200},
	{"data: CSV, rows", tabled("a.csv", framed("name\n", each("甲%d\n"), "")), 100, 90_000, "", 5, 200},
	{"data: CSV, columns", tabled("a.csv", framed("", each("甲%d,"), "\n")), 100, 90_000, "", 5, 200},
	{"data: too long", tabled("a.json", framed("[", again(`{"name":"甲"},`), `{}]`)), 100, 2_000_000, tooMuch, 5, 200},
}

// pictured is an article with a picture of n pixels.
func pictured(name string, picture func(n int) string) func(n int) map[string]string {
	return func(n int) map[string]string {
		return map[string]string{"content/a/index.md": titled("![甲](" + name + ")\n"), "content/a/" + name: picture(n)}
	}
}

// plainPNG is a PNG of zeros.
func plainPNG(width, height int, depth, model byte) string {
	samples := map[byte]int{0: 1, 2: 3, 6: 4}[model]
	var packed bytes.Buffer
	z, _ := zlib.NewWriterLevel(&packed, zlib.BestSpeed) // the level is one
	row := make([]byte, 1+(width*samples*int(depth)+7)/8)
	for range height {
		_, _ = z.Write(row) // to memory
	}
	_ = z.Close()
	head := binary.BigEndian.AppendUint32(nil, uint32(width))
	head = append(binary.BigEndian.AppendUint32(head, uint32(height)), depth, model, 0, 0, 0)
	out := []byte("\x89PNG\r\n\x1a\n")
	for _, c := range []struct {
		name string
		data []byte
	}{{"IHDR", head}, {"IDAT", packed.Bytes()}, {"IEND", nil}} {
		out = binary.BigEndian.AppendUint32(out, uint32(len(c.data)))
		chunk := append([]byte(c.name), c.data...)
		out = binary.BigEndian.AppendUint32(append(out, chunk...), crc32.ChecksumIEEE(chunk))
	}
	return string(out)
}

// plainJPEG is a grey square.
func plainJPEG(side int) string {
	var out bytes.Buffer
	m := image.NewYCbCr(image.Rect(0, 0, side, side), image.YCbCrSubsampleRatio420)
	_ = jpeg.Encode(&out, m, nil) // to memory
	return out.String()
}

var pictureBombs = []bomb{
	{"picture: wide", pictured("a.png", func(n int) string { return plainPNG(n, 1, 8, 2) }), 60_000, 20_000_000, "huge-picture", 5, 200},
	{"picture: high", pictured("a.png", func(n int) string { return plainPNG(1, n, 8, 2) }), 60_000, 20_000_000, "huge-picture", 5, 200},
	{"picture: wider", pictured("a.png", func(n int) string { return plainPNG(n, 1, 8, 2) }), 60_000, 200_000_000, "huge-picture", 5, 200},
	{"picture: as wide as may be", pictured("a.png", func(n int) string { return plainPNG(n, 10, 8, 6) }), 5_000, 65_500, "", 5, 200},
	{"picture: as high as may be", pictured("a.png", func(n int) string { return plainPNG(10, n, 8, 6) }), 5_000, 65_500, "", 5, 200},
	{"picture: 16 bits, RGBA", pictured("a.png", func(n int) string { return plainPNG(n, n, 16, 6) }), 500, 14_000, "", 55, 200},
	{"picture: 16 bits, RGB", pictured("a.png", func(n int) string { return plainPNG(n, n, 16, 2) }), 500, 14_000, "", 30, 200},
	{"picture: grey", pictured("a.png", func(n int) string { return plainPNG(n, n, 8, 0) }), 500, 14_000, "", 10, 200},
	{"picture: one bit", pictured("a.png", func(n int) string { return plainPNG(n, n, 1, 0) }), 500, 14_000, "", 15, 200},
	{"picture: too many pixels", pictured("a.png", func(n int) string { return plainPNG(n, n, 1, 0) }), 500, 15_000, "huge-picture", 5, 200},
	{"picture: JPEG", pictured("a.jpg", plainJPEG), 500, 14_000, "", 20, 600},
	{"picture: JPEG in passes", pictured("a.jpg", func(n int) string {
		return strings.Replace(plainJPEG(n), "\xff\xc0\x00\x11", "\xff\xc2\x00\x11", 1)
	}), 500, 14_000, "huge-picture", 5, 200},
	{"picture: heavy", pictured("a.png", func(n int) string { return plainPNG(10, 10, 8, 0) + strings.Repeat("\x00", n) }), 10_000, 300_000_000, "huge-picture", 5, 200},
	{"drawing: depth", pictured("a.svg", framed(`<svg xmlns="http://www.w3.org/2000/svg">`, again("<g>"), "</svg>")), 50, 1_000_000, "unsafe-svg", 10, 450},
	{"drawing: shapes", pictured("a.svg", framed(`<svg xmlns="http://www.w3.org/2000/svg">`, again(`<path d="M0 0"/>`), "</svg>")), 500, 200_000, "", 15, 250},
	{"drawing: entities", pictured("a.svg", framed(`<!DOCTYPE svg [<!ENTITY a0 "a">`, each(`<!ENTITY b%d "&a0;&a0;&a0;&a0;">`), `]><svg xmlns="http://www.w3.org/2000/svg"><text>&b1;</text></svg>`)), 10, 10_000, "unsafe-svg", 5, 200},
	{"drawing: comments", pictured("a.svg", framed(`<svg xmlns="http://www.w3.org/2000/svg">`, again("<!-- a --><?a b?>"), "</svg>")), 500, 200_000, "", 5, 200},
	{"drawing: namespaces", pictured("a.svg", framed(`<svg xmlns="http://www.w3.org/2000/svg">`, each(`<g xmlns:a%d="b">`), again("</g>")(1)+"</svg>")), 20, 100_000, "unsafe-svg", 5, 200},
	{"drawing: uses", pictured("a.svg", framed(`<svg xmlns="http://www.w3.org/2000/svg"><g id="a-1"><path d="M0 0"/></g>`, func(n int) string {
		return lines(n, func(i int) string {
			return fmt.Sprintf(`<g id="a%d">%s</g>`, i, strings.Repeat(fmt.Sprintf(`<use href="#a%d"/>`, i-1), 10))
		})
	}, "</svg>")), 2, 30, "huge-picture", 5, 200},
	{"drawing: attributes", pictured("a.svg", framed(`<svg xmlns="http://www.w3.org/2000/svg"><path`, each(` a%d="b"`), "/></svg>")), 50, 100_000, "", 5, 250},
}

// many are n files.
func many(name, text string) func(n int) map[string]string {
	return func(n int) map[string]string {
		files := map[string]string{}
		for i := range n {
			files[strings.ReplaceAll(fmt.Sprintf(name, i%100, i), "//", "/")] = strings.ReplaceAll(text, "№", fmt.Sprint(i))
		}
		return files
	}
}

const notice = "---\n标题: 甲№\n日期: 2024-05-01\n来源: 乙\n---\n甲\n"

var siteBombs = []bomb{
	{"site: articles", many("content/notices/%d/a%d.md", notice), 100, 100_000, "", 150, 1150},
	{"site: articles in a folder", many("content/notices/%[2]d.md", notice), 100, 20_000, "", 25, 300},
	{"site: files", many("static/%d/a%d.txt", "甲"), 100, 100_000, "", 60, 300},
	{"site: unused files", many("content/a/%[2]d.txt", "甲"), 100, 100_000, "", 10, 250},
	{"site: empty pictures", many("content/a/%[2]d.png", ""), 100, 100_000, "", 30, 450},
	{"site: dead links", many("content/notices/%[2]d.md", notice+"[甲](x№.md)\n"), 100, 20_000, "dead-link", 30, 300},
	{"site: tags", many("content/a%[2]d.md", "---\n标题: 甲\n标签: [乙№, 丙№]\n---\n甲\n"), 20, 5_000, "", 20, 250},
	{"site: one tag", many("content/a%[2]d.md", "---\n标题: 甲\n标签: [乙]\n---\n甲\n"), 20, 20_000, "", 40, 300},
	{"site: links to one", many("content/a%[2]d.md", titled("[甲](ok.md)\n")), 20, 20_000, "", 20, 300},
	{"site: the same address", many("content/a%[2]d.md", "---\n标题: 甲\nslug: a\n---\n甲\n"), 20, 20_000, "same-address", 15, 350},
	{"site: wrong sections", many("content/b%[2]d/a.md", titled("甲\n")), 20, 20_000, "unknown-section", 15, 250},
	{"site: folders in folders", func(n int) map[string]string {
		return map[string]string{"content/notices/" + strings.Repeat("a/", n) + "a.md": titled("甲\n")}
	}, 50, 1_500, tooMuch, 5, 200},
	{"site: a film called .md", func(n int) map[string]string {
		return map[string]string{"content/a.md": strings.Repeat("\x00", n)}
	}, 100_000, 300_000_000, tooMuch, 5, 200},
	{"site: a film", func(n int) map[string]string {
		return map[string]string{"static/a.mp4": strings.Repeat("\x00", n)}
	}, 100_000, 100_000_000, "", 5, 250},
}

// lines is n lines.
func lines(n int, line func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(line(i) + "\n")
	}
	return b.String()
}
