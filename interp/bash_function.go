package interp

import (
	"strings"

	"sysv/interp/ast"
	"sysv/interp/print"
	"sysv/system"
)

// bashFunctionText is a function as declare -f prints it: the layout is
// bash's, the quotes in its words are print's.
func bashFunctionText(name string, d *ast.FuncDecl) string {
	var b strings.Builder
	if name != "" {
		b.WriteString(name + " ")
	}
	b.WriteString("() \n{ \n")
	body := d.Body
	if r, ok := body.(*ast.Redirected); ok && len(r.Redirs) > 0 {
		b.WriteString("    " + print.String(body) + "\n}\n")
		return b.String()
	}
	if g, ok := body.(*ast.Group); ok {
		body = g.Body
	}
	cmds := []ast.Command{body}
	if l, ok := body.(*ast.List); ok {
		cmds = l.Cmds
	}
	for i, c := range cmds {
		text := print.String(c)
		b.WriteString("    " + text)
		_, background := c.(*ast.Background)
		if i < len(cmds)-1 && !background && !strings.HasSuffix(text, "\n") {
			b.WriteByte(';')
		}
		if !strings.HasSuffix(text, "\n") {
			b.WriteByte('\n')
		}
	}
	b.WriteString("}\n")
	return shortNames(b.String())
}

// bashCall is what is around the call of a function in bash: a frame of the
// call stack, and getopts that goes on where it was.
func (sh *Shell) bashCall(f *function, name string, mark int) (end func()) {
	frames, locals := len(sh.b.frames), sh.localsFrom
	file := f.file
	if file == "" || sh.b.text && file == sh.name {
		file = "environment"
	}
	sh.b.frames = append(sh.b.frames, frame{name, file, sh.line})
	sh.localsFrom = mark
	getopts := sh.getopts
	unhide := sh.hideTraps()
	if sh.opt[optFuncTrace] {
		sh.debugTrap()
	}
	return func() {
		if sh.skip == skipReturn || sh.skip == skipNone {
			sh.returnTrap()
		}
		unhide()
		if sh.getopts != getopts {
			getopts = sh.getopts
		}
		sh.b.frames, sh.localsFrom = sh.b.frames[:frames], locals
	}
}

// printFunction prints a function as declare -f does.
func (sh *Shell) printFunction(name string) {
	f := sh.funcs.m[name]
	if f == nil {
		return
	}
	if f.decl == nil {
		sh.printf("%s () \n{ \n    :\n}\n", name)
		return
	}
	sh.out.string(bashFunctionText(name, f.decl))
}

// reportJob tells which signal ended a background command, as a script does
// when it waits for one.
func (sh *Shell) reportJob(j *job) {
	st := j.status
	if st.Signal == 0 || st.Signal == system.SIGINT || st.Signal == system.SIGPIPE || st.Signal == system.SIGTERM && sh.traps.set(system.SIGTERM) {
		return
	}
	sh.reportDeath(j.pid, st, j.text)
}

// reportForeground is that for a command that was waited for at once.
func (sh *Shell) reportForeground(pid int, st system.WaitStatus) {
	switch st.Signal {
	case 0, system.SIGINT, system.SIGPIPE:
		return
	case system.SIGTERM:
		sh.out.flush()
		system.WriteAll(sh.p.Stderr(), []byte(st.Signal.String()+"\n"))
		return
	}
	text := ""
	if sh.b.simple != nil {
		text = sourceCommand(sh.b.simple)
	}
	sh.reportDeath(pid, st, text)
}

// reportDeath is the line about a process that a signal ended.
func (sh *Shell) reportDeath(pid int, st system.WaitStatus, text string) {
	what := st.Signal.String()
	if st.CoreDumped {
		what += " (core dumped)"
	}
	head := sh.errorPrefix()
	number := itoa(pid)
	for len(number) < 5 {
		number = " " + number
	}
	if n := 24; len(what) < n && text != "" {
		what += strings.Repeat(" ", n-len(what)-1)
	}
	sh.out.flush()
	system.WriteAll(sh.p.Stderr(), []byte(head+number+" "+what+" "+text+"\n"))
}
