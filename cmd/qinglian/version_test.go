package main

import (
	"runtime/debug"
	"strings"
	"testing"

	"qinglian/internal/diag"
)

// TestVersion: what a release, a build in a clone and one of a copy say of themselves.
func TestVersion(t *testing.T) {
	clone := &debug.BuildInfo{Settings: []debug.BuildSetting{
		{Key: "vcs.revision", Value: "297b0c1012345678901234567890123456789012"},
		{Key: "vcs.time", Value: "2026-11-29T23:30:00-05:00"}, {Key: "vcs.modified", Value: "true"},
	}}
	release := origin{version: "v1.2.3", commit: "ccc9043f0123456789", day: "2026-12-01T00:10:00+08:00"}
	for _, c := range []struct {
		name   string
		linked origin
		info   *debug.BuildInfo
		zh, en string
	}{
		{"release", release, nil, "qinglian 1.2.3（提交 ccc9043f0123，2026-11-30，用 go", "qinglian 1.2.3 (commit ccc9043f0123, 2026-11-30, made with go"},
		{"release in a clone", release, clone, "qinglian 1.2.3（提交 ccc9043f0123，2026-11-30，用 go", "qinglian 1.2.3 (commit ccc9043f0123, 2026-11-30, made with go"},
		{"clone", origin{}, clone, "qinglian 0.1.0-dev（提交 297b0c101234，2026-11-30，有未提交的改动，用 go",
			"qinglian 0.1.0-dev (commit 297b0c101234, 2026-11-30, with changes since, made with go"},
		{"copy", origin{}, &debug.BuildInfo{}, "qinglian 0.1.0-dev（用 go", "qinglian 0.1.0-dev (made with go"},
		{"nothing", origin{}, nil, "qinglian 0.1.0-dev（用 go", "qinglian 0.1.0-dev (made with go"},
	} {
		said := originOf(c.linked, c.info).said()
		if zh, en := said.In(diag.ZH), said.In(diag.EN); !strings.HasPrefix(zh, c.zh) || !strings.HasPrefix(en, c.en) {
			t.Errorf("%s: %s / %s", c.name, zh, en)
		}
	}
}
