package markdown

import (
	"regexp"
	"testing"
)

// What is looked for on every line is looked for by hand; these are the
// patterns that it stands for.
var (
	containersPattern = regexp.MustCompile(`^(?:[ \t]*(?:>|[-+*](?:[ \t]|$)|[0-9]{1,9}[.)](?:[ \t]|$)))+`)
	delimiterPattern  = regexp.MustCompile(`^[ \t>]*[|:\- \t]*-[|:\- \t]*$`)
	numberPatterns    = []*regexp.Regexp{
		regexp.MustCompile(`^[ \t*_\x{3000}\x{2003}\x{2002}\x{a0}]*([一二三四五六七八九十百]{1,5})[、．.]`),
		regexp.MustCompile(`^[ \t*_\x{3000}\x{2003}\x{2002}\x{a0}]*[（(]([一二三四五六七八九十百]{1,5})[）)]`),
		regexp.MustCompile(`^[ \t*_\x{3000}\x{2003}\x{2002}\x{a0}]*([0-9]{1,2}|[０-９]{1,2})[、．.](?:[^0-9０-９]|$)`),
		regexp.MustCompile(`^[ \t*_\x{3000}\x{2003}\x{2002}\x{a0}]*[（(]([0-9]{1,2}|[０-９]{1,2})[）)]`),
	}
	severalPattern = regexp.MustCompile(`^[ \t*_\x{3000}\x{2003}\x{2002}\x{a0}]*[一二三四五]、[二三四五六](季度|月|、|产业|线|楼|年级)`)
)

func patternNumber(line string) (numbered, bool) {
	if severalPattern.MatchString(line) {
		return numbered{}, false
	}
	for i, p := range numberPatterns {
		if m := p.FindStringSubmatch(line); m != nil {
			v, ok := number(m[1])
			return numbered{i + 1, v}, ok
		}
	}
	return numbered{}, false
}

func FuzzLines(f *testing.F) {
	for _, line := range []string{
		"", "一、甲", "　　（十二）乙", "**1.** 丙", "1.5 倍", "12、丁", "（3)戊", "１２．己", "一二三四五六、", "123.", "一、二季度", "1２.", "1.", "（一",
		"> > - + 1. 甲", "-", "- ", "12345678901. 甲", "1) \t> 甲", "-甲", "10", "| --- |:-:|", " > |-", ":", "-", "---|甲",
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		got, ok := numberAt([]byte(line))
		if want, wantOK := patternNumber(line); ok != wantOK || got != want {
			t.Errorf("%q: number %v %v, want %v %v", line, got, ok, want, wantOK)
		}
		if got, want := containers([]byte(line)), len(containersPattern.FindString(line)); got != want {
			t.Errorf("%q: containers up to %d, want %d", line, got, want)
		}
		if got, want := delimits([]byte(line)), delimiterPattern.MatchString(line); got != want {
			t.Errorf("%q: delimits %v, want %v", line, got, want)
		}
	})
}
