package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// What cobra and pflag say of themselves is English, so help and what is wrong with a
// command line are written here, in both languages.

// speak has a command, and all below it, explain themselves in the reader's language.
func (p *program) speak(root *cobra.Command) {
	root.SetFlagErrorFunc(flagError)
	root.SetUsageFunc(func(c *cobra.Command) error {
		_, err := fmt.Fprint(c.OutOrStderr(), p.usage(c))
		return err
	})
	root.SetHelpCommand(&cobra.Command{
		Use: p.say(diag.Say("help [命令]", "help [COMMAND]")), Short: p.say(diag.Say("显示用法", "show usage")),
		RunE: func(_ *cobra.Command, args []string) error {
			target, left, err := root.Find(args)
			if err != nil {
				return err
			}
			if len(left) > 0 {
				return unknownCommand(target, left[0])
			}
			return target.Help()
		},
	})
}

// explainHelp has --help of a command and all below it say what it does.
func (p *program) explainHelp(c *cobra.Command) {
	c.InitDefaultHelpFlag()
	c.Flags().Lookup("help").Usage = p.say(diag.Say("显示用法", "show usage"))
	for _, sub := range c.Commands() {
		p.explainHelp(sub)
	}
}

func unknownCommand(c *cobra.Command, name string) error {
	var known []string
	for _, sub := range c.Commands() {
		known = append(known, sub.Name())
	}
	if near := diag.Nearest(name, known); near != "" {
		return usage(diag.Say("没有命令“%s”，是不是想用 %s？", "there is no command %q, did you mean %s?", name, near))
	}
	return usage(diag.Say("没有命令“%s”，用 qinglian help 看有哪些", "there is no command %q, see qinglian help", name))
}

// flagError says what is wrong with a flag of a command, and where its flags are listed.
func flagError(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var value *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	var syntax *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &unknown):
		name := "--" + unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			name = name[1:]
		}
		if near := diag.Nearest(unknown.GetSpecifiedName(), flagsOf(c)); near != "" {
			return usage(diag.Say("没有选项 %s，是不是想用 --%s？", "there is no flag %s, did you mean --%s?", name, near))
		}
		return usage(diag.Say("没有选项 %s，用 %s --help 看有哪些", "there is no flag %s, see %s --help", name, c.CommandPath()))
	case errors.As(err, &value):
		return usage(diag.Say("选项 --%s 后面要有值", "the flag --%s needs a value", value.GetSpecifiedName()))
	case errors.As(err, &invalid):
		return usage(diag.Say("选项 --%s 的值“%s”不对",
			"the flag --%s can't be %q", invalid.GetFlag().Name, invalid.GetValue()))
	case errors.As(err, &syntax):
		return usage(diag.Say("选项“%s”写得不对，用 %s --help 看怎么写",
			"the flag %q can't be read, see %s --help", syntax.GetSpecifiedFlag(), c.CommandPath()))
	}
	return usage(diag.Say("选项写法有误：%s", "the flags can't be read: %s", err.Error()))
}

// flagsOf are the names of all flags of a command.
func flagsOf(c *cobra.Command) (names []string) {
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}

// exactly asks for n arguments.
func exactly(n int, example string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != n {
			return usage(diag.Say("用法：%s", "usage: %s", filledIn(example)))
		}
		return nil
	}
}

// placeholder is a word in a command's line that stands for another.
var placeholder = pattern.Of(`\b[A-Z]{3,}\b`)

var placeholders = map[string]diag.Text{
	"DIR": {ZH: "文件夹", EN: "DIR"}, "FILE": {ZH: "文件", EN: "FILE"}, "NAME": {ZH: "名字", EN: "NAME"},
	"SERVER": {ZH: "服务器", EN: "SERVER"}, "TEXT": {ZH: "文字", EN: "TEXT"}, "KIND": {ZH: "类型", EN: "KIND"},
	"TITLE": {ZH: "标题", EN: "TITLE"}, "ADDRESS": {ZH: "网址", EN: "ADDRESS"},
}

// filledIn is a command's line with its placeholders in both languages.
func filledIn(line string) diag.Text {
	chinese := placeholder().ReplaceAllStringFunc(line, func(word string) string {
		if text, ok := placeholders[word]; ok {
			return text.ZH
		}
		return word
	})
	return diag.Text{ZH: chinese, EN: line}
}

var statuses = diag.Text{
	ZH: "退出状态：0 完成；1 网站有错，什么都没有发布；2 用法不对；3 机器出错（磁盘满、没有权限）",
	EN: "Exit status: 0 done; 1 the site has errors and nothing was published; 2 wrong usage; " +
		"3 the machine failed (disk full, no permission)",
}

// usage is how a command is used.
func (p *program) usage(c *cobra.Command) string {
	var b strings.Builder
	line := c.Use
	if c.HasParent() {
		line = c.Parent().CommandPath() + " " + line
	}
	line = p.say(filledIn(line))
	if c.HasAvailableSubCommands() {
		line += " " + p.say(diag.Text{ZH: "命令", EN: "COMMAND"})
	}
	fmt.Fprintf(&b, "%s\n  %s %s\n", p.say(diag.Say("用法：", "Usage:")), line, p.say(diag.Say("[选项]", "[flags]")))
	var commands [][2]string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			commands = append(commands, [2]string{sub.Name(), sub.Short})
		}
	}
	columns(&b, p.say(diag.Say("命令：", "Commands:")), commands)
	columns(&b, p.say(diag.Say("选项：", "Flags:")), p.flags(c.LocalFlags()))
	columns(&b, p.say(diag.Say("通用选项：", "Global flags:")), p.flags(c.InheritedFlags()))
	fmt.Fprintf(&b, "\n%s\n", p.say(statuses))
	return b.String()
}

// flags are the lines about flags: how each is typed, and what it does.
func (p *program) flags(set *pflag.FlagSet) (lines [][2]string) {
	set.VisitAll(func(f *pflag.Flag) {
		typed := "    --" + f.Name
		if f.Shorthand != "" {
			typed = "-" + f.Shorthand + ", --" + f.Name
		}
		switch f.Value.Type() {
		case "bool":
		case "int":
			typed += " " + p.say(diag.Text{ZH: "数", EN: "NUMBER"})
		default:
			typed += " " + p.say(diag.Text{ZH: "值", EN: "VALUE"})
		}
		does := f.Usage
		if unset := []string{"", "false", "-1"}; !slices.Contains(unset, f.DefValue) {
			does += p.say(diag.Say("（默认 %s）", " (by default %s)", f.DefValue))
		}
		lines = append(lines, [2]string{typed, does})
	})
	return lines
}

// columns writes lines of two columns under a heading, if there are any.
func columns(b *strings.Builder, heading string, lines [][2]string) {
	if len(lines) == 0 {
		return
	}
	wide := 0
	for _, l := range lines {
		wide = max(wide, cells(l[0]))
	}
	fmt.Fprintf(b, "\n%s\n", heading)
	for _, l := range lines {
		fmt.Fprintf(b, "  %s%s   %s\n", l[0], strings.Repeat(" ", wide-cells(l[0])), l[1])
	}
}

// cells is how wide a terminal shows a text: Chinese characters are twice as wide.
func cells(s string) (n int) {
	for _, c := range s {
		if n++; c >= 0x2E80 {
			n++
		}
	}
	return n
}
