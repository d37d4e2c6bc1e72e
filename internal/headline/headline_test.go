package headline

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// shown is a title with its places as bars.
func shown(title string, cuts []int) string {
	for i, at := range cuts {
		title = title[:at+i] + "|" + title[at+i:]
	}
	return title
}

// TestMarked: no title that was marked by hand gets a place where a reader would not let
// a line end, without help of a text.
func TestMarked(t *testing.T) {
	file, err := os.ReadFile("testdata/titles.txt")
	if err != nil {
		t.Fatal(err)
	}
	titles, found := 0, 0
	for text := range strings.Lines(string(file)) {
		text = strings.TrimSpace(text)
		if text == "" || text[0] == '#' {
			continue
		}
		title := Unmarked(text)
		allowed, _ := Given(title, text)
		cuts := Cuts(title, nil, nil)
		for _, at := range cuts {
			around := strings.ContainsAny(title[at:][:3], opening) || strings.HasSuffix(title[:at], "”")
			if !around && !slices.Contains(allowed, at) {
				t.Errorf("%s", shown(title, cuts))
			}
		}
		titles, found = titles+1, found+len(cuts)
	}
	if titles < 200 || found < 2*titles {
		t.Errorf("%d places in %d titles are few", found, titles)
	}
}

func TestCuts(t *testing.T) {
	for _, c := range []struct {
		title string
		names []string
		text  string
		want  string
	}{
		{title: "", want: ""},
		{title: "通知", want: "通知"},
		{title: "关于印发村级工程管理办法的通知", want: "关于|印发|村级|工程|管理办法的|通知"},
		// What is not known stays whole, with one character that it touches.
		{title: "龘靐齉爩麤灪籱", want: "龘靐齉爩麤灪籱"},
		{title: "检查龘靐通报", want: "检查|龘靐|通报"},
		{title: "检查龘通报", want: "检查龘通报"},
		{title: "检查龘靐齉通报", want: "检查龘靐齉通报"},
		{title: "检查龘靐县通报", want: "检查|龘靐县|通报"},
		// What the article says itself comes before words.
		{title: "财政公开课安排", names: []string{"公开课"}, want: "财政|公开课|安排"},
		{title: "三本账晒在老槐树下", text: "三本账，三本账！老槐树下，老槐树下。", want: "三本账晒在|老槐树下"},
		{title: "三本账晒在老槐树下", text: "三本账。老槐树下，账晒，账晒。老槐树下，三本账，三本账。", want: "三本账晒在|老槐树下"},
		{title: "八瓶酒少了", text: "瓶酒，瓶酒，瓶酒。", want: "八瓶酒少了"},
		// Numbers stay with what they count.
		{title: "全县通报一百六十八个问题", want: "全县|通报|一百六十八个|问题"},
		{title: "全县抢险七十二小时", want: "全县|抢险|七十二小时"},
		{title: "2026年第二季度通报", want: "2026年|第二季度|通报"},
		{title: "审批系统App2.0上线", want: "审批|系统|App2.0上线"},
		// No line of one character.
		{title: "办法的通知，好", want: "办法的|通知，好"},
		{title: "报告会开了", want: "报告会开了"},
		// Quotes are kept, if they are short, and a line may end around them.
		{title: "关于举办“廉洁书场”巡讲的通知", want: "关于|举办|“廉洁书场”|巡讲的|通知"},
		{title: "村级工程管理办法（试行）", want: "村级|工程|管理办法|（试行）"},
		{title: "印发《村级集体资产资源资金管理办法》", want: "印发|《村级|集体资产|资源|资金|管理办法》"},
		{title: "看到“没有合上的引号", want: "看到|“没有合上的引号"},
		{title: "坏\xff字节的通知", want: "坏\xff字节的通知"},
		{title: strings.Repeat("通知", 51), want: strings.Repeat("通知", 51)},
	} {
		if got := shown(c.title, Cuts(c.title, c.names, []byte(c.text))); got != c.want {
			t.Errorf("%s, not %s", got, c.want)
		}
	}
}

func TestGiven(t *testing.T) {
	for _, c := range []struct {
		title, marked, want string
		same                bool
	}{
		{"柳河村：三本账", "柳河村：|三本账", "柳河村：|三本账", true},
		{"柳河村：三本账", "柳河村：｜三本账", "柳河村：|三本账", true},
		{"柳河村：三本账", "柳河村： | 三本账", "柳河村：|三本账", true},
		{"三本账", "|三||本账|", "三|本账", true},
		{"三本账", "三本账", "三本账", true},
		{"三本账", "三本|帐", "", false},
		{"三本账", "三本", "", false},
		{"三本账", "三本|账目", "", false},
	} {
		cuts, same := Given(c.title, c.marked)
		if same != c.same || same && shown(c.title, cuts) != c.want {
			t.Errorf("%s: %v, %s", c.marked, same, shown(c.title, cuts))
		}
	}
}

func TestOutside(t *testing.T) {
	names := NewNames([]string{"广告", "广告费", "", "账", "归谁知", "北街社区", "清源县市场监督管理局稽查大队"})
	title := "北街社区广告费归谁"
	cuts, _ := Given(title, "北街|社区|广告|费|归谁")
	before := slices.Clone(cuts)
	if got := shown(title, names.Outside(title, cuts)); got != "北街社区|广告费|归谁" {
		t.Error(got)
	}
	if !slices.Equal(cuts, before) {
		t.Error("what was given is changed")
	}
	long := "清源县市场监督管理局稽查大队"
	if cuts := Cuts(long, nil, nil); len(names.Outside(long, cuts)) != len(cuts) {
		t.Error("a name that fits into no line is kept whole")
	}
}

func TestHTML(t *testing.T) {
	title := `甲<b>乙&丙`
	if got := HTML(title, []int{len("甲<b>")}); got != "甲&lt;b&gt;<wbr>乙&amp;丙" {
		t.Error(got)
	}
}

// FuzzCuts: places are between characters, in their order, and leave no line of one.
func FuzzCuts(f *testing.F) {
	f.Add("柳河村：三本账晒在老槐树下", "三本账，三本账。")
	f.Add("“两节”监督检查\xff", "")
	f.Fuzz(func(t *testing.T, title, text string) {
		last := 0
		for _, at := range Cuts(title, nil, []byte(text)) {
			if at <= last || at >= len(title) || !utf8.RuneStart(title[at]) || utf8.RuneCountInString(title[last:at]) < 2 {
				t.Fatalf("%q: %d after %d", title, at, last)
			}
			last = at
		}
	})
}

// BenchmarkCuts is a title with a text of three thousand characters.
func BenchmarkCuts(b *testing.B) {
	text := []byte(strings.Repeat("柳河村的三本账晒在村口的老槐树下，谁都看得见，看不懂的就问。", 100))
	for b.Loop() {
		Cuts("柳河村：三本账晒在老槐树下，看不懂的都来问", []string{"柳河村", "村务公开"}, text)
	}
}

// TestWords: each word is there once, and is none of one character.
func TestWords(t *testing.T) {
	seen := map[string]bool{}
	for text := range strings.Lines(wordText) {
		if strings.HasPrefix(text, "#") {
			continue
		}
		for _, word := range strings.Fields(text) {
			if seen[word] || utf8.RuneCountInString(word) < 2 {
				t.Errorf("%s is there twice, or a single character", word)
			}
			seen[word] = true
		}
	}
}
