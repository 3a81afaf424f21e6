package interp

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"sysv/interp/ast"
	"sysv/interp/bash"
	"sysv/system"
)

// bashState is what bash has in a shell environment and dash has not.
type bashState struct {
	// text tells that the shell runs the text of -c.
	text  bool
	shopt shoptSet
	// pipes is PIPESTATUS after a pipeline; nil means the last status alone.
	pipes []int
	// frames are the function calls and sourced files around, the innermost
	// last.
	frames []frame
	// operands are the arrays among the operands of the declaration that is
	// about to run.
	operands []arrayOperand
	// procs are the descriptors of process substitutions.
	procs []int
	dirs  []string
	// started is when SECONDS was 0, and random the state of RANDOM.
	started time.Time
	random  uint32
	// conditional tells that a pattern of [[ ]] is being made.
	conditional bool
	// level is how many command substitutions and evals there are around,
	// for set -x.
	level int
	// lastArg is $_.
	lastArg string
	// inTrap tells that a trap runs.
	inTrap bool
	// exported are the exported functions.
	exported []string
	// simple is the simple command that runs, tested that its status is
	// looked at.
	simple *ast.Simple
	tested bool
	// hidden are the traps ERR, DEBUG and RETURN that the function around
	// has not inherited.
	hidden [3]bool
}

// frame is a function call or a sourced file.
type frame struct {
	name, file string
	// line is where it was called from.
	line int
}

// forSubshell is the state that a subshell starts with.
func (b *bashState) forSubshell() bashState {
	c := *b
	c.frames = slices.Clip(b.frames)
	c.procs = slices.Clip(b.procs)
	c.dirs = slices.Clip(b.dirs)
	c.operands = nil
	c.random = b.random*1103515245 + 12345
	return c
}

// discard is the panic of an error that ends the command line that is being
// run, and not the shell: bash goes on with the next line.
type discard struct{ status int }

// evalBash reads and runs text in bash's grammar.
func (sh *Shell) evalBash(src []byte, line int, flags evalFlags) {
	r := bash.New(src, line)
	defer r.Close()
	sh.evalReader(r, flags)
}

// evalBashInput runs commands read from standard input, a byte at a time: the
// commands may read there too.
func (sh *Shell) evalBashInput() {
	r := bash.NewReader(func(p []byte) (int, error) { return sh.p.Stdin().Read(p[:1]) })
	defer r.Close()
	sh.evalReader(r, 0)
}

func (sh *Shell) evalReader(r *bash.Parser, flags evalFlags) {
	status := 0
	for {
		cmd, err := r.Next()
		if sh.opt[optVerbose] {
			sh.echoInput([]byte(r.Lines()))
		} else {
			r.Skip()
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			sh.status = sh.bashSyntaxError(err)
			return
		}
		f := flags &^ evExit
		if flags&evExit != 0 && r.AtEOF() {
			f |= evExit
		}
		if cmd == nil || sh.opt[optNoExec] {
			continue
		}
		status = sh.evalLine(cmd, f)
		if sh.skip != skipNone {
			break
		}
	}
	sh.status = status
}

// evalLine runs one complete command; an error that discards it is its status.
func (sh *Shell) evalLine(cmd ast.Command, flags evalFlags) (status int) {
	function, loops, evals, dots, frames, locals := sh.function, sh.loops, sh.evals, sh.dots, len(sh.b.frames), sh.mark()
	defer func() {
		switch e := recover().(type) {
		case nil:
		case discard:
			sh.out.finish()
			sh.function, sh.loops, sh.evals, sh.dots = function, loops, evals, dots
			sh.b.frames = sh.b.frames[:frames]
			sh.unwind(locals)
			sh.command = ""
			sh.skip = skipNone
			sh.status, status = e.status, e.status
			if !sh.main && sh.evals == 0 && sh.dots == 0 {
				panic(exit{status: e.status})
			}
		default:
			panic(e)
		}
	}()
	return sh.eval(cmd, flags)
}

// afterSimple closes the process substitutions of a command.
func (sh *Shell) afterSimple(keep int) {
	if len(sh.b.procs) > keep {
		sh.closeProcs(keep)
	}
}

// bashSyntaxError reports an error of the parser. It ends the shell, but not
// from within eval, a sourced file or a trap.
func (sh *Shell) bashSyntaxError(err error) int {
	sh.out.flush()
	line, msg, echo, text := 0, err.Error(), false, ""
	if e, ok := err.(*bash.SyntaxError); ok {
		line, msg, echo, text = e.Line, e.Msg, e.Echo, e.Text
	}
	sh.line = line
	prefix := sh.errorPrefix()
	inner := sh.evals > 0 || sh.dots > 0 || sh.b.inTrap
	if e, ok := err.(*bash.SyntaxError); ok && e.Expansion {
		prefix = sh.errorPrefix()
	} else if sh.b.text && !inner {
		prefix = sh.name + ": -c: line " + strconv.Itoa(line) + ": "
	} else if sh.evals > 0 {
		prefix = sh.errorName() + ": eval: line " + strconv.Itoa(line) + ": "
	}
	out := prefix + msg + "\n"
	if echo {
		out += prefix + "`" + text + "'\n"
	}
	system.WriteAll(sh.p.Stderr(), []byte(out))
	status := 2
	if strings.HasSuffix(msg, "bad substitution") {
		status = 1
	}
	if inner {
		if sh.evals > 0 {
			return 2
		}
		return status
	}
	sh.status = status
	panic(abort{status})
}

// errorName is the file that bash names in its messages.
func (sh *Shell) errorName() string {
	if n := len(sh.b.frames); n > 0 {
		return sh.b.frames[n-1].file
	}
	return sh.name
}

// errorPrefix is what bash's messages begin with.
func (sh *Shell) errorPrefix() string {
	return sh.errorName() + ": line " + strconv.Itoa(sh.line) + ": "
}

// bashFatal is the panic after an error in an expansion or an assignment.
// Those that dash's status 127 stands for end the shell.
func (sh *Shell) bashFatal(status int) any {
	if status == 127 {
		if !sh.b.text || !sh.main || sh.opt[optErrExit] {
			status = 1
		}
		sh.status = status
		return exit{status: status}
	}
	return discard{1}
}

// evalBashCommand runs the commands that only bash has.
func (sh *Shell) evalBashCommand(c ast.Command, flags evalFlags) int {
	switch c := c.(type) {
	case *ast.Test:
		sh.line = c.Line
		return sh.evalTest(c)
	case *ast.ArithCmd:
		sh.line = c.Line
		sh.debugTrap()
		text := sh.str(c.Expr, tildeNone)
		if sh.opt[optXTrace] {
			sh.traceLine("(( " + strings.TrimSpace(text) + " ))")
		}
		return sh.arithStatus("((", text)
	case *ast.ArithFor:
		return sh.evalArithFor(c, flags)
	case *ast.Select:
		return sh.evalSelect(c, flags)
	case *ast.Time:
		return sh.evalTime(c, flags)
	}
	return 2
}

// checksStatus tells whether a command that only bash has counts for set -e
// itself: those with commands in them do not, their commands do.
func checksStatus(c ast.Command) bool {
	switch c.(type) {
	case *ast.Test, *ast.ArithCmd:
		return true
	}
	return false
}

// arithStatus evaluates an expression as a command: 0 if it is not 0.
func (sh *Shell) arithStatus(name, text string) int {
	n, err := sh.arithTry(text)
	switch {
	case err != nil:
		outer := sh.command
		sh.command = name
		sh.warn("%v", err)
		sh.command = outer
		return 1
	case n == 0:
		return 1
	}
	return 0
}

func (sh *Shell) evalArithFor(c *ast.ArithFor, flags evalFlags) int {
	eval := func(w *ast.Word, empty int64) (int64, bool) {
		sh.line = c.Line
		if w == nil {
			return empty, true
		}
		text := sh.str(w, tildeNone)
		if strings.TrimSpace(text) == "" {
			return empty, true
		}
		if sh.opt[optXTrace] {
			sh.traceLine("(( " + strings.TrimSpace(text) + " ))")
		}
		n, err := sh.arithTry(text)
		if err != nil {
			outer := sh.command
			sh.command = "(("
			sh.warn("%v", err)
			sh.command = outer
		}
		return n, err == nil
	}
	if _, ok := eval(c.Init, 1); !ok {
		return 1
	}
	sh.loops++
	defer func() { sh.loops-- }()
	status := 0
	for {
		n, ok := eval(c.Cond, 1)
		if !ok {
			return 1
		}
		if n == 0 {
			return status
		}
		status = sh.eval(c.Body, flags&evTested)
		if sh.endLoop() {
			return status
		}
		if _, ok := eval(c.Post, 1); !ok {
			return 1
		}
	}
}

// evalSelect is select: a menu on standard error, an answer from standard
// input, until the end of the input or a break.
func (sh *Shell) evalSelect(c *ast.Select, flags evalFlags) int {
	sh.line = c.Line
	words := sh.params
	if c.In {
		words = sh.fields(c.Words, nil)
	}
	if len(words) == 0 {
		return 0
	}
	sh.loops++
	defer func() { sh.loops-- }()
	status, show := 0, true
	for {
		if show {
			sh.selectMenu(words)
		}
		ps3, ok := sh.lookup("PS3")
		if !ok {
			ps3 = "#? "
		}
		sh.out.flush()
		system.WriteAll(sh.p.Stderr(), []byte(ps3))
		if builtinRead(sh, []string{"read", "-r"}, 0) != 0 {
			sh.out.string("\n")
			return 1
		}
		reply, _ := sh.lookup("REPLY")
		reply = strings.TrimSpace(reply)
		if show = reply == ""; show {
			continue
		}
		choice := ""
		if n, err := strconv.Atoi(reply); err == nil && n >= 1 && n <= len(words) {
			choice = words[n-1]
		}
		sh.assign(c.Name, choice, 0)
		status = sh.eval(c.Body, flags&evTested)
		if sh.endLoop() {
			return status
		}
		if r, _ := sh.lookup("REPLY"); r == "" {
			show = true
		}
	}
}

func (sh *Shell) selectMenu(words []string) {
	width := len(strconv.Itoa(len(words)))
	var b strings.Builder
	for i, w := range words {
		n := strconv.Itoa(i + 1)
		b.WriteString(strings.Repeat(" ", width-len(n)) + n + ") " + w + "\n")
	}
	system.WriteAll(sh.p.Stderr(), []byte(b.String()))
}

// evalTime is the time keyword.
func (sh *Shell) evalTime(c *ast.Time, flags evalFlags) int {
	start, before := sh.sys.Now(), sh.sys.Times()
	status := 0
	if c.Cmd != nil {
		status = sh.eval(c.Cmd, flags&evTested)
	}
	after := sh.sys.Times()
	show := func(d time.Duration) string {
		if c.Posix {
			return strconv.FormatFloat(d.Seconds(), 'f', 2, 64)
		}
		ms := d.Milliseconds()
		sec := strconv.FormatInt(ms/1000%60, 10) + "." + strconv.FormatInt(1000+ms%1000, 10)[1:]
		return strconv.FormatInt(ms/60000, 10) + "m" + sec + "s"
	}
	head, sep := "\n", "\t"
	if c.Posix {
		head, sep = "", " "
	}
	user := after.User - before.User + after.ChildUser - before.ChildUser
	system_ := after.System - before.System + after.ChildSystem - before.ChildSystem
	text := head + "real" + sep + show(sh.sys.Now().Sub(start)) + "\nuser" + sep + show(user) + "\nsys" + sep + show(system_) + "\n"
	sh.out.flush()
	system.WriteAll(sh.p.Stderr(), []byte(text))
	return status
}

// saveBash and loadBash hand the state over to another process.
func (sh *Shell) saveBash(w *writer) {
	w.bool(sh.b.text)
	w.int(int(sh.b.shopt))
	w.int(sh.b.level)
	w.str(sh.b.lastArg)
	w.int(len(sh.b.frames))
	for _, f := range sh.b.frames {
		w.str(f.name)
		w.str(f.file)
		w.int(f.line)
	}
	w.int(len(sh.b.dirs))
	for _, d := range sh.b.dirs {
		w.str(d)
	}
	w.int(len(sh.b.exported))
	for _, n := range sh.b.exported {
		w.str(n)
	}
}

func (sh *Shell) loadBash(r *reader) {
	sh.b.text = r.bool()
	sh.b.shopt = shoptSet(r.int())
	sh.b.level = r.int()
	sh.b.lastArg = r.str()
	sh.b.frames = nil
	for n := r.int(); n > 0 && !r.bad; n-- {
		sh.b.frames = append(sh.b.frames, frame{r.str(), r.str(), r.int()})
	}
	for n := r.int(); n > 0 && !r.bad; n-- {
		sh.b.dirs = append(sh.b.dirs, r.str())
	}
	sh.b.exported = nil
	for n := r.int(); n > 0 && !r.bad; n-- {
		sh.b.exported = append(sh.b.exported, r.str())
	}
}
