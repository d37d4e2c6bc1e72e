package xlsx

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// number is a number as a format shows it. Sheets reckon in decimals of 15 digits: what
// a number is beyond them is no part of it.
func (f format) number(v float64, epoch1904 bool) string {
	s, says := f.forNumber(v)
	switch {
	case s.date:
		if shown, ok := s.moment(v, epoch1904); ok {
			return strings.TrimSpace(shown)
		}
		return plain(v)
	case s.holds(text) || s.holds(general) || !s.holds(digit):
		return strings.TrimSpace(s.asItIs(v, says))
	}
	sign := ""
	if v < 0 && !says {
		sign = "-"
	}
	v = math.Abs(v) * math.Pow(100, float64(s.percent)) / math.Pow(1000, float64(s.scale))
	if math.IsInf(v, 0) || math.IsNaN(v) { // so many signs of per cent that it is no number any more
		return ""
	}
	shown := ""
	switch {
	case s.holds(exponent):
		shown = s.scientific(v)
	case s.holds(slash):
		shown = s.fraction(v)
	default:
		shown = s.fixed(s.pieces, v)
	}
	return strings.TrimSpace(sign + s.chineseDigits(shown))
}

// asItIs writes a number in a section that says nothing of its digits.
func (s section) asItIs(v float64, says bool) string {
	var out strings.Builder
	if says {
		v = math.Abs(v)
	}
	for _, p := range s.pieces {
		switch {
		case p.kind != general && p.kind != text:
			out.WriteString(p.text)
		case s.numeral != "":
			out.WriteString(numeral(plain(v), s.numeral))
		default:
			out.WriteString(plain(v))
		}
	}
	return out.String()
}

// chineseDigits writes the digits of a number as Chinese ones, if the section says so.
func (s section) chineseDigits(shown string) string {
	if s.numeral == "" {
		return shown
	}
	return digits(shown, s.numeral)
}

// places is how many digits stand behind the point.
func places(pieces []piece) (n int) {
	behind := false
	for _, p := range pieces {
		behind = behind || p.kind == point
		if behind && p.kind == digit {
			n++
		}
	}
	return n
}

// decimal is a number with digits behind its point, rounded as sheets do: a half up.
func decimal(v float64, places int) (whole, part string) {
	written := strconv.FormatFloat(v, 'e', 14, 64) // 1.23456789012345e+02
	mantissa, power, _ := strings.Cut(written, "e")
	exp, _ := strconv.Atoi(power)
	all := strings.Replace(mantissa, ".", "", 1)
	if exp < 0 {
		all = strings.Repeat("0", -exp) + all
		exp = 0
	}
	for len(all) < exp+1+places+1 {
		all += "0"
	}
	cut := exp + 1 + places
	kept := []byte(all[:cut])
	if all[cut] >= '5' {
		kept = increased(kept)
	}
	cut = len(kept)
	whole, part = string(kept[:cut-places]), string(kept[cut-places:])
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	return whole, part
}

// increased is a number of digits and one more.
func increased(digits []byte) []byte {
	for i := len(digits) - 1; i >= 0; i-- {
		if digits[i] != '9' {
			digits[i]++
			return digits
		}
		digits[i] = '0'
	}
	return append([]byte{'1'}, digits...)
}

// fixed writes a number where the pieces have room for its digits.
func (s section) fixed(pieces []piece, v float64) string {
	whole, part := decimal(v, places(pieces))
	at := slices.IndexFunc(pieces, func(p piece) bool { return p.kind == point })
	if at < 0 {
		return s.whole(pieces, whole)
	}
	out := s.whole(pieces[:at], whole) + "."
	for _, p := range pieces[at+1:] {
		switch {
		case p.kind != digit:
			out += p.text
			continue
		case p.text == "0" || strings.Trim(part, "0") != "":
			out += part[:1]
		}
		part = part[1:]
	}
	return out
}

// whole writes the digits in front of the point, the last first; those for which there
// is no room stand in the place of the first.
func (s section) whole(pieces []piece, digits string) (out string) {
	digits = strings.TrimLeft(digits, "0") // a # shows no 0
	first := slices.IndexFunc(pieces, func(p piece) bool { return p.kind == digit })
	written := 0
	for i := len(pieces) - 1; i >= 0; i-- {
		if pieces[i].kind != digit {
			out = pieces[i].text + out
			continue
		}
		for room := 1; room > 0 || i == first && digits != ""; room-- {
			next := strings.Trim(pieces[i].text, "#?")
			if n := len(digits); n > 0 {
				next, digits = digits[n-1:], digits[:n-1]
			}
			if s.groups && next != "" && written > 0 && written%3 == 0 {
				next += ","
			}
			out = next + out
			written++
		}
	}
	return out
}

// scientific writes 1.23E+04. Where there is room for several digits in front of the
// point, the exponent is a multiple of how many.
func (s section) scientific(v float64) string {
	at := slices.IndexFunc(s.pieces, func(p piece) bool { return p.kind == exponent })
	mantissa, power := s.pieces[:at], s.pieces[at+1:]
	step := 0
	for _, p := range mantissa {
		if p.kind == point {
			break
		}
		if p.kind == digit {
			step++
		}
	}
	step = max(1, step)
	exp := 0
	if v != 0 {
		exp = int(math.Floor(math.Log10(v)))
		exp -= ((exp % step) + step) % step
	}
	scaled := v / math.Pow10(exp)
	if whole, _ := decimal(scaled, places(mantissa)); len(whole) > step {
		exp += step // it was rounded up: 9.99 is 10.0
		scaled = v / math.Pow10(exp)
	}
	sign := ""
	switch {
	case exp < 0:
		sign = "-"
	case s.pieces[at].text[1] == '+':
		sign = "+"
	}
	return s.fixed(mantissa, scaled) + "E" + sign + section{}.whole(power, strconv.Itoa(max(exp, -exp)))
}

// fraction writes 1 3/4: the nearest with a denominator of as many digits as there is
// room for, or with the one that the format has.
func (s section) fraction(v float64) string {
	at := slices.IndexFunc(s.pieces, func(p piece) bool { return p.kind == slash })
	room, fixed, mixed := 0, "", false
	for _, p := range s.pieces[at+1:] {
		switch {
		case p.kind == digit:
			room++
		case p.kind == literal && p.text >= "0" && p.text <= "9":
			fixed += p.text
		}
	}
	for i, p := range s.pieces[:at] { // a digit, something else, a digit
		mixed = mixed || p.kind == literal && i > 0 && s.pieces[i-1].kind == digit
	}
	whole, rest := math.Modf(v)
	if !mixed {
		whole, rest = 0, v
	}
	above, below := nearest(rest, int(math.Pow10(min(room, 4)))-1)
	if n, err := strconv.Atoi(fixed); err == nil && n > 0 {
		above, below = int(math.Round(rest*float64(n))), n
	}
	if above == below && mixed {
		whole, above = whole+1, 0
	}
	switch {
	case above == 0:
		return strconv.FormatFloat(whole, 'f', 0, 64)
	case whole == 0:
		return fmt.Sprintf("%d/%d", above, below)
	}
	return fmt.Sprintf("%.0f %d/%d", whole, above, below)
}

// nearest is the fraction that is next to a number.
func nearest(v float64, most int) (above, below int) {
	below = 1
	off := math.Inf(1)
	for d := 1; d <= max(most, 1); d++ {
		n := math.Round(v * float64(d))
		if by := math.Abs(v - n/float64(d)); by < off-1e-12 {
			above, below, off = int(n), d, by
		}
	}
	return above, below
}

// What a cell without a format shows of a number: so many characters, a point among them.
const (
	widest      = 11
	fewestPower = -4 // below it, and from 11 digits on, powers of ten are written
)

// plain is a number in a cell without a format.
func plain(v float64) string {
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	power := 0
	if v != 0 {
		power = int(math.Floor(math.Log10(v)))
	}
	short := func(places int) string {
		whole, part := decimal(v, places)
		return strings.TrimRight(whole+"."+part, "0")
	}
	switch whole, _ := decimal(v, 0); {
	case v != 0 && len(whole) > widest, v != 0 && power < fewestPower && !exact(v, widest-2):
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', 5, 64), "e")
		if strings.Contains(mantissa, ".") {
			mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
		}
		return sign + mantissa + "E" + exponent
	case power >= widest-1:
		return sign + strings.TrimSuffix(short(0), ".")
	}
	return sign + strings.TrimSuffix(short(widest-2-max(power, 0)), ".")
}

// exact reports a number that has no more digits behind its point.
func exact(v float64, places int) bool {
	whole, part := decimal(v, places)
	near, _ := strconv.ParseFloat(whole+"."+part, 64)
	return math.Abs(near-v) <= v*1e-14
}
