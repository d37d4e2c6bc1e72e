package webpage

import (
	"bytes"
	"slices"
	"strings"

	"qinglian/internal/pattern"
)

// charset is where a page names its encoding.
var charset = pattern.Of(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_:-]{1,40})`)

// headBytes is how much of a page may stand in front of that.
const headBytes = 4 << 10

// declared is the encoding that a page names, in lower case.
func declared(raw []byte) string {
	found := charset().FindSubmatch(raw[:min(len(raw), headBytes)])
	if found == nil {
		return ""
	}
	return string(bytes.ToLower(found[1]))
}

// foreign reports the encodings of other scripts, whose bytes could pass for Chinese.
// What names a Western one in China is in a Chinese one as a rule.
func foreign(charset string) bool {
	known := []string{"big5", "shift_jis", "shift-jis", "sjis", "euc-jp", "iso-2022-jp", "euc-kr", "ks_c_5601-1987",
		"koi8-r", "windows-1251"}
	return slices.ContainsFunc(known, func(name string) bool { return strings.HasPrefix(charset, name) })
}
