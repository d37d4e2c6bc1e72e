package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// start takes the pages on which the guide leads from a double click to a published
// article: the program's own, in a folder of a user who never ran it.
func start(ctx context.Context, program, folder, out string) error {
	home := filepath.Join(folder, "home")
	if err := os.MkdirAll(filepath.Join(home, "Documents"), 0o755); err != nil {
		return err
	}
	nothing, err := exec.LookPath("true")
	if err == nil {
		err = os.Symlink(nothing, filepath.Join(folder, "xdg-open")) // no browser and no editor
	}
	if err != nil {
		return err
	}
	run := exec.CommandContext(ctx, program, "start")
	run.Env = []string{"HOME=" + home, "LANG=zh_CN.UTF-8", "PATH=" + folder}
	base, end, err := serving(run)
	defer end()
	if err != nil {
		return err
	}
	ctx, cancel := chromedp.NewContext(ctx, chromedp.WithNewBrowserContext())
	defer cancel()
	steps := []step{
		{"start.png", 640, actions{chromedp.Navigate(base), chromedp.SendKeys(`[name=region]`, "清源县")}},
		{"start-site.png", 480, actions{chromedp.Click(`form[action=make] button`), chromedp.WaitVisible(".doings")}},
		{"start-new.png", 640, actions{chromedp.Click(`.doings a[href$="/new"]`),
			chromedp.Click(`nav a[href*="notices"]`), chromedp.WaitVisible(`[name=title]`),
			chromedp.SendKeys(`[name=title]`, "清源镇公开村账")}},
		{"start-made.png", 320, actions{chromedp.Click(`form[action=new] button`), chromedp.WaitVisible(`.done code`)}},
		{"start-preview.png", 640,
			actions{chromedp.Click(`main a[href="../"]`), chromedp.WaitVisible(`[data-qinglian-preview] .publish`)}},
		{"start-publish.png", 440,
			actions{chromedp.Click(`[data-qinglian-preview] .publish`), chromedp.WaitVisible(`[name=seen] ~ button`)}},
		{"start-done.png", 440, actions{chromedp.Click(`[name=seen] ~ button`), chromedp.WaitVisible(`.done`)}},
	}
	for _, s := range steps {
		if err := s.take(ctx, home, out); err != nil {
			return fmt.Errorf("%s: %w", s.file, err)
		}
		if s.file == "start-made.png" {
			if err := written(home); err != nil {
				return err
			}
		}
	}
	return nil
}

type actions []chromedp.Action[chromedp.Void]

// step is a picture on the way, and what leads there.
type step struct {
	file   string
	height int64
	way    actions
}

// asOnWindows has the page say the path of the user's folder as it is in an office. The
// second time it takes that back: the form has to be sent with the real one.
const asOnWindows = `((from, to) => {
	const there = path => path.includes(from) ? path.replace(from, to).replaceAll("/", "\\") : path;
	for (const e of document.querySelectorAll("code")) e.textContent = there(e.textContent);
	for (const e of document.querySelectorAll("[name=folder]")) [e.value, e.dataset.real] = [e.dataset.real ?? there(e.value), e.value];
	return true;
})`

func (s step) take(ctx context.Context, home, out string) error {
	light := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "light"}}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia,
		emulation.SetEmulatedMediaParams{Features: light}); err != nil {
		return err
	}
	if err := chromedp.Do(ctx,
		append(s.way, chromedp.EmulateViewport(720, s.height), chromedp.Sleep(2*time.Second))...); err != nil {
		return err
	}
	office := fmt.Sprintf("%s(%q, %q)", asOnWindows, home, `C:\Users\宣传科`)
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](office)); err != nil {
		return err
	}
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return err
	}
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](office)); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, s.file), picture, 0o644)
}

// written is what the writer does in an editor: the text, and the mark of a draft away.
func written(home string) error {
	files, err := filepath.Glob(filepath.Join(home, "Documents", "*", "content", "notices", "*.md"))
	for _, file := range files {
		text, read := os.ReadFile(file)
		now := draftLine.ReplaceAllString(string(text), "")
		if now != string(text) {
			now += "\n每月五号，三本账上墙，谁都可以看。\n"
		}
		err = errors.Join(err, read, os.WriteFile(file, []byte(now), 0o644))
	}
	return err
}

// draftLine is the line that makes an article a draft.
var draftLine = regexp.MustCompile(`(?m)^草稿.*\n`)
