package signoff

import (
	"fmt"
	"strings"
	"testing"

	"qinglian/internal/diag"
)

// TestRoom: however much there is to list, a sheet stays within one side, each list has
// a line at least, and what is left out is counted.
func TestRoom(t *testing.T) {
	of := func(n, length int) (lines []string) {
		for range n {
			lines = append(lines, strings.Repeat("字", length))
		}
		return lines
	}
	for _, c := range []struct{ counts, length, signatures int }{{0, 1, 3}, {1, 40, 3}, {5, 40, 3}, {3, 200, 3}, {100, 40, 1}, {100, 40, 6}, {100, 90, 6}} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			s := Sheet{}
			s.line(diag.Say("标题", "title"), strings.Repeat("字", longestText))
			for range 3 {
				s.pair(diag.Say("来源", "source"), strings.Repeat("字", longestLine), diag.Say("作者", "author"), "")
			}
			s.line(diag.Say("网址", "address"), strings.Repeat("x", longestText))
			s.line(diag.Say("摘要", "summary"), strings.Repeat("字", longestText))
			fixed := len(s.Rows)
			var lists []list
			for range 4 {
				lists = append(lists, list{diag.Say("图片", "pictures"), of(c.counts, c.length)})
			}
			s.lists(lists, c.signatures)
			used := c.signatures * signature
			for _, r := range s.Rows {
				used += r.height()
			}
			if used > room {
				t.Errorf("%d lines of %d", used, room)
			}
			for _, r := range s.Rows[fixed:] {
				lines := r.Cells[0].Lines
				shown, all, left := len(lines), 0, 0
				if n, _ := fmt.Sscanf(lines[len(lines)-1], "共 %d 项，这里列不下的有 %d 项", &all, &left); n == 2 {
					shown--
				}
				if shown+left != max(c.counts, 1) {
					t.Errorf("%d of %d are shown, %d are said to be left", shown, c.counts, left)
				}
			}
		})
	}
}
