package markdown

import (
	"bytes"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// Asterisks hide names and numbers: 赵**称, 张*, 川A*1234. A name that a public
// body has hidden must never come out whole, so whatever looks like a mask is
// left as typed, even where it might have been emphasis: asterisks that show are
// a blemish, a name that shows is a leak.
//
// How well a run of asterisks hides the rest of a name is judged by what stands
// in front of it (headOf); whether two runs are two masks, by both of them and
// by what stands between them (masked).

// nameHead says how surely the text in front of a run is the head of a name.
type nameHead int

const (
	noHead     nameHead = iota
	likelyHead          // 老张**, but also 主张**
	surelyHead          // ，张**  证人赵**  某**  欧阳**
)

// surnames are those that are seldom anything else. Ambiguous ones are common
// words too, and count only where a name can begin; those that are function words
// count only behind a title or a relation: 村民于**. Together they are the surnames
// of nineteen in twenty people (Ministry of Public Security, report on names of
// 2020).
const (
	surnames = "王李张刘陈杨赵周吴徐孙胡朱郭罗梁宋郑谢韩唐冯董萧曹袁邓傅沈彭吕卢蒋蔡贾魏薛阎潘杜戴汪姜姚谭廖邹熊陆" +
		"郝孔崔毛邱秦顾侯邵孟尹黎乔贺赖龚庞樊殷施陶翟颜倪芦俞鲁葛伍韦尤聂丛焦柳邢岳莫庄涂谷祁舒耿牟卜詹苗凌纪靳童欧甄曲阳裴屈" +
		"鲍覃霍翁隋甘柏宁柯阮桂闵柴冉辜吉饶刁瞿戚丘滕晋苑邬臧宫苟褚廉娄符奚穆燕郎邸冀姬屠郜晏栾郁喻窦敖糜鄢卓仇艾蓝巩井仲虞卞" +
		"竺冼楚佟栗匡巫鞠桑荆谌佘岑胥蔺肖闫邝苏吳趙張劉陳楊馮鄭謝韓許鄧蕭蔣賈閻"
	ambiguous = "丁高黄林何马曾许夏余叶程任田石金江钟范方白康史安包文明万牛龙花木米水车房边路计解强" +
		"华单查谈连官党温冷商简盛游景严项管费左古池台乐易武段章雷钱洪汤梅兰季申齐毕辛祝封宗银沙习付代尚"
	functionWords = "于和时成常向全平关应能有来都原从保"
	// beforeNames end titles and relations, or are words after which a name may stand.
	beforeNames = "人民员长记任者导理师生工友居户计纳兵警官某姓老小阿妻夫父母子女儿兄弟姐妹叔伯村组和与及跟同由被向给将把对让请找为是有叫即系" +
		"如致送约经因"
)

// part is what a character may be of a text that hides a name; several at once.
type part uint8

const (
	surname part = 1 << iota
	ambiguousSurname
	functionWord
	beforeName
	doubleEnd  // the second of two characters
	measureEnd // of a word for what is multiplied
)

// parts are those of all characters. Every run of asterisks asks for some: to look
// through the lists above each time takes a sixtieth of a build.
var parts = sync.OnceValue(func() map[rune]part {
	all := map[rune]part{}
	for _, l := range []struct {
		text string
		part
	}{{surnames, surname}, {ambiguous, ambiguousSurname}, {functionWords, functionWord}, {beforeNames, beforeName}} {
		for _, c := range l.text {
			all[c] |= l.part
		}
	}
	for _, name := range doubleSurnames {
		last, _ := utf8.DecodeLastRuneInString(name)
		all[last] |= doubleEnd
	}
	for _, word := range measures {
		last, _ := utf8.DecodeLastRuneInString(word)
		all[last] |= measureEnd
	}
	return all
})

// IsSurname reports a character that is seldom anything else than somebody's surname.
func IsSurname(c rune) bool { return strings.ContainsRune(surnames, c) }

// doubleSurnames are those of two characters that are no other words.
var doubleSurnames = []string{"欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "慕容", "司徒", "令狐", "某某"}

// headOf judges the text in front of a run of asterisks.
func headOf(before []byte) nameHead {
	last, size := utf8.DecodeLastRune(before)
	if !isHan(last) {
		return noHead
	}
	is := parts()[last]
	for i := 0; is&doubleEnd != 0 && i < len(doubleSurnames); i++ {
		if bytes.HasSuffix(before, []byte(doubleSurnames[i])) {
			return surelyHead
		}
	}
	if last == '某' {
		return surelyHead
	}
	ahead, _ := utf8.DecodeLastRune(before[:len(before)-size])
	starts := len(before) == size || !letterOrDigit(ahead) && ahead != '*'
	introduced := parts()[ahead]&beforeName != 0
	switch {
	case is&surname != 0 && (starts || introduced):
		return surelyHead
	case is&surname != 0, is&ambiguousSurname != 0 && (starts || introduced), is&functionWord != 0 && introduced:
		return likelyHead
	}
	return noHead
}

// headBefore is headOf for the text in front of an offset on its line.
func headBefore(source []byte, at int) nameHead { return headOf(nearBefore(source, at)) }

// nearBefore is the end of the text in front of an offset on its line: as much as a name,
// a word or a measure takes.
func nearBefore(source []byte, at int) []byte {
	const characters = 6
	near := source[max(0, at-characters*utf8.UTFMax):at]
	return near[bytes.LastIndexByte(near, '\n')+1:]
}

// lineBefore is the text in front of an offset, on its line, or the end of that.
func lineBefore(source []byte, at int) []byte {
	before := source[max(0, at-longestAddress):at]
	return before[bytes.LastIndexByte(before, '\n')+1:]
}

// beginsBlock reports whether nothing stands in front of an offset on its line
// but what begins a paragraph, an item, a quotation, a heading or a cell.
func beginsBlock(source []byte, at int) bool {
	for from := at; at > 0 && from-at < longestAddress; {
		c, size := utf8.DecodeLastRune(source[:at])
		if c == '\n' || c == '|' {
			return true
		}
		if common(c) || !strings.ContainsRune(" \t>-+#0123456789.)"+wideSpaces, c) {
			return false
		}
		at -= size
	}
	return true
}

// masked reports whether two runs of asterisks hide something each, instead of
// marking what stands between them; s is that.
func masked(opener, closer mark, s *stretch, source []byte) bool {
	single := opener.length == 1
	head, end := headBefore(source, opener.at), headBefore(source, closer.at)
	before, _ := utf8.DecodeLastRune(source[:opener.at])
	inside, after := source[opener.at+opener.length:closer.at], source[closer.at+closer.length:]
	switch {
	case end > noHead && (opener.length != closer.length || s.first == '的'), fills(before, inside, after, s, end):
		return true
	case beginsBlock(source, opener.at) && !(single && s.last == '、'):
		return end > noHead && s.short() && s.tail == 1 || end == surelyHead &&
			bytes.Count(lineFrom(after), []byte("**"))%2 == 1
	case head == surelyHead, head > noHead && (end > noHead || separates(s.last)):
		return true
	case separates(s.first), single && (opensOrCloses(s.first) || separates(s.last) && s.last != '：' || s.last == '“'):
		return true
	case !s.short():
		return false
	case single:
		return s.tail == 1
	case end == noHead && (s.parallel() || standsApart(opener, closer, source)):
		return false
	}
	return true
}

// units are what stands behind the hidden name of a place, a body or a thing, or
// hidden figures; longer ones first.
var units = strings.Fields("有限公司 公司 集团 检察院 法院 派出所 银行 支行 医院 学校 中学 小学 大学 小区 单元 街道 万元 亿元 " +
	"年 月 日 时 分 号 省 市 县 区 镇 乡 村 组 街 路 巷 栋 幢 室 楼 族 局 科 牌 型 元 名 岁")

// unitsBy are those that begin with a character.
var unitsBy = sync.OnceValue(func() map[rune][]string {
	all := map[rune][]string{}
	for _, unit := range units {
		first, _ := utf8.DecodeRuneInString(unit)
		all[first] = append(all[first], unit)
	}
	return all
})

// unitOf is the unit that a text begins with.
func unitOf(text []byte) string {
	first, _ := utf8.DecodeRune(text)
	for _, unit := range unitsBy()[first] {
		if bytes.HasPrefix(text, []byte(unit)) {
			return unit
		}
	}
	return ""
}

// fills reports whether two runs stand for the names of places, bodies or dates, or
// the first for one and the second for the end of a person's: **县**镇, 20**年*月*日,
// *公司与*公司, **县县长王**, 住**镇**.
func fills(before rune, inside, after []byte, s *stretch, end nameHead) bool {
	unit := unitOf(inside)
	switch {
	case unit == "":
		return false
	case end == surelyHead && s.characters > 2, len(inside) == len(unit) && s.characters == 1 &&
		isHan(before):
		return true
	}
	return unitOf(after) != "" &&
		(len(inside) == len(unit) || bytes.ContainsAny(inside, "，、；。") || strings.ContainsRune("与和及向诉", s.last))
}

// standsApart reports whether no letter touches what two runs enclose, as where
// a phrase between marks of punctuation is emphasised.
func standsApart(opener, closer mark, source []byte) bool {
	before, _ := utf8.DecodeLastRune(source[:opener.at])
	after, _ := utf8.DecodeRune(source[closer.at+closer.length:])
	return !letterOrDigit(before) && !letterOrDigit(after)
}

func letterOrDigit(c rune) bool { return isLetter(c) || unicode.IsDigit(c) }

// mark is one run of asterisks.
type mark struct{ at, length int }

// separates reports what divides clauses, and so never begins what is marked.
func separates(c rune) bool {
	switch c {
	case '，', '；', '。', '、', '：', '！', '？', ',', ';':
		return true
	}
	return false
}

// opensOrCloses reports a round bracket, as in 张*（男）、李*（女）.
func opensOrCloses(c rune) bool { return strings.ContainsRune("（）()", c) }

// multiplies reports whether one asterisk is the sign between two measures:
// 60cm*40cm, 3米*4米, 长*宽*高.
func multiplies(before, after []byte) bool {
	left, size := utf8.DecodeLastRune(before)
	right, _ := utf8.DecodeRune(after)
	switch {
	case alphanumeric(left) && alphanumeric(right):
		return true
	case unicode.IsDigit(right) && strings.ContainsRune("米寸尺元个件台人天次套年月％%㎝㎜㎡）)", left):
		number, _ := utf8.DecodeLastRune(before[:len(before)-size])
		return !unicode.IsLetter(number) || strings.ContainsRune("厘毫分公平", number)
	}
	return parts()[left]&measureEnd != 0 && endsWithMeasure(before) && beginsWithMeasure(after)
}

// measures are words for what is multiplied.
var measures = []string{"长", "宽", "高", "厚", "深", "直径", "半径", "面积", "体积", "数量", "单价", "人数", "天数", "次数", "比例", "系数", "权重",
	"标准", "折扣", "税率"}

func endsWithMeasure(text []byte) bool {
	for _, word := range measures {
		if bytes.HasSuffix(text, []byte(word)) {
			return true
		}
	}
	return false
}

func beginsWithMeasure(text []byte) bool {
	for _, word := range measures {
		if bytes.HasPrefix(text, []byte(word)) {
			return true
		}
	}
	return false
}

// stretch is a piece of prose, measured.
type stretch struct {
	characters  int
	first, last rune
	han         bool
	ended       bool // a 。 came
	crossed     bool // and a letter after it
	separated   bool // a mark that divides clauses came
	tail        int  // characters since the last such mark
	parts       int  // how long those before it are, if they are all as long; else -1
}

// short reports that one or two characters stand behind the last mark that
// divides clauses: too few to end what is emphasised, and what a name hidden
// after them leaves, as in 赵**称，刘**.
func (s *stretch) short() bool { return s.separated && 0 < s.tail && s.tail <= 2 }

// limit is how many characters are looked at.
const limit = 1000

// between measures the prose between two nodes of one parent.
func between(first, end ast.Node, source []byte) (s stretch) {
	for n := first; n != nil && n != end && s.characters < limit; n = n.NextSibling() {
		s.add(n, source)
	}
	return s
}

// parallel reports a list of words as long as each other: 求真、务实.
func (s *stretch) parallel() bool { return s.separated && s.parts > 1 && s.parts == s.tail }

func (s *stretch) add(n ast.Node, source []byte) {
	value := []byte(nil)
	switch n := n.(type) {
	case *ast.Text:
		value = n.Value(source)
	case *ast.String:
		value = n.Value
	}
	for len(value) > 0 && s.characters < limit {
		c, size := utf8.DecodeRune(value)
		value = value[size:]
		s.character(c)
	}
	for c := n.FirstChild(); c != nil && s.characters < limit; c = c.NextSibling() {
		s.add(c, source)
	}
}

func (s *stretch) character(c rune) {
	if s.characters == 0 {
		s.first = c
	}
	s.characters++
	s.last = c
	s.han = s.han || isHan(c)
	s.crossed = s.crossed || s.ended && letterOrDigit(c)
	s.ended = s.ended || c == '。'
	switch {
	case quote(c):
		return
	case !separates(c):
		s.tail++
		return
	}
	if !s.separated {
		s.parts = s.tail
	}
	if c != '、' || s.parts != s.tail {
		s.parts = -1
	}
	s.separated, s.tail = true, 0
}
