//go:build linux

// Command reality compares what the rehearsal says of real daemons with what
// they really do. It exits 1 where they differ for no known reason, 2 when it
// could not compare. It is for `make reality`; it needs root, and apt for the
// Debian archive.
package main

import (
	"flag"
	"fmt"
	"os"

	"sysv/internal/daemons"
	"sysv/internal/reality"
)

func main() {
	if daemons.InSandbox() {
		daemons.Init()
	}
	os.Exit(run())
}

func run() int {
	o := reality.Options{Say: func(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }}
	verbose := flag.Bool("v", false, "print the steps that are as predicted too")
	flag.StringVar(&o.Repository, "repository", ".", "where go.mod is")
	flag.StringVar(&o.Only, "only", "", "only daemons whose name matches this pattern")
	flag.IntVar(&o.Jobs, "jobs", 6, "sandboxes at a time (they mostly wait)")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "reality: what is %q?\n", flag.Arg(0))
		return 2
	}
	r, err := reality.Run(o)
	if err != nil {
		fmt.Fprintln(os.Stderr, "reality:", err)
		return 2
	}
	r.Print(os.Stdout, *verbose)
	if r.Failed() {
		return 1
	}
	return 0
}
