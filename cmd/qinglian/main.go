// Command qinglian turns a folder of Markdown into a public site.
//
// Exit status: 0 done; 1 the site has errors and nothing was published;
// 2 wrong usage; 3 the machine failed.
package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"qinglian/internal/diag"
)

func main() {
	if dir, could := clicked(os.Args[1:]); could && ownConsole() {
		os.Exit(doubleClicked(dir, os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// The exit statuses.
const (
	exitDone    = 0
	exitSite    = 1
	exitUsage   = 2
	exitMachine = 3
)

// failure is an error with its exit status. text is empty when all was said.
type failure struct {
	status int
	text   diag.Text
}

func (f failure) Error() string { return f.text.EN }

func usage(text diag.Text) error { return failure{exitUsage, text} }

// program is what the commands share.
type program struct {
	stdout, stderr io.Writer
	lang           diag.Lang
	langFlag       string
}

func run(args []string, stdout, stderr io.Writer) int {
	p := &program{stdout: stdout, stderr: stderr, lang: language(args)}
	root := p.root()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.Execute()
	if err == nil {
		return exitDone
	}
	f := failureOf(err)
	if f.text != (diag.Text{}) {
		fmt.Fprintln(stderr, "qinglian: "+p.say(f.text))
	}
	return f.status
}

// failureOf is how a command ends that returned an error: the machine's, unless it says
// otherwise.
func failureOf(err error) failure {
	f := failure{exitMachine, diag.Say("没有做完：%s", "failed: %s", refusal(err))}
	errors.As(err, &f)
	return f
}

// refusal is what the machine refused, with what it means and what to see to.
func refusal(err error) diag.Text {
	said := diag.Text{ZH: err.Error(), EN: err.Error()}
	switch {
	case errors.Is(err, fs.ErrPermission):
		return diag.Say("%s（没有权限：看看它和它的文件夹是不是只读、归谁所有）",
			"%s (no permission: see whether it and its folder are read-only, and whose they are)", said)
	case errors.Is(err, diskFull):
		return diag.Say("%s（磁盘满了：删去不要的文件，或换一个磁盘）",
			"%s (the disk is full: delete what is not needed, or use another disk)", said)
	}
	return said
}

func (p *program) say(t diag.Text) string { return t.In(p.lang) }

// language is the language of all messages, known before the arguments are
// parsed: what is wrong with them is said in it too.
func language(args []string) diag.Lang {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			return named(v)
		}
		if a == "--lang" && i+1 < len(args) {
			return named(args[i+1])
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			return named(v)
		}
	}
	return diag.ZH
}

func named(lang string) diag.Lang {
	if strings.HasPrefix(strings.ToLower(lang), "en") {
		return diag.EN
	}
	return diag.ZH
}

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "qinglian",
		Short:         p.say(diag.Say("把一个文件夹的 Markdown 变成宣传网站", "turn a folder of Markdown into a public site")),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return unknownCommand(c, args[0])
		},
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.PersistentFlags().StringVar(&p.langFlag, "lang", "", p.say(diag.Say("消息的语言：zh 或 en",
		"language of messages: zh or en")))
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		if p.langFlag != "" && p.langFlag != "zh" && p.langFlag != "en" {
			return usage(diag.Say("--lang 只能是 zh 或 en", "--lang must be zh or en"))
		}
		return nil
	}
	p.speak(root)
	root.AddCommand(p.initCommand(), p.newCommand(), p.importCommand(), p.kindsCommand(), p.fixCommand(),
		p.retractCommand(), p.explainCommand(), p.buildCommand(), p.checkCommand(), p.slipCommand(), p.diffCommand(),
		p.deployCommand(), p.scheduleCommand(), p.cleanCommand(), p.hostCommand(), p.wechatCommand(), p.serveCommand(),
		p.startCommand(), p.themeCommand(), p.versionCommand())
	p.explainHelp(root)
	return root
}
