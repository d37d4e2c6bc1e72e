package check

import (
	"strings"

	"qinglian/internal/diag"
)

// bankCard is about the numbers of bank cards: 16 to 19 digits that begin with 62 and
// pass Luhn's check, beside a word of banks. By the check alone, a tenth of all numbers
// would pass.
var bankCard = Rule{Name: "bank-card", Sure: High, Files: true, Article: func(a *Article) {
	for _, n := range a.Numbers() {
		taken := 0
		for _, c := range n.stretches(16, 19) {
			if c.first < taken || !isCard(c.digits) || isID(c.digits) || len(n.groups) > 1 &&
				!inFours(n.groups[c.first:c.end]) {
				continue
			}
			if !n.passage.beside(c.from, c.to, 40, "卡号", "账号", "帐号", "账户", "帐户", "银行", "开户", "汇款", "转账", "储蓄") {
				continue
			}
			taken = c.end
			mask := strings.Repeat("*", len(c.digits)-4) + c.digits[len(c.digits)-4:]
			a.reportNumber(n.passage, c.from, c.to,
				Finding{Subject: c.digits, Diagnostic: diag.Diagnostic{Rule: "bank-card", Severity: diag.Error,
					Message: diag.Say("这是一个银行卡号", "this is the number of a bank card")}}, mask)
		}
	}
}}

// isCard reports the number of a card of a Chinese bank.
func isCard(s string) bool {
	if !strings.HasPrefix(s, "62") || strings.Contains(s, "X") {
		return false
	}
	sum := 0
	for i := range len(s) {
		n := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum%10 == 0
}

// inFours reports groups as the number stands on a card, or over the end of a line.
func inFours(groups []group) bool {
	if len(groups) == 2 {
		return true
	}
	for _, g := range groups[:len(groups)-1] {
		if len(g.digits) != 4 {
			return false
		}
	}
	return true
}
