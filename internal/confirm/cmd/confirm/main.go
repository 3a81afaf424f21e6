//go:build linux

// Command confirm compares this project's shell with dash on real init
// scripts, and exits 1 where they differ for no known reason, 2 when it could
// not compare. It is for `make confirm`; it needs root and Debian's archive.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"golang.org/x/term"

	"sysv/internal/confirm"
)

func main() {
	if confirm.InSandbox() {
		confirm.Init()
	}
	os.Exit(run())
}

func run() int {
	o := confirm.Options{Say: func(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }}
	flag.StringVar(&o.Repository, "repository", ".", "where go.mod is")
	flag.StringVar(&o.Packages, "packages", fmt.Sprint(confirm.EveryRun), "how many packages of the list, all, or names separated by commas")
	flag.StringVar(&o.Script, "script", "", "only scripts whose name matches this pattern")
	action := flag.String("action", "", "only these actions, separated by commas: "+strings.Join(confirm.Actions, ","))
	modes := flag.String("mode", "never,prefer", "our --utilities modes to compare, separated by commas; also fallback")
	flag.StringVar(&o.Ours, "ours", "", "our binary (default: build ./cmd/sysv)")
	shell := flag.String("shell", "", "compare this shell with dash instead of ours, as \"/bin/bash --posix\"")
	flag.IntVar(&o.Jobs, "jobs", 12, "sandboxes at a time (they mostly wait)")
	jsonFile := flag.String("json", "", "write the report to this file too, as JSON")
	flag.StringVar(&o.Keep, "keep", "", "write all that was seen of each run to this directory")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "confirm: what is %q?\n", flag.Arg(0))
		return 2
	}
	o.Modes = strings.Split(*modes, ",")
	if *action != "" {
		o.Actions = strings.Split(*action, ",")
	}
	o.Shell = strings.Fields(*shell)
	o.Progress = progress()
	r, err := confirm.Run(o)
	if err != nil {
		fmt.Fprintln(os.Stderr, "confirm:", err)
		return 2
	}
	r.Print(os.Stdout)
	if *jsonFile != "" {
		if err := writeJSON(r, *jsonFile); err != nil {
			fmt.Fprintln(os.Stderr, "confirm:", err)
			return 2
		}
	}
	if r.Failed() {
		return 1
	}
	return 0
}

func writeJSON(r *confirm.Report, file string) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := r.JSON(f); err != nil {
		return err
	}
	return f.Close()
}

// progress shows how far it is: in place on a terminal, else every tenth.
func progress() func(done, all int) {
	terminal := term.IsTerminal(int(os.Stderr.Fd()))
	last := 0
	return func(done, all int) {
		switch {
		case terminal:
			fmt.Fprintf(os.Stderr, "\r%d of %d", done, all)
			if done == all {
				fmt.Fprintln(os.Stderr)
			}
		case done*10/all > last:
			last = done * 10 / all
			fmt.Fprintf(os.Stderr, "%d%% (%d of %d)\n", last*10, done, all)
		}
	}
}
