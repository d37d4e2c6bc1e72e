package publish

import (
	"math/rand/v2"
	"slices"
	"testing"

	"qinglian/internal/build"
)

// TestOrder: the order in which changes go out, however they are found.
func TestOrder(t *testing.T) {
	want := []Change{
		{Path: "site.css", Rank: build.Asset},
		{Path: "a/new.png", Rank: build.Asset, Fresh: true},
		{Path: "new.html", Rank: build.Page, Fresh: true},
		{Path: "a/new.html", Rank: build.Page, Fresh: true},
		{Path: "a-b/new.html", Rank: build.Page, Fresh: true},
		{Path: "a/page-1.html", Rank: build.List, Fresh: true},
		{Path: "a/rss.xml", Rank: build.Feed, Fresh: true},
		{Path: "a/old.html", Rank: build.Page},
		{Path: "index.html", Rank: build.List},
		{Path: "rss.xml", Rank: build.Feed},
		{Path: "a/gone.html", Gone: true},
		{Path: "b/gone.htm", Gone: true},
		{Path: "a/gone.css", Gone: true},
		{Path: "a/gone.xml", Gone: true},
	}
	for range 20 {
		got := slices.Clone(want)
		rand.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		slices.SortFunc(got, Order)
		if !slices.Equal(got, want) {
			t.Fatalf("got %v", got)
		}
	}
}
