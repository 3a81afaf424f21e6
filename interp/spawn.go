package interp

import (
	"bytes"
	"context"
	"strconv"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// external runs a program and waits for it. With evExit, in the shell itself
// and with no trap to come, the program takes the shell's place.
func (sh *Shell) external(path string, argv []string, flags evalFlags) int {
	sh.out.flush()
	sh.jobs.collect()
	if flags&evExit != 0 && sh.main && !sh.traps.any() && sh.trace == nil {
		return sh.execError(argv[0], sh.replace(path, argv))
	}
	sh.leaving = flags&evExit != 0 && sh.parenthesised && !sh.piped
	child, err := sh.start(sh.process(), path, argv)
	for (err == system.ENOENT || err == system.ENOTDIR) && sh.dialect == Dash && path != argv[0] {
		// It is not any more where it was found: further along the PATH.
		if path = sh.searchAfter(path, argv[0]); path == "" {
			break
		}
		child, err = sh.start(sh.process(), path, argv)
	}
	sh.leaving = false
	if err != nil {
		return sh.execError(argv[0], err)
	}
	if flags&evExit != 0 && !sh.main && !sh.traps.any() {
		st, err := sh.await(child, false)
		if err != nil {
			return 127
		}
		sh.successor = st
		return st.Status()
	}
	return sh.waitForeground(child)
}

// programCommand is a program with what the shell hands on: bash tells it in
// the variable _ by which path it was found, and counts SHLVL down for the
// last one of a ( … ) or & subshell, which it executes without a fork.
func (sh *Shell) programCommand(p *system.Process, path string, argv []string) *system.Command {
	c := p.Command(p.Abs(path), argv)
	if path != "" && path[0] != '/' {
		c.Named = path
	}
	if sh.dialect == Bash {
		env := make([]string, 0, len(c.Env)+1)
		for _, kv := range c.Env {
			switch level, isLevel := strings.CutPrefix(kv, "SHLVL="); {
			case isLevel && sh.leaving:
				n, _ := strconv.Atoi(level)
				env = append(env, "SHLVL="+itoa(n-1))
			case !strings.HasPrefix(kv, "_="):
				env = append(env, kv)
			}
		}
		c.Env = append(env, "_="+path)
	}
	return c
}

// replace executes a program in place of the shell; it returns on failure.
func (sh *Shell) replace(path string, argv []string) error {
	c := sh.programCommand(sh.process(), path, argv)
	err := sh.sys.Exec(c)
	if err == system.ENOEXEC || err == system.ENOENT {
		if s, ok := sh.scriptCommand(sh.p, path, argv); ok {
			err = sh.sys.Exec(s)
		}
	}
	return err
}

// start starts a program that was found at path.
func (sh *Shell) start(p *system.Process, path string, argv []string) (system.Child, error) {
	c := sh.programCommand(p, path, argv)
	if sh.opt[optMonitor] {
		c.Setpgid = true
	}
	child, err := sh.sys.Start(c)
	if err == system.ENOEXEC || err == system.ENOENT {
		if s, ok := sh.scriptCommand(p, path, argv); ok {
			s.Setpgid = c.Setpgid
			return sh.sys.Start(s)
		}
	}
	return child, err
}

// scriptCommand is how a script is run that the kernel would not run: one
// without a #! line (by the shell, as POSIX has it), or one whose interpreter
// is a shell that this machine does not have.
func (sh *Shell) scriptCommand(p *system.Process, path string, argv []string) (*system.Command, bool) {
	self := sh.sys.Executable()
	f, err := p.Open(path, system.ReadOnly, 0)
	if err != nil || self == "" {
		return nil, false
	}
	defer f.Close()
	head := make([]byte, 256)
	n, _ := f.Read(head)
	head = head[:n]
	if bytes.HasPrefix(head, []byte("\x7fELF")) {
		return nil, false
	}
	name, args := "sh", []string{}
	if line, ok := bytes.CutPrefix(head, []byte("#!")); ok {
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line = line[:i]
		}
		words := strings.FieldsFunc(string(line), func(c rune) bool { return c == ' ' || c == '\t' })
		if len(words) == 0 {
			return nil, false
		}
		base := words[0][strings.LastIndexByte(words[0], '/')+1:]
		if base != "sh" && base != "dash" && base != "bash" {
			return nil, false
		}
		name, args = base, words[1:]
	} else if bytes.IndexByte(firstLine(head), 0) >= 0 {
		return nil, false
	}
	full := append(append([]string{name}, args...), path)
	return p.Command(self, append(full, argv[1:]...)), true
}

func firstLine(b []byte) []byte {
	if before, _, ok := bytes.Cut(b, []byte{'\n'}); ok {
		return before
	}
	return b
}

// execError reports a program that could not be executed.
func (sh *Shell) execError(name string, err error) int {
	if sh.dialect == Bash {
		if info, e := sh.p.Stat(name); e == nil && info.Mode.IsDir() {
			sh.warn("%s: Is a directory", name)
			return 126
		}
		switch err {
		case system.ENOENT:
			sh.warn("%s: No such file or directory", name)
			return 127
		}
		sh.warn("%s: %v", name, err)
		return 126
	}
	sh.warn("%s: %s", name, execError(err))
	switch err {
	case system.ENOENT, system.ENOTDIR:
		return 127
	}
	return 126
}

// RunProgram runs a program for a utility such as env or nice, with the process
// that it has prepared.
func (sh *Shell) RunProgram(ctx context.Context, p *system.Process, argv []string) int {
	name := argv[0]
	path := name
	if !strings.Contains(name, "/") {
		dirs, ok := p.Getenv("PATH")
		if !ok {
			dirs = defaultPath
		}
		path = ""
		for dir := range strings.SplitSeq(dirs, ":") {
			full := dir + "/" + name
			if dir == "" {
				full = name
			}
			if info, err := p.Stat(full); err == nil && info.Mode.IsRegular() && p.Access(full, system.ExecuteOK) == nil {
				path = full
				break
			}
		}
	} else if _, err := p.Stat(path); err != nil && isStandardDir(path) {
		path = ""
		name = name[strings.LastIndexByte(name, '/')+1:]
	}
	if sh.utility != nil && sh.mode != Never && (path == "" || sh.prefers(name, path) && !strings.Contains(argv[0], "/")) {
		if u := sh.utility(name); u != nil {
			status, refused := call.Run(ctx, u, p, argv)
			if refused == "" {
				return status
			}
		}
	}
	if path == "" {
		return 127
	}
	sh.programs++
	child, err := sh.start(p, path, argv)
	if err != nil {
		if err == system.ENOENT {
			return 127
		}
		return 126
	}
	st, err := sh.await(child, false)
	if err != nil {
		return 127
	}
	return st.Status()
}
