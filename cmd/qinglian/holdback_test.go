package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"qinglian/internal/content"
)

// TestHoldBack: whatever is edited, a build that holds back articles with errors never takes
// away what is public, and leaves the bytes of a clean one that holds back the same.
func TestHoldBack(t *testing.T) {
	const scripts = 10
	results := make(chan [3]int, scripts)
	t.Run("scripts", func(t *testing.T) {
		for i := range scripts {
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				b := backProof{workshop: newWorkshop(t), public: map[string]bool{}}
				b.run(rand.New(rand.NewPCG(uint64(i), 24)))
				results <- b.seen
			})
		}
	})
	close(results)
	var seen [3]int
	for s := range results {
		for i, n := range s {
			seen[i] += n
		}
	}
	if slices.Min(seen[:]) < scripts/4 {
		t.Errorf("held back, stopped, the same as clean: %d: the edits prove too little", seen)
	}
}

// backProof is a site that is built with --hold-back.
type backProof struct {
	*workshop
	public map[string]bool // articles that the last build published, by file
	seen   [3]int          // builds that held back, that were stopped, that were compared with a clean one
}

// risen are edits by which a site gets errors, or articles to have them; bare are those
// after which nothing in the output folder is public for certain.
var (
	risen = []string{"new-article", "break-link", "break-picture", "break-front", "break-directive", "break-address", "break-slug", "rename", "re-create",
		"delete-article", "un-draft", "move", "delete-cache", "mend", "touch"}
	bare = []string{"delete-all-output", "foreign-file", "alter-output"}
)

func (b *backProof) run(r *rand.Rand) {
	p := proof{workshop: b.workshop}
	for n := range 14 {
		var made []string
		for range r.IntN(3) {
			line := b.edit(&p, r)
			b.check(p.line(line))
			made = append(made, line)
		}
		if n > 0 && r.IntN(3) == 0 { // a new article that is broken at once
			name := fmt.Sprintf("content/news/fresh-%d.md", n)
			b.write(name, pick(r.IntN(3), "---\n标题: 新\n日期: 昨天\n来源: 本站\n---\n", "---\n标题: \"新\n---\n",
				"---\n标题: 新\n日期: 2026-02-01\n来源: 本站\n---\n[无](无.md)\n"))
			b.broken[name] = true
			made = append(made, name)
		}
		b.flags = []string{"--hold-back"}
		b.compare(strings.Join(made, "; "))
	}
}

// edit is an edit in writing, mostly one by which something is put at risk.
func (b *backProof) edit(p *proof, r *rand.Rand) string {
	for {
		e := edits[r.IntN(len(edits))]
		if slices.Contains(risen, e.name) || r.IntN(8) == 0 && !slices.Contains(bare, e.name) && e.name != "flags" {
			return p.choose(e, r.IntN(1000), r.IntN(1000))
		}
	}
}

func (b *backProof) compare(made string) {
	before := tree(b, b.at("public"))
	got := b.build()
	if got.status != exitDone {
		b.seen[1]++
		if d := differ(got.files, before); d != "" {
			b.Fatalf("%s: refused, and yet the output was touched:\n%s", made, d)
		}
		return
	}
	waits := map[string]bool{}
	for _, h := range got.report.Held {
		if waits[h.File] = true; h.Reason == string(content.HoldErrors) {
			b.seen[0]++
			if b.public[h.File] {
				b.Fatalf("%s: %s was public and is held back", made, h.File)
			}
		}
	}
	clear(b.public)
	for _, file := range b.articles() {
		b.public[file] = !waits[file]
	}
	want := b.clean()
	same := func(x, y held) bool { return x.File == y.File && x.Reason == y.Reason }
	if want.status != exitDone || !slices.EqualFunc(got.report.Held, want.report.Held, same) {
		return // of two articles on one address a clean build holds back the other
	}
	b.seen[2]++
	got.files, want.files = maps.Clone(got.files), maps.Clone(want.files)
	delete(got.files, foreignFile)
	if d := differ(got.files, want.files); d != "" || got.said != want.said {
		b.Fatalf("%s: on top differs from clean:\n%s\n%s\nclean\n%s", made, d, got.said, want.said)
	}
}
