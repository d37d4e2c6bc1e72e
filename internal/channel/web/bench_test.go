package web

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"qinglian/internal/digest"
	"qinglian/internal/image"
	"qinglian/internal/site"
)

// BenchmarkPlan: what planning all pages of a site takes, in which nothing has
// changed.
func BenchmarkPlan(b *testing.B) {
	f := sample()
	for i := range 10000 {
		f[fmt.Sprintf("content/notices/n%05d.md", i)] = article(fmt.Sprintf("第%d条", i), fmt.Sprintf("2024-01-%02d 10:%02d", 1+i%28, i%60), "标签: [公证, 党建]\n") + "一段话。\n"
	}
	plan := f.plan(b, "engine", site.Selection{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	b.ReportAllocs()
	for b.Loop() {
		New(plan.site, plan.theme, plan.texts.tables, plan.engine).Outputs(func(string, image.Operation) (digest.Digest, func(io.Writer) error) {
			return digest.Digest{}, nil
		})
	}
}

// BenchmarkPage: what an article's page takes that is made anew, one after the other.
func BenchmarkPage(b *testing.B) {
	f := sample()
	const many = 500
	for i := range many {
		f[fmt.Sprintf("content/notices/n%05d.md", i)] = article(fmt.Sprintf("第%d条", i), fmt.Sprintf("2024-01-%02d 10:%02d", 1+i%28, i%60), "标签: [公证, 党建]\n") +
			strings.Repeat("## 标题\n\n一段**话**，[有链接](https://example.org/)。\n\n", 20)
	}
	plan := f.plan(b, "engine", site.Selection{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	outputs, _ := plan.Outputs(func(string, image.Operation) (digest.Digest, func(io.Writer) error) {
		return digest.Digest{}, nil
	})
	var page bytes.Buffer
	b.ReportAllocs()
	for i := 0; b.Loop(); i = (i + 1) % many {
		o := outputs[len(outputs)-many+i]
		page.Reset()
		if err := o.Render(&page); err != nil {
			b.Fatal(err)
		}
	}
}
