package config

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// TestEmpty: an empty file is a whole configuration.
func TestEmpty(t *testing.T) {
	for _, text := range []string{"", "\ufeff", "# 网站设置\n", "\ufefftitle = \"清廉建设\"\n"} {
		c, problems := Parse([]byte(text))
		if len(problems) > 0 {
			t.Fatalf("%q: %v", text, problems)
		}
		got := []string{c.Title, c.Description, c.BaseURL, c.Language, c.Timezone, c.Theme, c.Zone.String(),
			c.BasePath()}
		want := []string{"清廉建设", "", "", "zh-CN", "Asia/Shanghai", "lotus", "Asia/Shanghai", "/"}
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %q", text, got)
		}
		if got, want := fmt.Sprint(c.Sections),
			"[{model-sites 示范点 model-site 1  []   } {examples 典型案例 example 2  []   } {education 教育材料 material 3  []   } {notices 动态 notice 4  []   }]"; got != want {
			t.Errorf("%q: got %s", text, got)
		}
	}
}

// TestForms: each setting that is decoded may be written.
func TestForms(t *testing.T) {
	for _, f := range reflect.VisibleFields(reflect.TypeFor[file]()) {
		key := f.Tag.Get("toml")
		if _, ok := whole.keys[key]; !ok && key != "-" && key != "" {
			t.Errorf("%s is refused", key)
		}
	}
	fields := whole.keys["kinds"].keys["*"].keys["fields"].keys
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Field]()) {
		key := f.Tag.Get("toml")
		if _, ok := fields[key]; ok == (key == "engine") { // which is for common fields alone
			t.Errorf("%s of a field: may be written is %v", key, ok)
		}
	}
}

func TestWhole(t *testing.T) {
	c, problems := Parse([]byte(`
title       = "清源清风"
description = "一句话"
base_url    = "https://www.example.org/清风"
language    = "zh-Hans"
timezone    = "UTC"
theme       = "own"
id_code     = "bm12345678"
[footer]
organizer = "主办"
contact   = "0999"
icp       = "京ICP备12345678号"
police    = "京公网安备11010502030143号"
note      = "注"
[taxonomies.tags.slugs]
"公证" = "notary"
[taxonomies.years]
title = "年份"
field = "date"
order = -1
[taxonomies.groups]
field = "group"
weight = 3
[[menu]]
section = "news"
[[menu]]
title = "关于"
to = "about.md"
[sections.news]
type = "工作动态"
fresh = "14天"
owner = "小王"
keywords = ["新闻"]
kind = "visit"
[kinds.visit]
label = "参观"
optional = ["source"]
fields = [
  { key = "group", label = "团体", type = "text", also = ["team"], required = true, help = "谁" },
  { key = "size", label = "人数", type = "choice", choices = ["多", "少"] },
]
`))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if c.BaseURL != "https://www.example.org/%E6%B8%85%E9%A3%8E/" || c.BasePath() != "/清风/" {
		t.Errorf("base %q, path %q", c.BaseURL, c.BasePath())
	}
	if c.Footer != (Footer{"主办", "0999", "京ICP备12345678号", "京公网安备11010502030143号", "注"}) ||
		c.IDCode != "bm12345678" || c.Zone.String() != "UTC" {
		t.Errorf("got %+v", c)
	}
	if s, ok := c.Section("news"); !ok || fmt.Sprint(s) != "{news news visit 0  [新闻] 工作动态 14天 小王}" {
		t.Errorf("section %+v", s)
	}
	if len(c.Menu) != 2 || c.Menu[0].Section != "news" || c.Menu[1].Title != "关于" || c.Menu[1].To != "about.md" ||
		c.Menu[1].Where.Line != 26 {
		t.Errorf("menu %+v", c.Menu)
	}
	var gathered []string
	for _, t := range c.Taxonomies {
		gathered = append(gathered, fmt.Sprint(t.Name, " ", t.Title, " by ", t.Field, " ", t.ByYear, " ", t.Related(),
			" ", t.Slugs))
	}
	if got, want := strings.Join(gathered, "\n"),
		"years 年份 by date true 0 map[]\ngroups groups by group false 3 map[]\ntags tags by tags false 1 map[公证:notary]"; got != want {
		t.Errorf("taxonomies\n%s", got)
	}
	if _, ok := c.Section("examples"); ok {
		t.Error("the default sections are for a site that names none")
	}
	k := c.Kinds["visit"]
	if own := k.Own(); k.Name != "visit" || len(own) != 2 || own[0].Key != "group" || !own[0].Required ||
		own[1].Choices[1] != "少" {
		t.Errorf("kind %+v", k)
	}
	for name, required := range map[string]bool{"title": true, "date": true, "来源": false, "team": true, "人数": false} {
		if f, ok := k.Field(name); !ok || f.Required != required {
			t.Errorf("field %s: %+v", name, f)
		}
	}
	if _, ok := k.Field("region"); ok {
		t.Error("a kind has no field of another")
	}
}

// TestSectionOrder: by order, then name; whatever stands first in the file.
func TestSectionOrder(t *testing.T) {
	c, _ := Parse([]byte("[sections.d]\norder = 2\n[sections.c]\n[sections.b]\norder = -1\n[sections.a]\norder = 2\n[sections.e]\norder = 9223372036854775807\n"))
	var got []string
	for _, s := range c.Sections {
		got = append(got, s.Name)
	}
	if want := []string{"b", "c", "a", "d", "e"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestMistakes: what is wrong, where it stands, and what to type instead.
func TestMistakes(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"title = \"甲\ntheme = \"x\"", "1:11 config-syntax 写成 title = \"甲\""},
		{"\ntitle = “甲”", "2:9 config-syntax 写成 title = \"甲\""},
		{"title = \"a\"\ntitle = \"b\"", "2:1 config-syntax 留下一行，删去另一行"},
		{"网站 = \"x\"", "1:1 config-syntax 写成 \"网站\" = \"x\""},
		{"title", "1:5 config-syntax 每行写成 名字 = \"值\"；文字两边用英文双引号"},

		{"titel = \"甲\"", "1:1 config-unknown-key 是不是想写 title？"},
		{"\ufeff\n  base-url = \"x\"", "2:3 config-unknown-key 是不是想写 base_url？"},
		{"\"网站\" = 1",
			"1:1 config-unknown-key 去掉这一行；这里可以写：base_url、brand、check、deploy、description、footer、host、id、id_code、kinds、language、markdown、marks、menu、picture、pictures、profile、search、sections、slip、taxonomies、theme、timezone、title、tone、wechat"},
		{"[deploy.web]\nkeep = 3", "1:1 config-value 写一行 to，如 to = \"sftp://用户@www.example.org/var/www/html\"、to = \"../发布\" 或 to = \"zip\""},
		{"[deploy.web]\nto = \"sftp://me:secret@h/www\"", "2:1 config-value 去掉地址里“@”前面的“:密码”（现在就去换一个密码），放进环境变量 QINGLIAN_DEPLOY_WEB_PASSWORD 或私人文件，见 qinglian deploy --help"},
		{"[deploy.b-2]\nto = \"ftps://me:a%zz@h/www\"", "2:1 config-value 写成 ftps://用户@主机/文件夹；密码不写在这里"},
		{"[deploy.web]\nto = \"rsync://h/www\"", "2:1 config-value 可以写文件夹、zip，或以 sftp:// ftps:// ftp:// s3:// 开头的地址"},
		{"[deploy.web]\nto = \"https://a.example/\"", "2:1 config-value 这是读者看的网址，写进 site；to 写怎么送过去，如 sftp://用户@主机/文件夹（问管服务器的人）"},
		{"[deploy.web]\nto = \"sftp:/me@h/www\"", "2:1 config-value 写成 sftp://用户@主机/文件夹；密码不写在这里"},
		{"[deploy.web]\nto = \"S3:bucket/www\"", "2:1 config-value 写成 s3://存储桶/文件夹；密码不写在这里"},
		{"[deploy.web]\nto = \"me@h:www\"", "2:1 config-value 写成 to = \"sftp://me@h/www\""},
		{"[deploy.web]\nto = \"public\"", "2:1 config-value 写网站文件夹外面的，如 to = \"../发布\" 或 to = 'E:\\网站'；public 文件夹已经由 build 写好了"},
		{"[deploy.web]\nto = \"../site/../out\"\nregion = \"x\"", "3:1 config-value 去掉这一行"},
		{"[deploy.web]\nto = \"s3://bucket\"", "2:1 config-value 写服务的地址和地域，如 endpoint = \"https://s3.oss-cn-hangzhou.aliyuncs.com\" 和 region = \"cn-hangzhou\""},
		{"[deploy.web]\nto = \"zip\"\nkeep = -1", "3:1 config-value 写 0 到 100：留几个以前的版本，用来退回"},
		{"[deploy.web]\nto = \"zip\"\nsite = \"www\"", "3:1 config-value 写成 https://www.example.org/ 这样的完整地址"},
		{"[deploy.\"甲\"]\nto = \"zip\"", "1:1 config-value 用小写字母、数字和连字符，如 [deploy.web]"},
		{"[slip]\nstages = []", "2:1 config-value 写 stages = [\"初审：李四\", \"复审\", \"终审\"]，没有固定的人不写名字"},
		{"[slip]\nstages = [\"初审\", \" \"]", "2:1 config-value 写 stages = [\"初审：李四\", \"复审\", \"终审\"]，没有固定的人不写名字"},
		{"[brand]\ncolor = \"红\"", "2:1 config-value 写 # 和六位数字、字母，如 color = \"#9c2a20\""},
		{"[brand]\ncolor = \"#ffcc00\"", "2:1 config-value 最接近又看得清的是 color = \"#806606\""},
		{"[brand]\ncolumns = [{ title = \"链接\" }]", "2:1 config-value 写 title = \"名字\" 和 links = [{ title = \"名字\", to = \"https://…\" }]"},
		{"[[brand.columns]]\ntitle = \"链接\"\nlinks = [{ section = \"nothing\" }]", "3:1 config-value 栏目有：model-sites、examples、education、notices"},
		{"[host]\nkind = \"ngnix\"", "2:1 config-value nginx 不读网站文件夹里的设置：删去这一行，运行 qinglian host nginx，照打印出来的设置"},
		{"[host]\nkind = \"IIs7\"", "2:1 config-value 是不是想写 iis？"},
		{"[host]\nkind = \"gitee\"", "2:1 config-value 是不是想写 pages？"},
		{"[host]\nkind = \"oss\"", "2:1 config-value 可用的有：apache、iis、pages、tomcat；别的服务器不读网站文件夹里的设置，不用写"},
		{"base_url = \"http://a.example\"\n[host]\nhsts = 180", "3:1 config-value 先把 base_url 改成 https://…，或删去 hsts 这一行"},
		{"base_url = \"https://a.example\"\n[host]\nhsts = -1", "3:1 config-value 写天数，1 到 730，如 hsts = 180；不要就删去这一行"},
		{"base_url = \"https://a.example\"\n[host]\nhsts = 180\nkind = \"pages\"",
			"3:1 config-value 删去 hsts 这一行；到托管的网站上打开“强制 HTTPS”"},
		{"[foot]\nicp = \"1\"", "1:1 config-unknown-key 是不是想写 footer？"}, // not what is below it too
		{"[sections]\n\"a.b\" = 1", "2:1 config-value 写成 a.b = { … = \"…\" }"},
		{"[kinds.a]\nlabel = \"甲\"\nfields = [\n{ key = \"b\", label = \"乙\", type = \"text\", halp = \"\" }]",
			"3:1 config-unknown-key 是不是想写 help？"},
		{"[footer]\ncontact = \"1\"\nipc = \"2\"", "3:1 config-unknown-key 是不是想写 icp？"},
		{"footer.orgniser = \"x\"", "1:1 config-unknown-key 是不是想写 organizer？"},
		{"[sections.a]\n  titel = \"x\"", "2:3 config-unknown-key 是不是想写 title？"},
		{"[sections]\na.knid = \"page\"", "2:1 config-unknown-key 是不是想写 kind？"},
		{"[kinds.a]\nlable = \"x\"", "2:1 config-unknown-key 是不是想写 label？"},
		{"[[kinds.a.fields]]\nkey = \"b\"\nlabel = \"乙\"\ntype = \"text\"\nchoises = []",
			"5:1 config-unknown-key 是不是想写 choices？"},

		{"[wechat]\ncolor = \"red\"", "2:1 config-value 写 # 和六位数字、字母，如 color = \"#9c2a20\""},
		{"[wechat]\ncolor = \"#1234\"", "2:1 config-value 写 # 和六位数字、字母，如 color = \"#9c2a20\""},
		{"[wechat]\ncolor = \"#ffcc00\"", "2:1 config-value 最接近又看得清的是 color = \"#806606\""},
		{"[wechat]\nsize = 12", "2:1 config-value 正文的字写 14 到 20（像素）；不写就用样式的"},
		{"[wechat]\nsize = \"16\"", "2:1 config-value 写成 size = 16"},
		{"[search]\non = \"no\"", "2:1 config-value 写成 on = false"},
		{"[footer]\ncontact = 5550100", "2:1 config-value 写成 contact = \"5550100\""},
		{"language = \"中文\"", "1:1 config-value 简体中文写 language = \"zh-CN\""},
		{"[section.a]\ntitle = \"甲\"", "1:1 config-unknown-key 是不是想写 sections？"},
		{"[footer]\nnote = \"甲\"\nprofile = \"gov\"", "3:1 config-unknown-key 这是整个网站的设置：把这一行移到第一个 [ 开头的行之前"},
		{"icp = \"京ICP备12345678号\"", "1:1 config-unknown-key 把这一行移到 [footer] 下面；没有那一行，就先写上"},
		{"[sections.a]\nkind = \"示范点\"", "2:1 unknown-kind 写成 kind = \"model-site\""},
		{"[sections.a]\nkind = \"x\"", "2:1 unknown-kind 可用的有：activity（活动）、example（典型案例）、material（教育材料）、model-site（示范点）、" +
			"notice（动态）、page（单页）、regulation（制度）、route（学习路线）、task（为民办实事）、term（分类说明）"},
		{"[wechat]\nindent = \"是\"", "2:1 config-value 写成 indent = true"},

		{"title = 3\n[footer]\nnote = \"x\"\n[taxonomies.tags.slugs]\n\"a\" = \"b\"",
			"1:1 config-value 写成 title = \"3\""},
		{"title = [\"甲\"]", "1:1 config-value 写成 title = \"…\""},
		{"[wechat]\ntitle = -1", "2:1 config-value 写最多几个字，如 title = 60；不写就是公众号允许的字数"},
		{"[wechat]\ndigest = -120", "2:1 config-value 写最多几个字，如 digest = 60；不写就是公众号允许的字数"},
		{"[wechat]\ncodes = -1", "2:1 config-value 写 codes = 3；一个都不要，写 codes = 0"},
		{"[footer]\n\nicp = 2024-01-01", "3:1 config-value 写成 icp = \"…\""},
		{"[sections.a]\norder = \"1\"\ntitle = \"甲\"", "2:1 config-value 写成 order = 1"},
		{"[sections.a]\norder = 1.5", "2:1 config-value 写成 order = 1"},
		{"footer = \"x\"", "1:1 config-value 写成 footer = { … = \"…\" }"},
		{"sections = 3", "1:1 config-value 写成 sections = { … = \"…\" }"},
		{"[[sections]]\ntitle = \"甲\"", "1:1 config-value 写成 sections = { … = \"…\" }"},
		{"taxonomies = []", "1:1 config-value 写成 taxonomies = { … = \"…\" }"},
		{"menu = 3", "1:1 config-value 写成 menu = [{ … = \"…\" }]"},
		{"[[menu]]\nsection = \"notices\"\n[[menu]]\nsection = \"nothing\"",
			"3:1 config-value 栏目有：model-sites、examples、education、notices"},
		{"[[menu]]\ntitle = \"关于\"", "1:1 config-value 写 section = \"栏目文件夹\"，或写 title = \"名字\" 和 to = \"about.md\""},
		{"tone = \"green\"", "1:1 config-value 可用的有：qing、red、blue（青、红、蓝）"},
		{"tone = 3", "1:1 config-value 写成 tone = \"3\""},
		{"id_code = \"bm1234\"", "1:1 config-value 标识码是 10 位数字，或 bm 加 8 位数字；没有就删去这一行"},
		{"id_code = \"12345x7890\"", "1:1 config-value 标识码是 10 位数字，或 bm 加 8 位数字；没有就删去这一行"},
		{"[taxonomies.Units]\nfield = \"unit\"", "1:1 config-value 用小写字母、数字和连字符，如 units；不能用 assets、terms"},
		{"[taxonomies.units]", "1:1 config-value 是不是想写 field = \"unit\"？"},
		{"[taxonomies.a]\nfield = \"stars\"", "1:1 config-value 写一个字段的英文名，如 field = \"unit\""},
		{"[taxonomies.a]\nfield = \"expires\"", "1:1 config-value 写一个字段的英文名，如 field = \"unit\""}, // it is the program's
		{"[taxonomies.tags]\nfeild = \"tags\"", "2:1 config-unknown-key 是不是想写 field？"},
		{"[kinds.a]\nfields = [{ key = \"b\", label = \"乙\", type = \"choice\" }]",
			"2:1 config-value 加上 choices = [\"甲\", \"乙\"]"},
		{"[kinds.a]\nfields = [{ key = \"b\", label = \"乙\", type = \"table\" }]",
			"2:1 config-value 写成 { key = \"…\", label = \"…\", type = \"table\", columns = [{ key = \"…\", label = \"…\", type = \"text\" }] }"},
		{"[kinds.a]\nfields = [{ key = \"b\", label = \"乙\", type = \"table\", columns = [{ key = \"c\", label = \"丙\", type = \"list\" }] }]", "2:1 config-value 可用的有：text、date、number、choice、reference"},
		{"[taxonomies.tags.slugs]\n\"甲\" = [\"a\"]", "2:1 config-value 写成 甲 = \"…\""},
		{"kinds = \"x\"", "1:1 config-value 写成 kinds = { … = \"…\" }"},
		{"[kinds.a]\nfields = 3", "2:1 config-value 写成 fields = [{ … = \"…\" }]"},
		{"[kinds.a]\nfields = [3]", "2:1 config-value 写成 fields = [{ … = \"…\" }]"},
		{"[kinds.a]\noptional = \"date\"", "2:1 config-value 写成 optional = [\"date\"]"},
		{"[kinds.a]\noptional = [1]", "2:1 config-value 写成 optional = [\"…\", \"…\"]"},
		{"[[kinds.a.fields]]\nkey = \"b\"\nlabel = \"乙\"\ntype = \"text\"\nrequired = \"是\"",
			"5:1 config-value 写成 required = true"},

		{"base_url = \"www.example.org\"", "1:1 config-value 写成 https://www.example.org/ 这样的完整地址"},
		{"base_url = \"ftp://example.org/\"", "1:1 config-value 写成 https://www.example.org/ 这样的完整地址"},
		{"base_url = \"https:///a\"", "1:1 config-value 写成 https://www.example.org/ 这样的完整地址"},
		{"base_url = \"https://example.org/?a=b\"", "1:1 config-value 写成 https://www.example.org/ 这样的完整地址"},
		{"base_url = \"https://example.org/#a\"", "1:1 config-value 写成 https://www.example.org/ 这样的完整地址"},
		{"base_url = \"https://exa mple.org/\"", "1:1 config-value 写成 https://www.example.org/ 这样的完整地址"},
		{"base_url = \"https://example.org/?\"", "1:1 config-value 写成 https://www.example.org/ 这样的完整地址"},
		{"base_url = \"https://a:b@example.org/\"", "1:1 config-value 写成 https://www.example.org/ 这样的完整地址"},
		{"# 时区\ntimezone = \"北京\"", "2:1 config-value 北京时间写 timezone = \"Asia/Shanghai\""},
		{"timezone = \"Local\"", "1:1 config-value 北京时间写 timezone = \"Asia/Shanghai\""},
		{"timezone = \"\"", "1:1 config-value 北京时间写 timezone = \"Asia/Shanghai\""},
		{"theme = \"../lotus\"", "1:1 config-value 写 themes/ 里一个文件夹的名字，如 theme = \"lotus\""},
		{"theme = \"\"", "1:1 config-value 写 themes/ 里一个文件夹的名字，如 theme = \"lotus\""},
		{"[taxonomies.tags.slugs]\n\"公证\" = \"Gong Zheng\"", "2:1 config-value 用小写字母、数字和连字符，如 gong-zheng"},
		{"[taxonomies.tags.slugs]\n\"公证\" = \"index\"", "2:1 config-value 用小写字母、数字和连字符，如 gong-zheng"},
		{"[sections.Examples]", "1:1 config-value 用小写字母、数字和连字符，如 examples；不能用 assets、terms、tags、topics、archive"},
		{"[sections.\"典型\"]", "1:1 config-value 用小写字母、数字和连字符，如 examples；不能用 assets、terms、tags、topics、archive"},
		{"[sections.tags]", "1:1 config-value 用小写字母、数字和连字符，如 examples；不能用 assets、terms、tags、topics、archive"},
		{"[sections.a]\ntitle = \"x\"\nkind = \"exmaple\"",
			"3:1 unknown-kind 是不是想写 kind = \"example\"？"},
		{"profile = \"school\"", "1:1 config-value 可用的有：gov、party、institution（政府机关、党委纪委、其他单位）"},
		{"[footer]\nicp = \"京12345\"", "2:1 config-value 写成 京ICP备12345678号-1 这样，照备案的文件"},
		{"[footer]\npolice = \"京公网安备1号\"", "2:1 config-value 写成 京公网安备11010502030143号 这样，照备案的文件"},
		{"[marks.party]\nto = \"x\"", "1:1 config-unknown-key 去掉这一行；这里可以写：mistakes、organ"},
		{"[marks.organ]\npicture = \"a.png\"", "1:1 bad-mark 写 picture = \"static 里的图片\" 和 to = \"https://…\""},
		{"[marks.organ]\npicture = \"a.png\"\nto = \"http://a.cn/\"",
			"1:1 bad-mark 写 picture = \"static 里的图片\" 和 to = \"https://…\""},
		{"[marks.organ]\npicture = \"a.png\"\npaste = \"x\"", "1:1 bad-mark 要么粘贴官方代码，要么写图片和链接"},
		{"[kinds.a]\nlabel = \"甲\"\nfields = [{ key = \"b\", type = \"text\" }]",
			"3:1 config-value 写成 { key = \"unit\", label = \"单位\", type = \"text\" }"},
		{"[kinds.a]\nlabel = \"甲\"\nfields = [{ key = \"b\", label = \"乙\", type = \"txt\" }]",
			"3:1 config-value 可用的有：text、long、date、number、switch、choice、list、url、telephone、image、file、reference、table"},
		{"[kinds.a]\nfields = [{ key = \"b\", label = \"乙\", type = \"text\", new = \"given\" }]",
			"2:1 config-value 写 new = \"later\"，新文章里就不列出来；要列出就不写"},
		{"[kinds.a]\nfields = [{ key = \"title\", label = \"名称\", type = \"text\" }]",
			"2:1 config-value 给后一个另起 key 和 label；每种文章都已有标题、日期等字段"},
		{"[kinds.a]\nfields = [{ key = \"b\", label = \"乙\", also = [\"日期\"], type = \"text\" }]",
			"2:1 config-value 给后一个另起 key 和 label；每种文章都已有标题、日期等字段"},
		{"[kinds.a]\nfields = [{ key = \"b\", label = \"乙\", type = \"text\" }, { key = \"c\", label = \"乙\", type = \"text\" }]", "2:1 config-value 给后一个另起 key 和 label；每种文章都已有标题、日期等字段"},
	} {
		_, problems := Parse([]byte(c.text))
		var got []string
		for _, d := range problems.Sort() {
			got = append(got, fmt.Sprintf("%d:%d %s %s", d.Line, d.Column, d.Rule, d.Hint.ZH))
			if d.File != File || d.Severity.String() != "error" {
				t.Errorf("%s: %s in %q", c.text, d.Severity, d.File)
			}
		}
		if got := strings.Join(got, "\n"); got != c.want {
			t.Errorf("%s\ngot\n%s\nwant\n%s", c.text, got, c.want)
		}
	}
}

// TestAllMistakes: one run reports all of them, and what is left can be used.
func TestAllMistakes(t *testing.T) {
	c, problems := Parse([]byte("titel = \"甲\"\nbase_url = \"x\"\ntimezone = \"y\"\ntheme = \"/\"\n[taxonomies.tags.slugs]\n\"公\" = \"/\"\n[sections.a]\nkind = \"z\"\n"))
	var got []string
	for _, d := range problems.Sort() {
		got = append(got, fmt.Sprint(d.Line))
	}
	if want := "1 2 3 4 6 8"; strings.Join(got, " ") != want {
		t.Errorf("lines %v, want %s", got, want)
	}
	if s, _ := c.Section("a"); s.Kind != "page" || c.BaseURL != "" || c.Zone == nil || c.Theme != "lotus" {
		t.Errorf("got %+v", c)
	}
}

func TestWithBaseURL(t *testing.T) {
	c, _ := Parse([]byte("base_url = \"https://a.example/\""))
	if other, problems := c.WithBaseURL("http://b.example/sub"); len(problems) > 0 ||
		other.BaseURL != "http://b.example/sub/" || c.BaseURL != "https://a.example/" {
		t.Errorf("got %q, %v", other.BaseURL, problems)
	}
	if _, problems := c.WithBaseURL("b.example"); len(problems) != 1 || problems[0].File != "" ||
		problems[0].Rule != "config-value" {
		t.Errorf("got %v", problems)
	}
}

// TestMeant: a name in other letters, or of another system, is that of a field; what a
// kind itself calls so comes first.
func TestMeant(t *testing.T) {
	kinds := kinds(nil)
	for _, c := range []struct{ kind, typed, key, name string }{
		{"example", "title", "title", "title"},
		{"example", "TITLE", "title", "title"},
		{"example", "Description", "summary", "summary"},
		{"example", "发布人", "author", "作者"},
		{"example", "Categories", "tags", "tags"},
		{"example", "发布日期", "date", "日期"},
		{"regulation", "发布日期", "issued", "发布日期"},
		{"model-site", "category", "category", "category"},
		{"example", "摘录", "", ""},
	} {
		if f, name, ok := kinds[c.kind].Meant(c.typed); f.Key != c.key || name != c.name || ok != (c.key != "") {
			t.Errorf("%s of %s: got %s %q, want %s %q", c.typed, c.kind, f.Key, name, c.key, c.name)
		}
	}
	if !kinds["example"].Idle("Comments") || kinds["example"].Idle("title") {
		t.Error("comments are idle, a title is not")
	}
}

// TestKinds: each name that front matter may use means one field of a kind.
func TestKinds(t *testing.T) {
	var table kindTable
	meta, err := toml.Decode(kindsText, &table)
	if err != nil || len(meta.Undecoded()) > 0 {
		t.Fatal(err, meta.Undecoded())
	}
	elsewhere := slices.Concat(table.Idle, table.Withheld)
	for key, names := range table.Elsewhere {
		if _, ok := table.Common.Field(key); !ok {
			t.Errorf("elsewhere %s is no common field", key)
		}
		elsewhere = append(elsewhere, names...)
	}
	for i, name := range elsewhere {
		if _, ok := table.Common.Field(name); ok || slices.Contains(elsewhere[:i], name) {
			t.Errorf("%q is what two things are called", name)
		}
	}
	for name, k := range kinds(nil) {
		if k.Label == "" {
			t.Errorf("%s has no label", name)
		}
		seen := map[string]string{}
		for _, f := range k.Fields {
			for _, n := range append([]string{f.Key, f.Label}, f.Also...) {
				if other, taken := seen[n]; taken || n == "" {
					t.Errorf("%s: %q names %q and %q", name, n, other, f.Key)
				}
				seen[n] = f.Key
			}
			if !slices.Contains(Types, f.Type) && f.Key != "extra" && f.Key != "allow" && f.Key != "gone" || (f.Type == TypeChoice) != (len(f.Choices) > 0) {
				t.Errorf("%s: %s has type %q and choices %q", name, f.Key, f.Type, f.Choices)
			}
		}
		for _, key := range k.Optional {
			if f, ok := k.Field(key); !ok || f.Required {
				t.Errorf("%s: optional %s is %+v", name, key, f)
			}
		}
	}
}

// TestKindWithoutLabel: a kind is called by its name then, a field may be too.
func TestKindWithoutLabel(t *testing.T) {
	c, problems := Parse([]byte("[kinds.visit]\nfields = [{ key = \"b\", label = \"b\", type = \"text\" }]"))
	if k := c.Kinds["visit"]; len(problems) > 0 || k.Label != "visit" {
		t.Errorf("got %+v, %v", k, problems)
	}
}

// TestKindsApart: a site's own kinds are not seen by another site.
func TestKindsApart(t *testing.T) {
	own := []byte("[kinds.page]\nlabel = \"页\"\noptional = [\"title\"]\n[kinds.a]\nlabel = \"甲\"")
	c, problems := Parse(own)
	if f, _ := c.Kinds["page"].Field("title"); len(problems) > 0 || f.Required || c.Kinds["page"].Label != "页" {
		t.Errorf("got %+v, %v", c.Kinds["page"], problems)
	}
	c, _ = Parse(nil)
	if f, _ := c.Kinds["page"].Field("title"); !f.Required || c.Kinds["page"].Label != "单页" || c.Kinds["a"].Name != "" {
		t.Errorf("got %+v", c.Kinds["page"])
	}
}

// TestCompileDigest moves when what the compiler of an article looks at does,
// and never else: a moved digest compiles the whole site again.
func TestCompileDigest(t *testing.T) {
	const base = `
title = "甲"
[footer]
note = "注"
[taxonomies.tags.slugs]
"公证" = "notary"
[sections.a]
title = "一"
kind = "visit"
order = 1
[sections.b]
title = "二"
order = 2
[kinds.visit]
label = "参观"
optional = ["date"]
fields = [
  { key = "group", label = "团体", type = "choice", also = ["team"], required = true, choices = ["多", "少"], help = "谁" },
  { key = "size", label = "人数", type = "number" },
]
`
	c, problems := Parse([]byte(base))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if again, _ := Parse([]byte(base)); again.CompileDigest() != c.CompileDigest() {
		t.Fatal("the same text gives two digests")
	}
	for _, e := range []struct {
		old, new string
		moves    bool
	}{
		{`title = "甲"`, `title = "乙"`, false},
		{`title = "甲"`, `description = "乙"`, false},
		{`title = "甲"`, `base_url = "https://a.example/"`, false},
		{`title = "甲"`, `theme = "own"`, false},
		{`title = "甲"`, `language = "zh"`, false},
		{`note = "注"`, `note = "另"`, false},
		{`"notary"`, `"gong-zheng"`, false},
		{`title = "一"`, `title = "壹"`, false},
		{`title = "一"`, `description = "述"`, false},
		{`order = 1`, `order = 3`, false},
		{`help = "谁"`, `help = "哪个"`, false},

		{`title = "甲"`, `timezone = "UTC"`, true},
		{`[footer]`, "[markdown]\nenter = \"keep\"\n[footer]", true},
		{`[footer]`, "[pictures]\noutside = \"error\"\n[footer]", true},
		{"label = \"参观\"\n", "label = \"参观\"\nofficial = true\n", true},
		{`[sections.b]`, `[sections.c]`, true},
		{"[sections.b]\n", "[sections.b]\nkind = \"notice\"\n", true},
		{`[sections.a]`, "[sections.c]\n[sections.a]", true},
		{`label = "参观"`, `label = "来访"`, true},
		{`["date"]`, `["source"]`, true},
		{`["date"]`, `[]`, true},
		{`"group"`, `"party"`, true},
		{`"团体"`, `"单位"`, true},
		{`type = "number"`, `type = "text"`, true},
		{`type = "number"`, `type = "number", terms = true`, true},
		{`type = "number"`, `type = "number", new = "later"`, false},
		{`["team"]`, `["crew"]`, true},
		{`also = ["team"], `, ``, true},
		{`required = true`, `required = false`, true},
		{`["多", "少"]`, `["少", "多"]`, true}, // the order stands in messages
		{`["多", "少"]`, `["多", "少", "无"]`, true},
		{`also = ["team"], required = true, choices = ["多", "少"]`,
			`also = [], required = true, choices = ["多", "少", "team"]`, true},
		{`[kinds.visit]`, "[kinds.page]\nlabel = \"单页\"\n[kinds.visit]", true}, // it has no optional fields any more
	} {
		if !strings.Contains(base, e.old) {
			t.Fatalf("%s is not there", e.old)
		}
		edited, problems := Parse([]byte(strings.Replace(base, e.old, e.new, 1)))
		if len(problems) > 0 {
			t.Fatal(e.new, problems)
		}
		if moved := edited.CompileDigest() != c.CompileDigest(); moved != e.moves {
			t.Errorf("%s to %s: moved %v, want %v", e.old, e.new, moved, e.moves)
		}
	}
}

func TestLocate(t *testing.T) {
	text := "title = \"甲\"\n\n[ sections.a ] # 栏目\n  kind = \"x\"\n'title' = \"乙\"\n[tags]\n\"公证\" = \"n\"\n[[kinds.b.fields]]\nkey=\"k\"\n"
	for _, c := range []struct{ key, want string }{
		{"title", "title = \"甲\""},
		{"sections.a", "[ sections.a ]"},
		{"sections.a.kind", "kind = \"x\""},
		{"sections.a.title", "'title'"},
		{"tags", "[tags]"},
		{"tags.公证", "\"公证\""},
		{"kinds.b.fields.key", "key="},
		{"kind", ""},
		{"kinds.b.fields", "[[kinds.b.fields]]"},
		{"sections", "[ sections.a ]"},
		{"tags.title", ""},
	} {
		at := NewPlaces([]byte(text)).Find(strings.Split(c.key, "."))
		if c.want == "" && at >= 0 || c.want != "" && (at < 0 || !strings.HasPrefix(text[at:], c.want)) {
			t.Errorf("%s: at %d", c.key, at)
		}
	}
}

// TestOwnExtra: a kind may have a field of its own that is called as the common one for
// what no kind knows.
func TestOwnExtra(t *testing.T) {
	for _, names := range []string{`key = "extra", label = "杂项"`, `key = "rest", label = "其他"`, `key = "rest", label = "杂项", also = ["extra"]`} {
		c, problems := Parse([]byte("[kinds.visit]\nfields = [{ " + names + ", type = \"text\" }]\n[sections.visits]\nkind = \"visit\"\n"))
		if len(problems) > 0 {
			t.Errorf("%s: %s", names, problems.Error())
		}
		for kind, want := range map[string]Type{"visit": TypeText, "page": TypeExtra} {
			field, ok := c.Kinds[kind].Field("extra")
			if !ok {
				field, _ = c.Kinds[kind].Field("其他")
			}
			if field.Type != want {
				t.Errorf("%s: of %s it is %q, want %q", names, kind, field.Type, want)
			}
		}
	}
}

// TestDeploys: the place that is called default is the first, the others follow as they stand.
func TestDeploys(t *testing.T) {
	c, problems := Parse([]byte(`
[deploy.zone]
to = "sftp://web@www.example.org/var/www"
key = "~/.ssh/id"
[deploy.backup]
to = 'E:\网站'
keep = 0
[deploy.default]
to = "zip:../上传.zip"
site = "https://www.example.org"
`))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var got []string
	for _, d := range c.Deploys {
		got = append(got, fmt.Sprint(d.Name, " ", d.Scheme, " ", *d.Keep, d.Site))
	}
	if want := []string{"default zip 3https://www.example.org/", "zone sftp 3", "backup folder 0"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
