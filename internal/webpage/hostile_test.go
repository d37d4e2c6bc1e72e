package webpage

import (
	"slices"
	"strings"
	"testing"
	"time"

	"qinglian/internal/diag"
	"qinglian/internal/manuscript"
	"qinglian/internal/markdown"
)

// TestBombs: what is made to harm is refused with a sentence, or read in a time that
// grows with its size.
func TestBombs(t *testing.T) {
	many := func(s string, n int) string { return strings.Repeat(s, n) }
	numbered := func(before, after string, n int) string {
		var out strings.Builder
		for i := range n {
			out.WriteString(before + strings.Repeat("x", 1+i%7) + string(rune('a'+i%26)) + after)
		}
		return out.String()
	}
	for _, c := range []struct {
		what, page, refused string
	}{
		{"elements in each other", many("<div>", 100_000) + "甲", "网页太复杂"},
		{"lists in each other", many("<ul><li>", 100_000) + "甲", "网页太复杂"},
		{"many elements", many("<p>甲", maxElements+1), "网页太复杂"},
		{"a line of 10 MB", "<p>" + many("好", 10<<20/3), "网页太复杂"},
		{"entities", "<p>" + many("&amp;", 400_000), ""},
		{"long entities", "<p>" + many("&CounterClockwiseContourIntegral;", 300_000), ""},
		{"entities that are none", "<p>" + many("&xxxxxxxxxxxxxxxxxxx", 400_000), "网页太复杂"},
		{"tags that cross", numbered("<b a=", "><p>", 400) + many("</b><p>甲", 20_000), ""},
		{"formatting without ends", numbered("<b a=", ">", 200) + many("<p>甲</p>", 2_000), ""},
		{"attributes", "<p " + many("a b=c ", 300_000) + ">甲", ""},
		{"declarations", "<p style='" + many("color:red;", 300_000) + "'>甲", ""},
		{"classes", "<p class='" + many("a ", 500_000) + "'>甲", ""},
		{"ends without beginnings", many("<i>", 400) + many("</b>", 50_000) + "甲", ""},
		{"a comment without an end", "<p>甲<!--" + many("-", 5<<20), ""},
		{"a script without an end", "<p>甲<script>" + many("<!--<script>", 400_000), ""},
		{"cells that span", "<table><tr>" + many("<td colspan=1000 rowspan=1000>甲", 2_000), ""},
		{"a data address", "<p>甲<img src='data:image/png;base64," + many("A", 5<<20) + "'>", ""},
		{"empty lines", "<p>甲" + many("<br>", 100_000) + "乙", ""},
		{"pictures", "<p>甲" + many("<img src=x_files/640.jpg>", 20_000), ""},
		{"spaces", "<p>甲" + many(" ", 20<<20) + "乙", "网页太复杂"},
		{"spaces between tags", "<p>甲" + many("\n<i>\n</i>", 30_000), ""},
		{"too long", many("x", MaxBytes+1), "文件超过"},
		{"nothing", "", "网页里没有文字"},
		{"only programs", "<style>p{}</style>", "网页里没有文字"},
	} {
		t.Run(c.what, func(t *testing.T) {
			begun := time.Now()
			m, refused := Read([]byte(c.page), Folder(beside))
			m.Markdown(markdown.New())
			if !strings.HasPrefix(refused.ZH, c.refused) || (refused.ZH == "") != (c.refused == "") || (refused.EN == "") != (c.refused == "") {
				t.Errorf("said %q, not %q", refused.ZH, c.refused)
			}
			if took := time.Since(begun); took > 30*time.Second {
				t.Errorf("it took %v", took)
			} else {
				t.Log(took)
			}
		})
	}
}

// FuzzRead: whatever a page holds, it is read or refused; of what is read nothing is
// lost, and what is written of it, compiled, says the same.
func FuzzRead(f *testing.F) {
	for _, x := range fixtures {
		f.Add(x.page)
	}
	d := markdown.New()
	f.Fuzz(func(t *testing.T, page string) {
		m, refused := Read([]byte(page), Folder(beside))
		if refused.ZH != "" {
			return
		}
		checkKept(t, page)
		checkWritten(t, d, m)
	})
}

// checkWritten compares what is written, as the dialect reads it, with the blocks.
func checkWritten(t *testing.T, d *markdown.Dialect, m manuscript.Manuscript) {
	t.Helper()
	written := m.Markdown(d)
	out := d.Compile("a.md", []byte(written), 0, markdown.Options{Facts: true, Unsigned: true, Summarised: true})
	if slices.ContainsFunc(out.Problems, func(p diag.Diagnostic) bool { return p.Rule == "too-complex" }) {
		return // the dialect refuses what is too much, and says so
	}
	var want, got strings.Builder
	for _, b := range m.Blocks {
		want.WriteString(b.Said())
	}
	for _, run := range out.Facts.Runs {
		got.WriteString(run.Text)
	}
	if want, got := shown(want.String()), shown(got.String()); want != got {
		t.Errorf("%q is written\n%s\nand read %q", want, written, got)
	}
}

// shown is a text without its spaces, and without what the dialect shows in another way:
// the signs of lists, the ends of sentences in headings.
func shown(text string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune("●■•◆·▪◼∙‧・\uf06c\uf06e\uf075\uf0a7\uf0b7\uf0d8。；", c) || c < ' ' {
			return -1
		}
		return c
	}, manuscript.Letters(text))
}

// FuzzArchive: whatever an archive holds, it is read or refused.
func FuzzArchive(f *testing.F) {
	f.Add("Content-Type: multipart/related; boundary=B", "Content-Type: text/html\r\nContent-Location: https://a.example/", "<p>甲<img src=1.png>", "base64", "aaaa")
	f.Add("Content-Type: text/html", "", "", "", "<p>甲")
	d := markdown.New()
	f.Fuzz(func(t *testing.T, header, inner, page, coding, picture string) {
		raw := header + "\r\n\r\n--B\r\n" + inner + "\r\n\r\n" + page + "\r\n--B\r\nContent-Location: 1.png\r\nContent-Transfer-Encoding: " + coding + "\r\n\r\n" + picture + "\r\n--B--\r\n"
		if m, refused := ReadArchive([]byte(raw)); refused.ZH == "" {
			m.Markdown(d)
		}
	})
}
