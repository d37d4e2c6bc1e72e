package main

import (
	"os/exec"
	"strings"
	"testing"
	"time"
)

// hardPaths are paths with what means something to a shell, to cron, or to systemd.
var hardPaths = []string{"/home/张三/清廉 网站", `/srv/50% "off" $HOME`, "/it's/here", "/plain/site", "/a\\b"}

func sampleTask(folder string) task {
	return task{name: "qinglian-web", program: "/opt/青 莲/qinglian", folder: folder, args: []string{"deploy", "web", "--source", folder},
		at: time.Date(2026, 12, 1, 9, 30, 0, 0, time.Local)}
}

// TestCron: a shell takes the line apart into the words that were meant, once cron has
// taken the backslashes before percent signs.
func TestCron(t *testing.T) {
	sh := tool(t, "sh", "dash")
	for _, folder := range hardPaths {
		k := sampleTask(folder)
		command, timed := strings.CutPrefix(k.cron(), "  30 9 1 12 * ")
		if !timed {
			t.Errorf("when is %s", k.cron())
		}
		command = strings.ReplaceAll(command, `\%`, "%")
		out, err := exec.Command(sh, "-c", `for w in `+command+`; do printf '%s\n' "$w"; done`).Output()
		if want := strings.Join(k.words(), "\n") + "\n"; err != nil || string(out) != want {
			t.Errorf("%s: %v, got %q, want %q", k.cron(), err, out, want)
		}
	}
}

// TestTimers: what means something to systemd is written so that it does not.
func TestTimers(t *testing.T) {
	k := sampleTask(hardPaths[1])
	if want := `ExecStart="/opt/青 莲/qinglian" deploy web --source "/srv/50%% \"off\" $$HOME"`; !strings.HasSuffix(k.service(), want) {
		t.Errorf("got %s", k.service())
	}
	if want := "OnCalendar=2026-12-01 09:30:00"; !strings.Contains(k.timer(), want) {
		t.Errorf("got %s", k.timer())
	}
	k.hourly = true
	if !strings.Contains(k.timer(), "OnCalendar=hourly") || !strings.HasPrefix(k.cron(), "  0 * * * * ") || !strings.Contains(k.windows(), "/SC HOURLY") {
		t.Errorf("got %s\n%s\n%s", k.timer(), k.cron(), k.windows())
	}
}

// TestWindowsTask: the line as the Command Prompt needs it.
func TestWindowsTask(t *testing.T) {
	k := task{name: "qinglian-web", program: `D:\青 莲\qinglian.exe`, args: []string{"deploy", "web", "--source", `D:\我的 网站\`},
		at: time.Date(2026, 12, 1, 9, 30, 0, 0, time.Local)}
	want := `  schtasks /Create /F /TN "qinglian-web" /TR "\"D:\青 莲\qinglian.exe\" deploy web --source \"D:\我的 网站\\\\\"" /SC ONCE /SD 2026/12/01 /ST 09:30`
	if got := k.windows(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if text := k.text(); strings.Contains(text.ZH, "太长") {
		t.Error("it is said to be too long")
	}
	k.args = append(k.args, strings.Repeat("长", 200))
	if text := k.text(); !strings.Contains(text.ZH, "太长") {
		t.Error("that it is too long is not said")
	}
}
