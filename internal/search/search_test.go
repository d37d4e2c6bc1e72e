package search

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"qinglian/internal/digest"
	"qinglian/internal/flat"
)

func TestBlocks(t *testing.T) {
	for _, c := range []struct{ html, want string }{
		{"<p>清廉<em>村</em>居</p>", "清廉村居"},
		{"<p>一</p><p>二</p>", "一/二"},
		{"<ul><li>甲<li>乙</ul>", "甲/乙"},
		{"<p>A &amp; B&lt;C</p>", "A & B<C"},
		{"<p>前<br>后</p>", "前/后"},
		{"<div class=\"signature\"><p>清源县纪委监委<br>\n2026年</p><p>十月</p></div>", "清源县纪委监委/\n2026年/十月"},
		{`<p>图<img alt="a>b" src="x">后</p>`, "图/后"},
		{"<p><ruby>漢<rp>(</rp><rt>han</rt><rp>)</rp>字</ruby>词</p>", "漢字词"},
		{"<p>见<a href=\"a.html\">这里</a>。</p><svg><title>x</title></svg><p>完</p>", "见这里。/完"},
		{"<table><tr><td>一<td>二</table>", "一/二"},
		{"裸<!-- 注 -->文", "裸文"},
		{"<p> </p>", ""},
	} {
		var got []string
		Blocks(c.html, func(b []byte) { got = append(got, string(b)) })
		if s := strings.Join(got, "/"); s != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.html, s, c.want)
		}
	}
}

func TestKeys(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"清廉村居", "清廉 廉村 村居 居"},
		{"Ａ级，2024年", "a级 级 , 20 02 24 4年 年"},
		{"a b", "a b"},
		{"①é", "1é é"},
		{"“的”", "“ 的 ”"},
		{"…", ". . ."},
	} {
		var got []string
		for _, n := range appendKeys(nil, fold(nil, []byte(c.text)), 0) {
			got = append(got, n.key().String())
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %s, want %s", c.text, s, c.want)
		}
	}
}

// limit is how many documents a site can have: what the longest number writes.
const limit = small + (middle-small)*radix + (large-middle)*radix*radix + (radix-large)*radix*radix*radix

func TestNumbers(t *testing.T) {
	var b []byte
	var want []int
	for _, n := range []int{0, 1, 65, 66, 67, 155, 156, 1955, 1956, 1957, 18155, 18156, 20000, 700000, limit - 1} {
		b = appendNumber(b, n)
		want = append(want, n)
	}
	rest := string(b)
	for _, n := range want {
		var got int
		if got, rest = number(rest); got != n {
			t.Fatalf("got %d, want %d", got, n)
		}
	}
	if rest != "" {
		t.Errorf("%q is left", rest)
	}
}

// TestEntry: postings come back as they were, in whichever form is shorter.
func TestEntry(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var c codec
	for _, share := range []float64{1, .9, .5, .2, .1, .01} {
		var want []posting
		for n := range 3000 {
			if r.Float64() < share {
				want = append(want, posting{n, r.Float64() < .02, r.Float64() < share, r.Float64() < share/2})
			}
		}
		e := c.entry(pair('清', '廉'), want)
		if n := len(e.sets); n > 3000/6*3+200 {
			t.Errorf("%v: %d bytes", share, n)
		}
		shard := string(e.appendTo(nil, 0))
		for back := range entries(shard) {
			if back != e {
				t.Errorf("%v: %+v came back", share, back)
			}
			if got := postings(back); !slices.Equal(got, want) {
				t.Errorf("%v: got %v, want %v", share, got, want)
			}
			for doc := range 3001 {
				if got := back.of([]int{doc}, nil); !slices.Equal(got, these(want, doc)) {
					t.Errorf("%v: of %d: %v", share, doc, got)
				}
			}
			if few := []int{0, 5, 6, 700, 2999, 3000}; !slices.Equal(back.of(few, nil), these(want, few...)) {
				t.Errorf("%v: of %v: %v", share, few, back.of(few, nil))
			}
		}
	}
}

// TestMend: an entry that is mended is that of the postings that there are then.
func TestMend(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var c codec
	for _, share := range []float64{1, .9, .5, .1, .01, 0} {
		for _, change := range []float64{0, .001, .1, 1} {
			var was, mine, want []posting
			numbers := make([]int, 600)
			next := 0
			for n := range numbers {
				p := posting{n, r.Float64() < .02, r.Float64() < share, r.Float64() < share/2}
				numbers[n] = next
				if r.Float64() < share {
					was = append(was, p)
				}
				if r.Float64() < change {
					numbers[n] = -1
				} else if next++; len(was) > 0 && was[len(was)-1].doc == n {
					p.doc = numbers[n]
					want = append(want, p)
				}
				if r.Float64() < change {
					mine = append(mine, posting{next, r.Float64() < .5, r.Float64() < share, r.Float64() < .5})
					want = append(want, mine[len(mine)-1])
					next++
				}
			}
			got := c.mend(c.entry(pair('清', '廉'), was), func(doc int) int { return numbers[doc] }, mine)
			if is := c.entry(pair('清', '廉'), want); got != is {
				t.Errorf("%v, %v: got %+v, want %+v", share, change, got, is)
			}
		}
	}
}

// postings are all that an entry says.
func postings(e entry) (all []posting) {
	docs, flags := e.parts()
	titled, often, beside := divided(flags)
	for _, n := range readSet(nil, docs, e.form&docsInBits != 0) {
		all = append(all, posting{doc: n})
	}
	for _, i := range readSet(nil, titled, e.form&titledInBits != 0) {
		all[i].titled = true
	}
	for _, i := range readSet(nil, often, e.form&oftenInBits != 0) {
		all[i].often = true
	}
	for _, i := range readSet(nil, beside, e.form&besideInBits != 0) {
		all[i].beside = true
	}
	return all
}

// these are postings of some documents.
func these(all []posting, docs ...int) (some []posting) {
	for _, p := range all {
		if slices.Contains(docs, p.doc) {
			some = append(some, p)
		}
	}
	return some
}

func TestSpans(t *testing.T) {
	for n, want := range map[int]string{0: "[]", 3: "[3]", 64: "[64]", 100: "[64 100]", 1024: "[1024]", 1025: "[1024 1025]", 10000: "[9216 9984 10000]"} {
		if got := fmt.Sprint(spans(n)); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
}

// site draws n articles of some hundred characters each.
func site(n int) []Document {
	r := rand.New(rand.NewPCG(1, 2))
	docs := make([]Document, n)
	for i := range docs {
		var b strings.Builder
		for range 12 {
			b.WriteString("<p>")
			for range 50 {
				b.WriteRune(rune(0x4e00 + int(r.ExpFloat64()*300)%3000))
			}
			b.WriteString("。</p>")
		}
		write(&docs[i], fmt.Sprintf("第%d篇", i), b.String())
		docs[i].Path, docs[i].Day = fmt.Sprintf("a/%d.html", i), "2024-05-01"
	}
	return docs
}

func write(d *Document, title, prose string) {
	d.Title, d.Prose = title, func() (string, error) { return prose, nil }
	d.Text = digest.New("text").String(title, prose).Sum()
}

// whole is what a file consists of.
func whole(t *testing.T, f File) string {
	t.Helper()
	b, err := f.AppendTo(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func index(t *testing.T, docs []Document, old Kept) ([]File, Kept) {
	t.Helper()
	files, kept, err := Index(docs, old, nil, 2)
	if err != nil {
		t.Fatal(err)
	}
	return files, kept
}

// TestExcerpt: a summary that is the beginning of the prose counts once.
func TestExcerpt(t *testing.T) {
	for _, excerpt := range []bool{false, true} {
		d := Document{Summary: "荷塘。荷塘。", Excerpt: excerpt}
		write(&d, "甲", "<p>荷塘。荷塘。</p>")
		read, err := gatherOne(&d, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range list(read) {
			if l.key == pair('荷', '塘') && l.postings[0].often == excerpt {
				t.Errorf("excerpt %v: often %v", excerpt, !excerpt)
			}
		}
	}
}

// TestEdits: an index that was mended is the one made at once, and an edit
// touches few of its files.
func TestEdits(t *testing.T) {
	docs := site(2000)
	before, kept := index(t, docs, Kept{})
	for _, c := range []struct {
		name  string
		edit  func([]Document) []Document
		share float64 // at most, of the bytes
	}{
		{"nothing", func(d []Document) []Document { return d }, 0},
		{"a few words of an old article", func(d []Document) []Document {
			text, _ := d[77].Prose()
			write(&d[77], d[77].Title, text+"<p>新建亲清驿站</p>")
			return d
		}, .02},
		{"a title", func(d []Document) []Document {
			text, _ := d[900].Prose()
			write(&d[900], "改了题目", text)
			return d
		}, .02},
		{"a new article", func(d []Document) []Document {
			more := site(1)
			more[0].Path = "new.html"
			return append(d, more[0])
		}, .02},
		{"an article that is gone", func(d []Document) []Document { return slices.Delete(d, 1990, 1991) }, .9},
	} {
		edited := c.edit(slices.Clone(docs))
		clean, _ := index(t, edited, Kept{})
		got, _ := index(t, edited, kept)
		if !slices.EqualFunc(clean, got, func(a, b File) bool { return a.Path == b.Path && whole(t, a) == whole(t, b) }) {
			t.Errorf("%s: the index differs from one made at once", c.name)
		}
		old := map[string]bool{}
		for _, f := range before {
			old[f.Path+whole(t, f)] = true
		}
		touched, all, files := 0, 0, 0
		for _, f := range got {
			all += len(whole(t, f))
			if !old[f.Path+whole(t, f)] {
				touched += len(whole(t, f))
				files++
			}
		}
		t.Logf("%s: %d of %d bytes, %d of %d files", c.name, touched, all, files, len(got))
		if share := float64(touched) / float64(all); share > c.share {
			t.Errorf("%s touches %d of %d bytes", c.name, touched, all)
		}
	}
}

// shelf is where texts are put away.
type shelf struct {
	mu    sync.Mutex
	texts []string
	count atomic.Int64 // how many were read
}

func (s *shelf) room() Room {
	return Room{s.put, s.read, func(to []byte, at Place) ([]byte, error) { return append(to, s.texts[at.At]...), nil }}
}

func (s *shelf) put(b []byte) (Place, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.texts = append(s.texts, string(b))
	return Place{At: int64(len(s.texts) - 1), Size: len(b)}, nil
}

func (s *shelf) read(at []Place) ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	texts := make([]string, len(at))
	for i, p := range at {
		texts[i] = s.texts[p.At]
	}
	s.count.Add(int64(len(at)))
	return texts, nil
}

// kept is what is left of an index once its texts are put away: what a tape has of it.
func (s *shelf) kept(t *testing.T, k Kept, anew bool) Kept {
	t.Helper()
	if err := k.PutAway(anew, s.put); err != nil {
		t.Fatal(err)
	}
	var tape flat.Tape
	k.Tape(&tape)
	back := Kept{Room: s.room(), Texts: s.room()}
	played := flat.Play(string(tape.Recorded()))
	if back.Tape(played); !played.Whole() {
		t.Fatal("a tape that is not whole")
	}
	return back
}

// TestManyEdits: an index that was mended again and again, with its texts put away in
// between, is the one made at once. Words come and go that are in one document, in
// some and in all.
func TestManyEdits(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	docs := site(300)
	var texts shelf
	_, k := index(t, docs, Kept{})
	k = texts.kept(t, k, false)
	for step := range 60 {
		docs = slices.Clone(docs)
		for range 1 + r.IntN(3) {
			d := &docs[r.IntN(len(docs))]
			prose, _ := d.Prose()
			switch r.IntN(4) {
			case 0:
				write(d, d.Title, fmt.Sprintf("<p>%c%c改%d</p>", rune(0x4e00+r.IntN(2000)), rune(0x4e00+r.IntN(9)), step))
			case 1:
				write(d, d.Title, prose+fmt.Sprintf("<p>%c%c</p>", rune(0x4e00+r.IntN(3000)), rune(0x4e00+r.IntN(3000))))
			case 2:
				write(d, fmt.Sprintf("题%c%d", rune(0x4e00+r.IntN(50)), step), prose)
			default:
				write(d, d.Title, "<p>空</p>")
			}
		}
		switch step % 7 {
		case 3:
			docs = append(docs, site(1)...)
			docs[len(docs)-1].Path = fmt.Sprint("new", step)
		case 4:
			at := r.IntN(len(docs))
			docs = slices.Delete(docs, at, min(at+1+r.IntN(3), len(docs)))
		case 5:
			at := r.IntN(len(docs))
			more := site(2)
			write(&more[0], fmt.Sprint("补", step), fmt.Sprintf("<p>补记%c</p>", rune(0x4e00+r.IntN(3000))))
			docs = slices.Insert(docs, at, more[:1+r.IntN(2)]...)
		case 6:
			at, to := r.IntN(len(docs)), r.IntN(len(docs))
			d := docs[at]
			docs = slices.Insert(slices.Delete(docs, at, at+1), min(to, len(docs)-1), d)
		}
		clean, _ := index(t, docs, Kept{})
		var got []File
		got, k = index(t, docs, k)
		if !slices.EqualFunc(clean, got, func(a, b File) bool { return a.Path == b.Path && whole(t, a) == whole(t, b) }) {
			t.Fatalf("after %d edits the index differs from one made at once", step+1)
		}
		k = texts.kept(t, k, step%9 == 5)
	}
}

// grouped are the groups of some documents.
func grouped(was, now []Document, touched ...int) (all []Group) {
	for from, group := range groups(was) {
		to := from + len(group)
		if slices.ContainsFunc(touched, func(n int) bool { return from <= n && n < to }) {
			all = append(all, Group{was[from:to], now[from:to]})
		}
	}
	return all
}

// TestRetouch: an index in which other texts of documents were entered one by one, with
// its own texts put away, is the one made at once; it reads few shards for them.
func TestRetouch(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	docs := site(1500)
	var texts shelf
	_, k := index(t, docs, Kept{})
	k = texts.kept(t, k, false)
	for step := range 12 {
		was := slices.Clone(docs)
		var touched []int
		for _, at := range []int{r.IntN(1024), r.IntN(len(docs))} {
			d := &docs[at]
			prose, _ := d.Prose()
			switch r.IntN(3) {
			case 0:
				prose = fmt.Sprintf("<p>%c%c改%d</p>", rune(0x4e00+r.IntN(2000)), rune(0x4e00+r.IntN(9)), step)
			case 1:
				prose += fmt.Sprintf("<p>%c%c</p>", rune(0x4e00+r.IntN(3000)), rune(0x4e00+r.IntN(3000)))
			}
			title := d.Title
			if step%3 == 1 {
				title = fmt.Sprintf("第%c%d篇", rune(0x4e00+r.IntN(3000)), step)
			}
			write(d, title, prose)
			touched = append(touched, at)
		}
		next, ok, err := k.Retouch(grouped(was, docs, touched...), 2)
		if err != nil || !ok {
			t.Fatalf("step %d: %v, %v", step, ok, err)
		}
		clean, _ := index(t, docs, Kept{})
		got := next.Files(nil)
		if !slices.EqualFunc(clean, got, func(a, b File) bool {
			if a.Path != b.Path || a.Digest != b.Digest {
				return false
			}
			bytes, err := b.AppendTo(nil)
			return errors.Is(err, errNotKept) || string(bytes) == whole(t, a)
		}) {
			t.Fatalf("after %d edits the index differs from one made at once", step+1)
		}
		k = texts.kept(t, next, step%5 == 3)
	}
	texts.count.Store(0)
	before := slices.Clone(docs)
	prose, _ := docs[70].Prose()
	write(&docs[70], docs[70].Title, prose+"<p>一两个字</p>")
	if _, ok, err := k.Retouch(grouped(before, docs, 70), 1); !ok || err != nil || texts.count.Load() > 20 {
		t.Errorf("%v, %v: %d of %d shards were read", ok, err, texts.count.Load(), len(k.segments[0].shards))
	}
}

// TestNoRetouch: what is more than another text of a document that is known takes an
// Index.
func TestNoRetouch(t *testing.T) {
	docs := site(100)
	write(&docs[7], docs[8].Title, "<p>双</p>")
	docs[8].Text = docs[7].Text
	_, k := index(t, docs, Kept{})
	for _, c := range []struct {
		name   string
		at     int
		change func(*Document)
	}{
		{"a title that stands for nothing", 3, func(d *Document) { d.Title = "新题" }},
		{"an address", 3, func(d *Document) { d.Path = "new.html" }},
		{"a day", 3, func(d *Document) { d.Day = "2020-02-02" }},
		{"a facet", 3, func(d *Document) { d.Facets[1] = "新类别" }},
		{"a text that two have", 7, func(d *Document) { write(d, d.Title, "<p>改</p>") }},
	} {
		now := slices.Clone(docs)
		c.change(&now[c.at])
		if _, ok, err := k.Retouch(grouped(docs, now, c.at), 1); ok || err != nil {
			t.Errorf("%s: %v, %v", c.name, ok, err)
		}
	}
	unknown := site(101)[100:]
	unknown[0].Text = digest.Of([]byte("unknown"))
	now := slices.Clone(unknown)
	write(&now[0], now[0].Title, "<p>改</p>")
	if _, ok, _ := k.Retouch([]Group{{unknown, now}}, 1); ok {
		t.Error("a document that is not in the index was found in it")
	}
}

// TestAlign: what stays keeps its order, and all else is gone or read.
func TestAlign(t *testing.T) {
	of := func(text string) (all []digest.Digest) {
		for _, r := range text {
			all = append(all, digest.Of([]byte(string(r))))
		}
		return all
	}
	for _, c := range []struct{ was, now, want string }{
		{"", "", "[] [] []"},
		{"abc", "abc", "[] [] []"},
		{"abc", "abcd", "[] [] [3]"},
		{"abc", "axc", "[] [1] [1]"},
		{"abc", "ac", "[0 -1 1] [1] []"},
		{"abc", "xabc", "[1 2 3] [] [0]"},
		{"abcdef", "bcdefg", "[-1 0 1 2 3 4] [0] [5]"},
		{"abcdef", "bxdeyf", "[-1 0 -1 2 3 5] [0 2] [1 4]"},
		{"aab", "ab", "[0 -1 1] [1] []"},
		{"abc", "", "[] [0 1 2] []"},
	} {
		m, ok := align(of(c.was), of(c.now))
		if got := fmt.Sprint(m.numbers, m.gone, m.changed); !ok || got != c.want {
			t.Errorf("%s to %s: %s, want %s", c.was, c.now, got, c.want)
		}
	}
	many := make([]digest.Digest, 3*few)
	for i := range many {
		many[i] = digest.Of([]byte{byte(i), byte(i >> 8)})
	}
	if _, ok := align(many, many[few+1:]); ok {
		t.Error("more than a few are gone")
	}
	if _, ok := align(many[few+1:], many); ok {
		t.Error("more than a few came")
	}
}

// TestRecall: each pair of neighbours in a text leads to its document.
func TestRecall(t *testing.T) {
	docs := site(200)
	_, kept := index(t, docs, Kept{})
	has := map[key][]int{}
	base := 0
	for _, s := range kept.segments {
		for _, shard := range s.shards {
			for e := range entries(shard.text) {
				for _, p := range postings(e) {
					has[e.key] = append(has[e.key], base+p.doc)
				}
			}
		}
		base += len(s.texts)
	}
	for i, d := range docs {
		prose, _ := d.Prose()
		Blocks(prose, func(b []byte) {
			for _, n := range appendKeys(nil, fold(nil, b), 0) {
				if _, ok := slices.BinarySearch(has[n.key()], i); !ok {
					t.Fatalf("%v does not lead to %d", n.key(), i)
				}
			}
		})
	}
}

// BenchmarkIndex: of 2,000 articles, from nothing and with one of them edited.
func BenchmarkIndex(b *testing.B) {
	docs := site(2000)
	run := func(b *testing.B, old Kept) (kept Kept) {
		_, kept, err := Index(docs, old, nil, 1)
		if err != nil {
			b.Fatal(err)
		}
		return kept
	}
	b.Run("anew", func(b *testing.B) {
		for b.Loop() {
			run(b, Kept{})
		}
	})
	b.Run("edited", func(b *testing.B) {
		kept := run(b, Kept{})
		for i := 0; b.Loop(); i++ {
			write(&docs[77], docs[77].Title, fmt.Sprintf("<p>新建亲清驿站%d</p>", i))
			kept = run(b, kept)
		}
	})
}
