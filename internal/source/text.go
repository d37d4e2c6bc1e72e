package source

import (
	"bytes"
	"unicode/utf8"

	"qinglian/internal/diag"
)

// manyLines is how many unreadable lines are reported one by one.
const manyLines = 10

// Text turns a file's bytes into UTF-8 with \n line ends: a byte order mark
// goes, CRLF and lone CR become \n, another encoding is converted ([Decode]).
// A file that was not UTF-8 gets a note. Bytes that can't be read are errors,
// one for each line; then there is no text: nothing is dropped. Control characters
// are, with a warning ([visible]).
func Text(file string, raw []byte) ([]byte, diag.List) {
	if len(raw) >= MaxText {
		return nil, diag.List{{Rule: "too-much", Severity: diag.Error, File: file,
			Message: diag.Say("文件太长，有 %d MB 以上", "the file is too long: %d MB or more", MaxText>>20),
			Hint: diag.Say("看看是不是放错了文件；真有这么长，分成几个",
				"look whether it is the right file; if it really is that long, divide it")}}
	}
	r := Decode(raw)
	text := lines(r.Text)
	if len(r.Bad) > 0 {
		return nil, unreadable(file, text, r)
	}
	text, problems := visible(file, text)
	if r.Encoding == UTF8 {
		return text, problems
	}
	return text, append(problems, diag.Diagnostic{Rule: "not-utf8", Severity: diag.Note, File: file,
		Message: diag.Say("文件是 %s 编码，已照此读取", "the file is in %s and was read as such", r.Encoding),
		Hint:    diag.Say("不改也行；文章可用 qinglian fix 存成 UTF-8", "it may stay so; qinglian fix saves articles as UTF-8")})
}

// lines is text with all line ends as \n.
func lines(text []byte) []byte {
	if bytes.IndexByte(text, '\r') < 0 {
		return text
	}
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
}

// unreadable reports the lines that have bad places. Of a file with many of them only
// the first is reported: it is of another encoding, or no text at all.
func unreadable(file string, text []byte, r Reading) diag.List {
	places := badLines(text, r)
	if len(places) > manyLines {
		d := diag.Diagnostic{Rule: "unreadable", Severity: diag.Error,
			Message: diag.Say("从这里起有 %d 行读不出来，不是 UTF-8、UTF-16 或 GB18030 编码的文字",
				"%d lines from here on can't be read: this is no text in UTF-8, UTF-16 or GB18030", len(places)),
			Hint: diag.Say("用记事本或 WPS 打开看看，“另存为”纯文本，编码选 UTF-8",
				"open it in an editor and save it as plain text in UTF-8"),
		}.At(file, text, places[0])
		d.Source = ""
		return diag.List{d}
	}
	var problems diag.List
	for _, at := range places {
		problems = append(problems, diag.Diagnostic{Rule: "unreadable", Severity: diag.Error,
			Message: diag.Say("这里有读不出的字节（按 %s 读），字可能丢了",
				"there are bytes here that can't be read as %s; characters may be lost", r.Encoding),
			Hint: diag.Say("照原稿补上“%c”处的字，再存成 UTF-8",
				"put back what is missing at %c and save as UTF-8", utf8.RuneError),
		}.At(file, text, at))
	}
	return problems
}

// badLines is where in text, which has the reading's line ends as \n, the
// first bad place of each line is.
func badLines(text []byte, r Reading) []int {
	var places []int
	from, at := 0, 0 // the last bad place, in the reading and in text
	for _, bad := range r.Bad {
		next := at + len(lines(r.Text[from:bad]))
		if len(places) == 0 || bytes.IndexByte(text[at:next], '\n') >= 0 {
			places = append(places, next)
		}
		from, at = bad, next
	}
	return places
}
