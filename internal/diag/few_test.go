package diag

import (
	"fmt"
	"strings"
	"testing"
)

// TestFew: of one rule a line has so many and a file has so many; what is left
// out is counted where it begins, and no other rule or file suffers.
func TestFew(t *testing.T) {
	var l List
	add := func(n int, file, rule string, line int) {
		for i := range n {
			l = append(l, Diagnostic{File: file, Rule: rule, Line: line, Column: i + 1, Message: Say("字", "word")})
		}
	}
	add(mostOfLine+5, "a", "many", 1)
	add(mostOfLine, "a", "other", 1)
	for line := range mostOfFile {
		add(1, "a", "many", line+2)
	}
	add(mostOfLine, "b", "many", 1)
	add(mostOfFile+1, "b", "whole", 0)
	got := map[string]int{}
	said := ""
	for _, d := range l.Few() {
		got[d.File+" "+d.Rule]++
		if d.Message.EN != "word" {
			said += fmt.Sprintf("%s:%d:%d %s\n", d.File, d.Line, d.Column, d.Message.EN)
		}
	}
	want := map[string]int{"a many": mostOfFile + 2, "a other": mostOfLine, "b many": mostOfLine, "b whole": mostOfFile + 1}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if want := "a:1:21 there are 5 more of these from here to the end of the line\n" +
		"a:82:1 there are 20 more of these in this file from here on\n"; said != want {
		t.Errorf("said\n%swant\n%s", said, want)
	}
}

// TestWindow: what is kept of a long line is shown as if all were kept.
func TestWindow(t *testing.T) {
	for _, piece := range []string{"0123456789", "一二三四五六七八九十"} {
		line := strings.Repeat(piece, 100)
		for column := 1; column <= 1001; column += 7 {
			offset := (column - 1) * len(piece) / 10
			d := Diagnostic{Rule: "r"}.At("a.md", []byte("甲\n"+line+"\n乙"), len("甲\n")+offset)
			if len(d.Source) > (3*maxSource+1)*len(piece)/10 {
				t.Fatalf("kept %d bytes", len(d.Source))
			}
			var got, want strings.Builder
			whole := d
			whole.Source, whole.From = line, 0
			_, _ = d.Write(&got, ZH), whole.Write(&want, ZH) // to memory
			if got.String() != want.String() {
				t.Fatalf("column %d: got\n%s\nwant\n%s", column, got.String(), want.String())
			}
		}
	}
}
