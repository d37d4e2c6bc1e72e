package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"qinglian/internal/markdown"
)

// between are characters that part a name from what is in front of it.
const between = " \t\n\u3000，。；：、！？（）()《》“”‘’,;:!?|/—-·"

// introductions are words right behind which a name stands.
var introductions = []string{"学生", "同学", "男孩", "女孩", "儿童", "孩子", "患儿", "儿子", "女儿", "孙子", "孙女", "小朋友", "名叫", "叫",
	"村民", "居民", "群众", "申请人", "当事人", "户主", "患者", "老人", "姓名", "辅导", "看望", "帮助", "走访", "慰问", "资助", "照顾", "陪"}

// notInNames are characters of places, bodies and kin, which hardly any name has.
const notInNames = "村镇县乡市区省街道路校院所局站队组家庄店厂社会们某的了在是有和与及一二三四五六七八九十两各每平均年月日岁"

// nameAt is how many bytes of a text may be the name of a person that it begins with, of
// two characters or of three.
func nameAt(s string) (sizes []int) {
	first, size := utf8.DecodeRuneInString(s)
	if !markdown.IsSurname(first) {
		return nil
	}
	at := size
	for range 2 {
		c, n := utf8.DecodeRuneInString(s[at:])
		if !unicode.Is(unicode.Han, c) || strings.ContainsRune(notInNames, c) {
			break
		}
		at += n
		sizes = append(sizes, at)
	}
	return sizes
}

// startsName reports whether a name may begin behind a text.
func startsName(before string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	if before == "" || strings.ContainsRune(between, last) {
		return true
	}
	for _, w := range introductions {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}
