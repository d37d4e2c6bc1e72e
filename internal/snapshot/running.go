package snapshot

import (
	"bytes"
	"path"

	"qinglian/internal/address"
	"qinglian/internal/diag"
	"qinglian/internal/hazard"
)

// running is what is said of a file beside an article that runs when it is opened:
// who writes articles need not be who answers for what the site's address may do.
func running(name string, raw []byte) diag.List {
	switch kind, what := hazard.Of(address.File(path.Base(name)), raw); kind {
	case hazard.Page, hazard.Program:
		return diag.List{{Rule: "running-file", Severity: diag.Error, File: name,
			Message: diag.Say("这个文件打开就会运行（%s），不能作附件发布",
				"this file runs when it is opened (%s); it can't be published beside an article", what),
			Hint: diag.Say("把内容写成文章，或另存为 PDF；只供下载的，打成 zip 再放上来",
				"make an article of it, or save it as PDF; what is only to be downloaded, pack as a zip")}}
	case hazard.Macros:
		return diag.List{macros(name, what)}
	}
	return nil
}

// publishedRunning is what is said of such a file in static/, whose files are the
// maintainer's own affair. A page without a tag, as search engines ask for to know
// a site's owner, runs nothing.
func publishedRunning(name string, raw []byte) diag.List {
	kind, what := hazard.Of(name, raw)
	switch {
	case kind == hazard.Macros:
		return diag.List{macros(name, what)}
	case kind == hazard.Inert,
		kind == hazard.Page && (what == ".html" || what == ".htm") && !bytes.Contains(raw, []byte("<")):
		return nil
	}
	return diag.List{{Rule: "running-file", Severity: diag.Warning, File: name,
		Message: diag.Say("static 里的这个文件打开就会运行（%s），照样发布",
			"this file in static runs when it is opened (%s); it is published as it is", what),
		Hint: diag.Say("确认是本单位做的、没有被人改过；用不着就删掉",
			"make sure that it is your own and as you left it; delete it if it is not needed")}}
}

func macros(name, what string) diag.Diagnostic {
	return diag.Diagnostic{Rule: "macro-file", Severity: diag.Warning, File: name,
		Message: diag.Say("这个文件里有宏（%s），读者的电脑可能拦下它",
			"this document holds macros (%s); readers' machines may refuse it", what),
		Hint: diag.Say("用 Office 或 WPS 另存为 .docx、.xlsx、.pptx 或 PDF", "save it as .docx, .xlsx, .pptx or PDF")}
}
