package serve

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// document is a Word document of some paragraphs.
func document(t *testing.T, paragraphs ...string) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`) //nolint:errcheck // a buffer takes all
	for _, p := range paragraphs {
		fmt.Fprintf(w, "<w:p><w:r><w:t>%s</w:t></w:r></w:p>", p)
	}
	io.WriteString(w, "</w:body></w:document>") //nolint:errcheck // see above
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// upload sends files, each a name and a content, and returns the answer.
func (b *bench) upload(section string, files ...[2]string) *httptest.ResponseRecorder {
	b.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	b.must(w.WriteField("section", section))
	for _, f := range files {
		part, err := w.CreateFormFile("files", f[0])
		b.must(err)
		_, err = io.WriteString(part, f[1])
		b.must(err)
	}
	b.must(w.Close())
	r := httptest.NewRequestWithContext(b.Context(), "POST", "http://127.0.0.1:1313/.preview/import", &body)
	r.RemoteAddr = "127.0.0.1:50000"
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Origin", "http://127.0.0.1:1313")
	r.Header.Set(tokenHeader, b.run)
	answer := httptest.NewRecorder()
	b.ServeHTTP(answer, r)
	return answer
}

// said is the page that an import led to.
func (b *bench) said(w *httptest.ResponseRecorder) string {
	b.Helper()
	if w.Code != http.StatusCreated || !strings.HasPrefix(w.Header().Get("Location"), "import?done=") {
		b.Fatalf("status %d, to %q: %s", w.Code, w.Header().Get("Location"), w.Body)
	}
	return b.ask("GET", "/.preview/"+w.Header().Get("Location"), nil).Body.String()
}

// has checks that a page has some texts.
func (b *bench) has(page string, texts ...string) {
	b.Helper()
	for _, want := range texts {
		if !strings.Contains(page, want) {
			b.Errorf("no %s in\n%s", want, page)
		}
	}
}

// sources are the files of content/ and their contents.
func (b *bench) sources() map[string]string {
	b.Helper()
	found, root := map[string]string{}, b.maker.Site.Root.Name()
	b.must(filepath.WalkDir(filepath.Join(root, "content"), func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		rel, _ := filepath.Rel(root, name)
		found[filepath.ToSlash(rel)] = string(text)
		return err
	}))
	return found
}

const jpeg = "\xff\xd8\xff\xe0picture"

// TestImport: a document that is dropped becomes an article with the photos beside it,
// the list says so and leads to the article, and nothing is written over.
func TestImport(t *testing.T) {
	b := newBench(t, How{})
	before := b.sources()
	notice := document(t, "县里召开会议。", "图1 培训现场", "会议要求如下。")
	page := b.said(b.upload("notices", [2]string{"会议<通知>.docx", notice}, [2]string{"合影.JPG", jpeg}, [2]string{"图1.png", "\x89PNG\r\n\x1a\n"}, [2]string{"IMG_1.heic", "?"}))
	folder := "content/notices/" + time.Now().In(b.maker.Latest().snap.Site.Config.Zone).Format("20060102") + "-hui-yi-tong-zhi/"
	b.has(page, "<h2>会议&lt;通知&gt;.docx</h2>", "<h3>填好的项目：</h3>", "标题：会议&lt;通知&gt;（请核对：没有认出标题，用了文件名）",
		"<li>图1.png：放在“图1 培训现场”上面</li>", "合影.JPG：放在文章最后，说明是“合影”", "没有带进来的（1 处）", "请另存为 JPG 或 PNG 再放进来：IMG_1.heic",
		`<a href="page?file=`+strings.ReplaceAll(folder, "/", "%2f")+`index.md">看文章</a>`, `name="file" value="`+folder+`index.md"`, "<code>"+folder+"2-he-ying.jpg</code>", "<code>"+folder+"1-pei-xun-xian-chang.png</code>")
	after := b.sources()
	b.has(after[folder+"index.md"], "![图1 培训现场](1-pei-xun-xian-chang.png)", "![合影](2-he-ying.jpg)", "草稿: true")
	if after[folder+"2-he-ying.jpg"] != jpeg || len(after) != len(before)+3 {
		t.Errorf("there is %q", after)
	}
	b.has(b.said(b.upload("notices", [2]string{"改名.docx", notice})), "已经导入过了，在 "+folder+"index.md")
	b.has(b.said(b.upload("notices", [2]string{"会议<通知>.docx", document(t, "另一份。")})), folder+"index.md 已经有了，没有覆盖")
	if now := b.sources(); !maps.Equal(now, after) {
		t.Errorf("there is %q", now)
	}
}

// TestImportSavedPage: of the pictures that are dropped with a saved page those that it
// shows stand where it has them, by their names, and the others at the end.
func TestImportSavedPage(t *testing.T) {
	b := newBench(t, How{})
	said := b.said(b.upload("notices", [2]string{"存.html", `<title>说事亭</title><p>有事到亭子里说。<p><img src="./存_files/640"><p>有人听，有人办。<p><img src="存_files/0.png"><p>完。`},
		[2]string{"640", "\x89PNG\r\n\x1a\n"}, [2]string{"合影.jpg", jpeg}, [2]string{"jquery.js", "x"}))
	b.has(said, "<li>640：放在网页原来的地方</li>", "合影.jpg：放在文章最后", "图片不在网页旁边的文件夹里，请存下来再放进来：存_files/0.png", "<h2>jquery.js</h2>")
	for name, text := range b.sources() {
		if strings.HasSuffix(name, "shuo-shi-ting/index.md") {
			b.has(text, "里说。\n\n![](1.png)\n\n有人听", "完。\n\n![合影](2-he-ying.jpg)")
			return
		}
	}
	t.Error("there is no article")
}

// TestImportPage: whoever asks for the page of an article that was only just written
// waits for it; for what has errors the page with the errors is shown.
func TestImportPage(t *testing.T) {
	b := newBench(t, How{})
	go func() {
		time.Sleep(20 * time.Millisecond)
		b.maker.Site.Root.WriteFile("content/notices/new.md", []byte(strings.Replace(files["content/notices/one.md"], "第一篇", "新一篇", 1)), 0o644) //nolint:errcheck // else it is waited for in vain
		b.maker.all = true
		b.maker.make()
	}()
	if w := b.ask("GET", "/.preview/page?file=content/notices/new.md", nil); w.Code != 302 || w.Header().Get("Location") != "/notices/new.html" {
		t.Errorf("status %d, to %q", w.Code, w.Header().Get("Location"))
	}
	wrong := maps.Clone(files)
	wrong["content/notices/wrong.md"] = "---\n日期: 昨天\n---\n"
	if w := benchOf(t, How{}, wrong).ask("GET", "/.preview/page?file=content/notices/wrong.md", nil); w.Code != 302 {
		t.Errorf("status %d, to %q", w.Code, w.Header().Get("Location"))
	}
}

// TestImportRefused: what can't be imported is answered with what to do, each document
// on its own, and nothing of it is written.
func TestImportRefused(t *testing.T) {
	b := newBench(t, How{})
	before := b.sources()
	plain := document(t, "正文。")
	for _, c := range []struct {
		section string
		files   [][2]string
		want    string
	}{
		{"notices", nil, "先选好文档"},
		{"notices", [][2]string{{"1.jpg", jpeg}}, "只有照片，没有文档"},
		{"notices", [][2]string{{"甲.docx", plain}, {"乙.docx", plain}, {"1.jpg", jpeg}}, "看不出照片是哪一份的"},
		{"notices", [][2]string{{"旧.doc", "旧"}}, "先用 Word 或 WPS 打开"},
		{"notices", [][2]string{{`C:\我\坏.docx`, "坏"}}, "<h2>坏.docx</h2>"},
		{"nope", [][2]string{{"甲.docx", plain}}, "没有栏目“nope”"},
		{"notices", make([][2]string, mostFiles+1), ""},
	} {
		for i := range c.files {
			if c.files[i][0] == "" {
				c.files[i], c.want = [2]string{fmt.Sprint(i, ".jpg"), jpeg}, "一次最多 60 个文件"
			}
		}
		b.has(b.said(b.upload(c.section, c.files...)), c.want, `role="alert"`)
	}
	if now := b.sources(); !maps.Equal(now, before) {
		t.Errorf("there is %q", now)
	}
	b.has(b.ask("GET", "/.preview/import?done=1000", nil).Body.String(), "已经不在了")
	// One that can be imported is, whatever is wrong with another.
	page := b.said(b.upload("", [2]string{"旧.doc", "旧"}, [2]string{"甲.docx", plain}, [2]string{"合影.jpg", jpeg}))
	b.has(page, "先用 Word 或 WPS 打开", "文档里的文字都带进来了", "合影.jpg：放在文章最后", "content/notices/")
	b.must(b.maker.Site.Root.WriteFile("config.toml", []byte("title = 1\n"), 0o644))
	b.has(b.said(b.upload("notices", [2]string{"乙.docx", document(t, "又一份。")})), "config.toml 有错误，先改好")
}

// endless is a body that goes on for longer than it may.
type endless struct{ left int }

func (e *endless) Read(p []byte) (n int, err error) {
	n = min(len(p), e.left)
	if e.left -= n; n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// TestUploadTooLong: more than an upload may hold is refused before it is in memory.
func TestUploadTooLong(t *testing.T) {
	b := newBench(t, How{})
	head := "--a\r\nContent-Disposition: form-data; name=\"section\"\r\n\r\n"
	r := httptest.NewRequest("POST", "http://127.0.0.1:1313/.preview/import", io.MultiReader(strings.NewReader(head), &endless{longestUpload}))
	r.RemoteAddr = "127.0.0.1:50000"
	r.Header.Set("Content-Type", "multipart/form-data; boundary=a")
	r.Header.Set("Origin", "http://127.0.0.1:1313")
	r.Header.Set(tokenHeader, b.run)
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	if w.Code != http.StatusRequestEntityTooLarge || !strings.Contains(w.Body.String(), "256 MB") {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
}

// TestImportLying: a document that lies in content/ is offered on the bar, imported into
// the section where it lies, and may then be moved out; what an article refers to is not.
func TestImportLying(t *testing.T) {
	all := maps.Clone(files)
	all["config.toml"] += "[sections.rules]\ntitle = \"法规\"\nkind = \"page\"\n"
	all["content/rules/办法.docx"] = document(t, "全县办法。")
	all["content/notices/deep/旧/附件.DOCX"] = document(t, "另一份。")
	all["content/notices/form.docx"] = document(t, "报名表。")
	all["content/notices/one.md"] += "\n[报名表](form.docx)\n"
	b := benchOf(t, How{}, all)
	b.has(b.ask("GET", "/notices/two.html", nil).Body.String(), `href="../.preview/import?section=notices">导入 Word (content 里有 2 份)</a>`, `data-section="notices"`)
	b.has(b.ask("GET", "/notices/", nil).Body.String(), `import?section=notices`)
	page := b.ask("GET", "/.preview/import", nil).Body.String()
	b.has(page, `value="content/rules/办法.docx"><button>导入到 法规</button>`, `value="content/notices/deep/旧/附件.DOCX"><button>导入到 动态</button>`)
	if strings.Contains(page, "form.docx") {
		t.Error("an attachment is offered")
	}
	done := b.said(b.ask("POST", "/.preview/import", header{"Origin": "http://127.0.0.1:1313", "Run": "", "Body": "file=content/rules/办法.docx"}))
	b.has(done, "content/rules/", "可以移出 content 文件夹", "看文章")
	b.has(b.ask("GET", "/.preview/import", nil).Body.String(), "已经导入，可以移出 content 文件夹", `<button>导入到 动态</button>`)
	if after := b.sources(); after["content/rules/办法.docx"] != all["content/rules/办法.docx"] || len(after) != 7 {
		t.Errorf("there is %q", after)
	}
	for _, o := range b.maker.Latest().snap.Outputs {
		if strings.HasSuffix(o.Path, "docx") && !strings.Contains(o.Path, "form") {
			t.Errorf("%s is published", o.Path)
		}
	}
}
