package markdown

import (
	"bytes"
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// Who pastes one article under another brings its front matter along. In the text
// it would be published as prose between two rules, and what it says of the
// article would hold for nothing.

// matterLines is how many lines of a front matter are looked at.
const matterLines = 50

var (
	matterKey = pattern.Of(`^"?([a-z][a-z_-]*|标题)"?[ \t]*(?:[:：][ \t]*|=[ \t]*["'\[0-9tf])`)
	// matterMore is what goes on with a field: an item of a list, an indented line.
	matterMore = pattern.Of(`^(?:[ \t]+\S|- |#|[\]}]$|\p{Han}{2,6}[:：])`)
)

// foreignKeys are fields of front matter in other generators.
var foreignKeys = map[string]bool{
	"authors": true, "categories": true, "category": true, "comments": true, "excerpt": true,
	"image": true, "images": true, "keywords": true, "lastmod": true, "permalink": true, "published": true,
	"series": true, "toc": true, "type": true, "url": true, "weight": true,
}

// secondMatter reports front matter inside the text: lines of fields between
// two fences, with a title or with two names that fields have. 名称：内容 between two
// rules is prose.
func (r *reading) secondMatter() {
	fenced := false
	for at := 0; at < len(r.source); {
		line := lineFrom(r.source[at:])
		if len(line) == 0 || strings.IndexByte("-+`~ ", line[0]) < 0 { // as most lines
			at += len(line) + 1
			continue
		}
		if fences(bytes.TrimLeft(line, " ")) {
			fenced = !fenced
		}
		if fence := bytes.TrimRight(line, " \t"); !fenced && (string(fence) == "---" || string(fence) == "+++") {
			if key, ok := r.matterBehind(r.source[min(at+len(line)+1, len(r.source)):], fence); ok {
				r.problemOver(lineSpan(r.source, at), diag.Diagnostic{Rule: "second-front-matter", Severity: diag.Error,
					Message: diag.Say("正文里又有一份文章信息（%s 等），会当作正文显示出来",
						"there is a second front matter in the text (%s …), which would be published", key),
					Hint: diag.Say("把要用的写到文件开头的那一份里，这里连同两条 %s 一起删去",
						"move what is wanted to the top of the file and take this out, with its two %s", fence)})
			}
		}
		at += len(line) + 1
	}
}

// matterBehind reports whether fields and a second fence follow a fence, and the
// first of the fields.
func (r *reading) matterBehind(text, fence []byte) (key string, ok bool) {
	titled, known := false, 0
	for n := 0; n < matterLines && len(text) > 0; n++ {
		line := lineFrom(text)
		text = text[min(len(line)+1, len(text)):]
		line = bytes.TrimRight(line, " \t")
		m := matterKey().FindSubmatch(line)
		switch {
		case bytes.Equal(line, fence):
			return key, titled || known > 1
		case m != nil:
			name := string(m[1])
			titled = titled || name == "title" || name == "标题"
			if foreignKeys[name] || r.fieldNamed != nil && r.fieldNamed(name) {
				known++
			}
			if key == "" {
				key = name
			}
		case len(line) > 0 && !matterMore().Match(line):
			return "", false
		}
	}
	return "", false
}
