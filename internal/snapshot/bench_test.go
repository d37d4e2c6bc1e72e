package snapshot

import (
	"fmt"
	"os"
	"path/filepath"
	"qinglian/internal/cache"
	"strings"
	"testing"
	"time"

	"qinglian/internal/digest"
	"qinglian/internal/site"
	"qinglian/internal/source"
	"qinglian/themes"
)

// large opens a site of a thousand articles of the usual length, which lie in
// ten folders.
func large(b *testing.B) (*source.Site, Options) {
	b.Helper()
	dir := b.TempDir()
	put := func(name, text string) {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	put("config.toml", "base_url = \"https://www.example.org/\"\n")
	for i := range 1000 {
		put(fmt.Sprintf("content/examples/%d/a%d.md", i%10, i), fmt.Sprintf("---\n标题: 第%d篇\n日期: 2024-01-%02d\n来源: 本站\n标签: [甲%d, 乙%d]\n---\n", i, 1+i%28, i%7, i%11)+
			strings.Repeat("见[第一篇](../0/a0.md)。\n\n"+strings.Repeat("正文**重点**很长，一句接一句。", 20)+"\n\n", 5))
	}
	s, err := source.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return s, Options{Selection: site.Selection{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}, Themes: themes.FS, Engine: digest.Of([]byte("engine")), Jobs: 2}
}

// taken is what a build from nothing comes to.
func taken(b *testing.B, s *source.Site, opt Options) (Sources, State) {
	b.Helper()
	from, err := Look(s, after(), opt)
	if err != nil {
		b.Fatal(err)
	}
	state, err := Load(s.Root, ".qinglian", opt.Engine)
	if err != nil {
		b.Fatal(err)
	}
	design, err := Draw(s, opt)
	if err != nil {
		b.Fatal(err)
	}
	if _, state, err = Take(s, from, design, state, opt); err != nil {
		b.Fatal(err)
	}
	return from, state
}

// BenchmarkLook lists all files with their stamps.
func BenchmarkLook(b *testing.B) {
	s, opt := large(b)
	for b.Loop() {
		if _, err := Look(s, after(), opt); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCompile takes a Snapshot of a site that was never built.
func BenchmarkCompile(b *testing.B) {
	s, opt := large(b)
	for b.Loop() {
		_, state := taken(b, s, opt)
		state.Close()
	}
}

// BenchmarkLink takes one of a site of which all articles are compiled: what is
// left is the theme, linking, and planning the outputs with their keys.
func BenchmarkLink(b *testing.B) {
	s, opt := large(b)
	from, state := taken(b, s, opt)
	defer state.Close()
	for b.Loop() {
		design, err := Draw(s, opt)
		if err != nil {
			b.Fatal(err)
		}
		if _, _, err := Take(s, from, design, state, opt); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkState saves what the next build needs, and loads it.
func BenchmarkState(b *testing.B) {
	s, opt := large(b)
	_, state := taken(b, s, opt)
	defer state.Close()
	b.Run("save", func(b *testing.B) {
		for b.Loop() {
			state.store.end = cache.End{}
			if err := state.Save(s.Root, ".qinglian", opt.Engine); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("load", func(b *testing.B) {
		for b.Loop() {
			loaded, err := Load(s.Root, ".qinglian", opt.Engine)
			if err != nil || len(loaded.Docs) != len(state.Docs) {
				b.Fatal(len(loaded.Docs), err)
			}
			loaded.Close()
		}
	})
}
