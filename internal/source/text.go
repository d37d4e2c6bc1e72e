package source

import (
	"bytes"
	"unicode/utf8"

	"qinglian/internal/diag"
)

// Text turns a file's bytes into UTF-8 with \n line ends: a byte order mark
// goes, CRLF and lone CR become \n. Bytes that are not UTF-8 are reported at
// the first of them; nothing is guessed and nothing is dropped.
func Text(file string, raw []byte) ([]byte, diag.List) {
	text := bytes.TrimPrefix(raw, []byte("\ufeff"))
	if bytes.IndexByte(text, '\r') >= 0 {
		text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	if utf8.Valid(text) && bytes.IndexByte(text, 0) < 0 {
		return text, nil
	}
	at := 0
	for at < len(text) && text[at] != 0 {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	d := diag.Diagnostic{Rule: "not-utf8", Severity: diag.Error,
		Message: diag.Say("文件不是 UTF-8 编码，从这里起读不出来", "the file is not UTF-8 from here on"),
		Hint:    diag.Say("在记事本或 WPS 里“另存为”，编码选 UTF-8", "save it again with the encoding UTF-8"),
	}.At(file, text, at)
	d.Source = ""
	return nil, diag.List{d}
}
