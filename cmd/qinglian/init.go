package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"qinglian"
	"qinglian/internal/config"
	"qinglian/internal/desk"
	"qinglian/internal/diag"
	"qinglian/internal/mend"
	"qinglian/internal/source"
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
// is an error. The configuration comes last: without it, the folder is no site.
func writeSample(dir string) error {
	var files []desk.File
	err := fs.WalkDir(qinglian.Sample, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || name == config.File {
			return err
		}
		b, err := fs.ReadFile(qinglian.Sample, name)
		files = append(files, desk.New(name, b))
		return err
	})
	if err != nil {
		return err
	}
	text, err := fs.ReadFile(qinglian.Sample, config.File)
	if err != nil {
		return err
	}
	files = append(files, desk.New(config.File, mend.Apply(text, mend.Config(text, newID()))))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	site, err := source.Open(dir)
	if err != nil {
		return err
	}
	defer site.Close()
	refused, err := desk.Write(site, files...)
	if err != nil {
		return err
	}
	if refused != (diag.Text{}) {
		return usage(refused)
	}
	return os.MkdirAll(filepath.Join(dir, "static"), 0o755)
}
