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

// After is a list after some edits, one after the other. It is made in the list's own room,
// if that is enough.
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
	var gone []int
	var more []*T
	for _, k := range slices.Sorted(maps.Keys(changed)) {
		at, known := sort.Find(len(list), func(i int) int { return strings.Compare(k, key(&list[i])) })
		switch v := changed[k]; {
		case known && v != nil:
			list[at] = *v
		case known:
			gone = append(gone, at)
		case v != nil:
			more = append(more, v)
		}
	}
	return with(without(list, gone), more, key)
}

// without is a list without those at some places, which are in their order.
func without[T any](list []T, places []int) []T {
	for i, at := range places {
		end := len(list)
		if i+1 < len(places) {
			end = places[i+1]
		}
		copy(list[at-i:], list[at+1:end])
	}
	return list[:len(list)-len(places)]
}

// with is a list with more values, both in the order of their keys.
func with[T any](list []T, more []*T, key func(*T) string) []T {
	n := len(list)
	list = slices.Grow(list, len(more))[:n+len(more)]
	for at := len(list) - 1; len(more) > 0; at-- {
		last := more[len(more)-1]
		if n > 0 && key(&list[n-1]) > key(last) {
			n--
			list[at] = list[n]
			continue
		}
		list[at], more = *last, more[:len(more)-1]
	}
	return list
}
