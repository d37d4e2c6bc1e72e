package webpage

import (
	"slices"
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/manuscript"
)

// wechat is what WeChat calls the text of an article.
const wechat = "#js_content"

// names are those by which the systems of public bodies and media call it, the surest
// first.
var names = strings.Fields(wechat + " .TRS_Editor .trs_editor_view #UCAP-CONTENT .pages_content #zoom " +
	".v_news_content .wp_articlecontent .art_con #articleContent #article-content #article_content .article-content .article_content " +
	".article-body .articleBody .con_txt #ContentBody #rwb_zw .rm_txt_con #detail .detail-content .news_content " +
	".newscontent .entry-content .post-content .content_body .content-text #vsb_content #Content .main-content")

// pick finds the article of a page. how says where it was, unless that is certain.
func pick(page *node) (article *node, how diag.Text) {
	for _, by := range names {
		if n := largest(page, func(n *node) bool { return n.named(by) }); n != nil {
			if by == wechat {
				return n, how
			}
			return n, found(n)
		}
	}
	for _, name := range []string{"article", "main"} {
		n := largest(page, func(n *node) bool { return n.name == name || name == "main" && n.attr("role") == name })
		if n != nil {
			return n, found(n)
		}
	}
	n := densest(page)
	return n, found(n)
}

// found says which element was taken for the article.
func found(n *node) diag.Text {
	what := n.name
	if id := n.attr("id"); id != "" {
		what += " id=" + id
	} else if class := n.attr("class"); class != "" {
		what += " class=" + class
	}
	return diag.Say("正文取自网页里的 <%s>，看看是不是全的；其余的列在下面",
		"the article was taken from <%s> of the page: see whether that is all of it; the rest is listed below",
		short(what))
}

// largest is the element with the most text among those of which is says so; nil if
// nothing is to be seen in any.
func largest(page *node, is func(*node) bool) (found *node) {
	page.all(func(n *node) bool {
		larger := found == nil || n.letters > found.letters
		if larger && n.name != "" && n.name != "body" && is(n) && (n.letters > 0 || pictured(n) != "") {
			found = n
		}
		return true
	})
	return found
}

// holders are the elements that an article stands in.
var holders = []string{"body", "div", "section", "td", "center", "form"}

// densest is the smallest element that has nearly all prose of a page, outside of links
// and menus.
func densest(page *node) *node {
	best := page.first(func(n *node) bool { return n.name == "body" })
	if best == nil {
		best = page
	}
	const most = 0.9
	for n := best; n != nil; {
		i := slices.IndexFunc(n.children, func(c *node) bool {
			return c.prose > 0 && float64(c.prose) >= most*float64(best.prose)
		})
		if i < 0 {
			break
		}
		if n = n.children[i]; slices.Contains(holders, n.name) {
			best = n
		}
	}
	return best
}

// measure counts the text that is shown, and that of prose. quiet is what stands in a
// link or a menu.
func measure(n *node, quiet bool) {
	why, out := reasons[n.name]
	unseen := hidden(n) && !n.named(wechat) // which a script shows when the page is there
	if slices.Contains(code, n.name) || unseen || out && why != manuscript.Outside {
		return
	}
	quiet = quiet || n.name == "a" || n.name == "header" || out
	n.letters = len(manuscript.Letters(n.text))
	if !quiet {
		n.prose = n.letters
	}
	for _, c := range n.children {
		measure(c, quiet)
		n.letters += c.letters
		n.prose += c.prose
	}
}

// said is the text in an element, without that of programs.
func said(n *node) string {
	var out strings.Builder
	n.texts(func(c *node) { out.WriteString(c.text) }, func() { out.WriteByte(' ') })
	return out.String()
}

// texts goes over the texts in an element, and over the ends of blocks.
func (n *node) texts(text func(*node), end func()) {
	if n.name == "" {
		text(n)
		return
	}
	if slices.Contains(code, n.name) {
		return
	}
	for _, c := range n.children {
		c.texts(text, end)
	}
	if endsLine(n) {
		end()
	}
}

// endsLine reports an element behind which a text does not go on.
func endsLine(n *node) bool { return blocks[n.name] || n.name == "br" || n.name == "option" }
