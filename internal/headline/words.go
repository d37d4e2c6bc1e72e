package headline

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed words.txt
var wordText string

// lexicon is the words of words.txt, how many characters the longest has that begins
// with a pair of them, and what single characters are.
type lexicon struct {
	known   map[string]bool
	longest map[string]int
	alone   map[rune]sort // what characters are that are words by themselves
	numeral map[rune]bool
}

var words = sync.OnceValue(func() lexicon {
	l := lexicon{map[string]bool{}, map[string]int{}, map[rune]sort{}, map[rune]bool{}}
	for _, r := range backward {
		l.alone[r] = toBefore
	}
	for _, r := range forward {
		l.alone[r] = toNext
	}
	for _, r := range numerals {
		l.numeral[r] = true
	}
	for text := range strings.Lines(wordText) {
		if strings.HasPrefix(text, "#") {
			continue
		}
		for _, word := range strings.Fields(text) {
			l.known[word] = true
			l.longest[pair(word)] = max(l.longest[pair(word)], utf8.RuneCountInString(word))
		}
	}
	return l
})

// Characters that are words by themselves: those that belong to what stands before
// them, and those that belong to what comes next. 过 is both, 中 is a part of many
// words, so they are neither.
const (
	backward = "的了着们吗呢吧啊者里"
	forward  = "在把被让从向为对和与及或将由以按给用至到跟就因不未没再都也还又只仅已应须凡每各本该此其这那新老大小" +
		"看读写讲听问查贴晒画走买卖请来是有无非"
)

// Numbers, and what they count.
const (
	numerals = "一二三四五六七八九十百千万亿两几多零〇第"
	measures = "个张本条件项份名位户家人村只口棵头把台辆艘架部套盏扇瓶袋筐箱桶盒碗杯块元角分亩吨斤克里米升度天日月年周次回场" +
		"遍届期批轮笔道题步招课号路线点种类级层栋间座所处起页字句封段首代岁成倍组队班排行站季幅桌顿趟"
)

var longMeasures = strings.Fields("小时 分钟 公里 公斤 公顷 平方米 立方米 星期 年度 季度 学期 周年 月份 人次 万元 亿元 百分点")

// places are characters in which names of places end.
const places = "省市县区乡镇村街路桥山河湖江溪湾寺庙塔亭"

// single is what a character is that stands alone.
func single(r rune) sort { return words().alone[r] }

func isNumeral(r rune) bool { return words().numeral[r] || !isHan(r) && unicode.IsDigit(r) }

// isCounted reports a number of two characters or more, with what it counts or without.
func isCounted(part []rune) bool {
	n := 0
	for n < len(part) && isNumeral(part[n]) {
		n++
	}
	if n == 0 || len(part) < 2 {
		return false
	}
	switch rest := part[n:]; len(rest) {
	case 0:
		return true
	case 1:
		return strings.ContainsRune(measures, rest[0])
	default:
		return slices.Contains(longMeasures, string(rest))
	}
}
