package deploy

import (
	"strings"

	"qinglian/internal/diag"
)

// few is how many paths a message names.
const few = 3

func some(paths []string) diag.Text {
	shown := paths[:min(few, len(paths))]
	t := diag.Text{ZH: strings.Join(shown, "、"), EN: strings.Join(shown, ", ")}
	if len(paths) > few {
		return diag.Text{ZH: t.ZH + "……", EN: t.EN + ", …"}
	}
	return t
}

func newerLedger() diag.Diagnostic {
	return diag.Diagnostic{Rule: "lost-journal", Severity: diag.Error, File: Name,
		Message: diag.Say("那里的记录是更新的 qinglian 写的，什么都没有动",
			"the ledger there was written by a newer qinglian; nothing was touched"),
		Hint: diag.Say("换成新版的 qinglian 再送", "use the newer qinglian")}
}

func lostLedger() diag.Diagnostic {
	return diag.Diagnostic{Rule: "lost-journal", Severity: diag.Error, File: Name,
		Message: diag.Say("那里的记录坏了，分不清哪些文件是本站送去的，什么都没有动",
			"the ledger there is damaged: which files are this site's is not known, and nothing was touched"),
		Hint: diag.Say("有备份就放回去；没有，运行 qinglian deploy --adopt：收回有本站记号或内容一样的文件，已经撤下的网页要自己去删",
			"put it back if there is a copy; else run qinglian deploy --adopt, which takes over what bears this site's mark or has "+
				"its bytes; pages that were withdrawn have to be deleted by hand")}
}

func (d Delivery) foreignSite(l Ledger) diag.Diagnostic {
	return diag.Diagnostic{Rule: "foreign-site", Severity: diag.Error, File: Name,
		Message: diag.Say("那里是另一个网站（%s），不是《%s》，什么都没有动", "another site (%s) is there, not %q; nothing was touched",
			l.Site, d.Site.Title),
		Hint: diag.Say("看看 to 写得对不对；同一个网站的 id 丢了，就写回 config.toml：id = \"%s\"；真要换成本站，先把那里清空",
			"check what to says; if it is this site and its id was lost, write it back into config.toml: id = \"%s\"; if this site "+
				"is to take its place, empty the place first", l.Site)}
}

func foreignFiles(paths []string, adopt bool) diag.List {
	hint := diag.Say("去看看：不要了就删掉，还要用就移开；确实是本站的，加 --adopt 收回（只收有本站记号的）",
		"look at it: delete it, or move it away; if it is this site's, take it over with --adopt (which takes what bears its mark)")
	if adopt {
		hint = diag.Say("它没有本站的记号：去看看，不要了就删掉，还要用就移开",
			"it does not bear this site's mark: look at it, and delete it or move it away")
	}
	var out diag.List
	for _, p := range paths {
		out = append(out, diag.Diagnostic{Rule: "foreign-file", Severity: diag.Error, File: p, Hint: hint,
			Message: diag.Say("那里已有一个不是本站送去的文件，没有覆盖，什么都没有送",
				"a file that this site did not send is there; it was left alone, and nothing was sent")})
	}
	return out
}

func manyDeletions(going []string, pages int) diag.Diagnostic {
	return diag.Diagnostic{Rule: "many-deletions", Severity: diag.Error,
		Message: diag.Say("那里共 %d 个网页，这次要删去 %d 个，先停下来，什么都没有送：%s",
			"of %d pages there %d would be deleted; nothing was sent: %s", pages, len(going), some(going)),
		Hint: diag.Say("都该删，就加 --max-delete %d 再送一次；不该删，看看是不是少了文章，to 写得对不对",
			"if all of them must go, deliver again with --max-delete %d; if not, check that no articles are missing and that to is right",
			len(going))}
}

func twoDeliveries() diag.Diagnostic {
	return diag.Diagnostic{Rule: "two-deliveries", Severity: diag.Error, File: Name,
		Message: diag.Say("另有一次交付同时在往那里送，改了那里的记录，这一次停下来了",
			"another delivery to that place is on its way and has written its ledger: this one stopped"),
		Hint: diag.Say("等那一次送完，再运行 qinglian deploy --whole，全部重送一遍：两次的文件可能混在一起",
			"when that one is done, run qinglian deploy --whole, which sends all again: files of both may be there")}
}

func takenBack() diag.Diagnostic {
	return diag.Diagnostic{Rule: "taken-back", Severity: diag.Error,
		Message: diag.Say("这个版本送出去以后又退回了，没有再送", "this version was delivered and taken back; it was not sent again"),
		Hint: diag.Say("先改好文章再送；就是要送这一版，加 --again",
			"mend the articles first; to deliver this very version, add --again")}
}
