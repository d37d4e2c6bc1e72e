package markdown

import "strings"

// numeral matches a number in Chinese numerals, digits or full-width digits.
const numeral = `[〇零一二三四五六七八九十百千两]{1,12}|[0-9]{1,6}|[０-９]{1,6}`

// digitValues are the digits by their value, in the three ways to write them.
var digitValues = []string{"0０〇零", "1１一", "2２二两", "3３三", "4４四", "5５五", "6６六", "7７七", "8８八", "9９九"}

// number is the value of a numeral: 21, ２１, 二十一, 一百零二 or 二〇二四. Units
// must come in falling order; 十 alone is ten.
func number(s string) (int, bool) {
	total, digit, last, digits := 0, -1, 10000, 0
	for _, c := range s {
		if unit := unitValue(c); unit > 0 {
			if unit >= last || digits > 1 {
				return 0, false
			}
			if digit < 0 {
				digit = 1
			}
			total += digit * unit
			digit, last, digits = -1, unit, 0
			continue
		}
		v := digitValue(c)
		if v < 0 {
			return 0, false
		}
		if v == 0 && last < 10000 && digits == 0 {
			continue // 一百零二
		}
		digit = max(digit, 0)*10 + v
		digits++
	}
	if last < 10000 && digits > 1 {
		return 0, false
	}
	return total + max(digit, 0), s != ""
}

func unitValue(c rune) int {
	switch c {
	case '十':
		return 10
	case '百':
		return 100
	case '千':
		return 1000
	}
	return 0
}

func digitValue(c rune) int {
	for v, forms := range digitValues {
		if strings.ContainsRune(forms, c) {
			return v
		}
	}
	return -1
}
