package site

import (
	"strings"
	"testing"
)

// TestMissingMarks: what each profile of site must show and does not.
func TestMissingMarks(t *testing.T) {
	const given = "id_code = \"bm12345678\"\n[footer]\norganizer = \"甲\"\ncontact = \"乙\"\nicp = \"京ICP备12345678号\"\npolice = \"京公网安备11010502030143号\"\n" +
		"[marks.organ]\npicture = \"mark.png\"\nto = \"https://bszs.conac.cn/\"\n[marks.mistakes]\npicture = \"mark.png\"\nto = \"https://zfwzgl.www.gov.cn/\"\n"
	for _, c := range []struct{ config, want string }{
		{"", ""},
		{"profile = \"gov\"\n", "id_code, organizer, contact, icp, police, [marks.organ], [marks.mistakes]"},
		{"profile = \"party\"\n", "organizer, contact, icp, police, [marks.organ]"},
		{"profile = \"institution\"\n", "organizer, contact, icp"},
		{"profile = \"gov\"\n" + given, ""},
	} {
		_, problems := link(t, map[string]string{"config.toml": c.config, "static/mark.png": "", "content/about.md": article("2025-01-01", "", "")}, Selection{})
		got := ""
		for _, d := range problems {
			got += strings.TrimPrefix(d.Rule+" "+d.Message.EN, "missing-mark a site of this profile must also show: ")
		}
		if got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.config, got, c.want)
		}
	}
}
