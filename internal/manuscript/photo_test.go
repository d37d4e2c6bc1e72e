package manuscript

import (
	"slices"
	"strings"
	"testing"

	"qinglian/internal/markdown"
)

// TestAttach: where photos go that came beside a document, and with which caption.
func TestAttach(t *testing.T) {
	paragraph := func(text string, align Align) Block { return Block{Align: align, Spans: []Span{{Text: text}}} }
	signed := []Block{paragraph("清源县人民政府", Right), paragraph("县教育局", Right), paragraph("2026年10月1日", Right)}
	figures := []Block{paragraph("会议召开。", Left), paragraph("图1 培训现场", Left), paragraph("又一段。", Left), paragraph("图二：参观展馆", Center)}
	filled := []Block{{Spans: []Span{{Picture: 1}}}, paragraph("图1 大厅", Center)}
	for _, test := range []struct {
		what   string
		blocks []Block
		files  string
		want   string
		said   string
	}{
		{"at the end, in their order", []Block{paragraph("正文。", Left)}, "合影.jpg 02-座谈交流.jpg",
			"正文。\n\n![合影](1-he-ying.jpg)\n\n:::居中\n合影\n:::\n\n![座谈交流](2-zuo-tan-jiao-liu.jpg)\n\n:::居中\n座谈交流\n:::", "合影.jpg：放在文章最后，说明是“合影”"},
		{"in front of a signature at the right", append([]Block{paragraph("正文。", Left)}, signed...), "合影.jpg",
			"正文。\n\n![合影](1-he-ying.jpg)\n\n:::居中\n合影\n:::\n\n:::落款\n清源县人民政府\n县教育局\n2026年10月1日\n:::", ""},
		{"in front of a signature at the left", []Block{paragraph("正文。", Left), paragraph("县教育局", Left), paragraph("2026年10月1日", Left)}, "1.jpg",
			"正文。\n\n![](1.jpg)\n\n县教育局\n\n2026年10月1日", ""},
		{"what a program called it is no caption", nil, "IMG_20261008.jpg 微信图片_20261008.jpg DSC(1).jpg 20261008.jpg", "![](1.jpg)\n\n![](2.jpg)\n\n![](3.jpg)\n\n![](4.jpg)",
			"IMG_20261008.jpg：放在文章最后，没有说明"},
		{"a date in a name stays", nil, "10.8培训.jpg", "![10.8培训](1-10-8-pei-xun.jpg)\n\n:::居中\n10.8培训\n:::", ""},
		{"by number and by words, to captions that wait", slices.Clone(figures), "参观展馆.jpg 图１.jpg 3.jpg",
			"会议召开。\n\n![图1 培训现场](2-pei-xun-xian-chang.jpg)\n\n:::居中\n图1 培训现场\n:::\n\n又一段。\n\n![图二：参观展馆](1-can-guan-zhan-guan.jpg)\n\n:::居中\n图二：参观展馆\n:::\n\n![](3.jpg)",
			"参观展馆.jpg：放在“图二：参观展馆”上面"},
		{"one to a caption", slices.Clone(figures[:2]), "1.jpg 图1.png",
			"会议召开。\n\n![图1 培训现场](1-pei-xun-xian-chang.jpg)\n\n:::居中\n图1 培训现场\n:::\n\n![](2.jpg)", ""},
		{"a caption that has its picture is left alone", slices.Clone(filled), "1.jpg", "![](1.jpg)\n\n:::居中\n图1 大厅\n:::\n\n![](2.jpg)", ""},
		{"a sentence is no caption", []Block{paragraph("图1所示，各乡镇均已完成。", Left)}, "1.jpg", "图1所示，各乡镇均已完成。\n\n![](1.jpg)", ""},
	} {
		m := Manuscript{Blocks: test.blocks}
		if strings.Contains(test.what, "has its picture") {
			m.Pictures = []Picture{{Ending: ".jpg"}}
		}
		var photos []Photo
		for _, name := range strings.Fields(test.files) {
			photos = append(photos, Photo{name, Picture{Ending: ".jpg"}})
		}
		attached := m.Attach(photos)
		if got := strings.TrimSpace(m.Markdown(markdown.New())); got != test.want {
			t.Errorf("%s:\n%s\nwant:\n%s", test.what, got, test.want)
		}
		if said := attached[0].Said(); len(attached) != len(photos) || !strings.HasPrefix(said.ZH, test.said) || said.EN == "" {
			t.Errorf("%s: said %q", test.what, said)
		}
	}
}
