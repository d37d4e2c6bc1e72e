package check

import (
	"strings"

	"qinglian/internal/diag"
)

// noAuthor is about articles of the site's own of which nobody is named as the author or
// the editor.
var noAuthor = Rule{Name: "no-author", Sure: Low, Article: func(a *Article) {
	c := a.Doc.Card
	own := c.Source != "" && (strings.Contains(" 本站 本网 ", " "+c.Source+" ") || c.Source == a.Config.Footer.Organizer)
	if !own || c.Author != "" || c.Editor != "" || a.Doc.Index {
		return
	}
	a.found = append(a.found, Finding{Diagnostic: diag.Diagnostic{Rule: "no-author", Severity: diag.Note,
		Message: diag.Say("本单位的文章没有写作者，也没有写责任编辑", "the article is the site's own and names neither author nor editor"),
		Hint:    diag.Say("在文章开头加一行 作者: 姓名", "add a line author: NAME to the front matter"),
	}.Placed(a.Doc.Where("source"))})
}}
