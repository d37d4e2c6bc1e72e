package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"qinglian/internal/config"
	"qinglian/internal/deploy/target"
	"qinglian/internal/diag"
)

// TestUnmet: a folder that can't be written to is named, with what to see to, in the words of
// who reads it.
func TestUnmet(t *testing.T) {
	on := &carriage{place: config.Deploy{Name: "web", Scheme: config.Folder}, at: target.Place{To: "/mnt/share"}}
	denied := &fs.PathError{Op: "openat", Path: ".qinglian-part-1", Err: fs.ErrPermission}
	text := failureOf(on.unmet(fmt.Errorf(".qinglian-deploy: %w", denied))).text
	if !strings.Contains(text.ZH, "文件夹 /mnt/share 里不能写") || strings.Contains(text.ZH, "denied") ||
		!strings.Contains(text.EN, "/mnt/share can't be written to") {
		t.Errorf("%s\n%s", text.ZH, text.EN)
	}
}

// TestFailureOf: what the machine refuses is said with what to do, and what says itself
// how a command ends stays as it is.
func TestFailureOf(t *testing.T) {
	denied := &fs.PathError{Op: "mkdir", Path: "content/notices/a", Err: fs.ErrPermission}
	if f := failureOf(fmt.Errorf("writing: %w", denied)); f.status != exitMachine ||
		!strings.Contains(f.text.ZH, "content/notices/a") || !strings.Contains(f.text.ZH, "没有权限：看看") || !strings.Contains(f.text.EN, "no permission") {
		t.Errorf("%d: %s", f.status, f.text.ZH)
	}
	if f := failureOf(errors.New("disk full")); f.text.ZH != "没有做完：disk full" {
		t.Errorf("%s", f.text.ZH)
	}
	full := fmt.Errorf("writing: %w", &fs.PathError{Op: "write", Path: "审核单.html", Err: diskFull})
	if f := failureOf(full); !strings.Contains(f.text.ZH, "审核单.html") || !strings.Contains(f.text.ZH, "磁盘满了：") || !strings.Contains(f.text.EN, "disk is full") {
		t.Errorf("%s", f.text.ZH)
	}
	own := failure{exitUsage, diag.Say("用法", "usage")}
	if f := failureOf(own); f != own {
		t.Errorf("%v", f)
	}
}
