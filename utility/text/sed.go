package text

import (
	"strconv"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// Statuses of sed, as its manual has them.
const (
	sedBadUsage = 1
	sedBadInput = 2
	sedPanic    = 4
)

// Sed is sed(1). Its commands e and v VERSION and the options --posix,
// --debug, --sandbox, --follow-symlinks are left to the real one.
func Sed(c *call.Call) int {
	opts, operands, status, done := getopt(c, sedBadUsage, "ne:f:Eri::sul:z",
		"quiet>n", "silent>n", "expression=>e", "file=>f", "regexp-extended>E", "in-place=?>i", "separate>s",
		"unbuffered>u", "line-length=>l", "null-data>z", "zero-terminated>z")
	if done {
		return status
	}
	p := &sedProgram{}
	s := &sedRun{c: c, prog: p, delim: '\n', width: 70}
	for _, o := range opts {
		switch o.Name {
		case "E", "r":
			p.extended = true
		case "n":
			s.quiet = true
		case "i":
			s.inPlace, s.separate, s.suffix = true, true, o.Arg
		case "s":
			s.separate = true
		case "u":
			s.unbuffered = true
		case "z":
			s.delim = 0
		case "l":
			n, err := strconv.Atoi(o.Arg)
			if err != nil {
				return c.Refuse("-l " + o.Arg)
			}
			s.width = n
		}
	}
	if s.delim == 0 && s.inPlace {
		return c.Refuse("-z")
	}
	given, expr := false, 0
	for _, o := range opts {
		r := &sedReader{s: o.Arg, line: 1, first: !given}
		switch o.Name {
		case "e":
			expr++
			r.expr = expr
		case "f":
			b, err := readScript(c, o.Arg)
			if err != nil {
				c.Errorf("couldn't open file %s: %v", o.Arg, err)
				return sedPanic
			}
			r.s, r.file = b, o.Arg
		default:
			continue
		}
		given = true
		if status, done := s.compile(r); done {
			return status
		}
	}
	if !given {
		if len(operands) == 0 {
			return c.Refuse("usage")
		}
		if status, done := s.compile(&sedReader{s: operands[0], line: 1, expr: 1, first: true}); done {
			return status
		}
		operands = operands[1:]
	}
	if cmd := p.pending; cmd != nil {
		p.pending = nil
		cmd.text = plainText(cmd.text)
	}
	if err := p.finish(); err != nil {
		return s.fail(err)
	}
	s.quiet = s.quiet || p.quiet
	if s.inPlace && len(operands) == 0 {
		c.Errorf("no input files")
		return sedPanic
	}
	s.files = inputs(operands)
	return s.run()
}

// readScript reads a script file without its last newline; "-" is standard
// input.
func readScript(c *call.Call, name string) (string, error) {
	f, own, err := openInput(c, name)
	if err != nil {
		return "", err
	}
	if own {
		defer f.Close()
	}
	b, err := system.ReadAll(f, 0)
	return strings.TrimSuffix(string(b), "\n"), err
}

func (s *sedRun) compile(r *sedReader) (status int, done bool) {
	if err := s.prog.compile(r); err != nil {
		return s.fail(err), true
	}
	if s.prog.refused != "" {
		return s.c.Refuse(s.prog.refused), true
	}
	return 0, false
}

// fail prints an error and returns its status.
func (s *sedRun) fail(err error) int {
	s.c.Errorf("%v", err)
	if e, ok := err.(*sedError); ok {
		return e.status
	}
	return sedPanic
}
