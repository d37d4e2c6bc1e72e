package check

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"qinglian/internal/config"
)

// zipped is a file of parts, given by name and content.
func zipped(t *testing.T, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const (
	office = "http://schemas.openxmlformats.org/"
	wordML = `xmlns:w="` + office + `wordprocessingml/2006/main"`
	core   = `<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:creator>王建国</dc:creator><cp:lastModifiedBy>Administrator</cp:lastModifiedBy></cp:coreProperties>`
)

func mainPart(to string) string {
	return `<Relationships xmlns="` + office + `package/2006/relationships"><Relationship Id="r1" Type="` + office +
		`officeDocument/2006/relationships/officeDocument" Target="` + to + `"/></Relationships>`
}

// TestAttachments: what is said of files that are published as they are, with their
// places in words, or that they could not be looked into.
func TestAttachments(t *testing.T) {
	c, problems := config.Parse(nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	checker := New(c, nil)
	word := func(body string) []byte {
		return zipped(t, "_rels/.rels", mainPart("word/document.xml"), "word/document.xml",
			`<w:document `+wordML+`><w:body>`+body+`</w:body></w:document>`, "docProps/core.xml", core)
	}
	for _, f := range []struct {
		name string
		raw  []byte
		want string
	}{
		{"a.docx", word(`<w:p><w:r><w:t>好</w:t></w:r></w:p><w:p><w:r><w:t>号码11010119900307002X</w:t></w:r></w:p>`),
			"第 2 段，“11010119900307002X”：这是一个身份证号码|附件的属性里有作者：王建国"},
		{"a.docx", word(`<w:p><w:r><w:t>好</w:t></w:r><w:del w:author="李"><w:r><w:delText>13812345678</w:delText></w:r></w:del></w:p>`),
			"修订中已删除，“13812345678”：这是一个手机号码|附件里有看不见的内容：修订中已删除，下载的人都能打开看|附件的属性里有作者：李、王建国"},
		{"a.pptx", zipped(t, "ppt/slides/slide2.xml", `<s xmlns:a="`+office+`drawingml/2006/main"><a:p><a:t>138</a:t><a:t>12345678</a:t></a:p></s>`,
			"ppt/notesSlides/notesSlide1.xml", `<s xmlns:a="`+office+`drawingml/2006/main"><a:p><a:t>备注</a:t></a:p></s>`,
			"ppt/comments/comment1.xml", `<p:cmLst xmlns:p="x"><p:cm><p:text>13912345678</p:text></p:cm></p:cmLst>`),
			"幻灯片 slide2，“13812345678”：这是一个手机号码|批注，“13912345678”：这是一个手机号码|附件里有看不见的内容：批注，下载的人都能打开看"},
		{"a.csv", []byte("户名,卡号\n张三,6217001234567890122\n"), "2:4 这是一个银行卡号"},
		{"a.txt", []byte("\xce\xd2\xb5\xc4\xca\xd6\xbb\xfa 13812345678"), "1:6 这是一个手机号码"},
		{"13812345678.txt", []byte("好"), "“13812345678”：这是一个手机号码"},
		{"a.html", []byte("<title>名单</title>\n<p>电话 13812345678</p><script>13912345678</script>"), "2:7 这是一个手机号码"},
		{"a.txt", []byte("\x00\xff\x00\xfe\x01"), "未检查：不是能读的文字"},
		{"a.docx", []byte("PK"), "未检查"},
		{"a.doc", []byte("\xd0\xcf"), "未检查：.doc 格式读不了，另存为新格式或 PDF 再查"},
		{"a.pdf", []byte("%PDF-1.4\ngarbage"), "未检查：这个 PDF 读不了，也许有密码"},
		{"a.pdf", scanned(), "未检查：没有文字，是扫描件或图片"},
	} {
		looked := checker.File("static/"+f.name, f.raw)
		var said []string
		for _, d := range looked.Findings {
			message := d.Message.ZH
			if d.Line > 0 {
				message = fmt.Sprintf("%d:%d %s", d.Line, d.Column, message)
			}
			said = append(said, message)
		}
		if looked.Unread.ZH != "" {
			said = append(said, "未检查："+looked.Unread.ZH)
		}
		if got := strings.Join(said, "|"); got != f.want && !(f.want == "未检查" && strings.HasPrefix(got, f.want)) {
			t.Errorf("%s: got %s, want %s", f.name, got, f.want)
		}
	}
}

// scanned is a PDF with a page on which there is no text.
func scanned() []byte {
	parts := []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>/Contents 4 0 R>>", "<</Length 0>>stream\n\nendstream"}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, p := range parts {
		at = append(at, b.Len())
		b.WriteString(string(rune('1'+i)) + " 0 obj" + p + "endobj\n")
	}
	start := b.Len()
	b.WriteString("xref\n0 5\n0000000000 65535 f \n")
	for _, n := range at {
		b.WriteString(fmt.Sprintf("%010d", n) + " 00000 n \n")
	}
	b.WriteString("trailer<</Size 5/Root 1 0 R>>\nstartxref\n" + strconv.Itoa(start) + "\n%%EOF\n")
	return b.Bytes()
}

// FuzzFile: whatever a file holds, it is looked into or said to be unread.
func FuzzFile(f *testing.F) {
	for _, name := range []string{"a.pdf", "a.docx", "a.xlsx", "a.pptx", "a.csv", "a.txt"} {
		f.Add(name, scanned())
	}
	for page := range insecure {
		f.Add("a.html", []byte(page))
		f.Add("a.css", []byte(page))
	}
	c, _ := config.Parse(nil)
	checker := New(c, nil)
	f.Fuzz(func(t *testing.T, name string, raw []byte) {
		if looked := checker.File(name, raw); looked.File != name {
			t.Errorf("%q is about %q", name, looked.File)
		}
	})
}
