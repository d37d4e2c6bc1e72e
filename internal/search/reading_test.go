package search

import (
	"encoding/json"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"qinglian/internal/address"
)

var update = flag.Bool("update", false, "write sounds.txt")

// near are readings that many speakers do not keep apart.
var near = strings.NewReplacer("zh", "z", "ch", "c", "sh", "s", "ang", "an", "eng", "en", "ing", "in")

// TestSounds: sounds.txt has every character of GB 2312, with those that are read alike.
func TestSounds(t *testing.T) {
	alike := map[string][]byte{}
	decoder := simplifiedchinese.GBK.NewDecoder()
	for row := byte(0xb0); row <= 0xf7; row++ {
		for cell := byte(0xa1); cell <= 0xfe; cell++ {
			c, err := decoder.Bytes([]byte{row, cell})
			sound := near.Replace(address.Slug(string(c), 1))
			if err != nil || sound == "" {
				continue // the last cells of row D7 are empty
			}
			alike[sound] = append(alike[sound], c...)
		}
	}
	var groups []string
	for _, group := range alike {
		groups = append(groups, string(group))
	}
	slices.Sort(groups)
	want := strings.Join(groups, "\n") + "\n"
	if *update {
		if err := os.WriteFile("sounds.txt", []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if sounds != want {
		t.Error("sounds.txt is not what the readings say: run this test with -update")
	}
}

// TestReadings: a title is as long as its syllables, words and numbers are many.
func TestReadings(t *testing.T) {
	docs := []Document{{Title: "柳河村：三本账"}, {Title: "2024 年柳河 APP"}, {Title: "——"}}
	now := readingsOf(docs, nil)
	var value read
	if err := json.Unmarshal([]byte(now.value), &value); err != nil {
		t.Fatal(err)
	}
	titles := value.titles()
	for i, want := range []string{"liu he cun san ben zhang", "2024 nian liu he app", ""} {
		if s := strings.Join(titles[i], " "); s != want {
			t.Errorf("got %s, want %s", s, want)
		}
	}
	docs[1].Title = "青莲村"
	want := readingsOf(docs, nil)
	if got, ok := now.retitled(1, "青莲村"); !ok || got.value != want.value || got.of != want.of {
		t.Errorf("got %s, want %s", got.value, want.value)
	}
}
