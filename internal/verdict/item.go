package verdict

import (
	"slices"
	"strings"

	"qinglian/internal/check"
	"qinglian/internal/diag"
	"qinglian/internal/rules"
)

// Item is something that an inspection of a public body's site counts (国办秘函〔2019〕
// 19号 and what later notices named), and what of it rules decide.
type Item struct {
	Name     diag.Text
	Veto     bool       // it alone fails the site
	Profiles []string   // whose sites alone are asked for it; none: everybody's
	Partial  bool       // nothing found proves nothing: its rules only fail it
	Most     int        // so many warnings fail it; 0: none do
	Profiled bool       // its rules ask nothing of a site that does not say whose it is
	Of       check.Duty // its rules ask nothing of a site without such a deadline
	Rules    []string   // that decide it; none: people do
	Rest     diag.Text
	Opened   diag.Text // takes the place of Rest where links to other sites were opened
}

// Outcome is how an item stands.
type Outcome string

// The outcomes. What a rule only doubts is for people to say.
const (
	Passed Outcome = "pass"
	Failed Outcome = "fail"
	Open   Outcome = "open"
)

// Text is the outcome as people read it.
func (o Outcome) Text() diag.Text {
	switch o {
	case Passed:
		return diag.Say("通过", "pass")
	case Failed:
		return diag.Say("不通过", "fail")
	}
	return diag.Say("机器判定不了", "not decidable by a machine")
}

// items are all of them: first what alone fails a site, then what costs points.
var items = []Item{
	{Name: diag.Say("严重表述错误", "serious wrong wording"), Veto: true, Partial: true,
		Rules: []string{"wrong-phrase", "near-phrase", "sound-phrase"},
		Rest: diag.Say("只查本单位词库里的；由人通读，图片、音视频里的话也要看",
			"only the owner's lists were asked; people read it all, also what pictures, sound and films say")},
	{Name: diag.Say("泄露国家秘密", "leaked state secrets"), Veto: true,
		Rest: diag.Say("由保密审查认定", "a review of secrecy says")},
	{Name: diag.Say("泄露个人信息", "leaked personal data"), Veto: true,
		Rules: []string{"id-number", "mobile-number", "bank-card", "passport-number", "plate-number", "home-address",
			"minor",
			"private-picture"},
		Rest: diag.Say("图片、扫描件、音视频里的由人看", "people look at pictures, scans, sound and films")},
	{Name: diag.Say("伪造发稿日期", "falsified publish dates"), Veto: true, Partial: true,
		Rules: []string{"doubtful-date", "changed-date"},
		Rest:  diag.Say("对照发稿记录", "compare them with the records")},
	{Name: diag.Say("首页 14 天没有更新", "the home page without an update for 14 days"), Veto: true, Profiled: true,
		Rules: []string{"stale-home"}},
	{Name: diag.Say("动态、要闻类栏目 14 天，通知公告、政策文件类栏目 6 个月没有更新，达 5 个",
		"5 columns of news without an update for 14 days, or of notices and policies for 6 months"), Veto: true,
		Profiled: true, Most: 5,
		Rules: []string{"stale-column"}},
	{Name: diag.Say("应更新的栏目长期不更新，达 10 个", "10 columns long without an update"), Veto: true},
	{Name: diag.Say("空白栏目达 5 个", "5 empty columns"), Veto: true, Most: 5, Rules: []string{"empty-page", "empty-column"},
		Rest: diag.Say("菜单里空着的都算；要不要这个栏目由人定", "each empty one in the menu counts; people say whether it is needed")},
	{Name: diag.Say("链接、图片、附件打得开", "links, pictures and attachments open"),
		Rules: []string{"dead-link", "dead-anchor", "dead-reference", "missing-picture", "broken-picture",
			"outside-picture",
			"empty-link", "retired-domain", "foreign-host", "unlinked-file", "insecure-resource", "vanished-address",
			"outside-dead-link", "outside-unreached-link"},
		Rest: diag.Say("外站的链接没有打开看（加 --online 才打开）", "links to other sites were not opened (--online does)"),
		Opened: diag.Say("外站的链接打开看过；没有来得及的列在“没有检查的”里，内容合不合适由人看",
			"links to other sites were opened; those not reached in time are listed as not examined, and people see what they show")},
	{Name: diag.Say("标题、发布时间、来源齐全（页面标签由此生成）", "title, time and source of each article, of which page tags are made"),
		Rules: []string{"missing-field", "bad-date"}},
	{Name: diag.Say("页面标签有实在的内容：栏目有说明，主题里有标签",
		"page tags that say something: columns are described, the theme shows the tags"),
		Profiles: []string{"gov"}, Rules: []string{"thin-tags", "theme"}},
	{Name: diag.Say("页脚标识：主办单位、联系方式、备案号、标识码、党政机关标识、网站找错",
		"marks in the footer: organizer, contact, ICP number, code, mark of public bodies, reporting of mistakes"),
		Rules: []string{"missing-mark", "bad-mark"}, Profiled: true},
	{Name: diag.Say("转载有网址，原创有作者，照片有署名，来源说得清",
		"reprints have their address, originals an author, photographs a credit"),
		Rules: []string{"vague-source", "reprint", "no-author", "no-credit"}},
	{Name: diag.Say("地图有审图号，人工智能生成的有标识，国徽、党徽用得规范",
		"maps have their number, what AI made its label, emblems are used as they may be"),
		Rules: []string{"map-number", "ai-label", "emblem"}, Rest: diag.Say("图里画的由人看",
			"people look at what pictures show")},
	{Name: diag.Say("附件里没有看不见的内容和作者署名", "attachments hide no content and no author"),
		Rules: []string{"hidden-content", "file-author"}},
	{Name: diag.Say("用规范汉字", "standard characters"), Rules: []string{"traditional-character", "rare-character"}},
	{Name: diag.Say("看不见、听不见的人也能用：图片说明、链接文字、表头、文字稿、长图文字",
		"readers who can't see or hear: texts for pictures, links, tables, films and long pictures"),
		Rules: []string{"missing-alt", "vague-link", "bare-link", "table-header", "silent-media", "long-picture"},
		Rest:  diag.Say("说得对不对由人看", "people say whether they are right")},
	{Name: diag.Say("被取代的文件不写现行有效，到期的内容复核过", "no text that was replaced is called valid; what is due was reviewed"),
		Rules: []string{"still-in-force", "review-due", "repealed"},
		Rest:  diag.Say("没有写“取代”的看不出来", "it can't be seen where no article says what it replaces")},
	{Name: diag.Say("解读和原文互相链接", "explanations and texts lead to each other"), Rules: []string{"no-original"},
		Rest: diag.Say("没有写“原文”的看不出来", "it can't be seen where no article names its text")},
	{Name: diag.Say("1 月 31 日前，首页有上一年度工作报告",
		"last year's report on the home page by 31 January"), Profiles: []string{"gov"},
		Rules: []string{"year-report"}},
	{Name: diag.Say("域名和主体相符", "a domain of who publishes"), Rules: []string{"site-domain"}, Profiled: true},
	{Name: diag.Say("办实事按期办结，近期没有要到期的",
		"tasks done in time, nothing about to be due"), Rules: []string{"late-task", "due-soon"}},
	{Name: diag.Say("公众号 14 天内有更新",
		"the WeChat account updated within 14 days"), Rules: []string{"stale-account"}, Of: check.NewOnAccount,
		Rest: diag.Say("公众号只看写了公众号链接的文章，别的由人看",
			"of the account only articles with wechat_url are seen, people look at the rest")},
	{Name: diag.Say("站内搜索找得到", "searching finds what is there"),
		Rest: diag.Say("在发布的网站上搜两个词", "search for two words on the published site")},
}

// judged is an Item as it stands.
type judged struct {
	Item
	Outcome  Outcome
	Errors   int
	Warnings int
	Hints    int
	Excused  int
	By       []string // the rules that were asked

	unprofiled bool // none was, as the site does not say whose it is
}

// judge says how each item stands that is asked of such a site. Where only some files
// were looked into nothing passes.
func (r Report) judge() (all []judged) {
	due := map[check.Duty]bool{"": true}
	if r.Site != nil {
		for _, d := range check.Deadlines(r.Site, r.Now) {
			due[d.Of] = true
		}
	}
	for _, item := range items {
		if len(item.Profiles) > 0 && !slices.Contains(item.Profiles, r.config().Profile) {
			continue
		}
		j := judged{Item: item, Outcome: Open}
		if r.Online && item.Opened != (diag.Text{}) {
			j.Rest = item.Opened
		}
		for _, rule := range item.Rules {
			if !r.off(rule) && due[item.Of] && !r.unprofiled(item) {
				j.By = append(j.By, rule)
			}
		}
		j.unprofiled = r.unprofiled(item)
		j.count(r)
		switch {
		case j.Errors > 0, item.Most > 0 && j.Warnings >= item.Most:
			j.Outcome = Failed
		case len(j.By) > 0 && !j.Partial && j.Warnings+j.Hints == 0 && len(r.Named) == 0 && r.Site != nil:
			j.Outcome = Passed
		}
		all = append(all, j)
	}
	return all
}

// unprofiled reports an item whose rules ask nothing, as the site does not say whose it is.
func (r Report) unprofiled(item Item) bool {
	c := r.config()
	return c.Profile == "" && (item.Profiled || item.Of == check.NewOnAccount && c.FreshAccount().Zero())
}

func (j *judged) count(r Report) {
	for _, d := range r.Problems {
		if !slices.Contains(j.By, d.Rule) {
			continue
		}
		switch d.Severity {
		case diag.Error:
			j.Errors++
		case diag.Warning:
			j.Warnings++
		default:
			j.Hints++
		}
	}
	for _, e := range r.Excused {
		if slices.Contains(j.By, e.Rule) {
			j.Excused++
		}
	}
}

// off reports a rule that was not asked: the site does not, or it takes what nobody did.
func (r Report) off(rule string) bool {
	c := r.config()
	level, said := c.Check.Levels[rule]
	found, ok := check.Find(rule)
	if found.Online && !r.Online {
		return true
	}
	if ok && !said {
		level = string(found.Profiles[c.Profile])
	}
	return level == string(check.Off)
}

// remark is what is to be said about an item: what was found, what decides it, what is
// left to people.
func (j judged) remark() diag.Text {
	var parts []diag.Text
	add := func(n int, t diag.Text) {
		if n > 0 {
			parts = append(parts, t)
		}
	}
	add(j.Errors, diag.Say("错误 %d 处", "errors: %d", j.Errors))
	add(j.Warnings, diag.Say("警告 %d 处，由人看", "warnings for people to look at: %d", j.Warnings))
	add(j.Hints, diag.Say("提示 %d 处，由人看", "hints for people to look at: %d", j.Hints))
	add(j.Excused, diag.Say("例外 %d 处，理由见后", "excused: %d, for the reasons below", j.Excused))
	switch {
	case j.unprofiled:
		parts = append(parts, diag.Say("config.toml 没有写 profile，没有查：在它最前面写一行 profile = \"gov\"（政府机关；党委纪委写 \"party\"，其他单位写 \"institution\"）",
			"config.toml has no profile, so it was not asked: write profile = \"gov\" as its first line (\"party\" for party organs, \"institution\" for others)"))
	case j.Rest != (diag.Text{}):
		parts = append(parts, j.Rest)
	case len(j.By) == 0:
		parts = append(parts, diag.Say("由人核对", "people see to it"))
	}
	return joined(parts)
}

// decided names the rules that decide an item, as people call them.
func (j judged) decided(lang diag.Lang) string {
	var names []string
	for _, rule := range j.By {
		if page, ok := rules.Find(rule); ok {
			names = append(names, page.Title.In(lang))
		}
	}
	if lang == diag.EN {
		return strings.Join(names, "; ")
	}
	return strings.Join(names, "、")
}

func joined(parts []diag.Text) (t diag.Text) {
	var zh, en []string
	for _, p := range parts {
		zh, en = append(zh, p.ZH), append(en, p.EN)
	}
	return diag.Text{ZH: strings.Join(zh, "；"), EN: strings.Join(en, "; ")}
}
