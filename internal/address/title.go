package address

import (
	"cmp"

	"qinglian/internal/pattern"

	"golang.org/x/text/unicode/norm"
)

// titleSyllables is how much of a title goes into an address made from it.
const titleSyllables = 8

// Stem is how the slug of an article begins: with its day, if it has one, and the
// first syllables of what sets its title apart from others.
func Stem(day, title string) string {
	slug := cmp.Or(Slug(subject(title), titleSyllables), Slug(title, titleSyllables), "article")
	if day != "" {
		slug = day + "-" + slug
	}
	return room(slug, 1+markLength)
}

// What official titles have in common. A title that only speaks of something (陈某关于
// 拒贿的故事) is no such title: it does not end in the kind of a document.
var (
	frame = pattern.Of(`^[^《》“”:]*?关于(?:印发|转发|批转|批准|公布|发布)?(.+?)的?` +
		`(?:实施|指导|若干|紧急|补充)?(?:通知|通告|通报|公告|公示|公报|意见|决定|决议|命令|议案|报告|请示|批复|复函|函|纪要|方案|办法|规定|说明|答复|倡议书?)` +
		`((?:\(.*\))?)$`)
	organ = pattern.Of(`^\p{Han}{2,30}?(?:人民政府|委员会|办公室|领导小组|法院|检察院|医院|学校|局|厅|中心)([\d:《 ].+)$`)
)

// subject is a title without the organ that it begins with and without the frames
// 关于印发…的通知, one in another.
func subject(title string) string {
	s := norm.NFKC.String(title)
	for inside := frame().FindStringSubmatch(s); inside != nil; inside = frame().FindStringSubmatch(s) {
		s = inside[1] + inside[2]
	}
	return organ().ReplaceAllString(s, "$1")
}
