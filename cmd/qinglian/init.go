package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"qinglian"
	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/mend"
)

func (p *program) initCommand() *cobra.Command {
	return &cobra.Command{
		Use: "init DIR", Args: exactly(1, "qinglian init DIR"),
		Short: p.say(diag.Say("新建一个示例网站", "make a sample site")),
		RunE:  func(_ *cobra.Command, args []string) error { return p.init(args[0]) },
	}
}

// init writes the sample site into a folder that is empty or not there.
func (p *program) init(dir string) error {
	if err := vacant(dir); err != nil {
		return err
	}
	if err := writeSample(dir); err != nil {
		return err
	}
	fmt.Fprintln(p.stdout, p.say(diag.Say("示例网站已建在 %s。进入这个文件夹，运行 qinglian build", "the sample site is in %s. Go there and run: qinglian build", dir)))
	return nil
}

// writeSample writes the sample site, with an id of its own. A file that is there
// is an error.
func writeSample(dir string) error {
	if err := os.CopyFS(dir, qinglian.Sample); err != nil {
		return err
	}
	text, err := fs.ReadFile(qinglian.Sample, config.File)
	if err != nil {
		return err
	}
	text = mend.Apply(text, mend.Config(text, newID()))
	if err := os.WriteFile(filepath.Join(dir, config.File), text, 0o644); err != nil {
		return err
	}
	return os.MkdirAll(filepath.Join(dir, "static"), 0o755)
}
