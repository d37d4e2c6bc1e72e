package main

import (
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// encode is the script command `encode FORM FILE…`: it rewrites files of UTF-8
// with \n as another editor would have saved them.
func encode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: encode FORM FILE…")
	}
	for _, name := range args[1:] {
		text, err := ts.ReadFile(name), error(nil)
		switch args[0] {
		case "crlf":
			text = strings.ReplaceAll(text, "\n", "\r\n")
		case "bom":
			text = "\ufeff" + text
		case "gb18030":
			text, err = simplifiedchinese.GB18030.NewEncoder().String(text)
		case "utf-16":
			text, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
		case "damaged":
			text = strings.Replace(text, "\xe7\x9a\x84", "\xe7\x84", 1) // 的 without its second byte
		default:
			ts.Fatalf("there is no form %s", args[0])
		}
		ts.Check(err)
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o644))
	}
}
