package site

import (
	"regexp"
	"sync"

	"qinglian/internal/diag"
	"qinglian/internal/markdown"
)

var (
	// hostLike is an address of another site without its scheme.
	hostLike = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(www\.[a-z0-9-]+(\.[a-z0-9-]+)*|` +
			`([a-z0-9-]+\.)+(com|cn|net|org|gov|edu|info|example))(:\d+)?([/?].*)?$`)
	})
	// phoneLike is a telephone number that may also be the name of a file: 12345,
	// 555-0100.
	phoneLike = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(1\d{2,4}|[2-9]\d{2,3}[- ]\d{4}|[2-9]\d{6})$`)
	})
)

// otherwise is what was meant by an address that leads to no file of the site,
// where that can only be something else.
func otherwise(ref markdown.Ref) (hint diag.Text, ok bool) {
	switch host := hostLike().MatchString(ref.Dest); {
	case host && ref.Image:
		return diag.Say("别的网站的图片要下载下来，放在文章旁边，写成 ![说明](图片.png)",
			"put the picture of the other site beside the article and write ![text](picture.png)"), true
	case host:
		return diag.Say("是不是想写 https://%s？", "did you mean https://%s?", ref.Dest), true
	case phoneLike().MatchString(ref.Dest) && !ref.Image:
		return diag.Say("是不是想写 tel:%s？", "did you mean tel:%s?", ref.Dest), true
	}
	return diag.Text{}, false
}
