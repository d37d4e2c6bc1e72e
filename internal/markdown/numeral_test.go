package markdown

import "testing"

func TestNumber(t *testing.T) {
	for in, want := range map[string]int{
		"一": 1, "十": 10, "十二": 12, "二十": 20, "二十一": 21, "一百零二": 102, "一百一十": 110, "一百二十一": 121,
		"一千零一": 1001, "两百": 200, "3": 3, "12": 12, "４１": 41, "一〇二": 102, "二〇二四": 2024, "二一": 21,
		"零": 0, "": -1, "一二十": -1, "十百": -1, "十一二": -1, "十十": -1, "三x": -1, "一百二百": -1,
	} {
		got, ok := number(in)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("number(%q) = %d, want %d", in, got, want)
		}
	}
}
