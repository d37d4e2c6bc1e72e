// Command qinglian turns a folder of Markdown into a public site.
//
// Exit status: 0 done; 1 the site has errors and nothing was published;
// 2 wrong usage; 3 the machine failed.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"qinglian/internal/diag"
)

// version is the release that this source becomes.
const version = "0.1.0"

func main() {
	if len(os.Args) == 1 && ownConsole() {
		os.Exit(doubleClicked(".", os.Stdin, os.Stdout, os.Stderr))
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
	f := failure{exitMachine, diag.Say("没有做完：%s", "failed: %s", err.Error())}
	errors.As(err, &f)
	if f.text != (diag.Text{}) {
		fmt.Fprintln(stderr, "qinglian: "+p.say(f.text))
	}
	return f.status
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
			var known []string
			for _, sub := range c.Commands() {
				known = append(known, sub.Name())
			}
			if near := diag.Nearest(args[0], known); near != "" {
				return usage(diag.Say("没有命令“%s”，是不是想用 %s？", "there is no command %q, did you mean %s?", args[0], near))
			}
			return usage(diag.Say("没有命令“%s”，用 qinglian help 看有哪些", "there is no command %q, see qinglian help", args[0]))
		},
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.PersistentFlags().StringVar(&p.langFlag, "lang", "", p.say(diag.Say("消息的语言：zh 或 en", "language of messages: zh or en")))
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		if p.langFlag != "" && p.langFlag != "zh" && p.langFlag != "en" {
			return usage(diag.Say("--lang 只能是 zh 或 en", "--lang must be zh or en"))
		}
		return nil
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return p.flagError(err) })
	root.SetUsageTemplate(p.say(usageTemplate))
	root.SetHelpCommand(&cobra.Command{
		Use: "help", Short: p.say(diag.Say("显示用法", "show usage")),
		RunE: func(c *cobra.Command, args []string) error {
			target, _, err := root.Find(args)
			if err != nil || target == nil {
				return usage(diag.Say("没有命令“%s”", "there is no command %q", strings.Join(args, " ")))
			}
			return target.Help()
		},
	})
	root.AddCommand(p.initCommand(), p.newCommand(), p.kindsCommand(), p.fixCommand(), p.explainCommand(), p.buildCommand(), p.cleanCommand(), p.wechatCommand(), p.serveCommand(), p.themeCommand(), p.versionCommand())
	for _, c := range append(root.Commands(), root) {
		c.InitDefaultHelpFlag()
		c.Flags().Lookup("help").Usage = p.say(diag.Say("显示用法", "show usage"))
	}
	return root
}

// flagError says in both languages what is wrong with a flag.
func (p *program) flagError(err error) error {
	var unknown *pflag.NotExistError
	var value *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return usage(diag.Say("没有选项 --%s，用 qinglian help 看有哪些", "there is no flag --%s, see qinglian help", unknown.GetSpecifiedName()))
	case errors.As(err, &value):
		return usage(diag.Say("选项 --%s 后面要有值", "the flag --%s needs a value", value.GetSpecifiedName()))
	case errors.As(err, &invalid):
		return usage(diag.Say("选项 --%s 的值“%s”不对", "the flag --%s can't be %q", invalid.GetFlag().Name, invalid.GetValue()))
	}
	return usage(diag.Say("选项写法有误：%s", "the flags can't be read: %s", err.Error()))
}

// exactly asks for n arguments.
func exactly(n int, example string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != n {
			return usage(diag.Say("用法：%s", "usage: %s", example))
		}
		return nil
	}
}

var usageTemplate = diag.Say(`用法：
  {{.UseLine}}{{if .HasAvailableSubCommands}} 命令

命令：{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

选项：
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

通用选项：
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}

退出状态：0 完成；1 网站有错，什么都没有发布；2 用法不对；3 机器出错（磁盘满、没有权限）
`, `Usage:
  {{.UseLine}}{{if .HasAvailableSubCommands}} COMMAND

Commands:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

Global flags:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}

Exit status: 0 done; 1 the site has errors and nothing was published; 2 wrong usage; 3 the machine failed (disk full, no permission)
`)
