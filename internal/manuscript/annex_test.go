package manuscript

import (
	"slices"
	"strings"
	"testing"
)

// TestAnnex: what is attached, in the ways in which documents say so; files that came;
// what stays in the text; what is listed.
func TestAnnex(t *testing.T) {
	for _, c := range []struct {
		what  string
		lines string // of the document, a paragraph each; + is a table
		files string // that came
		want  string // in the field
		stays string // of the text
		left  string
		doubt bool
	}{
		{"none", "正文。/见附件1。/附件内容很多", "", "", "正文。/见附件1。/附件内容很多", "", false},
		{"one", "正文。/附件：报名表", "", "", "正文。/附件：报名表", "报名表", false},
		{"one that came", "正文。/附件：报名表。/县纪委", "报名表.xlsx", "报名表.xlsx", "正文。/县纪委", "", false},
		{"several, of which all came", "正文。/附件：1.报名表/　　　2．名额分配表（定）；/县纪委", "名额分配表.pdf 附件1.xlsx", "附件1.xlsx 名额分配表.pdf", "正文。/县纪委", "", false},
		{"several, of which one came", "正文。/附件：1. 报名表/2. 名单/3. 路线图", "2名单.docx", "2名单.docx", "正文。/附件：1. 报名表/2. 名单/3. 路线图", "报名表 路线图", false},
		{"on one line", "附件：1.报名表 2.名单", "名单.xlsx 报名表.xlsx", "报名表.xlsx 名单.xlsx", "", "", false},
		{"below", "附 件:/1、报名表/2、名单/正文", "", "", "附 件:/1、报名表/2、名单/正文", "报名表 名单", false},
		{"each on a line of its own", "附件1：报名表/附件二 名单", "附件2.pdf 附件1.pdf", "附件1.pdf 附件2.pdf", "", "", false},
		{"in the document itself", "附件：1.报名表/2.名单/县纪委/附件1/报名表/附件2：名单/+", "", "", "附件：1.报名表/2.名单/县纪委/附件1/报名表/附件2：名单/+", "", false},
		{"above a table", "附件1：名单/+", "", "", "附件1：名单/+", "", false},
		{"what the document does not name", "附件：报名表", "路线.jpg 报名表.doc", "报名表.doc 路线.jpg", "", "", true},
		{"files for a document that names none", "正文。", "b.pdf a.pdf", "b.pdf a.pdf", "正文。", "", false},
	} {
		m := Manuscript{}
		for line := range strings.SplitSeq(c.lines, "/") {
			b := Block{Spans: []Span{{Text: line}}}
			if line == "+" {
				b.Kind = Table
			}
			m.Blocks = append(m.Blocks, b)
		}
		ordered, doubt := m.Annex(strings.Fields(c.files))
		var stays, left []string
		for _, b := range m.Blocks {
			stays = append(stays, b.Said())
		}
		for _, o := range m.Left {
			left = append(left, o.What)
		}
		if got := strings.Join(ordered, " "); got != c.want || strings.Join(stays, "/") != c.stays || !slices.Equal(left, strings.Fields(c.left)) || (doubt.ZH != "") != c.doubt {
			t.Errorf("%s: %s, stays %q, left %q, %s", c.what, got, stays, left, doubt.ZH)
		}
	}
}
