package check

import (
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// missingAlt is about pictures that say nothing to who can't see them. A picture that is
// no more than an ornament is not told from one that is: so it is a warning.
var missingAlt = Rule{Name: "missing-alt", Sure: High, Article: func(a *Article) {
	for _, p := range a.Facts.Pictures {
		alt := strings.TrimSpace(p.Alt)
		d := diag.Diagnostic{Rule: "missing-alt", Severity: diag.Warning,
			Hint: diag.Say("在方括号里写一句画的是什么，如 ![村民在公示栏前查看账目](%s)", "say in the brackets what it shows: ![…](%s)", p.Dest)}
		switch {
		case alt == "":
			d.Message = diag.Say("图片没有说明文字，看不见图的人不知道画的是什么",
				"the picture has no text in its place: who can't see it learns nothing")
		case emptyAlt().MatchString(alt):
			d.Message = diag.Say("图片的说明文字“%s”没有说画的是什么",
				"the text %q in the picture's place does not say what it shows", alt)
		default:
			continue
		}
		a.Report(p.Place, Finding{Diagnostic: d})
	}
}}

// emptyAlt is a text that says nothing: that it is a picture, or what its file is called.
var emptyAlt = pattern.Of(`^(?i:图片?|照片|配图|插图|截图|如图|图[0-9一二三四五六七八九十]+|微信图片.*|image|img|photo|picture|screenshot|[\w-]+\.(?:jpe?g|png|gif|svg|webp)|(?:img|dsc|image)[_-]?\d+)$`)
