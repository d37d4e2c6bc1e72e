package flat

import (
	"maps"
	"slices"
	"sort"
	"strings"
)

// Edit is how a list that is in the order of its keys, each once, differs from an earlier
// one.
type Edit[T any] struct {
	Put  []T      // new ones, or in the place of others with the same keys
	Gone []string // keys
}

// Tape records or plays an Edit; values does so with a list.
func (e *Edit[T]) Tape(t *Tape, values func(*Tape, *[]T)) {
	values(t, &e.Put)
	t.Strings(&e.Gone)
}

// None reports whether nothing differs.
func (e *Edit[T]) None() bool { return len(e.Put)+len(e.Gone) == 0 }

// Between is how a list differs from what it was.
func Between[T any](was, now []T, key func(*T) string, same func(a, b *T) bool) (e Edit[T]) {
	for i := range now {
		k := key(&now[i])
		for len(was) > 0 && key(&was[0]) < k {
			e.Gone, was = append(e.Gone, key(&was[0])), was[1:]
		}
		known := len(was) > 0 && key(&was[0]) == k
		if !known || !same(&was[0], &now[i]) {
			e.Put = append(e.Put, now[i])
		}
		if known {
			was = was[1:]
		}
	}
	for i := range was {
		e.Gone = append(e.Gone, key(&was[i]))
	}
	return e
}

// After is a list after some edits, one after the other. It may be made in the list's own
// room.
func After[T any](list []T, edits []Edit[T], key func(*T) string) []T {
	changed := map[string]*T{} // nil if it is gone
	for _, e := range edits {
		for _, k := range e.Gone {
			changed[k] = nil
		}
		for i := range e.Put {
			changed[key(&e.Put[i])] = &e.Put[i]
		}
	}
	if len(changed) == 0 {
		return list
	}
	keys := slices.Sorted(maps.Keys(changed))
	if replaced(list, keys, changed, key) {
		return list
	}
	now := make([]T, 0, len(list)+len(keys))
	take := func() {
		if v := changed[keys[0]]; v != nil {
			now = append(now, *v)
		}
		keys = keys[1:]
	}
	for i := range list {
		k := key(&list[i])
		for len(keys) > 0 && keys[0] < k {
			take()
		}
		if len(keys) > 0 && keys[0] == k {
			take()
		} else {
			now = append(now, list[i])
		}
	}
	for len(keys) > 0 {
		take()
	}
	return now
}

// replaced puts values in the places of those with their keys, if that is all there is to
// be done.
func replaced[T any](list []T, keys []string, changed map[string]*T, key func(*T) string) bool {
	places := make([]int, len(keys))
	for i, k := range keys {
		at, known := sort.Find(len(list), func(i int) int { return strings.Compare(k, key(&list[i])) })
		if !known || changed[k] == nil {
			return false
		}
		places[i] = at
	}
	for i, k := range keys {
		list[places[i]] = *changed[k]
	}
	return true
}
