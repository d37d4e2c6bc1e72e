package serve

import (
	"errors"
	"io"
	"net/http"
	"path"
	"strings"
	"time"

	"qinglian/internal/diag"
	"qinglian/internal/imports"
)

// What an upload may be: in bytes, all of its files together; how many files; in bytes,
// what is no file; and how long it may take to arrive, from a shared drive that is slow.
const (
	longestUpload = imports.MaxBytes + longestForm
	mostFiles     = 60
	longestName   = 1 << 10
	uploadTime    = 5 * time.Minute
)

// uploadType is how files are sent.
const uploadType = "multipart/form-data"

// upload is what was dropped, or chosen.
type upload struct {
	section string
	files   []imports.Photo // documents among them
}

// received reads an upload into memory: nothing of it is on the disk before it is known
// what becomes of it.
func received(w http.ResponseWriter, r *http.Request) (u upload, refused diag.Text, err error) {
	http.NewResponseController(w).SetReadDeadline(time.Now().Add(uploadTime)) //nolint:errcheck // a test's has none
	parts, err := r.MultipartReader()
	if err != nil {
		return u, refused, err
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return u, refused, nil
		}
		if err != nil {
			return u, tooLong(err), err
		}
		most := int64(longestUpload)
		if part.FileName() == "" {
			most = longestName
		}
		content, err := io.ReadAll(io.LimitReader(part, most))
		if err != nil {
			return u, tooLong(err), err
		}
		switch {
		case part.FormName() == "section":
			u.section = string(content)
		case part.FileName() == "": // a chooser in which nothing was chosen
		case len(u.files) == mostFiles: // the rest is read, else the browser would not look at the answer
			refused = diag.Say("一次最多 %d 个文件", "at most %d files at once", mostFiles)
		default:
			name := path.Base(strings.ReplaceAll(part.FileName(), `\`, "/"))
			u.files = append(u.files, imports.Photo{Name: name, Content: content})
		}
	}
}

// tooLong is the sentence for an upload that is; none for any other failure.
func tooLong(err error) diag.Text {
	if _, long := errors.AsType[*http.MaxBytesError](err); long {
		return diag.Say("文件加起来超过 %d MB", "the files have more than %d MB together", imports.MaxBytes>>20)
	}
	return diag.Text{}
}

// documents are the documents of an upload, with the photos that came beside the one
// that can be read; whose photos they are can't be told if there are several.
func (u upload) documents() (documents []imports.Document, refused diag.Text) {
	var photos []imports.Photo
	readable := -1
	for _, f := range u.files {
		if imports.IsPhoto(f.Name, f.Content) {
			photos = append(photos, f)
			continue
		}
		if imports.Foreign(f.Name) == (diag.Text{}) {
			if readable >= 0 {
				refused = diag.Say("有几份文档，看不出照片是哪一份的：一次拖一份文档和它的照片",
					"there are several documents, so whose the photos are can't be told: drop one document with its photos at a time")
			}
			readable = len(documents)
		}
		documents = append(documents, imports.Document{Name: f.Name, Content: f.Content})
	}
	switch {
	case len(u.files) == 0:
		return nil, diag.Say("先选好文档", "choose a document first")
	case len(documents) == 0:
		return nil, diag.Say("只有照片，没有文档：把文档和照片一起拖进来；要放进已有的文章，就复制到它的文件夹里",
			"there are only photos: drop the document with them, or copy them into the folder of an article that is there")
	case len(photos) == 0:
		return documents, diag.Text{}
	case readable >= 0 && refused == (diag.Text{}):
		documents[readable].Photos = photos
	}
	return documents, refused
}
