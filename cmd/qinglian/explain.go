package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"qinglian/internal/diag"
	"qinglian/internal/rules"
)

func (p *program) explainCommand() *cobra.Command {
	var all bool
	c := &cobra.Command{
		Use: p.say(diag.Say("explain [规则名]", "explain [RULE]")),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 || all && len(args) > 0 {
				return usage(diag.Say("用法：qinglian explain [规则名]", "usage: qinglian explain [RULE]"))
			}
			return nil
		},
		Short: p.say(diag.Say("说明消息里的一条规则，不写名字就列出全部", "explain a rule that a message names, or list them all")),
		RunE: func(_ *cobra.Command, args []string) error {
			text := rules.Summary(p.lang)
			if all {
				text = rules.Chapter()
			}
			if len(args) > 0 {
				page, err := rulePage(args[0])
				if err != nil {
					return err
				}
				text = page.Show(p.lang)
			}
			_, err := fmt.Fprint(p.stdout, text)
			return err
		},
	}
	c.Flags().BoolVar(&all, "all", false, p.say(diag.Say("手册的“规则”一章，中英文",
		"the manual's chapter of rules, in Chinese and English")))
	return c
}

// rulePage finds the page of a rule, also by what was copied with the brackets
// that messages have around it.
func rulePage(typed string) (rules.Page, error) {
	name := strings.ToLower(strings.Trim(typed, "[] "))
	page, ok := rules.Find(name)
	if ok {
		return page, nil
	}
	var known []string
	for _, p := range rules.All() {
		known = append(known, p.Name)
	}
	if near := diag.Nearest(name, known); near != "" {
		return page, usage(diag.Say("没有规则“%s”，是不是想看 %s？", "there is no rule %q, did you mean %s?", typed, near))
	}
	return page, usage(diag.Say("没有规则“%s”，用 qinglian explain 看有哪些", "there is no rule %q, see qinglian explain", typed))
}
