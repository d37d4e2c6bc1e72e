package serve

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestMemory: what a preview keeps does not grow with how often the site was saved,
// whether the page of an article alone moved, or all that links to it, or it had
// errors in between.
func TestMemory(t *testing.T) {
	const name, page = "content/notices/one.md", "/notices/one.html"
	long := strings.Repeat("一段不短的话，用来把这一页撑得足够长。\n\n", 80)
	for what, text := range map[string]func(n int) string{
		"the text":  func(n int) string { return files[name] + long + fmt.Sprintf("第%d次。\n", n) },
		"the title": func(n int) string { return strings.Replace(files[name], "第一篇", fmt.Sprintf("第一篇%d", n), 1) },
		"mistakes": func(n int) string {
			return files[name] + fmt.Sprint(n) + strings.Repeat("\n:::callot\n", n%2)
		},
	} {
		b := newBench(t, How{})
		save := func(n int) {
			b.must(b.maker.Site.Root.WriteFile(name, []byte(text(n)), 0o644))
			then := time.Now().Add(-time.Hour + time.Duration(n)*time.Second)
			b.must(b.maker.Site.Root.Chtimes(name, then, then))
			b.maker.dirty[name] = true
			b.maker.make()
			for _, address := range []string{page, "/", "/search/index.js"} {
				if w := b.ask("GET", address, nil); w.Code != 200 {
					t.Fatalf("%s: status %d", address, w.Code)
				}
			}
		}
		heap := func() int64 {
			runtime.GC()
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			return int64(m.HeapAlloc) >> 10
		}
		for n := range 20 {
			save(n)
		}
		before := heap()
		for n := range 200 {
			save(20 + n)
		}
		if grown := heap() - before; grown > 512 {
			t.Errorf("%s: after 200 saves %d KiB more are kept", what, grown)
		}
		if b.shown < 200 {
			t.Errorf("%s: shown %d times", what, b.shown)
		}
	}
}
