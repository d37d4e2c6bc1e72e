package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/source"
)

// doubleClicked is what the program does when it was started by a double click
// and has a console of its own: it serves the site of the folder, making the
// sample site first if the folder holds nothing but the program. The console
// stays open until what went wrong was read.
func doubleClicked(dir string, stdin io.Reader, stdout, stderr io.Writer) int {
	p := &program{stdout: stdout, stderr: stderr, lang: language(nil)}
	err := p.start(dir)
	if err == nil {
		return exitDone
	}
	f := failureOf(err)
	fmt.Fprintln(stderr, "qinglian: "+p.say(f.text))
	fmt.Fprintln(stderr, p.say(diag.Say("按回车键关闭窗口", "press Enter to close this window")))
	bufio.NewReader(stdin).ReadString('\n') //nolint:errcheck // whatever ends the waiting
	return f.status
}

func (p *program) start(dir string) error {
	_, err := os.Stat(filepath.Join(dir, config.File))
	if errors.Is(err, os.ErrNotExist) {
		err = begin(dir)
	}
	if err != nil {
		return err
	}
	return p.serve(serveFlags{source: dir, port: -1, open: true})
}

// begin makes the sample site in a folder in which there is nothing else.
func begin(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	entries = slices.DeleteFunc(entries, func(e os.DirEntry) bool {
		return source.Ignored(e.Name()) || e.Name() == filepath.Base(self)
	})
	if len(entries) > 0 {
		return usage(diag.Say("这个文件夹里有别的文件，又没有网站（config.toml）。把 qinglian 放进网站文件夹，或放进一个空文件夹，再双击",
			"this folder holds other files and no site (config.toml). Put qinglian into a site's folder, or into an empty one, and start it again"))
	}
	return writeSample(dir)
}
