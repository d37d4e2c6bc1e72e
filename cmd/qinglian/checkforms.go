package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
	"qinglian/internal/verdict"
)

// reportMarks are what a report in a format has near its beginning: only a file that has it is
// one that may be written over.
var reportMarks = map[string]string{"html": verdict.PageMark, "sarif": verdict.SARIFMark, "ics": verdict.CalendarMark}

// searched is how much of a file is searched for its mark.
const searched = 2048

// reportable refuses a file for the report where the site is made or published.
func (f checkFlags) reportable() error {
	if f.report == "" {
		return nil
	}
	return outOfSite(f.source, f.report)
}

// outOfSite refuses a file that would become a part of a site: one in its sources, its
// memory or its output.
func outOfSite(site, name string) error {
	full, err := filepath.Abs(name)
	if err != nil {
		return err
	}
	if full, err = resolved(full); err != nil {
		return err
	}
	root, err := filepath.Abs(site)
	if err != nil {
		return err
	}
	for _, folder := range append([]string{own, publicFolder}, snapshot.Folders...) {
		if within(filepath.Join(root, folder), full) {
			return usage(diag.Say("不能写到网站的 %s 里，那里的东西会发布出去或被改掉；换个地方，如 ../%s",
				"%s of the site is published, or written over; choose another place, such as ../%s", folder,
				filepath.Base(name)))
		}
	}
	for dir := filepath.Dir(full); ; dir = filepath.Dir(dir) {
		if info, err := os.Lstat(filepath.Join(dir, own)); err == nil && info.Mode().IsRegular() {
			return usage(diag.Say("不能写到输出文件夹 %s 里，那里的东西会发布出去",
				"a site is published in %s; choose another place", dir))
		}
		if filepath.Dir(dir) == dir {
			return nil
		}
	}
}

// formatOf is the format that the ending of a file's name asks for, where no other was typed.
func formatOf(name, otherwise string, formats []string) string {
	if ending := strings.TrimPrefix(filepath.Ext(name), "."); slices.Contains(formats, ending) {
		return ending
	}
	return otherwise
}

// reported writes the report to where it was asked for.
func (p *program) reported(f checkFlags, n inspection) error {
	if f.report == "" {
		return formats[f.format](p, f, n)
	}
	var b bytes.Buffer
	to := *p
	to.stdout = &b
	if err := formats[f.format](&to, f, n); err != nil {
		return err
	}
	if err := p.writeOwn(f.report, reportMarks[f.format], b.Bytes()); err != nil {
		return err
	}
	_, err := fmt.Fprintln(p.stdout, p.say(diag.Say("报告已写到 %s：%d 处错误，%d 处警告，%d 条提示",
		"the report is in %s: %d errors, %d warnings, %d hints", f.report,
		n.Problems.Count(diag.Error), n.Problems.Count(diag.Warning), n.Problems.Count(diag.Note))))
	return err
}

// writeOwn writes a file, over an older one that has a mark of ours and over nothing
// else.
func (p *program) writeOwn(name, mark string, b []byte) error {
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || mark == "" {
		return p.writeNew(name, b)
	}
	old, err := os.Open(name)
	if err != nil {
		return err
	}
	head, err := io.ReadAll(io.LimitReader(old, searched))
	if err := errors.Join(err, old.Close()); err != nil {
		return err
	}
	if !bytes.Contains(head, []byte(mark)) {
		return taken(name)
	}
	return replace(name, b, info.Mode().Perm())
}

// verdict is what is reported in the forms that others read.
func (n inspection) verdict() verdict.Report {
	r := verdict.Report{Site: n.snap.Site, Now: n.now, Problems: n.Problems, Files: n.Files, Named: n.Named,
		Online: n.Online, Program: version}
	for _, e := range n.Report.Excused {
		if n.asked(e.File) {
			r.Excused = append(r.Excused, e)
		}
	}
	for _, u := range n.Unread {
		if n.asked(u.File) {
			r.Unread = append(r.Unread, u)
		}
	}
	return r
}

// asked reports a file that was named, or that all were.
func (n inspection) asked(file string) bool {
	return len(n.Named) == 0 || slices.Contains(n.Named, file)
}

func (p *program) checkedPage(f checkFlags, n inspection) error {
	page, err := n.verdict().Page(p.lang, f.loud)
	if err != nil {
		return err
	}
	_, err = p.stdout.Write(page)
	return err
}

func (p *program) checkedSARIF(_ checkFlags, n inspection) error {
	var failed error
	log, err := n.verdict().SARIF(p.lang, func(file string) []byte {
		raw, err := n.read(file)
		if errors.Is(err, fs.ErrNotExist) { // one of a built-in theme
			return nil
		}
		failed = errors.Join(failed, err)
		text, _ := source.Text(file, raw)
		return text
	})
	if err := errors.Join(err, failed); err != nil {
		return err
	}
	_, err = p.stdout.Write(log)
	return err
}

func (p *program) checkedCalendar(_ checkFlags, n inspection) error {
	_, err := p.stdout.Write(n.verdict().Calendar(p.lang))
	return err
}
