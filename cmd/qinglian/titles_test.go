package main

import (
	"fmt"
	"math/rand/v2"
	"path"
	"testing"
	"time"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/desk"
	"qinglian/internal/diag"
	"qinglian/internal/markdown"
	"qinglian/internal/mend"
	"qinglian/internal/source"
)

// titles are 500 as five organs give them on one day; some of them sound alike.
func titles() (all []string) {
	organs := []string{"清源县人民政府", "清源县人民政府办公室", "中共清源县委办公室 清源县人民政府办公室", "清源县财政局", "清源县司法局"}
	subjects := []string{"权力清单", "权利清单", "法制宣传", "法治宣传", "监察建议落实", "检察建议落实", "政治监督", "农村饮水安全", "农村饮用水源", "村级财务公开"}
	frames := []string{
		"关于印发%s工作方案的通知", "关于印发%s管理办法的通知", "关于进一步加强%s工作的实施意见", "关于做好2024年%s工作的通知", "关于开展%s专项检查的通知",
		"关于%s专项检查情况的通报", "关于转发省%s实施细则的通知", "2024年%s情况公示", "2024年%s情况报告", "关于公布第三批%s示范单位名单的公告",
	}
	for _, organ := range organs {
		for _, subject := range subjects {
			for _, frame := range frames {
				all = append(all, organ+fmt.Sprintf(frame, subject))
			}
		}
	}
	return all
}

const oneDay = "2024-05-01 08:00"

// TestTitlesMade: new gives 500 articles of one day 500 addresses.
func TestTitlesMade(t *testing.T) {
	c := notices(t)
	s, err := source.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	published := map[string]string{}
	for _, title := range titles() {
		values := map[string]string{"title": title, "date": oneDay}
		file, refused, err := desk.Create(s, c.Config, desk.Article{Section: "notices", Given: content.Given{Values: values}}, time.Now())
		if err != nil || refused != (diag.Text{}) {
			t.Fatal(title, refused.ZH, err)
		}
		text, err := s.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		doc := c.Compile(file, text)
		if other, taken := published[doc.Address()]; taken || path.Base(file) != doc.Card.Slug+".md" {
			t.Errorf("%s and %s have the address %s", title, other, doc.Address())
		}
		published[doc.Address()] = title
	}
}

// TestTitlesFrozen: fix writes 500 slugs into articles whose files have Chinese names,
// each that of the article's title and day: the same alone, among all, in any order.
func TestTitlesFrozen(t *testing.T) {
	c := notices(t)
	all := titles()
	frozen := map[string]string{}
	for range 2 {
		rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for i, title := range all {
			file := fmt.Sprintf("content/notices/通知%d.md", i)
			text := []byte("---\n标题: " + title + "\n日期: " + oneDay + "\n来源: 本站\n---\n")
			changes, left := mend.Article(c, mend.Others{}, file, text)
			doc := c.Compile(file, mend.Apply(text, changes))
			if len(changes) != 1 || left > 0 || doc.Card.Slug != c.Front(file, text).Card.Slug {
				t.Fatalf("%s: changed %+v, left %d", title, changes, left)
			}
			if first, known := frozen[title]; known && first != doc.Address() {
				t.Errorf("%s: %s, then %s", title, first, doc.Address())
			}
			frozen[title] = doc.Address()
		}
	}
	taken := map[string]string{}
	for title, published := range frozen {
		if other, is := taken[published]; is {
			t.Errorf("%s and %s have the address %s", title, other, published)
		}
		taken[published] = title
	}
}

func notices(t *testing.T) content.Compiler {
	t.Helper()
	c, problems := config.Parse([]byte("[sections.notices]\nkind = \"notice\"\n"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return content.Compiler{Config: c, Dialect: markdown.New()}
}
