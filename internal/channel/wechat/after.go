package wechat

import "qinglian/internal/site"

// What stands below the article is the account's own: an end mark, what else to read
// there, and why to follow it.

// endMark says that the text is over.
func (w *writer) endMark() {
	if mark := w.site.Config.WeChat.End; mark != "" {
		w.text("p", "end", mark)
	}
}

// mostPast is how many articles are led to.
const mostPast = 3

// past leads to related articles that were sent: those that say where they are in
// WeChat, since a link to any other is taken out.
func (w *writer) past() {
	var sent []*site.Page
	for _, p := range w.page.Related {
		if p.Card.WeChat != "" && len(sent) < mostPast {
			sent = append(sent, p)
		}
	}
	if sent == nil {
		return
	}
	w.text("p", "notes", "往期推荐")
	for _, p := range sent {
		w.open("p", "past")
		w.linkedText(p.Card.Title, lead{within: p.Card.WeChat})
		w.close("p")
	}
}

// follow asks to follow the account. What its picture shows is not known: a code to
// press for most, so that its text says.
func (w *writer) follow() {
	own, picture := w.site.Config.WeChat.Follow, w.site.Follow
	if own.Text == "" && picture == nil {
		return
	}
	w.open("section", "follow")
	if picture != nil {
		w.img(w.named(picture), "关注", w.natural(picture))
	}
	if own.Text != "" {
		w.text("p", "follow-text", own.Text)
	}
	w.close("section")
}
