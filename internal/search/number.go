package search

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
	return append(to, digits[large+n/(radix*radix*radix)], digits[n/(radix*radix)%radix], digits[n/radix%radix], digits[n%radix])
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
func appendSet(to []byte, set []int) (written []byte, bits bool) {
	if len(set) == 0 {
		return to, false
	}
	start, length := len(to), set[len(set)-1]/6+1
	next := 0
	for _, n := range set {
		if len(to)-start >= length {
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
func readSet(to []int, b string, bits bool) []int {
	if bits {
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
		var gap int
		gap, b = number(b)
		next += gap
		to = append(to, next)
	}
	return to
}
