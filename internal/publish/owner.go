package publish

import (
	"cmp"
	"slices"
	"strings"

	"qinglian/internal/build"
	"qinglian/internal/diag"
)

// Owner is the site that publishes into a folder.
type Owner struct {
	ID    string // "" for a site without one
	Title string
}

// admit refuses a site that the folder is not of. A journal without an id is that
// of any site: it was written before there were ids.
func (d *Dir) admit(o Owner) error {
	if d.record.id == "" || d.record.id == o.ID {
		return nil
	}
	title := d.record.id
	if h := d.head("index.html"); h.mark == build.Mark(d.record.id) {
		title = cmp.Or(h.site, title)
	}
	said := diag.Diagnostic{Rule: "foreign-site", Severity: diag.Error,
		Message: diag.Say("输出文件夹是另一个网站《%s》的，不是《%s》的，什么都没有动",
			"the output folder belongs to another site, %q, not to %q; nothing was touched", title, o.Title),
		Hint: diag.Say("用 --output 换一个文件夹；真要改由本站发布，先把输出文件夹清空",
			"choose another folder with --output; if this site is to take its place, empty the folder first")}
	if o.ID == "" {
		said.Hint = diag.Say("如果就是同一个网站，把它的记号写回 config.toml 第一行：id = \"%s\"；不是，就用 --output 换一个文件夹",
			"if it is the same site, write its id back as the first line of config.toml: id = \"%s\"; else choose "+
				"another folder with --output", d.record.id)
	}
	return diag.List{said}
}

// Tenth is how many of a number of pages a build may delete where it does not
// own the place: a tenth, and any number below 20.
func Tenth(pages int) int { return max(19, pages/10) }

// Gone is a page that a build would delete, or has deleted.
type Gone struct {
	Page
	Article bool
	Source  string // what it was made of; "" if nothing knows that
}

// Leaving are the pages of ours that are not planned any more, in the order of paths.
// pages is how many are ours.
func (d *Dir) Leaving(planned []string, old Manifest) (gone []Gone, pages int) {
	if d == nil || d.owns(planned) {
		return nil, 0
	}
	keep := make(map[string]bool, len(planned))
	for _, p := range planned {
		keep[p] = true
	}
	for p := range d.owned() {
		if !IsPage(p) {
			continue
		}
		pages++
		if keep[p] || d.obstacle(p) != "" {
			continue
		}
		h := d.head(p)
		made, _ := old.Find(p)
		gone = append(gone, Gone{Page{p, h.title}, h.article, made.Source})
	}
	slices.SortFunc(gone, func(a, b Gone) int { return strings.Compare(a.Path, b.Path) })
	return gone, pages
}

// bounded finds the pages that a build would delete, and refuses more than it may.
func (d *Dir) bounded(planned []string, old Manifest, how How) ([]Gone, error) {
	gone, pages := d.Leaving(planned, old)
	if how.Most == nil || len(gone) <= how.Most(pages) {
		return gone, nil
	}
	named := make([]Page, len(gone))
	for i, g := range gone {
		named[i] = g.Page
	}
	return nil, diag.List{{Rule: "many-deletions", Severity: diag.Error,
		Message: diag.Say("输出文件夹里共 %d 个网页，这次要删去 %d 个，先停下来，什么都没有发布：%s",
			"of %d pages in the output folder %d would be deleted; nothing was published: %s",
			pages, len(gone), titles(named)),
		Hint: diag.Say("都该删，就加 --max-delete %d 再生成一次；不该删，看看 content 里是不是少了文件，--output 写得对不对",
			"if all of them must go, build again with --max-delete %d; if not, check that no files of content are "+
				"missing and that --output is right", len(gone))}}
}
