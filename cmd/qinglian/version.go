package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"qinglian/internal/diag"
)

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Args: exactly(0, "qinglian version"),
		Short: p.say(diag.Say("显示版本", "show the version")),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(p.stdout, "qinglian %s (%s %s/%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
