package check

import (
	"math/rand/v2"
	"strings"
	"testing"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/markdown"
	"qinglian/internal/pinyin"
)

// withLexicon is a Checker with the phrases of a list.
func withLexicon(t testing.TB, list string) *Checker {
	t.Helper()
	c, problems := config.Parse(nil)
	x := &Lexicon{}
	problems = append(problems, x.Read("lexicon/a.txt", []byte(list))...)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	x.Prepare()
	return New(c, x)
}

const list = `# 固定表述
全面从严治党永远在路上
一带一路
中国特色社会主义
海晏河清之治
习水亮
中国特色社会主义制度

罪犯嫌疑人 => 犯罪嫌疑人
瞎子 =>
`

// TestPhrases: what is nearly one of the owner's phrases, and what is another word.
func TestPhrases(t *testing.T) {
	checker := withLexicon(t, list)
	compiler := content.Compiler{Config: checker.config, Dialect: markdown.New()}
	for _, c := range []struct{ text, want string }{
		{"全面从严治党永远在路上", ""},
		{"全面从严治党永远在**路上**。", ""},
		{"全面从严治党永久在路上", "error near-phrase 全面从严治党永久在路上"},
		{"全面从严治永远在路上", "error near-phrase 全面从严治永远在路上"},
		{"全面从严治党的永远在路上", "error near-phrase 全面从严治党的永远在路上"},
		{"全面从严党治永远在路上", "error near-phrase 全面从严党治永远在路上"},
		{"全面从严治党**永久**在路上", "error near-phrase 全面从严治党**永久**在路上"},
		{"全面从严治党永\n久在路上", "error near-phrase 全面从严治党永/久在路上"},
		{"全而从严治党永远在路上", "error near-phrase 全而从严治党永远在路上"},
		{"全面从严治党永远在路下", ""}, // the last character is another: another phrase, most often
		{"从严治党永远在路上", ""},
		{"坚持中特色社会主义", "warning near-phrase 中特色社会主义"},
		{"坚持，中特色社会主义", "error near-phrase 中特色社会主义"},
		{"中国特色社会义者", "warning near-phrase 中国特色社会义"},
		{"一带一路", ""},
		{"一路一带", ""},
		{"一一带路", "warning near-phrase 一一带路"},
		{"一代一路", "warning near-phrase 一代一路"}, // read alike
		{"一段一路", "note near-phrase 一段一路"},
		{"中国特色社会主义制度", ""},
		{"中国特色的社会主义制度", "error near-phrase 中国特色的社会主义制度"},
		{"喜水亮", "note sound-phrase 喜水亮"},
		{"喜水量", "note sound-phrase 喜水量"},
		{"息税两", ""}, // not one character is the same
		{"罪犯嫌疑人", "error wrong-phrase 罪犯嫌疑人"},
		{"他是瞎子。", "error wrong-phrase 瞎子"},
		{"`罪犯嫌疑人`", ""},
		{"![罪犯嫌疑人](a.png)", "error wrong-phrase 罪犯嫌疑人"},
		{"这里有書畫", "note traditional-character 書"},
		{"一个𠮷字", "note rare-character 𠮷"},
		{"日语々、数字〇、かな", ""},
		{"清风丨今天", ""},
		{"数論関数の累積和という", ""},
		{"鲜の書", "note traditional-character 書"},
	} {
		text := head + c.text
		doc, facts := compiler.CompileWithFacts("content/notices/a.md", []byte(text))
		var found []string
		for _, f := range checker.Article([]byte(text), &doc, facts).Findings {
			found = append(found, f.Severity.String()+" "+f.Rule+" "+over(text, f.Diagnostic))
		}
		if got := strings.Join(found, ", "); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

// TestSlips: each slip between the first and the last character of a phrase is found,
// wherever it is and whatever stands around it.
func TestSlips(t *testing.T) {
	for _, phrase := range []string{"甲乙丙丁", "甲乙丙丁戊", "甲乙丙丁戊己庚", "甲乙甲乙甲丙甲乙"} {
		x := &Lexicon{}
		x.Read("a", []byte(phrase))
		x.Prepare()
		p := []rune(phrase)
		n := len(p)
		var typed []string
		for i := 1; i < n-1; i++ {
			typed = append(typed, string(p[:i])+"错"+string(p[i+1:]), string(p[:i])+string(p[i+1:]), string(p[:i])+"多"+string(p[i:]))
			if i+1 < n-1 && p[i] != p[i+1] {
				typed = append(typed, string(p[:i])+string(p[i+1])+string(p[i])+string(p[i+2:]))
			}
		}
		for _, wrong := range typed {
			for _, text := range []string{wrong, "前" + wrong + "后", wrong + phrase, phrase + "，" + wrong} {
				if hits := x.search([]rune(text)); len(hits) != 1 {
					t.Errorf("%s in %s: %d hits", wrong, text, len(hits))
				}
			}
		}
	}
}

// TestBadPhrases: a line that is no phrase is reported.
func TestBadPhrases(t *testing.T) {
	x := &Lexicon{}
	problems := x.Read("lexicon/a.txt", []byte("甲\n甲乙\n 甲乙 => 甲乙\n# 乙\n\n丙=>丁\n丙丁 => 丁\n"))
	if len(problems) != 3 || len(x.phrases) != 2 || problems[1].Line != 3 {
		t.Errorf("%d phrases, %v", len(x.phrases), problems)
	}
}

// TestCharacters: the table is whole.
func TestCharacters(t *testing.T) {
	if n := len([]rune(strings.TrimSpace(standardText))); n != 8105 {
		t.Errorf("%d characters", n)
	}
	for old, now := range table().traditional {
		if table().has(old) || !table().has(now) {
			t.Errorf("%c, %c", old, now)
		}
	}
}

// tenThousand is a lexicon of 10,000 phrases of six to twelve characters.
func tenThousand() *Lexicon {
	random := rand.New(rand.NewPCG(1, 2))
	common := []rune(standardText)[:3500]
	x := &Lexicon{}
	for range 10_000 {
		var b strings.Builder
		for range 6 + random.IntN(7) {
			b.WriteRune(common[random.IntN(len(common))])
		}
		x.Read("a", []byte(b.String()))
	}
	return x
}

func BenchmarkPrepare(b *testing.B) {
	x := tenThousand()
	b.ReportAllocs()
	for b.Loop() {
		x.Prepare()
	}
}

func BenchmarkSearch(b *testing.B) {
	x := tenThousand()
	x.Prepare()
	random := rand.New(rand.NewPCG(3, 4))
	common := []rune(standardText)[:3500]
	var text []rune
	for range 100_000 {
		text = append(text, common[random.IntN(len(common))])
	}
	s := string(text)
	for _, what := range []string{"slips", "sounds"} {
		b.Run(what, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				l := lettersOf(s)
				if what == "slips" {
					x.search(l.runes)
				} else {
					x.alike(l.runes, pinyin.Append(nil, l.runes))
				}
			}
		})
	}
}
