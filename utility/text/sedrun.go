package text

import (
	"bytes"
	"io"
	"strconv"

	"sysv/system"
	"sysv/utility/call"
	"sysv/utility/regex"
)

// sedSpace is the pattern space or the hold space; ended tells that its line
// had a newline.
type sedSpace struct {
	b     []byte
	ended bool
}

// sedAppend is something to be written at the end of a cycle.
type sedAppend struct {
	text []byte
	file string
}

// sedRun is one run of sed.
type sedRun struct {
	c          *call.Call
	prog       *sedProgram
	quiet      bool
	separate   bool
	inPlace    bool
	unbuffered bool
	suffix     string
	delim      byte
	width      int

	files  []string
	next   int
	in     *lines
	ahead  *lines
	line   uint64
	ps     sedSpace
	hold   sedSpace
	queue  []sedAppend
	std    *sedOut
	out    *sedOut
	temp   string
	wfiles map[string]*sedOut
	rfiles map[string]*lines
	lastRE *regex.Regexp
	caser  caser

	replaced bool
	abort    bool
	status   int
}

// reset makes ranges what they are before the first line.
func (p *sedProgram) reset() {
	for _, c := range p.cmds {
		c.state = rangeOff
		if c.a1.kind == addrZero {
			c.state = rangeOn
		}
	}
}

func (s *sedRun) run() int {
	s.std = &sedOut{w: s.c.Out, direct: s.unbuffered}
	s.out = s.std
	s.hold.ended = true
	s.prog.reset()
	err := s.openOutputs()
	code := 0
	if err == nil {
		code, err = s.cycles()
	}
	if e := s.close(); err == nil {
		err = e
	}
	if err != nil {
		return s.fail(err)
	}
	if code != 0 {
		return code
	}
	return s.status
}

func (s *sedRun) close() error {
	var err error
	if s.in != nil {
		err = s.closeInput()
	}
	if s.ahead != nil {
		s.ahead.close()
	}
	for _, l := range s.rfiles {
		if l != nil {
			l.close()
		}
	}
	for name, o := range s.wfiles {
		if o == s.std {
			continue
		}
		if e := o.w.Flush(); e != nil && err == nil {
			err = &sedError{"couldn't flush " + name + ": " + e.Error(), sedPanic}
		}
		if o.f != nil {
			o.f.Close()
		}
	}
	return err
}

// what a command says about how to go on.
type sedFlow uint8

const (
	flowNext    sedFlow = iota // the next command
	flowEnd                    // the end of the script: print, next cycle
	flowDelete                 // next cycle without printing
	flowRestart                // next cycle without printing or reading
	flowQuit                   // print and end
	flowStop                   // end
)

// cycles runs the script over the input. code is what q or Q gave.
func (s *sedRun) cycles() (code int, err error) {
	restart := false
	for {
		if !restart {
			ok, err := s.read(false)
			if !ok {
				return 0, err
			}
		}
		flow, code, err := s.script()
		if err != nil {
			return 0, err
		}
		if (flow == flowEnd || flow == flowQuit) && !s.quiet {
			s.print(s.out)
		}
		if flow == flowStop {
			return code, nil
		}
		if flow == flowQuit {
			s.out.begin()
		}
		if err := s.dumpAppend(); err != nil || flow == flowQuit {
			return code, err
		}
		restart = flow == flowRestart
		if s.c.Stop() || s.std.w == s.c.Out && s.broken() {
			return 0, nil
		}
	}
}

// broken reports whether standard output takes nothing more.
func (s *sedRun) broken() bool {
	_, err := s.c.Out.Write(nil)
	return err != nil
}

// script runs the commands once.
func (s *sedRun) script() (sedFlow, int, error) {
	cmds := s.prog.cmds
	for pc, steps := 0, 0; pc < len(cmds); steps++ {
		if steps&1023 == 1023 && s.c.Stop() {
			return flowStop, 1, nil
		}
		c := cmds[pc]
		pc++
		hit, err := s.selects(c)
		if err != nil {
			return flowStop, 0, err
		}
		if hit == c.not {
			continue
		}
		switch c.name {
		case '{':
			pc = c.jump // the block is jumped over where its address fails
		case 'b':
			pc = c.jump
		case 't':
			if s.replaced {
				s.replaced = false
				pc = c.jump
			}
		case 'T':
			if !s.replaced {
				pc = c.jump
			}
			s.replaced = false
		case 'q', 'Q':
			flow := flowQuit
			if c.name == 'Q' {
				flow = flowStop
			}
			return flow, max(c.n, 0) & 0xff, nil
		default:
			flow, err := s.exec(c)
			if flow != flowNext || err != nil {
				return flow, 0, err
			}
		}
	}
	return flowEnd, 0, nil
}

// exec runs one command that is no jump.
func (s *sedRun) exec(c *sedCmd) (sedFlow, error) {
	switch c.name {
	case 'a':
		s.queue = append(s.queue, sedAppend{text: c.text})
	case 'i':
		s.out.begin()
		s.out.w.Write(c.text)
		s.out.end()
	case 'c':
		if c.a2.kind == addrNone || c.state != rangeOn || c.not {
			s.out.begin()
			s.out.w.Write(c.text)
			s.out.end()
		}
		return flowDelete, nil
	case '=':
		s.out.begin()
		s.out.w.WriteString(strconv.FormatUint(s.line, 10))
		s.out.w.WriteByte('\n')
		s.out.end()
	case 'd':
		return flowDelete, nil
	case 'D':
		i := bytes.IndexByte(s.ps.b, s.delim)
		if i < 0 {
			return flowDelete, nil
		}
		s.ps.b = append(s.ps.b[:0], s.ps.b[i+1:]...)
		return flowRestart, nil
	case 'F':
		s.out.begin()
		s.out.w.WriteString(s.name())
		s.out.w.WriteByte('\n')
		s.out.end()
	case 'g':
		s.ps.b, s.ps.ended = append(s.ps.b[:0], s.hold.b...), s.hold.ended
	case 'G':
		s.ps.b, s.ps.ended = append(append(s.ps.b, s.delim), s.hold.b...), s.hold.ended
	case 'h':
		s.hold.b, s.hold.ended = append(s.hold.b[:0], s.ps.b...), s.ps.ended
	case 'H':
		s.hold.b, s.hold.ended = append(append(s.hold.b, s.delim), s.ps.b...), s.ps.ended
	case 'x':
		s.ps, s.hold = s.hold, s.ps
	case 'z':
		s.ps.b = s.ps.b[:0]
	case 'l':
		s.list(c.n)
	case 'n', 'N':
		return s.nextLine(c.name == 'N')
	case 'p':
		s.print(s.out)
	case 'P':
		s.printFirst(s.out)
	case 'r':
		s.queue = append(s.queue, sedAppend{file: string(c.text)})
	case 'R':
		s.readOne(string(c.text))
	case 'w':
		s.print(s.outFile(c.outFile))
	case 'W':
		s.printFirst(s.outFile(c.outFile))
	case 's':
		return flowNext, s.substitute(c.sub)
	case 'y':
		for i, b := range s.ps.b {
			s.ps.b[i] = c.table[b]
		}
	}
	return flowNext, nil
}

func (s *sedRun) name() string {
	if s.in == nil {
		return "-"
	}
	return s.in.name
}

func (s *sedRun) nextLine(join bool) (sedFlow, error) {
	if s.last() {
		// GNU prints the pattern space where POSIX drops it for N.
		return flowEnd, nil
	}
	if join {
		s.ps.b = append(s.ps.b, s.delim)
	} else if !s.quiet {
		s.print(s.out)
	}
	ok, err := s.read(join)
	if !ok {
		return flowDelete, err
	}
	return flowNext, nil
}

// print writes the pattern space.
func (s *sedRun) print(o *sedOut) {
	o.begin()
	o.w.Write(s.ps.b)
	if s.ps.ended {
		o.w.WriteByte(s.delim)
	} else {
		o.missing = true
	}
	o.end()
}

func (s *sedRun) printFirst(o *sedOut) {
	i := bytes.IndexByte(s.ps.b, s.delim)
	if i < 0 {
		s.print(o)
		return
	}
	o.begin()
	o.w.Write(s.ps.b[:i+1])
	o.end()
}

// dumpAppend writes what a, r and R have queued.
func (s *sedRun) dumpAppend() error {
	for _, q := range s.queue {
		s.out.begin()
		if q.file == "" {
			s.out.w.Write(q.text)
		} else if f, err := s.openAppend(q.file); err == nil {
			io.Copy(s.out.w, f)
			if q.file != "/dev/stdin" {
				f.Close()
			}
		}
	}
	if len(s.queue) > 0 {
		s.out.end()
	}
	s.queue = s.queue[:0]
	return nil
}

func (s *sedRun) openAppend(name string) (system.File, error) {
	if name == "/dev/stdin" {
		return s.c.Stdin(), nil
	}
	if o := s.wfiles[name]; o != nil {
		o.w.Flush()
	}
	return s.c.Open(name, system.ReadOnly, 0)
}

// readOne queues the next line of a file (R).
func (s *sedRun) readOne(name string) {
	l, opened := s.rfiles[name]
	if !opened {
		if s.rfiles == nil {
			s.rfiles = map[string]*lines{}
		}
		if name == "/dev/stdin" {
			l = newLines(s.c, s.c.Stdin(), name, false)
		} else {
			l, _ = openLines(s.c, name)
		}
		s.rfiles[name] = l
	}
	if l == nil {
		return
	}
	if b, ended, ok := l.next(); ok {
		text := append([]byte{}, b...)
		if ended {
			text = append(text, s.delim)
		}
		s.queue = append(s.queue, sedAppend{text: text})
	}
}
