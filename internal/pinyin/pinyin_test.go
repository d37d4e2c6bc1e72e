package pinyin

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/mozillazg/go-pinyin"
)

var update = flag.Bool("update", false, "write readings.txt anew")

// head says where the readings come from.
const head = `# Han characters by how they are read, without tones: the first reading of each in
# github.com/mozillazg/go-pinyin v0.21.0, from which "go test ./internal/pinyin -update" writes it.
# Its data are under the MIT licence: Copyright (c) 2016 mozillazg. Permission is hereby granted, free of
# charge, to any person obtaining a copy of this software and associated documentation files (the "Software"),
# to deal in the Software without restriction, including without limitation the rights to use, copy, modify,
# merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
# Software is furnished to do so, subject to the following conditions: The above copyright notice and this
# permission notice shall be included in all copies or substantial portions of the Software. THE SOFTWARE IS
# PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
# WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
# AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
# CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER
# DEALINGS IN THE SOFTWARE.
`

// TestReadings: the text has what the library has, and no more.
func TestReadings(t *testing.T) {
	args := pinyin.NewArgs()
	lines := map[string][]rune{}
	for c := range pinyin.PinyinDict {
		read := pinyin.SinglePinyin(rune(c), args)[0]
		lines[read] = append(lines[read], rune(c))
	}
	var want bytes.Buffer
	want.WriteString(head)
	for _, syllable := range slices.Sorted(maps.Keys(lines)) {
		fmt.Fprintf(&want, "%s %s\n", syllable, string(slices.Sorted(slices.Values(lines[syllable]))))
	}
	if *update {
		if err := os.WriteFile("readings.txt", want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if readings != want.String() {
		t.Error("readings.txt is not what the library has: write it anew with -update")
	}
}

func TestOf(t *testing.T) {
	for c, want := range map[rune]string{'青': "qing", '莲': "lian", '绿': "lv", '〇': "ling", '𠀀': "he", 'x': "", '。': ""} {
		if got := Of(c); got != want {
			t.Errorf("%c is read %q, not %q", c, got, want)
		}
	}
	sounds := Append(nil, []rune("请青x"))
	if len(sounds) != 3 || sounds[0] != sounds[1] || sounds[0] == 0 || sounds[2] != 0 {
		t.Errorf("sounds %v", sounds)
	}
}
