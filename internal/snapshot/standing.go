package snapshot

import (
	"qinglian/internal/content"
	"qinglian/internal/data"
	"qinglian/internal/diag"
)

// standing is what a preview falls back on: what has errors now, as it was when
// it last had none. The disk has moved on.
type standing struct {
	docs   map[string]*content.Doc // by file, of those that have errors
	tables map[string]data.Table   // all, by name
}

// standingDocs has, for each article with errors, the Doc that last had none,
// with what is wrong now.
func (t *taker) standingDocs(docs []*content.Doc) {
	if !t.opt.Standing {
		return
	}
	t.next.standing.docs = map[string]*content.Doc{}
	for i, d := range docs {
		if d.Problems.Count(diag.Error) == 0 {
			continue
		}
		good := t.old.standing.docs[d.Path]
		if was, ok := t.old.Docs.Find(d.Path); ok && was.Doc.Problems.Count(diag.Error) == 0 {
			good = was.Doc
		}
		if good == nil {
			continue
		}
		t.next.standing.docs[d.Path] = good
		docs[i] = good.InPlaceOf(d)
	}
}

// standingTables has the tables that can't be read as they were.
func (t *taker) standingTables(tables map[string]data.Table, wrong []string) {
	if !t.opt.Standing {
		return
	}
	for _, name := range wrong {
		if was, ok := t.old.standing.tables[name]; ok {
			tables[name] = was
		}
	}
	t.next.standing.tables = tables
}

// unread reports a file that could not be read; its article is shown as it was.
func (t *taker) unread(name string, err error) {
	t.snap.Unread = append(t.snap.Unread, name)
	t.say(diag.List{{Rule: "machine", Severity: diag.Error, File: name,
		Message: diag.Say("这个文件现在读不了：%s", "this file can't be read now: %s", err.Error()),
		Hint: diag.Say("看看它是不是被别的程序占着、有没有读取权限；能读了会自动更新",
			"check whether another program holds it and whether it may be read; it is tried again by itself")}})
}
