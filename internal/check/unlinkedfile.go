package check

import (
	"path"
	"slices"
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/site"
)

// documents are the endings of files that people hand out.
var documents = strings.Fields(".pdf .doc .docx .wps .xls .xlsx .et .csv .ppt .pptx .dps .zip .rar .7z")

// unlinkedFile is about documents in static/ that no article leads to: they are
// published all the same, and search engines find them. A theme may link to one, which
// is not known here: so it is a hint.
var unlinkedFile = Rule{Name: "unlinked-file", Sure: OwnSense, Site: func(w *Whole) {
	linked := map[string]bool{}
	for _, p := range slices.Concat(w.Site.Pages, w.Site.Texts) {
		for _, t := range p.Targets {
			linked[t.Path] = true
		}
	}
	for _, e := range w.Site.Menu {
		linked[e.Path] = true
	}
	for _, o := range w.Outputs {
		if !strings.HasPrefix(o.Source, site.StaticFolder+"/") || linked[o.Path] ||
			!slices.Contains(documents, strings.ToLower(path.Ext(o.Path))) {
			continue
		}
		w.Report(diag.Diagnostic{Rule: "unlinked-file", Severity: diag.Note, File: o.Source,
			Message: diag.Say("没有文章链接到这个文件，但它会发布出去", "no article leads to this file, and it is published"),
			Hint: diag.Say("不该公开的，从 static 里移走；要公开的，在文章里链接它",
				"move what is not for the public out of static; link to what is from an article")})
	}
}}
