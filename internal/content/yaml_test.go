package content

import (
	"slices"
	"testing"
)

// FuzzOrdinaryYAML: front matter that is read without the decoder comes to the same with
// it.
func FuzzOrdinaryYAML(f *testing.F) {
	for _, text := range []string{
		"标题: 甲\n日期: 2024-01-02\n标签: [乙, 丙丁]\n", "a: b - c", "日期: 2024-01-02 08:00", "封面: a/b.svg", "甲: true", "乙: NO\n",
		"丙: 丁（戊）：己", "标签: [乙]", "标签: [乙,丙]", "甲: 乙\n甲: 丙", "true: 甲", "甲: 乙 (丙)", "甲: é", "甲: a.b", "甲: e5", "甲: “乙”",
		"甲: 100", "x_1: y%", "日期: 2024-13-45", "日期: 2024-01-02 99:99", "甲: 乙 -丙", "甲: 乙　丙", "甲: 乙+丙", "甲: b- ", "a: [null, b]",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := ordinaryYAML([]byte(text))
		if !ok {
			return
		}
		want, problem := decodedYAML([]byte(text))
		if problem != nil || !slices.EqualFunc(got, want, sameEntry) {
			t.Errorf("%q:\n%v\nwith the decoder %v %v", text, got, want, problem)
		}
	})
}
