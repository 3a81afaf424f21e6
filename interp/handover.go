package interp

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"sysv/interp/ast"
	"sysv/interp/bash"
	"sysv/interp/parse"
	"sysv/interp/print"
	"sysv/system"
)

// SubshellName is argv[0] of this program when it is to go on as a subshell
// of another one, on a machine that has no way to run it with the arguments of
// that one: [Resume] then reads that shell's state from the descriptor that
// argv[1] names.
const SubshellName = "sysv-subshell"

func itoa(n int) string { return strconv.Itoa(n) }

// handOver starts a process that goes on as this shell and runs a command.
func (sub *Shell) handOver(c ast.Command) (system.Child, error) {
	self := sub.sys.Executable()
	if self == "" || sub.handed >= maxHandedOver {
		return nil, system.EAGAIN
	}
	r, w, err := sub.sys.Pipe()
	if err != nil {
		return nil, err
	}
	cmd := sub.process().Command(self, nil)
	fd := len(cmd.Files)
	cmd.Files = append(cmd.Files, r)
	cmd.Args = []string{SubshellName, itoa(fd)}
	if s, ok := sub.sys.(interface {
		Again(fd int) (args []string, variable string)
	}); ok {
		// The new process looks like this one, as a fork would.
		if args, variable := s.Again(fd); len(args) > 0 {
			cmd.Args = args
			cmd.Env = append(slices.Clip(cmd.Env), variable)
		}
	}
	cmd.Setpgid = sub.opt[optMonitor]
	child, err := sub.sys.Start(cmd)
	r.Close()
	if err != nil {
		w.Close()
		return nil, err
	}
	// The state is written before anything else happens: this process may be
	// at its end.
	system.WriteAll(w, sub.state(c))
	w.Close()
	return child, nil
}

// writer and reader put strings and numbers into the state and take them out.
type writer struct{ b []byte }

func (w *writer) int(n int) { w.b = append(strconv.AppendInt(w.b, int64(n), 10), ';') }
func (w *writer) str(s string) {
	w.int(len(s))
	w.b = append(w.b, s...)
}

func (w *writer) bool(v bool) {
	if v {
		w.int(1)
		return
	}
	w.int(0)
}

type reader struct {
	b   string
	bad bool
}

func (r *reader) int() int {
	head, tail, ok := strings.Cut(r.b, ";")
	n, err := strconv.Atoi(head)
	if !ok || err != nil {
		r.bad = true
		return 0
	}
	r.b = tail
	return n
}

func (r *reader) str() string {
	n := r.int()
	if n < 0 || n > len(r.b) {
		r.bad = true
		return ""
	}
	s := r.b[:n]
	r.b = r.b[n:]
	return s
}

func (r *reader) bool() bool { return r.int() != 0 }

// state is everything that a subshell has of the shell, and what it is to do.
func (sub *Shell) state(c ast.Command) []byte {
	w := &writer{b: make([]byte, 0, 16384)}
	w.int(int(sub.dialect))
	w.int(int(sub.mode))
	w.int(sub.pid)
	w.str(sub.name)
	w.str(sub.file)
	w.str(sub.p.Dir)
	w.int(int(sub.p.Umask))
	w.int(sub.status)
	w.int(sub.background)
	w.int(sub.function)
	w.int(sub.dots)
	w.int(sub.evals)
	w.int(sub.handed + 1)
	w.int(sub.line)
	w.int(sub.funcLine)
	w.int(sub.getopts.ind)
	w.int(sub.getopts.at)
	w.int(len(sub.params))
	for _, p := range sub.params {
		w.str(p)
	}
	for _, on := range sub.opt {
		w.bool(on)
	}
	w.int(len(sub.p.Limits))
	for r, l := range sub.p.Limits {
		w.int(int(r))
		w.str(strconv.FormatUint(l.Soft, 10))
		w.str(strconv.FormatUint(l.Hard, 10))
	}
	w.int(len(sub.vars.m))
	for name, v := range sub.vars.m {
		w.str(name)
		w.str(v.value)
		w.int(int(v.flags))
		w.int(v.seq)
		v.array.save(w)
	}
	w.int(len(sub.funcs.m))
	for name, f := range sub.funcs.m {
		w.str(name)
		w.bool(f.code != nil)
		w.str(f.file)
		if f.code == nil {
			w.int(f.decl.Line)
			w.str(printed(f.decl, f.decl.Line))
		}
	}
	w.int(len(sub.aliases))
	for name, text := range sub.aliases {
		w.str(name)
		w.str(text)
	}
	w.int(len(sub.traps.actions))
	for sig := range sub.traps.actions {
		w.int(int(sig))
	}
	sub.saveBash(w)
	w.str(printed(c, sub.line))
	return w.b
}

// printed is a command as text that reads back as the same.
func printed(c ast.Command, line int) string {
	var b strings.Builder
	print.Command(&b, c, line)
	return b.String()
}

// Resume goes on as a subshell of another process: it reads that shell's
// state from descriptor fd of c.Process, runs the command in it, and returns
// the exit status. Name, Args, Dialect and Mode of c are ignored.
func Resume(ctx context.Context, c Config, fd int) int {
	f := c.Process.Files.Get(fd)
	if f == nil {
		return 2
	}
	text, err := system.ReadAll(f, 1<<30)
	c.Process.Files.Close(fd)
	if err != nil {
		return 2
	}
	r := &reader{b: string(text)}
	c.Dialect, c.Mode = Dialect(r.int()), Mode(r.int())
	sh := New(c)
	sh.vars.m = map[string]variable{}
	sh.vars.env = nil
	sh.main = true
	cmd, line := sh.load(r)
	if r.bad {
		return 2
	}
	return sh.run(ctx, func() { sh.evalText([]byte(cmd), line, evExit) })
}

// load takes over a state.
func (sh *Shell) load(r *reader) (cmd string, line int) {
	sh.pid = r.int()
	sh.name = r.str()
	sh.file = r.str()
	sh.p.RenameDir(r.str())
	sh.p.Umask = system.Mode(r.int())
	sh.status = r.int()
	sh.background = r.int()
	sh.function = r.int()
	sh.dots = r.int()
	sh.evals = r.int()
	sh.handed = r.int()
	sh.line = r.int()
	sh.funcLine = r.int()
	ind, at := r.int(), r.int()
	sh.params = nil
	for n := r.int(); n > 0 && !r.bad; n-- {
		sh.params = append(sh.params, r.str())
	}
	for i := range sh.opt {
		sh.opt[i] = r.bool()
	}
	sh.opt[optMonitor] = false
	for n := r.int(); n > 0 && !r.bad; n-- {
		what := system.Resource(r.int())
		soft, _ := strconv.ParseUint(r.str(), 10, 64)
		hard, _ := strconv.ParseUint(r.str(), 10, 64)
		if sh.p.Limits == nil {
			sh.p.Limits = map[system.Resource]system.Limit{}
		}
		sh.p.Limits[what] = system.Limit{Soft: soft, Hard: hard}
	}
	for n := r.int(); n > 0 && !r.bad; n-- {
		name := r.str()
		v := variable{value: r.str(), flags: varFlag(r.int()), seq: r.int()}
		v.array = loadArray(r)
		sh.vars.m[name] = v
		sh.envSeq = max(sh.envSeq, v.seq)
	}
	sh.getopts = getoptsState{ind: ind, at: at}
	for n := r.int(); n > 0 && !r.bad; n-- {
		name := r.str()
		inGo, file := r.bool(), r.str()
		if inGo {
			if sh.library != nil {
				if f := sh.library.Function(name); f != nil {
					sh.funcs.own()
					sh.funcs.m[name] = &function{code: f, file: file}
				}
			}
			continue
		}
		line := r.int()
		sh.loadFunction(name, file, r.str(), line)
	}
	for n := r.int(); n > 0 && !r.bad; n-- {
		if sh.aliases == nil {
			sh.aliases = map[string]string{}
		}
		name := r.str()
		sh.aliases[name] = r.str()
	}
	for n := r.int(); n > 0 && !r.bad; n-- {
		sig := system.Signal(r.int())
		sh.traps.put(sig, "")
		sh.sys.Ignore(sig)
	}
	sh.loadBash(r)
	return r.str(), sh.line
}

// loadFunction defines a function from the text that another shell printed.
func (sh *Shell) loadFunction(name, file, text string, line int) {
	var cmd ast.Command
	var err error
	if sh.dialect == Bash {
		var cmds []ast.Command
		cmds, err = bash.All([]byte(text), line)
		if len(cmds) == 1 {
			cmd = cmds[0]
		}
	} else {
		cmd, err = parse.New([]byte(text), parse.Options{Line: line}).Next()
	}
	d, ok := cmd.(*ast.FuncDecl)
	if err != nil || !ok {
		return
	}
	sh.funcs.own()
	d.Name = name
	sh.funcs.m[name] = &function{decl: d, file: file}
}
