package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"qinglian/internal/deploy"
	"qinglian/internal/deploy/live"
	"qinglian/internal/deploy/target"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
)

// verifiedFile is a file that is not as it was delivered, in deploy --json.
type verifiedFile struct {
	Path string    `json:"path"`
	Kind live.Kind `json:"kind"`
	What string    `json:"what,omitempty"`

	why diag.Text // What, to people
}

// Requests of --verify: so many a second, and how long each may take.
const (
	perSecond = 10
	patience  = time.Minute
)

// verify compares what readers are given with what was delivered.
func (on *carriage) verify(ctx context.Context, f deployFlags, r *deployReport) error {
	address := on.address()
	if !strings.HasPrefix(address, "http") {
		return failure{exitUsage, diag.Say("不知道到哪里去看：在 [deploy.%s] 里写 site = \"https://…\"",
			"where to look is not known: write site = \"https://…\" into [deploy.%s]", on.place.Name)}
	}
	now, err := on.delivery(nil, nil).Look(ctx)
	if err != nil {
		return err
	}
	r.stands(now)
	var files []deploy.File
	for _, e := range now.Delivered() {
		files = append(files, e.File)
	}
	if len(files) == 0 {
		return failure{exitSite, diag.Say("%s 还没有送过，没有可以核对的",
			"nothing was delivered to %s yet that could be compared", on.place.Name)}
	}
	files = live.Sample(files, f.sample, on.at.Now)
	step, done := on.counting(func(n, total int) diag.Text {
		return diag.Say("已核对 %d / %d", "compared %d of %d", n, total)
	})
	defer done()
	how := live.How{Site: address, Every: time.Second / perSecond, Client: &http.Client{Timeout: patience},
		Read: on.known, Step: func() { step(len(files)) }}
	found, err := how.Compare(ctx, files)
	if err != nil {
		return failure{exitMachine, diag.Say("没有核对完：%s", "not all was compared: %s", target.Why(err))}
	}
	r.Checked = len(files)
	for _, d := range found {
		file := verifiedFile{d.Path, d.Kind, d.What, diag.Text{ZH: d.What, EN: d.What}}
		if d.Err != nil {
			file.why = target.Why(d.Err)
		}
		r.Different = append(r.Different, file)
	}
	if len(found) > 0 {
		if !f.json {
			on.tellVerified(*r)
		}
		return failure{status: exitSite}
	}
	return nil
}

// known is what a file was when it was delivered, from what this machine has of it.
func (on *carriage) known(f deploy.File) ([]byte, error) {
	if b, err := on.store.Read(f); err == nil {
		return b, nil
	}
	root, err := os.OpenRoot(on.output)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	b, err := root.ReadFile(f.Path)
	if err == nil && digest.Of(b) != f.Sum {
		err = errors.ErrUnsupported
	}
	return b, err
}

func (on *carriage) tellVerified(r deployReport) {
	say := func(t diag.Text) { fmt.Fprintln(on.stdout, on.say(t)) }
	for _, d := range r.Different {
		text := diag.Say("和送去的不一样", "is not what was delivered")
		switch d.Kind {
		case live.Missing:
			text = diag.Say("没有了", "is missing")
		case live.Script:
			text = diag.Say("有不是我们写的脚本：%s", "has a script that we did not write: %s", d.why)
		case live.Failed:
			text = diag.Say("取不来：%s", "can't be fetched: %s", d.why)
		}
		fmt.Fprintln(on.stdout, d.Path+" "+on.say(text))
	}
	if len(r.Different) > 0 {
		say(diag.Say("核对了 %d 个文件，%d 个不对。全部重送一次：qinglian deploy --whole；有人改过的，先查清楚是怎么改的，换掉密码",
			"compared %d files, not as they were delivered: %d. To send all again: qinglian deploy --whole; if somebody changed them, "+
				"find out how first, and change the password", r.Checked, len(r.Different)))
		return
	}
	say(diag.Say("核对了 %d 个文件，都和送去的一样", "compared %d files: nothing is other than it was delivered", r.Checked))
}
