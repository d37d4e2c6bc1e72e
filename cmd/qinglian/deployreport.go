package main

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"golang.org/x/term"

	"qinglian/internal/deploy"
	"qinglian/internal/diag"
)

// tell says what became of a delivery.
func (on *carriage) tell(f deployFlags, r deployReport, err error) error {
	var problems diag.List
	if errors.As(err, &problems) {
		err = failure{status: exitSite}
	}
	if f.json {
		r.Diagnostics = on.findings(problems)
		return errors.Join(on.encode(r), err)
	}
	if len(problems) > 0 {
		if _, said := on.list(f.buildFlags, problems); said != nil {
			return said
		}
	}
	if err != nil {
		return err
	}
	switch {
	case f.status:
		on.tellStatus(f, r)
	case f.verify:
		on.tellVerified(r)
	default:
		on.tellDelivered(f, r)
	}
	return nil
}

// tellDelivered says what was sent and deleted, or would be.
func (on *carriage) tellDelivered(f deployFlags, r deployReport) {
	if len(r.New)+len(r.Changed)+len(r.Gone) == 0 {
		fmt.Fprintln(on.stdout, on.say(diag.Say("%s 那里已经是这一版，什么都不用送",
			"%s has this version already, there is nothing to send", r.Place)))
		return
	}
	if f.dry || f.loud {
		on.listPaths(f, diag.Say("新增 %d 个：", "new, %d files:", len(r.New)), r.New)
		on.listPaths(f, diag.Say("更新 %d 个：", "changed, %d files:", len(r.Changed)), r.Changed)
		on.listPaths(f, diag.Say("删去 %d 个：", "deleted, %d files:", len(r.Gone)), r.Gone)
	}
	counts := diag.Say("新增 %d、更新 %d、删去 %d，不变 %d，共 %s", "%d new, %d changed, %d deleted, %d unchanged, %s",
		len(r.New), len(r.Changed), len(r.Gone), r.Same, size(r.Bytes))
	if f.dry {
		fmt.Fprintln(on.stdout, on.say(diag.Say("会送到 %s：%s；现在什么都没有动",
			"to be delivered to %s: %s; nothing was changed", r.Place, counts)))
		return
	}
	what := diag.Say("送到 %s：%s，用时 %.1f 秒", "delivered to %s: %s in %.1f s", r.Place, counts, r.Seconds)
	if f.rollback {
		what = diag.Say("%s 退回到版本 %s：%s，用时 %.1f 秒", "%s is back at the version %s: %s in %.1f s",
			r.Place, r.Version, counts, r.Seconds)
	}
	fmt.Fprintln(on.stdout, on.say(what))
	if len(r.Adopted) > 0 {
		on.listPaths(f, diag.Say("收回了 %d 个本站的文件：", "took over %d files of this site:", len(r.Adopted)), r.Adopted)
	}
	switch {
	case on.place.Scheme == "zip":
		fmt.Fprintln(on.stdout, on.say(diag.Say("传这个文件：%s（把里面 site 文件夹里的全部传上去；有“删除清单.txt”就照着删）",
			"upload from this file: %s (all that is in its folder site; if there is 删除清单.txt, delete what it lists)",
			r.To)))
	case r.Site != "":
		fmt.Fprintln(on.stdout, on.say(diag.Say("看一看 %s", "look at %s", r.Site)))
	}
}

func (on *carriage) tellStatus(f deployFlags, r deployReport) {
	say := func(t diag.Text) { fmt.Fprintln(on.stdout, on.say(t)) }
	switch {
	case r.Delivered != nil:
		say(diag.Say("%s 上次送的是 %s 的版本 %s", "%s has the version of %s, %s", r.Place, when(*r.Delivered), r.Version))
	case !r.Moving:
		say(diag.Say("%s 还没有送过", "nothing was delivered to %s yet", r.Place))
	}
	if r.Moving {
		say(diag.Say("上一次没有送完：再运行 qinglian deploy 就接着送",
			"the last delivery was not finished: run qinglian deploy to go on"))
	}
	on.listPaths(f, diag.Say("还没有送的新文件 %d 个：", "new and not delivered yet, %d files:", len(r.New)), r.New)
	on.listPaths(f, diag.Say("还没有送的更新 %d 个：", "changed and not delivered yet, %d files:", len(r.Changed)), r.Changed)
	on.listPaths(f, diag.Say("还没有删去的 %d 个：", "not deleted yet, %d files:", len(r.Gone)), r.Gone)
	if len(r.New)+len(r.Changed)+len(r.Gone) == 0 {
		say(diag.Say("送去的和输出文件夹一样，共 %d 个文件（那里的有没有被人改过，用 --verify 核对）",
			"what was delivered is the same as the output folder, %d files (whether somebody changed it there, --verify finds out)", r.Same))
	}
	for _, k := range r.Kept {
		say(diag.Say("可以退回：%s 的版本 %s", "to go back to: the version of %s, %s", when(k.Delivered), k.Version))
	}
	if r.Next != nil {
		say(diag.Say("下一篇到 %s 公开；qinglian schedule 让它按时送出去",
			"the next article becomes public at %s; qinglian schedule has it delivered in time",
			r.Next.Format("2006-01-02 15:04")))
	}
}

// when is a moment as people of this machine read it.
func when(at time.Time) string { return at.Local().Format("2006-01-02 15:04") }

func (on *carriage) listPaths(f deployFlags, head diag.Text, list []string) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintln(on.stdout, on.say(head))
	shown := list
	if !f.loud {
		shown = list[:min(screen, len(list))]
	}
	for _, name := range shown {
		fmt.Fprintln(on.stdout, "  "+name)
	}
	if left := len(list) - len(shown); left > 0 {
		fmt.Fprintln(on.stdout, on.say(diag.Say("  另有 %d 个，加 -v 都列出来", "  %d more, shown with -v", left)))
	}
}

// size is a number of bytes for people.
func size(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d B", n)
}

// pace tells how long the rest of a delivery takes, by what was sent so far.
type pace struct {
	began time.Time
}

func (p pace) left(of deploy.Progress) time.Duration {
	// A file costs its bytes, and about as much as 16 KB for being one.
	const each = 16 << 10
	done := of.Bytes + int64(of.Files)*each
	all := of.OfBytes + int64(of.OfFiles)*each
	if done == 0 {
		return 0
	}
	return time.Duration(float64(time.Since(p.began)) * float64(all-done) / float64(done)).Round(time.Second)
}

// progress shows a line on a terminal once the delivery has lasted for a second.
func (on *carriage) progress() (step func(deploy.Progress), done func()) {
	f, ok := on.stderr.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func(deploy.Progress) {}, func() {}
	}
	began := time.Now()
	var mu sync.Mutex
	var last time.Time
	step = func(of deploy.Progress) {
		mu.Lock()
		defer mu.Unlock()
		if now := time.Now(); now.Sub(began) > time.Second && now.Sub(last) > 100*time.Millisecond {
			last = now
			fmt.Fprintf(f, "\r%s\x1b[K", on.say(diag.Say("已送 %d / %d 个文件，%s / %s，还要大约 %s",
				"sent %d of %d files, %s of %s, about %s left",
				of.Files, of.OfFiles, size(of.Bytes), size(of.OfBytes), pace{began}.left(of).String())))
		}
	}
	return step, func() {
		if !last.IsZero() {
			fmt.Fprint(f, "\r\x1b[K")
		}
	}
}
