package interp

import (
	"context"
	"strconv"
	"time"

	"sysv/system"
)

// readOptions are those of read: dash has -p and -r.
type readOptions struct {
	raw    bool
	prompt string
	// The rest is bash's.
	array   string
	delim   byte
	count   int // -n and -N, or 0
	exact   bool
	timeout time.Duration
	timed   bool
	silent  bool
	fd      int
}

// builtinRead is read [-p prompt] [-r] name….
func builtinRead(sh *Shell, argv []string, _ evalFlags) int {
	spec := "p:r"
	if sh.dialect == Bash {
		spec = "p:ra:d:n:N:t:su:ei:"
	}
	opts, names := sh.options(argv, spec)
	o := readOptions{delim: '\n'}
	for _, x := range opts {
		switch x.letter {
		case 'r':
			o.raw = true
		case 'p':
			o.prompt = x.arg
		case 'a':
			o.array = x.arg
		case 'd':
			o.delim = 0
			if x.arg != "" {
				o.delim = x.arg[0]
			}
		case 'n', 'N':
			o.count, o.exact = sh.number(x.arg), x.letter == 'N'
		case 't':
			f, err := strconv.ParseFloat(x.arg, 64)
			if err != nil || f < 0 {
				sh.warn("%s: invalid timeout specification", x.arg)
				return 1
			}
			o.timeout, o.timed = time.Duration(f*float64(time.Second)), true
		case 'u':
			o.fd = sh.number(x.arg)
		case 's':
			o.silent = true
		}
	}
	if len(names) == 0 {
		if sh.dialect == Dash {
			sh.fatal(2, "arg count")
		}
		if o.array == "" {
			names = []string{"REPLY"}
		}
	}
	f := sh.p.Files.Get(o.fd)
	if o.prompt != "" && f != nil && f.IsTerminal() {
		sh.p.Stderr().Write([]byte(o.prompt))
	}
	line, status := sh.readLine(f, o)
	if status > 1 {
		return status
	}
	sh.assignRead(line, names, o, len(argv))
	return status
}

// readChar is a byte that read has read; an escaped one does not split.
type readChar struct {
	c       byte
	escaped bool
}

// readLine reads up to the delimiter.
func (sh *Shell) readLine(f system.File, o readOptions) ([]readChar, int) {
	r := sh.newByteReader(f, o)
	defer r.close()
	var line []readChar
	escape := false
	for o.count == 0 || len(line) < o.count {
		c, ok, status := r.next()
		if status != 0 {
			return line, status
		}
		if !ok {
			return line, 1
		}
		if c == 0 && o.delim != 0 {
			continue
		}
		if escape {
			escape = false
			if c != '\n' {
				line = append(line, readChar{c, true})
			}
			continue
		}
		if c == '\\' && !o.raw {
			escape = true
			continue
		}
		if c == o.delim && !o.exact {
			return line, 0
		}
		line = append(line, readChar{c, false})
		if len(line)%bigValue == 0 {
			checkSize(len(line))
		}
	}
	return line, 0
}

// assignRead splits a line among variables: the last one gets the rest.
func (sh *Shell) assignRead(line []readChar, names []string, o readOptions, _ int) {
	text := func(cs []readChar) string {
		b := make([]byte, len(cs))
		for i, c := range cs {
			b[i] = c.c
		}
		return string(b)
	}
	if sh.dialect == Bash && len(names) == 1 && names[0] == "REPLY" && o.array == "" || o.exact {
		sh.assignBashName(names[0], text(line))
		for _, n := range names[1:] {
			sh.assignBashName(n, "")
		}
		return
	}
	ifs := sh.ifs()
	class := func(i int) byte {
		if line[i].escaped {
			return 0
		}
		return ifs.set[line[i].c]
	}
	i := 0
	for i < len(line) && class(i) == 1 {
		i++
	}
	field := func() string {
		start := i
		for i < len(line) && class(i) == 0 {
			i++
		}
		s := text(line[start:i])
		i = afterDelimiter(line, i, class)
		return s
	}
	if o.array != "" {
		var words []string
		for i < len(line) {
			words = append(words, field())
		}
		sh.assignArray(o.array, words)
		return
	}
	for n, name := range names {
		if !isName(name) && sh.dialect == Dash {
			sh.fatal(2, "%s: bad variable name", name)
		}
		if n < len(names)-1 {
			value := ""
			if i < len(line) {
				value = field()
			}
			sh.assignBashName(name, value)
			continue
		}
		// The last one: all that is left, without the white space at its
		// end, and without the delimiter if just one field is left.
		start := i
		rest := field()
		if i < len(line) {
			end := len(line)
			for end > start && class(end-1) == 1 {
				end--
			}
			rest = text(line[start:end])
		}
		sh.assignBashName(name, rest)
	}
}

// afterDelimiter is where the field after the delimiter at i begins.
func afterDelimiter(line []readChar, i int, class func(int) byte) int {
	for i < len(line) && class(i) == 1 {
		i++
	}
	if i < len(line) && class(i) == 2 {
		i++
		for i < len(line) && class(i) == 1 {
			i++
		}
	}
	return i
}

// byteReader reads a descriptor without taking more than what is asked for: a
// byte at a time, or, where it can seek back, a block.
type byteReader struct {
	sh   *Shell
	f    system.File
	o    readOptions
	seek bool
	buf  []byte
	at   int
	ctx  context.Context
	stop context.CancelFunc
}

const readBlock = 512

func (sh *Shell) newByteReader(f system.File, o readOptions) *byteReader {
	r := &byteReader{sh: sh, f: f, o: o, ctx: sh.ctx}
	if f != nil {
		_, err := f.Seek(0, 1)
		r.seek = err == nil
	}
	if o.timed {
		// The time is the machine's, which may be an invented one's.
		ctx, cancel := context.WithCancel(sh.ctx)
		r.ctx, r.stop = ctx, cancel
		go func() {
			if sh.sys.Sleep(ctx, o.timeout) == nil {
				cancel()
			}
		}()
	}
	return r
}

// next gives a byte; ok is false at the end, and status is not 0 after a
// signal or a timeout.
func (r *byteReader) next() (c byte, ok bool, status int) {
	if r.f == nil {
		return 0, false, 0
	}
	if r.at < len(r.buf) {
		r.at++
		return r.buf[r.at-1], true, 0
	}
	n := 1
	if r.seek {
		n = readBlock
	}
	if cap(r.buf) < n {
		r.buf = make([]byte, n)
	}
	got, status := r.read(r.buf[:n])
	if status != 0 || got <= 0 {
		r.buf, r.at = r.buf[:0], 0
		return 0, false, status
	}
	r.buf, r.at = r.buf[:got], 1
	return r.buf[0], true, 0
}

// read reads a block. Where a trap may come, or time may run out, it waits
// for that as well.
func (r *byteReader) read(b []byte) (int, int) {
	if r.seek || !r.o.timed && !(r.sh.main && r.sh.traps.any()) && r.sh.ctx.Done() == nil {
		n, err := r.f.Read(b)
		if err != nil {
			n = 0
		}
		return n, 0
	}
	type result struct {
		n   int
		err error
	}
	own := make([]byte, len(b))
	done := make(chan result, 1)
	go func() {
		n, err := r.f.Read(own)
		done <- result{n, err}
	}()
	for {
		select {
		case res := <-done:
			if res.err != nil {
				return 0, 0
			}
			copy(b, own[:res.n])
			return res.n, 0
		case sig := <-r.sh.signals.arrived():
			r.sh.signals.got(sig)
			if sig := r.sh.pendingSignal(); sig != 0 {
				if r.sh.dialect == Dash {
					return 0, 1
				}
				return 0, 128 + int(sig)
			}
		case <-r.ctx.Done():
			return 0, 142
		}
	}
}

// close gives back what was read too much.
func (r *byteReader) close() {
	if r.stop != nil {
		r.stop()
	}
	if r.seek && r.at < len(r.buf) {
		r.f.Seek(int64(r.at-len(r.buf)), 1)
	}
}
