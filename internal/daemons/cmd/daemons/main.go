//go:build linux

// Command daemons runs real daemons by Debian's init scripts, with dash and
// with this project's shell, and compares. It exits 1 where they differ for no
// known reason, 2 when it could not compare. It is for `make daemons`; it
// needs root, and apt for the Debian archive.
package main

import (
	"flag"
	"fmt"
	"os"

	"sysv/internal/daemons"
)

func main() {
	if daemons.InSandbox() {
		daemons.Init()
	}
	os.Exit(run())
}

func run() int {
	o := daemons.Options{Say: func(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }}
	flag.StringVar(&o.Repository, "repository", ".", "where go.mod is")
	flag.StringVar(&o.Ours, "ours", "bin/sysv", "our binary")
	flag.StringVar(&o.Only, "only", "", "only daemons and cases whose name matches this pattern")
	flag.StringVar(&o.Part, "part", "", "only this part: daemons, bare or cases")
	flag.IntVar(&o.Jobs, "jobs", 12, "sandboxes at a time (they mostly wait)")
	flag.StringVar(&o.Keep, "keep", "", "write all that was seen of each run to this directory")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "daemons: what is %q?\n", flag.Arg(0))
		return 2
	}
	r, err := daemons.Run(o)
	if err != nil {
		fmt.Fprintln(os.Stderr, "daemons:", err)
		return 2
	}
	r.Print(os.Stdout)
	if r.Failed() {
		return 1
	}
	return 0
}
