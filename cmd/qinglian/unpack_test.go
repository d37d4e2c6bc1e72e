package main

import (
	"archive/zip"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"
)

// unpack is the script command `unpack FOLDER TO`: it takes the one archive that lies in a
// folder, and unpacks it; `! unpack` is that there is none. A document is named itself.
func unpack(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: unpack FOLDER TO")
	}
	found, err := filepath.Glob(ts.MkAbs(args[0]) + "/*.zip")
	ts.Check(err)
	if filepath.Ext(args[0]) != "" {
		found = []string{ts.MkAbs(args[0])}
	}
	if neg && len(found) == 0 {
		return
	}
	if neg || len(found) != 1 {
		ts.Fatalf("there are %q", found)
	}
	r, err := zip.OpenReader(found[0])
	ts.Check(err)
	ts.Check(os.CopyFS(ts.MkAbs(args[1]), r))
	ts.Check(r.Close())
	ts.Check(os.Remove(found[0]))
}
