package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"qinglian/internal/diag"
	"qinglian/internal/site"
	"qinglian/internal/snapshot"
)

// scheduleFlags are the flags of schedule.
type scheduleFlags struct {
	source, now string
	hourly      bool
}

func (p *program) scheduleCommand() *cobra.Command {
	var f scheduleFlags
	c := &cobra.Command{
		Use: "schedule [NAME]",
		Short: p.say(diag.Say("打印定时任务：到下一篇文章公开的时间，自动 deploy",
			"print the scheduled task that runs deploy when the next article becomes public")),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage(diag.Say("用法：qinglian schedule [名字]", "usage: qinglian schedule [NAME]"))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return p.schedule(append(args, "")[0], f) },
	}
	c.Flags().StringVar(&f.source, "source", ".", p.say(diag.Say("网站文件夹", "the site's folder")))
	c.Flags().StringVar(&f.now, "now", "", p.say(diag.Say("当作现在的时间，如 2024-05-01 09:30",
		"the time to take for now, such as 2024-05-01 09:30")))
	c.Flags().BoolVar(&f.hourly, "hourly", false, p.say(diag.Say("每小时一次，不等哪一篇：写一次，以后都不用管",
		"every hour, whatever waits: once and for all")))
	return c
}

// schedule prints the tasks for each system.
func (p *program) schedule(name string, f scheduleFlags) error {
	s, err := openSite(f.source)
	if err != nil {
		return err
	}
	defer s.Close()
	c, err := p.siteConfig(s)
	if err != nil {
		return err
	}
	place, err := chosen(c.Deploys, name)
	if err != nil {
		return err
	}
	t := task{name: taskName(c.ID, place.Name), hourly: f.hourly}
	if !f.hourly {
		held, err := p.heldOf(f)
		if err != nil {
			return err
		}
		if t.at = site.Next(held); t.at.IsZero() {
			_, err := fmt.Fprintln(p.stdout, p.say(diag.Say("没有等着公开的文章，不用定时；以后都想自动，加 --hourly",
				"no article waits for its date, there is nothing to schedule; for every hour add --hourly")))
			return err
		}
		t.at = t.at.Local()
	}
	if t.program, err = os.Executable(); err != nil {
		return err
	}
	if t.folder, err = filepath.Abs(f.source); err != nil {
		return err
	}
	t.args = []string{"deploy", place.Name, "--source", t.folder}
	_, err = fmt.Fprint(p.stdout, p.say(t.text()))
	return err
}

// taskName is what a site's task is called: the place of another site on the same machine may
// have the same name, and its task must not be replaced.
func taskName(id, place string) string { return "qinglian-" + place + "-" + id[:min(len(id), 4)] }

// heldOf are the articles that are not public.
func (p *program) heldOf(f scheduleFlags) ([]site.Held, error) {
	s, err := openSite(f.source)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	now, unlock, err := p.lock(s)
	if err != nil {
		return nil, err
	}
	defer unlock()
	opt, err := p.options(buildFlags{now: f.now, jobs: 2}, s)
	if err != nil {
		return nil, err
	}
	snap, _, err := snapshot.Of(s, now, snapshot.State{}, opt)
	if err != nil {
		return nil, err
	}
	if worst, ok := snap.Diagnostics.Worst(); ok && worst == diag.Error || snap.Site == nil {
		return nil, failure{exitSite, diag.Say("网站有错误，先用 qinglian build 看一看",
			"the site has errors, see qinglian build")}
	}
	return snap.Site.Held, nil
}

// task is what is to run, and when.
type task struct {
	name, program, folder string
	args                  []string
	at                    time.Time // of this machine
	hourly                bool
}

// mostTask is how long a command of Windows' schtasks may be.
const mostTask = 261

// text is the tasks for each system, with where they go.
func (t task) text() diag.Text {
	when := diag.Say("每小时一次", "every hour")
	if !t.hourly {
		when = diag.Say("在 %s（这台电脑的时间）", "at %s (the time of this machine)", t.at.Format("2006-01-02 15:04"))
	}
	note := diag.Text{ZH: "", EN: ""}
	if len(t.command()) > mostTask {
		note = diag.Say("\n  这一行太长（任务最多 %d 个字符）：把网站或程序移到短一些的路径",
			"\n  this is too long (a task may have %d characters): move the site or the program to a shorter path",
			mostTask)
	}
	text := diag.Say("%[1]s运行 qinglian deploy。\n\nWindows：打开“命令提示符”，粘贴这一行，回车：%[2]s\n%[3]s\n  改用 PowerShell 也行，先输入 cmd 回车。电脑那时要开着。\n",
		"Run qinglian deploy %[1]s.\n\nWindows: open the Command Prompt, paste this line, press Enter:%[2]s\n%[3]s\n  The computer must be on then.\n",
		when, note, t.windows())
	cron := diag.Say("\nLinux、macOS（cron）：运行 crontab -e，加上这一行：\n%s\n",
		"\nLinux, macOS (cron): run crontab -e and add this line:\n%s\n", t.cron())
	systemd := diag.Say("\nLinux（systemd）：存成 ~/.config/systemd/user/%[1]s.service：\n%[2]s\n再存成 ~/.config/systemd/user/%[1]s.timer：\n%[3]s\n"+
		"然后运行 systemctl --user daemon-reload && systemctl --user enable --now %[1]s.timer；没有登录时也要运行，再加 loginctl enable-linger\n",
		"\nLinux (systemd): save as ~/.config/systemd/user/%[1]s.service:\n%[2]s\nand as ~/.config/systemd/user/%[1]s.timer:\n%[3]s\n"+
			"then run systemctl --user daemon-reload && systemctl --user enable --now %[1]s.timer; to have it run when nobody is logged in: "+
			"loginctl enable-linger\n", t.name, t.service(), t.timer())
	end := diag.Say("\n密码要在环境变量或私人文件里：定时运行时没有人可以输入。送过以后再运行一次 qinglian schedule，定下一篇的时间；或用 --hourly，一劳永逸。\n",
		"\nThe password must be in the environment or in the private file: nobody is there to type it. Run qinglian schedule again after "+
			"that, for the next article; or use --hourly once and for all.\n")
	return diag.Text{ZH: text.ZH + cron.ZH + systemd.ZH + end.ZH, EN: text.EN + cron.EN + systemd.EN + end.EN}
}

// words are the program and its arguments.
func (t task) words() []string { return append([]string{t.program}, t.args...) }

// command is the command as programs of Windows take their line apart.
func (t task) command() string {
	var out []string
	for _, w := range t.words() {
		if !plain(w) {
			w = argument(w)
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

// argument is a word in quotes, as programs of Windows read it: a quote in it has a
// backslash before it, and backslashes before a quote are doubled.
func argument(word string) string {
	var b strings.Builder
	b.WriteByte('"')
	slashes := 0
	for _, r := range word {
		switch r {
		case '\\':
			slashes++
		case '"':
			b.WriteString(strings.Repeat(`\`, slashes+1))
			slashes = 0
		default:
			slashes = 0
		}
		b.WriteRune(r)
	}
	return b.String() + strings.Repeat(`\`, slashes) + `"`
}

// plain reports whether a word needs no quotes anywhere.
func plain(word string) bool {
	return word != "" && strings.Trim(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") == ""
}

// windows is the line for the Command Prompt.
func (t task) windows() string {
	when := "/SC HOURLY"
	if !t.hourly {
		when = "/SC ONCE /SD " + t.at.Format("2006/01/02") + " /ST " + t.at.Format("15:04")
	}
	return fmt.Sprintf(`  schtasks /Create /F /TN "%s" /TR %s %s`, t.name, argument(t.command()), when)
}

// cron is a line of a crontab: a percent sign is a line break there. One moment comes back
// every year, when there is nothing to send.
func (t task) cron() string {
	when := "0 * * * *"
	if !t.hourly {
		when = fmt.Sprintf("%d %d %d %d *", t.at.Minute(), t.at.Hour(), t.at.Day(), int(t.at.Month()))
	}
	var words []string
	for _, w := range t.words() {
		if !plain(w) {
			w = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
		words = append(words, strings.ReplaceAll(w, "%", `\%`))
	}
	return "  " + when + " " + strings.Join(words, " ")
}

// service is what systemd runs.
func (t task) service() string {
	var words []string
	for _, w := range t.words() {
		w = strings.NewReplacer("%", "%%", "$", "$$").Replace(w)
		if !plain(w) {
			w = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(w) + `"`
		}
		words = append(words, w)
	}
	return "  [Unit]\n  Description=qinglian deploy\n  [Service]\n  Type=oneshot\n  ExecStart=" +
		strings.Join(words, " ")
}

func (t task) timer() string {
	when := "hourly"
	if !t.hourly {
		when = t.at.Format("2006-01-02 15:04:05")
	}
	return "  [Timer]\n  OnCalendar=" + when + "\n  Persistent=true\n  [Install]\n  WantedBy=timers.target"
}
