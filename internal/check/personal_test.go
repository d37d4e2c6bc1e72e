package check

import (
	"strings"
	"testing"
)

// TestPersonal: what is said of people that must not be published, and what is not.
func TestPersonal(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"护照号码 E12345678", "passport-number E12345678"},
		{"护照号：EA1234567。", "passport-number EA1234567"},
		{"| 护照 |\n|---|\n| G12345678 |", "passport-number G12345678"},
		{"型号 E12345678", ""},
		{"护照号码 XE12345678", ""},
		{"他驾驶川A12345号轿车", "plate-number 川A12345"},
		{"车牌号：闽A·D12345", "plate-number 闽A·D12345"},
		{"川A12345 是一个示例", ""},
		{"新AI技术与车辆", ""},
		{"驾驶川A\\*\\*\\*45号轿车", ""},
		{"王建国，住柳河村三组12号。", "home-address 柳河村三组"},
		{"家庭住址：城关镇人民路12号", "home-address 城关镇人民路12号"},
		{"| 姓名 | 住址 |\n|---|---|\n| 张三 | 柳河村三组 |", "home-address 柳河村三组"},
		{"办公地址：人民路12号", ""},
		{"村民都住在河东组", ""},
		{"住房保障在一组数据里", ""},
		{"辅导王小明（9岁）写作业", "minor 王小明（9岁"},
		{"表扬王小明（9岁）写作业", ""},
		{"学生王小明（9岁）写作业", "minor 王小明（9岁"},
		{"王小明今年12岁。", "minor 王小明今年12岁"},
		{"王明，男，15岁，学生", "minor 王明，男，15岁"},
		{"王小明，柳河小学三年级学生", "minor 王小明，柳河小学三年级"},
		{"三年级学生王小明", "minor 王小明"},
		{"王建国今年42岁。", ""},
		{"王家村12岁以下儿童", ""},
		{"王某（9岁）", ""},
		{"王明7岁的女儿上了学。", ""},
		{"王明7岁，女儿刚上学。", "minor 王明7岁"},
		{"杨树年均12岁", ""},
		{"周岁以下、三年级以上学生", ""},
		{"![王小明，9岁](a.png)", "minor 王小明，9岁"},
	} {
		found, _ := inspected(t, "", head+c.text)
		if got := strings.Join(found, ", "); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}
