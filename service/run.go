package service

import (
	"context"
	"fmt"
	"strconv"

	"sysv/interp"
	"sysv/library/debian"
	"sysv/shell"
	"sysv/system"
)

// Action is what is asked of a script.
type Action struct {
	Script *Script
	// Args are the action and what follows it.
	Args []string
	Mode interp.Mode
	// Trace may be nil.
	Trace interp.Tracer
	// Options are further options of set, as "x".
	Options string
	// asEnv tells that errors of execve(2) are reported as env(1) does.
	asEnv bool
}

// Run runs a script with a process that has been prepared for it (its
// environment clean, its directory "/"), and returns the script's exit
// status. Only a script of [Foreign] kind replaces the calling process.
func Run(ctx context.Context, p *system.Process, a Action) int {
	s := a.Script
	if s.Kind == Foreign {
		return runForeign(p, a)
	}
	name, args, src := s.Path, a.Args, s.Source
	missing := false
	if s.Kind == InitDScript {
		lib, err := p.ReadFile(debian.InitDScriptPath, maxScript)
		missing = err == system.ENOENT || err == system.ENOTDIR
		if err != nil && !(missing && a.Mode != interp.Never) {
			fmt.Fprintf(p.Stderr(), "%s: %s: %v\n", s.Path, debian.InitDScriptPath, err)
			return StatusNotFound
		}
		name, args, src = debian.InitDScriptPath, append([]string{s.Path}, args...), lib
	}
	sh := shell.New(p, shell.Options{Name: name, Args: args, Dialect: s.Dialect, Mode: a.Mode, Trace: a.Trace})
	for _, o := range s.Options {
		if len(o) > 1 && o[0] == '-' {
			for i := 1; i < len(o); i++ {
				sh.SetOption(o[i], true)
			}
		}
	}
	for i := range len(a.Options) {
		sh.SetOption(a.Options[i], true)
	}
	if s.Kind == InitDScript && (missing || debian.ServesInitDScript(sh, src)) {
		return sh.RunGo(ctx, debian.InitDScript)
	}
	return sh.RunFile(ctx, src)
}

// runForeign runs a script in another language with its own interpreter.
func runForeign(p *system.Process, a Action) int {
	c := p.Command(a.Script.Path, append([]string{a.Script.Path}, a.Args...))
	err := p.Sys.Exec(c)
	words := a.Script.Path + ": cannot run it with " + shown(a.Script.Interpreter) + ": " + err.Error()
	if a.asEnv {
		words = "env: '" + a.Script.Path + "': " + err.Error()
	}
	system.WriteAll(p.Stderr(), []byte(words+"\n"))
	if err == system.ENOENT {
		return StatusNotFound
	}
	return StatusNotExecutable
}

// shown is a name as a message has it: quoted where a terminal would not show
// it, or show something else.
func shown(name string) string {
	for i := range len(name) {
		if name[i] < ' ' || name[i] == 0x7f {
			return strconv.Quote(name)
		}
	}
	return name
}
