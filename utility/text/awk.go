package text

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/benhoyt/goawk/interp"
	"github.com/benhoyt/goawk/lexer"
	"github.com/benhoyt/goawk/parser"

	"sysv/system"
	"sysv/utility/call"
)

// awkTrouble is the status of mawk on an error.
const awkTrouble = 2

// Awk is awk(1), by GoAWK's interpreter with all its own access to files and
// programs shut: operands are read, system() runs and standard error is
// written through the Process. What else a program may do with files (getline
// from a file or a command, print to one) is refused, before anything has
// been done, and so is what does not parse.
func Awk(c *call.Call) int {
	a := &awkRun{c: c}
	args, refused, status, done := a.options(c.Args[1:])
	switch {
	case refused != "":
		return c.Refuse(refused)
	case done:
		return status
	}
	src, use, refused := awkRewrite(a.source)
	if refused != "" {
		return c.Refuse(refused)
	}
	a.rawInput = use.rs || slices.Contains(a.vars, "RS") || slices.ContainsFunc(args, func(s string) bool { return strings.HasPrefix(s, "RS=") })
	funcs := a.funcs()
	prog, err := parser.ParseProgram(src, &parser.ParserConfig{Funcs: funcs})
	if err != nil {
		return c.Refuse(err.Error())
	}
	onlyBegin := len(prog.Compiled.Actions) == 0 && len(prog.Compiled.End) == 0
	if use.argv && (!onlyBegin || use.getline) {
		return c.Refuse("ARGV")
	}
	config := &interp.Config{
		Stdin: a, Output: c.Out, Error: stderrWriter{c}, Argv0: c.Name(), Funcs: funcs, Vars: a.vars,
		NoExec: true, NoFileWrites: true, NoFileReads: true, Environ: awkEnviron(c.Env),
	}
	if use.argv {
		config.Args = args
	} else if config.Args, refused = a.operands(args, use.nextfile); refused != "" {
		return c.Refuse(refused)
	}
	in, err := interp.New(prog)
	if err != nil {
		return c.Refuse(err.Error())
	}
	status, err = in.ExecuteContext(c.Ctx, config)
	a.closeInput()
	if err != nil {
		return a.fail(err)
	}
	return status & 0xff
}

// awkRun is one run of awk: the source, and the operands as one reader. At
// the end of each file the reader says io.EOF once, and then goes on with the
// next: GoAWK is told to read standard input once for each of them.
type awkRun struct {
	c      *call.Call
	source string
	vars   []string
	files  []string
	next   int
	in     system.File
	own    bool
	name   string
	failed error // what could not be opened
	// rawInput tells that lines are not what the program reads; heldCR that a
	// carriage return waits for what follows it.
	rawInput, heldCR bool
	atEnd            bool
}

// options reads the options: -F, -v, -f, and -- before the program.
func (a *awkRun) options(args []string) (rest []string, refused string, status int, done bool) {
	var sources []string
	given := false
	i := 0
	for ; i < len(args); i++ {
		s := args[i]
		if len(s) < 2 || s[0] != '-' {
			break
		}
		if s == "--" {
			i++
			break
		}
		letter, value := s[1], s[2:]
		if strings.IndexByte("Fvf", letter) < 0 {
			return nil, s, 0, true
		}
		if value == "" {
			if i++; i == len(args) {
				return nil, s, 0, true
			}
			value = args[i]
		}
		switch letter {
		case 'F':
			fs, err := lexer.Unescape(value)
			if err != nil {
				return nil, s, 0, true
			}
			a.vars = append(a.vars, "FS", fs)
		case 'v':
			name, v, ok := strings.Cut(value, "=")
			v, err := lexer.Unescape(v)
			if !ok || err != nil || !awkName(name) {
				return nil, s, 0, true
			}
			a.vars = append(a.vars, name, v)
		case 'f':
			f, own, err := openInput(a.c, value)
			if err != nil {
				a.cannotOpen(value, err)
				return nil, "", awkTrouble, true
			}
			b, err := system.ReadAll(f, 0)
			if own {
				f.Close()
			}
			if err != nil {
				return nil, s, 0, true
			}
			given = true
			sources = append(sources, string(b))
		}
	}
	rest = args[min(i, len(args)):]
	if !given {
		if len(rest) == 0 {
			return nil, "usage", 0, true
		}
		sources, rest = rest[:1], rest[1:]
	}
	a.source = strings.Join(sources, "\n")
	return rest, "", 0, false
}

func (a *awkRun) cannotOpen(name string, err error) {
	a.c.Errorf("cannot open %s (%v)", name, err)
}

func awkName(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] != '_' && !isAlpha(s[i]) && (i == 0 || !isDigit(int(s[i]))) {
			return false
		}
	}
	return s != ""
}

func awkEnviron(env []string) []string {
	out := make([]string, 0, 2*len(env))
	for _, kv := range env {
		if name, value, ok := strings.Cut(kv, "="); ok {
			out = append(out, name, value)
		}
	}
	return out
}

// operands makes GoAWK's arguments: assignments as they are, and "-" for each
// file, which [awkRun.Read] then opens.
func (a *awkRun) operands(args []string, nextfile bool) (out []string, refused string) {
	for _, s := range args {
		if name, value, ok := strings.Cut(s, "="); ok && awkName(name) {
			if strings.IndexByte(value, '\n') >= 0 {
				return nil, s
			}
			out = append(out, s)
			continue
		}
		if s == "" {
			continue
		}
		a.files = append(a.files, s)
		out = append(out, "-")
	}
	if nextfile && len(a.files) > 1 {
		return nil, "nextfile"
	}
	return out, ""
}

// Read reads the operands for GoAWK. Its scanner of lines drops a carriage
// return before a newline or the end of a file, so such a one is doubled here.
func (a *awkRun) Read(p []byte) (int, error) {
	if a.atEnd {
		a.atEnd = false
		return 0, io.EOF
	}
	if a.in == nil {
		if err := a.open(); err != nil {
			return 0, err
		}
	}
	a.c.Out.Flush()
	if a.rawInput {
		n, err := a.in.Read(p)
		if err == io.EOF || n == 0 && err == nil {
			a.closeInput()
			return 0, io.EOF
		}
		return n, err
	}
	// Half the room, for each byte may become two; and one for a return held
	// back until what follows it is known.
	if len(p) < 4 {
		return 0, io.ErrShortBuffer
	}
	for {
		b := p[len(p)-(len(p)-1)/2:]
		n, err := a.in.Read(b)
		if err == io.EOF || n == 0 && err == nil {
			a.closeInput()
			if a.heldCR {
				a.heldCR, a.atEnd = false, true
				return copy(p, "\r\r"), nil
			}
			return 0, io.EOF
		}
		if n = a.doubleCR(p, b[:n]); n > 0 || err != nil {
			return n, err
		}
	}
}

// doubleCR copies src, which lies at the end of dst, to its beginning.
func (a *awkRun) doubleCR(dst, src []byte) int {
	if !a.heldCR && bytes.IndexByte(src, '\r') < 0 {
		return copy(dst, src)
	}
	n := 0
	for _, ch := range src {
		if a.heldCR {
			dst[n] = '\r'
			n++
			if ch == '\n' {
				dst[n] = '\r'
				n++
			}
		}
		if a.heldCR = ch == '\r'; !a.heldCR {
			dst[n] = ch
			n++
		}
	}
	return n
}

func (a *awkRun) open() error {
	name := "-"
	switch {
	case a.next < len(a.files):
		name = a.files[a.next]
		a.next++
	case a.next > 0 || len(a.files) > 0:
		return io.EOF
	default:
		a.next++
	}
	f, own, err := openInput(a.c, name)
	if err != nil {
		a.cannotOpen(name, err)
		a.failed = err
		return err
	}
	a.in, a.own, a.name = f, own, name
	if len(a.files) == 0 {
		a.name = ""
	}
	return nil
}

func (a *awkRun) closeInput() {
	if a.in != nil && a.own {
		a.in.Close()
	}
	a.in = nil
}

// fail prints a run time error and returns its status.
func (a *awkRun) fail(err error) int {
	if _, werr := a.c.Out.Write(nil); werr != nil || a.c.Ctx.Err() != nil {
		return awkTrouble
	}
	if a.failed == nil {
		if _, ok := errors.AsType[*interp.Error](err); ok {
			a.c.Errorf("run time error: %v", err)
		} else {
			a.c.Errorf("%v", err)
		}
	}
	return awkTrouble
}

type stderrWriter struct{ c *call.Call }

func (w stderrWriter) Write(p []byte) (int, error) {
	w.c.Out.Flush()
	return len(p), system.WriteAll(w.c.Stderr(), p)
}

// Names of the functions that a program is rewritten to call; no script's own
// name looks like them.
const (
	awkFilename = "filename__sysv"
	awkSystem   = "system__sysv"
	awkPrintErr = "printerr__sysv"
)

// funcs are the functions that take the place of what GoAWK may not do.
func (a *awkRun) funcs() map[string]any {
	return map[string]any{
		awkFilename: func() string { return a.name },
		awkSystem:   a.system,
		awkPrintErr: func(s string) int {
			stderrWriter{a.c}.Write([]byte(s))
			return 0
		},
	}
}

// system runs a command by the shell, as awk's system() does.
func (a *awkRun) system(command string) float64 {
	return float64(a.c.Exec(a.c.Process, []string{"sh", "-c", command}))
}
