package check

import (
	"strings"
	"time"

	"qinglian/internal/diag"
)

// idNumber is about the numbers of identity cards.
//
// One of 18 digits has a region, a date that exists and a check digit (MOD 11-2): of a
// million random ones about 15 pass. One of 15 digits, as they were until 2013, has no
// check digit and counts only beside a word that says what it is.
var idNumber = Rule{Name: "id-number", Sure: High, Files: true, Article: func(a *Article) {
	for _, n := range a.Numbers() {
		taken := 0
		for _, c := range n.stretches(18, 18) {
			if c.first >= taken && isID(c.digits) {
				taken = c.end
				a.reportNumber(n.passage, c.from, c.to, Finding{Diagnostic: idFound(), Subject: c.digits},
					maskID(c.digits))
			}
		}
		for _, c := range n.stretches(15, 15) {
			if c.first >= taken && isOldID(c.digits) && n.passage.beside(c.from, c.to, 20, "身份证", "证件号", "证号") {
				taken = c.end
				a.reportNumber(n.passage, c.from, c.to, Finding{Diagnostic: idFound(), Subject: c.digits},
					maskID(c.digits))
			}
		}
	}
}}

func idFound() diag.Diagnostic {
	return diag.Diagnostic{Rule: "id-number", Severity: diag.Error,
		Message: diag.Say("这是一个身份证号码", "this is the number of an identity card")}
}

// maskID is the house mask of an identity number.
func maskID(digits string) string {
	return digits[:2] + strings.Repeat("*", 13) + digits[len(digits)-3:]
}

// isID reports the number of an identity card of 18 digits.
func isID(s string) bool {
	if len(s) != 18 || strings.IndexByte(s[:17], 'X') >= 0 || !isRegion(s) || !isBirthday(s[6:14]) {
		return false
	}
	sum := 0
	for i, weight := range [...]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += weight * int(s[i]-'0')
	}
	return s[17] == "10X98765432"[sum%11]
}

// isOldID reports what may be a number of 15 digits.
func isOldID(s string) bool {
	return len(s) == 15 && strings.IndexByte(s, 'X') < 0 && isRegion(s) && isBirthday("19"+s[6:12])
}

// provinces are the first two digits of the codes of regions (GB/T 2260).
const provinces = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 "

// isRegion reports what a region's code may begin a number with: a province, and a
// prefecture and a county within it.
func isRegion(s string) bool {
	prefecture, county := s[2:4], s[4:6]
	return strings.Contains(provinces, " "+s[:2]+" ") &&
		(prefecture != "00" && prefecture <= "70" || prefecture == "90") && county != "00"
}

// isBirthday reports a day on which somebody may have been born whose number this is.
func isBirthday(s string) bool {
	day, err := time.Parse("20060102", s)
	return err == nil && day.Year() >= 1900 && day.Year() < 2040
}
