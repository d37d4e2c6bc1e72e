package search

import "math/bits"

// digits are what numbers are written in: printable, never escaped in a script,
// and none of the signs that part entries (see shard.go).
const digits = " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{}"

// The first digit says how many follow: from small, middle and large on one, two
// and three.
const (
	radix  = len(digits)
	small  = 66
	middle = 87
	large  = 89
)

func appendNumber(to []byte, n int) []byte {
	if n < small {
		return append(to, digits[n])
	}
	if n -= small; n < (middle-small)*radix {
		return append(to, digits[small+n/radix], digits[n%radix])
	}
	if n -= (middle - small) * radix; n < (large-middle)*radix*radix {
		return append(to, digits[middle+n/(radix*radix)], digits[n/radix%radix], digits[n%radix])
	}
	n -= (large - middle) * radix * radix
	return append(to, digits[large+n/(radix*radix*radix)], digits[n/(radix*radix)%radix], digits[n/radix%radix],
		digits[n%radix])
}

var values = func() (v [256]uint8) {
	for i := range len(digits) {
		v[digits[i]] = uint8(i)
	}
	return v
}()

// number reads what appendNumber wrote.
func number(b string) (n int, rest string) {
	n = int(values[b[0]])
	if n < small {
		return n, b[1:]
	}
	more, base := 1, small
	from := small
	switch {
	case n >= large:
		more, from, base = 3, large, small+(middle-small)*radix+(large-middle)*radix*radix
	case n >= middle:
		more, from, base = 2, middle, small+(middle-small)*radix
	}
	n -= from
	for i := 1; i <= more; i++ {
		n = n*radix + int(values[b[i]])
	}
	return n + base, b[1+more:]
}

// A set is ascending numbers, written in the shorter of two ways: as gaps, each how
// many were left out since the number before; or as bits, six in a digit, the
// lowest first, up to the last that is set.

// appendSet writes a set and reports whether in bits.
func appendSet(to []byte, set []int) (written []byte, inBits bool) {
	if len(set) == 0 {
		return to, false
	}
	start, length := len(to), set[len(set)-1]/6+1
	next := 0
	for _, n := range set {
		if len(set) > length || len(to)-start >= length { // a gap takes a digit or more
			break // the bits are shorter
		}
		to = appendNumber(to, n-next)
		next = n + 1
	}
	if next > set[len(set)-1] && len(to)-start <= length {
		return to, false
	}
	to = to[:start]
	digit, at := 0, 0
	for _, n := range set {
		for ; at < n/6; at++ {
			to = append(to, digits[digit])
			digit = 0
		}
		digit |= 1 << (n % 6)
	}
	return append(to, digits[digit]), true
}

// readSet reads what appendSet wrote.
func readSet(to []int, b string, inBits bool) []int {
	if inBits {
		for i := range len(b) {
			for v, n := values[b[i]], 6*i; v != 0; v, n = v>>1, n+1 {
				if v&1 != 0 {
					to = append(to, n)
				}
			}
		}
		return to
	}
	for next := 0; b != ""; next++ {
		gap := int(values[b[0]])
		if gap < small { // nearly all are
			b = b[1:]
		} else {
			gap, b = number(b)
		}
		next += gap
		to = append(to, next)
	}
	return to
}

// finder finds numbers, each larger than the one before, in a set that appendSet wrote.
type finder struct {
	rest string
	bits bool // it is written in bits
	next int  // the number that rest begins with or, in gaps, from which it counts
	seen int  // how many numbers stand before
}

func find(set string, inBits bool) *finder { return &finder{rest: set, bits: inBits} }

// of is how many numbers of the set are smaller than n, and whether n is one of it.
func (f *finder) of(n int) (place int, is bool) {
	if f.bits {
		return f.ofBits(n)
	}
	rest, next, seen := f.rest, f.next, f.seen
	for next <= n && rest != "" {
		gap, behind := int(values[rest[0]]), ""
		if gap < small { // nearly all are
			behind = rest[1:]
		} else {
			gap, behind = number(rest)
		}
		if next+gap > n {
			break
		}
		rest, next, seen = behind, next+gap+1, seen+1
	}
	f.rest, f.next, f.seen = rest, next, seen
	if next > n {
		return seen - 1, true
	}
	return seen, false
}

func (f *finder) ofBits(n int) (place int, is bool) {
	for ; f.rest != "" && f.next+6 <= n; f.next += 6 {
		f.seen += bits.OnesCount8(values[f.rest[0]])
		f.rest = f.rest[1:]
	}
	if f.rest == "" {
		return f.seen, false
	}
	v := values[f.rest[0]]
	at := n - f.next
	return f.seen + bits.OnesCount8(v&(1<<at-1)), v>>at&1 != 0
}
