package main

import (
	"fmt"
	"os"
	"strings"
	"time"
)

// marker is where the part of the file begins that is written by hand.
const marker = "<!-- What was learned: written by hand, kept. -->"

// text is the whole file; what was written by hand below the marker is kept.
func (b *bench) text(out string) string {
	var t strings.Builder
	t.WriteString("# 速度 Performance\n\n由 `make bench` 写成。比较只看倍数：换一台机器，秒数都会变。\n*Written by `make bench`. Compare by ratios: seconds do not carry over to another machine.*\n\n")
	fmt.Fprintf(&t, "%s; %s; medians of %d runs, sides in turn; Hugo %s.\n\n", time.Now().Format("2006-01-02"), machine(), b.runs, hugoVersion)
	t.WriteString("| what | wall | CPU | peak memory | beside | its wall | its CPU | its memory | wall, ours : its | CPU, ours : its |\n|---|--:|--:|--:|---|--:|--:|--:|--:|--:|\n")
	for _, r := range b.rows {
		fmt.Fprintf(&t, "| %s | %s | %s | %s |", r.what, seconds(r.ours.wall), seconds(r.ours.cpu), mebibytes(r.ours.memory))
		if r.against == "" {
			t.WriteString(" | | | | | |\n")
			continue
		}
		fmt.Fprintf(&t, " %s | %s | %s | %s | %s | %s |\n", r.against, seconds(r.theirs.wall), seconds(r.theirs.cpu), mebibytes(r.theirs.memory),
			ratio(r.ours.wall, r.theirs.wall), ratio(r.ours.cpu, r.theirs.cpu))
	}
	fmt.Fprintf(&t, "\n## Search\n\nThe same articles, searched by Pagefind %s, which reads the pages that the build made; one run of it. Queries are drawn from the articles, %d of each length, each asked first by a browser that has nothing yet; medians.\n\n", pagefindVersion, asked)
	t.WriteString("| what | ours | Pagefind | ours : its |\n|---|--:|--:|--:|\n")
	for _, r := range b.search {
		fmt.Fprintf(&t, "| %s | %s | %s | %s |\n", r.what, r.ours, r.theirs, r.ratio)
	}
	for _, note := range b.notes {
		t.WriteString("\n" + note + "\n")
	}
	t.WriteString("\n" + marker + "\n")
	if old, err := os.ReadFile(out); err == nil {
		if _, hand, ok := strings.Cut(string(old), marker+"\n"); ok {
			t.WriteString(hand)
		}
	}
	return t.String()
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f s", d.Seconds()) }

func mebibytes(n int64) string { return fmt.Sprintf("%d MiB", n>>20) }

func kilobytes(n int64) string { return fmt.Sprintf("%.1f KB", float64(n)/1e3) }

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1e3)
}

// ratio is how many times as long as theirs ours took, below one as 1/x.
func ratio[T int64 | time.Duration](ours, theirs T) string {
	if theirs == 0 || ours == 0 {
		return ""
	}
	if r := float64(theirs) / float64(ours); r >= 1 {
		return fmt.Sprintf("1/%.1f", r)
	}
	return fmt.Sprintf("%.2f", float64(ours)/float64(theirs))
}
