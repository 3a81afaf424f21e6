//go:build linux

// Command clients lets Ansible, Puppet and monit work with the original tools
// and with ours, and compares; or, with --suite, runs insserv's own test
// suite. It exits 1 where they differ for no known reason, 2 when it could not
// compare. It needs root, and apt for the Debian archive.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"sysv/internal/clients"
	"sysv/internal/daemons"
)

func main() {
	if daemons.InSandbox() {
		daemons.Init()
	}
	os.Exit(run())
}

func run() int {
	o := clients.Options{Say: func(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }}
	flag.StringVar(&o.Repository, "repository", ".", "where go.mod is")
	flag.StringVar(&o.Ours, "ours", "bin/sysv", "our binary")
	flag.StringVar(&o.Only, "only", "", "only tasks whose name matches this pattern")
	flag.IntVar(&o.Jobs, "jobs", 4, "sandboxes at a time")
	flag.StringVar(&o.Chkconfig, "chkconfig", "", "a binary of Red Hat's chkconfig to compare with")
	target := flag.Bool("target", false, "run Ansible's own target for services too, from --source")
	suite := flag.Bool("suite", false, "run insserv's own test suite, from --source, and nothing else")
	source := flag.String("source", "apt", "where a source is: a `directory`, or apt, which brings it from the archive")
	flag.BoolVar(&o.Short, "short", false, "only some tasks, and the first steps of them")
	flag.BoolVar(&o.Lacking, "lacking", false, "where our binary is not yet a tool, take the original")
	flag.StringVar(&o.Keep, "keep", "", "write all that was seen of each run to this directory")
	flag.StringVar(&o.Try, "try", "", "instead of the clients, run this `text` by /bin/sh with both sides' tools; --keep shows what came of it")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "clients: what is %q?\n", flag.Arg(0))
		return 2
	}
	if *target {
		o.Target = *source
	}
	if *suite {
		return report(clients.Suite(clients.SuiteOptions{Repository: o.Repository, Ours: o.Ours, Source: *source, Only: o.Only, Say: o.Say}))
	}
	return report(clients.Run(o))
}

// report prints what a bench has found, and returns the status.
func report[R interface {
	Print(io.Writer)
	Failed() bool
}](r R, err error) int {
	if err != nil {
		fmt.Fprintln(os.Stderr, "clients:", err)
		return 2
	}
	r.Print(os.Stdout)
	if r.Failed() {
		return 1
	}
	return 0
}
