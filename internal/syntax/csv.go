package syntax

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"

	"qinglian/internal/diag"
)

// CSV is why a text is not CSV.
func CSV(text []byte, err error) Refusal {
	var e *csv.ParseError
	if !errors.As(err, &e) {
		why, hint := unreadable(csvForm())
		return Refusal{0, why, hint}
	}
	at := line(text, e.Line)
	if !errors.Is(err, csv.ErrFieldCount) {
		return Refusal{at, diag.Say("有一格里的引号没有配对，或写在了文字中间", "the quotes of a cell are not a pair around it"),
			diag.Say("整格两边加 \"，格里的每个 \" 写成 \"\"", "put \" on both sides of the cell and write each \" in it twice")}
	}
	here, first := cells(text[at:]), cells(text)
	why := diag.Say("这一行有 %d 格，第一行有 %d 格", "this line has %d cells, the first one has %d", here, first)
	typed, _ := lineAround(text, at)
	switch {
	case here < first && strings.Contains(typed, "，"):
		return Refusal{at, why, diag.Say("格与格之间用半角“,”，这里有全角“，”",
			"cells stand between ASCII commas; here is a full-width one")}
	case here < first:
		return Refusal{at, why, diag.Say("补上 %d 个半角逗号，空着的格也要有",
			"add %d commas; an empty cell has one, too", first-here)}
	}
	return Refusal{at, why, diag.Say("格里有逗号的，整格两边加 \"", "put \" around a cell with a comma in it")}
}

func csvForm() diag.Text {
	return diag.Say("每行一样多格，用半角逗号隔开", "every line has as many cells, with commas between")
}

// cells is how many cells the record has that a text begins with.
func cells(text []byte) int {
	record, err := csv.NewReader(bytes.NewReader(text)).Read()
	if err != nil {
		return 0
	}
	return len(record)
}
