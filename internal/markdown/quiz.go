package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"qinglian/internal/diag"
)

// A quiz is typed as what it is without us: a numbered list of questions, below
// each its choices as tasks, those that are right ticked, then why.
//
//	1. 《爱莲说》的作者是谁？
//	   - [ ] 陶渊明
//	   - [x] 周敦颐
//
//	   周敦颐写于嘉祐八年。
//
// It becomes the questions with lettered choices, and behind them, closed, the
// answers in the same order: so it can be read, answered and printed without a
// script. A script finds in data-right which choices are right. The few words
// here that nobody typed are Chinese, as is the dialect.

// question is one of a quiz with its parts.
type question struct {
	item    *ast.ListItem
	choices *ast.List // nil if it has none
	right   []int     // indices of the choices that are right
	sort    string    // single, multiple or judge
}

// maxChoices is how many letters there are.
const maxChoices = 26

// quiz writes what a quiz encloses: what is not a question stands where it is,
// the answers stand last.
func (r *renderer) quiz(n ast.Node) {
	outer := r.enter()
	var all []question
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		list, ok := c.(*ast.List)
		switch {
		case ok && list.IsOrdered():
			all = append(all, r.questions(list, len(all))...)
		case ok && isChoices(list):
			r.badQuiz(list, diag.Say("这几个选项上面没有题目", "these choices belong to no question"),
				diag.Say("题目写成“1. 题目”，选项前面空三格",
					"write a question as \"1. text\" and indent its choices by three spaces"))
		default:
			r.node(c)
		}
	}
	if len(all) == 0 {
		r.badQuiz(n, diag.Say("自测里没有题目", "the quiz has no questions"),
			diag.Say("题目写成“1. 题目”，下面空三格写选项：- [x] 对的、- [ ] 错的",
				"write a question as \"1. text\", and below it, indented by three spaces: - [x] right, - [ ] wrong"))
	} else {
		r.answers(all)
	}
	r.leave(outer)
}

// siblings writes the nodes from first on, up to but not with end.
func (r *renderer) siblings(first, end ast.Node) {
	outer := r.enter()
	for n := first; n != nil && n != end; n = n.NextSibling() {
		r.node(n)
	}
	r.leave(outer)
}

func (r *renderer) badQuiz(n ast.Node, message, hint diag.Text) {
	r.problemOver(lineSpan(r.source, max(n.Pos(), 0)),
		diag.Diagnostic{Rule: "bad-quiz", Severity: diag.Error, Message: message, Hint: hint})
}

// questions writes a list of questions; before is how many came before it.
func (r *renderer) questions(list *ast.List, before int) []question {
	var out []question
	r.write(`<ol class="questions"`)
	if before > 0 {
		r.write(` start="`, strconv.Itoa(before+1), `"`)
	}
	r.write(">")
	for c := list.FirstChild(); c != nil; c = c.NextSibling() {
		q := r.question(c.(*ast.ListItem))
		r.write(`<li class="question `, q.sort, `" data-right="`, q.letters(""),
			`"><div class="ask"><span class="sort">`,
			map[string]string{"single": "单选", "multiple": "多选", "judge": "判断"}[q.sort], "</span> ")
		r.siblings(q.item.FirstChild(), q.choices)
		r.write("</div>")
		if q.choices != nil {
			r.write(`<ol class="choices" type="A">`)
			for c := q.choices.FirstChild(); c != nil; c = c.NextSibling() {
				r.within(c, "<li>", "</li>")
			}
			r.write("</ol>")
		}
		r.write("</li>")
		out = append(out, q)
	}
	r.write("</ol>")
	return out
}

// answers writes which choices are right, and why.
func (r *renderer) answers(all []question) {
	r.write(`<details class="answers"><summary>答案和解析</summary><ol>`)
	for _, q := range all {
		r.write(`<li><p class="right">`, q.letters("、"), "</p>")
		if q.choices != nil {
			r.siblings(q.choices.NextSibling(), nil)
		}
		r.write("</li>")
	}
	r.write("</ol></details>")
}

// question takes the ticks off the choices of a question and reports what is
// wrong with it.
func (r *renderer) question(item *ast.ListItem) question {
	q := question{item: item, sort: "single"}
	for c := item.FirstChild(); c != nil && q.choices == nil; c = c.NextSibling() {
		if list, ok := c.(*ast.List); ok && !list.IsOrdered() {
			q.choices = list
		}
	}
	if q.choices == nil {
		r.badQuiz(item, diag.Say("这道题没有选项", "this question has no choices"),
			diag.Say("下面空三格写选项：- [x] 对的、- [ ] 错的",
				"write its choices below, indented by three spaces: - [x] right, - [ ] wrong"))
		return q
	}
	var texts []string
	for c := q.choices.FirstChild(); c != nil; c = c.NextSibling() {
		box := boxOf(c)
		if box == nil {
			r.badQuiz(c, diag.Say("这个选项前面没有方框", "this choice has no box"),
				diag.Say("对的写 - [x]，错的写 - [ ]，都用半角", "write - [x] if it is right and - [ ] if it is not"))
			return q
		}
		if box.IsChecked {
			q.right = append(q.right, len(texts))
		}
		box.Parent().RemoveChild(box.Parent(), box)
		texts = append(texts, strings.TrimSpace(words(c, r.source)))
	}
	if len(q.right) > 1 {
		q.sort = "multiple"
	} else if len(texts) == 2 && judges(texts[0], texts[1]) {
		q.sort = "judge"
	}
	r.checkQuestion(q, texts)
	return q
}

func (r *renderer) checkQuestion(q question, texts []string) {
	switch {
	case len(texts) < 2 || len(texts) > maxChoices:
		r.badQuiz(q.choices, diag.Say("这道题有 %d 个选项，应有 2 到 %d 个",
			"this question has %d choices instead of 2 to %d", len(texts), maxChoices),
			diag.Say("增减选项", "add choices, or take some out"))
	case len(q.right) == 0:
		r.badQuiz(q.choices, diag.Say("这道题没有标出正确的选项", "no choice of this question is right"),
			diag.Say("在正确的选项前写 - [x]", "write - [x] before the choice that is right"))
	case len(q.right) == 2 && len(texts) == 2 && judges(texts[0], texts[1]):
		r.badQuiz(q.choices, diag.Say("这道判断题又对又错", "this statement is both true and false"),
			diag.Say("只留一个 [x]", "keep one [x]"))
	}
}

// judges reports the two choices of a statement that is true or false.
func judges(a, b string) bool {
	for _, pair := range [][2]string{{"对", "错"}, {"正确", "错误"}, {"是", "否"}, {"是", "不是"}} {
		if a == pair[0] && b == pair[1] || a == pair[1] && b == pair[0] {
			return true
		}
	}
	return false
}

// isChoices reports a list of tasks.
func isChoices(list *ast.List) bool {
	return !list.IsOrdered() && list.FirstChild() != nil && boxOf(list.FirstChild()) != nil
}

// boxOf is the box at the beginning of a list's item; nil if there is none.
func boxOf(item ast.Node) *extast.TaskCheckBox {
	if first := item.FirstChild(); first != nil {
		box, _ := first.FirstChild().(*extast.TaskCheckBox)
		return box
	}
	return nil
}

// letters are those of the choices that are right.
func (q question) letters(between string) string {
	var out []string
	for _, i := range q.right {
		out = append(out, string(rune('A'+i%maxChoices)))
	}
	return strings.Join(out, between)
}
