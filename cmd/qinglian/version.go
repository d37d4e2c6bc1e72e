package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"qinglian/internal/diag"
)

// What a release says of itself: the linker sets them (release/goreleaser.yaml).
var (
	version   = ""
	commit    = ""
	committed = "" // RFC 3339
)

// next is the release that this source becomes.
const next = "0.1.0"

// origin is what the program was made of. Two that are made of the same say the same, so
// the day is the commit's and not the build's.
type origin struct {
	version, commit string
	day             string // of the commit, in UTC
	edited          bool   // there was more than the commit
}

// originOf is what the linker was told, or else what the go command noted of the folder in
// which it built.
func originOf(linked origin, info *debug.BuildInfo) origin {
	noted := origin{}
	if info != nil {
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				noted.commit = s.Value
			case "vcs.time":
				noted.day = s.Value
			case "vcs.modified":
				noted.edited = s.Value == "true"
			}
		}
	}
	if linked.commit != "" {
		noted = linked
	}
	noted.version = cmp.Or(strings.TrimPrefix(linked.version, "v"), next+"-dev")
	at, err := time.Parse(time.RFC3339, noted.day)
	if noted.day = ""; err == nil {
		noted.day = at.UTC().Format(time.DateOnly)
	}
	noted.commit = noted.commit[:min(12, len(noted.commit))]
	return noted
}

// said is an origin in one line. It begins with the version, for scripts.
func (o origin) said() diag.Text {
	system := runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH
	from := diag.Text{}
	if o.commit != "" {
		from = diag.Say("提交 %s，%s，", "commit %s, %s, ", o.commit, o.day)
	}
	if o.edited {
		from = diag.Say("%s有未提交的改动，", "%swith changes since, ", from)
	}
	return diag.Say("qinglian %s（%s用 %s 编译）", "qinglian %s (%smade with %s)", o.version, from, system)
}

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Args: exactly(0, "qinglian version"),
		Short: p.say(diag.Say("显示版本、提交和日期", "show the version, its commit and date")),
		RunE: func(*cobra.Command, []string) error {
			info, _ := debug.ReadBuildInfo()
			o := originOf(origin{version: version, commit: commit, day: committed}, info)
			_, err := fmt.Fprintln(p.stdout, p.say(o.said()))
			return err
		},
	}
}
