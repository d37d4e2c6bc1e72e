package imports

import (
	"strings"
	"testing"

	"qinglian/internal/desk"
)

// TestAttachNames: what is attached has a name that every system takes, and none that
// another file of the article has.
func TestAttachNames(t *testing.T) {
	for name, want := range map[string]string{
		"报名表.xlsx": "", "dir/报名表（定）.xlsx": "", "a\x1b[31m.pdf": "不能用的字", "a\nb.pdf": "不能用的字", "a?.pdf": "不能用的字",
		"CON.pdf": "不能用的字", "..": "不能用的字", "名单.PDF": "都叫“名单.PDF”",
	} {
		d := Document{Attached: []desk.Picture{{Name: "名单.pdf"}}}
		refused := Attach(&d, name, nil)
		if (refused.ZH == "") != (want == "") || !strings.Contains(refused.ZH, want) {
			t.Errorf("%q: %q, not %q", name, refused.ZH, want)
		}
	}
	for name, clashes := range map[string]bool{"1.png": true, "1.PNG": true, "Index.md": true, "11.png": false, "附件1.png": false} {
		if refused := clashing([]string{"1.png"}, []desk.Picture{{Name: name}}); (refused.ZH != "") != clashes {
			t.Errorf("%q: %q", name, refused.ZH)
		}
	}
}
