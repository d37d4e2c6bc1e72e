package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// faulty is a site with something of all that a report shows, and what is reported of it
// in a format.
func faulty(t *testing.T) (dir string, report func(format string) string) {
	t.Helper()
	dir = t.TempDir()
	write(t, filepath.Join(dir, "config.toml"), "title = \"清源清风\"\nprofile = \"gov\"\nbase_url = \"https://www.example.org/\"\n"+
		"[sections.notices]\ntitle = \"动态\"\nkind = \"notice\"\n")
	head := "---\n标题: 关于公布二〇二六年困难群众临时救助对象名单、救助标准和发放时间的公告\n日期: 2026-05-01\n来源: 县民政局\n责任编辑: 李四\n"
	text := "😀名单：张三 11010119900307002X，电话 13900001111。\n\n![](现场.svg)\n\n见[另一篇](none.md)。\n"
	for i := range 6 {
		write(t, filepath.Join(dir, "content", "notices", fmt.Sprintf("list-%d.md", i)), head+"复核日期: 2026-12-20\n---\n"+text)
	}
	write(t, filepath.Join(dir, "content", "notices", "known.md"), head+"检查例外: {id-number: 虚构, mobile-number: 办公电话}\n---\n"+text)
	write(t, filepath.Join(dir, "content", "notices", "现场.svg"),
		`<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10"/></svg>`)
	write(t, filepath.Join(dir, "content", "notices", "broken.md"), "---\n标题: 乱\xff码\n---\n")
	return dir, func(format string) string {
		t.Helper()
		name := filepath.Join(t.TempDir(), "report."+format)
		var said bytes.Buffer
		if status := run([]string{"check", "--source", dir, "--now", "2026-11-24", "--format", format, "--output", name}, &said, &said); status != exitSite {
			t.Fatalf("status %d: %s", status, said.String())
		}
		return name
	}
}

// node runs a script with what it is about as its argument, beside a package.
func node(t *testing.T, beside, script, about string) string {
	t.Helper()
	node := exec.Command(tool(t, "node", "Node.js"), "-e", script, about)
	node.Dir = beside
	out, err := node.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return strings.TrimSpace(string(out))
}

// TestSARIF: a log is what the schema of SARIF 2.1.0 says, and one with a mistake is not.
func TestSARIF(t *testing.T) {
	beside := npm(t, "@microsoft/jest-sarif", "1.0.0-beta.0")
	_, report := faulty(t)
	const script = `
const fs = require("fs"), Ajv = require("ajv");
const valid = new Ajv({schemaId: "auto", meta: false, unknownFormats: "ignore"});
valid.addMetaSchema(require("ajv/lib/refs/json-schema-draft-07.json"));
valid.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"));
const check = valid.compile(JSON.parse(fs.readFileSync("lib/schemas/sarif-2.1.0-rtm.5.json")));
const log = JSON.parse(fs.readFileSync(process.argv[1]));
console.log(check(log) ? "valid" : JSON.stringify(check.errors), log.runs[0].results.length);
log.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0;
console.log(check(log));`
	if got := node(t, beside, script, report("sarif")); !strings.HasPrefix(got, "valid ") || !strings.HasSuffix(got, "\nfalse") {
		t.Error(got)
	}
}

// TestCalendar: another program reads the days, and the words as they are.
func TestCalendar(t *testing.T) {
	beside := npm(t, "ical.js", "2.2.1")
	_, report := faulty(t)
	const script = `
import("ical.js").then(({default: ICAL}) => {
	const calendar = new ICAL.Component(ICAL.parse(require("fs").readFileSync(process.argv[1], "utf8")));
	for (const c of calendar.getAllSubcomponents("vevent")) {
		const e = new ICAL.Event(c);
		console.log(e.startDate.toString(), e.summary, JSON.stringify(e.description));
	}
});`
	got := strings.Split(node(t, beside, script, report("ics")), "\n")
	want := `2026-12-20 复核：文章《关于公布二〇二六年困难群众临时救助对象名单、救助标准和发放时间的公告》 "content/notices/list-0.md\n责任人：李四"`
	if len(got) != 8 || got[2] != want {
		t.Errorf("got\n%s\nwant 8, the third\n%s", strings.Join(got, "\n"), want)
	}
}

// TestBrowserReport: the report is right for whoever can't see, fits on a phone, and is
// printed on A4.
func TestBrowserReport(t *testing.T) {
	_, report := faulty(t)
	checkSheets(t, map[string]int{report("html"): 4})
}

// checkSheets asks of pages of their own what of those of a site is asked, and on how
// many sheets of A4 each is printed.
func checkSheets(t *testing.T, pages map[string]int) {
	t.Helper()
	script, err := os.ReadFile(filepath.Join(npm(t, "axe-core", "4.14.1"), "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	pdfinfo := tool(t, "pdfinfo", "poppler-utils")
	tab, _ := openTab(t, openBrowser(t), "file://")
	for file, sheets := range pages {
		do(t, tab, chromedp.Navigate("file://"+filepath.ToSlash(file)))
		eval[bool](t, tab, string(script)+";true")
		for _, width := range []int64{360, desktop} {
			do(t, tab, chromedp.EmulateViewport(width, 800))
			checkAccess(t, tab, "", width)
			checkWidth(t, tab, int(width))
		}
		out, err := exec.Command(pdfinfo, printed(t, tab)).Output()
		if err != nil {
			t.Fatal(err)
		}
		if got := string(out); !strings.Contains(got, "A4") || !strings.Contains(got, fmt.Sprintf("Pages:           %d\n", sheets)) {
			t.Errorf("%s: want %d sheets of A4, got\n%s", filepath.Base(file), sheets, got)
		}
	}
}
