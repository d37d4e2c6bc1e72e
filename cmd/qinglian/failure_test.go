package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"qinglian/internal/diag"
)

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
	own := failure{exitUsage, diag.Say("用法", "usage")}
	if f := failureOf(own); f != own {
		t.Errorf("%v", f)
	}
}
