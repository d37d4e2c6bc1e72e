package check

import (
	"fmt"
	"strings"
	"testing"

	"qinglian/internal/config"
)

// TestSettings: what readers see of config.toml is inspected, where it was typed; what the
// program alone reads is not.
func TestSettings(t *testing.T) {
	x := &Lexicon{}
	if problems := x.Read("lexicon/a.txt", []byte(list)); len(problems) > 0 {
		t.Fatal(problems)
	}
	x.Prepare()
	for _, c := range []struct{ text, want string }{
		{"[footer]\nnote = \"找 13812345678\"", "2:11 error mobile-number"},
		{"[footer]\ncontact = \"13812345678\"", "2:12 warning mobile-number"},
		{"[footer]\ncontact = \"13812345678\"\n[check]\nallow = [\"13812345678\"]", ""},
		{"[footer]\ncontact = \"0999-555-0100\"", ""},
		{"[[menu]]\ntitle = \"全而从严治党永远在路上\"\nto = \"/\"", "2:10 error near-phrase"},
		{"[sections.notices]\ntitle = \"動态\"", "2:10 note traditional-character"},
		{"[sections.notices]\ndescription = \"一个𠮷字\"", "2:18 note rare-character"},
		{"[search]\nsuggest = [\"公告\", \"罪犯嫌疑人\"]", "2:19 error wrong-phrase"},
		{"[slip]\nstages = [\"初审：罪犯嫌疑人\"]\n[check]\nowner = \"13812345678\"", ""},
	} {
		site, problems := config.Parse([]byte(c.text))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		var found []string
		checker := New(site, x)
		for _, d := range checker.Report(nil, checker.settings()).Findings {
			found = append(found, fmt.Sprintf("%d:%d %s %s", d.Line, d.Column, d.Severity, d.Rule))
		}
		if got := strings.Join(found, ", "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.text, got, c.want)
		}
	}
}
