// Package verdict puts what an inspection comes to into the forms that others read: a
// page to print for a meeting ([Report.Page]), a log in SARIF for other programs
// ([Report.SARIF]) and a calendar of what falls due ([Report.Calendar]).
//
// A meeting asks three things: whether the site passes, who mends what until when, and
// what nobody has looked at. So the page goes through the items that inspections of
// public bodies' sites count ([Item]), each passed, failed or left to people; lists what
// is to be mended with who answers for it; and always says what no machine examined.
// The lines in which something was found are not shown: a report that goes round an
// office must not carry the numbers that it is about.
//
// It is pure: the same Report has the same bytes.
package verdict

import (
	"cmp"
	"path"
	"strings"
	"time"

	"qinglian/internal/check"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/site"
)

// Report is what an inspection comes to.
type Report struct {
	Site     *site.Site // nil where config.toml can't be read
	Now      time.Time  // of the inspection
	Problems diag.List  // the most serious file first
	Excused  []check.Excused
	Unread   []check.Unread
	Files    int      // that were looked into
	Named    []string // those that were asked for; none for all
	Online   bool     // links to other sites were opened
	Program  string   // its version
}

// config is the site's configuration, or that of an empty one.
func (r Report) config() config.Config {
	if r.Site != nil {
		return r.Site.Config
	}
	c, _ := config.Parse(nil)
	return c
}

// today is the day of the inspection where the site is.
func (r Report) today() time.Time { return r.Now.In(r.config().Zone) }

// duty is who answers for a file, and until when it is to be mended.
type duty struct {
	Owner string
	Title string    // of the article; "" of another file
	Due   time.Time // zero if a meeting is to say it
}

// duties find who answers for a file.
type duties struct {
	Report
	config config.Config
	pages  map[string]*site.Page // by file, and by the folder of one that has its own
	held   map[string]site.Held
}

func (r Report) duties() duties {
	d := duties{r, r.config(), map[string]*site.Page{}, map[string]site.Held{}}
	if r.Site == nil {
		return d
	}
	for _, pages := range [][]*site.Page{r.Site.Pages, r.Site.Texts} {
		for _, p := range pages {
			d.pages[p.Doc.Path] = p
			if path.Base(p.Doc.Path) == "index.md" && !p.Doc.Index {
				d.pages[path.Dir(p.Doc.Path)] = p
			}
		}
	}
	for _, h := range r.Site.Held {
		d.held[h.File] = h
	}
	return d
}

// of finds who answers for a file: the editor that an article names, else its author,
// else the column, else who publishes the site. What readers see already and has an
// error is due today, what they don't see before they do; the rest is for the meeting
// to say.
func (d duties) of(file string, severity diag.Severity) (found duty) {
	found.Owner = d.column(file)
	public := true
	if page := d.page(file); page != nil {
		found.Owner = cmp.Or(page.Card.Editor, page.Card.Author, found.Owner)
		found.Title = page.Card.Title
		if page.Card.Date.After(d.Now) {
			found.Due, public = page.Card.Date, false
		}
	} else if held, ok := d.held[file]; ok {
		found.Title, found.Due, public = held.Title, held.Until, false
	}
	if public && severity == diag.Error {
		found.Due = d.Now
	}
	if !found.Due.IsZero() {
		found.Due = found.Due.In(d.config.Zone)
	}
	return found
}

// page is what a file is to the site: an article, or beside one in its folder.
func (d duties) page(file string) *site.Page {
	if p := d.pages[file]; p != nil {
		return p
	}
	return d.pages[path.Dir(file)]
}

// column is the title of the column that a file is in, or who publishes the site.
func (d duties) column(file string) string {
	if folder, _, inside := strings.Cut(strings.TrimPrefix(file, content.Folder+"/"), "/"); inside {
		if s, ok := d.config.Section(folder); ok {
			return s.Title
		}
	}
	return d.config.Footer.Organizer
}
