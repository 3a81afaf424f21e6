// Package sh is the command sh: the embedded shell alone.
package sh

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"sysv/interp"
	"sysv/shell"
	"sysv/system"
)

// Exit statuses.
const (
	// ExitUsage is a wrong option, or a script that cannot be read.
	ExitUsage = 2
	// ExitNotExecutable is a file that is no script.
	ExitNotExecutable = 126
	// ExitNotFound is a script that is not there.
	ExitNotFound = 127
)

// Help is the command's manual.
const Help = `Usage: sysv sh [OPTION]... [-c TEXT [NAME [ARG]...] | FILE [ARG]... | -s [ARG]...]

Runs a shell script with the embedded shell, as dash would (as bash if called
by that name, or with --dialect=bash).

  -c TEXT             run TEXT
  -s                  read commands from standard input
  -e -u -x -v ...     options of set; -o NAME, +x and so on as well
  --utilities=MODE    when a built-in utility stands in for a program:
                      never, fallback (only where there is no such program,
                      the default), prefer (always)
  --dialect=NAME      dash or bash
  --help              this text

EXIT STATUS
  that of the last command; 2 for a syntax error or a file that is not there,
  as dash has it; 126 for a file that is no script; 127 for a command that was
  not found

EXAMPLES
  sysv sh -c 'echo hello'
  sysv sh -x /etc/init.d/cron status
  sysv sh --utilities=prefer /etc/init.d/ssh start
`

// options is the command line, read.
type options struct {
	text     string
	hasText  bool
	stdin    bool
	help     bool
	mode     interp.Mode
	dialect  interp.Dialect
	settings []setting
	args     []string
}

// setting is an option of set: its letter, or with letter 0 its name.
type setting struct {
	letter byte
	name   string
	on     bool
	// list tells that it is an -o without a name, which asks for the list.
	list bool
}

// parse reads the command line; args[0] is the name the shell was called by.
func parse(args []string) (options, error) {
	var o options
	base := args[0][strings.LastIndexByte(args[0], '/')+1:]
	if strings.TrimPrefix(base, "-") == "bash" {
		o.dialect = interp.Bash
	}
	rest := args[1:]
	for len(rest) > 0 {
		a := rest[0]
		if len(a) < 2 || a[0] != '-' && a[0] != '+' {
			if a == "-" {
				rest = rest[1:]
			}
			break
		}
		rest = rest[1:]
		if a == "--" {
			break
		}
		if strings.HasPrefix(a, "--") {
			if err := o.long(a); err != nil {
				return o, err
			}
			continue
		}
		for i := 1; i < len(a); i++ {
			switch c := a[i]; {
			case c == 'c' && a[0] == '-':
				o.hasText = true
			case c == 's' && a[0] == '-':
				o.stdin = true
			case c == 'l' && a[0] == '-':
			case c == 'o':
				if len(rest) == 0 {
					o.settings = append(o.settings, setting{list: true, on: a[0] == '-'})
					break
				}
				o.settings = append(o.settings, setting{name: rest[0], on: a[0] == '-'})
				rest = rest[1:]
			default:
				o.settings = append(o.settings, setting{letter: c, on: a[0] == '-'})
			}
		}
	}
	if o.hasText {
		if len(rest) == 0 {
			return o, fmt.Errorf("-c requires an argument")
		}
		o.text, rest = rest[0], rest[1:]
	}
	o.args = rest
	return o, nil
}

func (o *options) long(a string) error {
	name, val, _ := strings.Cut(a, "=")
	switch name {
	case "--help":
		o.help = true
	case "--utilities":
		m, ok := ParseMode(val)
		if !ok {
			return fmt.Errorf("--utilities=%s: expected never, fallback or prefer", val)
		}
		o.mode = m
	case "--dialect":
		switch val {
		case "dash", "sh":
			o.dialect = interp.Dash
		case "bash":
			o.dialect = interp.Bash
		default:
			return fmt.Errorf("--dialect=%s: expected dash or bash", val)
		}
	case "--posix", "--login", "--norc", "--noprofile":
	default:
		return fmt.Errorf("unknown option %s: see sysv sh --help", a)
	}
	return nil
}

// ParseMode reads the value of --utilities.
func ParseMode(s string) (interp.Mode, bool) {
	switch s {
	case "never":
		return interp.Never, true
	case "fallback":
		return interp.Fallback, true
	case "prefer":
		return interp.Prefer, true
	}
	return 0, false
}

// Run runs the command; args[0] is the name it was called by.
func Run(ctx context.Context, p *system.Process, args []string) int {
	o, err := parse(args)
	if err != nil {
		fmt.Fprintf(p.Stderr(), "%s: 0: %v\n", args[0], err)
		return ExitUsage
	}
	if o.help {
		p.Stdout().Write([]byte(Help))
		return 0
	}
	so := shell.Options{Name: args[0], Dialect: o.dialect, Mode: o.mode, Args: o.args}
	var src []byte
	var file system.File
	fromFile := !o.hasText && !o.stdin && len(o.args) > 0
	switch {
	case o.hasText && len(o.args) > 0, fromFile:
		so.Name, so.Args = o.args[0], o.args[1:]
	}
	sh := shell.New(p, so)
	for i, s := range o.settings {
		ok := false
		switch {
		case s.list:
			sh.ListUnstarted(s.on, func(letter byte, name string) bool { return named(o.settings[:i], letter, name) })
			continue
		case s.letter != 0:
			ok = sh.SetOption(s.letter, s.on)
		default:
			ok = sh.SetOptionName(s.name, s.on)
		}
		if !ok {
			what := "o " + s.name
			if s.letter != 0 {
				what = string(s.letter)
			}
			fmt.Fprintf(p.Stderr(), "%s: 0: Illegal option -%s\n", args[0], what)
			return ExitUsage
		}
	}
	if fromFile {
		var status int
		if src, file, status = read(p, o.dialect, args[0], so.Name); status != 0 {
			return status
		}
		defer file.Close()
	}
	switch {
	case o.hasText && o.stdin && o.dialect == interp.Dash:
		sh.SetOption('s', true)
		return sh.RunTextAndInput(ctx, o.text)
	case o.hasText:
		return sh.RunText(ctx, o.text)
	case fromFile:
		return sh.RunOpenFile(ctx, src, file)
	}
	sh.SetOption('s', true)
	return sh.RunInput(ctx)
}

// named tells whether an option is among settings.
func named(settings []setting, letter byte, name string) bool {
	for _, s := range settings {
		if letter != 0 && s.letter == letter || name != "" && s.name == name {
			return true
		}
	}
	return false
}

// maxScript bounds a script: real ones stay below 1 MB.
const maxScript = 128 << 20

// read reads a script and leaves it open, or says in one line why it is none.
func read(p *system.Process, dialect interp.Dialect, shellName, path string) ([]byte, system.File, int) {
	var src []byte
	f, err := p.Open(path, system.ReadOnly, 0)
	if err == nil {
		if src, err = system.ReadAll(f, maxScript); err != nil {
			f.Close()
		}
	}
	switch err {
	case nil:
	case system.EISDIR:
		if dialect == interp.Bash {
			fmt.Fprintf(p.Stderr(), "%s: %s: Is a directory\n", path, path)
			return nil, nil, ExitNotExecutable
		}
		// dash can open it, finds nothing in it, and says nothing: whoever has
		// named it by mistake would take it for a script that did its work.
		fmt.Fprintf(p.Stderr(), "%s: 0: %s: is a directory, expected a shell script\n", shellName, path)
		return nil, nil, ExitNotExecutable
	case system.ENOENT, system.ENOTDIR:
		fmt.Fprintf(p.Stderr(), "%s: 0: cannot open %s: No such file\n", shellName, path)
		return nil, nil, ExitUsage
	case system.EFBIG:
		fmt.Fprintf(p.Stderr(), "%s: 0: %s: larger than %d MB: no script\n", shellName, path, maxScript>>20)
		return nil, nil, ExitNotExecutable
	default:
		fmt.Fprintf(p.Stderr(), "%s: 0: cannot open %s: %v\n", shellName, path, err)
		return nil, nil, ExitUsage
	}
	if bytes.HasPrefix(src, []byte("\x7fELF")) {
		f.Close()
		fmt.Fprintf(p.Stderr(), "%s: 0: %s: cannot execute binary file, expected a shell script\n", shellName, path)
		return nil, nil, ExitNotExecutable
	}
	return src, f, 0
}
