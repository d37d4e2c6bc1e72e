package online

import (
	"maps"
	"os"
	"slices"
	"time"

	"qinglian/internal/cache"
	"qinglian/internal/check"
	"qinglian/internal/digest"
	"qinglian/internal/flat"
)

// kept is a link with its answer, in the file that keeps them.
type kept struct {
	link string
	check.Answer
}

func (k *kept) tape(t *flat.Tape) {
	t.String(&k.link)
	t.Time(&k.At)
	t.Int(&k.Status)
	t.String(&k.Moved)
	failed := string(k.Failed)
	t.String(&failed)
	k.Failed = check.Failure(failed)
}

// form stands for how answers are kept: other versions of the program know them, too.
func form() digest.Digest { return digest.New("answers of other sites 1").Sum() }

// Kept are the answers that were kept in a file; none where there is no whole one.
func Kept(root *os.Root, name string) map[string]check.Answer {
	known := map[string]check.Answer{}
	body, ok := cache.Load(root, name, form())
	if !ok {
		return known
	}
	var list []kept
	t := flat.Play(body)
	flat.Slice(t, &list, func(t *flat.Tape, k *kept) { k.tape(t) })
	if !t.Whole() {
		return known
	}
	for _, k := range list {
		known[k.link] = k.Answer
	}
	return known
}

// Keep keeps the answers that hold, old ones among them, in a file.
func Keep(root *os.Root, name string, old, answers map[string]check.Answer) error {
	all := maps.Clone(old)
	maps.Copy(all, answers)
	var list []kept
	for _, link := range slices.Sorted(maps.Keys(all)) {
		if all[link].Holds(time.Now()) {
			list = append(list, kept{link, all[link]})
		}
	}
	var t flat.Tape
	flat.Slice(&t, &list, func(t *flat.Tape, k *kept) { k.tape(t) })
	return cache.Share(root, name, form(), t.Recorded())
}
