// Package recent keeps what was made lately, so that it is not made again: a
// card that the pages around it show as well. How much it holds is bounded, so
// a site of any size can lean on it; what it dropped is made anew, the same.
//
// It holds two generations. What is asked for goes into the young one; when
// that is full it becomes the old one, and what was in the old one and was not
// asked for since is dropped.
package recent

import "sync"

// Map is what was made lately, by key. Its zero value is empty. It is used from
// several goroutines.
type Map[K comparable, V any] struct {
	mu         sync.Mutex
	young, old map[K]V
}

// generation is how many values one generation holds: the cards of ten
// thousand articles fit into both.
const generation = 1 << 14

// Get is the value of a key, made if it is not there. Two that ask at once may
// both make it; they get the same one. What could not be made is not kept.
func (m *Map[K, V]) Get(key K, build func() (V, error)) (V, error) {
	if v, ok := m.find(key); ok {
		return v, nil
	}
	v, err := build()
	if err != nil {
		return v, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if first, ok := m.young[key]; ok {
		return first, nil
	}
	m.keep(key, v)
	return v, nil
}

func (m *Map[K, V]) find(key K) (V, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if v, ok := m.young[key]; ok {
		return v, true
	}
	v, ok := m.old[key]
	if ok {
		m.keep(key, v)
	}
	return v, ok
}

// Clear drops all that is held.
func (m *Map[K, V]) Clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.young, m.old = nil, nil
}

func (m *Map[K, V]) keep(key K, v V) {
	if len(m.young) >= generation {
		m.young, m.old = nil, m.young
	}
	if m.young == nil {
		m.young = map[K]V{}
	}
	m.young[key] = v
}
