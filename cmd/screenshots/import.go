package main

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"

	"github.com/chromedp/chromedp"
)

// The manual shows what the preview says of a document that it imported: one with a
// tracked deletion, a signature, and a photo beside it.
const importedText = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>关于开展廉洁文化培训的通知</w:t></w:r></w:p>
<w:p><w:r><w:t>各乡镇人民政府：</w:t></w:r></w:p>
<w:p><w:r><w:t>定于10月8日开展培训</w:t></w:r><w:del w:author="张三"><w:r><w:delText>，并收取资料费</w:delText></w:r></w:del><w:r><w:t>。</w:t></w:r></w:p>
<w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:t>清源县廉政教育中心</w:t></w:r></w:p>
<w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:t>2026年9月28日</w:t></w:r></w:p></w:body></w:document>`

// handedIn writes the document and the photo into a folder.
func handedIn(folder string) (files []string, err error) {
	files = []string{filepath.Join(folder, "培训通知.docx"), filepath.Join(folder, "培训现场.jpg")}
	document, err := os.Create(files[0])
	if err != nil {
		return nil, err
	}
	z := zip.NewWriter(document)
	w, err := z.Create("word/document.xml")
	if err == nil {
		_, err = w.Write([]byte(importedText))
	}
	if err = errors.Join(err, z.Close(), document.Close()); err != nil {
		return nil, err
	}
	photo, err := os.Create(files[1])
	if err != nil {
		return nil, err
	}
	return files, errors.Join(jpeg.Encode(photo, image.NewGray(image.Rect(0, 0, 480, 320)), nil), photo.Close())
}

// imported imports them in the preview at base and takes the page that says what became
// of them.
func imported(ctx context.Context, base, folder, out string) error {
	files, err := handedIn(folder)
	if err != nil {
		return err
	}
	ctx, cancel := chromedp.NewContext(ctx, chromedp.WithNewBrowserContext())
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(720, 560),
		chromedp.Navigate(base+".preview/import?section=notices"),
		chromedp.SetUploadFiles("[name=files]", files), chromedp.Click(".upload button"),
		chromedp.WaitVisible(".done")); err != nil {
		return fmt.Errorf("import: %w", err)
	}
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "import.png"), picture, 0o644)
}
