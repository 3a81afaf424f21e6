// Package root is the command line of sysv itself: the tree of its commands,
// for help and completion. The drop-ins, and the commands that must be quick,
// are dispatched before it is built (package main).
package root

import (
	"strings"

	"github.com/spf13/cobra"
)

// ExitUsage is a wrong command line.
const ExitUsage = 2

// Command is one command of sysv.
type Command struct {
	// Name is its first word; Short one line on what it does.
	Name, Short string
	// Help is its whole manual; "" for a drop-in, whose own --help says it.
	Help string
	// DropIn tells that it reads its own historical command line.
	DropIn bool
	// Run runs it; args[0] is its name.
	Run func(args []string) int
}

// Execute runs the command line args (without the program's name) and
// returns the exit status.
func Execute(version string, commands []Command, args []string) int {
	status := 0
	root := &cobra.Command{
		Use:   "sysv COMMAND",
		Short: "Runs SysV init scripts with an embedded shell",
		Long: `sysv runs SysV init scripts with an embedded shell: also where there is no
/bin/sh and no coreutils. Called by the name of a drop-in (service,
start-stop-daemon, pidof, sh ...) it is that program: see sysv links --help.`,
		Example: `  sysv demo
  sysv run /etc/init.d/cron status
  sysv run --trace --timeout=30 /etc/init.d/nginx start
  sysv sh -c 'echo hello'
  sysv links /usr/local/sbin`,
		Version:       version,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, rest []string) error {
			if len(rest) == 0 {
				status = ExitUsage
				return c.Usage()
			}
			status = ExitUsage
			c.PrintErrf("sysv: unknown command %q: see sysv --help%s\n", rest[0], suggestion(c, rest[0]))
			return nil
		},
	}
	root.AddGroup(&cobra.Group{ID: "sysv", Title: "Commands:"}, &cobra.Group{ID: "dropin", Title: "Drop-ins:"})
	root.SetHelpCommandGroupID("sysv")
	root.SetCompletionCommandGroupID("sysv")
	for _, c := range commands {
		group := "sysv"
		if c.DropIn {
			group = "dropin"
		}
		root.AddCommand(&cobra.Command{
			Use: c.Name, Short: c.Short, Long: c.Help, GroupID: group,
			DisableFlagParsing: true,
			Run: func(_ *cobra.Command, rest []string) {
				status = c.Run(append([]string{c.Name}, rest...))
			},
		})
	}
	root.SetArgs(args)
	if err := root.Execute(); err != nil {
		root.PrintErrf("sysv: %v: see sysv --help\n", err)
		return ExitUsage
	}
	return status
}

func suggestion(c *cobra.Command, word string) string {
	s := c.SuggestionsFor(word)
	if len(s) == 0 {
		return ""
	}
	return " (did you mean " + strings.Join(s, ", ") + "?)"
}
