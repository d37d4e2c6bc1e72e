package wechat

import "qinglian/internal/view"

// ended is what a regulation says that is no longer to be followed, and what leads to
// the one that is, by its state in kinds.toml's words.
var ended = map[string]struct{ said, next string }{
	"已废止": {"这份文件已经废止，不再执行。", "取代它的文件："},
	"已修订": {"这份文件已经修订，这里是修订前的文本。", "修订后的文件："},
}

// effect stands above all else: whether the text is to be followed, and what else is
// to be read, as far as it is public when the article is made.
func (w *writer) effect(v *view.Article) {
	next, about := naming(v, "replaces"), naming(v, "original")
	if state := v.Field("state"); state != nil && ended[state.Text].said != "" {
		w.open("section", "warning")
		w.text("p", "warning-title", ended[state.Text].said)
		w.mentions(ended[state.Text].next, next)
		w.close("section")
		next = nil
	}
	if len(next)+len(about) > 0 {
		w.open("section", "box")
		w.mentions("取代它的文件：", next)
		w.mentions("解读：", about)
		w.close("section")
	}
}

// naming are the articles that name this one in a field.
func naming(v *view.Article, key string) (all []view.Mention) {
	for _, m := range v.NamedBy {
		if m.Key == key {
			all = append(all, m)
		}
	}
	return all
}

// mentions writes articles, and how to get to them.
func (w *writer) mentions(label string, all []view.Mention) {
	for _, m := range all {
		w.open("p", "box-text")
		w.text("strong", "strong", label)
		w.linkedText(m.Title, w.leadTo(m.URL))
		w.close("p")
	}
}
