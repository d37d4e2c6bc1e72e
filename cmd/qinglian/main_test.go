package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(house{m}, map[string]func(){"qinglian": main})
}

// TestScripts runs the real program; the scripts read as its manual.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Condition: func(name string) (bool, error) { // all: nothing may be skipped
			if name != "all" {
				return false, fmt.Errorf("there is no condition %q", name)
			}
			return os.Getenv("REQUIRE_ALL") == "1", nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "encode": encode, "pack": pack, "paint": paint, "unpack": unpack},
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "") // Chinese
			return nil
		},
	})
}

// exits runs a command which must end with a status: exits STATUS COMMAND ….
func exits(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: exits STATUS COMMAND [ARG ...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	status := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		failed := (*exec.ExitError)(nil)
		if !errors.As(err, &failed) {
			ts.Fatalf("%s: %v", args[1], err)
		}
		status = failed.ExitCode()
	}
	if status != want {
		ts.Fatalf("%s ended with status %d, want %d", args[1], status, want)
	}
}
